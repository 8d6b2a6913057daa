/* orders — messages become facts; order_state makes the order's state of them. See orders.h. */
#include "core/orders/orders.h"
#include "base/calc.h"
#include "core/catalog/match.h"
#include "core/customers/customers.h"
#include "core/merchants/merchants.h"
#include "core/orders/order_state.h"

/* The most an order may be worth: what a line of the ledger may move. */
#define AMOUNT_MAX INT64_C(1000000000000)

/* A message on its way into an order. */
struct intake {
    const struct integration *integration;
    const struct pos_message *message;
    struct order_before before;
    struct order_row row;
    enum order_stored stored;
    bool changed; /* the message told something new */
};

/* ---- checks ---- */
static bool
is_amount(int64_t amount)
{
    return amount >= 0 && amount <= AMOUNT_MAX;
}

static enum err
check(struct ctx *ctx, const struct pos_message *message, struct str *currency)
{
    struct merchant merchant;

    if (!is_amount(message->total_minor)) return fail_field(ctx, ERR_FIELD_RANGE, "total");
    if (!is_amount(message->tip_minor)) return fail_field(ctx, ERR_FIELD_RANGE, "tip");
    if (!is_amount(message->tax_minor)) return fail_field(ctx, ERR_FIELD_RANGE, "tax");
    TRY(merchants_find(ctx, &merchant));
    *currency = merchant.currency;
    if (message->currency.len == 0 || str_is(message->currency, merchant.currency)) return OK;
    return fail_field(ctx, ERR_CURRENCY_DIFFERS, "currency");
}

/* ---- facts ---- */

static struct order_card
card_of(struct ctx *ctx, const struct intake *intake)
{
    const struct pos_message *message = intake->message;
    uint8_t *hash = arena_alloc(ctx->arena, 32);

    if (message->card_fingerprint.len == 0) return (struct order_card){0};
    cards_hash(ctx, intake->integration->vendor, message->card_fingerprint, hash);
    return (struct order_card){{(const char *)hash, 32}, message->card_brand, message->card_last_4};
}

/* The message's order, or a new one that has no facts yet. */
static enum err
open_row(struct ctx *ctx, struct intake *intake, struct str currency)
{
    struct order_row *row = &intake->row;

    TRY(orders_store_match(ctx, intake->integration->id, intake->message->vendor_order, row));
    intake->stored = row->id.v != 0 ? ORDER_STORED : ORDER_NEW;
    if (intake->stored == ORDER_NEW) {
        row->id.v = id_next(ctx);
        row->currency = currency;
        row->closed_us = intake->message->at_us;
        row->received_us = ctx->now_us;
        row->team_member = intake->message->team_member;
    }
    intake->before = order_state_before(row);
    return OK;
}

/* Of two tellings the newer stands; of the same moment, the one of more. */
static bool
is_newer(const struct intake *intake)
{
    const struct pos_message *message = intake->message;
    const struct order_row *row = &intake->row;

    if (message->updated_us != row->updated_us) return message->updated_us > row->updated_us;
    return message->total_minor > row->total_minor;
}

/* With what of our catalog they are, as far as it can be known now. */
static enum err
add_lines(struct ctx *ctx, order_id order, const struct pos_message *message)
{
    int count = message->line_count;
    struct catalog_line *found = ARENA_ARRAY(ctx->arena, struct catalog_line, (size_t)count);

    for (int i = 0; i < count; i++) {
        const struct pos_line *line = &message->lines[i];

        found[i] = (struct catalog_line){
            line->sku, line->name, line->category, line->variation_found, {0}};
    }
    TRY(catalog_match(ctx, found, count));
    for (int i = 0; i < count; i++) {
        message->lines[i].variation_found = found[i].variation;
        message->lines[i].category_found = found[i].category;
    }
    return orders_store_add_lines(ctx, order, message->lines, count);
}

/* A whole order: what it says replaces what it said before. */
static enum err
take_order(struct ctx *ctx, struct intake *intake)
{
    const struct pos_message *message = intake->message;
    struct order_row *row = &intake->row;

    if (intake->stored == ORDER_STORED && !is_newer(intake)) return OK;
    intake->changed = true;
    if (row->status == ORDER_OPEN) row->status = ORDER_COMPLETED;
    row->establishment = message->establishment;
    row->vendor_register = message->vendor_register;
    row->total_minor = message->total_minor;
    row->tax_minor = message->tax_minor;
    row->tip_minor = message->tip_minor;
    row->closed_us = message->at_us;
    row->updated_us = message->updated_us;
    row->external_customer = message->external_customer;
    row->customer = message->customer;
    row->card = card_of(ctx, intake);
    if (intake->stored == ORDER_STORED) TRY(orders_store_remove_lines(ctx, row->id));
    return add_lines(ctx, row->id, message);
}

