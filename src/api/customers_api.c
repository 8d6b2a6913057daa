/* customers_api — the directory over HTTP, in Square's shapes. The rules are in core/customers. */
#include "api/cursors.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/people/people.h"

enum { CUSTOMER_PAGE_MAX = 100 };

enum err
api_customer_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_customer, into);
}

enum err
api_customer_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct customer customer;

    TRY(customers_find(ctx, (customer_id){*id}, &customer));
    json_put_customer(&reply->out, "customer", &customer);
    return OK;
}

/* ---- create and change ---- */

/* What the body says, before it is put together. */
struct told_customer {
    bool given[CUSTOMER_FIELD_COUNT], nulled[CUSTOMER_FIELD_COUNT];
    json_t *address, *tax_ids;
    struct str once_key;
};

/* Square's fields of a customer. tax_ids is accepted because its SDKs send it, and not kept. */
static int
put_customer_fields(struct json_field *fields, struct customer *customer,
                    struct told_customer *told)
{
    const struct {
        const char *name;
        enum customer_field field;
        struct str *into;
        int max;
    } texts[] = {
        {"given_name", CUSTOMER_GIVEN_NAME, &customer->given_name, 300},
        {"family_name", CUSTOMER_FAMILY_NAME, &customer->family_name, 300},
        {"company_name", CUSTOMER_COMPANY_NAME, &customer->company_name, 500},
        {"nickname", CUSTOMER_NICKNAME, &customer->nickname, 100},
        {"email_address", CUSTOMER_EMAIL, &customer->email, 254},
        {"phone_number", CUSTOMER_PHONE, &customer->phone, 40},
        {"birthday", CUSTOMER_BIRTHDAY, &customer->birthday, 10},
        {"note", CUSTOMER_NOTE, &customer->note, 4096},
        {"reference_id", CUSTOMER_REFERENCE_ID, &customer->reference_id, 100},
    };
    int count = 0;

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        fields[count++] = (struct json_field){
            .path = texts[i].name,
            .kind = JSON_FIELD_TEXT,
            .into = texts[i].into,
            .max = texts[i].max,
            .given = &told->given[texts[i].field],
            .nulled = &told->nulled[texts[i].field],
        };
    }
    fields[count++] = (struct json_field){
        .path = "address",
        .kind = JSON_FIELD_ANY,
        .into = &told->address,
        .given = &told->given[CUSTOMER_ADDRESS],
        .nulled = &told->nulled[CUSTOMER_ADDRESS],
    };
    fields[count++] = (struct json_field){"tax_ids", JSON_FIELD_ANY, &told->tax_ids};
    return count;
}

/* first_name and last_name are accepted and not kept, as Square does. */
static enum err
read_address(struct ctx *ctx, const json_t *told, struct str *address)
{
    static const char *const names[] = {
        "address_line_1",
        "address_line_2",
        "address_line_3",
        "locality",
        "sublocality",
        "sublocality_2",
        "sublocality_3",
        "administrative_district_level_1",
        "administrative_district_level_2",
        "administrative_district_level_3",
        "postal_code",
        "country",
        "first_name",
        "last_name",
    };
    enum { NAME_COUNT = sizeof names / sizeof names[0], KEPT_COUNT = NAME_COUNT - 2 };
    struct json_field fields[NAME_COUNT];
    struct str texts[NAME_COUNT] = {0};
    bool nulled;

    for (int i = 0; i < NAME_COUNT; i++) {
        fields[i] = (struct json_field){names[i], JSON_FIELD_TEXT, &texts[i], .max = 500,
                                        .nulled = &nulled};
    }
    TRY(api_read_inner(ctx, told, "address", fields, NAME_COUNT));

    struct json_out out;
    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    for (int i = 0; i < KEPT_COUNT; i++) {
        json_put_text_if(&out, names[i], texts[i]);
    }
    json_end_object(&out);
    *address = json_out_text(&out);
    return OK;
}

/* Square takes "09-21" for a birthday without a year and gives "0000-09-21" back. */
static struct str
whole_birthday(struct ctx *ctx, struct str told)
{
    if (told.len != 5) return told;
    return str_format(ctx->arena, "0000-%.*s", STR_ARG(told));
}

static enum err
settle_customer(struct ctx *ctx, const struct told_customer *told, struct customer_request *request)
{
    struct customer *customer = &request->customer;

    for (int i = 0; i < CUSTOMER_FIELD_COUNT; i++) {
        if (told->given[i] || told->nulled[i]) request->fields |= 1U << i;
    }
    if (told->address != NULL && !json_is_null(told->address)) {
        TRY(read_address(ctx, told->address, &customer->address_json));
    }
    customer->birthday = whole_birthday(ctx, customer->birthday);
    return api_phone_parse(ctx, &customer->phone, "phone_number");
}

