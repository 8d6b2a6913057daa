/* reader — see reader.h. */
#include "http/reader.h"
#include "base/log.h"
#include "db/db.h"

static enum err
try_begin(struct reader *reader, struct ctx *ctx)
{
    if (reader->db == NULL) TRY(db_open(ctx, reader->db_url, DB_READ_ONLY, &reader->db));
    ctx->db = reader->db;
    return db_snapshot_begin(ctx);
}

enum err
reader_begin(struct reader *reader, struct ctx *ctx)
{
    if (try_begin(reader, ctx) == OK) return OK;
    ctx->db = NULL;
    reader_close(reader);
    LOG(LOG_ERROR, "database_unreachable", LOG_TEXT("detail", ctx->detail));
    return ERR_DB_BUSY;
}

void
reader_end(struct reader *reader, struct ctx *ctx)
{
    ASSERT(ctx->db == reader->db);
    db_snapshot_end(ctx);
    ctx->db = NULL;
}

void
reader_close(struct reader *reader)
{
    if (reader->db != NULL) db_close(reader->db);
    reader->db = NULL;
}
