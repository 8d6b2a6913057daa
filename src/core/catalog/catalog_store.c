/* catalog_store — see catalog_store.h. */
#include "core/catalog/catalog_store.h"
#include "base/list.h"
#include "db/db.h"

/* ---- articles ---- */
DB_SQL(add_item, "INSERT INTO catalog_item (merchant_id, id, version, name, name_key, category_id,"
                 "                          tax_id, position, deleted, created_us, updated_us)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

enum err
catalog_store_add(struct ctx *ctx, const struct catalog_item *item)
{
    return db_exec(ctx, &add_item,
                   DB_BIND(db_int(ctx->merchant.v), db_int(item->id.v), db_int(item->version),
                           db_text(item->name), db_text(catalog_key(ctx->arena, item->name)),
                           db_int_or_null(item->category.v), db_int_or_null(item->tax.v),
                           db_int(item->position), db_bool(item->deleted), db_int(item->created_us),
                           db_int(item->updated_us)));
}

DB_SQL(change_item, "UPDATE catalog_item"
                    "   SET version = $4, name = $5, name_key = $6, category_id = $7, tax_id = $8,"
                    "       position = $9, deleted = $10, updated_us = $11"
                    " WHERE merchant_id = $1 AND id = $2 AND version = $3");

enum err
catalog_store_change(struct ctx *ctx, const struct catalog_item *before,
                     const struct catalog_item *after, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &change_item,
                  DB_BIND(db_int(ctx->merchant.v), db_int(after->id.v), db_int(before->version),
                          db_int(after->version), db_text(after->name),
                          db_text(catalog_key(ctx->arena, after->name)),
                          db_int_or_null(after->category.v), db_int_or_null(after->tax.v),
                          db_int(after->position), db_bool(after->deleted),
                          db_int(after->updated_us)),
                  &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(mark_item, "UPDATE catalog_item"
                  "   SET version = version + 1, deleted = $4, updated_us = $5"
                  " WHERE merchant_id = $1 AND id = $2 AND version = $3");

enum err
catalog_store_mark(struct ctx *ctx, const struct catalog_item *before, bool deleted, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &mark_item,
                  DB_BIND(db_int(ctx->merchant.v), db_int(before->id.v), db_int(before->version),
                          db_bool(deleted), db_int(ctx->now_us)),
                  &count));
    *changed = count == 1;
    return OK;
}

/* ---- reading: one row for each variation, with its article in front ---- */
#define ITEM_COLUMNS                                                                               \
    "i.id, i.version, i.name, c.id, c.name, t.id, i.position, i.deleted, i.created_us,"            \
    " i.updated_us, v.id, v.name, v.sku, v.price_minor"
#define ITEM_JOINS                                                                                 \
    "  LEFT JOIN catalog_category c"                                                               \
    "    ON c.merchant_id = i.merchant_id AND c.id = i.category_id AND NOT c.deleted"              \
    "  LEFT JOIN catalog_tax t"                                                                    \
    "    ON t.merchant_id = i.merchant_id AND t.id = i.tax_id AND NOT t.deleted"                   \
    "  JOIN catalog_variation v ON v.merchant_id = i.merchant_id AND v.item_id = i.id"

static struct catalog_item
read_item(struct db_rows *rows)
{
    return (struct catalog_item){
        .id = {db_col_int(rows, 0)},
        .version = db_col_int(rows, 1),
        .name = db_col_text(rows, 2),
        .category = {db_col_int(rows, 3)},
        .category_name = db_col_text(rows, 4),
        .tax = {db_col_int(rows, 5)},
        .position = db_col_int(rows, 6),
        .deleted = db_col_bool(rows, 7),
        .created_us = db_col_int(rows, 8),
        .updated_us = db_col_int(rows, 9),
    };
}

static struct catalog_variation
read_variation(struct db_rows *rows)
{
    return (struct catalog_variation){
        .id = {db_col_int(rows, 10)},
        .name = db_col_text(rows, 11),
        .sku = db_col_text(rows, 12),
        .has_price = !db_col_is_null(rows, 13),
        .price_minor = db_col_int(rows, 13),
    };
}

