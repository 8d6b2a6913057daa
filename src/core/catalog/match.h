/*
 * match — which article and which category a line of an order is, as far as can be known.
 *
 * A POS writes its lines in its own way. Looked for in this sequence, the first that is found:
 *   1. the variation that our till told, or that the SKU names by our id ("var_…")
 *   2. the SKU, as it is written
 *   3. the name, without case and accents: of the only article that has it, and has one variation
 * The category is the article's; where none was found, the one that the line's own text names.
 * Of an article with several variations only the category is known by its name.
 */
#pragma once
#include "core/catalog/catalog.h"

struct catalog_line {
    struct str sku, name, category_name; /* as the POS wrote them; may be empty */
    variation_id variation;              /* told by our till, or 0; filled; 0: nothing we know */
    category_id category;                /* filled; 0: none */
};

/*
 * Fills variation and category of each line. A variation that was told and is none of this
 * merchant's is forgotten.
 *
 * Cost:     at most four queries for 32 lines, by index, whatever the size of the catalog; one when
 *           all lines tell their variation
 */
MUST_USE enum err catalog_match(struct ctx *ctx, struct catalog_line *lines, int count);
