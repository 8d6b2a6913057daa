/* import_plan — see import_plan.h. */
#include "core/catalog/import_plan.h"
#include "base/list.h"
#include "base/words.h"

/* One row on its way. */
struct plan {
    struct ctx *ctx;
    const struct plan_habits *habits;
    struct known *known;
    struct import_outcome *outcome;
    const struct import_row *row;
    struct import_fault fault;
    int item, variation; /* what it is, by index; -1: it is new */
    int category, tax;   /* what it names; -1: nothing, or new */
    bool makes_category, makes_tax;
    int64_t tax_rate; /* of a new one */
};

static bool
refuse(struct plan *plan, enum err err, enum import_column column, struct str value)
{
    plan->fault = (struct import_fault){err, column, value};
    return false;
}

/* ---- which article it is ---- */

static bool
set_variation(struct plan *plan, int variation)
{
    plan->variation = variation;
    plan->item = plan->known->variations[variation].item;
    return true;
}

/* A variation without a name is the only one, or the one without. */
static bool
is_called(const struct known_item *item, const struct known_variation *variation, struct str key)
{
    return str_is(variation->key, key) || (key.len == 0 && item->count == 1);
}

/* The one of an article that the row means, by its name; -1: none. A row with a SKU does not mean
 * one that has another. */
static int
find_called(const struct plan *plan, const struct known_item *item, struct str key)
{
    for (int i = item->first; i >= 0; i = plan->known->variations[i].next) {
        const struct known_variation *variation = &plan->known->variations[i];
        bool may_be = plan->row->sku.len == 0 || variation->variation.sku.len == 0;

        if (may_be && is_called(item, variation, key)) return i;
    }
    return -1;
}

/* By the names of article and variation. */
static bool
find_by_name(struct plan *plan)
{
    const struct import_row *row = plan->row;
    struct str key = catalog_key(plan->ctx->arena, row->variation);
    int first = known_find_name(plan->known, catalog_key(plan->ctx->arena, row->name));
    int items = 0, found = 0;

    for (int i = first; i >= 0; i = plan->known->items[i].next_named) {
        int called = find_called(plan, &plan->known->items[i], key);

        items++;
        if (called < 0) continue;
        found++;
        set_variation(plan, called);
    }
    if (found > 1) return refuse(plan, ERR_IMPORT_AMBIGUOUS, IMPORT_NAME, row->name);
    if (found == 1 || items == 0) return true;
    /* An article of this name, and none of its variations: another variation, or another article
     * of which the SKU will tell. */
    if (row->variation.len == 0 && row->sku.len > 0) return true;
    if (row->variation.len == 0 || items > 1) {
        return refuse(plan, ERR_IMPORT_AMBIGUOUS, IMPORT_NAME, row->name);
    }
    plan->item = first;
    return true;
}

static bool
find_target(struct plan *plan)
{
    const struct import_row *row = plan->row;
    int by_sku = known_find_sku(plan->known, row->sku);

    plan->item = plan->variation = -1;
    if (row->id.v != 0) {
        int by_id = known_find_variation(plan->known, row->id);
        if (by_id < 0) {
            return refuse(plan, ERR_VARIATION_UNKNOWN, IMPORT_ID,
                          id_format(plan->ctx->arena, ID_variation, row->id.v));
        }
        if (by_sku >= 0 && by_sku != by_id) {
            return refuse(plan, ERR_SKU_TAKEN, IMPORT_SKU, row->sku);
        }
        return set_variation(plan, by_id);
    }
    return by_sku >= 0 ? set_variation(plan, by_sku) : find_by_name(plan);
}

/* ---- what else it names ---- */

/* "5,5 %": a rate. */
static bool
is_rate(struct plan *plan, int64_t *rate)
{
    struct str text = plan->row->tax;
    char *plain = arena_alloc(plan->ctx->arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool is_number = (c >= '0' && c <= '9') || c == '.';
        if (is_number || c == ',')
            plain[len++] = c == ',' ? '.' : c;
        else if (c != '%' && c != ' ' && (unsigned char)c < 0x80)
            return false;
    }
    return tax_parse_rate((struct str){plain, len}, rate) == OK;
}

