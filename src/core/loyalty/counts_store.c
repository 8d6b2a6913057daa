/* counts_store — what limits count: earnings of days and months, uses of promotions. See
 * earnings_store.h. */
#include "core/loyalty/earnings_store.h"
#include "db/db.h"

DB_SQL(read_counts, "SELECT period, points, times, last_us"
                    "  FROM earning_count"
                    " WHERE merchant_id = $1 AND account_id = $2 AND period IN ($3, $4, $5)");

enum err
counts_store_read(struct ctx *ctx, account_id account, struct earning_count counts[static 3])
{
    struct db_rows *rows =
        db_query(ctx, &read_counts,
                 DB_BIND(db_int(ctx->merchant.v), db_int(account.v), db_int(counts[0].period),
                         db_int(counts[1].period), db_int(counts[2].period)));

    while (db_next(rows)) {
        for (int i = 0; i < 3; i++) {
            if (counts[i].period != db_col_int(rows, 0)) continue;
            counts[i].points = db_col_int(rows, 1);
            counts[i].times = db_col_int(rows, 2);
            counts[i].last_us = db_col_int(rows, 3);
        }
    }
    return db_done(rows);
}

DB_SQL(add_count,
       "INSERT INTO earning_count (merchant_id, account_id, period, points, times, last_us)"
       " VALUES ($1, $2, $3, $4, $5, $6)"
       " ON CONFLICT (merchant_id, account_id, period) DO UPDATE"
       "   SET points = earning_count.points + EXCLUDED.points,"
       "       times = earning_count.times + EXCLUDED.times,"
       "       last_us = CASE WHEN earning_count.last_us < EXCLUDED.last_us"
       "                      THEN EXCLUDED.last_us ELSE earning_count.last_us END");

enum err
counts_store_add(struct ctx *ctx, account_id account, const struct earning_count *more)
{
    return db_exec(ctx, &add_count,
                   DB_BIND(db_int(ctx->merchant.v), db_int(account.v), db_int(more->period),
                           db_int(more->points), db_int(more->times), db_int(more->last_us)));
}

DB_SQL(read_uses, "SELECT times"
                  "  FROM promotion_use"
                  " WHERE merchant_id = $1 AND promotion_id = $2 AND account_id = $3 AND day = $4");

enum err
counts_store_read_uses(struct ctx *ctx, promotion_id promotion, account_id account, int64_t day,
                       int64_t *times)
{
    struct db_rows *rows = db_query(
        ctx, &read_uses,
        DB_BIND(db_int(ctx->merchant.v), db_int(promotion.v), db_int(account.v), db_int(day)));

    *times = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(add_use, "INSERT INTO promotion_use (merchant_id, promotion_id, account_id, day, times)"
                " VALUES ($1, $2, $3, $4, 1)"
                " ON CONFLICT (merchant_id, promotion_id, account_id, day) DO UPDATE"
                "   SET times = promotion_use.times + 1");

enum err
counts_store_add_use(struct ctx *ctx, promotion_id promotion, account_id account, int64_t day)
{
    return db_exec(
        ctx, &add_use,
        DB_BIND(db_int(ctx->merchant.v), db_int(promotion.v), db_int(account.v), db_int(day)));
}

DB_SQL(remove_use, "UPDATE promotion_use"
                   "   SET times = times - 1"
                   " WHERE merchant_id = $1 AND promotion_id = $2 AND account_id = $3 AND day = $4"
                   "   AND times > 0");

enum err
counts_store_remove_use(struct ctx *ctx, promotion_id promotion, account_id account, int64_t day)
{
    return db_exec(
        ctx, &remove_use,
        DB_BIND(db_int(ctx->merchant.v), db_int(promotion.v), db_int(account.v), db_int(day)));
}