static struct str
first_of(struct str a, struct str b)
{
    return a.len > 0 ? a : b;
}

/* An order that is told by its payments is the sum of the completed ones; where, who and with
 * which card is what the last told of them says. */
static enum err
add_up_payments(struct ctx *ctx, struct order_row *row)
{
    struct order_payment *payments;
    int count;

    TRY(orders_store_list_payments(ctx, row->id, &payments, &count));
    if (count == 0) return OK;
    *row = (struct order_row){
        .id = row->id,
        .integration = row->integration,
        .vendor_order = row->vendor_order,
        .status = row->status == ORDER_CANCELED ? ORDER_CANCELED : ORDER_COMPLETED,
        .currency = row->currency,
        .received_us = row->received_us,
        .claim = row->claim,
        .claim_until_us = row->claim_until_us,
        .account = row->account,
        .points = row->points,
    };
    for (int i = 0; i < count; i++) {
        const struct order_payment *payment = &payments[i];
        bool fits = calc_add(row->total_minor, payment->amount_minor, &row->total_minor) &&
                    calc_add(row->tip_minor, payment->tip_minor, &row->tip_minor);

        if (!fits || !is_amount(row->total_minor) || !is_amount(row->tip_minor)) {
            return fail_field(ctx, ERR_FIELD_RANGE, "total");
        }
        row->closed_us = calc_max(row->closed_us, payment->paid_us);
        row->updated_us = calc_max(row->updated_us, payment->updated_us);
        row->establishment = first_of(row->establishment, payment->establishment);
        row->vendor_register = first_of(row->vendor_register, payment->vendor_register);
        row->external_customer = first_of(row->external_customer, payment->external_customer);
        if (row->card.hash.len == 0) row->card = payment->card;
    }
    return OK;
}

static enum err
take_payment(struct ctx *ctx, struct intake *intake)
{
    const struct pos_message *message = intake->message;
    const struct order_payment payment = {
        .integration = intake->integration->id,
        .vendor_payment = message->vendor_payment,
        .order = intake->row.id,
        .amount_minor = message->completed ? message->total_minor : 0,
        .tip_minor = message->completed ? message->tip_minor : 0,
        .completed = message->completed,
        .updated_us = message->updated_us,
        .paid_us = message->at_us,
        .establishment = message->establishment,
        .vendor_register = message->vendor_register,
        .external_customer = message->external_customer,
        .card = card_of(ctx, intake),
    };

    TRY(orders_store_put_payment(ctx, &payment, &intake->changed));
    return intake->changed ? add_up_payments(ctx, &intake->row) : OK;
}

static void
take_cancel(struct intake *intake)
{
    intake->changed = intake->row.status != ORDER_CANCELED;
    intake->row.status = ORDER_CANCELED;
}

/* ---- receiving ---- */

static enum err
settle(struct ctx *ctx, struct intake *intake, struct order *order)
{
    if (intake->changed) {
        TRY(order_state_settle(ctx, intake->integration->link->credit, &intake->before,
                               &intake->row, intake->stored));
    }
    *order = order_state_public(&intake->row);
    return OK;
}

/* The order a refund is of; its id stays 0 while it has not come. */
static enum err
find_refunded(struct ctx *ctx, struct intake *intake)
{
    const struct pos_message *message = intake->message;
    order_id id;

    if (message->vendor_payment.len == 0) {
        TRY(orders_store_match(ctx, intake->integration->id, message->vendor_order, &intake->row));
    } else {
        TRY(orders_store_find_payment(ctx, intake->integration->id, message->vendor_payment, &id));
        if (id.v != 0) TRY(orders_store_find(ctx, id, &intake->row));
    }
    intake->before = order_state_before(&intake->row);
    intake->stored = ORDER_STORED;
    return OK;
}

/* A refund is of one order for ever: told of another, it would be changed there and missing here.
 */
