/* events_store — the SQL of loyalty events. For this module only. */
#pragma once
#include "core/loyalty/accounts.h"

MUST_USE enum err events_store_add(struct ctx *ctx, const struct loyalty_event *event);
/* Newest first, at most query->limit. */
MUST_USE enum err events_store_list(struct ctx *ctx, const struct event_query *query,
                                    struct loyalty_event *events, int *count);
