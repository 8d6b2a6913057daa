/*
 * categories — the families of articles: "Boissons chaudes".
 *
 * No two that are there have the same name, without case and accents: an import, and a POS that
 * writes the category on its lines, find them by it. A category that is removed leaves its articles
 * as they are; they are in none until it comes back.
 */
#pragma once
#include "core/catalog/catalog.h"

enum { CATEGORIES_MAX = 500, CATEGORY_NAME_CHARS_MAX = 100 };

struct category {
    category_id id;
    int64_t version; /* 1, then one more at each change */
    struct str name;
    int64_t position; /* smallest first; -1: adding, behind all others; changing, as it was */
    bool deleted;
    int64_t created_us, updated_us;
};

/*
 * Adds a category. Fills id, version and times.
 *
 * Within:   a write batch
 * Requires: a name
 * Errors:   ERR_CATEGORIES_FULL   CATEGORIES_MAX are there
 *           ERR_CATEGORY_EXISTS   one that is there has its name
 */
MUST_USE enum err categories_add(struct ctx *ctx, struct category *category);
/*
 * Replaces name and position; fills the rest.
 *
 * Within:   a write batch
 * Errors:   ERR_CATEGORY_UNKNOWN   also one that was removed
 *           ERR_ITEM_CHANGED       version is not 0, and not the one that is stored
 *           ERR_CATEGORY_EXISTS
 */
MUST_USE enum err categories_change(struct ctx *ctx, struct category *category);
/*
 * Within:   a write batch
 * Repeat:   harmless
 * Gives:    the category, with the time it was removed at in updated_us
 * Errors:   ERR_CATEGORY_UNKNOWN
 */
MUST_USE enum err categories_remove(struct ctx *ctx, category_id id, struct category *category);
/*
 * Brings one back, and into its articles.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_CATEGORY_UNKNOWN, ERR_CATEGORIES_FULL
 *           ERR_CATEGORY_EXISTS   another one has its name meanwhile
 */
MUST_USE enum err categories_restore(struct ctx *ctx, category_id id, struct category *category);
/* Also one that was removed. Errors: ERR_CATEGORY_UNKNOWN */
MUST_USE enum err categories_find(struct ctx *ctx, category_id id, struct category *category);
/* Those not removed, by position. */
MUST_USE enum err categories_list(struct ctx *ctx, struct category **categories, int *count);
