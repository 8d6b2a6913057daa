/* programs_api — loyalty programs and what a purchase would earn, over HTTP. */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"

static enum err
parse_program(struct ctx *ctx, const struct http_request *req, int64_t *id)
{
    *id = 0;
    if (str_is(req->segment[0], STR("main"))) return OK;
    return http_path_id(ctx, req, 0, ID_program, id);
}

enum err
api_program_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return parse_program(ctx, req, into);
}

/* A program counts at every location, in the merchant's currency. */
static enum err
find_place(struct ctx *ctx, struct program_place *place)
{
    struct merchant merchant;
    struct location *locations;

    TRY(merchants_find(ctx, &merchant));
    TRY(locations_list(ctx, &locations, &place->location_count));
    place->currency = merchant.currency;
    place->locations = locations;
    return OK;
}

enum err
json_put_program_found(struct ctx *ctx, struct json_out *out, program_id id)
{
    struct program_place place;
    struct program program;

    TRY(programs_find(ctx, id, &program));
    TRY(find_place(ctx, &place));
    json_put_program(out, "program", &program, &place);
    return OK;
}

enum err
api_program_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;

    return json_put_program_found(ctx, &reply->out, (program_id){*id});
}

enum err
api_program_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct program_place place;
    struct program *programs;
    int count;

    (void)parsed;
    TRY(programs_list(ctx, &programs, &count));
    TRY(find_place(ctx, &place));
    json_put_array(&reply->out, "programs");
    for (int i = 0; i < count; i++) {
        json_put_program(&reply->out, NULL, &programs[i], &place);
    }
    json_end_array(&reply->out);
    return OK;
}

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

    TRY(parse_program(ctx, req, &request->program.v));
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

/* An amount and its tax: an order's, less what was refunded of it, or the one told. */
static enum err
find_amount(struct ctx *ctx, const struct calculation_request *request, int64_t *total,
            int64_t *tax)
{
    struct merchant merchant;
    struct order order;

    if (request->order.v != 0) {
        TRY(orders_find(ctx, request->order, &order));
        *total = order.total_minor - order.refunded_minor;
        *tax = order.tax_minor;
        return OK;
    }
    TRY(merchants_find(ctx, &merchant));
    if (!str_is(request->currency, merchant.currency)) {
        return fail_field(ctx, ERR_CURRENCY_DIFFERS, "transaction_amount_money.currency");
    }
    *total = request->total_minor;
    *tax = 0;
    return OK;
}

enum err
api_program_calculate(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct calculation_request *request = parsed;
    struct loyalty_account account = {0};
    struct program program;
    int64_t total = 0, tax = 0;

    TRY(programs_find_rules(ctx, request->program, &program));
    if (!program.active) return fail(ctx, ERR_PROGRAM_INACTIVE, "calculate");
    if (request->account.v != 0) TRY(accounts_find(ctx, request->account, &account));
    if (request->account.v != 0 && account.program.v != program.id.v) {
        return fail_field(ctx, ERR_ACCOUNT_UNKNOWN, "loyalty_account_id");
    }
    TRY(find_amount(ctx, request, &total, &tax));
    json_put_int(&reply->out, "points",
                 programs_calculate(&program, total, tax, account.carry).points);
    json_put_int(&reply->out, "promotion_points", 0);
    return OK;
}
