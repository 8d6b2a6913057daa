/* import_known — see import_known.h. */
#include "core/catalog/import_known.h"
#include "base/calc.h"
#include "core/catalog/catalog_store.h"

/* ---- the index ---- */

static void
open_index(struct ctx *ctx, struct known_index *index, int count)
{
    size_t room = 16;

    while (room < 2 * (size_t)count)
        room *= 2;
    index->slots = ARENA_ARRAY(ctx->arena, struct known_slot, room);
    index->mask = room - 1;
}

/* FNV-1a: quick, and spread well enough for a table that is half empty. */
static size_t
hash_of(struct str key)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < key.len; i++) {
        hash = (hash ^ (unsigned char)key.at[i]) * UINT64_C(0x100000001b3);
    }
    return (size_t)(hash ^ hash >> 32);
}

/* Where the key stands, or where it would. */
static struct known_slot *
slot_of(const struct known_index *index, struct str key)
{
    size_t at = hash_of(key) & index->mask;

    while (index->slots[at].key.at != NULL && !str_is(index->slots[at].key, key))
        at = (at + 1) & index->mask;
    return &index->slots[at];
}

static int
find(const struct known_index *index, struct str key)
{
    const struct known_slot *slot = slot_of(index, key);

    return key.len > 0 && slot->key.at != NULL ? slot->value : -1;
}

static void
put(struct known_index *index, struct str key, int value)
{
    ASSERT(key.len > 0);
    *slot_of(index, key) = (struct known_slot){key, value};
}

static struct str
id_key(const struct catalog_variation *variation)
{
    return (struct str){(const char *)&variation->id.v, sizeof variation->id.v};
}

/* ---- finding ---- */

int
known_find_name(const struct known *known, struct str key)
{
    return find(&known->by_name, key);
}

int
known_find_sku(const struct known *known, struct str sku)
{
    return find(&known->by_sku, sku);
}

int
known_find_variation(const struct known *known, variation_id id)
{
    return find(&known->by_id, (struct str){(const char *)&id.v, sizeof id.v});
}

int
known_find_category(const struct known *known, struct str key)
{
    for (int i = 0; i < known->category_count; i++) {
        if (str_is(known->categories[i].key, key)) return i;
    }
    return -1;
}

int
known_find_tax(const struct known *known, struct str key, const int64_t *rate)
{
    for (int i = 0; i < known->tax_count; i++) {
        if (str_is(known->taxes[i].key, key)) return i;
    }
    for (int i = 0; i < known->tax_count && rate != NULL; i++) {
        if (known->taxes[i].tax.rate == *rate) return i;
    }
    return -1;
}

/* ---- adding ---- */

/* Behind the others of its name. */
static void
name_item(struct known *known, int index)
{
    struct known_item *item = &known->items[index];
    int at = find(&known->by_name, item->key);

    item->next_named = -1;
    if (item->key.len == 0) return;
    if (at < 0) {
        put(&known->by_name, item->key, index);
        return;
    }
    while (known->items[at].next_named >= 0)
        at = known->items[at].next_named;
    known->items[at].next_named = index;
}

int
known_add_item(struct ctx *ctx, struct known *known, struct str name)
{
    int index = known->item_count++;

    known->last_position = calc_min(known->last_position + 1, CATALOG_POSITION_MAX);
    known->items[index] = (struct known_item){
        .item = {.name = name, .position = known->last_position},
        .key = catalog_key(ctx->arena, name),
        .first = -1,
        .last = -1,
        .is_new = true,
    };
    name_item(known, index);
    return index;
}

/* Out of the chain of those that are called like it. */
static void
unname_item(struct known *known, int index)
{
    struct known_item *item = &known->items[index];
    struct known_slot *slot = slot_of(&known->by_name, item->key);
    int *at = &slot->value;

    while (*at >= 0 && *at != index)
        at = &known->items[*at].next_named;
    if (*at == index) *at = item->next_named;
}

void
known_rename(struct ctx *ctx, struct known *known, int item, struct str name)
{
    unname_item(known, item);
    known->items[item].item.name = name;
    known->items[item].key = catalog_key(ctx->arena, name);
    name_item(known, item);
}

