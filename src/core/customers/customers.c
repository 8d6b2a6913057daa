/* customers — see customers.h. */
#include "core/customers/customers.h"
#include "base/email.h"
#include "core/customers/customers_store.h"
#include "core/customers/fields.h"
#include "core/customers/listing.h"
#include "core/customers/merges_store.h"
#include "core/customers/search.h"
#include "core/customers/sign_in_store.h"
#include "core/customers/tags.h"
#include "db/write_lane.h"
#include <stddef.h>

enum { EMAIL_SCAN_LIMIT = 100 };

_Static_assert(CUSTOMER_FIELD_COUNT == 10, "each field has its place below");

struct str *
customer_field(struct customer *customer, enum customer_field field)
{
    static const size_t places[CUSTOMER_FIELD_COUNT] = {
        [CUSTOMER_GIVEN_NAME] = offsetof(struct customer, given_name),
        [CUSTOMER_FAMILY_NAME] = offsetof(struct customer, family_name),
        [CUSTOMER_COMPANY_NAME] = offsetof(struct customer, company_name),
        [CUSTOMER_NICKNAME] = offsetof(struct customer, nickname),
        [CUSTOMER_EMAIL] = offsetof(struct customer, email),
        [CUSTOMER_PHONE] = offsetof(struct customer, phone),
        [CUSTOMER_BIRTHDAY] = offsetof(struct customer, birthday),
        [CUSTOMER_ADDRESS] = offsetof(struct customer, address_json),
        [CUSTOMER_NOTE] = offsetof(struct customer, note),
        [CUSTOMER_REFERENCE_ID] = offsetof(struct customer, reference_id),
    };
    return (struct str *)(void *)((char *)customer + places[field]);
}

/* ---- what may be stored ---- */

static bool
is_number(struct str text, int min, int max)
{
    int number = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return false;
        number = number * 10 + (text.at[i] - '0');
    }
    return number >= min && number <= max;
}

/* "1990-02-29" is taken: what matters is the day that is wished well, 29 February included. */
static bool
is_day(struct str month, struct str day)
{
    static const char *const last_days[] = {"31", "29", "31", "30", "31", "30",
                                            "31", "31", "30", "31", "30", "31"};

    if (!is_number(month, 1, 12) || !is_number(day, 1, 31)) return false;
    const char *last = last_days[(month.at[0] - '0') * 10 + (month.at[1] - '0') - 1];
    return memcmp(day.at, last, 2) <= 0;
}

bool
customers_is_birthday(struct str text)
{
    const char *at = text.at;

    return text.len == 10 && at[4] == '-' && at[7] == '-' &&
           is_number((struct str){at, 4}, 0, 9999) &&
           is_day((struct str){at + 5, 2}, (struct str){at + 8, 2});
}

/* "YYYY-MM-DD", or "MM-DD" for a year that is not told, kept as 0000. */
static enum err
parse_birthday(struct ctx *ctx, struct str *birthday)
{
    if (birthday->len == 0) return OK;
    if (birthday->len == 5) {
        *birthday = str_format(ctx->arena, "0000-%.*s", STR_ARG(*birthday));
    }
    if (customers_is_birthday(*birthday)) return OK;
    return fail_field(ctx, ERR_FIELD_VALUE, "birthday");
}

/* An address is kept as it was written, since its case may matter to whoever receives it. */
static enum err
check_email(struct ctx *ctx, struct str *email)
{
    struct str normal;

    *email = str_trim(*email);
    if (email->len == 0) return OK;
    if (email_parse(ctx->arena, *email, &normal) == OK) return OK;
    return fail_field(ctx, ERR_EMAIL_INVALID, "email_address");
}

static bool
is_empty(const struct customer *customer)
{
    return customer->given_name.len == 0 && customer->family_name.len == 0 &&
           customer->company_name.len == 0 && customer->nickname.len == 0 &&
           customer->email.len == 0 && customer->phone.len == 0 && customer->reference_id.len == 0;
}

static enum err
check(struct ctx *ctx, struct customer *customer)
{
    TRY(check_email(ctx, &customer->email));
    TRY(parse_birthday(ctx, &customer->birthday));
    if (is_empty(customer)) return fail(ctx, ERR_CUSTOMER_EMPTY, "nothing to know them by");
    return OK;
}

/* ---- changes ---- */

static enum err
change_words(struct ctx *ctx, customer_id id, const struct words *before, const struct words *after)
{
    for (int i = 0; i < before->count; i++) {
        if (words_have(after, before->at[i])) continue;
        TRY(customers_store_remove_word(ctx, before->at[i], id));
    }
    for (int i = 0; i < after->count; i++) {
        if (words_have(before, after->at[i])) continue;
        TRY(customers_store_add_word(ctx, after->at[i], id));
    }
    return OK;
}