enum err
api_customer_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct customer_request *request = into;
    struct json_field fields[CUSTOMER_FIELD_COUNT + 2];
    struct told_customer told = {0};

    int count = put_customer_fields(fields, &request->customer, &told);
    fields[count++] =
        (struct json_field){"idempotency_key", JSON_FIELD_TEXT, &told.once_key, .max = 128};
    TRY(http_read_json(ctx, req, fields, count));
    return settle_customer(ctx, &told, request);
}

/* The core does not know what a request calls its fields. */
static enum err
name_field(struct ctx *ctx, enum err err)
{
    if (err == ERR_EMAIL_INVALID) return fail_field(ctx, err, "email_address");
    if (err == ERR_FIELD_VALUE) return fail_field(ctx, err, "birthday");
    if (err == ERR_CUSTOMER_CHANGED) return fail_field(ctx, err, "version");
    return err;
}

enum err
api_customer_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct customer_request *request = parsed;
    struct customer customer = request->customer;

    TRY(api_phone_finish(ctx, &customer.phone, "phone_number"));
    customer.source = ctx->actor.kind == ACTOR_STAFF ? STR("DIRECTORY") : STR("THIRD_PARTY");
    TRY(name_field(ctx, customers_add(ctx, &customer)));
    reply->about = customer.id;
    json_put_customer(&reply->out, "customer", &customer);
    return OK;
}

enum err
api_customer_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct customer_request *request = into;
    struct json_field fields[CUSTOMER_FIELD_COUNT + 2];
    struct told_customer told = {0};

    TRY(http_path_id(ctx, req, 0, ID_customer, &request->customer.id.v));
    int count = put_customer_fields(fields, &request->customer, &told);
    fields[count++] = (struct json_field){"version", JSON_FIELD_INT, &request->customer.version};
    TRY(http_read_json(ctx, req, fields, count));
    return settle_customer(ctx, &told, request);
}

enum err
api_customer_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct customer_request *request = parsed;
    struct customer change = request->customer, after;

    TRY(api_phone_finish(ctx, &change.phone, "phone_number"));
    TRY(name_field(ctx, people_change_customer(ctx, &change, request->fields, &after)));
    json_put_customer(&reply->out, "customer", &after);
    return OK;
}

enum err
api_customer_remove_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"version"};
    struct customer_removal *removal = into;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(api_query_int(ctx, req, "version", (struct api_range){0, INT64_MAX}, &removal->version));
    return http_path_id(ctx, req, 0, ID_customer, &removal->id.v);
}

enum err
api_customer_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct customer_removal *removal = parsed;
    struct customer customer;

    (void)reply;
    TRY(customers_find(ctx, removal->id, &customer));
    if (removal->version != 0 && removal->version != customer.version) {
        return fail_field(ctx, ERR_CUSTOMER_CHANGED, "version");
    }
    return people_remove_customer(ctx, removal->id);
}

/* ---- list and search ---- */

static const char *const sort_fields[] = {"DEFAULT", "CREATED_AT"};
static const char *const sort_orders[] = {"ASC", "DESC"};

/* Both fields mean the order of creation: names are not sorted by (see openapi.yaml). */
static enum err
read_sort(struct ctx *ctx, struct str field, struct str order, const char *prefix,
          struct customer_query *query)
{
    int ignored = 0, direction = 0;

    const char *field_path = str_format(ctx->arena, "%sfield", prefix).at;
    const char *order_path = str_format(ctx->arena, "%sorder", prefix).at;
    TRY(api_choose(ctx, field, field_path, API_NAMES(sort_fields), &ignored));
    TRY(api_choose(ctx, order, order_path, API_NAMES(sort_orders), &direction));
    query->newest_first = direction == 1;
    return OK;
}

enum err
api_customer_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"cursor", "limit", "sort_field", "sort_order", "count"};
    struct customer_query *query = into;
    int64_t limit = CUSTOMER_PAGE_MAX;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(api_query_int(ctx, req, "limit", (struct api_range){1, CUSTOMER_PAGE_MAX}, &limit));
    query->limit = (int)limit;
    if (str_is(http_query(ctx, req, "count"), STR("true"))) {
        return fail_field(ctx, ERR_FIELD_VALUE, "count"); /* customers are not counted here */
    }
    TRY(read_sort(ctx, http_query(ctx, req, "sort_field"), http_query(ctx, req, "sort_order"),
                  "sort_", query));
    return cursor_parse(ctx, "customers", http_query(ctx, req, "cursor"), &query->after);
}

