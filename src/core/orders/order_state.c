/* order_state — see order_state.h. */
#include "core/orders/order_state.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/settings.h"
#include "core/customers/customers.h"
#include "core/customers/listing.h"
#include "core/loyalty/earnings.h"
#include "core/merchants/merchants.h"
#include "core/orders/discounts.h"
#include "core/orders/integrations_store.h"
#include "db/write_lane.h"

enum { CLAIM_KEEP_HOURS = 24, KEPT_MAX = 1000 };

struct order_before
order_state_before(const struct order_row *row)
{
    return (struct order_before){
        .claim = row->claim,
        .reg = row->reg,
        .points = row->points,
        .total_minor = row->total_minor,
    };
}

struct order
order_state_public(const struct order_row *row)
{
    return (struct order){
        .id = row->id,
        .integration = row->integration,
        .vendor_order = row->vendor_order,
        .status = order_status_name(row->status),
        .currency = row->currency,
        .location = row->location,
        .reg = row->reg,
        .total_minor = row->total_minor,
        .tax_minor = row->tax_minor,
        .tip_minor = row->tip_minor,
        .refunded_minor = row->refunded_minor,
        .closed_us = row->closed_us,
        .claim = row->claim,
        .claim_until_us = row->claim_until_us,
        .account = row->account,
        .points = row->points,
        .has_card = row->card.hash.len > 0,
        .team_member = row->team_member,
    };
}

/* The lines as accrual counts them, with what refunds gave back of each. */
static enum err
read_lines(struct ctx *ctx, const struct order_earning *order, struct basket *basket)
{
    const struct order_row *row = order->lines_of;
    struct pos_refund_line *refunds = NULL;
    struct pos_line *lines;
    int count, refund_count = 0;

    TRY(orders_store_list_lines(ctx, row->id, &lines, &count));
    if (row->refunded_minor > 0) {
        TRY(orders_store_sum_refund_lines(ctx, row, &refunds, &refund_count));
    }
    struct basket_line *counted = ARENA_ARRAY(ctx->arena, struct basket_line, (size_t)count);

    for (int i = 0; i < count; i++) {
        counted[i] = (struct basket_line){
            .variation = lines[i].variation_found.v,
            .category = lines[i].category_found.v,
            .total_minor = lines[i].total_minor,
            .tax_minor = lines[i].tax_minor,
            .units = basket_units(lines[i].quantity),
        };
    }
    for (int i = 0; i < refund_count; i++) {
        if (refunds[i].line < count) {
            counted[refunds[i].line].refunded_minor = refunds[i].amount_minor;
        }
    }
    basket->lines = counted;
    basket->line_count = count;
    return OK;
}

struct order_earning
order_state_earning(const struct order_row *row)
{
    return (struct order_earning){
        .order = row->id,
        .total_minor = row->total_minor,
        .tax_minor = row->tax_minor,
        .refunded_minor = row->refunded_minor,
        .location = row->location,
        .closed_us = row->closed_us,
        .told_us = row->received_us,
        .read_lines = read_lines,
        .lines_of = row,
    };
}

/* ---- the steps of settling ---- */

/* Where it was closed; an establishment that nobody associated has no location, and no register. */
static enum err
place(struct ctx *ctx, struct order_row *row)
{
    if (row->establishment.len == 0) return OK;
    TRY(integrations_store_see_establishment(ctx, row->integration, row->establishment,
                                             &row->location));
    row->reg = (register_id){0};
    if (row->location.v == 0) return OK;
    return registers_see(ctx, row->integration, row->location, row->vendor_register, &row->reg);
}

/* More than was paid may be given back (a tip, a gesture): it takes no more than all points. */
static enum err
count_refunds(struct ctx *ctx, struct order_row *row)
{
    int64_t sum_minor;

    TRY(orders_store_sum_refunds(ctx, row, &sum_minor));
    row->refunded_minor = sum_minor < row->total_minor ? sum_minor : row->total_minor;
    if (row->status == ORDER_CANCELED) row->refunded_minor = row->total_minor;
    return OK;
}

