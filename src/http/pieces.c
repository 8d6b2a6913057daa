/*
 * pieces — a body that is read from the database while it is sent: libmicrohttpd has room for one
 * piece and asks for the next when that one has left.
 */
#include "base/log.h"
#include "http/exchange.h"

/* Beside the piece itself: what reading it takes. */
enum { PIECE_MEMORY_EXTRA = 64 << 10 };

/* The rest of the piece that this place of the body lies in, as much of it as there is room for. */
static enum err
read_at(struct exchange *exchange, struct ctx *ctx, int64_t at, struct str *rest)
{
    const struct http_pieces *pieces = &exchange->reply.pieces;
    struct reader *reader = &exchange->thread->reader;

    TRY(reader_begin(reader, ctx));
    enum err err = pieces->read(ctx, pieces->of, at / pieces->piece_len, rest);
    reader_end(reader, ctx);
    if (err != OK) return err;
    size_t skipped = (size_t)(at % pieces->piece_len);
    if (rest->len <= skipped) return fail(ctx, ERR_DB_FAILED, "a piece is too short");
    *rest = (struct str){rest->at + skipped, rest->len - skipped};
    return OK;
}

/*
 * On the connection's thread, while the exchange lives. The status has left: all that can be told
 * of a failure is a body that ends too soon.
 */
static ssize_t
on_room(void *arg, uint64_t at, char *out, size_t room)
{
    struct exchange *exchange = arg;
    struct ctx ctx = exchange->ctx;
    struct arena arena;
    struct str rest = {0};

    ASSERT(exchange->magic == EXCHANGE_MAGIC);
    arena_open(&arena, (size_t)exchange->reply.pieces.piece_len + PIECE_MEMORY_EXTRA);
    ctx.arena = &arena;
    enum err err = read_at(exchange, &ctx, (int64_t)at, &rest);
    if (rest.len > room) rest.len = room;
    if (err == OK) memcpy(out, rest.at, rest.len);
    arena_close(&arena);
    if (err == OK) return (ssize_t)rest.len;
    LOG(LOG_ERROR, "reply_cut_short", LOG_TEXT("error", err_name(err)),
        LOG_TEXT("detail", ctx.detail));
    return MHD_CONTENT_READER_END_WITH_ERROR;
}

struct MHD_Response *
exchange_pieces(struct exchange *exchange)
{
    const struct http_pieces *pieces = &exchange->reply.pieces;
    int64_t room = pieces->size < pieces->piece_len ? pieces->size : pieces->piece_len;

    ASSERT(exchange->request.route->lane == READ);
    ASSERT(pieces->size > 0);
    ASSERT(pieces->piece_len > 0);
    return MHD_create_response_from_callback((uint64_t)pieces->size, (size_t)room, on_room,
                                             exchange, NULL);
}