static enum err
check_refund(struct ctx *ctx, const struct order_refund *refund)
{
    struct order_refund seen;

    TRY(orders_store_find_refund(ctx, refund->integration, refund->vendor_refund, &seen));
    bool is_same =
        seen.vendor_refund.len == 0 || (str_is(seen.vendor_order, refund->vendor_order) &&
                                        str_is(seen.vendor_payment, refund->vendor_payment));
    return is_same ? OK : fail(ctx, ERR_IDEMPOTENCY_KEY_REUSED, "a refund of another order");
}

/* Kept, also when its sale has not come yet: that will find it. */
static enum err
receive_refund(struct ctx *ctx, struct intake *intake, struct order *order)
{
    const struct pos_message *message = intake->message;
    const struct order_refund refund = {
        .integration = intake->integration->id,
        .vendor_refund = message->vendor_refund,
        .vendor_order = message->vendor_order,
        .vendor_payment = message->vendor_payment,
        .amount_minor = message->total_minor,
        .at_us = message->at_us,
        .reason = message->refund_reason,
        .team_member = message->team_member,
        .credit_note = message->refund_note,
    };

    TRY(check_refund(ctx, &refund));
    TRY(orders_store_put_refund(ctx, &refund, &intake->changed));
    if (intake->changed) {
        TRY(orders_store_put_refund_lines(ctx, &refund, message->refund_lines,
                                          message->refund_line_count));
    }
    TRY(find_refunded(ctx, intake));
    if (intake->row.id.v == 0) intake->changed = false;
    return settle(ctx, intake, order);
}

/* Whether the order was credited to somebody who has been removed since. */
static enum err
is_of_removed(struct ctx *ctx, const struct order_row *row, bool *removed)
{
    struct loyalty_account account;
    struct customer customer;

    *removed = false;
    if (row->account.v == 0) return OK;
    TRY(accounts_find(ctx, row->account, &account));
    enum err err = customers_find(ctx, account.customer, &customer);
    *removed = err == ERR_CUSTOMER_UNKNOWN;
    return *removed ? OK : err;
}

/* A message without what says who paid. */
static struct pos_message
nameless(const struct pos_message *message)
{
    struct pos_message rest = *message;

    rest.external_customer = rest.card_fingerprint = STR("");
    rest.card_brand = rest.card_last_4 = STR("");
    return rest;
}

static enum err
receive_order(struct ctx *ctx, struct intake *intake, struct str currency, struct order *order)
{
    const struct pos_message rest = nameless(intake->message);
    bool removed;

    TRY(open_row(ctx, intake, currency));
    TRY(is_of_removed(ctx, &intake->row, &removed));
    if (removed) intake->message = &rest;
    if (intake->message->kind == POS_ORDER) TRY(take_order(ctx, intake));
    if (intake->message->kind == POS_PAYMENT) TRY(take_payment(ctx, intake));
    if (intake->message->kind == POS_CANCEL) take_cancel(intake);
    return settle(ctx, intake, order);
}

enum err
orders_receive(struct ctx *ctx, const struct integration *integration,
               const struct pos_message *message, struct order *order)
{
    struct intake intake = {.integration = integration, .message = message};
    struct str currency = {0};

    ASSERT(ctx->merchant.v != 0);
    ASSERT(message->line_count <= POS_LINES_MAX);
    ASSERT(message->refund_line_count <= POS_LINES_MAX);
    *order = (struct order){0};
    if (message->kind == POS_NOTHING) return OK;
    TRY(check(ctx, message, &currency));
    if (message->kind == POS_REFUND) return receive_refund(ctx, &intake, order);
    ASSERT(message->vendor_order.len > 0);
    return receive_order(ctx, &intake, currency, order);
}

enum err
orders_find(struct ctx *ctx, order_id id, struct order *order)
{
    struct order_row row;

    TRY(orders_store_find(ctx, id, &row));
    *order = order_state_public(&row);
    return OK;
}

enum err
orders_calculate(struct ctx *ctx, order_id id, program_id program, account_id account,
                 struct earning_told *told)
{
    struct order_row row;

    TRY(orders_store_find(ctx, id, &row));
    const struct order_earning earning = order_state_earning(&row);

    return earnings_calculate(ctx, &earning, program, account, told);
}

enum err
orders_erase_account(struct ctx *ctx, account_id account)
{
    ASSERT(account.v != 0);
    return orders_store_erase_account(ctx, account);
}
