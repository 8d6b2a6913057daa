/* item_names_store — see item_names_store.h. */
#include "core/catalog/item_names_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(list_names, "SELECT i.id, c.id, i.name_key, c.name_key, v.name, v.sku"
                   "  FROM catalog_item i"
                   "  LEFT JOIN catalog_category c"
                   "    ON c.merchant_id = i.merchant_id AND c.id = i.category_id AND NOT c.deleted"
                   "  JOIN catalog_variation v"
                   "    ON v.merchant_id = i.merchant_id AND v.item_id = i.id"
                   "   AND v.removed_in IS NULL"
                   " WHERE i.merchant_id = $1 AND NOT i.deleted AND (i.position, i.id) > ($2, $3)"
                   " ORDER BY i.position, i.id");

enum err
item_names_store_list(struct ctx *ctx, const struct catalog_item *after,
                      struct named_variation **names, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_names,
                 DB_BIND(db_int(ctx->merchant.v), db_int(after->position), db_int(after->id.v)));

    *names = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct named_variation named = {
            .item = {db_col_int(rows, 0)},
            .category = {db_col_int(rows, 1)},
            .name_key = db_col_text(rows, 2),
            .category_key = db_col_text(rows, 3),
            .variation = db_col_text(rows, 4),
            .sku = db_col_text(rows, 5),
        };
        LIST_ADD(ctx->arena, *names, *count, named);
    }
    return db_done(rows);
}
