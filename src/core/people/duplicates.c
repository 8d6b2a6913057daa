/* duplicates — see duplicates.h. */
#include "core/people/duplicates.h"
#include "base/fold.h"
#include "core/customers/search.h"
#include "core/orders/sheets.h"
#include <stdlib.h>

enum { ORDERS_LOOKED_AT = 30, FOUND_MAX = 20 };

struct finding {
    const struct customer *customer;
    struct duplicate *at;
    int count;
};

static void
add(struct finding *finding, const struct customer *other, enum duplicate_by by)
{
    if (other->id.v == finding->customer->id.v) return;
    for (int i = 0; i < finding->count; i++) {
        if (finding->at[i].customer.id.v != other->id.v) continue;
        finding->at[i].by |= by;
        return;
    }
    if (finding->count == DUPLICATES_MAX) return;
    finding->at[finding->count++] = (struct duplicate){*other, by};
}

static enum err
search(struct ctx *ctx, const struct customer_query *query, struct finding *finding,
       enum duplicate_by by)
{
    struct customer_found *found;
    int count;

    TRY(customers_search(ctx, query, &found, &count));
    for (int i = 0; i < count; i++) {
        add(finding, &found[i].customer, by);
    }
    return OK;
}

static bool
same_name(struct ctx *ctx, struct str a, struct str b)
{
    return str_is(fold(ctx->arena, a), fold(ctx->arena, b));
}

/* What is typed finds beginnings, too: both names have to be the same, but for case and accents. */
static enum err
search_name(struct ctx *ctx, struct finding *finding)
{
    const struct customer *customer = finding->customer;
    struct customer_query query = {.limit = FOUND_MAX};
    struct customer_found *found;
    int count;

    if (customer->given_name.len == 0 || customer->family_name.len == 0) return OK;
    query.text = str_format(ctx->arena, "%.*s %.*s", STR_ARG(customer->given_name),
                            STR_ARG(customer->family_name));
    TRY(customers_search(ctx, &query, &found, &count));
    for (int i = 0; i < count; i++) {
        bool same = same_name(ctx, found[i].customer.given_name, customer->given_name) &&
                    same_name(ctx, found[i].customer.family_name, customer->family_name);

        if (same) add(finding, &found[i].customer, DUPLICATE_BY_NAME);
    }
    return OK;
}

/* Orders whose points they got, and another's card paid. */
static enum err
search_cards(struct ctx *ctx, struct finding *finding)
{
    const struct order_query query = {
        .customer = finding->customer->id, .in_any_state = true, .limit = ORDERS_LOOKED_AT};
    struct order_sheet *sheets;
    struct customer payer;
    int count;

    TRY(orders_search(ctx, &query, &sheets, &count));
    for (int i = 0; i < count; i++) {
        if (sheets[i].payer.v == 0 || sheets[i].payer.v == finding->customer->id.v) continue;
        TRY(customers_find(ctx, sheets[i].payer, &payer));
        add(finding, &payer, DUPLICATE_BY_CARD);
    }
    return OK;
}

/* Fewer bits and higher ones are less sure. */
static int
surest_first(const void *a, const void *b)
{
    unsigned x = ((const struct duplicate *)a)->by, y = ((const struct duplicate *)b)->by;
    unsigned low_x = x & -x, low_y = y & -y;

    if (low_x != low_y) return low_x < low_y ? -1 : 1;
    return x > y ? -1 : x < y;
}

enum err
people_list_duplicates(struct ctx *ctx, customer_id id, struct duplicate **duplicates, int *count)
{
    struct customer customer;
    struct finding finding = {.customer = &customer};
    struct customer_query query = {.limit = FOUND_MAX};

    TRY(customers_find(ctx, id, &customer));
    finding.at = ARENA_ARRAY(ctx->arena, struct duplicate, DUPLICATES_MAX);
    if (customer.phone.len > 0) {
        query.phone = customer.phone;
        TRY(search(ctx, &query, &finding, DUPLICATE_BY_PHONE));
    }
    if (customer.email.len > 0) {
        query = (struct customer_query){.limit = FOUND_MAX, .email = customer.email};
        TRY(search(ctx, &query, &finding, DUPLICATE_BY_EMAIL));
    }
    TRY(search_cards(ctx, &finding));
    TRY(search_name(ctx, &finding));
    if (finding.count > 1) {
        qsort(finding.at, (size_t)finding.count, sizeof *finding.at, surest_first);
    }
    *duplicates = finding.at;
    *count = finding.count;
    return OK;
}
