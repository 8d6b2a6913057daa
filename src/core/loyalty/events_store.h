/* events_store — the SQL of loyalty events. For this module only. */
#pragma once
#include "core/loyalty/accounts.h"

MUST_USE enum err events_store_add(struct ctx *ctx, const struct loyalty_event *event);
/* One right after the other, of the same account and moment; what else they tell is the first's. */
MUST_USE enum err events_store_add_two(struct ctx *ctx, const struct loyalty_event *first,
                                       const struct loyalty_event *second);
/* Newest first, at most query->limit. */
MUST_USE enum err events_store_list(struct ctx *ctx, const struct event_query *query,
                                    struct loyalty_event *events, int *count);
