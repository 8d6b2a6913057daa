/* till_sales — selling and quoting. See tills.h. */
#include "core/customers/customers.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/earnings.h"
#include "core/orders/orders_store.h"
#include "core/orders/till_days.h"
#include "core/orders/till_discounts.h"
#include "core/team/places.h"

/* A sale on its way. */
struct closing {
    const struct sale *sale;
    struct till till;
    struct priced_sale priced;
};

static enum err
check_customer(struct ctx *ctx, customer_id id)
{
    struct customer customer;

    if (id.v == 0) return OK;
    enum err err = customers_find(ctx, id, &customer);
    return err == ERR_CUSTOMER_UNKNOWN ? fail_field(ctx, err, "sale.customer_id") : err;
}

/* ---- the same sale again ---- */

/* now: as it is priced, before anything is taken off. */
static bool
is_same_line(const struct pos_line *stored, const struct pos_line *now)
{
    return stored->total_minor + stored->discount_minor == now->total_minor &&
           str_is(stored->name, now->name) && str_is(stored->quantity, now->quantity);
}

static enum err
is_for_same(struct ctx *ctx, const struct closing *closing, const struct order_row *row,
            bool *is_same)
{
    customer_id told = closing->sale->customer;
    struct loyalty_account account;

    *is_same = true;
    if (row->account.v == 0 || told.v == 0) return OK;
    TRY(accounts_find(ctx, row->account, &account));
    TRY(customers_resolve(ctx, &told));
    *is_same = account.customer.v == told.v;
    return OK;
}

/* Whether a key's order is this sale: the same goods, at the same place, for the same customer,
 * paid with the same. */
static enum err
check_same(struct ctx *ctx, const struct closing *closing, const struct order_row *row)
{
    const struct priced_sale *priced = &closing->priced;
    struct pos_line *lines;
    bool is_for_them, has_same_discounts;
    int count;

    TRY(orders_store_list_lines(ctx, row->id, &lines, &count));
    bool is_same = count == priced->line_count && row->location.v == closing->till.location.id.v;
    for (int i = 0; is_same && i < count; i++)
        is_same = is_same_line(&lines[i], &priced->lines[i]);
    TRY(is_for_same(ctx, closing, row, &is_for_them));
    TRY(till_discounts_are_same(ctx, closing->sale, row->id, &has_same_discounts));
    if (is_same && is_for_them && has_same_discounts) return OK;
    return fail_field(ctx, ERR_IDEMPOTENCY_KEY_REUSED, "idempotency_key");
}

/* ---- selling ---- */

/* What is taken off, in full, or not at all: a reward that gives nothing must not be used up. */
static enum err
plan(struct ctx *ctx, struct closing *closing, struct order_discounts *taken)
{
    struct sale_discount *planned;
    int count;

    TRY(till_discounts_plan(ctx, closing->sale, &closing->priced.basket, &planned, &count));
    taken->discounts = ARENA_ARRAY(ctx->arena, struct order_discount, (size_t)count);
    for (int i = 0; i < count; i++) {
        const struct order_discount *discount = &planned[i].taken;

        if (planned[i].refusal != OK) return fail_field(ctx, planned[i].refusal, planned[i].field);
        bool is_credit = discount->kind != ORDER_DISCOUNT_REWARD;
        if (is_credit && discount->amount_minor == 0) continue; /* nothing was left to pay */
        taken->discounts[taken->count++] = *discount;
    }
    return OK;
}

static struct pos_message
message_of(struct ctx *ctx, struct closing *closing)
{
    int64_t tax_minor = till_prices_settle(&closing->priced);
    struct pos_message message = {
        .kind = POS_ORDER,
        .vendor_order = closing->sale->key,
        .establishment = id_format(ctx->arena, ID_location, closing->till.location.id.v),
        .vendor_register = STR(TILL_VENDOR),
        .total_minor = discount_left(&closing->priced.basket),
        .tax_minor = tax_minor,
        .at_us = ctx->now_us,
        .updated_us = ctx->now_us,
        .customer = closing->sale->customer,
        .lines = closing->priced.lines,
        .line_count = closing->priced.line_count,
    };

    if (ctx->actor.kind == ACTOR_STAFF) message.team_member.v = ctx->actor.id;
    return message;
}

