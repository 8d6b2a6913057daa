/* files_api — a merchant's files, as they were given, to whoever is signed in to it. */
#include "api/handlers.h"

enum err
api_file_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_file, into);
}

static enum err
read_piece(struct ctx *ctx, int64_t of, int64_t number, struct str *piece)
{
    return files_read_chunk(ctx, (file_id){of}, number, piece);
}

enum err
api_file_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct file file;

    TRY(files_find(ctx, (file_id){*id}, &file));
    /* Who works here is nothing for the counter's screen. */
    if (ctx->actor.kind == ACTOR_TABLET && !str_is(file.purpose, STR("logo"))) {
        return fail(ctx, ERR_FILE_UNKNOWN, "not for tablets");
    }
    reply->pieces = (struct http_pieces){
        .read = read_piece,
        .of = file.id.v,
        .size = file.size,
        .piece_len = FILES_CHUNK_LEN,
        .type = str_z(ctx->arena, file.content_type),
        .etag = hash_hex(ctx->arena, file.sha256, HASH_LEN),
    };
    return OK;
}