/* The rows of one article stand together, and so do its variations in one list of all. */
static enum err
read_items(struct ctx *ctx, struct db_rows *rows, struct catalog_item **items, int *count)
{
    struct catalog_variation *variations = NULL;
    int variation_count = 0;

    *items = NULL;
    *count = 0;
    while (db_next(rows)) {
        if (*count == 0 || (*items)[*count - 1].id.v != db_col_int(rows, 0)) {
            LIST_ADD(ctx->arena, *items, *count, read_item(rows));
        }
        LIST_ADD(ctx->arena, variations, variation_count, read_variation(rows));
        (*items)[*count - 1].variation_count++;
    }
    for (int i = 0, from = 0; i < *count; i++) {
        (*items)[i].variations = &variations[from];
        from += (*items)[i].variation_count;
    }
    return db_done(rows);
}

/* What went away with the article's last version was its own to the end. */
DB_SQL(find_item, "SELECT " ITEM_COLUMNS "  FROM catalog_item i" ITEM_JOINS
                  "   AND (v.removed_in IS NULL OR (i.deleted AND v.removed_in = i.version))"
                  " WHERE i.merchant_id = $1 AND i.id = $2"
                  " ORDER BY v.position, v.id");

enum err
catalog_store_find(struct ctx *ctx, item_id id, struct catalog_item *item)
{
    struct catalog_item *items;
    int count;

    TRY(read_items(ctx, db_query(ctx, &find_item, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))),
                   &items, &count));
    if (count == 0) return fail(ctx, ERR_ITEM_UNKNOWN, "item %lld", (long long)id.v);
    ASSERT(count == 1);
    *item = items[0];
    return OK;
}

DB_SQL(find_place, "SELECT position FROM catalog_item WHERE merchant_id = $1 AND id = $2");

/* The one that a page begins behind is there still: rows are not removed. */
static enum err
find_place_of(struct ctx *ctx, item_id id, int64_t *position)
{
    struct db_rows *rows =
        db_query(ctx, &find_place, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    *position = found ? db_col_int(rows, 0) : -1;
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_ITEM_UNKNOWN, "item %lld", (long long)id.v);
}

DB_SQL(list_items, "SELECT " ITEM_COLUMNS "  FROM (SELECT merchant_id, id, version, name,"
                   "               category_id, tax_id, position, deleted, created_us, updated_us"
                   "          FROM catalog_item"
                   "         WHERE merchant_id = $1 AND NOT deleted AND (position, id) > ($2, $3)"
                   "         ORDER BY position, id"
                   "         LIMIT $4) AS i" ITEM_JOINS "   AND v.removed_in IS NULL"
                   " ORDER BY i.position, i.id, v.position, v.id");

enum err
catalog_store_list(struct ctx *ctx, item_id after, int limit, struct catalog_item **items,
                   int *count)
{
    int64_t position = -1;

    *items = NULL;
    *count = 0;
    if (after.v != 0) TRY(find_place_of(ctx, after, &position));
    return read_items(ctx,
                      db_query(ctx, &list_items,
                               DB_BIND(db_int(ctx->merchant.v), db_int(position), db_int(after.v),
                                       db_int(limit))),
                      items, count);
}

DB_SQL(measure_items, "SELECT COUNT(*), COALESCE(MAX(position), -1)"
                      "  FROM catalog_item"
                      " WHERE merchant_id = $1 AND NOT deleted");

enum err
catalog_store_measure(struct ctx *ctx, int64_t *count, int64_t *last_position)
{
    struct db_rows *rows = db_query(ctx, &measure_items, DB_BIND(db_int(ctx->merchant.v)));

    *count = 0;
    *last_position = -1;
    if (db_next(rows)) {
        *count = db_col_int(rows, 0);
        *last_position = db_col_int(rows, 1);
    }
    return db_done(rows);
}

/* ---- variations ---- */
DB_SQL(put_variation,
       "INSERT INTO catalog_variation (merchant_id, id, item_id, name, sku, price_minor, position)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7)"
       " ON CONFLICT (merchant_id, id) DO UPDATE"
       "   SET name = EXCLUDED.name, sku = EXCLUDED.sku, price_minor = EXCLUDED.price_minor,"
       "       position = EXCLUDED.position, removed_in = NULL");

