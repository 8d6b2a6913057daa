/* insight_store — see insight_store.h. */
#include "core/insight/insight_store.h"
#include "base/clock.h"
#include "core/ledger/ledger.h"
#include "db/db.h"

/* The figures of the bin that a quarter of an hour lies in. */
static struct insight_figures *
figures_at(const struct insight_bins *bins, int64_t quarter)
{
    int64_t at_us = quarter * INSIGHT_QUARTER_US;
    int low = 0, high = bins->bin_count;

    ASSERT(at_us >= bins->starts_us[0]);
    ASSERT(at_us < bins->starts_us[bins->bin_count]);
    while (high - low > 1) {
        int middle = low + (high - low) / 2;

        if (bins->starts_us[middle] <= at_us) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return &bins->figures[low];
}

/* ---- days ---- */
/* Where a member works. */
#define PLACES_OF(member)                                                                          \
    "(SELECT p.location_id FROM team_place AS p"                                                   \
    "  WHERE p.merchant_id = $1 AND p.member_id = " member ")"

_Static_assert(INSIGHT_QUARTER_US == 900000000, "the statements below divide by it");

DB_SQL(add_up_orders,
       "SELECT closed_us / 900000000, COUNT(*), COUNT(account_id),"
       "       CAST(SUM(total_minor - refunded_minor) AS BIGINT)"
       "  FROM order_head"
       " WHERE merchant_id = $1 AND closed_us >= $2 AND closed_us < $3"
       "   AND status = 'COMPLETED'"
       "   AND ($4 = 0 OR location_id IN " PLACES_OF("$4") ")"
                                                           " GROUP BY closed_us / 900000000");

enum err
insight_store_add_orders(struct ctx *ctx, const struct insight_bins *bins)
{
    struct db_rows *rows =
        db_query(ctx, &add_up_orders,
                 DB_BIND(db_int(ctx->merchant.v), db_int(bins->starts_us[0]),
                         db_int(bins->starts_us[bins->bin_count]), db_int(bins->of.v)));

    while (db_next(rows)) {
        struct insight_figures *figures = figures_at(bins, db_col_int(rows, 0));

        figures->orders += db_col_int(rows, 1);
        figures->visits += db_col_int(rows, 2);
        figures->revenue_minor += db_col_int(rows, 3);
    }
    return db_done(rows);
}

/* An id is never made before its time, and not much later: $2 and $3 bound the rows that are
 * read, by their key, and $4 and $5 say which of them count. */
#define IDS_AHEAD_US CLOCK_DAY_US

DB_SQL(add_up_events,
       "SELECT e.at_us / 900000000,"
       "       CAST(SUM(CASE WHEN e.program_id <> m.id THEN 0"
       "                     WHEN e.type IN ('ACCUMULATE_POINTS', 'ACCUMULATE_PROMOTION_POINTS')"
       "                       OR e.type = 'ADJUST_POINTS' AND e.order_id IS NOT NULL"
       "                     THEN e.points ELSE 0 END) AS BIGINT),"
       "       CAST(SUM(CASE WHEN e.program_id <> m.id THEN 0"
       "                     WHEN e.type IN ('CREATE_REWARD', 'DELETE_REWARD')"
       "                     THEN -e.points ELSE 0 END) AS BIGINT),"
       "       CAST(SUM(CASE WHEN e.type = 'REDEEM_REWARD' THEN 1 ELSE 0 END) AS BIGINT)"
       "  FROM loyalty_event AS e"
       "  JOIN program AS m ON m.merchant_id = e.merchant_id AND m.is_main"
       " WHERE e.merchant_id = $1 AND e.id >= $2 AND e.id < $3 AND e.at_us >= $4 AND e.at_us < $5"
       "   AND ($6 = 0 OR e.location_id IN " PLACES_OF("$6") ")"
                                                             " GROUP BY e.at_us / 900000000");

enum err
insight_store_add_events(struct ctx *ctx, const struct insight_bins *bins)
{
    int64_t from_us = bins->starts_us[0], until_us = bins->starts_us[bins->bin_count];
    struct db_rows *rows = db_query(ctx, &add_up_events,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(id_floor_at(from_us)),
                                            db_int(id_floor_at(until_us + IDS_AHEAD_US)),
                                            db_int(from_us), db_int(until_us), db_int(bins->of.v)));

    while (db_next(rows)) {
        struct insight_figures *figures = figures_at(bins, db_col_int(rows, 0));

        figures->points_earned += db_col_int(rows, 1);
        figures->points_spent += db_col_int(rows, 2);
        figures->rewards_used += db_col_int(rows, 3);
    }
    return db_done(rows);
}

DB_SQL(count_customers, "SELECT created_us / 900000000, COUNT(*)"
                        "  FROM customer"
                        " WHERE merchant_id = $1 AND id >= $2 AND id < $3"
                        "   AND created_us >= $4 AND created_us < $5"
                        " GROUP BY created_us / 900000000");

enum err
insight_store_add_customers(struct ctx *ctx, const struct insight_bins *bins)
{
    int64_t from_us = bins->starts_us[0], until_us = bins->starts_us[bins->bin_count];
    struct db_rows *rows = db_query(ctx, &count_customers,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(id_floor_at(from_us)),
                                            db_int(id_floor_at(until_us + IDS_AHEAD_US)),
                                            db_int(from_us), db_int(until_us)));

    while (db_next(rows)) {
        figures_at(bins, db_col_int(rows, 0))->customers_new += db_col_int(rows, 1);
    }
    return db_done(rows);
}