/* The customer whom our till named, or whom the POS named and somebody linked, or the owner of the
 * card. */
enum err
order_state_find_customer(struct ctx *ctx, const struct order_row *row, customer_id *customer)
{
    *customer = row->customer;
    if (customer->v == 0 && row->external_customer.len > 0) {
        TRY(customer_links_find(ctx, row->integration, row->external_customer, customer));
    }
    if (customer->v != 0 || row->card.hash.len == 0) return OK;
    return cards_find_owner(ctx, (const uint8_t *)row->card.hash.at, customer);
}

/* Whom a direct vendor's order is for; account 0: nobody known. */
static enum err
find_account(struct ctx *ctx, const struct order_row *row, account_id *id)
{
    struct loyalty_account account;
    customer_id customer;

    *id = (account_id){0};
    TRY(order_state_find_customer(ctx, row, &customer));
    if (customer.v == 0) return OK;
    enum err err = accounts_ensure_main(ctx, customer, &account);
    if (err == ERR_PROGRAM_UNKNOWN || err == ERR_ACCOUNT_UNKNOWN) return OK;
    TRY(err);
    *id = account.id;
    return OK;
}

static int64_t
claim_keep_us(const struct ctx *ctx)
{
    int64_t hours = ctx->settings ? ctx->settings->claim_keep_hours : 0;
    return (hours > 0 ? hours : CLAIM_KEEP_HOURS) * CLOCK_HOUR_US;
}

/* An order that is nobody's yet: does it wait on a tablet? */
static enum err
settle_claim(struct ctx *ctx, struct order_row *row)
{
    bool is_complete = row->status != ORDER_OPEN && row->total_minor > 0;
    const struct order_earning earning = order_state_earning(row);
    bool gives;

    row->points = 0;
    row->claim = CLAIM_NONE;
    if (!is_complete) return OK;
    /* From when we were told, since a till may have been without a line for a while. */
    if (row->claim_until_us == 0) row->claim_until_us = ctx->now_us + claim_keep_us(ctx);
    if (row->refunded_minor == row->total_minor) {
        row->claim = CLAIM_CANCELED;
        return OK;
    }
    TRY(earnings_preview(ctx, &earning, &row->points, &gives));
    if (gives && row->reg.v != 0) {
        row->claim = ctx->now_us < row->claim_until_us ? CLAIM_WAITING : CLAIM_EXPIRED;
    }
    if (row->claim != CLAIM_WAITING) row->points = 0;
    return OK;
}

/* Cancelled, or wholly refunded: what it was paid with beside money comes back, too. */
static bool
has_come_to_nothing(const struct order_row *row)
{
    if (row->status == ORDER_CANCELED) return true;
    return row->total_minor > 0 && row->refunded_minor == row->total_minor;
}

enum err
order_state_settle(struct ctx *ctx, enum pos_credit credit, const struct order_before *before,
                   struct order_row *row, enum order_stored stored)
{
    struct settled settled;

    ASSERT(row->id.v != 0);
    TRY(place(ctx, row));
    TRY(count_refunds(ctx, row));
    /* Also one that rewards made come to nothing, when our till names who bought. */
    bool is_sold = row->status != ORDER_OPEN && (row->total_minor > 0 || row->customer.v != 0);
    if (row->account.v == 0 && credit == POS_DIRECT && is_sold) {
        TRY(find_account(ctx, row, &row->account));
    }
    if (stored == ORDER_STORED && has_come_to_nothing(row)) TRY(discounts_return(ctx, row->id));
    if (row->account.v == 0) {
        TRY(settle_claim(ctx, row));
    } else {
        struct order_earning earning = order_state_earning(row);
        if (before->claim == CLAIM_CLAIMED) earning.settled_minor = before->total_minor;
        row->claim = CLAIM_CLAIMED;
        TRY(accounts_settle_order(ctx, &earning, row->account, &settled));
        row->points = settled.own.points;
    }
    return order_state_save(ctx, before, row, stored);
}