enum err
catalog_store_put_variation(struct ctx *ctx, item_id item,
                            const struct catalog_variation *variation, int position)
{
    struct db_arg price = db_int(variation->price_minor);

    price.is_null = !variation->has_price;
    return db_exec(ctx, &put_variation,
                   DB_BIND(db_int(ctx->merchant.v), db_int(variation->id.v), db_int(item.v),
                           db_text(variation->name), db_text(variation->sku), price,
                           db_int(position)));
}

DB_SQL(remove_variations, "UPDATE catalog_variation"
                          "   SET removed_in = $3"
                          " WHERE merchant_id = $1 AND item_id = $2 AND removed_in IS NULL");

enum err
catalog_store_remove_variations(struct ctx *ctx, const struct catalog_item *item)
{
    return db_exec(ctx, &remove_variations,
                   DB_BIND(db_int(ctx->merchant.v), db_int(item->id.v), db_int(item->version)));
}

DB_SQL(restore_variations, "UPDATE catalog_variation"
                           "   SET removed_in = NULL"
                           " WHERE merchant_id = $1 AND item_id = $2 AND removed_in = $3");

enum err
catalog_store_restore_variations(struct ctx *ctx, item_id item, int64_t version)
{
    return db_exec(ctx, &restore_variations,
                   DB_BIND(db_int(ctx->merchant.v), db_int(item.v), db_int(version)));
}

DB_SQL(clear_sku, "UPDATE catalog_variation"
                  "   SET sku = ''"
                  " WHERE merchant_id = $1 AND id = $2");

enum err
catalog_store_clear_sku(struct ctx *ctx, variation_id id)
{
    return db_exec(ctx, &clear_sku, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

DB_SQL(find_sku, "SELECT item_id"
                 "  FROM catalog_variation"
                 " WHERE merchant_id = $1 AND sku = $2 AND sku <> '' AND removed_in IS NULL");

enum err
catalog_store_find_sku(struct ctx *ctx, struct str sku, item_id *item)
{
    struct db_rows *rows = db_query(ctx, &find_sku, DB_BIND(db_int(ctx->merchant.v), db_text(sku)));

    item->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(find_sold, "SELECT i.id, i.name, v.name, v.sku, v.price_minor, c.id, c.name, t.rate,"
                  "       t.included"
                  "  FROM catalog_variation v"
                  "  JOIN catalog_item i ON i.merchant_id = v.merchant_id AND i.id = v.item_id"
                  "  LEFT JOIN catalog_category c"
                  "    ON c.merchant_id = i.merchant_id AND c.id = i.category_id AND NOT c.deleted"
                  "  LEFT JOIN catalog_tax t"
                  "    ON t.merchant_id = i.merchant_id AND t.id = i.tax_id AND NOT t.deleted"
                  " WHERE v.merchant_id = $1 AND v.id = $2");

static struct catalog_sold
read_sold(struct ctx *ctx, struct db_rows *rows, variation_id id)
{
    struct str name = db_col_text(rows, 1), variation = db_col_text(rows, 2);

    if (variation.len > 0) {
        name = str_format(ctx->arena, "%.*s, %.*s", STR_ARG(name), STR_ARG(variation));
    }
    return (struct catalog_sold){
        .item = {db_col_int(rows, 0)},
        .variation = id,
        .name = name,
        .sku = db_col_text(rows, 3),
        .has_price = !db_col_is_null(rows, 4),
        .price_minor = db_col_int(rows, 4),
        .category = {db_col_int(rows, 5)},
        .category_name = db_col_text(rows, 6),
        .tax_rate = db_col_int(rows, 7),
        .tax_included = db_col_bool(rows, 8),
    };
}

enum err
catalog_store_find_sold(struct ctx *ctx, variation_id id, struct catalog_sold *sold)
{
    struct db_rows *rows =
        db_query(ctx, &find_sold, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *sold = read_sold(ctx, rows, id);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_VARIATION_UNKNOWN, "variation %lld", (long long)id.v);
}