/* ---- a customer ---- */
DB_SQL(add_up_orders_of, "SELECT COUNT(*), MAX(o.closed_us),"
                         "       CAST(SUM(o.total_minor - o.refunded_minor) AS BIGINT)"
                         "  FROM loyalty_account AS a"
                         "  JOIN order_head AS o"
                         "    ON o.merchant_id = a.merchant_id AND o.account_id = a.id"
                         "   AND o.status = 'COMPLETED'"
                         " WHERE a.merchant_id = $1 AND a.customer_id = $2");

enum err
insight_store_read_orders_of(struct ctx *ctx, customer_id customer, struct insight_sheet *sheet)
{
    struct db_rows *rows =
        db_query(ctx, &add_up_orders_of, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    if (db_next(rows)) {
        sheet->orders = db_col_int(rows, 0);
        sheet->last_order_us = db_col_int(rows, 1);
        sheet->total_minor = db_col_int(rows, 2);
    }
    return db_done(rows);
}

DB_SQL(count_rewards_of, "SELECT COUNT(*),"
                         "       CAST(SUM(CASE WHEN r.status = 'REDEEMED' THEN 1 ELSE 0 END)"
                         "            AS BIGINT),"
                         "       CAST(SUM(CASE WHEN r.status = 'ISSUED' THEN 1 ELSE 0 END)"
                         "            AS BIGINT)"
                         "  FROM loyalty_account AS a"
                         "  JOIN reward AS r"
                         "    ON r.merchant_id = a.merchant_id AND r.account_id = a.id"
                         "   AND r.status <> 'DELETED'"
                         " WHERE a.merchant_id = $1 AND a.customer_id = $2");

enum err
insight_store_read_rewards_of(struct ctx *ctx, customer_id customer, struct insight_sheet *sheet)
{
    struct db_rows *rows =
        db_query(ctx, &count_rewards_of, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    if (db_next(rows)) {
        sheet->rewards_taken = db_col_int(rows, 0);
        sheet->rewards_used = db_col_int(rows, 1);
        sheet->rewards_available = db_col_int(rows, 2);
    }
    return db_done(rows);
}

_Static_assert(BOOK_POINTS == 1, "the statements below name the books by number");
_Static_assert(BOOK_OWED == 2, "the statements below name the books by number");
_Static_assert(BOOK_MONEY == 3, "the statements below name the books by number");

DB_SQL(add_up_cashback_of,
       "SELECT CAST(SUM(p.balance + COALESCE(o.balance, 0)) AS BIGINT),"
       "       CAST(SUM(p.lifetime) AS BIGINT)"
       "  FROM loyalty_account AS a"
       "  JOIN program AS g"
       "    ON g.merchant_id = a.merchant_id AND g.id = a.program_id AND g.type = 'cashback'"
       "  JOIN ledger_account AS p"
       "    ON p.merchant_id = a.merchant_id AND p.owner_id = a.id AND p.book = 1"
       "   AND p.expires_us = 0 AND p.lot_id = 0"
       "  LEFT JOIN ledger_account AS o"
       "    ON o.merchant_id = a.merchant_id AND o.owner_id = a.id AND o.book = 2"
       "   AND o.expires_us = 0 AND o.lot_id = 0"
       " WHERE a.merchant_id = $1 AND a.customer_id = $2");

enum err
insight_store_read_cashback_of(struct ctx *ctx, customer_id customer, struct insight_sheet *sheet)
{
    struct db_rows *rows =
        db_query(ctx, &add_up_cashback_of, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    if (db_next(rows)) {
        sheet->cashback_minor = db_col_int(rows, 0);
        sheet->cashback_earned_minor = db_col_int(rows, 1);
    }
    return db_done(rows);
}

DB_SQL(add_up_credit_of, "SELECT CAST(SUM(a.balance) AS BIGINT)"
                         "  FROM credit_note AS c"
                         "  JOIN ledger_account AS a"
                         "    ON a.merchant_id = c.merchant_id AND a.owner_id = c.id AND a.book = 3"
                         "   AND a.expires_us = 0 AND a.lot_id = 0"
                         " WHERE c.merchant_id = $1 AND c.customer_id = $2 AND c.ended_us IS NULL"
                         "   AND (c.expires_us IS NULL OR c.expires_us > $3)");

enum err
insight_store_read_credit_of(struct ctx *ctx, customer_id customer, struct insight_sheet *sheet)
{
    struct db_rows *rows =
        db_query(ctx, &add_up_credit_of,
                 DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(ctx->now_us)));

    if (db_next(rows)) sheet->credit_minor = db_col_int(rows, 0);
    return db_done(rows);
}

/* Ids are never used twice, whatever they are of: one of the four has it at most. */
DB_SQL(find_actor_name, "SELECT name FROM team_member WHERE merchant_id = $1 AND id = $2"
                        " UNION ALL "
                        "SELECT name FROM api_key WHERE merchant_id = $1 AND id = $2"
                        " UNION ALL "
                        "SELECT name FROM tablet WHERE merchant_id = $1 AND id = $2"
                        " UNION ALL "
                        "SELECT vendor FROM integration WHERE merchant_id = $1 AND id = $2"
                        " LIMIT 1");

enum err
insight_store_find_actor_name(struct ctx *ctx, int64_t id, struct str *name)
{
    struct db_rows *rows =
        db_query(ctx, &find_actor_name, DB_BIND(db_int(ctx->merchant.v), db_int(id)));

    *name = db_next(rows) ? db_col_text(rows, 0) : STR("");
    return db_done(rows);
}
