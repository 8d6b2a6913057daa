/* catalog_store — the rows of catalog.h, and what of them its neighbours ask. */
#pragma once
#include "core/catalog/catalog.h"

/* ---- articles; their variations are rows of their own, below ---- */
MUST_USE enum err catalog_store_add(struct ctx *ctx, const struct catalog_item *item);
/* changed is false when there is no such version of it. */
MUST_USE enum err catalog_store_change(struct ctx *ctx, const struct catalog_item *before,
                                       const struct catalog_item *after, bool *changed);
/* Removes it or brings it back, as its next version; a category that was removed stays with it. */
MUST_USE enum err catalog_store_mark(struct ctx *ctx, const struct catalog_item *before,
                                     bool deleted, bool *changed);
/* With its variations: of a removed one, those that it had then. */
MUST_USE enum err catalog_store_find(struct ctx *ctx, item_id id, struct catalog_item *item);
MUST_USE enum err catalog_store_list(struct ctx *ctx, item_id after, int limit,
                                     struct catalog_item **items, int *count);
/* How many are not removed, and the last one's position (-1: there is none). */
MUST_USE enum err catalog_store_measure(struct ctx *ctx, int64_t *count, int64_t *last_position);

/* ---- variations ---- */
/* Adds it, or makes it what it is now; it is there afterwards. */
MUST_USE enum err catalog_store_put_variation(struct ctx *ctx, item_id item,
                                              const struct catalog_variation *variation,
                                              int position);
/* Takes away those of an article that are there, as a part of its new version. */
MUST_USE enum err catalog_store_remove_variations(struct ctx *ctx, const struct catalog_item *item);
MUST_USE enum err catalog_store_restore_variations(struct ctx *ctx, item_id item, int64_t version);
MUST_USE enum err catalog_store_clear_sku(struct ctx *ctx, variation_id id);
/* Who has a SKU, of those that are there; 0: nobody. */
MUST_USE enum err catalog_store_find_sku(struct ctx *ctx, struct str sku, item_id *item);
MUST_USE enum err catalog_store_find_sold(struct ctx *ctx, variation_id id,
                                          struct catalog_sold *sold);
