/*
 * catalog — what a merchant sells: articles, each with at least one variation that has a price.
 *
 * Square's words: an item ("Café") has variations ("Petit", "Grand"); an article with one price has
 * one variation without a name. A variation without a price has it told at the till. Categories and
 * taxes are rows of their own (categories.h, taxes.h); an article is in at most one of each.
 *
 * A sale keeps the names and prices it was made at; so an article may be changed or removed at any
 * time. What is removed keeps its row: a till that still shows it can sell it, and it can come back
 * as what it was. An article's version counts its changes, those of its variations included.
 *
 * Each change tells the merchant's screens that settings changed.
 */
#pragma once
#include "base/ctx.h"

enum {
    CATALOG_ITEMS_MAX = 5000,
    CATALOG_VARIATIONS_MAX = 50, /* of one article */
    CATALOG_PAGE_MAX = 200,
    CATALOG_NAME_CHARS_MAX = 200,
    CATALOG_SKU_CHARS_MAX = 100,
};
/* Bytes for a request that reads a whole catalog. */
#define CATALOG_MEMORY_MAX   ((size_t)48 << 20)
#define CATALOG_PRICE_MAX    INT64_C(1000000000000)
#define CATALOG_POSITION_MAX INT64_C(1000000)

struct catalog_variation {
    variation_id id;      /* 0: to be made */
    struct str name, sku; /* may be empty; a SKU is one variation's, of all that are there */
    bool has_price;       /* false: told at the till */
    int64_t price_minor;
};

struct catalog_item {
    item_id id;
    int64_t version; /* 1, then one more at each change */
    struct str name;
    category_id category;                 /* 0: none */
    struct str category_name;             /* filled when it is read */
    tax_id tax;                           /* 0: none */
    struct catalog_variation *variations; /* in their sequence */
    int variation_count;                  /* 1 … CATALOG_VARIATIONS_MAX */
    int64_t position; /* among the till's keys, smallest first; -1: see catalog_add, _change */
    bool deleted;
    int64_t created_us, updated_us;
};

/* A name as it is looked up: without case, accents, and spaces that do not count. */
struct str catalog_key(struct arena *arena, struct str name);

/*
 * Adds an article. Fills ids, version and times; position -1 is behind all others.
 *
 * Within:   a write batch
 * Requires: a name, at least one variation, prices within their limits
 * Errors:   ERR_CATALOG_FULL        CATALOG_ITEMS_MAX are there
 *           ERR_CATEGORY_UNKNOWN, ERR_TAX_UNKNOWN
 *           ERR_SKU_TAKEN           by another variation that is there, or twice in this one
 *           ERR_VARIATION_UNKNOWN   a variation has an id: it is not new
 */
MUST_USE enum err catalog_add(struct ctx *ctx, struct catalog_item *item);
/*
 * Replaces an article's name, category, tax, position (-1: as it was) and variations: those with an
 * id are changed, those without are added, those that are not told are removed. Fills the rest.
 *
 * Within:   a write batch
 * Errors:   ERR_ITEM_UNKNOWN        also one that was removed
 *           ERR_ITEM_CHANGED        item->version is not 0, and not the one that is stored
 *           ERR_VARIATION_UNKNOWN   it is not this article's
 *           ERR_CATEGORY_UNKNOWN, ERR_TAX_UNKNOWN, ERR_SKU_TAKEN
 */
MUST_USE enum err catalog_change(struct ctx *ctx, struct catalog_item *item);
/*
 * Takes an article off the till, with its variations; the rows stay.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Gives:    the article, with the time it was removed at in updated_us
 * Errors:   ERR_ITEM_UNKNOWN
 */
MUST_USE enum err catalog_remove(struct ctx *ctx, item_id id, struct catalog_item *item);
/*
 * Brings back an article as it was when it was removed.
 *
 * Within:   a write batch
 * Repeat:   harmless: one that is there stays as it is
 * Errors:   ERR_ITEM_UNKNOWN, ERR_CATALOG_FULL
 *           ERR_SKU_TAKEN   another one has its reference meanwhile
 */
MUST_USE enum err catalog_restore(struct ctx *ctx, item_id id, struct catalog_item *item);
/* Also one that was removed, with the variations it had then. Errors: ERR_ITEM_UNKNOWN */
MUST_USE enum err catalog_find(struct ctx *ctx, item_id id, struct catalog_item *item);
/* Those not removed, by position, behind `after` (0: from the first), at most limit. */
MUST_USE enum err catalog_list(struct ctx *ctx, item_id after, int limit,
                               struct catalog_item **items, int *count);

/* What a till needs to sell one variation, also one that was removed since it was shown. */
struct catalog_sold {
    item_id item;
    variation_id variation;
    struct str name; /* "Café", or "Café, Grand" */
    struct str sku, category_name;
    category_id category; /* 0: none */
    bool has_price;
    int64_t price_minor;
    int64_t tax_rate; /* millionths; 0: none */
    bool tax_included;
};
/* Errors: ERR_VARIATION_UNKNOWN   Cost: one query */
MUST_USE enum err catalog_find_sold(struct ctx *ctx, variation_id id, struct catalog_sold *sold);
