/* segments_store — the rows of segments.h. For this module only. */
#pragma once
#include "core/directory/segments.h"

struct segment_row {
    segment_id id;
    struct str name, filter;
    int64_t created_us, updated_us;
};
MUST_USE enum err segments_store_list(struct ctx *ctx, struct segment_row **rows, int *count);
/* Adds it, or replaces the one with its id. */
MUST_USE enum err segments_store_put(struct ctx *ctx, const struct segment_row *row);
MUST_USE enum err segments_store_remove(struct ctx *ctx, segment_id id, bool *removed);
