/* api_orders — see api_orders.h. */
#include "core/orders/api_orders.h"
#include "core/orders/discounts_store.h"
#include "core/orders/order_state.h"
#include "core/orders/till_prices.h"
#include "core/orders/vendor_place.h"
#include "core/team/places.h"

/* The natural key: the reference, which need not be unique, and the order's id behind it. */
static struct str
key_of(struct ctx *ctx, struct str reference, order_id id)
{
    struct str text = id_format(ctx->arena, ID_order, id.v);

    if (reference.len == 0) return text;
    return str_format(ctx->arena, "%.*s/%.*s", STR_ARG(reference), STR_ARG(text));
}

struct str
api_orders_reference(struct str vendor_order)
{
    size_t len = vendor_order.len;

    while (len > 0 && vendor_order.at[len - 1] != '/')
        len--;
    return (struct str){vendor_order.at, len > 0 ? len - 1 : 0};
}

/* The rows are written as the till's are; the state is made of them as of any order's. */
static enum err
store(struct ctx *ctx, const struct vendor_place *place, struct priced_sale *priced,
      struct order_row *row)
{
    const struct order_before before = {0};

    row->tax_minor = till_prices_settle(priced);
    row->total_minor = discount_left(&priced->basket);
    TRY(orders_store_add_lines(ctx, row->id, priced->lines, priced->line_count));
    return order_state_settle(ctx, place->integration.link->credit, &before, row, ORDER_NEW);
}

enum err
api_orders_open(struct ctx *ctx, const struct order_draft *draft, struct order *order)
{
    const struct sale sale = {.lines = draft->lines, .line_count = draft->line_count};
    order_id id = {id_next(ctx)};
    struct vendor_place place;
    struct priced_sale priced;
    struct merchant merchant;

    ASSERT(draft->line_count >= 1);
    ASSERT(draft->line_count <= POS_LINES_MAX);
    TRY(merchants_find(ctx, &merchant));
    TRY(vendor_place_open(ctx, STR(API_VENDOR), draft->location, &place));
    TRY(till_prices_make(ctx, &sale, &priced));
    int64_t off_minor = discount_by_credit(draft->discount_minor, &priced.basket);
    struct order_row row = {
        .id = id,
        .integration = place.integration.id,
        .vendor_order = key_of(ctx, draft->reference, id),
        .status = ORDER_OPEN,
        .establishment = id_format(ctx->arena, ID_location, place.location.id.v),
        .vendor_register = STR(API_VENDOR),
        .currency = merchant.currency,
        .closed_us = ctx->now_us,
        .received_us = ctx->now_us,
        .updated_us = ctx->now_us,
    };

    TRY(store(ctx, &place, &priced, &row));
    if (off_minor > 0) TRY(discounts_store_note_sum(ctx, id, off_minor));
    *order = order_state_public(&row);
    return OK;
}

enum err
api_orders_pay(struct ctx *ctx, order_id id, struct order *order)
{
    struct integration integration;
    struct order_row row;
    struct pos_line *lines;
    int count;

    TRY(orders_store_find(ctx, id, &row));
    TRY(integrations_find(ctx, row.integration, &integration));
    if (!str_is(integration.vendor, STR(API_VENDOR))) {
        return fail(ctx, ERR_ORDER_UNKNOWN, "no program made it");
    }
    TRY(places_check(ctx, row.location));
    if (row.status == ORDER_CANCELED) return fail(ctx, ERR_ORDER_CANCELED, "it is void");
    *order = order_state_public(&row);
    if (row.status == ORDER_COMPLETED) return OK;

    TRY(orders_store_list_lines(ctx, id, &lines, &count));
    const struct pos_message message = {
        .kind = POS_ORDER,
        .vendor_order = row.vendor_order,
        .establishment = row.establishment,
        .vendor_register = row.vendor_register,
        .total_minor = row.total_minor,
        .tax_minor = row.tax_minor,
        .at_us = ctx->now_us,
        /* Later than it was opened, be it in the same moment. */
        .updated_us = ctx->now_us > row.updated_us ? ctx->now_us : row.updated_us + 1,
        .lines = lines,
        .line_count = count,
    };
    return orders_receive(ctx, &integration, &message, order);
}
