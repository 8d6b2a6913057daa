/* till_sales_api — what our till sells over HTTP: quoted, recorded. Refunds: till_refunds_api.c. */
#include "api/counter_handlers.h"
#include "api/fields.h"
#include "api/shapes.h"

enum { NAME_CHARS_MAX = 200, QUANTITY_CHARS_MAX = 20, CODE_CHARS_MAX = 100 };
#define PRICE_MAX INT64_C(1000000000000)

/* ---- reading a sale ---- */

/* All prices of a sale are in one currency, which is compared with the merchant's later. */
static enum err
note_currency(struct ctx *ctx, struct str currency, const char *field, struct sale_request *request)
{
    if (currency.len == 0) return OK;
    if (request->currency.len == 0) {
        request->currency = currency;
        request->currency_field = field;
    }
    if (str_is(currency, request->currency)) return OK;
    return fail_field(ctx, ERR_CURRENCY_DIFFERS, field);
}

static enum err
read_line(struct ctx *ctx, const json_t *lines, int index, struct sale_request *request)
{
    struct sale_line *line = &request->sale.lines[index];
    struct str of_one = {0}, of_line = {0};
    bool has_one = false, has_line = false;
    int64_t one_minor = 0, line_minor = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"name", JSON_FIELD_TEXT, &line->name, .max = NAME_CHARS_MAX},
        {"quantity", JSON_FIELD_TEXT, &line->quantity, .max = QUANTITY_CHARS_MAX},
        {"item_id", JSON_FIELD_ID, &line->item.v, .id_kind = ID_item},
        {"variation_id", JSON_FIELD_ID, &line->variation.v, .id_kind = ID_variation},
        {"price_money.amount", JSON_FIELD_INT, &one_minor, .min = -PRICE_MAX, .max = PRICE_MAX,
         .given = &has_one},
        {"price_money.currency", JSON_FIELD_TEXT, &of_one, .min = 3, .max = 3},
        {"total_money.amount", JSON_FIELD_INT, &line_minor, .min = 0, .max = PRICE_MAX,
         .given = &has_line},
        {"total_money.currency", JSON_FIELD_TEXT, &of_line, .min = 3, .max = 3},
    };
    /* clang-format on */
    const char *price = str_format(ctx->arena, "sale.lines[%d].price_money.currency", index).at;
    const char *total = str_format(ctx->arena, "sale.lines[%d].total_money.currency", index).at;

    line->quantity = STR("1");
    TRY(json_read_member(ctx, (struct json_member){lines, "sale.lines", index}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    if (has_one && of_one.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, price);
    if (has_line && of_line.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, total);
    if (has_one && has_line) return fail_field(ctx, ERR_FIELD_VALUE, total); /* one or the other */
    line->kind = has_one ? SALE_PRICE_OF_ONE : has_line ? SALE_PRICE_OF_LINE : SALE_PRICE_OF_ITEM;
    line->amount_minor = has_one ? one_minor : line_minor;
    line->name = str_trim(line->name);
    TRY(note_currency(ctx, of_one, price, request));
    return note_currency(ctx, of_line, total, request);
}

static enum err
read_note(struct ctx *ctx, const json_t *list, int index, struct sale_request *request,
          struct sale_note *note)
{
    struct str currency = {0};
    bool has_amount = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {"id", JSON_FIELD_ID, &note->id.v, .id_kind = ID_credit_note},
        {"code", JSON_FIELD_TEXT, &note->code, .max = CODE_CHARS_MAX},
        {"amount_money.amount", JSON_FIELD_INT, &note->amount_minor, .min = 1, .max = PRICE_MAX,
         .given = &has_amount},
        {"amount_money.currency", JSON_FIELD_TEXT, &currency, .min = 3, .max = 3},
    };
    /* clang-format on */
    const char *id = str_format(ctx->arena, "sale.credit_notes[%d].id", index).at;
    const char *money =
        str_format(ctx->arena, "sale.credit_notes[%d].amount_money.currency", index).at;

    *note = (struct sale_note){0};
    TRY(json_read_member(ctx, (struct json_member){list, "sale.credit_notes", index}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    if (note->id.v == 0 && note->code.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, id);
    if (note->id.v != 0 && note->code.len > 0) return fail_field(ctx, ERR_FIELD_VALUE, id);
    if (has_amount && currency.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, money);
    return note_currency(ctx, currency, money, request);
}

static enum err
read_lists(struct ctx *ctx, const json_t *lines, const json_t *notes, struct sale_request *request)
{
    struct sale *sale = &request->sale;
    struct sale_note *read = ARENA_ARRAY(ctx->arena, struct sale_note, json_array_size(notes));

    sale->line_count = (int)json_array_size(lines);
    if (sale->line_count == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "sale.lines");
    sale->lines = ARENA_ARRAY(ctx->arena, struct sale_line, json_array_size(lines));
    for (int i = 0; i < sale->line_count; i++)
        TRY(read_line(ctx, lines, i, request));
    sale->note_count = (int)json_array_size(notes);
    sale->notes = read;
    for (int i = 0; i < sale->note_count; i++)
        TRY(read_note(ctx, notes, i, request, &read[i]));
    return OK;
}

/* The cashback: an account and an amount, or neither. */
static enum err
check_credit(struct ctx *ctx, struct str currency, struct sale_request *request)
{
    static const char account[] = "sale.credit.account_id", amount[] = "sale.credit.amount_money";
    static const char money[] = "sale.credit.amount_money.currency";
    const struct sale *sale = &request->sale;

    if (sale->credit_account.v == 0 && sale->credit_minor == 0) return OK;
    if (sale->credit_account.v == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, account);
    if (sale->credit_minor == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, amount);
    if (currency.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, money);
    return note_currency(ctx, currency, money, request);
}

static enum err
read_sale(struct ctx *ctx, const struct http_request *req, const struct json_field *key,
          struct sale_request *request)
{
    struct sale *sale = &request->sale;
    const json_t *lines = NULL, *notes = NULL;
    struct json_ids rewards = {0};
    struct str currency = {0};
    /* clang-format off */
    const struct json_field fields[] = {
        {"location_id", JSON_FIELD_ID, &sale->location.v, .id_kind = ID_location},
        {"sale.lines", JSON_FIELD_LIST, &lines, .required = true, .max = POS_LINES_MAX},
        {"sale.customer_id", JSON_FIELD_ID, &sale->customer.v, .id_kind = ID_customer},
        {"sale.rewards", JSON_FIELD_IDS, &rewards, .id_kind = ID_reward,
         .max = SALE_REWARDS_MAX},
        {"sale.credit.account_id", JSON_FIELD_ID, &sale->credit_account.v, .id_kind = ID_account},
        {"sale.credit.amount_money.amount", JSON_FIELD_INT, &sale->credit_minor, .min = 1,
         .max = PROGRAM_POINTS_MAX},
        {"sale.credit.amount_money.currency", JSON_FIELD_TEXT, &currency, .min = 3, .max = 3},
        {"sale.credit_notes", JSON_FIELD_LIST, &notes, .max = SALE_NOTES_MAX},
        *key,
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    sale->rewards = rewards.at;
    sale->reward_count = rewards.count;
    TRY(check_credit(ctx, currency, request));
    return read_lists(ctx, lines, notes, request);
}

enum err
api_till_sell_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct sale_request *request = into;
    const struct json_field key = {"idempotency_key", JSON_FIELD_TEXT, &request->sale.key,
                                   .required = true,  .min = 1,        .max = 128};

    return read_sale(ctx, req, &key, request);
}

enum err
api_till_quote_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct sale_request *request = into;
    /* Welcome, so that a till may send for a quote what it will send for the sale. */
    const struct json_field key = {"idempotency_key", JSON_FIELD_TEXT, &request->sale.key, .min = 1,
                                   .max = 128};

    return read_sale(ctx, req, &key, request);
}

static enum err
check_currency(struct ctx *ctx, const struct sale_request *request, struct merchant *merchant)
{
    TRY(merchants_find(ctx, merchant));
    if (request->currency.len == 0 || str_is(request->currency, merchant->currency)) return OK;
    return fail_field(ctx, ERR_CURRENCY_DIFFERS, request->currency_field);
}

/* ---- what it would come to ---- */

static void
put_earns(struct json_out *out, const struct quote *quote, struct str currency)
{
    json_put_array(out, "earns");
    for (int i = 0; i < quote->earns_count; i++) {
        json_put_object(out, NULL);
        json_put_id(out, "program_id", ID_program, quote->earns[i].program.v);
        json_put_earning_fields(out, &quote->earns[i], currency);
        json_end_object(out);
    }
    json_end_array(out);
}

enum err
api_till_quote(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct sale_request *request = parsed;
    struct json_out *out = &reply->out;
    struct merchant merchant;
    struct quote quote;

    TRY(check_currency(ctx, request, &merchant));
    TRY(tills_quote(ctx, &request->sale, &quote));
    json_put_object(out, "quote");
    json_put_money(out, "subtotal_money", quote.subtotal_minor, merchant.currency);
    json_put_array(out, "discounts");
    for (int i = 0; i < quote.discount_count; i++) {
        json_put_object(out, NULL);
        json_put_discount_fields(out, &quote.discounts[i].taken, merchant.currency);
        json_put_text_if(out, "reason", quote.discounts[i].reason);
        json_end_object(out);
    }
    json_end_array(out);
    json_put_money(out, "total_money", quote.total_minor, merchant.currency);
    json_put_money(out, "total_tax_money", quote.tax_minor, merchant.currency);
    put_earns(out, &quote, merchant.currency);
    json_end_object(out);
    return OK;
}

/* ---- selling ---- */

static void
put_earned(struct json_out *out, const struct claim *earned)
{
    if (earned->account.v == 0) {
        json_put_null(out, "earned");
        return;
    }
    json_put_object(out, "earned");
    json_put_int(out, "points", earned->points);
    json_put_int(out, "balance", earned->balance);
    json_put_id(out, "account_id", ID_account, earned->account.v);
    json_put_id(out, "program_id", ID_program, earned->program.v);
    json_put_settled(out, &earned->settled);
    json_put_reach(out, earned);
    json_end_object(out);
}

enum err
api_till_sell(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct sale_request *request = parsed;
    struct merchant merchant;
    struct sold sold;

    TRY(check_currency(ctx, request, &merchant));
    TRY(tills_sell(ctx, &request->sale, &sold));
    TRY(json_put_order(ctx, &reply->out, sold.order.id, &reply->about));
    put_earned(&reply->out, &sold.earned);
    json_put_int(&reply->out, "waiting_points", sold.waiting_points);
    return OK;
}
