/* bulk_api — what is done to all customers that a search finds, and how far it is. */
#include "api/directory_handlers.h"
#include "api/fields.h"

static void
put_bulk(struct json_out *out, const char *key, const struct bulk *bulk)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_bulk, bulk->id.v);
    json_put_text(out, "kind", str_of(bulk_kind_name(bulk->kind)));
    json_put_text(out, "state", str_of(bulk_state_name(bulk->state)));
    if (bulk->kind == BULK_EXPORT) {
        json_put_text(out, "format", str_of(bulk_format_name(bulk->format)));
    }
    json_put_id(out, "group_id", ID_tag, bulk->tag.v);
    json_put_int(out, "total", bulk->total);
    json_put_int(out, "done", bulk->done);
    json_put_int(out, "changed", bulk->changed);
    json_put_int(out, "size", bulk->state == BULK_DONE ? bulk->size : 0);
    json_put_time(out, "created_at", bulk->created_us);
    json_put_time(out, "updated_at", bulk->updated_us);
    json_end_object(out);
}

enum err
api_bulk_tag_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const actions[] = {"ADD", "REMOVE"};
    struct bulk *bulk = into;
    struct str once_key, action = {0};
    int which = 0;
    const struct json_field own[] = {
        {"group_id", JSON_FIELD_ID, &bulk->tag.v, .required = true, .id_kind = ID_tag},
        {"action", JSON_FIELD_TEXT, &action, .required = true},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };

    TRY(api_filter_parse(ctx, req, JSON_FIELDS(own), &bulk->query));
    TRY(api_choose(ctx, action, "action", API_NAMES(actions), &which));
    bulk->kind = which == 0 ? BULK_TAG : BULK_UNTAG;
    return OK;
}

enum err
api_export_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const formats[] = {[BULK_CSV] = "CSV", [BULK_XLSX] = "XLSX"};
    struct bulk *bulk = into;
    struct str once_key, format = {0};
    int which = BULK_CSV;
    const struct json_field own[] = {
        {"format", JSON_FIELD_TEXT, &format},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };

    bulk->kind = BULK_EXPORT;
    TRY(api_filter_parse(ctx, req, JSON_FIELDS(own), &bulk->query));
    TRY(api_choose(ctx, format, "format", API_NAMES(formats), &which));
    bulk->format = (enum bulk_format)which;
    return OK;
}

/* Counted here, where it keeps nobody waiting. */
enum err
api_export_create_prepare(struct ctx *ctx, void *parsed)
{
    struct bulk bulk = *(const struct bulk *)parsed;

    TRY(api_filter_finish(ctx, &bulk.query));
    return bulk_check_size(ctx, &bulk);
}

enum err
api_bulk_begin(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct bulk bulk = *(const struct bulk *)parsed;

    TRY(api_filter_finish(ctx, &bulk.query));
    TRY(bulk_begin(ctx, &bulk));
    put_bulk(&reply->out, "task", &bulk);
    return OK;
}

enum err
api_bulk_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct bulk *list;
    int count;

    (void)parsed;
    TRY(bulk_list(ctx, &list, &count));
    json_put_array(&reply->out, "tasks");
    for (int i = 0; i < count; i++)
        put_bulk(&reply->out, NULL, &list[i]);
    json_end_array(&reply->out);
    return OK;
}

enum err
api_bulk_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_bulk, into);
}

static bulk_id
id_of(const void *parsed)
{
    return (bulk_id){*(const int64_t *)parsed};
}

enum err
api_bulk_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct bulk bulk;

    TRY(bulk_find(ctx, id_of(parsed), &bulk));
    put_bulk(&reply->out, "task", &bulk);
    return OK;
}

enum err
api_bulk_cancel(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct bulk bulk;

    TRY(bulk_cancel(ctx, id_of(parsed), &bulk));
    put_bulk(&reply->out, "task", &bulk);
    return OK;
}

enum err
api_bulk_undo(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct bulk bulk;

    TRY(bulk_undo(ctx, id_of(parsed), &bulk));
    put_bulk(&reply->out, "task", &bulk);
    return OK;
}

static enum err
read_piece(struct ctx *ctx, int64_t of, int64_t number, struct str *piece)
{
    return bulk_read_piece(ctx, (bulk_id){of}, number, piece);
}

enum err
api_export_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    static const char *const types[] = {
        [BULK_CSV] = "text/csv; charset=utf-8",
        [BULK_XLSX] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    };
    struct bulk bulk;

    TRY(bulk_find(ctx, id_of(parsed), &bulk));
    if (bulk.kind != BULK_EXPORT || bulk.state != BULK_DONE || bulk.size == 0) {
        return fail(ctx, ERR_BULK_UNKNOWN, "no file");
    }
    reply->pieces = (struct http_pieces){
        .read = read_piece,
        .of = bulk.id.v,
        .size = bulk.size,
        .piece_len = BULK_PIECE_LEN,
        .type = types[bulk.format],
    };
    return OK;
}
