/*
 * live_feed — on PostgreSQL, brings the events that any node committed to this node's streams.
 *
 * This node's own come the same way: what one path brings is in the order of commits, what two
 * paths bring is not.
 */
#pragma once
#include "http/streams.h"

struct live_feed;

/* Listens when it returns. Gives NULL on SQLite, where the writer tells this server alone.
 * Errors: ERR_DB_FAILED */
MUST_USE enum err live_feed_open(struct ctx *ctx, const char *db_url, struct streams *streams,
                                 struct live_feed **feed);
void live_feed_close(struct live_feed *feed);
