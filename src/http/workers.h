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

/* For exchange_work: the worker's connection, and "the work is done: do not stop it any more". */
struct reader *worker_reader(struct worker *worker);
void worker_over(struct worker *worker);
