/* till_refunds_api — what our till sold, given back over HTTP. */
#include "api/counter_handlers.h"
#include "api/fields.h"
#include "api/shapes.h"

enum { QUANTITY_CHARS_MAX = 20, UID_CHARS_MAX = 3, UID_BASE = 10 };
#define PRICE_MAX INT64_C(1000000000000)

static const char *const reasons[] = {"", "DEFECTIVE", "MISTAKE", "CHANGED_MIND", "OTHER"};

/* ---- reading ---- */

/* A line's uid is its place, from 1; -1: no number. */
static int
line_of(struct str uid)
{
    int line = 0;

    for (size_t i = 0; i < uid.len; i++) {
        if (uid.at[i] < '0' || uid.at[i] > '9') return -1;
        line = line * UID_BASE + (uid.at[i] - '0');
    }
    return line - 1;
}

static enum err
read_returns(struct ctx *ctx, const json_t *list, struct sale_refund *refund)
{
    int count = (int)json_array_size(list);
    struct sale_return *returns = ARENA_ARRAY(ctx->arena, struct sale_return, (size_t)count);

    for (int i = 0; i < count; i++) {
        struct str uid = {0};
        /* clang-format off */
        const struct json_field fields[] = {
            {"uid", JSON_FIELD_TEXT, &uid, .required = true, .min = 1, .max = UID_CHARS_MAX},
            {"quantity", JSON_FIELD_TEXT, &returns[i].quantity, .required = true, .min = 1,
             .max = QUANTITY_CHARS_MAX},
        };
        /* clang-format on */

        TRY(json_read_member(ctx, (struct json_member){list, "line_items", i}, JSON_CLOSED,
                             JSON_FIELDS(fields)));
        returns[i].line = line_of(uid);
    }
    refund->returns = returns;
    refund->return_count = count;
    return OK;
}

static enum err
read_refund(struct ctx *ctx, const struct http_request *req, const struct json_field *key,
            struct refund_request *request)
{
    struct sale_refund *refund = &request->refund;
    const json_t *lines = NULL;
    bool has_amount = false, has_lines = false;
    struct str reason = {0};
    int chosen = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"amount_money.amount", JSON_FIELD_INT, &refund->amount_minor, .min = 1, .max = PRICE_MAX,
         .given = &has_amount},
        {"amount_money.currency", JSON_FIELD_TEXT, &request->currency, .min = 3, .max = 3},
        {"line_items", JSON_FIELD_LIST, &lines, .max = POS_LINES_MAX, .given = &has_lines},
        {"reason", JSON_FIELD_TEXT, &reason, .max = 20},
        {"to_credit_note", JSON_FIELD_BOOL, &refund->to_credit_note},
        *key,
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_order, &refund->order.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, reason, "reason", API_NAMES(reasons), &chosen));
    refund->reason = str_of(reasons[chosen]);
    if (has_amount && request->currency.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "amount_money.currency");
    }
    if (!has_lines) return OK;
    if (has_amount) return fail_field(ctx, ERR_FIELD_VALUE, "line_items"); /* one or the other */
    if (json_array_size(lines) == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "line_items");
    return read_returns(ctx, lines, refund);
}

enum err
api_till_refund_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct refund_request *request = into;
    const struct json_field key = {"idempotency_key", JSON_FIELD_TEXT, &request->refund.key,
                                   .required = true,  .min = 1,        .max = 128};

    return read_refund(ctx, req, &key, request);
}

enum err
api_till_refund_quote_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct refund_request *request = into;
    /* Welcome, so that a till may send for a quote what it will send for the refund. */
    const struct json_field key = {"idempotency_key", JSON_FIELD_TEXT, &request->refund.key,
                                   .min = 1, .max = 128};

    return read_refund(ctx, req, &key, request);
}

enum err
api_till_void_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct refund_request *request = into;
    struct sale_refund *refund = &request->refund;
    struct str reason;
    int chosen = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"reason", JSON_FIELD_TEXT, &reason, .required = true, .min = 1, .max = 20},
        {"idempotency_key", JSON_FIELD_TEXT, &refund->key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_order, &refund->order.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, reason, "reason", API_NAMES(reasons), &chosen));
    refund->reason = str_of(reasons[chosen]);
    return OK;
}

static enum err
check_currency(struct ctx *ctx, const struct refund_request *request, struct merchant *merchant)
{
    TRY(merchants_find(ctx, merchant));
    if (request->currency.len == 0 || str_is(request->currency, merchant->currency)) return OK;
    return fail_field(ctx, ERR_CURRENCY_DIFFERS, "amount_money.currency");
}

/* ---- what it would come to ---- */

enum err
api_till_refund_quote(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct refund_request *request = parsed;
    struct json_out *out = &reply->out;
    struct refund_quote quote;
    struct merchant merchant;

    TRY(check_currency(ctx, request, &merchant));
    TRY(till_refunds_quote(ctx, &request->refund, &quote));
    json_put_object(out, "quote");
    json_put_money(out, "amount_money", quote.amount_minor, merchant.currency);
    json_put_money(out, "left_money", quote.left_minor, merchant.currency);
    json_put_returned(out, "line_items", quote.lines, quote.line_count, merchant.currency);
    json_end_object(out);
    return OK;
}

/* ---- giving back ---- */

static void
put_moved(struct json_out *out, const struct refunded *given)
{
    json_put_array(out, "moved");
    for (int i = 0; i < given->moved_count; i++) {
        const struct refund_moved *moved = &given->moved[i];

        json_put_object(out, NULL);
        json_put_id(out, "account_id", ID_account, moved->account.v);
        json_put_id(out, "program_id", ID_program, moved->program.v);
        json_put_int(out, "points", moved->points);
        json_put_int(out, "balance", moved->balance);
        json_end_object(out);
    }
    json_end_array(out);
}

enum err
api_till_refund(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct refund_request *request = parsed;
    struct json_out *out = &reply->out;
    struct merchant merchant;
    struct refunded given;

    TRY(check_currency(ctx, request, &merchant));
    TRY(till_refunds_give(ctx, &request->refund, &given));
    TRY(json_put_order(ctx, out, given.order.id, &reply->about));
    if (given.refund.vendor_refund.len > 0) {
        TRY(json_put_refund(ctx, out, &given.order, &given.refund));
    } else {
        json_put_null(out, "refund");
    }
    if (given.note.id.v != 0) {
        json_put_credit_note(out, "credit_note", &given.note, merchant.currency);
    } else {
        json_put_null(out, "credit_note");
    }
    put_moved(out, &given);
    return OK;
}

/* ---- undoing one's own ---- */

enum err
api_till_void(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct refund_request *request = parsed;
    struct refunded given;

    TRY(till_refunds_undo_own(ctx, &request->refund, &given));
    TRY(json_put_order(ctx, &reply->out, given.order.id, &reply->about));
    put_moved(&reply->out, &given);
    return OK;
}
