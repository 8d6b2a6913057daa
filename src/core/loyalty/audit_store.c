/* audit_store — see audit_store.h. */
#include "core/loyalty/audit_store.h"
#include "db/db.h"

DB_SQL(compare_taken,
       "SELECT id, points, moved"
       "  FROM (SELECT r.id, r.points,"
       "               (SELECT CAST(COALESCE(-SUM(n.amount), 0) AS BIGINT)"
       "                  FROM ledger_line AS n"
       "                 WHERE n.merchant_id = r.merchant_id AND n.transfer_id = r.transfer_id"
       "                   AND (n.owner_id = r.account_id OR r.moves > 0) AND n.book = 1) AS moved"
       "          FROM reward AS r"
       "         WHERE r.merchant_id = $1) AS taken"
       " WHERE points <> moved"
       " ORDER BY id"
       " LIMIT $2");

enum err
loyalty_compare_taken(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(
        db_query(ctx, &compare_taken, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

DB_SQL(compare_given_up,
       "SELECT id, due, moved"
       "  FROM (SELECT r.id, CASE WHEN r.status = 'DELETED' AND r.expired_us IS NULL"
       "                    THEN r.points ELSE 0 END AS due,"
       "               (SELECT CAST(COALESCE(SUM(n.amount), 0) AS BIGINT)"
       "                  FROM ledger_line AS n"
       "                 WHERE n.merchant_id = r.merchant_id AND n.transfer_id = r.give_up_id"
       "                   AND (n.owner_id = r.account_id OR r.moves > 0) AND n.book = 1) AS moved"
       "          FROM reward AS r"
       "         WHERE r.merchant_id = $1) AS given_up"
       " WHERE due <> moved"
       " ORDER BY id"
       " LIMIT $2");

enum err
loyalty_compare_given_up(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(db_query(ctx, &compare_given_up,
                               DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
                      differences, count);
}

DB_SQL(compare_earnings,
       "SELECT order_id, given, moved"
       "  FROM (SELECT g.order_id,"
       "               CASE WHEN g.ripe_us IS NULL"
       "                    THEN g.points - g.taken_back + g.dropped + g.kept"
       "                    ELSE g.kept END AS given,"
       "               (SELECT CAST(COALESCE(SUM(e.points), 0) AS BIGINT)"
       "                  FROM loyalty_event AS e"
       "                 WHERE e.merchant_id = g.merchant_id AND e.order_id = g.order_id"
       "                   AND e.order_id IS NOT NULL AND e.reward_id IS NULL"
       "                   AND e.type <> 'OTHER' AND e.program_id = g.program_id"
       "                   AND (e.account_id = g.account_id OR g.moves > 0)) AS moved"
       "          FROM earning AS g"
       "         WHERE g.merchant_id = $1) AS earned"
       " WHERE given <> moved"
       " ORDER BY order_id"
       " LIMIT $2");

enum err
loyalty_compare_earnings(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(db_query(ctx, &compare_earnings,
                               DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
                      differences, count);
}

DB_SQL(compare_carry,
       "SELECT a.owner_id, a.carry, COALESCE(g.carry, 0)"
       "  FROM ledger_account AS a"
       "  LEFT JOIN (SELECT account_id, CAST(SUM(carry_given - carry_taken) AS BIGINT) AS carry"
       "               FROM earning"
       "              WHERE merchant_id = $1 AND account_id > $2 AND account_id <= $3"
       "              GROUP BY account_id) AS g"
       "    ON g.account_id = a.owner_id"
       " WHERE a.merchant_id = $1 AND a.owner_id > $2 AND a.owner_id <= $3"
       "   AND a.book = 1 AND a.lot_id = 0 AND a.carry <> COALESCE(g.carry, 0)"
       " LIMIT $4");

enum err
loyalty_compare_carry(struct ctx *ctx, account_id after, account_id last,
                      struct audit_difference *differences, int *count)
{
    return audit_read(db_query(ctx, &compare_carry,
                               DB_BIND(db_int(ctx->merchant.v), db_int(after.v), db_int(last.v),
                                       db_int(LEDGER_AUDIT_TOLD))),
                      differences, count);
}

DB_SQL(next_page, "SELECT COALESCE(MAX(id), 0)"
                  "  FROM (SELECT id"
                  "          FROM loyalty_account"
                  "         WHERE merchant_id = $1 AND id > $2"
                  "         ORDER BY id"
                  "         LIMIT $3) AS page");

enum err
loyalty_audit_next_page(struct ctx *ctx, account_id after, account_id *last)
{
    struct db_rows *rows =
        db_query(ctx, &next_page,
                 DB_BIND(db_int(ctx->merchant.v), db_int(after.v), db_int(LEDGER_AUDIT_PAGE)));

    last->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* Of what an earning's transfer moved, a promotion's lines are another event's. */
DB_SQL(compare_events,
       "SELECT id, points, moved"
       "  FROM (SELECT e.id, e.points,"
       "               (SELECT CAST(COALESCE(SUM(n.amount), 0) AS BIGINT)"
       "                  FROM ledger_line AS n"
       "                 WHERE n.merchant_id = e.merchant_id AND n.transfer_id = e.id"
       "                   AND (n.owner_id = e.account_id AND n.book IN (1, 2)"
       "                        OR n.book = 24 AND e.type = 'ACCUMULATE_POINTS')) AS moved"
       "          FROM loyalty_event AS e"
       "         WHERE e.merchant_id = $1 AND e.type <> 'ACCUMULATE_PROMOTION_POINTS') AS told"
       " WHERE points <> moved"
       " ORDER BY id"
       " LIMIT $2");

enum err
loyalty_compare_events(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(
        db_query(ctx, &compare_events, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

/*
 * A promotion's event has a transfer of its own, when the rules gave nothing more; otherwise it
 * comes right after theirs, which has its lines, and was committed with it.
 */
DB_SQL(compare_promoted,
       "SELECT id, points, moved"
       "  FROM (SELECT e.id, e.points,"
       "               (SELECT CAST(COALESCE(-SUM(n.amount), 0) AS BIGINT)"
       "                  FROM ledger_transfer AS t"
       "                  JOIN ledger_line AS n"
       "                    ON n.merchant_id = t.merchant_id AND n.transfer_id = t.id"
       "                 WHERE t.merchant_id = e.merchant_id AND t.id IN (e.id, e.previous_id)"
       "                   AND t.seq = e.seq AND t.unit = e.program_id AND n.book = 24) AS moved"
       "          FROM loyalty_event AS e"
       "         WHERE e.merchant_id = $1 AND e.type = 'ACCUMULATE_PROMOTION_POINTS') AS told"
       " WHERE points <> moved"
       " ORDER BY id"
       " LIMIT $2");

enum err
loyalty_compare_promoted(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(db_query(ctx, &compare_promoted,
                               DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
                      differences, count);
}

DB_SQL(compare_pending,
       "SELECT account_id, booked, waiting"
       "  FROM (SELECT COALESCE(l.owner_id, g.account_id) AS account_id,"
       "               COALESCE(l.balance, 0) AS booked, COALESCE(g.points, 0) AS waiting"
       "          FROM (SELECT owner_id, balance"
       "                  FROM ledger_account"
       "                 WHERE merchant_id = $1 AND book = 4) AS l"
       "          FULL JOIN (SELECT account_id, CAST(SUM(points - taken_back) AS BIGINT) AS points"
       "                       FROM earning"
       "                      WHERE merchant_id = $1 AND ripe_us IS NOT NULL"
       "                      GROUP BY account_id) AS g"
       "            ON g.account_id = l.owner_id) AS pending"
       " WHERE booked <> waiting"
       " ORDER BY account_id"
       " LIMIT $2");

enum err
loyalty_compare_pending(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(db_query(ctx, &compare_pending,
                               DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
                      differences, count);
}

DB_SQL(compare_parts, "SELECT order_id, points, added"
                      "  FROM (SELECT g.order_id, g.points, CAST(SUM(p.points) AS BIGINT) AS added"
                      "          FROM earning AS g"
                      "          JOIN earning_part AS p"
                      "            ON p.merchant_id = g.merchant_id AND p.order_id = g.order_id"
                      "           AND p.program_id = g.program_id"
                      "         WHERE g.merchant_id = $1"
                      "         GROUP BY g.order_id, g.program_id, g.points) AS summed"
                      " WHERE points <> added"
                      " ORDER BY order_id"
                      " LIMIT $2");

enum err
loyalty_compare_parts(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(
        db_query(ctx, &compare_parts, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

DB_SQL(compare_links, "SELECT e.id, e.previous_id, 0"
                      "  FROM loyalty_event AS e"
                      "  LEFT JOIN loyalty_event AS p"
                      "    ON p.merchant_id = e.merchant_id AND p.id = e.previous_id"
                      "   AND p.account_id = e.account_id"
                      " WHERE e.merchant_id = $1 AND e.previous_id <> 0 AND p.id IS NULL"
                      " LIMIT $2");

enum err
loyalty_compare_links(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(
        db_query(ctx, &compare_links, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

/*
 * Each event but the first follows another one, and the newest is followed by none: then the chain
 * from the newest leads to as many events as there are.
 */
DB_SQL(compare_chains,
       "SELECT account_id, events,"
       "       followed - CAST(newest_followed AS BIGINT) - (1 - newest_known)"
       "  FROM (SELECT e.account_id, COUNT(*) AS events,"
       "               COUNT(DISTINCT e.previous_id) AS followed,"
       "               SUM(CASE WHEN e.previous_id = l.last_event_id THEN 1 ELSE 0 END)"
       "                   AS newest_followed,"
       "               MAX(CASE WHEN e.id = l.last_event_id THEN 1 ELSE 0 END) AS newest_known"
       "          FROM loyalty_event AS e"
       "          JOIN ledger_account AS l"
       "            ON l.merchant_id = e.merchant_id AND l.owner_id = e.account_id"
       "           AND l.book = 1 AND l.expires_us = 0 AND l.lot_id = 0"
       "         WHERE e.merchant_id = $1"
       "         GROUP BY e.account_id) AS chain"
       " WHERE events <> followed - newest_followed - (1 - newest_known)"
       " LIMIT $2");

enum err
loyalty_compare_chains(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(
        db_query(ctx, &compare_chains, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

DB_SQL(compare_heads,
       "SELECT t.id, t.reason, 0"
       "  FROM ledger_transfer AS t"
       "  JOIN program AS g ON g.merchant_id = t.merchant_id AND g.id = t.unit"
       " WHERE t.merchant_id = $1"
       "   AND NOT EXISTS (SELECT 1 FROM loyalty_event AS e"
       "                    WHERE e.merchant_id = $1 AND e.id = t.id AND e.seq = t.seq)"
       " LIMIT $2");

enum err
loyalty_compare_heads(struct ctx *ctx, struct audit_difference *differences, int *count)
{
    return audit_read(
        db_query(ctx, &compare_heads, DB_BIND(db_int(ctx->merchant.v), db_int(LEDGER_AUDIT_TOLD))),
        differences, count);
}

DB_SQL(count_rows, "SELECT (SELECT COUNT(*) FROM loyalty_account WHERE merchant_id = $1),"
                   "       (SELECT COUNT(*) FROM loyalty_event WHERE merchant_id = $1),"
                   "       (SELECT COUNT(*) FROM reward WHERE merchant_id = $1),"
                   "       (SELECT COUNT(*) FROM earning WHERE merchant_id = $1)");

enum err
loyalty_audit_count(struct ctx *ctx, struct loyalty_audit *found)
{
    struct db_rows *rows = db_query(ctx, &count_rows, DB_BIND(db_int(ctx->merchant.v)));

    if (db_next(rows)) {
        found->accounts += db_col_int(rows, 0);
        found->events += db_col_int(rows, 1);
        found->rewards += db_col_int(rows, 2);
        found->earnings += db_col_int(rows, 3);
    }
    return db_done(rows);
}
