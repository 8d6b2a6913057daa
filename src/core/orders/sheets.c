/* sheets — see sheets.h. */
#include "core/orders/sheets.h"
#include "base/list.h"
#include "core/customers/customers.h"
#include "core/loyalty/accounts.h"
#include "core/orders/integrations_store.h"
#include "core/orders/order_state.h"
#include "core/team/places.h"
#include <stdlib.h>

enum { REFUNDS_MAX = 100 };

/* What many orders of a page have in common: read once. */
struct shelf {
    struct shop_register *registers;
    int register_count;
    struct integration *integrations;
    int integration_count;
};

static enum err
open_shelf(struct ctx *ctx, struct shelf *shelf)
{
    TRY(registers_list(ctx, &shelf->registers, &shelf->register_count));
    return integrations_store_list(ctx, &shelf->integrations, &shelf->integration_count);
}

static void
put_place(const struct shelf *shelf, const struct order_row *row, struct order_sheet *sheet)
{
    for (int i = 0; i < shelf->register_count; i++) {
        if (shelf->registers[i].id.v == row->reg.v) sheet->reg = shelf->registers[i];
    }
    for (int i = 0; i < shelf->integration_count; i++) {
        if (shelf->integrations[i].id.v != row->integration.v) continue;
        sheet->vendor = shelf->integrations[i].vendor;
        const struct pos_link *link = pos_link_find(sheet->vendor);
        sheet->vendor_name = link ? str_of(link->name) : sheet->vendor;
    }
}

/* ---- who ---- */

static struct str
name_of(struct ctx *ctx, const struct customer *customer)
{
    struct str name = str_trim(str_format(ctx->arena, "%.*s %.*s", STR_ARG(customer->given_name),
                                          STR_ARG(customer->family_name)));

    if (name.len > 0) return name;
    return customer->company_name.len > 0 ? customer->company_name : customer->nickname;
}

/* id 0 when they were removed since. */
static enum err
find_person(struct ctx *ctx, customer_id *id, struct str *name)
{
    struct customer customer;

    if (id->v == 0) return OK;
    enum err err = customers_find(ctx, *id, &customer);
    if (err == ERR_CUSTOMER_UNKNOWN) {
        *id = (customer_id){0};
        return OK;
    }
    TRY(err);
    *name = name_of(ctx, &customer);
    return OK;
}

static enum err
put_people(struct ctx *ctx, const struct order_row *row, struct order_sheet *sheet)
{
    struct loyalty_account account;
    struct str name = STR("");

    if (row->account.v != 0) {
        TRY(accounts_find(ctx, row->account, &account));
        sheet->customer = account.customer;
        TRY(find_person(ctx, &sheet->customer, &name));
    }
    TRY(order_state_find_customer(ctx, row, &sheet->payer));
    if (sheet->payer.v != 0) TRY(find_person(ctx, &sheet->payer, &sheet->payer_name));
    if (sheet->payer.v != 0) return OK;
    sheet->payer = sheet->customer;
    sheet->payer_name = name;
    return OK;
}

static enum err
fill_sheet(struct ctx *ctx, const struct shelf *shelf, const struct order_row *row,
           struct order_sheet *sheet)
{
    *sheet = (struct order_sheet){
        .order = order_state_public(row),
        .received_us = row->received_us,
        .card_brand = row->card.brand,
        .card_last_4 = row->card.last_4,
    };
    put_place(shelf, row, sheet);
    TRY(orders_store_list_lines(ctx, row->id, &sheet->lines, &sheet->line_count));
    TRY(discounts_list(ctx, row->id, &sheet->discounts, &sheet->discount_count));
    if (row->status == ORDER_CANCELED) TRY(orders_store_find_void(ctx, row->id, &sheet->gone));
    return put_people(ctx, row, sheet);
}

enum err
orders_find_sheet(struct ctx *ctx, order_id id, struct order_sheet *sheet)
{
    struct order_row row;
    struct shelf shelf;

    TRY(orders_store_find(ctx, id, &row));
    TRY(open_shelf(ctx, &shelf));
    return fill_sheet(ctx, &shelf, &row, sheet);
}

enum err
orders_open_sheet(struct ctx *ctx, order_id id, struct order_sheet *sheet)
{
    team_member_id limited;

    TRY(orders_find_sheet(ctx, id, sheet));
    TRY(places_check(ctx, sheet->order.location));
    if (sheet->order.location.v != 0) return OK;
    TRY(places_find_limited(ctx, &limited));
    return limited.v == 0 ? OK : fail(ctx, ERR_LOCATION_FORBIDDEN, "at no location yet");
}

