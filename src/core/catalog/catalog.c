/* catalog — see catalog.h. */
#include "core/catalog/catalog.h"
#include "base/calc.h"
#include "core/catalog/catalog_store.h"
#include "db/write_lane.h"

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, STR("merchant"), STR("settings"));
}

enum err
catalog_add(struct ctx *ctx, struct catalog_item *item)
{
    int64_t count, last_position;

    ASSERT(item->name.len > 0);
    ASSERT(item->price_minor >= 0);
    ASSERT(item->price_minor <= CATALOG_PRICE_MAX);
    TRY(catalog_store_measure(ctx, &count, &last_position));
    if (count >= CATALOG_ITEMS_MAX) return fail(ctx, ERR_CATALOG_FULL, "%d", CATALOG_ITEMS_MAX);

    if (item->position < 0) item->position = calc_min(last_position + 1, CATALOG_POSITION_MAX);
    item->id.v = id_next(ctx);
    item->version = 1;
    item->deleted = false;
    item->created_us = item->updated_us = ctx->now_us;
    TRY(catalog_store_add(ctx, item));
    return tell(ctx);
}

/* Stores what an item has become, as its next version. */
static enum err
put(struct ctx *ctx, const struct catalog_item *before, struct catalog_item *after)
{
    bool changed;

    after->version = before->version + 1;
    after->created_us = before->created_us;
    after->updated_us = ctx->now_us;
    TRY(catalog_store_change(ctx, before, after, &changed));
    if (!changed) return fail(ctx, ERR_DB_BUSY, "item of another writer");
    return tell(ctx);
}

enum err
catalog_change(struct ctx *ctx, struct catalog_item *item)
{
    struct catalog_item before;

    ASSERT(item->name.len > 0);
    ASSERT(item->price_minor >= 0);
    ASSERT(item->price_minor <= CATALOG_PRICE_MAX);
    TRY(catalog_find(ctx, item->id, &before));
    if (before.deleted) return fail(ctx, ERR_ITEM_UNKNOWN, "it was removed");
    if (item->version != 0 && item->version != before.version) {
        return fail(ctx, ERR_ITEM_CHANGED, "version %lld", (long long)before.version);
    }
    if (item->position < 0) item->position = before.position;
    item->deleted = false;
    return put(ctx, &before, item);
}

enum err
catalog_remove(struct ctx *ctx, item_id id, struct catalog_item *item)
{
    struct catalog_item before;

    TRY(catalog_find(ctx, id, &before));
    *item = before;
    if (before.deleted) return OK;
    item->deleted = true;
    return put(ctx, &before, item);
}

enum err
catalog_find(struct ctx *ctx, item_id id, struct catalog_item *item)
{
    return catalog_store_find(ctx, id, item);
}

enum err
catalog_list(struct ctx *ctx, item_id after, int limit, struct catalog_item **items, int *count)
{
    ASSERT(limit >= 1);
    ASSERT(limit <= CATALOG_ITEMS_MAX);
    return catalog_store_list(ctx, after, limit, items, count);
}
