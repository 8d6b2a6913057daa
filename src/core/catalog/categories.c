/* categories — see categories.h. */
#include "core/catalog/categories.h"
#include "base/calc.h"
#include "core/catalog/categories_store.h"
#include "db/write_lane.h"

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, STR("merchant"), STR("settings"));
}

static enum err
check_name(struct ctx *ctx, const struct category *category)
{
    category_id owner;

    TRY(categories_store_find_name(ctx, catalog_key(ctx->arena, category->name), &owner));
    bool is_free = owner.v == 0 || owner.v == category->id.v;
    return is_free ? OK : fail(ctx, ERR_CATEGORY_EXISTS, "category %lld", (long long)owner.v);
}

static enum err
check_room(struct ctx *ctx, int64_t *last_position)
{
    int64_t count;

    TRY(categories_store_measure(ctx, &count, last_position));
    if (count >= CATEGORIES_MAX) return fail(ctx, ERR_CATEGORIES_FULL, "%d", CATEGORIES_MAX);
    return OK;
}

enum err
categories_add(struct ctx *ctx, struct category *category)
{
    int64_t last_position;

    ASSERT(category->name.len > 0);
    TRY(check_room(ctx, &last_position));
    category->id.v = id_next(ctx);
    TRY(check_name(ctx, category));
    if (category->position < 0) {
        category->position = calc_min(last_position + 1, CATALOG_POSITION_MAX);
    }
    category->version = 1;
    category->deleted = false;
    category->created_us = category->updated_us = ctx->now_us;
    TRY(categories_store_add(ctx, category));
    return tell(ctx);
}

/* Stores what a category has become, as its next version. */
static enum err
put(struct ctx *ctx, const struct category *before, struct category *after)
{
    bool changed;

    after->version = before->version + 1;
    after->created_us = before->created_us;
    after->updated_us = ctx->now_us;
    TRY(categories_store_change(ctx, before, after, &changed));
    if (!changed) return fail(ctx, ERR_DB_BUSY, "category of another writer");
    return tell(ctx);
}

enum err
categories_change(struct ctx *ctx, struct category *category)
{
    struct category before;

    ASSERT(category->name.len > 0);
    TRY(categories_find(ctx, category->id, &before));
    if (before.deleted) return fail(ctx, ERR_CATEGORY_UNKNOWN, "it was removed");
    if (category->version != 0 && category->version != before.version) {
        return fail(ctx, ERR_ITEM_CHANGED, "version %lld", (long long)before.version);
    }
    TRY(check_name(ctx, category));
    if (category->position < 0) category->position = before.position;
    category->deleted = false;
    return put(ctx, &before, category);
}

enum err
categories_remove(struct ctx *ctx, category_id id, struct category *category)
{
    struct category before;

    TRY(categories_find(ctx, id, &before));
    *category = before;
    if (before.deleted) return OK;
    category->deleted = true;
    return put(ctx, &before, category);
}

enum err
categories_restore(struct ctx *ctx, category_id id, struct category *category)
{
    struct category before;
    int64_t last_position;

    TRY(categories_find(ctx, id, &before));
    *category = before;
    if (!before.deleted) return OK;
    TRY(check_room(ctx, &last_position));
    TRY(check_name(ctx, category));
    category->deleted = false;
    return put(ctx, &before, category);
}

enum err
categories_find(struct ctx *ctx, category_id id, struct category *category)
{
    return categories_store_find(ctx, id, category);
}

enum err
categories_list(struct ctx *ctx, struct category **categories, int *count)
{
    return categories_store_list(ctx, categories, count);
}
