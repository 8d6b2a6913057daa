/* segments_store — see segments_store.h. */
#include "core/directory/segments_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(list_segments, "SELECT id, name, filter, created_us, updated_us"
                      "  FROM segment"
                      " WHERE merchant_id = $1"
                      " ORDER BY id");

enum err
segments_store_list(struct ctx *ctx, struct segment_row **rows, int *count)
{
    struct db_rows *found = db_query(ctx, &list_segments, DB_BIND(db_int(ctx->merchant.v)));

    *rows = NULL;
    *count = 0;
    while (db_next(found)) {
        const struct segment_row row = {
            .id = {db_col_int(found, 0)},
            .name = db_col_text(found, 1),
            .filter = db_col_text(found, 2),
            .created_us = db_col_int(found, 3),
            .updated_us = db_col_int(found, 4),
        };

        LIST_ADD(ctx->arena, *rows, *count, row);
    }
    return db_done(found);
}

DB_SQL(put_segment, "INSERT INTO segment (merchant_id, id, name, filter, created_us, updated_us)"
                    " VALUES ($1, $2, $3, $4, $5, $6)"
                    " ON CONFLICT (merchant_id, id) DO UPDATE"
                    "   SET name = excluded.name, filter = excluded.filter,"
                    "       updated_us = excluded.updated_us");

enum err
segments_store_put(struct ctx *ctx, const struct segment_row *row)
{
    return db_exec(ctx, &put_segment,
                   DB_BIND(db_int(ctx->merchant.v), db_int(row->id.v), db_text(row->name),
                           db_text(row->filter), db_int(row->created_us), db_int(row->updated_us)));
}

DB_SQL(remove_segment, "DELETE FROM segment WHERE merchant_id = $1 AND id = $2");

enum err
segments_store_remove(struct ctx *ctx, segment_id id, bool *removed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &remove_segment, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)), &count));
    *removed = count == 1;
    return OK;
}
