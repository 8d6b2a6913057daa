/* till_summary_store — see till_summary_store.h. */
#include "core/insight/till_summary_store.h"
#include "db/db.h"

DB_SQL(find_till, "SELECT id"
                  "  FROM integration"
                  " WHERE merchant_id = $1 AND vendor = 'till'"
                  " ORDER BY id"
                  " LIMIT 1");

enum err
till_summary_store_find(struct ctx *ctx, integration_id *till)
{
    struct db_rows *rows = db_query(ctx, &find_till, DB_BIND(db_int(ctx->merchant.v)));

    till->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* The orders of a span, along the index by closing. */
#define SALES                                                                                      \
    "       o.merchant_id = $1 AND o.closed_us >= $4 AND o.closed_us < $5"                         \
    "   AND o.location_id = $3 AND o.integration_id = $2"
#define SPAN(span)                                                                                 \
    DB_BIND(db_int(ctx->merchant.v), db_int((span)->till.v), db_int((span)->location.v),           \
            db_int((span)->from_us), db_int((span)->until_us))

DB_SQL(list_till_sales, "SELECT o.closed_us, o.total_minor, o.status, o.account_id, o.points,"
                        "       o.team_member_id"
                        "  FROM order_head AS o"
                        " WHERE" SALES "   AND o.status <> 'OPEN'");

enum err
till_summary_store_read_sales(struct ctx *ctx, const struct till_span *span, till_sale_add *add,
                              void *self)
{
    struct db_rows *rows = db_query(ctx, &list_till_sales, SPAN(span));

    while (db_next(rows)) {
        const struct till_sale sale = {
            .closed_us = db_col_int(rows, 0),
            .total_minor = db_col_int(rows, 1),
            .is_void = str_is(db_col_text(rows, 2), STR("CANCELED")),
            .is_known = !db_col_is_null(rows, 3),
            .points = db_col_is_null(rows, 3) ? 0 : db_col_int(rows, 4),
            .team_member = {db_col_int(rows, 5)},
        };

        add(self, &sale);
    }
    return db_done(rows);
}

DB_SQL(count_till_people,
       "SELECT COUNT(DISTINCT a.customer_id),"
       "       COUNT(DISTINCT a.customer_id)"
       "         FILTER (WHERE a.created_us >= $4 AND a.created_us < $5)"
       "  FROM order_head AS o"
       "  JOIN loyalty_account AS a ON a.merchant_id = o.merchant_id AND a.id = o.account_id"
       " WHERE" SALES "   AND o.status = 'COMPLETED'");

enum err
till_summary_store_count_people(struct ctx *ctx, const struct till_span *span,
                                struct till_summary *summary)
{
    struct db_rows *rows = db_query(ctx, &count_till_people, SPAN(span));

    if (db_next(rows)) {
        summary->customers = db_col_int(rows, 0);
        summary->newcomers = db_col_int(rows, 1);
    }
    return db_done(rows);
}

DB_SQL(sum_till_discounts,
       "SELECT d.kind, COUNT(*), CAST(SUM(d.amount_minor) AS BIGINT)"
       "  FROM order_head AS o"
       "  JOIN order_discount AS d ON d.merchant_id = o.merchant_id AND d.order_id = o.id"
       "   AND d.returned_us IS NULL"
       " WHERE" SALES "   AND o.status = 'COMPLETED'"
       " GROUP BY d.kind"
       " ORDER BY d.kind");

enum err
till_summary_store_sum_discounts(struct ctx *ctx, const struct till_span *span,
                                 struct till_summary *summary)
{
    struct db_rows *rows = db_query(ctx, &sum_till_discounts, SPAN(span));

    while (db_next(rows)) {
        struct str kind = db_col_text(rows, 0);
        int64_t sum_minor = db_col_int(rows, 2);

        if (str_is(kind, STR("reward"))) {
            summary->rewards = db_col_int(rows, 1);
            summary->rewards_minor = sum_minor;
        } else if (str_is(kind, STR("credit"))) {
            summary->credit_minor = sum_minor;
        } else {
            summary->notes_minor = sum_minor;
        }
    }
    return db_done(rows);
}

DB_SQL(sum_till_refunds,
       "SELECT COUNT(*), CAST(COALESCE(SUM(r.amount_minor), 0) AS BIGINT),"
       "       CAST(COALESCE(SUM(r.amount_minor) FILTER (WHERE r.credit_note_id IS NOT NULL), 0)"
       "            AS BIGINT)"
       "  FROM order_refund AS r"
       "  JOIN order_head AS o ON o.merchant_id = r.merchant_id"
       "   AND o.integration_id = r.integration_id AND o.vendor_order = r.vendor_order"
       " WHERE r.merchant_id = $1 AND r.integration_id = $2 AND r.at_us >= $4 AND r.at_us < $5"
       "   AND o.location_id = $3 AND o.status = 'COMPLETED'");

enum err
till_summary_store_sum_refunds(struct ctx *ctx, const struct till_span *span,
                               struct till_summary *summary)
{
    struct db_rows *rows = db_query(ctx, &sum_till_refunds, SPAN(span));

    if (db_next(rows)) {
        summary->refunds = db_col_int(rows, 0);
        summary->refunded_minor = db_col_int(rows, 1);
        summary->refunded_notes_minor = db_col_int(rows, 2);
    }
    return db_done(rows);
}
