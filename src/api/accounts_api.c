/* accounts_api — loyalty accounts and their points over HTTP. The rules are in core/loyalty. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/legal/notices.h"

enum { ACCOUNT_PAGE = 30, ACCOUNT_PAGE_MAX = 200, ACCOUNT_KEYS_MAX = 30, REASON_MAX = 300 };

enum err
api_account_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_account, into);
}

enum err
api_account_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct loyalty_account account;

    TRY(accounts_find(ctx, (account_id){*id}, &account));
    return json_put_account(ctx, &reply->out, "loyalty_account", &account);
}

enum err
api_account_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct account_order *order = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"loyalty_account.program_id", JSON_FIELD_ID, &order->program.v, .required = true,
         .id_kind = ID_program},
        {"loyalty_account.mapping.phone_number", JSON_FIELD_TEXT, &order->phone, .max = 40},
        {"loyalty_account.customer_id", JSON_FIELD_ID, &order->customer.v, .id_kind = ID_customer},
        {"consent.notice_version", JSON_FIELD_TEXT, &order->notice_version, .max = 20},
        {"consent.language", JSON_FIELD_TEXT, &order->language, .max = 20},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (order->phone.len == 0 && order->customer.v == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "loyalty_account.mapping.phone_number");
    }
    if (order->notice_version.len + order->language.len > 0 &&
        !notice_exists(order->notice_version, order->language)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "consent.notice_version");
    }
    return api_phone_parse(ctx, &order->phone, "loyalty_account.mapping.phone_number");
}

enum err
api_account_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct account_order order = *(const struct account_order *)parsed;
    struct loyalty_account account;

    TRY(api_phone_finish(ctx, &order.phone, "loyalty_account.mapping.phone_number"));
    TRY(accounts_create(ctx, &order, &account));
    reply->about = account.customer;
    return json_put_account(ctx, &reply->out, "loyalty_account", &account);
}

/* ---- search ---- */

/* Mappings are told as Square's SDKs know them; only the number is looked at. */
static enum err
read_mappings(struct ctx *ctx, const json_t *mappings, struct account_query *query)
{
    struct str id;
    int64_t created_us;

    query->phone_count = (int)json_array_size(mappings);
    query->phones = ARENA_ARRAY(ctx->arena, struct str, json_array_size(mappings));
    for (int i = 0; i < query->phone_count; i++) {
        struct str *phone = &query->phones[i];
        const struct json_field fields[] = {
            {"phone_number", JSON_FIELD_TEXT, phone, .required = true, .max = 40},
            {"id", JSON_FIELD_TEXT, &id},
            {"created_at", JSON_FIELD_TIME, &created_us},
        };
        const struct json_member member = {mappings, "query.mappings", i};
        const char *path = str_format(ctx->arena, "query.mappings[%d].phone_number", i).at;

        TRY(json_read_member(ctx, member, JSON_CLOSED, JSON_FIELDS(fields)));
        TRY(api_phone_parse(ctx, phone, path));
    }
    return OK;
}

enum err
api_account_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct account_query *query = into;
    struct json_ids customers = {0};
    json_t *mappings = NULL;
    struct str cursor = {0};
    int64_t limit = ACCOUNT_PAGE;
    /* clang-format off */
    const struct json_field fields[] = {
        {"query.mappings", JSON_FIELD_LIST, &mappings, .max = ACCOUNT_KEYS_MAX},
        {"query.customer_ids", JSON_FIELD_IDS, &customers, .id_kind = ID_customer,
         .max = ACCOUNT_KEYS_MAX},
        {"limit", JSON_FIELD_INT, &limit, .min = 1, .max = ACCOUNT_PAGE_MAX},
        {"cursor", JSON_FIELD_TEXT, &cursor},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (mappings != NULL) TRY(read_mappings(ctx, mappings, query));
    if (query->phone_count > 0 && customers.count > 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "query.customer_ids"); /* one or the other */
    }
    query->customers = customers.at;
    query->customer_count = customers.count;
    query->limit = (int)limit;
    return cursor_parse(ctx, "accounts", cursor, &query->after);
}