static enum err
record(struct ctx *ctx, struct closing *closing, struct order *order)
{
    struct order_discounts taken = {.location = closing->till.location.id};

    TRY(check_customer(ctx, closing->sale->customer));
    TRY(till_days_open(ctx, &closing->till.location));
    TRY(plan(ctx, closing, &taken));
    const struct pos_message message = message_of(ctx, closing);
    TRY(orders_receive(ctx, &closing->till.integration, &message, order));
    taken.order = order->id;
    return discounts_take(ctx, &taken);
}

/* What became of it: the points that somebody got, or those that wait. */
static enum err
describe(struct ctx *ctx, struct sold *sold)
{
    const struct order *order = &sold->order;
    struct loyalty_account account;
    struct program program;

    if (order->claim == CLAIM_WAITING) sold->waiting_points = order->points;
    if (order->account.v == 0) return OK;
    TRY(accounts_find(ctx, order->account, &account));
    TRY(programs_find_rules(ctx, account.program, &program));
    if (!program.active) return OK;
    sold->earned = (struct claim){.order = order->id, .points = order->points};
    TRY(earnings_list_settled(ctx, order->id, order->account, &sold->earned.settled));
    return orders_describe_account(ctx, order->account, &sold->earned);
}

enum err
tills_sell(struct ctx *ctx, const struct sale *sale, struct sold *sold)
{
    struct closing closing = {.sale = sale};
    struct order_row row;

    ASSERT(sale->key.len > 0);
    ASSERT(sale->line_count >= 1);
    ASSERT(sale->line_count <= POS_LINES_MAX);
    *sold = (struct sold){0};
    TRY(tills_open(ctx, sale->location, &closing.till));
    TRY(till_prices_make(ctx, sale, &closing.priced));
    TRY(orders_store_match(ctx, closing.till.integration.id, sale->key, &row));
    if (row.id.v != 0) {
        TRY(check_same(ctx, &closing, &row));
        TRY(orders_find(ctx, row.id, &sold->order));
    } else {
        TRY(record(ctx, &closing, &sold->order));
    }
    return describe(ctx, sold);
}

/* ---- quoting ---- */

/* The basket of a sale that is no order yet. */
static enum err
read_basket(struct ctx *ctx, const struct order_earning *order, struct basket *basket)
{
    const struct priced_sale *priced = order->lines_of;
    struct basket_line *lines =
        ARENA_ARRAY(ctx->arena, struct basket_line, (size_t)priced->line_count);

    for (int i = 0; i < priced->line_count; i++) {
        lines[i] = (struct basket_line){
            .variation = priced->lines[i].variation_found.v,
            .category = priced->lines[i].category_found.v,
            .total_minor = priced->lines[i].total_minor,
            .tax_minor = priced->lines[i].tax_minor,
            .units = basket_units(priced->lines[i].quantity),
        };
    }
    basket->lines = lines;
    basket->line_count = priced->line_count;
    return OK;
}

enum err
tills_quote(struct ctx *ctx, const struct sale *sale, struct quote *quote)
{
    struct location location;
    struct priced_sale priced;

    ASSERT(sale->line_count >= 1);
    ASSERT(sale->line_count <= POS_LINES_MAX);
    *quote = (struct quote){0};
    struct sale at = *sale;
    TRY(places_choose(ctx, &at.location));
    TRY(places_check(ctx, at.location));
    TRY(locations_find(ctx, at.location, &location));
    TRY(check_customer(ctx, sale->customer));
    TRY(till_prices_make(ctx, sale, &priced));
    TRY(till_discounts_plan(ctx, sale, &priced.basket, &quote->discounts, &quote->discount_count));
    quote->subtotal_minor = priced.subtotal_minor;
    quote->total_minor = discount_left(&priced.basket);
    quote->tax_minor = till_prices_settle(&priced);
    const struct order_earning earning = {
        .total_minor = quote->total_minor,
        .tax_minor = quote->tax_minor,
        .location = location.id,
        .read_lines = read_basket,
        .lines_of = &priced,
    };
    return earnings_calculate_all(ctx, &earning, sale->customer, &quote->earns,
                                  &quote->earns_count);
}
