/* credit_api — credit notes over HTTP, and cashback spent by a program. The rules are in core. */
#include "api/counter_handlers.h"
#include "api/fields.h"
#include "api/shapes.h"
#include "core/loyalty/spending.h"

enum { NOTE_CHARS_MAX = 255, CODE_CHARS_MAX = 100 };

static enum err
check_currency(struct ctx *ctx, struct str told, const char *field, struct merchant *merchant)
{
    TRY(merchants_find(ctx, merchant));
    return str_is(told, merchant->currency) ? OK : fail_field(ctx, ERR_CURRENCY_DIFFERS, field);
}

/* ---- making one ---- */

enum err
api_credit_note_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const reasons[] = {"refund", "gesture"};
    static const enum credit_reason meant[] = {CREDIT_REFUND, CREDIT_GESTURE};
    struct credit_note_request *request = into;
    struct credit_note *note = &request->note;
    struct str once_key, reason = {0};
    int which = 0;
    /* clang-format off */
    const struct json_field fields[] = {
        {"credit_note.amount_money.amount", JSON_FIELD_INT, &note->amount_minor, .required = true,
         .min = 1, .max = CREDIT_AMOUNT_MAX},
        {"credit_note.amount_money.currency", JSON_FIELD_TEXT, &request->currency,
         .required = true, .min = 3, .max = 3},
        {"credit_note.customer_id", JSON_FIELD_ID, &note->customer.v, .id_kind = ID_customer},
        {"credit_note.reason", JSON_FIELD_TEXT, &reason, .required = true},
        {"credit_note.note", JSON_FIELD_TEXT, &note->note, .max = NOTE_CHARS_MAX},
        {"credit_note.order_id", JSON_FIELD_ID, &note->order.v, .id_kind = ID_order},
        {"credit_note.expires_at", JSON_FIELD_TIME, &note->expires_us},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    TRY(api_choose(ctx, reason, "credit_note.reason", API_NAMES(reasons), &which));
    note->reason = meant[which];
    note->note = str_trim(note->note);
    return OK;
}

enum err
api_credit_note_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct credit_note_request *request = parsed;
    struct credit_note note = request->note;
    struct customer customer;
    struct merchant merchant;
    struct order order;

    TRY(check_currency(ctx, request->currency, "credit_note.amount_money.currency", &merchant));
    if (note.customer.v != 0) TRY(customers_find(ctx, note.customer, &customer));
    if (note.order.v != 0) TRY(orders_find(ctx, note.order, &order));
    if (note.expires_us != 0 && note.expires_us <= ctx->now_us) {
        return fail_field(ctx, ERR_FIELD_RANGE, "credit_note.expires_at");
    }
    TRY(credit_issue(ctx, &note));
    reply->about = note.customer; /* the note is free text */
    json_put_credit_note(&reply->out, "credit_note", &note, merchant.currency);
    return OK;
}

/* ---- finding, ending ---- */

enum err
api_credit_note_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_credit_note, into);
}

static enum err
put_found(struct ctx *ctx, credit_note_id id, struct http_reply *reply)
{
    struct merchant merchant;
    struct credit_note note;

    TRY(credit_find(ctx, id, &note));
    TRY(merchants_find(ctx, &merchant));
    reply->about = note.customer;
    json_put_credit_note(&reply->out, "credit_note", &note, merchant.currency);
    return OK;
}

enum err
api_credit_note_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    return put_found(ctx, (credit_note_id){*(const int64_t *)parsed}, reply);
}

enum err
api_credit_note_end_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct str once_key;
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .min = 1, .max = 128},
    };

    TRY(http_path_id(ctx, req, 0, ID_credit_note, into));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_credit_note_end(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const credit_note_id id = {*(const int64_t *)parsed};

    TRY(credit_end(ctx, id));
    return put_found(ctx, id, reply);
}

enum err
api_credit_note_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct credit_note_search *search = into;
    /* clang-format off */
    const struct json_field fields[] = {
        {"query.filter.customer_id", JSON_FIELD_ID, &search->customer.v, .id_kind = ID_customer},
        {"query.filter.code", JSON_FIELD_TEXT, &search->code, .max = CODE_CHARS_MAX},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (search->customer.v == 0 && search->code.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "query.filter.customer_id");
    }
    return OK;
}

/* By its code at most one: of the customer, where one was told too. */
static enum err
put_by_code(struct ctx *ctx, const struct credit_note_search *search, struct json_out *out)
{
    struct merchant merchant;
    struct credit_note note;

    TRY(merchants_find(ctx, &merchant));
    json_put_array(out, "credit_notes");
    enum err err = credit_find_by_code(ctx, search->code, &note);
    if (err != OK && err != ERR_CREDIT_NOTE_UNKNOWN) return err;
    bool is_theirs = search->customer.v == 0 || search->customer.v == note.customer.v;
    if (err == OK && is_theirs) json_put_credit_note(out, NULL, &note, merchant.currency);
    json_end_array(out);
    return OK;
}

enum err
api_credit_note_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct credit_note_search *search = parsed;

    if (search->code.len > 0) return put_by_code(ctx, search, &reply->out);
    return json_put_credit_notes(ctx, &reply->out, search->customer, CREDIT_ALL);
}

/* ---- cashback ---- */

enum err
api_account_spend_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct spend_request *request = into;
    struct spend_order *order = &request->order;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"amount_money.amount", JSON_FIELD_INT, &order->amount_minor, .required = true,
         .min = 1, .max = PROGRAM_POINTS_MAX},
        {"amount_money.currency", JSON_FIELD_TEXT, &request->currency, .required = true,
         .min = 3, .max = 3},
        {"order_id", JSON_FIELD_ID, &order->order.v, .id_kind = ID_order},
        {"reason", JSON_FIELD_TEXT, &order->reason, .max = NOTE_CHARS_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_account, &order->account.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_account_spend(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct spend_request *request = parsed;
    struct loyalty_account account;
    struct loyalty_event event;
    struct merchant merchant;
    struct order order;

    TRY(check_currency(ctx, request->currency, "amount_money.currency", &merchant));
    if (request->order.order.v != 0) TRY(orders_find(ctx, request->order.order, &order));
    TRY(accounts_spend(ctx, &request->order, &event));
    TRY(accounts_find(ctx, event.account, &account));
    reply->about = account.customer; /* the reason is free text */
    json_put_event(&reply->out, "event", &event);
    return OK;
}
