/* affected_store — see affected_store.h. */
#include "core/insight/affected_store.h"
#include "db/db.h"

/* Books 1 and 4: points, pending points. Of a book, the row without a lot is the balance. */
DB_SQL(sum_affected,
       "SELECT CAST(COALESCE(SUM(CASE WHEN b.book = 1 THEN 1 ELSE 0 END), 0) AS BIGINT),"
       "       CAST(COALESCE(SUM(CASE WHEN b.book = 1 THEN b.balance ELSE 0 END), 0)"
       "            AS BIGINT),"
       "       CAST(COALESCE(SUM(CASE WHEN b.book = 4 THEN b.balance ELSE 0 END), 0)"
       "            AS BIGINT)"
       "  FROM loyalty_account AS a"
       "  JOIN ledger_account AS b"
       "    ON b.merchant_id = a.merchant_id AND b.owner_id = a.id AND b.book IN (1, 4)"
       "   AND b.expires_us = 0 AND b.lot_id = 0"
       " WHERE a.merchant_id = $1 AND a.program_id = $2 AND b.balance > 0");

enum err
affected_store_sum_points(struct ctx *ctx, program_id id, struct affected *affected)
{
    struct db_rows *rows =
        db_query(ctx, &sum_affected, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    if (db_next(rows)) {
        affected->accounts = db_col_int(rows, 0);
        affected->points = db_col_int(rows, 1);
        affected->pending_points = db_col_int(rows, 2);
    }
    return db_done(rows);
}

static enum err
read_count(struct db_rows *rows, int64_t *count)
{
    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(count_issued, "SELECT COUNT(*)"
                     "  FROM loyalty_account AS a"
                     "  JOIN reward AS r"
                     "    ON r.merchant_id = a.merchant_id AND r.account_id = a.id"
                     "   AND r.status = 'ISSUED'"
                     " WHERE a.merchant_id = $1 AND a.program_id = $2");

enum err
affected_store_count_rewards(struct ctx *ctx, program_id id, int64_t *count)
{
    return read_count(db_query(ctx, &count_issued, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))),
                      count);
}

/* What waits, waits at a register: said so, the partial index of those orders is read alone. */
DB_SQL(count_waiting, "SELECT COUNT(*)"
                      "  FROM order_head"
                      " WHERE merchant_id = $1 AND claim_state = 'waiting' AND register_id > 0");

enum err
affected_store_count_waiting(struct ctx *ctx, int64_t *count)
{
    return read_count(db_query(ctx, &count_waiting, DB_BIND(db_int(ctx->merchant.v))), count);
}
