/* customer_search_api — customers, page by page: all of them, or those that a search finds. */
#include "api/cursors.h"
#include "api/directory_handlers.h"
#include "api/fields.h"
#include "api/shapes.h"
#include "core/merchants/merchants.h"

enum { CUSTOMER_PAGE_MAX = 100, OWN_FIELDS_MAX = 8 };
#define FILTER "query.filter."

/* Square's two, which both mean the order of creation, and ours. */
static const char *const sort_fields[] = {"DEFAULT", "CREATED_AT", "LAST_VISIT",
                                          "SPEND",   "BALANCE",    "NAME"};
static const enum customer_sort sorts[] = {CUSTOMER_SORT_CREATED,    CUSTOMER_SORT_CREATED,
                                           CUSTOMER_SORT_LAST_VISIT, CUSTOMER_SORT_SPEND,
                                           CUSTOMER_SORT_BALANCE,    CUSTOMER_SORT_NAME};
static const char *const sort_orders[] = {"ASC", "DESC"};
/* A cursor of one order says nothing in another. */
static const char *const lists[CUSTOMER_SORT_COUNT] = {
    [CUSTOMER_SORT_CREATED] = "customers",        [CUSTOMER_SORT_LAST_VISIT] = "customers by visit",
    [CUSTOMER_SORT_SPEND] = "customers by spend", [CUSTOMER_SORT_BALANCE] = "customers by balance",
    [CUSTOMER_SORT_NAME] = "customers by name",
};

static enum err
read_sort(struct ctx *ctx, struct str field, struct str order, const char *prefix,
          struct customer_query *query)
{
    int chosen = 0, direction = 0;

    const char *field_path = str_format(ctx->arena, "%sfield", prefix).at;
    const char *order_path = str_format(ctx->arena, "%sorder", prefix).at;
    TRY(api_choose(ctx, field, field_path, API_NAMES(sort_fields), &chosen));
    TRY(api_choose(ctx, order, order_path, API_NAMES(sort_orders), &direction));
    query->sort = sorts[chosen];
    query->newest_first = direction == 1;
    if (query->sort != CUSTOMER_SORT_BALANCE || query->program.v != 0) return OK;
    return fail_field(ctx, ERR_FIELD_REQUIRED, FILTER "balance.program_id");
}

static enum err
read_cursor(struct ctx *ctx, struct str cursor, struct customer_query *query)
{
    struct cursor_place place = {0};

    TRY(cursor_parse_place(ctx, lists[query->sort], cursor, &place));
    query->after = place.id;
    query->after_key = place.key;
    query->after_name = place.name;
    return OK;
}

enum err
api_customer_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"cursor", "limit", "sort_field", "sort_order", "count"};
    struct search_request *request = into;
    struct customer_query *query = &request->query;
    struct str count = http_query(ctx, req, "count");
    int64_t limit = CUSTOMER_PAGE_MAX;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(api_query_int(ctx, req, "limit", (struct api_range){1, CUSTOMER_PAGE_MAX}, &limit));
    query->limit = (int)limit;
    request->wants_count = str_is(count, STR("true"));
    if (count.len > 0 && !request->wants_count && !str_is(count, STR("false"))) {
        return fail_field(ctx, ERR_FIELD_VALUE, "count");
    }
    TRY(read_sort(ctx, http_query(ctx, req, "sort_field"), http_query(ctx, req, "sort_order"),
                  "sort_", query));
    return read_cursor(ctx, http_query(ctx, req, "cursor"), query);
}

enum err
api_filter_parse(struct ctx *ctx, const struct http_request *req, const struct json_field *own,
                 int own_count, struct customer_query *query)
{
    struct json_field fields[FILTER_FIELDS_MAX + OWN_FIELDS_MAX];
    struct filter_told told = {0};
    int count = filter_fields(ctx, FILTER, &told, fields);

    ASSERT(own_count <= OWN_FIELDS_MAX);
    for (int i = 0; i < own_count; i++)
        fields[count++] = own[i];
    TRY(http_read_json(ctx, req, fields, count));
    TRY(filter_settle(ctx, FILTER, &told, query));
    return api_phone_parse(ctx, &query->phone, FILTER "phone_number.exact");
}

enum err
api_filter_finish(struct ctx *ctx, struct customer_query *query)
{
    return api_phone_finish(ctx, &query->phone, FILTER "phone_number.exact");
}

enum err
api_customer_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct search_request *request = into;
    struct str cursor = {0}, sort_field = {0}, sort_order = {0};
    int64_t limit = CUSTOMER_PAGE_MAX;
    const struct json_field own[] = {
        {"cursor", JSON_FIELD_TEXT, &cursor, .max = CURSOR_TEXT_MAX},
        {"limit", JSON_FIELD_INT, &limit, .min = 1, .max = CUSTOMER_PAGE_MAX},
        {"count", JSON_FIELD_BOOL, &request->wants_count},
        {"query.sort.field", JSON_FIELD_TEXT, &sort_field},
        {"query.sort.order", JSON_FIELD_TEXT, &sort_order},
    };

    TRY(api_filter_parse(ctx, req, JSON_FIELDS(own), &request->query));
    request->query.limit = (int)limit;
    TRY(read_sort(ctx, sort_field, sort_order, "query.sort.", &request->query));
    return read_cursor(ctx, cursor, &request->query);
}

static enum err
put_found(struct ctx *ctx, struct json_out *out, const struct customer_found *found,
          struct str currency)
{
    customer_id id = found->customer.id;
    tag_id *tags;
    int count;

    TRY(tags_list_of(ctx, id, &tags, &count));
    json_put_object(out, NULL);
    json_put_customer_fields(out, &found->customer);
    json_put_array(out, "group_ids");
    for (int i = 0; i < count; i++)
        json_put_id(out, NULL, ID_tag, tags[i].v);
    json_end_array(out);
    json_put_int(out, "visits", found->visits);
    json_put_money(out, "spend_money", found->spend_minor, currency);
    json_put_time(out, "last_visit_at", found->last_visit_us);
    json_end_object(out);
    return OK;
}

static void
put_cursor(struct ctx *ctx, struct json_out *out, const struct customer_query *query,
           const struct customer_found *last, int count)
{
    if (count < query->limit) return;
    const struct cursor_place place = {last->customer.id.v, last->key, last->sort_name};
    json_put_place(ctx, out, lists[query->sort], &place);
}

enum err
api_customer_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct search_request *request = parsed;
    struct customer_query *query = &request->query;
    struct json_out *out = &reply->out;
    struct customer_found *found;
    struct merchant merchant;
    int count;

    TRY(api_filter_finish(ctx, query));
    TRY(merchants_find(ctx, &merchant));
    TRY(customers_search(ctx, query, &found, &count));
    json_put_array(out, "customers");
    for (int i = 0; i < count; i++) {
        TRY(put_found(ctx, out, &found[i], merchant.currency));
    }
    json_end_array(out);
    put_cursor(ctx, out, query, count > 0 ? &found[count - 1] : NULL, count);
    if (!request->wants_count) return OK;
    int64_t all;
    TRY(customers_count(ctx, query, &all));
    json_put_int(out, "count", all);
    return OK;
}
