/* order_shapes — orders, and what claiming them gives, in JSON; see shapes.h */
#include "api/shapes.h"
#include "base/quantity.h"
#include "base/words.h"
#include "core/insight/insight.h"
#include "core/orders/api_orders.h"
#include "core/orders/till_refunds.h"

/* ---- claims ---- */

static void
put_next_reward(struct json_out *out, const struct claim *claim)
{
    if (claim->next_name.len == 0) {
        json_put_null(out, "next_reward");
        return;
    }
    json_put_object(out, "next_reward");
    json_put_text(out, "name", claim->next_name);
    json_put_int(out, "points", claim->next_points);
    json_put_int(out, "missing", claim->next_missing);
    json_end_object(out);
}

void
json_put_reach(struct json_out *out, const struct claim *claim)
{
    put_next_reward(out, claim);
    if (claim->available_name.len == 0) {
        json_put_null(out, "reward_available");
        return;
    }
    json_put_object(out, "reward_available");
    json_put_text(out, "name", claim->available_name);
    json_put_int(out, "points", claim->available_points);
    json_end_object(out);
}

void
json_put_settled(struct json_out *out, const struct settled *settled)
{
    json_put_time(out, "pending_until", settled->own.ripe_us);
    if (settled->other_count == 0) return;
    json_put_array(out, "others");
    for (int i = 0; i < settled->other_count; i++) {
        const struct settled_account *other = &settled->others[i];

        json_put_object(out, NULL);
        json_put_id(out, "program_id", ID_program, other->program.v);
        json_put_int(out, "points", other->points);
        json_put_time(out, "pending_until", other->ripe_us);
        json_end_object(out);
    }
    json_end_array(out);
}

void
json_put_claim_fields(struct json_out *out, const struct claim *claim)
{
    json_put_id(out, "order_id", ID_order, claim->order.v);
    json_put_int(out, "points", claim->points);
    json_put_bool(out, "is_new", claim->is_new);
    json_put_object(out, "account");
    json_put_id(out, "id", ID_account, claim->account.v);
    json_put_int(out, "balance", claim->balance);
    json_end_object(out);
    json_put_settled(out, &claim->settled);
    json_put_reach(out, claim);
}

/* ---- orders ---- */

static struct str
claim_state_name(enum claim_state claim)
{
    switch (claim) {
    case CLAIM_NONE:
        return STR("NONE");
    case CLAIM_WAITING:
        return STR("WAITING");
    case CLAIM_CLAIMED:
        return STR("CLAIMED");
    case CLAIM_EXPIRED:
        return STR("EXPIRED");
    case CLAIM_CANCELED:
        return STR("CANCELED");
    }
    ASSERT(!"a state without a name");
    return STR("");
}

static void
put_source(struct json_out *out, const struct order_sheet *sheet, struct str language)
{
    bool is_ours = str_is(sheet->vendor, STR("till"));

    json_put_object(out, "source");
    json_put_text(out, "name",
                  is_ours ? words_text(out->arena, language, "till.register", NULL, 0)
                          : sheet->vendor_name);
    json_put_text(out, "vendor", sheet->vendor); /* ours */
    json_end_object(out);
}

static void
put_line_discount(struct json_out *out, const struct pos_line *line, struct str currency)
{
    int64_t gross_minor = line->total_minor + line->discount_minor;

    json_put_money(out, "gross_sales_money", gross_minor, currency);
    json_put_money(out, "total_discount_money", line->discount_minor, currency);
}

static void
put_lines(struct json_out *out, const struct order_sheet *sheet)
{
    json_put_array(out, "line_items");
    for (int i = 0; i < sheet->line_count; i++) {
        const struct pos_line *line = &sheet->lines[i];

        json_put_object(out, NULL);
        json_put_text(out, "uid", str_format(out->arena, "%d", i + 1));
        json_put_text(out, "name", line->name);
        json_put_text(out, "quantity", line->quantity);
        json_put_money(out, "total_money", line->total_minor, sheet->order.currency);
        if (line->discount_minor > 0) put_line_discount(out, line, sheet->order.currency);
        json_put_text_if(out, "category", line->category); /* ours */
        json_end_object(out);
    }
    json_end_array(out);
}

