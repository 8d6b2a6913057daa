/* intake_take — see intake_take.h. */
#include "core/people/intake_take.h"
#include "core/customers/customers.h"
#include "core/customers/search.h"
#include "core/loyalty/accounts.h"
#include "core/people/intake_store.h"
#include "core/people/people.h"

#define REASON  STR("import")
#define CONSENT STR("marketing")

/* One row on its way. */
struct taking_row {
    struct ctx *ctx;
    struct intake_taking *taking;
    const struct intake_line *line;
    const struct intake_row *row;
    customer_id customer; /* 0: somebody new */
    int64_t *counted;     /* where it belongs in the pass */
};

/* ---- who it is ---- */

static enum err
find_by_reference(struct ctx *ctx, struct str reference, customer_id *id)
{
    const struct customer_query query = {.reference_id = reference, .limit = 2};
    customer_id *found;
    int count;

    TRY(customers_list_ids(ctx, &query, 2, &found, &count));
    if (count == 0) return ERR_CUSTOMER_UNKNOWN;
    if (count > 1) return ERR_IMPORT_OTHERS;
    *id = found[0];
    return OK;
}

/* The next thing they are known by: nobody's, or the same customer's as those before. */
static enum err
add_match(struct taking_row *row, enum err err, customer_id id, int64_t *counted)
{
    if (err == ERR_CUSTOMER_UNKNOWN) return OK;
    TRY(err);
    if (row->customer.v != 0 && row->customer.v != id.v) return ERR_IMPORT_OTHERS;
    if (row->customer.v == 0) row->counted = counted;
    row->customer = id;
    return OK;
}

static enum err
find_customer(struct taking_row *row)
{
    const struct customer *told = &row->row->customer;
    struct intake_pass *pass = &row->taking->pass;
    customer_id id = {0};

    row->counted = &pass->added;
    if (told->phone.len > 0) {
        enum err err = people_find_by_phone(row->ctx, told->phone, &id);
        TRY(add_match(row, err, id, &pass->by_phone));
    }
    if (told->email.len > 0) {
        enum err err = customers_find_by_email(row->ctx, told->email, &id);
        TRY(add_match(row, err, id, &pass->by_email));
    }
    if (told->reference_id.len > 0) {
        enum err err = find_by_reference(row->ctx, told->reference_id, &id);
        TRY(add_match(row, err, id, &pass->by_reference));
    }
    return OK;
}

/* ---- whether an earlier row is the same ---- */

enum { KEYS_MAX = 4 };
struct keys {
    int64_t hashes[KEYS_MAX];
    int count;
};

/* With the file's own hash as key: a telephone number cannot be looked up in a table of hashes. */
static void
add_key(const struct taking_row *row, char kind, struct str text, struct keys *keys)
{
    const struct intake *intake = row->taking->intake;
    uint8_t hash[HASH_LEN];

    if (text.len == 0) return;
    hash_hmac((struct str){(const char *)intake->sha256, HASH_LEN}, (struct str){&kind, 1}, text,
              hash);
    memcpy(&keys->hashes[keys->count++], hash, sizeof keys->hashes[0]);
}

/* None of them is an earlier row's. */
static enum err
check_keys(const struct taking_row *row, const struct keys *keys)
{
    for (int i = 0; i < keys->count; i++) {
        int64_t line;

        TRY(intake_store_find_key(row->ctx, row->taking->intake, keys->hashes[i], &line));
        if (line != 0 && line != row->line->line) return ERR_IMPORT_SAME;
    }
    return OK;
}

/*
 * Finds whose row it is; its keys are its own from now on. What the file says is asked first: in a
 * run, earlier rows are customers already, and the answer has to be the one of the check.
 */
static enum err
settle_customer(struct taking_row *row)
{
    const struct customer *told = &row->row->customer;
    struct keys keys = {.count = 0};

    add_key(row, 'p', told->phone, &keys);
    add_key(row, 'e', told->email, &keys);
    add_key(row, 'r', told->reference_id, &keys);
    TRY(check_keys(row, &keys));
    TRY(find_customer(row));
    if (row->customer.v != 0) {
        const struct str id = {(const char *)&row->customer.v, sizeof row->customer.v};

        add_key(row, 'c', id, &keys);
        TRY(check_keys(row, &keys));
    }
    for (int i = 0; i < keys.count; i++) {
        TRY(intake_store_add_key(row->ctx, row->taking->intake, keys.hashes[i], row->line->line));
    }
    return OK;
}

/* ---- what it does ---- */

/* What is not known of them yet: nothing that is here is replaced. */
static enum err
complete_customer(struct taking_row *row)
{
    const struct customer *told = &row->row->customer;
    struct customer change = *told, before, after;
    unsigned fields = 0;

    TRY(customers_find(row->ctx, row->customer, &before));
    const struct {
        struct str before, told;
    } texts[CUSTOMER_FIELD_COUNT] = {
        [CUSTOMER_GIVEN_NAME] = {before.given_name, told->given_name},
        [CUSTOMER_FAMILY_NAME] = {before.family_name, told->family_name},
        [CUSTOMER_COMPANY_NAME] = {before.company_name, told->company_name},
        [CUSTOMER_NICKNAME] = {before.nickname, told->nickname},
        [CUSTOMER_EMAIL] = {before.email, told->email},
        [CUSTOMER_PHONE] = {before.phone, told->phone},
        [CUSTOMER_BIRTHDAY] = {before.birthday, told->birthday},
        [CUSTOMER_ADDRESS] = {before.address_json, told->address_json},
        [CUSTOMER_NOTE] = {before.note, told->note},
        [CUSTOMER_REFERENCE_ID] = {before.reference_id, told->reference_id},
    };
    for (unsigned i = 0; i < CUSTOMER_FIELD_COUNT; i++) {
        if (texts[i].before.len == 0 && texts[i].told.len > 0) fields |= 1U << i;
    }
    /* Half of a name beside another's half would be somebody that nobody is. */
    unsigned names = 1U << CUSTOMER_GIVEN_NAME | 1U << CUSTOMER_FAMILY_NAME;
    if (before.given_name.len + before.family_name.len > 0) fields &= ~names;
    if (fields == 0) return OK;
    change.id = row->customer;
    return people_change_customer(row->ctx, &change, fields, &after);
}

