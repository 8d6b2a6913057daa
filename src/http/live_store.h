/*
 * live_store — the statements of streams: live events that are still kept.
 *
 * The pruning job leaves one row where the events before it are gone: with an empty topic.
 */
#pragma once
#include "db/write_lane.h"

struct live_page {
    int64_t after, until; /* seq: later than the one, up to the other */
    int max;
};
/* In the order of seq. The texts live in ctx's arena. */
MUST_USE enum err live_store_list(struct ctx *ctx, merchant_id merchant,
                                  const struct live_page *page, struct live_event **events,
                                  int *count);
