/* match_store — see match_store.h. */
#include "core/catalog/match_store.h"
#include "base/list.h"
#include "db/db.h"

/* SQL has no lists as parameters on both engines: so many places, of which some stay empty. */
#define PLACES                                                                                     \
    "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"      \
    " $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)"
enum { ARGS = MATCH_BATCH + 1 };

static enum err
read_matched(struct ctx *ctx, const struct db_sql *sql, const struct db_arg args[ARGS],
             struct matched **found, int *count)
{
    struct db_rows *rows = db_query(ctx, sql, args, ARGS);

    *found = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct matched match = {
            .variation = {db_col_int(rows, 0)},
            .category = {db_col_int(rows, 1)},
            .text = db_col_text(rows, 2),
        };
        LIST_ADD(ctx->arena, *found, *count, match);
    }
    return db_done(rows);
}

static enum err
read_by_text(struct ctx *ctx, const struct db_sql *sql, const struct str texts[MATCH_BATCH],
             struct matched **found, int *count)
{
    struct db_arg args[ARGS] = {db_int(ctx->merchant.v)};

    for (int i = 0; i < MATCH_BATCH; i++) {
        args[i + 1] = db_text(texts[i]);
    }
    return read_matched(ctx, sql, args, found, count);
}

DB_SQL(match_ids, "SELECT v.id, c.id, ''"
                  "  FROM catalog_variation v"
                  "  JOIN catalog_item i ON i.merchant_id = v.merchant_id AND i.id = v.item_id"
                  "  LEFT JOIN catalog_category c"
                  "    ON c.merchant_id = i.merchant_id AND c.id = i.category_id AND NOT c.deleted"
                  " WHERE v.merchant_id = $1 AND v.id IN " PLACES);

enum err
match_store_by_id(struct ctx *ctx, const int64_t ids[MATCH_BATCH], struct matched **found,
                  int *count)
{
    struct db_arg args[ARGS] = {db_int(ctx->merchant.v)};

    for (int i = 0; i < MATCH_BATCH; i++) {
        args[i + 1] = db_int(ids[i]);
    }
    return read_matched(ctx, &match_ids, args, found, count);
}

DB_SQL(match_skus, "SELECT v.id, c.id, v.sku"
                   "  FROM catalog_variation v"
                   "  JOIN catalog_item i ON i.merchant_id = v.merchant_id AND i.id = v.item_id"
                   "  LEFT JOIN catalog_category c"
                   "    ON c.merchant_id = i.merchant_id AND c.id = i.category_id AND NOT c.deleted"
                   " WHERE v.merchant_id = $1 AND v.sku <> '' AND v.removed_in IS NULL"
                   "   AND v.sku IN " PLACES);

enum err
match_store_by_sku(struct ctx *ctx, const struct str skus[MATCH_BATCH], struct matched **found,
                   int *count)
{
    return read_by_text(ctx, &match_skus, skus, found, count);
}

DB_SQL(match_names,
       "SELECT CASE WHEN COUNT(v.id) = 1 THEN MIN(v.id) ELSE 0 END, MIN(c.id), i.name_key"
       "  FROM catalog_item i"
       "  JOIN catalog_variation v"
       "    ON v.merchant_id = i.merchant_id AND v.item_id = i.id AND v.removed_in IS NULL"
       "  LEFT JOIN catalog_category c"
       "    ON c.merchant_id = i.merchant_id AND c.id = i.category_id AND NOT c.deleted"
       " WHERE i.merchant_id = $1 AND i.name_key <> '' AND NOT i.deleted AND i.name_key IN " PLACES
       " GROUP BY i.name_key"
       " HAVING COUNT(DISTINCT i.id) = 1");

enum err
match_store_by_name(struct ctx *ctx, const struct str keys[MATCH_BATCH], struct matched **found,
                    int *count)
{
    return read_by_text(ctx, &match_names, keys, found, count);
}

DB_SQL(match_categories, "SELECT CAST(0 AS BIGINT), id, name_key"
                         "  FROM catalog_category"
                         " WHERE merchant_id = $1 AND NOT deleted AND name_key IN " PLACES);

enum err
match_store_by_category(struct ctx *ctx, const struct str keys[MATCH_BATCH], struct matched **found,
                        int *count)
{
    return read_by_text(ctx, &match_categories, keys, found, count);
}
