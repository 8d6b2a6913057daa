/* till_refunds — see till_refunds.h. */
#include "core/orders/till_refunds.h"
#include "base/calc.h"
#include "base/clock.h"
#include "base/quantity.h"
#include "core/loyalty/accounts.h"
#include "core/orders/orders_store.h"
#include "core/orders/tills.h"
#include "core/team/places.h"

/* A sale on its way back. */
struct giving {
    const struct sale_refund *told;
    struct integration integration;
    struct order order;
    struct pos_line *lines;
    int64_t *worths;                  /* of each line: its part of what the whole came to */
    struct pos_refund_line *returned; /* of each line, by refunds before */
    int line_count;
};

/* ---- what each line came to ---- */

static int64_t
part_of(int64_t amount, int64_t times, int64_t divisor)
{
    int64_t part = 0;

    bool fits = calc_mul_div(amount, times, divisor, ROUND_DOWN, &part);
    ASSERT(fits);
    return part;
}

static int64_t
worth_of(const struct pos_line *line)
{
    return calc_max(0, line->total_minor);
}

/* What the staff typed off the whole is taken off each line in proportion; each cent is in one of
 * them. */
static void
weigh_lines(struct giving *giving)
{
    int64_t sum_minor = 0, so_far_minor = 0, given_minor = 0;

    for (int i = 0; i < giving->line_count; i++)
        sum_minor += worth_of(&giving->lines[i]);
    for (int i = 0; sum_minor > 0 && i < giving->line_count; i++) {
        so_far_minor += worth_of(&giving->lines[i]);
        int64_t until_minor = part_of(giving->order.total_minor, so_far_minor, sum_minor);
        giving->worths[i] = until_minor - given_minor;
        given_minor = until_minor;
    }
}

static enum err
read_lines(struct ctx *ctx, struct giving *giving)
{
    struct pos_refund_line *returned;
    int count;

    TRY(orders_store_list_lines(ctx, giving->order.id, &giving->lines, &giving->line_count));
    size_t size = (size_t)giving->line_count;
    giving->worths = ARENA_ARRAY(ctx->arena, int64_t, size);
    giving->returned = ARENA_ARRAY(ctx->arena, struct pos_refund_line, size);
    weigh_lines(giving);
    TRY(orders_list_returned(ctx, giving->order.id, &returned, &count));
    for (int i = 0; i < count; i++) {
        if (returned[i].line < giving->line_count) {
            giving->returned[returned[i].line] = returned[i];
        }
    }
    return OK;
}

static enum err
open_order(struct ctx *ctx, const struct sale_refund *refund, struct giving *giving)
{
    *giving = (struct giving){.told = refund};
    TRY(orders_find(ctx, refund->order, &giving->order));
    TRY(integrations_find(ctx, giving->order.integration, &giving->integration));
    if (!str_is(giving->integration.vendor, STR(TILL_VENDOR))) {
        return fail(ctx, ERR_ORDER_UNKNOWN, "an order of a POS");
    }
    TRY(places_check(ctx, giving->order.location));
    return read_lines(ctx, giving);
}

/* ---- what is owed ---- */

static int64_t
left_of(const struct giving *giving)
{
    return giving->order.total_minor - giving->order.refunded_minor;
}

static enum err
fail_return(struct ctx *ctx, enum err err, int index, const char *field)
{
    return fail_field(ctx, err, str_format(ctx->arena, "line_items[%d].%s", index, field).at);
}

/* Some of a line. What went back of it before and this is rounded together, so that all of its
 * parts are all of it. */
static enum err
quote_return(struct ctx *ctx, const struct giving *giving, int index,
             struct pos_refund_line *returned)
{
    const struct sale_return *told = &giving->told->returns[index];
    int64_t sold_units, units;

