/* jobs_store — the statements of jobs that belong to no module. */
#pragma once
#include "base/ctx.h"

/*
 * Removes live events older than this, at most max, but for the newest of them: that one stays as
 * the mark that events before it are gone, with an empty topic. Gives how many were removed.
 */
MUST_USE enum err jobs_store_mark_events(struct ctx *ctx, int64_t older_than_us);
MUST_USE enum err jobs_store_remove_events(struct ctx *ctx, int64_t older_than_us, int max,
                                           int64_t *removed);
MUST_USE enum err jobs_store_remove_replies(struct ctx *ctx, int64_t before_id, int max,
                                            int64_t *removed);
MUST_USE enum err jobs_store_remove_credentials(struct ctx *ctx, int64_t before_us, int max,
                                                int64_t *removed);