enum err
orders_list_refunds(struct ctx *ctx, order_id id, struct order_refund_seen **refunds, int *count)
{
    struct order_row row;

    TRY(orders_store_find(ctx, id, &row));
    return orders_store_list_refunds(ctx, &row, REFUNDS_MAX, refunds, count);
}

enum err
orders_find_return(struct ctx *ctx, order_id id, int64_t at_us, struct order_return *found)
{
    struct order_refund_seen *refunds;
    struct order_void gone;
    int count;

    *found = (struct order_return){0};
    TRY(orders_store_find_void(ctx, id, &gone));
    if (gone.at_us == at_us) {
        *found = (struct order_return){true, gone.reason};
        return OK;
    }
    TRY(orders_list_refunds(ctx, id, &refunds, &count));
    for (int i = 0; i < count; i++) {
        if (refunds[i].at_us == at_us) found->reason = refunds[i].reason;
    }
    return OK;
}

enum err
orders_list_returned(struct ctx *ctx, order_id id, struct pos_refund_line **lines, int *count)
{
    struct order_row row;

    TRY(orders_store_find(ctx, id, &row));
    return orders_store_sum_refund_lines(ctx, &row, lines, count);
}

/* ---- searching ---- */

static int
newest_first(const void *a, const void *b)
{
    const struct order_row *x = a, *y = b;

    if (x->closed_us != y->closed_us) return x->closed_us < y->closed_us ? 1 : -1;
    return x->id.v < y->id.v ? 1 : x->id.v > y->id.v ? -1 : 0;
}

/* A customer has an account in each program, and has earned in the one that was the main one. */
static enum err
find_of_customer(struct ctx *ctx, const struct order_query *query, struct order_filter *filter,
                 struct order_row **rows, int *count)
{
    int64_t customer = query->customer.v;
    const struct account_query whose = {
        .customers = &customer, .customer_count = 1, .limit = PROGRAMS_MAX};
    struct loyalty_account *accounts;
    int account_count;

    *rows = NULL;
    *count = 0;
    TRY(accounts_search(ctx, &whose, &accounts, &account_count));
    for (int i = 0; i < account_count; i++) {
        struct order_row *more;
        int more_count;

        filter->account = accounts[i].id;
        TRY(orders_store_search(ctx, filter, &more, &more_count));
        for (int k = 0; k < more_count; k++) {
            LIST_ADD(ctx->arena, *rows, *count, more[k]);
        }
    }
    if (account_count > 1) qsort(*rows, (size_t)*count, sizeof **rows, newest_first);
    if (*count > query->limit) *count = query->limit;
    return OK;
}

static enum err
find_rows(struct ctx *ctx, const struct order_query *query, struct order_row **rows, int *count)
{
    struct order_filter filter = {
        .from_us = query->from_us,
        .until_us = query->until_us == 0 ? INT64_MAX : query->until_us,
        .card_last_4 = query->card_last_4,
        .in_any_state = query->in_any_state,
        .claim = query->claim,
        .locations = query->locations,
        .location_count = query->location_count,
        .before_us = INT64_MAX,
        .before = {INT64_MAX},
        .limit = query->limit,
    };
    struct order_row last;

    TRY(places_find_limited(ctx, &filter.of));
    if (query->before.v != 0) {
        TRY(orders_store_find(ctx, query->before, &last));
        filter.before_us = last.closed_us;
        filter.before = last.id;
    }
    if (query->customer.v != 0) return find_of_customer(ctx, query, &filter, rows, count);
    return orders_store_search(ctx, &filter, rows, count);
}

enum err
orders_search(struct ctx *ctx, const struct order_query *query, struct order_sheet **sheets,
              int *count)
{
    struct order_row *rows;
    struct shelf shelf;

    ASSERT(query->limit >= 1);
    ASSERT(query->limit <= ORDERS_PAGE_MAX);
    if (query->location_count > ORDER_LOCATIONS_MAX) {
        return fail_field(ctx, ERR_FIELD_RANGE, "query.filter.location_ids");
    }
    TRY(find_rows(ctx, query, &rows, count));
    TRY(open_shelf(ctx, &shelf));
    *sheets = ARENA_ARRAY(ctx->arena, struct order_sheet, (size_t)*count);
    for (int i = 0; i < *count; i++) {
        TRY(fill_sheet(ctx, &shelf, &rows[i], &(*sheets)[i]));
    }
    return OK;
}