/* How it was paid, as far as the POS told: one tender, of the whole. */
static void
put_tenders(struct json_out *out, const struct order_sheet *sheet)
{
    const struct order *order = &sheet->order;
    bool by_card = sheet->card_last_4.len + sheet->card_brand.len > 0;

    json_put_array(out, "tenders");
    if (order->total_minor > 0) {
        json_put_object(out, NULL);
        json_put_text(out, "type", by_card ? STR("CARD") : STR("OTHER"));
        json_put_money(out, "amount_money", order->total_minor + order->tip_minor, order->currency);
        json_put_money(out, "tip_money", order->tip_minor, order->currency);
        if (by_card) {
            json_put_object(out, "card_details");
            json_put_object(out, "card");
            json_put_text_if(out, "card_brand", sheet->card_brand);
            json_put_text_if(out, "last_4", sheet->card_last_4);
            json_end_object(out);
            json_end_object(out);
        }
        json_end_object(out);
    }
    json_end_array(out);
}

void
json_put_discount_fields(struct json_out *out, const struct order_discount *discount,
                         struct str currency)
{
    static const enum id_kind kinds[] = {ID_reward, ID_account, ID_credit_note};

    json_put_text(out, "kind", order_discount_name(discount->kind));
    json_put_id(out, "id", kinds[discount->kind], discount->subject);
    json_put_text_if(out, "name", discount->name);
    json_put_money(out, "amount_money", discount->amount_minor, currency);
    json_put_time(out, "returned_at", discount->returned_us);
}

static void
put_discounts(struct json_out *out, const struct order_sheet *sheet)
{
    int64_t sum_minor = 0;

    json_put_array(out, "discounts");
    for (int i = 0; i < sheet->discount_count; i++) {
        json_put_object(out, NULL);
        json_put_discount_fields(out, &sheet->discounts[i], sheet->order.currency);
        json_end_object(out);
        sum_minor += sheet->discounts[i].amount_minor;
    }
    json_end_array(out);
    json_put_money(out, "total_discount_money", sum_minor, sheet->order.currency);
}

/* Square's total has the tip in it; what earns has not, and refunds are of that. */
static void
put_amounts(struct json_out *out, const struct order *order)
{
    int64_t total_minor = order->total_minor + order->tip_minor;

    json_put_money(out, "total_money", total_minor, order->currency);
    json_put_money(out, "total_tax_money", order->tax_minor, order->currency);
    json_put_money(out, "total_tip_money", order->tip_minor, order->currency);
    json_put_object(out, "net_amounts");
    json_put_money(out, "total_money", total_minor - order->refunded_minor, order->currency);
    json_end_object(out);
    json_put_money(out, "refunded_money", order->refunded_minor, order->currency); /* ours */
}

static void
put_payer(struct json_out *out, const struct order_sheet *sheet)
{
    if (sheet->payer.v == 0) return;
    json_put_object(out, "paid_by");
    json_put_id(out, "customer_id", ID_customer, sheet->payer.v);
    json_put_text_if(out, "name", sheet->payer_name);
    json_end_object(out);
}

void
json_put_order_fields(struct json_out *out, const struct order_sheet *sheet, struct str language)
{
    const struct order *order = &sheet->order;

    json_put_id(out, "id", ID_order, order->id.v);
    json_put_id(out, "location_id", ID_location, order->location.v);
    json_put_text(out, "state", order->status);
    if (str_is(sheet->vendor, STR(API_VENDOR))) {
        json_put_text_if(out, "reference_id", api_orders_reference(order->vendor_order));
    }
    put_source(out, sheet, language);
    json_put_id(out, "customer_id", ID_customer, sheet->customer.v);
    put_lines(out, sheet);
    put_tenders(out, sheet);
    put_amounts(out, order);
    put_discounts(out, sheet);
    json_put_time(out, "created_at", sheet->received_us);
    bool is_open = str_is(order->status, STR("OPEN"));
    json_put_time(out, "closed_at", is_open ? 0 : order->closed_us);
    /* ours */
    if (sheet->reg.id.v != 0) {
        json_put_object(out, "register");
        json_put_id(out, "id", ID_register, sheet->reg.id.v);
        json_put_text(out, "name", sheet->reg.name);
        json_end_object(out);
    }
    json_put_id(out, "team_member_id", ID_team_member, order->team_member.v);
    json_put_int(out, "points", order->points);
    json_put_text(out, "claim_state", claim_state_name(order->claim));
    put_payer(out, sheet);
}

