/* segments_api — searches with a name, and how many each finds. */
#include "api/directory_handlers.h"
#include "api/fields.h"

#define FILTER "segment.filter."

enum counted { NOT_COUNTED, COUNTED };

static enum err
put_segment(struct ctx *ctx, struct json_out *out, const char *key, const struct segment *segment,
            enum counted counted)
{
    int64_t count;

    json_put_object(out, key);
    json_put_id(out, "id", ID_segment, segment->id.v);
    json_put_text_if(out, "preset", str_of(segment_preset_name(segment->preset)));
    json_put_text_if(out, "name", segment->name);
    filter_put(out, "filter", &segment->query);
    json_put_bool(out, "changed", segment->is_changed);
    json_put_time(out, "created_at", segment->created_us);
    json_put_time(out, "updated_at", segment->updated_us);
    if (counted == COUNTED) {
        TRY(customers_count(ctx, &segment->query, &count));
        json_put_int(out, "count", count);
    }
    json_end_object(out);
    return OK;
}

enum err
api_segment_list_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"count"};
    bool *counts = into;
    struct str count = http_query(ctx, req, "count");

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    *counts = str_is(count, STR("true"));
    if (count.len == 0 || *counts || str_is(count, STR("false"))) return OK;
    return fail_field(ctx, ERR_FIELD_VALUE, "count");
}

enum err
api_segment_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const bool *counts = parsed;
    struct customer_query everybody = {0};
    struct segment *segments;
    int64_t all;
    int count;

    TRY(segments_list(ctx, &segments, &count));
    json_put_array(&reply->out, "segments");
    for (int i = 0; i < count; i++) {
        TRY(put_segment(ctx, &reply->out, NULL, &segments[i], *counts ? COUNTED : NOT_COUNTED));
    }
    json_end_array(&reply->out);
    if (!*counts) return OK;
    TRY(customers_count(ctx, &everybody, &all));
    json_put_int(&reply->out, "customers", all);
    return OK;
}

static enum err
read_segment(struct ctx *ctx, const struct http_request *req, const struct json_field *own,
             int own_count, struct segment *segment)
{
    struct json_field fields[FILTER_FIELDS_MAX + 2];
    struct filter_told told = {0};
    int count = filter_fields(ctx, FILTER, &told, fields);

    ASSERT(own_count <= 2);
    for (int i = 0; i < own_count; i++)
        fields[count++] = own[i];
    TRY(http_read_json(ctx, req, fields, count));
    return filter_settle(ctx, FILTER, &told, &segment->query);
}

enum err
api_segment_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct segment *segment = into;
    struct str once_key;
    const struct json_field own[] = {
        {"segment.name", JSON_FIELD_TEXT, &segment->name, .required = true,
         .max = SEGMENT_NAME_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .min = 1, .max = 128},
    };

    return read_segment(ctx, req, JSON_FIELDS(own), segment);
}

enum err
api_segment_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct segment segment = *(const struct segment *)parsed;

    TRY(segments_add(ctx, &segment));
    return put_segment(ctx, &reply->out, "segment", &segment, NOT_COUNTED);
}

enum err
api_segment_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct segment *segment = into;
    const struct json_field own[] = {
        {"segment.name", JSON_FIELD_TEXT, &segment->name, .max = SEGMENT_NAME_MAX},
    };

    TRY(http_path_id(ctx, req, 0, ID_segment, &segment->id.v));
    return read_segment(ctx, req, JSON_FIELDS(own), segment);
}

enum err
api_segment_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct segment segment = *(const struct segment *)parsed;

    TRY(segments_change(ctx, &segment));
    return put_segment(ctx, &reply->out, "segment", &segment, NOT_COUNTED);
}

enum err
api_segment_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_segment, into);
}

enum err
api_segment_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)reply;
    return segments_remove(ctx, (segment_id){*(const int64_t *)parsed});
}
