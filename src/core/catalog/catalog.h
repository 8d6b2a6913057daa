/*
 * catalog — what a merchant sells, with a key on the till: names and prices.
 *
 * Square's words: an item has a variation with a price. Ours has exactly one variation, whose
 * number is the item's. A sale keeps the name and price it was made at; so an item may be changed
 * or removed at any time, and is only marked as removed: a till that still shows it can say so.
 *
 * Each change tells the merchant's screens that settings changed.
 */
#pragma once
#include "base/ctx.h"

/* Keys that a till can show; more is a shop system's work. */
enum { CATALOG_ITEMS_MAX = 1000, CATALOG_PAGE_MAX = 100 };
#define CATALOG_PRICE_MAX    INT64_C(1000000000000)
#define CATALOG_POSITION_MAX INT64_C(1000000)

struct catalog_item {
    item_id id;
    int64_t version; /* 1, then one more at each change */
    struct str name, category;
    int64_t price_minor;
    int64_t position; /* among the till's keys, smallest first; -1: see catalog_add, _change */
    bool deleted;
    int64_t created_us, updated_us;
};

/*
 * Adds an item. Fills id, version and times; position -1 is behind all others.
 *
 * Within:   a write batch
 * Requires: a name, a price within its limits
 * Errors:   ERR_CATALOG_FULL   CATALOG_ITEMS_MAX are there
 */
MUST_USE enum err catalog_add(struct ctx *ctx, struct catalog_item *item);
/*
 * Replaces an item's name, category, price and position (-1: as it was); fills the rest.
 *
 * Within:   a write batch
 * Errors:   ERR_ITEM_UNKNOWN   also one that was removed
 *           ERR_ITEM_CHANGED   item->version is not 0, and not the one that is stored
 */
MUST_USE enum err catalog_change(struct ctx *ctx, struct catalog_item *item);
/*
 * Takes an item off the till; its row stays.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Gives:    the item, with the time it was removed at in updated_us
 * Errors:   ERR_ITEM_UNKNOWN
 */
MUST_USE enum err catalog_remove(struct ctx *ctx, item_id id, struct catalog_item *item);
/* Also one that was removed. Errors: ERR_ITEM_UNKNOWN */
MUST_USE enum err catalog_find(struct ctx *ctx, item_id id, struct catalog_item *item);
/* Those not removed, by position, behind `after` (0: from the first), at most limit. */
MUST_USE enum err catalog_list(struct ctx *ctx, item_id after, int limit,
                               struct catalog_item **items, int *count);
