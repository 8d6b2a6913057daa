/* listing — see listing.h. */
#include "core/customers/listing.h"
#include "base/fold.h"
#include "core/customers/listing_store.h"
#include "db/write_lane.h"

enum { SORT_NAME_MAX = 80 /* bytes: enough to tell two apart */ };
/* U+10FFFD, behind every letter there is: who has no name comes last. */
#define NAMELESS "\xF4\x8F\xBF\xBD"

static struct str
cut(struct str text, size_t max)
{
    if (text.len <= max) return text;
    while (max > 0 && ((unsigned char)text.at[max] & 0xC0) == 0x80)
        max--;
    return (struct str){text.at, max};
}

static struct str
sort_name_of(struct ctx *ctx, const struct customer *customer)
{
    struct str name = str_trim(str_format(ctx->arena, "%.*s %.*s", STR_ARG(customer->family_name),
                                          STR_ARG(customer->given_name)));

    if (name.len == 0) name = customer->company_name;
    if (name.len == 0) name = customer->nickname;
    if (name.len == 0) return STR(NAMELESS);
    return cut(fold(ctx->arena, name), SORT_NAME_MAX);
}

/* "YYYY-MM-DD", checked when it was taken. */
static int64_t
birth_month_of(const struct customer *customer)
{
    const char *at = customer->birthday.at;

    if (customer->birthday.len != 10) return 0;
    return (at[5] - '0') * 10 + (at[6] - '0');
}

static struct listing_row
row_of(struct ctx *ctx, const struct customer *customer)
{
    return (struct listing_row){
        .id = customer->id,
        .sort_name = sort_name_of(ctx, customer),
        .birth_month = birth_month_of(customer),
        .source = customer->source,
        .created_us = customer->created_us,
    };
}

enum err
listing_add(struct ctx *ctx, const struct customer *customer)
{
    const struct listing_row row = row_of(ctx, customer);

    return listing_store_add(ctx, &row);
}

enum err
listing_change(struct ctx *ctx, const struct customer *customer)
{
    const struct listing_row row = row_of(ctx, customer);

    return listing_store_change(ctx, &row);
}

enum err
listing_remove(struct ctx *ctx, customer_id id)
{
    TRY(listing_store_remove(ctx, id));
    return listing_store_remove_balances(ctx, id);
}

enum err
listing_touch(struct ctx *ctx, customer_id id)
{
    int64_t seq;

    ASSERT(id.v != 0);
    TRY(write_next_seq(ctx, &seq));
    return listing_store_touch(ctx, seq, id);
}

enum err
listing_forget_touches(struct ctx *ctx, int64_t until_seq)
{
    return listing_store_forget_touches(ctx, until_seq);
}

/* ---- what was counted ---- */

enum err
listing_find(struct ctx *ctx, customer_id id, struct listing *listing)
{
    TRY(listing_store_find(ctx, id, listing));
    return listing_store_list_balances(ctx, id, &listing->balances, &listing->balance_count);
}

static bool
counts_same(const struct listing_counts *a, const struct listing_counts *b)
{
    return a->visits == b->visits && a->spend_minor == b->spend_minor &&
           a->first_visit_us == b->first_visit_us && a->last_visit_us == b->last_visit_us &&
           a->location.v == b->location.v;
}

/* Both are by program: what is in one alone comes or goes. */
static enum err
put_balances(struct ctx *ctx, customer_id id, const struct listing *before,
             const struct listing *after)
{
    const struct listing_balance none = {.program = {INT64_MAX}};
    int b = 0, a = 0;

    while (b < before->balance_count || a < after->balance_count) {
        const struct listing_balance *was =
            b < before->balance_count ? &before->balances[b] : &none;
        const struct listing_balance *is = a < after->balance_count ? &after->balances[a] : &none;

        if (was->program.v <= is->program.v) b++;
        if (is->program.v <= was->program.v) a++;
        if (was->program.v < is->program.v) {
            TRY(listing_store_remove_balance(ctx, id, was->program));
        } else if (is->program.v < was->program.v || was->balance != is->balance) {
            TRY(listing_store_put_balance(ctx, id, is));
        }
    }
    return OK;
}

enum err
listing_put(struct ctx *ctx, customer_id id, const struct listing *before,
            const struct listing *after)
{
    struct customer customer;

    /* Read again by whoever writes: since it was counted, they may have changed or gone. */
    enum err err = customers_find(ctx, id, &customer);
    if (err == ERR_CUSTOMER_UNKNOWN) return OK;
    TRY(err);
    if (!before->exists) {
        TRY(listing_add(ctx, &customer));
    } else if (!before->is_named) {
        TRY(listing_change(ctx, &customer));
    }
    if (!counts_same(&before->counts, &after->counts)) {
        TRY(listing_store_put_counts(ctx, id, &after->counts));
    }
    return put_balances(ctx, id, before, after);
}
