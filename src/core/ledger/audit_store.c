/*
 * audit_store — see audit_store.h. Both sides of a comparison are read by one statement, so that a
 * transfer posted meanwhile is in both or in neither.
 */
#include "core/ledger/audit_store.h"
#include "db/db.h"

/* Rows of (subject, part, is, should_be). */
static enum err
read_differences(struct db_rows *rows, struct ledger_difference *differences, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        differences[(*count)++] = (struct ledger_difference){
            .subject = db_col_int(rows, 0),
            .part = db_col_int(rows, 1),
            .is = db_col_int(rows, 2),
            .should_be = db_col_int(rows, 3),
        };
    }
    return db_done(rows);
}

DB_SQL(compare_balances,
       "SELECT a.owner_id, a.book, a.balance, COALESCE(l.total, 0)"
       "  FROM ledger_account AS a"
       "  LEFT JOIN (SELECT owner_id, book, CAST(SUM(amount) AS BIGINT) AS total"
       "               FROM ledger_line"
       "              WHERE merchant_id = $1 AND owner_id > $2 AND owner_id <= $3 AND book < 16"
       "              GROUP BY owner_id, book) AS l"
       "    ON l.owner_id = a.owner_id AND l.book = a.book"
       " WHERE a.merchant_id = $1 AND a.owner_id > $2 AND a.owner_id <= $3 AND a.lot_id = 0"
       "   AND a.balance <> COALESCE(l.total, 0)"
       " LIMIT $4");

