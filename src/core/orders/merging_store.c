/* merging_store — see merging_store.h. */
#include "core/orders/merging_store.h"
#include "db/db.h"

DB_SQL(note_orders, "INSERT INTO customer_merge_part (merchant_id, merge_id, kind, object_id)"
                    " SELECT $1, $2, 'order', o.id"
                    "   FROM loyalty_account AS a"
                    "   JOIN order_head AS o"
                    "     ON o.merchant_id = a.merchant_id AND o.account_id = a.id"
                    "    AND o.account_id IS NOT NULL"
                    "  WHERE a.merchant_id = $1 AND a.customer_id = $3 AND a.merged_into IS NULL"
                    "  LIMIT $4");

enum err
merged_orders_store_note(struct ctx *ctx, merge_id merge, customer_id merged, int max,
                         int64_t *count)
{
    return db_change(
        ctx, &note_orders,
        DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(merged.v), db_int(max)), count);
}

DB_SQL(move_orders, "UPDATE order_head"
                    "   SET account_id = $4"
                    " WHERE merchant_id = $1 AND account_id = $3"
                    "   AND id IN (SELECT object_id"
                    "                FROM customer_merge_part"
                    "               WHERE merchant_id = $1 AND merge_id = $2 AND kind = 'order')");

enum err
merged_orders_store_move(struct ctx *ctx, merge_id merge, account_id from, account_id into)
{
    return db_exec(
        ctx, &move_orders,
        DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(from.v), db_int(into.v)));
}