static enum err
put_customer(struct taking_row *row)
{
    struct customer customer = row->row->customer;

    if (row->customer.v != 0) return complete_customer(row);
    customer.source = STR("IMPORT");
    TRY(customers_add(row->ctx, &customer));
    row->customer = customer.id;
    return OK;
}

/* What they said themselves, of late, stands. */
static enum err
put_consent(const struct taking_row *row)
{
    const struct intake *intake = row->taking->intake;
    const struct consent consent = {
        .customer = row->customer,
        .purpose = CONSENT,
        .state = STR("given"),
        .source = str_format(row->ctx->arena, "import: %.*s", STR_ARG(intake->consent)),
    };
    struct consent_seen *seen;
    int count;

    if (!row->row->agrees || intake->consent.len == 0) return OK;
    TRY(consents_list(row->ctx, row->customer, &seen, &count));
    for (int i = 0; i < count; i++) {
        if (str_is(seen[i].consent.purpose, CONSENT)) return OK;
    }
    return consents_add(row->ctx, &consent);
}

static enum err
ensure_account(const struct taking_row *row, struct loyalty_account *account)
{
    const struct intake *intake = row->taking->intake;

    enum err err = accounts_find_by_customer(row->ctx, intake->program, row->customer, account);
    if (err != ERR_ACCOUNT_UNKNOWN) return err;
    return people_open_account(row->ctx, intake->program, row->customer, row->row->customer.phone,
                               account);
}

/* The balance is asked for before and after, so that the totals are the ledger's and not ours. */
static enum err
put_points(const struct taking_row *row)
{
    const struct intake *intake = row->taking->intake;
    struct intake_pass *pass = &row->taking->pass;
    struct loyalty_account account;
    struct loyalty_event event;

    if (intake->program.v == 0 || !row->row->has_points) return OK;
    TRY(ensure_account(row, &account));
    int64_t before = account.balance, moved = row->row->points;
    if (intake->mode == INTAKE_REPLACE) moved -= before;
    const struct adjust_order order = {
        .account = account.id, .points = moved, .reason = REASON, .is_unlimited = true};
    if (moved != 0) TRY(accounts_adjust(row->ctx, &order, &event));
    TRY(accounts_find(row->ctx, account.id, &account));
    if (before + moved != account.balance)
        return fail(row->ctx, ERR_IMPORT_TOTALS, "line %lld", (long long)row->line->line);
    pass->points_before += before;
    pass->points_moved += moved;
    pass->points_after += account.balance;
    return OK;
}

/* Points first: a refusal of theirs comes before anything else of somebody known is changed. */
static enum err
enact(struct taking_row *row)
{
    const struct intake_taken taken = {.source = row->taking->intake->source,
                                       .line = row->line->line};
    struct intake_taken noted = taken;
    bool has_customer = false, is_known = row->customer.v != 0;

    if (is_known)
        TRY(intake_store_has_customer(row->ctx, taken.source, row->customer, &has_customer));
    if (has_customer) return ERR_IMPORT_SAME;
    if (!is_known) TRY(put_customer(row));
    TRY(put_points(row));
    if (is_known) TRY(put_customer(row));
    TRY(put_consent(row));
    noted.customer = row->customer;
    return intake_store_add_row(row->ctx, &noted);
}

/* ---- a row ---- */

static enum err
consider(struct taking_row *row, struct intake_fault *fault)
{
    const struct intake *intake = row->taking->intake;
    bool is_taken;

    *fault = row->row->fault;
    if (row->line->err != OK) fault->err = row->line->err;
    if (fault->err != OK) return fault->err;
    TRY(intake_store_has_row(row->ctx, intake->source, row->line->line, &is_taken));
    if (is_taken) {
        row->counted = &row->taking->pass.again;
        return OK;
    }
    TRY(settle_customer(row));
    return row->taking->kind == INTAKE_RUN ? enact(row) : OK;
}

/* The rules said no, and nothing is broken: the other rows can still be taken. */
static bool
is_refusal(enum err err)
{
    enum err_kind kind = err_kind(err);

    return kind == KIND_MALFORMED || kind == KIND_MISSING || kind == KIND_CONFLICT ||
           kind == KIND_REFUSED || kind == KIND_TOO_LARGE;
}

enum err
intake_take_row(struct ctx *ctx, struct intake_taking *taking, const struct intake_line *line,
                const struct intake_row *told)
{
    struct taking_row row = {.ctx = ctx, .taking = taking, .line = line, .row = told};
    struct intake_pass *pass = &taking->pass;
    struct intake_fault fault;

    enum err err = consider(&row, &fault);
    if (err != OK && !is_refusal(err)) return err;
    pass->rows++;
    if (err == OK) {
        ++*row.counted;
        if (told->has_points && row.counted != &pass->again) pass->points += told->points;
        return OK;
    }
    if (fault.err == OK) fault = (struct intake_fault){.err = err};
    *(err == ERR_IMPORT_SAME ? &pass->twice : &pass->refused) += 1;
    intake_refused_add(ctx, &taking->refused, line->line, &line->cells, &fault);
    return OK;
}
