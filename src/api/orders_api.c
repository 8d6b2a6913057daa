/* orders_api — what was sold, in Square's shapes: the list, and one. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"

enum { ORDER_PAGE = 50 };

enum err
api_order_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_order, into);
}

/* ---- one ---- */

static enum err
put_returned(struct ctx *ctx, struct json_out *out, const struct order *order)
{
    struct pos_refund_line *lines;
    int count;

    TRY(orders_list_returned(ctx, order->id, &lines, &count));
    json_put_returned(out, "returned_line_items", lines, count, order->currency);
    return OK;
}

/* What it moved, in the order in which it happened. */
static enum err
put_events(struct ctx *ctx, struct json_out *out, order_id order)
{
    const struct event_query query = {.order = order, .limit = EVENTS_PAGE_MAX};
    struct loyalty_event *events;
    int count;

    TRY(accounts_search_events(ctx, &query, &events, &count));
    json_put_array(out, "loyalty_events");
    for (int i = count - 1; i >= 0; i--) {
        json_put_event(out, NULL, &events[i]);
    }
    json_end_array(out);
    return OK;
}

enum err
api_order_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct order_sheet sheet;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    TRY(orders_open_sheet(ctx, (order_id){*id}, &sheet));
    json_put_object(&reply->out, "order");
    json_put_order_fields(&reply->out, &sheet, merchant.language);
    TRY(json_put_order_undoing(ctx, &reply->out, &sheet));
    TRY(json_put_refunds(ctx, &reply->out, &sheet.order));
    TRY(put_returned(ctx, &reply->out, &sheet.order));
    TRY(put_events(ctx, &reply->out, sheet.order.id));
    json_end_object(&reply->out);
    return OK;
}

/* ---- the list ---- */
static const char *const claim_states[] = {
    [CLAIM_NONE] = "NONE",       [CLAIM_WAITING] = "WAITING",   [CLAIM_CLAIMED] = "CLAIMED",
    [CLAIM_EXPIRED] = "EXPIRED", [CLAIM_CANCELED] = "CANCELED",
};
static const char *const sort_fields[] = {"CLOSED_AT"};
static const char *const sort_orders[] = {"DESC"};

/* A search before what it means is known. Some wishes have two names, Square's and ours. */
struct order_wish {
    struct str claim, sort_field, sort_order, cursor;
    int64_t from_us, until_us; /* Square's */
    struct json_ids customers, locations, our_locations;
    int64_t limit;
};

static enum err
read_choices(struct ctx *ctx, const struct order_wish *wish, struct order_query *query)
{
    int claim = CLAIM_NONE, ignored = 0;

    query->limit = (int)wish->limit;
    query->in_any_state = wish->claim.len == 0;
    TRY(api_choose(ctx, wish->claim, "query.filter.claim_state", API_NAMES(claim_states), &claim));
    query->claim = (enum claim_state)claim;
    TRY(api_choose(ctx, wish->sort_field, "query.sort.sort_field", API_NAMES(sort_fields),
                   &ignored));
    TRY(api_choose(ctx, wish->sort_order, "query.sort.sort_order", API_NAMES(sort_orders),
                   &ignored));
    return cursor_parse(ctx, "orders", wish->cursor, &query->before.v);
}

/* What was told by both names, or too many of, is refused by Square's. */
static enum err
join_names(struct ctx *ctx, const struct order_wish *wish, struct order_query *query)
{
    bool has_times = wish->from_us != 0 || wish->until_us != 0;
    bool is_twice = query->from_us != 0 || query->until_us != 0;

    if (has_times && is_twice) {
        return fail_field(ctx, ERR_FIELD_VALUE, "query.filter.date_time_filter.closed_at");
    }
    if (has_times) {
        query->from_us = wish->from_us;
        query->until_us = wish->until_us;
    }
    if (wish->customers.count + (query->customer.v != 0) > 1) {
        return fail_field(ctx, ERR_FIELD_VALUE, "query.filter.customer_filter.customer_ids");
    }
    if (wish->customers.count == 1) query->customer.v = wish->customers.at[0];
    if (wish->locations.count > 0 && wish->our_locations.count > 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "location_ids");
    }
    const struct json_ids *places =
        wish->locations.count > 0 ? &wish->locations : &wish->our_locations;
    query->locations = places->at;
    query->location_count = places->count;
    return OK;
}

enum err
api_order_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct order_query *query = into;
    struct order_wish wish = {.limit = ORDER_PAGE};
    /* clang-format off */
    const struct json_field fields[] = {
        {"location_ids", JSON_FIELD_IDS, &wish.locations, .id_kind = ID_location,
         .max = ORDER_LOCATIONS_MAX},
        {"query.filter.date_time_filter.closed_at.start_at", JSON_FIELD_TIME, &wish.from_us},
        {"query.filter.date_time_filter.closed_at.end_at", JSON_FIELD_TIME, &wish.until_us},
        {"query.filter.customer_filter.customer_ids", JSON_FIELD_IDS, &wish.customers,
         .id_kind = ID_customer},
        {"query.filter.closed_at.start_at", JSON_FIELD_TIME, &query->from_us},
        {"query.filter.closed_at.end_at", JSON_FIELD_TIME, &query->until_us},
        {"query.filter.customer_id", JSON_FIELD_ID, &query->customer.v, .id_kind = ID_customer},
        {"query.filter.location_ids", JSON_FIELD_IDS, &wish.our_locations, .id_kind = ID_location,
         .max = ORDER_LOCATIONS_MAX},
        {"query.filter.card_last_4", JSON_FIELD_TEXT, &query->card_last_4, .max = 4},
        {"query.filter.claim_state", JSON_FIELD_TEXT, &wish.claim},
        {"query.sort.sort_field", JSON_FIELD_TEXT, &wish.sort_field},
        {"query.sort.sort_order", JSON_FIELD_TEXT, &wish.sort_order},
        {"limit", JSON_FIELD_INT, &wish.limit, .min = 1, .max = ORDERS_PAGE_MAX},
        {"cursor", JSON_FIELD_TEXT, &wish.cursor},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(join_names(ctx, &wish, query));
    return read_choices(ctx, &wish, query);
}

enum err
api_order_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct order_query *query = parsed;
    struct order_sheet *sheets;
    struct merchant merchant;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(orders_search(ctx, query, &sheets, &count));
    json_put_array(&reply->out, "orders");
    for (int i = 0; i < count; i++) {
        const struct order *order = &sheets[i].order;

        json_put_object(&reply->out, NULL);
        json_put_order_fields(&reply->out, &sheets[i], merchant.language);
        TRY(json_put_order_undoing(ctx, &reply->out, &sheets[i]));
        if (order->refunded_minor > 0) TRY(json_put_refunds(ctx, &reply->out, order));
        json_end_object(&reply->out);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "orders",
                                          .count = count,
                                          .limit = query->limit,
                                          .last = count > 0 ? sheets[count - 1].order.id.v : 0});
    return OK;
}