    if (told->line < 0 || told->line >= giving->line_count) {
        return fail_return(ctx, ERR_FIELD_VALUE, index, "uid");
    }
    for (int i = 0; i < index; i++) {
        if (giving->told->returns[i].line != told->line) continue;
        return fail_return(ctx, ERR_FIELD_VALUE, index, "uid");
    }
    enum err err = quantity_parse(told->quantity, &units);
    if (err != OK || units <= 0) return fail_return(ctx, ERR_FIELD_VALUE, index, "quantity");
    TRY(quantity_parse(giving->lines[told->line].quantity, &sold_units));
    const struct pos_refund_line *before = &giving->returned[told->line];
    if (units > sold_units - before->units) {
        return fail_return(ctx, ERR_FIELD_RANGE, index, "quantity");
    }
    int64_t worth_minor = giving->worths[told->line];
    int64_t until_minor = part_of(worth_minor, before->units + units, sold_units);
    *returned = (struct pos_refund_line){
        .line = told->line,
        .amount_minor = until_minor - part_of(worth_minor, before->units, sold_units),
        .units = units,
    };
    return OK;
}

static enum err
quote_returns(struct ctx *ctx, const struct giving *giving, struct refund_quote *quote)
{
    int count = giving->told->return_count;

    quote->lines = ARENA_ARRAY(ctx->arena, struct pos_refund_line, (size_t)count);
    quote->line_count = count;
    for (int i = 0; i < count; i++) {
        TRY(quote_return(ctx, giving, i, &quote->lines[i]));
        quote->amount_minor += quote->lines[i].amount_minor;
    }
    bool is_some = quote->amount_minor > 0 && quote->amount_minor <= left_of(giving);
    return is_some ? OK : fail_field(ctx, ERR_FIELD_RANGE, "line_items");
}

/* All that is left is what is left of each line, unless an amount of no line went back before. */
static enum err
name_rest(struct ctx *ctx, const struct giving *giving, struct refund_quote *quote)
{
    struct pos_refund_line *rest =
        ARENA_ARRAY(ctx->arena, struct pos_refund_line, (size_t)giving->line_count);
    int64_t sum_minor = 0, units;
    int count = 0;

    for (int i = 0; i < giving->line_count; i++) {
        const struct pos_refund_line *before = &giving->returned[i];

        TRY(quantity_parse(giving->lines[i].quantity, &units));
        units -= before->units;
        int64_t left_minor = giving->worths[i] - before->amount_minor;
        if (units <= 0 || left_minor < 0) continue;
        rest[count++] = (struct pos_refund_line){i, left_minor, units};
        sum_minor += left_minor;
    }
    if (sum_minor != quote->amount_minor) return OK;
    quote->lines = rest;
    quote->line_count = count;
    return OK;
}

static enum err
quote_order(struct ctx *ctx, const struct giving *giving, struct refund_quote *quote)
{
    const struct sale_refund *told = giving->told;
    int64_t left_minor = left_of(giving);

    *quote = (struct refund_quote){.amount_minor = told->amount_minor};
    if (told->return_count > 0) {
        TRY(quote_returns(ctx, giving, quote));
    } else if (told->amount_minor == 0) {
        if (told->to_credit_note) return fail_field(ctx, ERR_FIELD_VALUE, "to_credit_note");
        quote->amount_minor = left_minor;
    } else if (told->amount_minor > left_minor) {
        return fail_field(ctx, ERR_FIELD_RANGE, "amount_money.amount");
    } else if (told->amount_minor == left_minor) {
        TRY(name_rest(ctx, giving, quote));
    }
    quote->left_minor = left_minor - quote->amount_minor;
    if (!told->to_credit_note || quote->amount_minor <= CREDIT_AMOUNT_MAX) return OK;
    return fail_field(ctx, ERR_FIELD_RANGE, "to_credit_note");
}

enum err
till_refunds_quote(struct ctx *ctx, const struct sale_refund *refund, struct refund_quote *quote)
{
    struct giving giving;

    ASSERT(refund->return_count <= POS_LINES_MAX);
    ASSERT(refund->amount_minor == 0 || refund->return_count == 0);
    TRY(open_order(ctx, refund, &giving));
    return quote_order(ctx, &giving, quote);
}

/* ---- the same refund again ---- */