static bool
find_tax(struct plan *plan)
{
    struct str text = plan->row->tax;
    bool rated = is_rate(plan, &plan->tax_rate);

    plan->tax = -1;
    if (text.len == 0) return true;
    plan->tax = known_find_tax(plan->known, catalog_key(plan->ctx->arena, text),
                               rated ? &plan->tax_rate : NULL);
    if (plan->tax >= 0) return true;
    if (!rated) return refuse(plan, ERR_FIELD_VALUE, IMPORT_TAX, text);
    if (plan->known->tax_count >= TAXES_MAX) {
        return refuse(plan, ERR_TAXES_FULL, IMPORT_TAX, text);
    }
    plan->makes_tax = true;
    return true;
}

static bool
find_category(struct plan *plan)
{
    struct str name = plan->row->category;

    plan->category = -1;
    if (name.len == 0) return true;
    plan->category = known_find_category(plan->known, catalog_key(plan->ctx->arena, name));
    if (plan->category >= 0) return true;
    if (plan->known->category_count >= CATEGORIES_MAX) {
        return refuse(plan, ERR_CATEGORIES_FULL, IMPORT_CATEGORY, name);
    }
    plan->makes_category = true;
    return true;
}

/* ---- whether it can be taken ---- */

/* New categories and taxes have no id yet: their place in the list tells them apart. */
static bool
is_in_category(const struct plan *plan, const struct known_item *item)
{
    const struct known *known = plan->known;

    if (plan->category < 0) return false;
    return str_is(known->categories[plan->category].category.name, item->item.category_name);
}

/* What the rows of one article say of it is the same. */
static bool
check_agrees(struct plan *plan)
{
    const struct import_row *row = plan->row;
    const struct known_item *item = &plan->known->items[plan->item];

    if (item->line == 0) return true;
    if (!str_is(item->key, catalog_key(plan->ctx->arena, row->name))) {
        return refuse(plan, ERR_IMPORT_DIFFERS, IMPORT_NAME, row->name);
    }
    if (row->category.len > 0 && item->told_category && !is_in_category(plan, item)) {
        return refuse(plan, ERR_IMPORT_DIFFERS, IMPORT_CATEGORY, row->category);
    }
    if (row->tax.len > 0 && item->told_tax && item->tax != plan->tax + 1) {
        return refuse(plan, ERR_IMPORT_DIFFERS, IMPORT_TAX, row->tax);
    }
    return true;
}

static bool
check_room(struct plan *plan)
{
    const struct known *known = plan->known;

    if (plan->item < 0 && known->item_count >= CATALOG_ITEMS_MAX) {
        return refuse(plan, ERR_CATALOG_FULL, IMPORT_NAME, plan->row->name);
    }
    if (plan->item < 0 || plan->variation >= 0) return true;
    if (known->items[plan->item].count >= CATALOG_VARIATIONS_MAX) {
        return refuse(plan, ERR_CATALOG_FULL, IMPORT_VARIATION, plan->row->variation);
    }
    return true;
}

static bool
can_be_taken(struct plan *plan)
{
    if (plan->row->fault.err != OK) {
        plan->fault = plan->row->fault;
        return false;
    }
    if (!find_target(plan)) return false;
    if (plan->variation >= 0 && plan->known->variations[plan->variation].line != 0) {
        return refuse(plan, ERR_IMPORT_TWICE, IMPORT_NAME, plan->row->name);
    }
    if (!check_room(plan) || !find_category(plan) || !find_tax(plan)) return false;
    return plan->item < 0 || check_agrees(plan);
}

/* ---- taking it ---- */

static void
make_what_it_names(struct plan *plan)
{
    if (plan->makes_category) {
        plan->category = known_add_category(plan->ctx, plan->known, plan->row->category);
    }
    if (!plan->makes_tax) return;
    struct tax tax = {.rate = plan->tax_rate, .included = plan->habits->taxes_included};
    struct str text = str_trim(plan->row->tax);
    if (text.at[text.len - 1] == '%') text = str_trim((struct str){text.at, text.len - 1});
    tax.name = words_text(plan->ctx->arena, plan->habits->language, "catalog.tax",
                          WORDS_VALUES({"rate", text}));
    plan->tax = known_add_tax(plan->ctx, plan->known, &tax);
}

