/* reader — one thread's reading connection: opened when first needed, again when it was lost. */
#pragma once
#include "base/ctx.h"

struct reader {
    const char *db_url;
    struct db *db; /* NULL: not open */
};

/* Begins a snapshot, and sets ctx->db.
 * Errors:   ERR_DB_BUSY   the database cannot be reached now */
MUST_USE enum err reader_begin(struct reader *reader, struct ctx *ctx);
void reader_end(struct reader *reader, struct ctx *ctx);
void reader_close(struct reader *reader);
