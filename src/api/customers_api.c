/* customers_api — the directory over HTTP, in Square's shapes. The rules are in core/customers. */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/people/people.h"

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
