/* catalog — see catalog.h. */
#include "core/catalog/catalog.h"
#include "base/calc.h"
#include "base/fold.h"
#include "core/catalog/catalog_store.h"
#include "core/catalog/categories.h"
#include "core/catalog/taxes.h"
#include "db/write_lane.h"

struct str
catalog_key(struct arena *arena, struct str name)
{
    struct str folded = str_trim(fold(arena, name));
    char *key = arena_alloc(arena, folded.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < folded.len; i++) {
        bool doubled = folded.at[i] == ' ' && len > 0 && key[len - 1] == ' ';
        if (!doubled) key[len++] = folded.at[i];
    }
    return (struct str){key, len};
}

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, STR("merchant"), STR("settings"));
}

/* ---- what has to hold of an article that is told ---- */

static void
assert_sane(const struct catalog_item *item)
{
    ASSERT(item->name.len > 0);
    ASSERT(item->variation_count >= 1);
    ASSERT(item->variation_count <= CATALOG_VARIATIONS_MAX);
    for (int i = 0; i < item->variation_count; i++) {
        ASSERT(item->variations[i].price_minor >= 0);
        ASSERT(item->variations[i].price_minor <= CATALOG_PRICE_MAX);
    }
}

static enum err
check_category(struct ctx *ctx, struct catalog_item *item)
{
    struct category category;

    item->category_name = STR("");
    if (item->category.v == 0) return OK;
    TRY(categories_find(ctx, item->category, &category));
    if (category.deleted) return fail(ctx, ERR_CATEGORY_UNKNOWN, "it was removed");
    item->category_name = category.name;
    return OK;
}

static enum err
check_tax(struct ctx *ctx, const struct catalog_item *item)
{
    struct tax tax;

    if (item->tax.v == 0) return OK;
    TRY(taxes_find(ctx, item->tax, &tax));
    return tax.deleted ? fail(ctx, ERR_TAX_UNKNOWN, "it was removed") : OK;
}

/* Told twice in this one is taken, too. */
static enum err
check_skus(struct ctx *ctx, const struct catalog_item *item)
{
    for (int i = 0; i < item->variation_count; i++) {
        struct str sku = item->variations[i].sku;
        item_id owner;

        if (sku.len == 0) continue;
        for (int k = 0; k < i; k++) {
            if (str_is(item->variations[k].sku, sku)) return fail(ctx, ERR_SKU_TAKEN, "twice");
        }
        TRY(catalog_store_find_sku(ctx, sku, &owner));
        if (owner.v != 0 && owner.v != item->id.v) return fail(ctx, ERR_SKU_TAKEN, "another's");
    }
    return OK;
}

static enum err
check_variations(struct ctx *ctx, const struct catalog_item *before,
                 const struct catalog_item *item)
{
    for (int i = 0; i < item->variation_count; i++) {
        variation_id id = item->variations[i].id;
        bool is_its = id.v == 0;

        for (int k = 0; k < before->variation_count; k++) {
            is_its = is_its || before->variations[k].id.v == id.v;
        }
        for (int k = 0; k < i; k++) {
            is_its = is_its && (id.v == 0 || item->variations[k].id.v != id.v);
        }
        if (!is_its) return fail(ctx, ERR_VARIATION_UNKNOWN, "variation %d", i);
    }
    return OK;
}

static enum err
check(struct ctx *ctx, const struct catalog_item *before, struct catalog_item *item)
{
    TRY(check_variations(ctx, before, item));
    TRY(check_category(ctx, item));
    TRY(check_tax(ctx, item));
    return check_skus(ctx, item);
}

static enum err
check_room(struct ctx *ctx, int64_t *last_position)
{
    int64_t count;

    TRY(catalog_store_measure(ctx, &count, last_position));
    if (count >= CATALOG_ITEMS_MAX) return fail(ctx, ERR_CATALOG_FULL, "%d", CATALOG_ITEMS_MAX);
    return OK;
}

/* ---- writing ---- */

static enum err
put_variations(struct ctx *ctx, struct catalog_item *item)
{
    for (int i = 0; i < item->variation_count; i++) {
        struct catalog_variation *variation = &item->variations[i];

        if (variation->id.v == 0) variation->id.v = id_next(ctx);
        TRY(catalog_store_put_variation(ctx, item->id, variation, i));
    }
    return OK;
}

enum err
catalog_add(struct ctx *ctx, struct catalog_item *item)
{
    const struct catalog_item nothing = {0};
    int64_t last_position;

    assert_sane(item);
    TRY(check_room(ctx, &last_position));
    item->id.v = id_next(ctx);
    TRY(check(ctx, &nothing, item));
    if (item->position < 0) item->position = calc_min(last_position + 1, CATALOG_POSITION_MAX);
    item->version = 1;
    item->deleted = false;
    item->created_us = item->updated_us = ctx->now_us;
    TRY(catalog_store_add(ctx, item));
    TRY(put_variations(ctx, item));
    return tell(ctx);
}

static enum err
fail_raced(struct ctx *ctx)
{
    return fail(ctx, ERR_DB_BUSY, "item of another writer");
}

enum err
catalog_change(struct ctx *ctx, struct catalog_item *item)
{
    struct catalog_item before;
    bool changed;

    assert_sane(item);
    TRY(catalog_find(ctx, item->id, &before));
    if (before.deleted) return fail(ctx, ERR_ITEM_UNKNOWN, "it was removed");
    if (item->version != 0 && item->version != before.version) {
        return fail(ctx, ERR_ITEM_CHANGED, "version %lld", (long long)before.version);
    }
    TRY(check(ctx, &before, item));
    if (item->position < 0) item->position = before.position;
    item->deleted = false;
    item->version = before.version + 1;
    item->created_us = before.created_us;
    item->updated_us = ctx->now_us;
    TRY(catalog_store_change(ctx, &before, item, &changed));
    if (!changed) return fail_raced(ctx);
    /* All go and those that are told come back: so two of them can exchange their SKUs. */
    TRY(catalog_store_remove_variations(ctx, item));
    TRY(put_variations(ctx, item));
    return tell(ctx);
}

/* Removed or there again, as its next version. */
static enum err
mark(struct ctx *ctx, struct catalog_item *item, bool deleted)
{
    bool changed;

    TRY(catalog_store_mark(ctx, item, deleted, &changed));
    if (!changed) return fail_raced(ctx);
    item->version++;
    item->deleted = deleted;
    item->updated_us = ctx->now_us;
    return tell(ctx);
}

enum err
catalog_remove(struct ctx *ctx, item_id id, struct catalog_item *item)
{
    TRY(catalog_find(ctx, id, item));
    if (item->deleted) return OK;
    TRY(mark(ctx, item, true));
    return catalog_store_remove_variations(ctx, item);
}

enum err
catalog_restore(struct ctx *ctx, item_id id, struct catalog_item *item)
{
    int64_t last_position;

    TRY(catalog_find(ctx, id, item));
    if (!item->deleted) return OK;
    TRY(check_room(ctx, &last_position));
    TRY(check_skus(ctx, item));
    TRY(catalog_store_restore_variations(ctx, id, item->version));
    return mark(ctx, item, false);
}

/* ---- reading ---- */

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

enum err
catalog_find_sold(struct ctx *ctx, variation_id id, struct catalog_sold *sold)
{
    return catalog_store_find_sold(ctx, id, sold);
}
