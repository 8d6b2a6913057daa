/* events_store — the SQL of loyalty events. For this module only. */
#pragma once
#include "core/loyalty/accounts.h"

MUST_USE enum err events_store_add(struct ctx *ctx, const struct loyalty_event *event);
/* After an event that is known; that it is the newest now is noted elsewhere. */
MUST_USE enum err events_store_add_after(struct ctx *ctx, const struct loyalty_event *event,
                                         transfer_id previous);
/* Newest first, at most query->limit. */
/* Fills the promotion of an event of its points. */
MUST_USE enum err events_store_find_promotion(struct ctx *ctx, struct loyalty_event *event);
MUST_USE enum err events_store_list(struct ctx *ctx, const struct event_query *query,
                                    struct loyalty_event *events, int *count);