/* Who of the team did something: absent where nobody is told. */
static enum err
put_member(struct ctx *ctx, struct json_out *out, team_member_id member)
{
    struct str name = {0};

    if (member.v == 0) return OK;
    TRY(insight_find_actor_name(ctx, member.v, &name));
    json_put_id(out, "team_member_id", ID_team_member, member.v);
    json_put_text_if(out, "team_member_name", name); /* ours */
    return OK;
}

enum err
json_put_order_undoing(struct ctx *ctx, struct json_out *out, const struct order_sheet *sheet)
{
    json_put_time(out, "undo_until", till_refunds_own_until(ctx, &sheet->order));
    if (sheet->gone.at_us == 0) return OK;
    json_put_object(out, "void");
    json_put_time(out, "created_at", sheet->gone.at_us);
    json_put_text_if(out, "reason", sheet->gone.reason);
    TRY(put_member(ctx, out, sheet->gone.team_member));
    json_end_object(out);
    return OK;
}

enum err
json_put_order(struct ctx *ctx, struct json_out *out, order_id id, customer_id *about)
{
    struct order_sheet sheet;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    TRY(orders_find_sheet(ctx, id, &sheet));
    *about = sheet.payer;
    json_put_object(out, "order");
    json_put_order_fields(out, &sheet, merchant.language);
    TRY(json_put_order_undoing(ctx, out, &sheet));
    json_end_object(out);
    return OK;
}

/* ---- refunds ---- */

static enum err
put_refund(struct ctx *ctx, struct json_out *out, const char *key, const struct order *order,
           const struct order_refund_seen *refund)
{
    json_put_object(out, key);
    json_put_text(out, "id", refund->vendor_refund);
    json_put_id(out, "location_id", ID_location, order->location.v);
    json_put_money(out, "amount_money", refund->amount_minor, order->currency);
    json_put_text(out, "status", STR("APPROVED"));
    json_put_time(out, "created_at", refund->at_us);
    json_put_text_if(out, "reason", refund->reason);
    TRY(put_member(ctx, out, refund->team_member));
    json_put_id(out, "credit_note_id", ID_credit_note, refund->credit_note.v); /* ours */
    json_end_object(out);
    return OK;
}

enum err
json_put_refund(struct ctx *ctx, struct json_out *out, const struct order *order,
                const struct order_refund_seen *refund)
{
    return put_refund(ctx, out, "refund", order, refund);
}

enum err
json_put_refunds(struct ctx *ctx, struct json_out *out, const struct order *order)
{
    struct order_refund_seen *refunds;
    int count;

    TRY(orders_list_refunds(ctx, order->id, &refunds, &count));
    json_put_array(out, "refunds");
    for (int i = 0; i < count; i++)
        TRY(put_refund(ctx, out, NULL, order, &refunds[i]));
    json_end_array(out);
    return OK;
}

void
json_put_returned(struct json_out *out, const char *key, const struct pos_refund_line *lines,
                  int count, struct str currency)
{
    json_put_array(out, key);
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_text(out, "uid", str_format(out->arena, "%d", lines[i].line + 1));
        json_put_text(out, "quantity", quantity_format(out->arena, lines[i].units));
        json_put_money(out, "amount_money", lines[i].amount_minor, currency);
        json_end_object(out);
    }
    json_end_array(out);
}
