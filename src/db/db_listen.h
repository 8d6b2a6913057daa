/*
 * db_listen — live events of all nodes, as PostgreSQL's NOTIFY tells of them, in commit order.
 *
 * A connection of its own; one thread at a time. SQLite has one server, which needs none of this.
 */
#pragma once
#include "base/ctx.h"

struct db_listen;

struct db_notice {
    merchant_id merchant;
    int64_t first, last; /* seq of the events that were committed */
};

/* url: "postgres://…". Errors: ERR_DB_FAILED */
MUST_USE enum err db_listen_open(struct ctx *ctx, const char *url, struct db_listen **listen);
/*
 * Waits for a notice, at most timeout_ms.
 * Gives:    *got: whether one came
 * Errors:   ERR_DB_FAILED   the connection is lost; notices may have been missed
 */
MUST_USE enum err db_listen_wait(struct ctx *ctx, struct db_listen *listen, int timeout_ms,
                                 struct db_notice *notice, bool *got);
void db_listen_close(struct db_listen *listen);
