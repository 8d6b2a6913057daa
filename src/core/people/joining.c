/* joining — see joining.h. */
#include "core/people/joining.h"
#include "core/customers/card_codes.h"
#include "core/customers/customers.h"
#include "core/loyalty/accounts.h"
#include "core/people/people.h"
#include "core/people/retention.h"
#include "db/db.h"

#define CODES   STR("app_codes")
#define GUESSES STR("app_guesses")

static const program_id main_program = {0};

/* Of one merchant, so that two merchants' batches never wait for each other's counts. */
static struct str
place_of(struct ctx *ctx)
{
    return str_format(ctx->arena, "%lld %.*s", (long long)ctx->merchant.v, STR_ARG(ctx->remote));
}

/* ---- whose address it is ---- */

/* id 0: nobody's. */
static enum err
find_by_address(struct ctx *ctx, const struct sign_in_address *address, customer_id *id)
{
    enum err err = address->channel == OUTBOX_SMS ? people_find_by_phone(ctx, address->text, id)
                                                  : customers_find_by_email(ctx, address->text, id);

    if (err != ERR_CUSTOMER_UNKNOWN) return err;
    *id = (customer_id){0};
    return OK;
}

enum err
joining_send_code(struct ctx *ctx, struct sign_in_code *code)
{
    TRY(lockout_spend(ctx, CODES, place_of(ctx), JOINING_CODES_MAX, ERR_CODE_TOO_MANY));
    TRY(find_by_address(ctx, &code->to, &code->customer));
    return sign_in_codes_send(ctx, code);
}

/* ---- becoming a customer ---- */

static enum err
add_customer(struct ctx *ctx, const struct joining *joining, customer_id *id)
{
    bool has_phone = joining->address.channel == OUTBOX_SMS;
    struct customer customer = {.given_name = joining->given_name, .source = STR("LOYALTY")};

    *(has_phone ? &customer.phone : &customer.email) = joining->address.text;
    TRY(customers_add(ctx, &customer));
    *id = customer.id;
    return OK;
}

/* needed is false where they have one, and where the merchant rewards nothing at the moment. */
static enum err
needs_account(struct ctx *ctx, customer_id customer, bool *needed)
{
    struct loyalty_account account;
    struct program program;

    *needed = false;
    enum err err = programs_find_rules(ctx, main_program, &program);
    if (err == ERR_PROGRAM_UNKNOWN) return OK;
    TRY(err);
    if (!program.active || program.closing_us != 0) return OK;
    if (customer.v != 0) {
        err = accounts_find_by_customer(ctx, main_program, customer, &account);
        if (err != ERR_ACCOUNT_UNKNOWN) return err;
    }
    *needed = true;
    return OK;
}

static enum err
open_account(struct ctx *ctx, const struct joining *joining, customer_id customer)
{
    struct str phone = STR("");
    struct loyalty_account account;

    if (joining->address.channel == OUTBOX_SMS) phone = joining->address.text;
    return people_open_account(ctx, main_program, customer, phone, &account);
}

static enum err
note_consent(struct ctx *ctx, const struct joining *joining, customer_id customer)
{
    const struct consent consent = {
        .customer = customer,
        .purpose = STR("loyalty_notice"),
        .state = STR("shown"),
        .notice_version = joining->notice_version,
        .language = joining->language,
        .source = joining->source,
    };

    return consents_add(ctx, &consent);
}

static enum err
join(struct ctx *ctx, const struct joining *joining, struct joined *joined)
{
    bool needed;

    TRY(needs_account(ctx, joined->customer, &needed));
    joined->is_new = joined->customer.v == 0;
    if (!joined->is_new && !needed) return OK;
    if (joining->notice_version.len == 0) return fail(ctx, ERR_NOTICE_REQUIRED, "joining");
    if (joined->is_new) TRY(add_customer(ctx, joining, &joined->customer));
    ctx->actor = (struct actor){.kind = ACTOR_CUSTOMER, .id = joined->customer.v};
    if (needed) TRY(open_account(ctx, joining, joined->customer));
    return note_consent(ctx, joining, joined->customer);
}

/* ---- signing in ---- */

static enum err
begin_session(struct ctx *ctx, enum credential_proof proof, struct joined *joined)
{
    struct str code;

    ctx->actor = (struct actor){
        .kind = ACTOR_CUSTOMER, .id = joined->customer.v, .permissions = PERM_OF_CUSTOMERS};
    joined->credential = (struct credential){
        .kind = CREDENTIAL_CUSTOMER,
        .proof = proof,
        .subject = joined->customer.v,
        .expires_us = ctx->now_us + JOINING_SESSION_KEEP_US,
    };
    TRY(retention_note_contact(ctx, joined->customer, ctx->now_us));
    TRY(card_codes_ensure(ctx, joined->customer, &code));
    return credentials_add(ctx, &joined->credential);
}

enum err
joining_take_code(struct ctx *ctx, const struct sign_in_address *address, struct str code)
{
    TRY(lockout_check(ctx, GUESSES, place_of(ctx), ERR_CODE_TOO_MANY));
    enum err err = sign_in_codes_take(ctx, address, code);
    /* What was guessed is counted twice: for the code, and for who guesses. */
    if (err != OK && ctx->keep) {
        TRY(lockout_spend(ctx, GUESSES, place_of(ctx), JOINING_GUESSES_MAX, ERR_CODE_TOO_MANY));
    }
    return err;
}

enum err
joining_by_code(struct ctx *ctx, const struct joining *joining, struct joined *joined)
{
    ASSERT(db_in_tx(ctx->db));
    *joined = (struct joined){0};
    TRY(joining_take_code(ctx, &joining->address, joining->code));
    TRY(find_by_address(ctx, &joining->address, &joined->customer));
    TRY(join(ctx, joining, joined));
    TRY(credentials_end_unproven(ctx, joined->customer));
    TRY(sign_in_links_end(ctx, joined->customer));
    return begin_session(ctx, PROOF_CODE, joined);
}

enum err
joining_by_link(struct ctx *ctx, struct str token, struct joined *joined)
{
    ASSERT(db_in_tx(ctx->db));
    *joined = (struct joined){0};
    TRY(sign_in_links_take(ctx, token, &joined->customer));
    return begin_session(ctx, PROOF_LINK, joined);
}
