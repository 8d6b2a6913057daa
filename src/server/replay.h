/*
 * replay — after a restore: whoever was erased since the backup was made is erased again.
 */
#pragma once
#include "base/ctx.h"

struct replay_figures {
    int64_t journal;           /* erasures in the file; -1: there was none */
    int64_t looked_at, erased; /* customers */
};

/*
 * Erases, in the database of ctx->db, whom the journal in this file or the database's own names,
 * and rewrites an SQLite file that somebody was erased from.
 *
 * path: NULL or the empty text, or a file that does not exist: the database's own journal alone.
 * Within:   no transaction; nobody else uses the database
 * Repeat:   harmless
 * Errors:   ERR_FILE_FAILED, ERR_JOURNAL_UNREADABLE, and those of the database
 */
MUST_USE enum err replay_erasures(struct ctx *ctx, const char *path,
                                  struct replay_figures *figures);
