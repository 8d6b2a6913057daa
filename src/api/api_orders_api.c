/* api_orders_api — orders that a program makes, opened and paid over HTTP: Square's subset. */
#include "api/counter_handlers.h"
#include "api/fields.h"
#include "api/shapes.h"

enum { NAME_CHARS_MAX = 200, QUANTITY_CHARS_MAX = 20, DISCOUNTS_MAX = 20 };
#define PRICE_MAX INT64_C(1000000000000)

/* ---- opening ---- */

/* All amounts of an order are in one currency, which is compared with the merchant's later. */
static enum err
note_currency(struct ctx *ctx, struct str currency, const char *field,
              struct order_draft_request *request)
{
    if (request->currency.len == 0) {
        request->currency = currency;
        request->currency_field = field;
    }
    return str_is(currency, request->currency) ? OK : fail_field(ctx, ERR_CURRENCY_DIFFERS, field);
}

static enum err
read_line(struct ctx *ctx, const json_t *lines, int index, struct order_draft_request *request)
{
    struct sale_line *line = &request->draft.lines[index];
    struct str currency = {0};
    bool has_price = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {"name", JSON_FIELD_TEXT, &line->name, .max = NAME_CHARS_MAX},
        {"quantity", JSON_FIELD_TEXT, &line->quantity, .required = true,
         .max = QUANTITY_CHARS_MAX},
        {"catalog_object_id", JSON_FIELD_ID, &line->variation.v, .id_kind = ID_variation},
        {"base_price_money.amount", JSON_FIELD_INT, &line->amount_minor, .min = 0,
         .max = PRICE_MAX, .given = &has_price},
        {"base_price_money.currency", JSON_FIELD_TEXT, &currency, .min = 3, .max = 3},
    };
    /* clang-format on */
    const char *money =
        str_format(ctx->arena, "order.line_items[%d].base_price_money.currency", index).at;

    TRY(json_read_member(ctx, (struct json_member){lines, "order.line_items", index}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    line->kind = has_price ? SALE_PRICE_OF_ONE : SALE_PRICE_OF_ITEM;
    line->name = str_trim(line->name);
    if (!has_price) return OK;
    if (currency.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, money);
    return note_currency(ctx, currency, money, request);
}

/* Square's others (percentages, of one line) are none of ours. */
static enum err
read_discount(struct ctx *ctx, const json_t *list, int index, struct order_draft_request *request)
{
    struct str name, currency;
    int64_t amount_minor = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"name", JSON_FIELD_TEXT, &name, .max = NAME_CHARS_MAX},
        {"amount_money.amount", JSON_FIELD_INT, &amount_minor, .required = true, .min = 1,
         .max = PRICE_MAX},
        {"amount_money.currency", JSON_FIELD_TEXT, &currency, .required = true, .min = 3,
         .max = 3},
    };
    /* clang-format on */
    const char *money =
        str_format(ctx->arena, "order.discounts[%d].amount_money.currency", index).at;

    TRY(json_read_member(ctx, (struct json_member){list, "order.discounts", index}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    request->draft.discount_minor += amount_minor;
    return note_currency(ctx, currency, money, request);
}

enum err
api_order_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct order_draft_request *request = into;
    struct order_draft *draft = &request->draft;
    const json_t *lines = NULL, *discounts = NULL;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"order.location_id", JSON_FIELD_ID, &draft->location.v, .required = true,
         .id_kind = ID_location},
        {"order.reference_id", JSON_FIELD_TEXT, &draft->reference,
         .max = API_REFERENCE_CHARS_MAX},
        {"order.line_items", JSON_FIELD_LIST, &lines, .required = true, .max = POS_LINES_MAX},
        {"order.discounts", JSON_FIELD_LIST, &discounts, .max = DISCOUNTS_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 192},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    draft->line_count = (int)json_array_size(lines);
    if (draft->line_count == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "order.line_items");
    draft->lines = ARENA_ARRAY(ctx->arena, struct sale_line, json_array_size(lines));
    for (int i = 0; i < draft->line_count; i++)
        TRY(read_line(ctx, lines, i, request));
    for (int i = 0; i < (int)json_array_size(discounts); i++)
        TRY(read_discount(ctx, discounts, i, request));
    return OK;
}

static enum err
put_order(struct ctx *ctx, order_id id, const struct merchant *merchant, struct http_reply *reply)
{
    struct order_sheet sheet;

    TRY(orders_find_sheet(ctx, id, &sheet));
    json_put_object(&reply->out, "order");
    json_put_order_fields(&reply->out, &sheet, merchant->language);
    json_end_object(&reply->out);
    return OK;
}

/* The lines are checked as a sale's; here they have Square's names. */
static enum err
rename_field(struct ctx *ctx, enum err err)
{
    static const char ours[] = "sale.lines";
    static const char *const squares[][2] = {{".variation_id", ".catalog_object_id"},
                                             {".price_money", ".base_price_money"}};

    if (err == OK || ctx->field == NULL) return err;
    if (strncmp(ctx->field, ours, strlen(ours)) != 0) return err;
    const char *line = ctx->field + strlen(ours), *member = strchr(line, '.');
    if (member == NULL) member = line + strlen(line);
    int line_len = (int)(member - line);
    for (size_t i = 0; i < sizeof squares / sizeof squares[0]; i++)
        if (strcmp(member, squares[i][0]) == 0) member = squares[i][1];
    return fail_field(ctx, err,
                      str_format(ctx->arena, "order.line_items%.*s%s", line_len, line, member).at);
}

enum err
api_order_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct order_draft_request *request = parsed;
    struct merchant merchant;
    struct order order;

    TRY(merchants_find(ctx, &merchant));
    if (request->currency.len > 0 && !str_is(request->currency, merchant.currency)) {
        return fail_field(ctx, ERR_CURRENCY_DIFFERS, request->currency_field);
    }
    TRY(rename_field(ctx, api_orders_open(ctx, &request->draft, &order)));
    return put_order(ctx, order.id, &merchant, reply);
}

/* ---- paying ---- */

enum err
api_order_pay_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct json_texts payments = {0};
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"payment_ids", JSON_FIELD_TEXTS, &payments},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 192},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_order, into));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    /* We take no payments, so none can be named. */
    return payments.count == 0 ? OK : fail_field(ctx, ERR_FIELD_VALUE, "payment_ids");
}

enum err
api_order_pay(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const order_id id = {*(const int64_t *)parsed};
    struct merchant merchant;
    struct order order;

    TRY(merchants_find(ctx, &merchant));
    TRY(api_orders_pay(ctx, id, &order));
    return put_order(ctx, order.id, &merchant, reply);
}