/* The article's own part; true when that changes it. */
static bool
take_item(struct plan *plan)
{
    const struct import_row *row = plan->row;
    struct known *known = plan->known;
    bool is_changed = false;

    if (plan->item < 0) plan->item = known_add_item(plan->ctx, known, row->name);
    struct known_item *item = &known->items[plan->item];
    /* The first row of an article says how its name is written. */
    if (item->line == 0 && !str_is(item->item.name, row->name)) {
        known_rename(plan->ctx, known, plan->item, row->name);
        is_changed = true;
    }
    if (item->line == 0) item->line = row->line;
    item->told_category = item->told_category || plan->category >= 0;
    item->told_tax = item->told_tax || plan->tax >= 0;
    if (plan->category >= 0 && !is_in_category(plan, item)) {
        item->item.category_name = known->categories[plan->category].category.name;
        is_changed = true;
    }
    if (plan->tax >= 0 && item->tax != plan->tax + 1) {
        item->tax = plan->tax + 1;
        is_changed = true;
    }
    item->is_changed = item->is_changed || is_changed;
    return is_changed;
}

static bool
take_price(const struct import_row *row, struct catalog_variation *variation)
{
    if (row->is_priceless && variation->has_price) {
        variation->has_price = false;
        variation->price_minor = 0;
        return true;
    }
    if (!row->has_price) return false;
    if (variation->has_price && variation->price_minor == row->price_minor) return false;
    variation->has_price = true;
    variation->price_minor = row->price_minor;
    return true;
}

static bool
take_variation(struct plan *plan)
{
    const struct import_row *row = plan->row;
    struct known *known = plan->known;

    if (plan->variation < 0) plan->variation = known_add_variation(known, plan->item);
    struct known_variation *variation = &known->variations[plan->variation];
    bool is_changed = take_price(row, &variation->variation);

    variation->line = row->line;
    if (row->variation.len > 0 && !str_is(variation->variation.name, row->variation)) {
        variation->variation.name = row->variation;
        variation->key = catalog_key(plan->ctx->arena, row->variation);
        is_changed = true;
    }
    if (row->sku.len > 0 && !str_is(variation->variation.sku, row->sku)) {
        known_set_sku(known, plan->variation, row->sku);
        is_changed = true;
    }
    variation->is_changed = is_changed;
    return is_changed;
}

/* ---- telling it ---- */

static void
add_sample(struct plan *plan, bool is_new, const struct catalog_variation *before)
{
    struct import_outcome *outcome = plan->outcome;
    const struct known *known = plan->known;
    const struct known_item *item = &known->items[plan->item];
    const struct catalog_variation *variation = &known->variations[plan->variation].variation;

    if (outcome->sample_count == IMPORT_SAMPLES_MAX) return;
    const struct import_sample sample = {
        .line = plan->row->line,
        .is_new = is_new,
        .name = item->item.name,
        .variation = variation->name,
        .sku = variation->sku,
        .category_name = item->item.category_name,
        .tax_name = item->tax > 0 ? known->taxes[item->tax - 1].tax.name : STR(""),
        .has_price = variation->has_price,
        .price_minor = variation->price_minor,
        .had_price = before->has_price,
        .before_minor = before->price_minor,
    };
    LIST_ADD(plan->ctx->arena, outcome->samples, outcome->sample_count, sample);
}

static void
add_refusal(struct plan *plan)
{
    struct import_outcome *outcome = plan->outcome;
    const struct import_refusal refusal = {plan->row->line, plan->fault};

    outcome->refused++;
    if (outcome->refusal_count == IMPORT_REFUSED_MAX) return;
    LIST_ADD(plan->ctx->arena, outcome->refusals, outcome->refusal_count, refusal);
}

static void
plan_row(struct plan *plan)
{
    struct catalog_variation before = {0};

    plan->outcome->rows++;
    if (!can_be_taken(plan)) {
        add_refusal(plan);
        return;
    }
    bool is_new = plan->variation < 0;
    if (!is_new) before = plan->known->variations[plan->variation].variation;
    make_what_it_names(plan);
    bool is_item_changed = take_item(plan);
    bool is_changed = take_variation(plan) || is_item_changed;
    if (is_new)
        plan->outcome->added++;
    else if (is_changed)
        plan->outcome->changed++;
    else
        plan->outcome->same++;
    if (is_new || is_changed) add_sample(plan, is_new, &before);
}

void
plan_rows(struct ctx *ctx, const struct plan_habits *habits, struct known *known,
          struct import_outcome *outcome)
{
    for (int i = 0; i < outcome->read.count; i++) {
        struct plan plan = {
            .ctx = ctx,
            .habits = habits,
            .known = known,
            .outcome = outcome,
            .row = &outcome->read.at[i],
        };
        plan_row(&plan);
    }
}
