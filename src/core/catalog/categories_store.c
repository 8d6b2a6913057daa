/* categories_store — see categories_store.h. */
#include "core/catalog/categories_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(add_category, "INSERT INTO catalog_category (merchant_id, id, version, name, name_key,"
                     "                              position, deleted, created_us, updated_us)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

enum err
categories_store_add(struct ctx *ctx, const struct category *category)
{
    return db_exec(ctx, &add_category,
                   DB_BIND(db_int(ctx->merchant.v), db_int(category->id.v),
                           db_int(category->version), db_text(category->name),
                           db_text(catalog_key(ctx->arena, category->name)),
                           db_int(category->position), db_bool(category->deleted),
                           db_int(category->created_us), db_int(category->updated_us)));
}

DB_SQL(change_category, "UPDATE catalog_category"
                        "   SET version = $4, name = $5, name_key = $6, position = $7,"
                        "       deleted = $8, updated_us = $9"
                        " WHERE merchant_id = $1 AND id = $2 AND version = $3");

enum err
categories_store_change(struct ctx *ctx, const struct category *before,
                        const struct category *after, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &change_category,
                  DB_BIND(db_int(ctx->merchant.v), db_int(after->id.v), db_int(before->version),
                          db_int(after->version), db_text(after->name),
                          db_text(catalog_key(ctx->arena, after->name)), db_int(after->position),
                          db_bool(after->deleted), db_int(after->updated_us)),
                  &count));
    *changed = count == 1;
    return OK;
}

#define CATEGORY_COLUMNS "id, version, name, position, deleted, created_us, updated_us"

static struct category
read_category(struct db_rows *rows)
{
    return (struct category){
        .id = {db_col_int(rows, 0)},
        .version = db_col_int(rows, 1),
        .name = db_col_text(rows, 2),
        .position = db_col_int(rows, 3),
        .deleted = db_col_bool(rows, 4),
        .created_us = db_col_int(rows, 5),
        .updated_us = db_col_int(rows, 6),
    };
}

DB_SQL(find_category, "SELECT " CATEGORY_COLUMNS "  FROM catalog_category"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
categories_store_find(struct ctx *ctx, category_id id, struct category *category)
{
    struct db_rows *rows =
        db_query(ctx, &find_category, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *category = read_category(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_CATEGORY_UNKNOWN, "category %lld", (long long)id.v);
}

DB_SQL(list_categories, "SELECT " CATEGORY_COLUMNS "  FROM catalog_category"
                        " WHERE merchant_id = $1 AND NOT deleted"
                        " ORDER BY position, id");

enum err
categories_store_list(struct ctx *ctx, struct category **categories, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_categories, DB_BIND(db_int(ctx->merchant.v)));

    *categories = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *categories, *count, read_category(rows));
    }
    return db_done(rows);
}

DB_SQL(find_category_name, "SELECT id"
                           "  FROM catalog_category"
                           " WHERE merchant_id = $1 AND name_key = $2 AND NOT deleted");

enum err
categories_store_find_name(struct ctx *ctx, struct str key, category_id *id)
{
    struct db_rows *rows =
        db_query(ctx, &find_category_name, DB_BIND(db_int(ctx->merchant.v), db_text(key)));

    id->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(measure_categories, "SELECT COUNT(*), COALESCE(MAX(position), -1)"
                           "  FROM catalog_category"
                           " WHERE merchant_id = $1 AND NOT deleted");

enum err
categories_store_measure(struct ctx *ctx, int64_t *count, int64_t *last_position)
{
    struct db_rows *rows = db_query(ctx, &measure_categories, DB_BIND(db_int(ctx->merchant.v)));

    *count = 0;
    *last_position = -1;
    if (db_next(rows)) {
        *count = db_col_int(rows, 0);
        *last_position = db_col_int(rows, 1);
    }
    return db_done(rows);
}
