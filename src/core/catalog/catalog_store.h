/* catalog_store — the rows of catalog.h. */
#pragma once
#include "core/catalog/catalog.h"

MUST_USE enum err catalog_store_add(struct ctx *ctx, const struct catalog_item *item);
/* changed is false when there is no such version of it. */
MUST_USE enum err catalog_store_change(struct ctx *ctx, const struct catalog_item *before,
                                       const struct catalog_item *after, bool *changed);
MUST_USE enum err catalog_store_find(struct ctx *ctx, item_id id, struct catalog_item *item);
MUST_USE enum err catalog_store_list(struct ctx *ctx, item_id after, int limit,
                                     struct catalog_item **items, int *count);
/* How many are not removed, and the last one's position (-1: there is none). */
MUST_USE enum err catalog_store_measure(struct ctx *ctx, int64_t *count, int64_t *last_position);
