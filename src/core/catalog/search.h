/*
 * search — articles found by words, as a person types them into one field.
 *
 * Each word has to begin a word of the article's name, of its category's, of a variation's, or of a
 * SKU; case and accents do not count.
 */
#pragma once
#include "core/catalog/catalog.h"

enum { SEARCH_LIMIT_MAX = 100, SEARCH_CATEGORIES_MAX = 100 };

struct catalog_query {
    struct str text;           /* empty: all */
    const int64_t *categories; /* in any of these; none: in any, or in none */
    int category_count;
    item_id after; /* the page behind it; 0: the first one */
    int limit;     /* 1 … SEARCH_LIMIT_MAX */
};

/*
 * By position, as catalog_list.
 *
 * Errors:   ERR_ITEM_UNKNOWN   `after` never was an article
 * Cost:     reads the names of the whole catalog, and what is found
 */
MUST_USE enum err catalog_search(struct ctx *ctx, const struct catalog_query *query,
                                 struct catalog_item **items, int *count);