enum err
api_account_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct account_query *query = parsed;
    struct loyalty_account *accounts;
    int count;

    for (int i = 0; i < query->phone_count; i++) {
        TRY(api_phone_finish(ctx, &query->phones[i], "query.mappings"));
    }
    TRY(accounts_search(ctx, query, &accounts, &count));
    json_put_array(&reply->out, "loyalty_accounts");
    for (int i = 0; i < count; i++) {
        TRY(json_put_account(ctx, &reply->out, NULL, &accounts[i]));
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "accounts",
                                          .count = count,
                                          .limit = query->limit,
                                          .last = count > 0 ? accounts[count - 1].id.v : 0});
    return OK;
}

/* ---- points ---- */

enum err
api_account_accumulate_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct accumulate_request *request = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"accumulate_points.points", JSON_FIELD_INT, &request->give.points,
         .min = 1, .max = PROGRAM_POINTS_MAX},
        {"accumulate_points.order_id", JSON_FIELD_ID, &request->order.v, .id_kind = ID_order},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
        {"location_id", JSON_FIELD_ID, &request->give.location.v, .required = true,
         .id_kind = ID_location},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_account, &request->give.account.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (request->give.points != 0 && request->order.v != 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "accumulate_points.points"); /* or the order */
    }
    if (request->give.points == 0 && request->order.v == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "accumulate_points.points");
    }
    return OK;
}

/* What was noted: one event, or with a promotion two; of an order that this account's program gave
 * nothing for, those of the others. */
struct accumulated {
    struct loyalty_event events[2 * PROGRAMS_MAX];
    int count;
};

static void
add_events(struct accumulated *accumulated, const struct settled_account *settled)
{
    for (int i = 0; i < settled->event_count; i++) {
        accumulated->events[accumulated->count++] = settled->events[i];
    }
}

/* A waiting order is claimed for the account, just as on the tablet. */
static enum err
accumulate_order(struct ctx *ctx, const struct accumulate_request *request,
                 struct accumulated *accumulated)
{
    struct location location;
    struct settled settled;

    TRY(locations_find(ctx, request->give.location, &location));
    TRY(orders_accumulate(ctx, request->order, request->give.account, &settled));
    add_events(accumulated, &settled.own);
    for (int i = 0; i < settled.other_count && settled.own.event_count == 0; i++) {
        add_events(accumulated, &settled.others[i]);
    }
    return accumulated->count > 0 ? OK : fail(ctx, ERR_ORDER_EARNS_NOTHING, "in no program");
}

enum err
api_account_accumulate(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct accumulate_request *request = parsed;
    struct accumulated done = {0};

    if (request->order.v != 0) {
        TRY(accumulate_order(ctx, request, &done));
    } else {
        TRY(accounts_accumulate(ctx, &request->give, &done.events[done.count++]));
    }
    /* "event" is for older SDKs; the list is the newer form. */
    json_put_event(&reply->out, "event", &done.events[0]);
    json_put_array(&reply->out, "events");
    for (int i = 0; i < done.count; i++) {
        json_put_event(&reply->out, NULL, &done.events[i]);
    }
    json_end_array(&reply->out);
    return OK;
}

enum err
api_account_adjust_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct adjust_order *order = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"adjust_points.points", JSON_FIELD_INT, &order->points, .required = true,
         .min = -PROGRAM_POINTS_MAX, .max = PROGRAM_POINTS_MAX},
        {"adjust_points.reason", JSON_FIELD_TEXT, &order->reason, .max = REASON_MAX},
        {"allow_negative_balance", JSON_FIELD_BOOL, &order->allow_negative},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_account, &order->account.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (order->points == 0) return fail_field(ctx, ERR_FIELD_RANGE, "adjust_points.points");
    return OK;
}

enum err
api_account_adjust(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct loyalty_account account;
    struct loyalty_event event;

    TRY(accounts_adjust(ctx, parsed, &event));
    TRY(accounts_find(ctx, event.account, &account));
    reply->took = event.points < 0;
    reply->about = account.customer; /* the reason is free text */
    json_put_event(&reply->out, "event", &event);
    return OK;
}
