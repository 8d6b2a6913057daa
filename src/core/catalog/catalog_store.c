/* catalog_store — see catalog_store.h. */
#include "core/catalog/catalog_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(add_item, "INSERT INTO catalog_item (merchant_id, id, version, name, category, price_minor,"
                 "                          position, deleted, created_us, updated_us)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

enum err
catalog_store_add(struct ctx *ctx, const struct catalog_item *item)
{
    return db_exec(ctx, &add_item,
                   DB_BIND(db_int(ctx->merchant.v), db_int(item->id.v), db_int(item->version),
                           db_text(item->name), db_text(item->category), db_int(item->price_minor),
                           db_int(item->position), db_bool(item->deleted), db_int(item->created_us),
                           db_int(item->updated_us)));
}

DB_SQL(change_item, "UPDATE catalog_item"
                    "   SET version = $4, name = $5, category = $6, price_minor = $7,"
                    "       position = $8, deleted = $9, updated_us = $10"
                    " WHERE merchant_id = $1 AND id = $2 AND version = $3");

enum err
catalog_store_change(struct ctx *ctx, const struct catalog_item *before,
                     const struct catalog_item *after, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &change_item,
                  DB_BIND(db_int(ctx->merchant.v), db_int(after->id.v), db_int(before->version),
                          db_int(after->version), db_text(after->name), db_text(after->category),
                          db_int(after->price_minor), db_int(after->position),
                          db_bool(after->deleted), db_int(after->updated_us)),
                  &count));
    *changed = count == 1;
    return OK;
}

#define ITEM_COLUMNS                                                                               \
    "id, version, name, category, price_minor, position, deleted, created_us, updated_us"

static struct catalog_item
read_item(struct db_rows *rows)
{
    return (struct catalog_item){
        .id = {db_col_int(rows, 0)},
        .version = db_col_int(rows, 1),
        .name = db_col_text(rows, 2),
        .category = db_col_text(rows, 3),
        .price_minor = db_col_int(rows, 4),
        .position = db_col_int(rows, 5),
        .deleted = db_col_bool(rows, 6),
        .created_us = db_col_int(rows, 7),
        .updated_us = db_col_int(rows, 8),
    };
}

DB_SQL(find_item, "SELECT " ITEM_COLUMNS "  FROM catalog_item"
                  " WHERE merchant_id = $1 AND id = $2");

enum err
catalog_store_find(struct ctx *ctx, item_id id, struct catalog_item *item)
{
    struct db_rows *rows =
        db_query(ctx, &find_item, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *item = read_item(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_ITEM_UNKNOWN, "item %lld", (long long)id.v);
}

/* The one that the page begins behind is there still: rows are not removed. */
DB_SQL(list_items, "SELECT " ITEM_COLUMNS "  FROM catalog_item"
                   " WHERE merchant_id = $1 AND NOT deleted"
                   "   AND (position, id) > ($2, $3)"
                   " ORDER BY position, id"
                   " LIMIT $4");

enum err
catalog_store_list(struct ctx *ctx, item_id after, int limit, struct catalog_item **items,
                   int *count)
{
    struct catalog_item last = {.position = -1};

    *items = NULL;
    *count = 0;
    if (after.v != 0) TRY(catalog_store_find(ctx, after, &last));

    struct db_rows *rows = db_query(
        ctx, &list_items,
        DB_BIND(db_int(ctx->merchant.v), db_int(last.position), db_int(last.id.v), db_int(limit)));
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *items, *count, read_item(rows));
    }
    return db_done(rows);
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
