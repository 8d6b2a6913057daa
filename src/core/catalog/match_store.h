/* match_store — the queries of match.h, for MATCH_BATCH lines at once. */
#pragma once
#include "core/catalog/match.h"

enum { MATCH_BATCH = 32 };

struct matched {
    struct str text; /* what it was found by */
    variation_id variation;
    category_id category; /* 0: none, or one that was removed */
};

/* Ids that are 0 and texts that are empty find nothing. Also variations that were removed. */
MUST_USE enum err match_store_by_id(struct ctx *ctx, const int64_t ids[MATCH_BATCH],
                                    struct matched **found, int *count);
MUST_USE enum err match_store_by_sku(struct ctx *ctx, const struct str skus[MATCH_BATCH],
                                     struct matched **found, int *count);
/* By catalog_key of the name. What several articles are called is not found at all; of an article
 * with several variations the category alone. */
MUST_USE enum err match_store_by_name(struct ctx *ctx, const struct str keys[MATCH_BATCH],
                                      struct matched **found, int *count);
/* By catalog_key of a category's name; gives the category alone. */
MUST_USE enum err match_store_by_category(struct ctx *ctx, const struct str keys[MATCH_BATCH],
                                          struct matched **found, int *count);
