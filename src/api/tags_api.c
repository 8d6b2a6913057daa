/* tags_api — tags over HTTP, in the shapes of Square's customer groups. */
#include "api/directory_handlers.h"
#include "api/fields.h"
#include "http/idempotency.h"

static void
put_tag_fields(struct json_out *out, const struct tag *tag)
{
    json_put_id(out, "id", ID_tag, tag->id.v);
    json_put_text(out, "name", tag->name);
    json_put_time(out, "created_at", tag->created_us);
    json_put_time(out, "updated_at", tag->updated_us);
}

static void
put_tag(struct json_out *out, const char *key, const struct tag *tag)
{
    json_put_object(out, key);
    put_tag_fields(out, tag);
    json_end_object(out);
}

enum err
api_tag_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct tag *tags;
    int count;

    (void)parsed;
    TRY(tags_list(ctx, &tags, &count));
    json_put_array(&reply->out, "groups");
    for (int i = 0; i < count; i++) {
        json_put_object(&reply->out, NULL);
        put_tag_fields(&reply->out, &tags[i]);
        json_put_int(&reply->out, "customers", tags[i].customers);
        json_end_object(&reply->out);
    }
    json_end_array(&reply->out);
    return OK;
}

enum err
api_tag_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tag *tag = into;
    struct str once_key;
    const struct json_field fields[] = {
        {"group.name", JSON_FIELD_TEXT, &tag->name, .required = true, .max = TAG_NAME_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .min = 1, .max = 128},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_tag_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct tag tag = *(const struct tag *)parsed;

    TRY(tags_add(ctx, &tag));
    put_tag(&reply->out, "group", &tag);
    return OK;
}

enum err
api_tag_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tag *tag = into;
    const struct json_field fields[] = {
        {"group.name", JSON_FIELD_TEXT, &tag->name, .required = true, .max = TAG_NAME_MAX},
    };

    TRY(http_path_id(ctx, req, 0, ID_tag, &tag->id.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_tag_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct tag tag = *(const struct tag *)parsed;

    TRY(tags_change(ctx, &tag));
    put_tag(&reply->out, "group", &tag);
    return OK;
}

enum err
api_tag_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_tag, into);
}

enum err
api_tag_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct tag tag;

    TRY(tags_find(ctx, (tag_id){*(const int64_t *)parsed}, &tag));
    put_tag(&reply->out, "group", &tag);
    return OK;
}

enum err
api_tag_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)reply;
    return tags_remove(ctx, (tag_id){*(const int64_t *)parsed});
}

/* ---- on a customer ---- */

enum err
api_tagging_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tagging *tagging = into;

    TRY(http_path_id(ctx, req, 0, ID_customer, &tagging->customer.v));
    return http_path_id(ctx, req, 1, ID_tag, &tagging->tag.v);
}

static enum err
check(struct ctx *ctx, const struct tagging *tagging)
{
    struct customer customer;
    struct tag tag;

    TRY(customers_find(ctx, tagging->customer, &customer));
    return tags_find(ctx, tagging->tag, &tag);
}

enum err
api_tag_put_on(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct tagging *tagging = parsed;
    bool changed;

    (void)reply;
    TRY(check(ctx, tagging));
    return tags_put_on(ctx, tagging->customer, tagging->tag, &changed);
}

enum err
api_tag_take_off(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct tagging *tagging = parsed;
    bool changed;

    (void)reply;
    TRY(check(ctx, tagging));
    return tags_take_off(ctx, tagging->customer, tagging->tag, &changed);
}
