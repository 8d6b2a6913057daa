/*
 * workers — a few threads for what is slow: REPORT handlers, and what comes between parse and run
 * (password hashing, of which more at once would fill the memory). What takes longer than the limit
 * is stopped at its next statement.
 */
#pragma once
#include "http/exchange.h"

struct workers;

enum { WORKERS_WAITING_MAX = 64 };

MUST_USE enum err workers_open(struct ctx *ctx, struct http_server *server,
                               struct workers **workers);
/* Errors:   ERR_BUSY   too much is waiting */
MUST_USE enum err workers_submit(struct workers *workers, struct exchange *exchange);
/* Finishes what was accepted, joins the threads. */
void workers_close(struct workers *workers);

/*
 * A snapshot for exchange_work; between the two, what takes too long is stopped with ERR_TIMED_OUT.
 * Errors:   ERR_DB_BUSY   the database cannot be reached now
 */
MUST_USE enum err worker_begin(struct worker *worker, struct ctx *ctx);
void worker_end(struct worker *worker, struct ctx *ctx);