static enum err
is_same_returns(struct ctx *ctx, const struct giving *giving, const struct order_refund *stored,
                bool *is_same)
{
    const struct sale_refund *told = giving->told;
    struct pos_refund_line *lines;
    int64_t units;
    int count;

    TRY(orders_store_list_refund_lines(ctx, stored, &lines, &count));
    *is_same = count == told->return_count;
    for (int i = 0; i < told->return_count && *is_same; i++) {
        bool found = false;

        if (quantity_parse(told->returns[i].quantity, &units) != OK) units = 0;
        for (int k = 0; k < count; k++)
            found = found || (lines[k].line == told->returns[i].line && lines[k].units == units);
        *is_same = found;
    }
    return OK;
}

/* Whether a key's refund is this one: of the same sale, as much, in the same way. */
static enum err
check_same(struct ctx *ctx, const struct giving *giving, const struct order_refund *stored)
{
    const struct sale_refund *told = giving->told;
    bool is_same = told->amount_minor == stored->amount_minor;

    if (told->return_count > 0) TRY(is_same_returns(ctx, giving, stored, &is_same));
    is_same = is_same && str_is(stored->vendor_order, giving->order.vendor_order) &&
              told->to_credit_note == (stored->credit_note.v != 0) &&
              str_is(told->reason, stored->reason);
    return is_same ? OK : fail_field(ctx, ERR_IDEMPOTENCY_KEY_REUSED, "idempotency_key");
}

/* ---- giving ---- */

/* Whose sale it is; 0: nobody, or somebody removed since. */
static enum err
find_owner(struct ctx *ctx, const struct order *order, customer_id *customer)
{
    struct order_sheet sheet;

    TRY(orders_find_sheet(ctx, order->id, &sheet));
    *customer = sheet.customer;
    return OK;
}

struct holdings {
    struct loyalty_account *accounts;
    int count;
};

static enum err
read_holdings(struct ctx *ctx, customer_id customer, struct holdings *holdings)
{
    const struct account_query theirs = {
        .customers = &customer.v, .customer_count = 1, .limit = PROGRAMS_MAX};

    *holdings = (struct holdings){0};
    if (customer.v == 0) return OK;
    return accounts_search(ctx, &theirs, &holdings->accounts, &holdings->count);
}

static enum err
tell_moved(struct ctx *ctx, const struct holdings *before, struct refunded *given)
{
    struct loyalty_account now;

    given->moved = ARENA_ARRAY(ctx->arena, struct refund_moved, (size_t)before->count);
    for (int i = 0; i < before->count; i++) {
        TRY(accounts_find(ctx, before->accounts[i].id, &now));
        int64_t points = now.balance - before->accounts[i].balance;
        if (points == 0) continue;
        given->moved[given->moved_count++] =
            (struct refund_moved){now.id, now.program, points, now.balance};
    }
    return OK;
}

static enum err
issue_note(struct ctx *ctx, const struct giving *giving, int64_t amount_minor, customer_id customer,
           struct credit_note *note)
{
    if (!giving->told->to_credit_note) return OK;
    *note = (struct credit_note){
        .customer = customer,
        .amount_minor = amount_minor,
        .reason = CREDIT_REFUND,
        .order = giving->order.id,
    };
    return credit_issue(ctx, note);
}

static team_member_id
who(const struct ctx *ctx)
{
    return (team_member_id){ctx->actor.kind == ACTOR_STAFF ? ctx->actor.id : 0};
}

static enum err
note_void(struct ctx *ctx, const struct giving *giving)
{
    const struct order_void gone = {ctx->now_us, who(ctx), giving->told->reason};

    return orders_store_add_void(ctx, giving->order.id, &gone);
}