int
known_add_variation(struct known *known, int item)
{
    int index = known->variation_count++;
    struct known_item *of = &known->items[item];

    known->variations[index] = (struct known_variation){.item = item, .next = -1, .is_new = true};
    if (of->last < 0)
        of->first = index;
    else
        known->variations[of->last].next = index;
    of->last = index;
    of->count++;
    return index;
}

int
known_add_category(struct ctx *ctx, struct known *known, struct str name)
{
    int index = known->category_count++;

    known->categories[index] = (struct known_category){
        .category = {.name = name, .position = -1},
        .key = catalog_key(ctx->arena, name),
        .is_new = true,
    };
    return index;
}

int
known_add_tax(struct ctx *ctx, struct known *known, const struct tax *tax)
{
    int index = known->tax_count++;

    known->taxes[index] = (struct known_tax){*tax, catalog_key(ctx->arena, tax->name), true};
    return index;
}

void
known_set_sku(struct known *known, int variation, struct str sku)
{
    struct catalog_variation *of = &known->variations[variation].variation;

    if (of->sku.len > 0) slot_of(&known->by_sku, of->sku)->value = -1;
    of->sku = sku;
    put(&known->by_sku, sku, variation);
}

/* ---- reading ---- */

static void
take_item(struct ctx *ctx, struct known *known, const struct catalog_item *item)
{
    int index = known->item_count++;

    known->items[index] = (struct known_item){
        .item = *item,
        .key = catalog_key(ctx->arena, item->name),
        .first = -1,
        .last = -1,
    };
    known->last_position = calc_max(known->last_position, item->position);
    for (int i = 0; i < known->tax_count; i++) {
        if (known->taxes[i].tax.id.v == item->tax.v) known->items[index].tax = i + 1;
    }
    name_item(known, index);
    for (int i = 0; i < item->variation_count; i++) {
        int at = known_add_variation(known, index);
        struct known_variation *variation = &known->variations[at];

        variation->is_new = false;
        variation->variation = item->variations[i];
        variation->old_sku = item->variations[i].sku;
        variation->key = catalog_key(ctx->arena, item->variations[i].name);
        put(&known->by_id, id_key(&variation->variation), at);
        if (variation->old_sku.len > 0) put(&known->by_sku, variation->old_sku, at);
    }
}

static enum err
read_items(struct ctx *ctx, int row_count, struct known *known)
{
    struct catalog_item *items;
    int count, variations = row_count;

    TRY(catalog_store_list(ctx, (item_id){0}, CATALOG_ITEMS_MAX, &items, &count));
    for (int i = 0; i < count; i++) {
        variations += items[i].variation_count;
    }
    open_index(ctx, &known->by_name, count + row_count);
    open_index(ctx, &known->by_sku, variations + row_count); /* each row may give a new one */
    open_index(ctx, &known->by_id, variations);
    known->items = ARENA_ARRAY(ctx->arena, struct known_item, (size_t)(count + row_count));
    known->variations = ARENA_ARRAY(ctx->arena, struct known_variation, (size_t)variations);
    known->last_position = -1;
    for (int i = 0; i < count; i++) {
        take_item(ctx, known, &items[i]);
    }
    return OK;
}

enum err
known_read(struct ctx *ctx, int row_count, struct known *known)
{
    struct category *categories;
    struct tax *taxes;
    int category_count, tax_count;

    *known = (struct known){0};
    TRY(categories_list(ctx, &categories, &category_count));
    TRY(taxes_list(ctx, &taxes, &tax_count));
    known->categories =
        ARENA_ARRAY(ctx->arena, struct known_category, (size_t)(category_count + row_count));
    known->taxes = ARENA_ARRAY(ctx->arena, struct known_tax, (size_t)(tax_count + row_count));
    for (int i = 0; i < category_count; i++) {
        known_add_category(ctx, known, categories[i].name);
        known->categories[i].category = categories[i];
        known->categories[i].is_new = false;
    }
    for (int i = 0; i < tax_count; i++) {
        known_add_tax(ctx, known, &taxes[i]);
        known->taxes[i].is_new = false;
    }
    return read_items(ctx, row_count, known);
}