enum err
ledger_compare_balances(struct ctx *ctx, const struct ledger_range *range,
                        struct ledger_difference *differences, int *count)
{
    return read_differences(db_query(ctx, &compare_balances,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(range->after),
                                             db_int(range->last), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(compare_floors, "SELECT owner_id, book, balance - held, floor"
                       "  FROM ledger_account"
                       " WHERE merchant_id = $1 AND owner_id > $2 AND owner_id <= $3"
                       "   AND balance - held < floor"
                       " LIMIT $4");

enum err
ledger_compare_floors(struct ctx *ctx, const struct ledger_range *range,
                      struct ledger_difference *differences, int *count)
{
    return read_differences(db_query(ctx, &compare_floors,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(range->after),
                                             db_int(range->last), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(compare_held, "SELECT a.owner_id, a.book, a.held, COALESCE(h.total, 0)"
                     "  FROM ledger_account AS a"
                     "  LEFT JOIN (SELECT owner_id, book, CAST(SUM(amount) AS BIGINT) AS total"
                     "               FROM ledger_hold"
                     "              WHERE merchant_id = $1 AND state = 'pending'"
                     "                AND owner_id > $2 AND owner_id <= $3"
                     "              GROUP BY owner_id, book) AS h"
                     "    ON h.owner_id = a.owner_id AND h.book = a.book"
                     " WHERE a.merchant_id = $1 AND a.owner_id > $2 AND a.owner_id <= $3"
                     "   AND a.lot_id = 0 AND a.held <> COALESCE(h.total, 0)"
                     " LIMIT $4");

enum err
ledger_compare_held(struct ctx *ctx, const struct ledger_range *range,
                    struct ledger_difference *differences, int *count)
{
    return read_differences(db_query(ctx, &compare_held,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(range->after),
                                             db_int(range->last), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(compare_points,
       "SELECT a.owner_id, a.book, a.balance, COALESCE(l.total, 0)"
       "  FROM ledger_account AS a"
       "  LEFT JOIN (SELECT owner_id, CAST(SUM(balance) AS BIGINT) AS total"
       "               FROM ledger_account"
       "              WHERE merchant_id = $1 AND owner_id > $2 AND owner_id <= $3 AND lot_id > 0"
       "              GROUP BY owner_id) AS l"
       "    ON l.owner_id = a.owner_id"
       " WHERE a.merchant_id = $1 AND a.owner_id > $2 AND a.owner_id <= $3"
       "   AND a.book = 1 AND a.lot_id = 0"
       "   AND a.balance <> COALESCE(l.total, 0)"
       " LIMIT $4");

enum err
ledger_compare_points(struct ctx *ctx, const struct ledger_range *range,
                      struct ledger_difference *differences, int *count)
{
    return read_differences(db_query(ctx, &compare_points,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(range->after),
                                             db_int(range->last), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(compare_lots,
       "SELECT COALESCE(n.owner_id, l.owner_id), COALESCE(n.lot_id, l.lot_id),"
       "       COALESCE(l.balance, 0), COALESCE(n.total, 0)"
       "  FROM (SELECT owner_id, lot_id, expires_us, CAST(SUM(amount) AS BIGINT) AS total"
       "          FROM ledger_line"
       "         WHERE merchant_id = $1 AND owner_id > $2 AND owner_id <= $3 AND book = 1"
       "         GROUP BY owner_id, lot_id, expires_us) AS n"
       "  FULL JOIN (SELECT owner_id, lot_id, expires_us, balance"
       "               FROM ledger_account"
       "              WHERE merchant_id = $1 AND owner_id > $2 AND owner_id <= $3"
       "                AND lot_id > 0) AS l"
       "    ON l.owner_id = n.owner_id AND l.expires_us = n.expires_us AND l.lot_id = n.lot_id"
       " WHERE COALESCE(l.balance, 0) <> COALESCE(n.total, 0)"
       " LIMIT $4");

enum err
ledger_compare_lots(struct ctx *ctx, const struct ledger_range *range,
                    struct ledger_difference *differences, int *count)
{
    return read_differences(db_query(ctx, &compare_lots,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(range->after),
                                             db_int(range->last), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(compare_lifetime,
       "SELECT a.owner_id, a.book, a.lifetime, COALESCE(l.total, 0) + COALESCE(m.total, 0)"
       "  FROM ledger_account AS a"
       "  LEFT JOIN (SELECT n.owner_id, CAST(SUM(n.amount) AS BIGINT) AS total"
       "               FROM ledger_line AS n"
       "               JOIN ledger_transfer AS t"
       "                 ON t.merchant_id = n.merchant_id AND t.id = n.transfer_id"
       "              WHERE n.merchant_id = $1 AND n.owner_id > $2 AND n.owner_id <= $3"
       "                AND n.book IN (1, 2, 4) AND t.reason = 1"
       "              GROUP BY n.owner_id) AS l"
       "    ON l.owner_id = a.owner_id"
       "  LEFT JOIN (SELECT owner_id, CAST(SUM(amount) AS BIGINT) AS total"
       "               FROM ledger_lifetime"
       "              WHERE merchant_id = $1 AND owner_id > $2 AND owner_id <= $3"
       "              GROUP BY owner_id) AS m"
       "    ON m.owner_id = a.owner_id"
       " WHERE a.merchant_id = $1 AND a.owner_id > $2 AND a.owner_id <= $3"
       "   AND a.book = 1 AND a.lot_id = 0"
       "   AND a.lifetime <> COALESCE(l.total, 0) + COALESCE(m.total, 0)"
       " LIMIT $4");

enum err
ledger_compare_lifetime(struct ctx *ctx, const struct ledger_range *range,
                        struct ledger_difference *differences, int *count)
{
    return read_differences(db_query(ctx, &compare_lifetime,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(range->after),
                                             db_int(range->last), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

/* Which account it was made on is not asked: a merge moves lots; compare_lots knows where each is.
 */
DB_SQL(compare_lot_origins,
       "SELECT l.owner_id, l.lot_id, l.balance, 0"
       "  FROM ledger_account AS l"
       " WHERE l.merchant_id = $1 AND l.lot_id > 0"
       "   AND NOT EXISTS (SELECT 1 FROM ledger_line AS n"
       "                    WHERE n.merchant_id = $1 AND n.transfer_id = l.lot_id"
       "                      AND n.lot_id = l.lot_id"
       "                      AND n.expires_us = l.expires_us)"
       " LIMIT $2");

enum err
ledger_compare_lot_origins(struct ctx *ctx, const struct ledger_range *range,
                           struct ledger_difference *differences, int *count)
{
    (void)range;
    return read_differences(db_query(ctx, &compare_lot_origins,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(compare_units, "SELECT n.owner_id, n.book, COALESCE(a.unit, 0), t.unit"
                      "  FROM ledger_line AS n"
                      "  JOIN ledger_transfer AS t"
                      "    ON t.merchant_id = n.merchant_id AND t.id = n.transfer_id"
                      "  LEFT JOIN ledger_account AS a"
                      "    ON a.merchant_id = n.merchant_id AND a.owner_id = n.owner_id"
                      "   AND a.book = n.book AND a.lot_id = 0"
                      " WHERE n.merchant_id = $1 AND n.book < 16 AND COALESCE(a.unit, 0) <> t.unit"
                      " LIMIT $2");

enum err
ledger_compare_units(struct ctx *ctx, const struct ledger_range *range,
                     struct ledger_difference *differences, int *count)
{
    (void)range;
    return read_differences(
        db_query(ctx, &compare_units, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

DB_SQL(compare_line_heads, "SELECT n.transfer_id, n.line, n.amount, 0"
                           "  FROM ledger_line AS n"
                           " WHERE n.merchant_id = $1"
                           "   AND NOT EXISTS (SELECT 1 FROM ledger_transfer AS t"
                           "                    WHERE t.merchant_id = $1 AND t.id = n.transfer_id)"
                           " LIMIT $2");

enum err
ledger_compare_line_heads(struct ctx *ctx, const struct ledger_range *range,
                          struct ledger_difference *differences, int *count)
{
    (void)range;
    return read_differences(db_query(ctx, &compare_line_heads,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(compare_postings,
       "SELECT h.id, h.book, 0, h.posted"
       "  FROM ledger_hold AS h"
       " WHERE h.merchant_id = $1 AND h.state = 'posted'"
       "   AND NOT EXISTS (SELECT 1 FROM ledger_line AS n"
       "                    WHERE n.merchant_id = $1 AND n.transfer_id = h.transfer_id"
       "                      AND n.owner_id = h.owner_id AND n.book = h.book"
       "                      AND n.amount = -h.posted)"
       " LIMIT $2");

enum err
ledger_compare_postings(struct ctx *ctx, const struct ledger_range *range,
                        struct ledger_difference *differences, int *count)
{
    (void)range;
    return read_differences(db_query(ctx, &compare_postings,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
                            differences, count);
}

DB_SQL(next_range, "SELECT COALESCE(MAX(owner_id), 0)"
                   "  FROM (SELECT owner_id"
                   "          FROM ledger_account"
                   "         WHERE merchant_id = $1 AND owner_id > $2"
                   "         ORDER BY owner_id"
                   "         LIMIT $3) AS page");

enum err
ledger_audit_next_range(struct ctx *ctx, struct ledger_range *range, bool *any)
{
    struct db_rows *rows =
        db_query(ctx, &next_range,
                 DB_BIND(db_int(ctx->merchant.v), db_int(range->last), db_int(LEDGER_AUDIT_PAGE)));

    range->after = range->last;
    *any = db_next(rows) && db_col_int(rows, 0) > range->after;
    if (*any) range->last = db_col_int(rows, 0);
    return db_done(rows);
}

DB_SQL(list_sums, "SELECT t.id, COUNT(n.line), CAST(COALESCE(SUM(n.amount), 0) AS BIGINT)"
                  "  FROM (SELECT id"
                  "          FROM ledger_transfer"
                  "         WHERE merchant_id = $1 AND id > $2"
                  "         ORDER BY id"
                  "         LIMIT $3) AS t"
                  "  LEFT JOIN ledger_line AS n"
                  "    ON n.merchant_id = $1 AND n.transfer_id = t.id"
                  " GROUP BY t.id"
                  " ORDER BY t.id");

enum err
ledger_audit_list_sums(struct ctx *ctx, int64_t after, int max, struct ledger_sum *sums, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_sums, DB_BIND(db_int(ctx->merchant.v), db_int(after), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        sums[(*count)++] = (struct ledger_sum){
            .transfer = db_col_int(rows, 0),
            .lines = db_col_int(rows, 1),
            .sum = db_col_int(rows, 2),
        };
    }
    return db_done(rows);
}

DB_SQL(count_rows, "SELECT (SELECT COUNT(*) FROM ledger_account"
                   "         WHERE merchant_id = $1 AND lot_id = 0),"
                   "       (SELECT COUNT(*) FROM ledger_account"
                   "         WHERE merchant_id = $1 AND lot_id > 0),"
                   "       (SELECT COUNT(*) FROM ledger_hold WHERE merchant_id = $1)");

enum err
ledger_audit_count(struct ctx *ctx, struct ledger_audit *found)
{
    struct db_rows *rows = db_query(ctx, &count_rows, DB_BIND(db_int(ctx->merchant.v)));

    if (db_next(rows)) {
        found->accounts += db_col_int(rows, 0);
        found->lots += db_col_int(rows, 1);
        found->holds += db_col_int(rows, 2);
    }
    return db_done(rows);
}

DB_SQL(next_merchant,
       "SELECT COALESCE(MIN(id), 0)"
       "  FROM (SELECT MIN(merchant_id) AS id FROM ledger_account WHERE merchant_id > $1"
       "        UNION ALL"
       "        SELECT MIN(merchant_id) FROM ledger_transfer WHERE merchant_id > $1"
       "        UNION ALL"
       "        SELECT MIN(merchant_id) FROM ledger_line WHERE merchant_id > $1"
       "        UNION ALL"
       "        SELECT MIN(merchant_id) FROM ledger_hold WHERE merchant_id > $1"
       "        UNION ALL"
       "        SELECT MIN(merchant_id) FROM ledger_seal WHERE merchant_id > $1) AS any_row");

enum err
ledger_next_merchant(struct ctx *ctx, merchant_id after, merchant_id *next)
{
    struct db_rows *rows = db_query(ctx, &next_merchant, DB_BIND(db_int(after.v)));

    next->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}
