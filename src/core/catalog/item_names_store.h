/* item_names_store — what articles are found by. */
#pragma once
#include "core/catalog/catalog.h"

/* One variation of an article with what both are called. */
struct named_variation {
    item_id item;
    category_id category;                              /* 0: none */
    struct str name_key, category_key, variation, sku; /* the first two as catalog_key gives them */
};
/* Of all that are there, by position, behind `after`; the variations of an article stand together.
 */
MUST_USE enum err item_names_store_list(struct ctx *ctx, const struct catalog_item *after,
                                        struct named_variation **names, int *count);