/* creation_source: one value to include; the directory has no index for other wishes. */
static enum err
read_source(struct ctx *ctx, const struct json_texts *values, struct str rule,
            struct customer_query *query)
{
    if (rule.len > 0 && !str_is(rule, STR("INCLUDE"))) {
        return fail_field(ctx, ERR_FIELD_VALUE, "query.filter.creation_source.rule");
    }
    if (values->count > 1) {
        return fail_field(ctx, ERR_FIELD_VALUE, "query.filter.creation_source.values");
    }
    if (values->count == 1) query->source = values->at[0];
    return OK;
}

/* A filter is exact or fuzzy, but cannot be both. */
static enum err
check_filters(struct ctx *ctx, const struct customer_query *query)
{
    const struct {
        struct str exact, fuzzy;
        const char *name;
    } filters[] = {
        {query->email, query->email_fuzzy, "query.filter.email_address"},
        {query->phone, query->phone_fuzzy, "query.filter.phone_number"},
        {query->reference_id, query->reference_fuzzy, "query.filter.reference_id"},
    };

    for (size_t i = 0; i < sizeof filters / sizeof filters[0]; i++) {
        if (filters[i].exact.len == 0 || filters[i].fuzzy.len == 0) continue;
        return fail_field(ctx, ERR_FIELD_VALUE, filters[i].name);
    }
    return OK;
}

enum err
api_customer_search_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct customer_query *query = into;
    struct str cursor = {0}, rule = {0}, sort_field = {0}, sort_order = {0};
    struct json_texts sources = {0};
    int64_t limit = CUSTOMER_PAGE_MAX;
    bool wants_count = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {"cursor", JSON_FIELD_TEXT, &cursor},
        {"limit", JSON_FIELD_INT, &limit, .min = 1, .max = CUSTOMER_PAGE_MAX},
        {"count", JSON_FIELD_BOOL, &wants_count},
        {"query.filter.creation_source.values", JSON_FIELD_TEXTS, &sources},
        {"query.filter.creation_source.rule", JSON_FIELD_TEXT, &rule},
        {"query.filter.created_at.start_at", JSON_FIELD_TIME, &query->created_from_us},
        {"query.filter.created_at.end_at", JSON_FIELD_TIME, &query->created_until_us},
        {"query.filter.updated_at.start_at", JSON_FIELD_TIME, &query->updated_from_us},
        {"query.filter.updated_at.end_at", JSON_FIELD_TIME, &query->updated_until_us},
        {"query.filter.email_address.exact", JSON_FIELD_TEXT, &query->email},
        {"query.filter.email_address.fuzzy", JSON_FIELD_TEXT, &query->email_fuzzy},
        {"query.filter.phone_number.exact", JSON_FIELD_TEXT, &query->phone, .max = 40},
        {"query.filter.phone_number.fuzzy", JSON_FIELD_TEXT, &query->phone_fuzzy, .max = 40},
        {"query.filter.reference_id.exact", JSON_FIELD_TEXT, &query->reference_id},
        {"query.filter.reference_id.fuzzy", JSON_FIELD_TEXT, &query->reference_fuzzy},
        {"query.filter.text.fuzzy", JSON_FIELD_TEXT, &query->text, .max = 100},
        {"query.sort.field", JSON_FIELD_TEXT, &sort_field},
        {"query.sort.order", JSON_FIELD_TEXT, &sort_order},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (wants_count) return fail_field(ctx, ERR_FIELD_VALUE, "count");
    query->limit = (int)limit;
    TRY(check_filters(ctx, query));
    TRY(read_source(ctx, &sources, rule, query));
    TRY(read_sort(ctx, sort_field, sort_order, "query.sort.", query));
    TRY(api_phone_parse(ctx, &query->phone, "query.filter.phone_number.exact"));
    return cursor_parse(ctx, "customers", cursor, &query->after);
}

enum err
api_customer_search(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct customer_query *query = parsed;
    struct customer *customers;
    int count;

    TRY(api_phone_finish(ctx, &query->phone, "query.filter.phone_number.exact"));
    TRY(customers_search(ctx, query, &customers, &count));
    json_put_array(&reply->out, "customers");
    for (int i = 0; i < count; i++) {
        json_put_customer(&reply->out, NULL, &customers[i]);
    }
    json_end_array(&reply->out);
    json_put_cursor(ctx, &reply->out,
                    &(struct cursor_page){.list = "customers",
                                          .count = count,
                                          .limit = query->limit,
                                          .last = count > 0 ? customers[count - 1].id.v : 0});
    return OK;
}
