/* earnings_api — what an order would earn, what it earned, and why, over HTTP. */
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/loyalty/earnings.h"

/* ---- how it looks ---- */

static bool
counts_articles(const struct earning_line *line)
{
    if (line->rule == NULL) return false;
    return line->rule->kind == ACCRUAL_ITEM_VARIATION || line->rule->kind == ACCRUAL_CATEGORY;
}

static void
put_line(struct json_out *out, const struct earning_line *line, struct str currency)
{
    json_put_object(out, NULL);
    json_put_text(out, "source", line->rule == NULL ? STR("PROMOTION") : STR("RULE"));
    if (line->rule != NULL) json_put_accrual_rule(out, "rule", line->rule, currency);
    json_put_id(out, "promotion_id", ID_promotion, line->promotion.v);
    json_put_text_if(out, "promotion_name", line->promotion_name);
    if (counts_articles(line)) {
        json_put_int(out, "basis_count", line->basis);
    } else {
        json_put_money(out, "basis_money", line->basis, currency);
    }
    json_put_int(out, "points", line->points);
    if (line->capped > 0) json_put_int(out, "capped_points", line->capped);
    json_put_text_if(out, "reason", str_of(accrual_reason_name(line->reason)));
    json_end_object(out);
}

void
json_put_earning_fields(struct json_out *out, const struct earning_told *told, struct str currency)
{
    json_put_int(out, "points", told->points);
    json_put_int(out, "promotion_points", told->promotion_points);
    json_put_array(out, "explanation");
    for (int i = 0; i < told->line_count; i++) {
        put_line(out, &told->lines[i], currency);
    }
    json_end_array(out);
}

/* ---- what it would earn ---- */

enum err
api_program_calculate_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct calculation_request *request = into;
    bool has_order = false, has_amount = false, has_currency = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {"order_id", JSON_FIELD_ID, &request->order.v, .id_kind = ID_order, .given = &has_order},
        {"transaction_amount_money.amount", JSON_FIELD_INT, &request->total_minor,
         .min = 0, .max = INT64_C(1000000000000), .given = &has_amount},
        {"transaction_amount_money.currency", JSON_FIELD_TEXT, &request->currency,
         .min = 3, .max = 3, .given = &has_currency},
        {"loyalty_account_id", JSON_FIELD_ID, &request->account.v, .id_kind = ID_account},
    };
    /* clang-format on */

    TRY(api_program_id_parse(ctx, req, &request->program.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (has_order && has_amount) {
        return fail_field(ctx, ERR_FIELD_VALUE, "transaction_amount_money");
    }
    if (!has_order && !has_amount) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "transaction_amount_money.amount");
    }
    if (has_amount && !has_currency) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "transaction_amount_money.currency");
    }
    return OK;
}

enum err
api_program_calculate(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct calculation_request *request = parsed;
    struct earning_told *told = ARENA_ARRAY(ctx->arena, struct earning_told, 1);
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (request->order.v != 0) {
        TRY(orders_calculate(ctx, request->order, request->program, request->account, told));
    } else {
        const struct order_earning order = {.total_minor = request->total_minor};

        if (!str_is(request->currency, merchant.currency)) {
            return fail_field(ctx, ERR_CURRENCY_DIFFERS, "transaction_amount_money.currency");
        }
        TRY(earnings_calculate(ctx, &order, request->program, request->account, told));
    }
    json_put_earning_fields(&reply->out, told, merchant.currency);
    return OK;
}

/* ---- what it earned ---- */

enum err
api_earning_show_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct earning_request *request = into;

    TRY(http_path_id(ctx, req, 0, ID_account, &request->account.v));
    return http_path_id(ctx, req, 1, ID_order, &request->order.v);
}

enum err
api_earning_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct earning_request *request = parsed;
    struct earning_told *told = ARENA_ARRAY(ctx->arena, struct earning_told, 1);
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    TRY(earnings_explain(ctx, request->account, request->order, told));
    json_put_object(&reply->out, "earning");
    json_put_id(&reply->out, "order_id", ID_order, request->order.v);
    json_put_earning_fields(&reply->out, told, merchant.currency);
    json_put_int(&reply->out, "taken_back", told->taken_back);
    json_put_time(&reply->out, "pending_until", told->ripe_us);
    json_end_object(&reply->out);
    return OK;
}
