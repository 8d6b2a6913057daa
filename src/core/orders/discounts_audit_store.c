/* discounts_audit_store — see discounts_audit_store.h. */
#include "core/orders/discounts_audit_store.h"
#include "core/ledger/ledger.h"
#include "db/db.h"

_Static_assert(BOOK_POINTS == 1 && BOOK_MONEY == 3, "the statements name the books by number");
_Static_assert(REASON_CREDIT == 12, "the statement names the reason by number");

static enum err
read_differences(struct ctx *ctx, const struct db_sql *sql, struct audit_difference *differences,
                 int *count)
{
    return audit_read(
        db_query(ctx, sql, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

DB_SQL(compare_made,
       "SELECT c.id, c.amount_minor, COALESCE(m.made, 0)"
       "  FROM credit_note AS c"
       "  LEFT JOIN (SELECT n.owner_id, CAST(SUM(n.amount) AS BIGINT) AS made"
       "               FROM ledger_transfer AS t"
       "               JOIN ledger_line AS n"
       "                 ON n.merchant_id = t.merchant_id AND n.transfer_id = t.id AND n.book = 3"
       "              WHERE t.merchant_id = $1 AND t.reason = 12"
       "              GROUP BY n.owner_id) AS m"
       "    ON m.owner_id = c.id"
       " WHERE c.merchant_id = $1 AND c.amount_minor <> COALESCE(m.made, 0)"
       " LIMIT $2");

enum err
discounts_compare_made(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_made, differences, count);
}

DB_SQL(compare_ended, "SELECT c.id, a.balance, 0"
                      "  FROM credit_note AS c"
                      "  JOIN ledger_account AS a"
                      "    ON a.merchant_id = c.merchant_id AND a.owner_id = c.id AND a.book = 3"
                      "   AND a.expires_us = 0 AND a.lot_id = 0"
                      " WHERE c.merchant_id = $1 AND c.ended_us IS NOT NULL AND a.balance <> 0"
                      " LIMIT $2");

enum err
discounts_compare_ended(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_ended, differences, count);
}

DB_SQL(compare_sums, "SELECT o.id, o.discount_minor, d.taken"
                     "  FROM (SELECT order_id, CAST(SUM(amount_minor) AS BIGINT) AS taken"
                     "          FROM order_discount"
                     "         WHERE merchant_id = $1"
                     "         GROUP BY order_id) AS d"
                     "  JOIN order_head AS o ON o.merchant_id = $1 AND o.id = d.order_id"
                     " WHERE o.discount_minor <> d.taken"
                     " LIMIT $2");

enum err
discounts_compare_sums(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_sums, differences, count);
}

DB_SQL(compare_lines, "SELECT o.id, o.discount_minor, COALESCE(l.borne, 0)"
                      "  FROM order_head AS o"
                      "  LEFT JOIN (SELECT order_id, CAST(SUM(discount_minor) AS BIGINT) AS borne"
                      "               FROM order_line"
                      "              WHERE merchant_id = $1"
                      "              GROUP BY order_id) AS l"
                      "    ON l.order_id = o.id"
                      " WHERE o.merchant_id = $1 AND o.discount_minor <> COALESCE(l.borne, 0)"
                      " LIMIT $2");

enum err
discounts_compare_lines(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_lines, differences, count);
}

DB_SQL(compare_spent,
       "SELECT order_id, amount_minor, paid"
       "  FROM (SELECT d.order_id, d.amount_minor,"
       "               (SELECT CAST(COALESCE(-SUM(n.amount), 0) AS BIGINT)"
       "                  FROM ledger_line AS n"
       "                 WHERE n.merchant_id = d.merchant_id AND n.transfer_id = d.transfer_id"
       "                   AND n.owner_id = d.subject_id AND n.book IN (1, 3)) AS paid"
       "          FROM order_discount AS d"
       "         WHERE d.merchant_id = $1 AND d.kind <> 'reward') AS spent"
       " WHERE amount_minor <> paid"
       " LIMIT $2");

enum err
discounts_compare_spent(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_spent, differences, count);
}

/* To the account that paid, or to one that it became a part of. */
DB_SQL(compare_returned,
       "SELECT order_id, due, given"
       "  FROM (SELECT d.order_id,"
       "               CASE WHEN d.returned_us IS NULL THEN 0 ELSE d.amount_minor END AS due,"
       "               (SELECT CAST(COALESCE(SUM(n.amount), 0) AS BIGINT)"
       "                  FROM ledger_line AS n"
       "                 WHERE n.merchant_id = d.merchant_id AND n.transfer_id = d.returned_id"
       "                   AND n.book IN (1, 3)"
       "                   AND (n.owner_id = d.subject_id OR n.owner_id IN ("
       "WITH RECURSIVE heir AS ("
       "SELECT into_id AS id"
       "  FROM loyalty_merge"
       " WHERE merchant_id = d.merchant_id AND from_id = d.subject_id"
       " UNION "
       "SELECT m.into_id"
       "  FROM heir AS h"
       "  JOIN loyalty_merge AS m ON m.merchant_id = d.merchant_id AND m.from_id = h.id)"
       " SELECT id FROM heir))) AS given"
       "          FROM order_discount AS d"
       "         WHERE d.merchant_id = $1 AND d.kind <> 'reward') AS returned"
       " WHERE due <> given"
       " LIMIT $2");

enum err
discounts_compare_returned(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_returned, differences, count);
}

DB_SQL(compare_used, "SELECT r.id, r.used_order_id, COALESCE(d.order_id, 0)"
                     "  FROM reward AS r"
                     "  LEFT JOIN order_discount AS d"
                     "    ON d.merchant_id = r.merchant_id AND d.order_id = r.used_order_id"
                     "   AND d.kind = 'reward' AND d.subject_id = r.id AND d.returned_us IS NULL"
                     " WHERE r.merchant_id = $1 AND r.used_order_id IS NOT NULL"
                     "   AND (d.order_id IS NULL OR r.status <> 'REDEEMED')"
                     " LIMIT $2");

enum err
discounts_compare_used(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_used, differences, count);
}

DB_SQL(compare_undone,
       "SELECT o.id, d.amount_minor, 0"
       "  FROM order_discount AS d"
       "  JOIN order_head AS o ON o.merchant_id = d.merchant_id AND o.id = d.order_id"
       " WHERE d.merchant_id = $1 AND d.returned_us IS NULL"
       "   AND (o.status = 'CANCELED' OR o.total_minor > 0 AND o.refunded_minor = o.total_minor)"
       " LIMIT $2");

enum err
discounts_compare_undone(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return read_differences(ctx, &compare_undone, differences, count);
}

DB_SQL(count_rows, "SELECT (SELECT COUNT(*) FROM credit_note WHERE merchant_id = $1),"
                   "       (SELECT COUNT(*) FROM order_discount WHERE merchant_id = $1)");

enum err
discounts_audit_count(struct ctx *ctx, struct discounts_audit *found)
{
    struct db_rows *rows = db_query(ctx, &count_rows, DB_BIND(db_int(ctx->merchant.v)));

    if (db_next(rows)) {
        found->credit_notes += db_col_int(rows, 0);
        found->discounts += db_col_int(rows, 1);
    }
    return db_done(rows);
}
