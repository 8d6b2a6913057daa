/* import — see import.h. */
#include "core/catalog/import.h"
#include "base/currency.h"
#include "core/catalog/catalog_store.h"
#include "core/catalog/import_plan.h"
#include "core/merchants/merchants.h"
#include "db/write_lane.h"

/* Where shelf prices are without the tax; everywhere else it is in them. */
static bool
adds_taxes(struct str country)
{
    return str_is(country, STR("US")) || str_is(country, STR("CA"));
}

static enum err
plan(struct ctx *ctx, struct str bytes, struct import_outcome *outcome, struct known *known)
{
    struct merchant merchant;

    *outcome = (struct import_outcome){0};
    TRY(merchants_find(ctx, &merchant));
    const struct plan_habits habits = {
        .language = merchant.language,
        .taxes_included = !adds_taxes(merchant.country),
    };
    TRY(import_rows_read(ctx, bytes, currency_decimals(merchant.currency), &outcome->read));
    TRY(known_read(ctx, outcome->read.count, known));
    plan_rows(ctx, &habits, known, outcome);
    return OK;
}

enum err
catalog_import_preview(struct ctx *ctx, struct str bytes, struct import_outcome *outcome)
{
    struct known known;

    return plan(ctx, bytes, outcome, &known);
}

/* ---- writing ---- */

static enum err
make_categories_and_taxes(struct ctx *ctx, struct known *known)
{
    for (int i = 0; i < known->category_count; i++) {
        if (known->categories[i].is_new) TRY(categories_add(ctx, &known->categories[i].category));
    }
    for (int i = 0; i < known->tax_count; i++) {
        if (known->taxes[i].is_new) TRY(taxes_add(ctx, &known->taxes[i].tax));
    }
    return OK;
}

static category_id
category_of(const struct known *known, const struct known_item *item)
{
    struct str name = item->item.category_name;

    for (int i = 0; i < known->category_count && name.len > 0; i++) {
        if (str_is(known->categories[i].category.name, name)) {
            return known->categories[i].category.id;
        }
    }
    return (category_id){0};
}

static enum err
put_item(struct ctx *ctx, const struct known *known, struct known_item *item)
{
    struct catalog_item before = item->item;
    bool changed;

    item->item.category = category_of(known, item);
    item->item.tax = item->tax > 0 ? known->taxes[item->tax - 1].tax.id : (tax_id){0};
    item->item.updated_us = ctx->now_us;
    item->item.version++;
    if (!item->is_new) {
        TRY(catalog_store_change(ctx, &before, &item->item, &changed));
        return changed ? OK : fail(ctx, ERR_DB_BUSY, "item of another writer");
    }
    item->item.id.v = id_next(ctx);
    item->item.created_us = ctx->now_us;
    return catalog_store_add(ctx, &item->item);
}

/* The places of an article's variations; a new one stands behind the others. */
static enum err
put_variations(struct ctx *ctx, const struct known *known, const struct known_item *item)
{
    int place = 0;

    for (int i = item->first; i >= 0; i = known->variations[i].next) {
        struct known_variation *variation = &known->variations[i];

        if (variation->is_new) variation->variation.id.v = id_next(ctx);
        if (variation->is_new || variation->is_changed) {
            TRY(catalog_store_put_variation(ctx, item->item.id, &variation->variation, place));
        }
        place++;
    }
    return OK;
}

/* Before any of them gets a new one: two may exchange theirs. */
static enum err
free_skus(struct ctx *ctx, const struct known *known)
{
    for (int i = 0; i < known->variation_count; i++) {
        const struct known_variation *variation = &known->variations[i];
        bool keeps = str_is(variation->old_sku, variation->variation.sku);

        if (variation->is_new || keeps || variation->old_sku.len == 0) continue;
        TRY(catalog_store_clear_sku(ctx, variation->variation.id));
    }
    return OK;
}

static bool
has_news(const struct known *known, const struct known_item *item)
{
    if (item->is_new || item->is_changed) return true;
    for (int i = item->first; i >= 0; i = known->variations[i].next) {
        if (known->variations[i].is_new || known->variations[i].is_changed) return true;
    }
    return false;
}

enum err
catalog_import_apply(struct ctx *ctx, struct str bytes, struct import_outcome *outcome)
{
    struct known known;

    TRY(plan(ctx, bytes, outcome, &known));
    if (outcome->added + outcome->changed == 0) return OK;
    TRY(make_categories_and_taxes(ctx, &known));
    TRY(free_skus(ctx, &known));
    for (int i = 0; i < known.item_count; i++) {
        if (!has_news(&known, &known.items[i])) continue;
        TRY(put_item(ctx, &known, &known.items[i]));
        TRY(put_variations(ctx, &known, &known.items[i]));
    }
    return write_live_hint(ctx, STR("merchant"), STR("settings"));
}
