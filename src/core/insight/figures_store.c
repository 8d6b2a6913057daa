/* figures_store — see figures_store.h. */
#include "core/insight/figures_store.h"
#include "base/list.h"
#include "core/ledger/ledger.h"
#include "db/db.h"

/* ---- how far is counted ---- */
DB_SQL(find_figures_mark, "SELECT seq FROM customer_mark WHERE merchant_id = $1");

enum err
figures_store_find_mark(struct ctx *ctx, int64_t *seq)
{
    struct db_rows *rows = db_query(ctx, &find_figures_mark, DB_BIND(db_int(ctx->merchant.v)));

    *seq = db_next(rows) ? db_col_int(rows, 0) : INT64_MIN;
    return db_done(rows);
}

/* Two nodes may have counted the same: the second one finds the mark moved. */
DB_SQL(move_figures_mark, "INSERT INTO customer_mark (merchant_id, seq)"
                          " VALUES ($1, $2)"
                          " ON CONFLICT (merchant_id) DO UPDATE"
                          "   SET seq = excluded.seq"
                          " WHERE customer_mark.seq = $3");

enum err
figures_store_move_mark(struct ctx *ctx, int64_t before, int64_t after, bool *moved)
{
    int64_t changed = 0;

    ASSERT(after > before);
    TRY(db_change(ctx, &move_figures_mark,
                  DB_BIND(db_int(ctx->merchant.v), db_int(after), db_int(before)), &changed));
    *moved = changed == 1;
    return OK;
}

/* A scalar each, so that each is one look into its own index. */
DB_SQL(find_next_change, "SELECT (SELECT MIN(t.seq) FROM ledger_transfer AS t"
                         "         WHERE t.merchant_id = $1 AND t.seq > $2),"
                         "       (SELECT MIN(u.seq) FROM customer_touch AS u"
                         "         WHERE u.merchant_id = $1 AND u.seq > $2)");

enum err
figures_store_find_next(struct ctx *ctx, int64_t after, int64_t *seq)
{
    struct db_rows *rows =
        db_query(ctx, &find_next_change, DB_BIND(db_int(ctx->merchant.v), db_int(after)));

    *seq = 0;
    if (db_next(rows)) {
        int64_t transfer = db_col_int(rows, 0), touch = db_col_int(rows, 1);

        *seq = transfer == 0 || (touch != 0 && touch < transfer) ? touch : transfer;
    }
    return db_done(rows);
}

DB_SQL(find_merchant_seq, "SELECT seq FROM merchant_seq WHERE merchant_id = $1");

enum err
figures_store_find_newest(struct ctx *ctx, int64_t *seq)
{
    struct db_rows *rows = db_query(ctx, &find_merchant_seq, DB_BIND(db_int(ctx->merchant.v)));

    *seq = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* ---- who changed ---- */
_Static_assert(BOOK_POINTS == 1 && BOOK_OWED == 2, "the statements name them");

/* Lines of other books have owners that are no accounts, and find none. */
DB_SQL(list_changed,
       "SELECT a.customer_id"
       "  FROM ledger_transfer AS t"
       "  JOIN ledger_line AS n ON n.merchant_id = t.merchant_id AND n.transfer_id = t.id"
       "   AND n.book IN (1, 2)"
       "  JOIN loyalty_account AS a ON a.merchant_id = n.merchant_id AND a.id = n.owner_id"
       " WHERE t.merchant_id = $1 AND t.seq > $2 AND t.seq <= $3"
       " UNION "
       "SELECT u.customer_id"
       "  FROM customer_touch AS u"
       " WHERE u.merchant_id = $1 AND u.seq > $2 AND u.seq <= $3");

enum err
figures_store_list_changed(struct ctx *ctx, struct figures_span span, customer_id **customers,
                           int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_changed,
                 DB_BIND(db_int(ctx->merchant.v), db_int(span.after_seq), db_int(span.until_seq)));

    *customers = NULL;
    *count = 0;
    while (db_next(rows)) {
        const customer_id id = {db_col_int(rows, 0)};

        LIST_ADD(ctx->arena, *customers, *count, id);
    }
    return db_done(rows);
}

/* ---- counting one ---- */
#define ORDERS_OF                                                                                  \
    "  FROM loyalty_account AS a"                                                                  \
    "  JOIN order_head AS o ON o.merchant_id = a.merchant_id AND o.account_id = a.id"              \
    "   AND o.status = 'COMPLETED'"                                                                \
    " WHERE a.merchant_id = $1 AND a.customer_id = $2"

DB_SQL(count_orders,
       "SELECT COUNT(*), COALESCE(MIN(o.closed_us), 0), COALESCE(MAX(o.closed_us), 0),"
       "       CAST(COALESCE(SUM(o.total_minor - o.refunded_minor), 0) AS BIGINT)" ORDERS_OF);
DB_SQL(find_last_place, "SELECT MAX(o.location_id)" ORDERS_OF "   AND o.closed_us = $3");

enum err
figures_store_count_orders(struct ctx *ctx, customer_id customer, struct listing_counts *counts)
{
    struct db_rows *rows =
        db_query(ctx, &count_orders, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *counts = (struct listing_counts){0};
    if (db_next(rows)) {
        counts->visits = db_col_int(rows, 0);
        counts->first_visit_us = db_col_int(rows, 1);
        counts->last_visit_us = db_col_int(rows, 2);
        counts->spend_minor = db_col_int(rows, 3);
    }
    TRY(db_done(rows));
    if (counts->visits == 0) return OK;
    rows = db_query(
        ctx, &find_last_place,
        DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(counts->last_visit_us)));
    if (db_next(rows)) counts->location.v = db_col_int(rows, 0);
    return db_done(rows);
}

DB_SQL(list_points_of, "SELECT a.program_id, p.balance + COALESCE(o.balance, 0)"
                       "  FROM loyalty_account AS a"
                       "  JOIN ledger_account AS p"
                       "    ON p.merchant_id = a.merchant_id AND p.owner_id = a.id AND p.book = 1"
                       "   AND p.expires_us = 0 AND p.lot_id = 0"
                       "  LEFT JOIN ledger_account AS o"
                       "    ON o.merchant_id = a.merchant_id AND o.owner_id = a.id AND o.book = 2"
                       "   AND o.expires_us = 0 AND o.lot_id = 0"
                       " WHERE a.merchant_id = $1 AND a.customer_id = $2"
                       " ORDER BY a.program_id");

enum err
figures_store_list_balances(struct ctx *ctx, customer_id customer,
                            struct listing_balance **balances, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_points_of, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *balances = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct listing_balance balance = {{db_col_int(rows, 0)}, db_col_int(rows, 1)};

        LIST_ADD(ctx->arena, *balances, *count, balance);
    }
    return db_done(rows);
}