/* ---- telling the tablets ---- */

static struct str
topic_of(struct ctx *ctx, register_id reg)
{
    return str_format(ctx->arena, "register:%.*s",
                      STR_ARG(id_format(ctx->arena, ID_register, reg.v)));
}

static enum err
tell_waiting(struct ctx *ctx, const struct order_row *row)
{
    struct json_out out;

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_id(&out, "id", ID_order, row->id.v);
    json_put_int(&out, "points", row->points);
    json_put_money(&out, "total_money", row->total_minor, row->currency);
    json_put_time(&out, "closed_at", row->closed_us);
    json_put_time(&out, "expires_at", row->claim_until_us);
    json_put_bool(&out, "has_card", row->card.hash.len > 0);
    json_end_object(&out);
    return write_live_event(ctx, topic_of(ctx, row->reg), STR("order"), json_out_text(&out));
}

static struct str
reason_gone(const struct order_row *row)
{
    if (row->claim == CLAIM_CLAIMED) return STR("claimed");
    if (row->claim == CLAIM_EXPIRED) return STR("expired");
    if (row->status == ORDER_CANCELED || row->claim == CLAIM_WAITING) return STR("canceled");
    return STR("refunded");
}

static enum err
tell_gone(struct ctx *ctx, register_id reg, const struct order_row *row)
{
    struct json_out out;

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_id(&out, "id", ID_order, row->id.v);
    json_put_text(&out, "reason", reason_gone(row));
    json_end_object(&out);
    return write_live_event(ctx, topic_of(ctx, reg), STR("order_gone"), json_out_text(&out));
}

static enum err
tell(struct ctx *ctx, const struct order_before *before, const struct order_row *row)
{
    bool was_waiting = before->claim == CLAIM_WAITING;
    bool is_waiting = row->claim == CLAIM_WAITING;
    bool moved = before->reg.v != row->reg.v;
    bool other = moved || before->points != row->points || before->total_minor != row->total_minor;

    TRY(write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY));
    if (was_waiting && (!is_waiting || moved)) TRY(tell_gone(ctx, before->reg, row));
    if (is_waiting && (!was_waiting || other)) TRY(tell_waiting(ctx, row));
    return OK;
}

/* Their visits and what they spent are counted anew. */
static enum err
touch_owner(struct ctx *ctx, const struct order_row *row)
{
    struct loyalty_account account;

    if (row->account.v == 0) return OK;
    TRY(accounts_find(ctx, row->account, &account));
    return listing_touch(ctx, account.customer);
}

enum err
order_state_save(struct ctx *ctx, const struct order_before *before, struct order_row *row,
                 enum order_stored stored)
{
    bool added = true;

    ASSERT((row->claim == CLAIM_CLAIMED) == (row->account.v != 0));
    if (stored == ORDER_STORED) {
        TRY(orders_store_change(ctx, row));
    } else {
        TRY(orders_store_add(ctx, row, &added));
    }
    /* Another writer was first: run again, this message finds its row. */
    if (!added) return fail(ctx, ERR_DB_BUSY, "order of another writer");
    TRY(touch_owner(ctx, row));
    return tell(ctx, before, row);
}

enum err
order_state_save_claim(struct ctx *ctx, const struct order_before *before,
                       const struct order_row *row)
{
    ASSERT((row->claim == CLAIM_CLAIMED) == (row->account.v != 0));
    TRY(orders_store_change_claim(ctx, row));
    return tell(ctx, before, row);
}

/* ---- after associating ---- */
enum err
order_state_place_kept(struct ctx *ctx, const struct integration *integration,
                       struct str establishment)
{
    struct order_row *rows;
    int count;

    TRY(orders_store_list_unplaced(ctx, integration->id, establishment, KEPT_MAX, &rows, &count));
    for (int i = 0; i < count; i++) {
        const struct order_before before = order_state_before(&rows[i]);
        TRY(order_state_settle(ctx, integration->link->credit, &before, &rows[i], ORDER_STORED));
    }
    return OK;
}
