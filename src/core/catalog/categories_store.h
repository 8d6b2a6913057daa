/* categories_store — the rows of categories.h. */
#pragma once
#include "core/catalog/categories.h"

MUST_USE enum err categories_store_add(struct ctx *ctx, const struct category *category);
/* changed is false when there is no such version of it. */
MUST_USE enum err categories_store_change(struct ctx *ctx, const struct category *before,
                                          const struct category *after, bool *changed);
MUST_USE enum err categories_store_find(struct ctx *ctx, category_id id, struct category *category);
MUST_USE enum err categories_store_list(struct ctx *ctx, struct category **categories, int *count);
/* Who has a name, by catalog_key, of those that are there; 0: nobody. */
MUST_USE enum err categories_store_find_name(struct ctx *ctx, struct str key, category_id *id);
/* How many are not removed, and the last one's position (-1: there is none). */
MUST_USE enum err categories_store_measure(struct ctx *ctx, int64_t *count, int64_t *last_position);
