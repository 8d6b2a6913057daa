/*
 * workers — a few threads for what is slow: REPORT handlers, and what comes between parse and run
 * (password hashing, of which more at once would fill the memory).
 */
#pragma once
#include "http/exchange.h"

struct workers;

enum { WORKERS_WAITING_MAX = 64 };

MUST_USE enum err workers_open(struct ctx *ctx, struct http_server *server, int threads,
                               struct workers **workers);
/* Errors:   ERR_BUSY   too much is waiting */
MUST_USE enum err workers_submit(struct workers *workers, struct exchange *exchange);
/* Finishes what was accepted, joins the threads. */
void workers_close(struct workers *workers);