static enum err
give(struct ctx *ctx, const struct giving *giving, struct refunded *given)
{
    struct refund_quote quote;
    struct holdings before;
    customer_id customer;

    TRY(quote_order(ctx, giving, &quote));
    TRY(find_owner(ctx, &giving->order, &customer));
    TRY(read_holdings(ctx, customer, &before));
    TRY(issue_note(ctx, giving, quote.amount_minor, customer, &given->note));
    bool voids = giving->told->amount_minor == 0 && giving->told->return_count == 0;
    const struct pos_message message = {
        .kind = voids ? POS_CANCEL : POS_REFUND,
        .vendor_order = giving->order.vendor_order,
        .vendor_refund = giving->told->key,
        .total_minor = quote.amount_minor,
        .at_us = ctx->now_us,
        .updated_us = ctx->now_us,
        .team_member = who(ctx),
        .refund_reason = giving->told->reason,
        .refund_note = given->note.id,
        .refund_lines = quote.lines,
        .refund_line_count = quote.line_count,
    };

    TRY(orders_receive(ctx, &giving->integration, &message, &given->order));
    TRY(tell_moved(ctx, &before, given));
    if (voids) return note_void(ctx, giving);
    given->refund = (struct order_refund_seen){
        .vendor_refund = message.vendor_refund,
        .amount_minor = message.total_minor,
        .at_us = message.at_us,
        .reason = message.refund_reason,
        .team_member = message.team_member,
        .credit_note = message.refund_note,
    };
    return OK;
}

static enum err
tell_again(struct ctx *ctx, const struct order_refund *stored, struct refunded *given)
{
    given->refund = (struct order_refund_seen){
        .vendor_refund = stored->vendor_refund,
        .amount_minor = stored->amount_minor,
        .at_us = stored->at_us,
        .reason = stored->reason,
        .team_member = stored->team_member,
        .credit_note = stored->credit_note,
    };
    return stored->credit_note.v == 0 ? OK : credit_find(ctx, stored->credit_note, &given->note);
}

enum err
till_refunds_give(struct ctx *ctx, const struct sale_refund *refund, struct refunded *given)
{
    struct order_refund stored;
    struct giving giving;

    ASSERT(refund->key.len > 0);
    ASSERT(refund->return_count <= POS_LINES_MAX);
    ASSERT(refund->amount_minor == 0 || refund->return_count == 0);
    TRY(open_order(ctx, refund, &giving));
    *given = (struct refunded){.order = giving.order};
    TRY(orders_store_find_refund(ctx, giving.integration.id, refund->key, &stored));
    if (stored.vendor_refund.len == 0) return give(ctx, &giving, given);
    TRY(check_same(ctx, &giving, &stored));
    return tell_again(ctx, &stored, given);
}

/* ---- one's own mistake ---- */

static bool
is_own(const struct ctx *ctx, const struct order *order)
{
    return order->team_member.v != 0 && order->team_member.v == who(ctx).v;
}

static bool
is_void(const struct order *order)
{
    return str_is(order->status, STR("CANCELED"));
}

int64_t
till_refunds_own_until(const struct ctx *ctx, const struct order *order)
{
    int64_t until_us = order->closed_us + TILL_REFUNDS_OWN_MINUTES * CLOCK_MINUTE_US;
    bool may = is_own(ctx, order) && !is_void(order) && order->refunded_minor == 0;

    return may && ctx->now_us < until_us ? until_us : 0;
}

enum err
till_refunds_undo_own(struct ctx *ctx, const struct sale_refund *refund, struct refunded *given)
{
    struct giving giving;

    ASSERT(refund->reason.len > 0);
    ASSERT(refund->amount_minor == 0);
    ASSERT(refund->return_count == 0);
    TRY(open_order(ctx, refund, &giving));
    const struct order *order = &giving.order;
    if (!is_own(ctx, order)) return fail(ctx, ERR_SALE_OF_ANOTHER, "made by another");
    *given = (struct refunded){.order = *order};
    if (is_void(order)) return OK; /* once is enough, also later */
    if (order->refunded_minor > 0) return fail(ctx, ERR_SALE_REFUNDED, "some of it went back");
    if (till_refunds_own_until(ctx, order) == 0) return fail(ctx, ERR_SALE_PAST, "too long ago");
    return give(ctx, &giving, given);
}