enum err
customers_add(struct ctx *ctx, struct customer *customer)
{
    const struct words none = {.count = 0};
    struct words words;

    ASSERT(ctx->merchant.v != 0);
    TRY(check(ctx, customer));
    if (customer->id.v == 0) customer->id.v = id_next(ctx);
    if (customer->source.len == 0) customer->source = STR("THIRD_PARTY");
    if (customer->created_us == 0) customer->created_us = ctx->now_us;
    customer->updated_us = customer->created_us;
    customer->version = 1;
    TRY(customers_store_add(ctx, customer));
    TRY(listing_add(ctx, customer));
    words_of_customer(ctx, customer, &words);
    TRY(change_words(ctx, customer->id, &none, &words));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
customers_find(struct ctx *ctx, customer_id id, struct customer *customer)
{
    customer_id now = id;

    enum err err = customers_store_find(ctx, id, customer);
    if (err != ERR_CUSTOMER_UNKNOWN) return err;
    TRY(customers_resolve(ctx, &now));
    return now.v == id.v ? err : customers_store_find(ctx, now, customer);
}

enum err
customers_resolve(struct ctx *ctx, customer_id *id)
{
    return merges_store_resolve(ctx, id);
}

enum err
customers_change(struct ctx *ctx, const struct customer *change, unsigned fields,
                 struct customer *after)
{
    struct customer before, wanted = *change;
    struct words words_before, words_after;
    bool changed;

    TRY(customers_find(ctx, change->id, &before));
    if (change->version != 0 && change->version != before.version) {
        return fail(ctx, ERR_CUSTOMER_CHANGED, "version %lld", (long long)before.version);
    }
    *after = before;
    for (int i = 0; i < CUSTOMER_FIELD_COUNT; i++) {
        enum customer_field field = (enum customer_field)i;
        if (fields & (1u << i)) *customer_field(after, field) = *customer_field(&wanted, field);
    }
    TRY(check(ctx, after));
    after->version = before.version + 1;
    after->updated_us = ctx->now_us;
    TRY(customers_store_change(ctx, after, before.version, &changed));
    if (!changed) return fail(ctx, ERR_CUSTOMER_CHANGED, "meanwhile");
    TRY(listing_change(ctx, after));

    words_of_customer(ctx, &before, &words_before);
    words_of_customer(ctx, after, &words_after);
    TRY(change_words(ctx, after->id, &words_before, &words_after));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
customers_take_out(struct ctx *ctx, const struct customer *customer)
{
    const struct words none = {.count = 0};
    struct words words;

    words_of_customer(ctx, customer, &words);
    TRY(change_words(ctx, customer->id, &words, &none));
    TRY(listing_remove(ctx, customer->id));
    return customers_store_remove(ctx, customer->id);
}

enum err
customers_put_in(struct ctx *ctx, const struct customer *customer)
{
    const struct words none = {.count = 0};
    struct words words;

    TRY(customers_store_add(ctx, customer));
    TRY(listing_add(ctx, customer));
    words_of_customer(ctx, customer, &words);
    return change_words(ctx, customer->id, &none, &words);
}

enum err
customers_remove_marks(struct ctx *ctx, customer_id id)
{
    TRY(customers_store_remove_cards(ctx, id));
    TRY(customers_store_remove_links(ctx, id));
    TRY(sign_in_store_remove_card_code(ctx, id));
    return sign_in_store_remove_links(ctx, id);
}

enum err
customers_remove(struct ctx *ctx, customer_id id)
{
    struct customer customer;

    TRY(customers_store_find(ctx, id, &customer));
    TRY(customers_take_out(ctx, &customer));
    TRY(tags_forget_customer(ctx, id));
    TRY(customers_remove_marks(ctx, id));
    TRY(customers_erase_merges(ctx, id));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

/* ---- finding ---- */

enum err
customers_find_by_phone(struct ctx *ctx, struct str e164, customer_id *id)
{
    struct word_range range = words_exact_phone(ctx, e164);

    if (range.from.len == 0) return fail(ctx, ERR_CUSTOMER_UNKNOWN, "no number");
    TRY(customers_store_find_by_word(ctx, range, id));
    return id->v != 0 ? OK : fail(ctx, ERR_CUSTOMER_UNKNOWN, "no such number");
}

static bool
has_email(struct ctx *ctx, const struct customer *customer, struct str email)
{
    struct str normal;

    return email_parse(ctx->arena, customer->email, &normal) == OK && str_is(normal, email);
}

/* Words have no accents: they find those of "rene@" for "rené@", and these are two mailboxes. */
enum err
customers_find_by_email(struct ctx *ctx, struct str email, customer_id *id)
{
    struct customer_query query = {.email = email, .limit = EMAIL_SCAN_LIMIT};
    struct customer_found *found;
    int count;

    do {
        TRY(customers_search(ctx, &query, &found, &count));
        for (int i = 0; i < count; i++) {
            *id = found[i].customer.id;
            if (has_email(ctx, &found[i].customer, email)) return OK;
            query.after = id->v;
        }
    } while (count == query.limit);
    *id = (customer_id){0};
    return fail(ctx, ERR_CUSTOMER_UNKNOWN, "no such address");
}
