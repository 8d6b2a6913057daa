/* write_store — the statements of write_batch: sequence counters and live events. */
#pragma once
#include "db/write_lane.h"

/* The last sequence given to the merchant; 0 when there was none. */
MUST_USE enum err write_store_find_seq(struct ctx *ctx, merchant_id merchant, int64_t *seq);
MUST_USE enum err write_store_change_seq(struct ctx *ctx, merchant_id merchant, int64_t seq);
MUST_USE enum err write_store_add_event(struct ctx *ctx, const struct live_event *event);
