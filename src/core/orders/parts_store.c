/* parts_store — what orders are made of: lines, payments, refunds. See orders_store.h. */
#include "base/list.h"
#include "core/orders/orders_store.h"
#include "core/orders/sheets.h"
#include "db/db.h"

/* ---- lines ---- */
DB_SQL(remove_lines, "DELETE FROM order_line"
                     " WHERE merchant_id = $1 AND order_id = $2");

enum err
orders_store_remove_lines(struct ctx *ctx, order_id order)
{
    return db_exec(ctx, &remove_lines, DB_BIND(db_int(ctx->merchant.v), db_int(order.v)));
}

DB_SQL(add_line, "INSERT INTO order_line (merchant_id, order_id, line, sku, name, category,"
                 "                        quantity, total_minor, tax_minor, variation_id,"
                 "                        category_id, discount_minor)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)");

enum err
orders_store_add_lines(struct ctx *ctx, order_id order, const struct pos_line *lines, int count)
{
    for (int i = 0; i < count; i++) {
        const struct pos_line *line = &lines[i];
        TRY(db_exec(ctx, &add_line,
                    DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(i), db_text(line->sku),
                            db_text(line->name), db_text(line->category), db_text(line->quantity),
                            db_int(line->total_minor), db_int(line->tax_minor),
                            db_int_or_null(line->variation_found.v),
                            db_int_or_null(line->category_found.v), db_int(line->discount_minor))));
    }
    return OK;
}

DB_SQL(list_lines, "SELECT sku, name, category, quantity, total_minor, tax_minor, variation_id,"
                   "       category_id, discount_minor"
                   "  FROM order_line"
                   " WHERE merchant_id = $1 AND order_id = $2"
                   " ORDER BY line");

enum err
orders_store_list_lines(struct ctx *ctx, order_id order, struct pos_line **lines, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_lines, DB_BIND(db_int(ctx->merchant.v), db_int(order.v)));

    *lines = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct pos_line line = {
            .sku = db_col_text(rows, 0),
            .name = db_col_text(rows, 1),
            .category = db_col_text(rows, 2),
            .quantity = db_col_text(rows, 3),
            .total_minor = db_col_int(rows, 4),
            .tax_minor = db_col_int(rows, 5),
            .variation_found = {db_col_int(rows, 6)},
            .category_found = {db_col_int(rows, 7)},
            .discount_minor = db_col_int(rows, 8),
        };
        LIST_ADD(ctx->arena, *lines, *count, line);
    }
    return db_done(rows);
}

/* ---- payments ---- */
/*
 * Messages come in any order. Two with the same time are the same, or one was told before the
 * vendor's clock went on: then the completed one, which has an amount, is the later.
 */
DB_SQL(put_payment,
       "INSERT INTO order_payment (merchant_id, integration_id, vendor_payment, order_id,"
       "       amount_minor, tip_minor, status, updated_us, paid_us, establishment,"
       "       vendor_register, external_customer, card_hash, card_brand, card_last_4)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)"
       " ON CONFLICT (merchant_id, integration_id, vendor_payment) DO UPDATE"
       "   SET amount_minor = EXCLUDED.amount_minor, tip_minor = EXCLUDED.tip_minor,"
       "       status = EXCLUDED.status, updated_us = EXCLUDED.updated_us,"
       "       paid_us = EXCLUDED.paid_us, establishment = EXCLUDED.establishment,"
       "       vendor_register = EXCLUDED.vendor_register,"
       "       external_customer = EXCLUDED.external_customer, card_hash = EXCLUDED.card_hash,"
       "       card_brand = EXCLUDED.card_brand, card_last_4 = EXCLUDED.card_last_4"
       " WHERE order_payment.updated_us < EXCLUDED.updated_us"
       "    OR (order_payment.updated_us = EXCLUDED.updated_us"
       "        AND order_payment.amount_minor < EXCLUDED.amount_minor)");

enum err
orders_store_put_payment(struct ctx *ctx, const struct order_payment *payment, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &put_payment,
                  DB_BIND(db_int(ctx->merchant.v), db_int(payment->integration.v),
                          db_text(payment->vendor_payment), db_int(payment->order.v),
                          db_int(payment->amount_minor), db_int(payment->tip_minor),
                          db_text(payment->completed ? STR("COMPLETED") : STR("OPEN")),
                          db_int(payment->updated_us), db_int(payment->paid_us),
                          db_text(payment->establishment), db_text(payment->vendor_register),
                          db_text(payment->external_customer),
                          db_bytes_or_null(payment->card.hash.at, payment->card.hash.len),
                          db_text(payment->card.brand), db_text(payment->card.last_4)),
                  &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(list_payments,
       "SELECT vendor_payment, amount_minor, tip_minor, updated_us, paid_us, establishment,"
       "       vendor_register, external_customer, card_hash, card_brand, card_last_4"
       "  FROM order_payment"
       " WHERE merchant_id = $1 AND order_id = $2 AND status = 'COMPLETED'"
       " ORDER BY updated_us DESC, vendor_payment");

enum err
orders_store_list_payments(struct ctx *ctx, order_id order, struct order_payment **payments,
                           int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_payments, DB_BIND(db_int(ctx->merchant.v), db_int(order.v)));

    *payments = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct order_payment payment = {
            .order = order,
            .completed = true,
            .vendor_payment = db_col_text(rows, 0),
            .amount_minor = db_col_int(rows, 1),
            .tip_minor = db_col_int(rows, 2),
            .updated_us = db_col_int(rows, 3),
            .paid_us = db_col_int(rows, 4),
            .establishment = db_col_text(rows, 5),
            .vendor_register = db_col_text(rows, 6),
            .external_customer = db_col_text(rows, 7),
            .card = {db_col_text(rows, 8), db_col_text(rows, 9), db_col_text(rows, 10)},
        };
        LIST_ADD(ctx->arena, *payments, *count, payment);
    }
    return db_done(rows);
}

DB_SQL(find_payment, "SELECT order_id"
                     "  FROM order_payment"
                     " WHERE merchant_id = $1 AND integration_id = $2 AND vendor_payment = $3");

enum err
orders_store_find_payment(struct ctx *ctx, integration_id integration, struct str vendor_payment,
                          order_id *order)
{
    struct db_rows *rows =
        db_query(ctx, &find_payment,
                 DB_BIND(db_int(ctx->merchant.v), db_int(integration.v), db_text(vendor_payment)));

    order->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* ---- refunds ---- */
DB_SQL(put_refund,
       "INSERT INTO order_refund (merchant_id, integration_id, vendor_refund, vendor_order,"
       "                          vendor_payment, amount_minor, at_us, reason, team_member_id,"
       "                          credit_note_id)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
       " ON CONFLICT (merchant_id, integration_id, vendor_refund) DO UPDATE"
       "   SET amount_minor = EXCLUDED.amount_minor, at_us = EXCLUDED.at_us"
       " WHERE order_refund.at_us < EXCLUDED.at_us"
       "    OR (order_refund.at_us = EXCLUDED.at_us"
       "        AND order_refund.amount_minor < EXCLUDED.amount_minor)");

enum err
orders_store_put_refund(struct ctx *ctx, const struct order_refund *refund, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &put_refund,
                  DB_BIND(db_int(ctx->merchant.v), db_int(refund->integration.v),
                          db_text(refund->vendor_refund), db_text(refund->vendor_order),
                          db_text(refund->vendor_payment), db_int(refund->amount_minor),
                          db_int(refund->at_us), db_text(refund->reason),
                          db_int_or_null(refund->team_member.v),
                          db_int_or_null(refund->credit_note.v)),
                  &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(find_refund, "SELECT vendor_refund, vendor_order, vendor_payment, amount_minor, at_us,"
                    "       reason, team_member_id, credit_note_id"
                    "  FROM order_refund"
                    " WHERE merchant_id = $1 AND integration_id = $2 AND vendor_refund = $3");

enum err
orders_store_find_refund(struct ctx *ctx, integration_id integration, struct str vendor_refund,
                         struct order_refund *refund)
{
    struct db_rows *rows =
        db_query(ctx, &find_refund,
                 DB_BIND(db_int(ctx->merchant.v), db_int(integration.v), db_text(vendor_refund)));

    *refund = (struct order_refund){.integration = integration};
    if (db_next(rows)) {
        refund->vendor_refund = db_col_text(rows, 0);
        refund->vendor_order = db_col_text(rows, 1);
        refund->vendor_payment = db_col_text(rows, 2);
        refund->amount_minor = db_col_int(rows, 3);
        refund->at_us = db_col_int(rows, 4);
        refund->reason = db_col_text(rows, 5);
        refund->team_member.v = db_col_int(rows, 6);
        refund->credit_note.v = db_col_int(rows, 7);
    }
    return db_done(rows);
}

DB_SQL(remove_refund_lines, "DELETE FROM order_refund_line"
                            " WHERE merchant_id = $1 AND integration_id = $2"
                            "   AND vendor_refund = $3");
DB_SQL(add_refund_line, "INSERT INTO order_refund_line"
                        "  (merchant_id, integration_id, vendor_refund, line, amount_minor,"
                        "   units)"
                        " VALUES ($1, $2, $3, $4, $5, $6)");

enum err
orders_store_put_refund_lines(struct ctx *ctx, const struct order_refund *refund,
                              const struct pos_refund_line *lines, int count)
{
    TRY(db_exec(ctx, &remove_refund_lines,
                DB_BIND(db_int(ctx->merchant.v), db_int(refund->integration.v),
                        db_text(refund->vendor_refund))));
    for (int i = 0; i < count; i++) {
        TRY(db_exec(ctx, &add_refund_line,
                    DB_BIND(db_int(ctx->merchant.v), db_int(refund->integration.v),
                            db_text(refund->vendor_refund), db_int(lines[i].line),
                            db_int(lines[i].amount_minor), db_int(lines[i].units))));
    }
    return OK;
}

static enum err
read_refund_lines(struct ctx *ctx, struct db_rows *rows, struct pos_refund_line **lines, int *count)
{
    *lines = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct pos_refund_line line = {(int)db_col_int(rows, 0), db_col_int(rows, 1),
                                             db_col_int(rows, 2)};
        LIST_ADD(ctx->arena, *lines, *count, line);
    }
    return db_done(rows);
}

DB_SQL(list_refund_lines, "SELECT line, amount_minor, units"
                          "  FROM order_refund_line"
                          " WHERE merchant_id = $1 AND integration_id = $2 AND vendor_refund = $3"
                          " ORDER BY line");

enum err
orders_store_list_refund_lines(struct ctx *ctx, const struct order_refund *refund,
                               struct pos_refund_line **lines, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_refund_lines,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(refund->integration.v),
                                            db_text(refund->vendor_refund)));

    return read_refund_lines(ctx, rows, lines, count);
}

/* Found as sum_refunds finds them, below. */
DB_SQL(sum_refund_lines,
       "SELECT n.line, CAST(SUM(n.amount_minor) AS BIGINT), CAST(SUM(n.units) AS BIGINT)"
       "  FROM (SELECT vendor_refund"
       "          FROM order_refund"
       "         WHERE merchant_id = $1 AND integration_id = $2 AND vendor_order = $3"
       "           AND length(vendor_payment) = 0"
       "         UNION ALL"
       "        SELECT r.vendor_refund"
       "          FROM order_payment p"
       "          JOIN order_refund r"
       "            ON r.merchant_id = p.merchant_id AND r.integration_id = p.integration_id"
       "           AND r.vendor_payment = p.vendor_payment"
       "         WHERE p.merchant_id = $1 AND p.order_id = $4) AS given_back"
       "  JOIN order_refund_line AS n"
       "    ON n.merchant_id = $1 AND n.integration_id = $2"
       "   AND n.vendor_refund = given_back.vendor_refund"
       " GROUP BY n.line"
       " ORDER BY n.line"
       " LIMIT $5");

enum err
orders_store_sum_refund_lines(struct ctx *ctx, const struct order_row *row,
                              struct pos_refund_line **lines, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &sum_refund_lines,
                 DB_BIND(db_int(ctx->merchant.v), db_int(row->integration.v),
                         db_text(row->vendor_order), db_int(row->id.v), db_int(POS_LINES_MAX)));

    return read_refund_lines(ctx, rows, lines, count);
}

/* A refund names its payment or its order; one that names both is found by its payment. Asked by
 * its length, an absent payment is not looked up in the index of payments, where all those of
 * orders lie together. */
DB_SQL(sum_refunds,
       "SELECT CAST(COALESCE(SUM(amount_minor), 0) AS BIGINT)"
       "  FROM (SELECT amount_minor"
       "          FROM order_refund"
       "         WHERE merchant_id = $1 AND integration_id = $2 AND vendor_order = $3"
       "           AND length(vendor_payment) = 0"
       "         UNION ALL"
       "        SELECT r.amount_minor"
       "          FROM order_payment p"
       "          JOIN order_refund r"
       "            ON r.merchant_id = p.merchant_id AND r.integration_id = p.integration_id"
       "           AND r.vendor_payment = p.vendor_payment"
       "         WHERE p.merchant_id = $1 AND p.order_id = $4) AS given_back");

enum err
orders_store_sum_refunds(struct ctx *ctx, const struct order_row *row, int64_t *sum_minor)
{
    struct db_rows *rows = db_query(ctx, &sum_refunds,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(row->integration.v),
                                            db_text(row->vendor_order), db_int(row->id.v)));

    *sum_minor = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* ---- void sales of our till ---- */
DB_SQL(add_void, "INSERT INTO order_void (merchant_id, order_id, at_us, team_member_id, reason)"
                 " VALUES ($1, $2, $3, $4, $5)"
                 " ON CONFLICT (merchant_id, order_id) DO NOTHING");

enum err
orders_store_add_void(struct ctx *ctx, order_id order, const struct order_void *gone)
{
    return db_exec(ctx, &add_void,
                   DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(gone->at_us),
                           db_int_or_null(gone->team_member.v), db_text(gone->reason)));
}

DB_SQL(find_void, "SELECT at_us, team_member_id, reason"
                  "  FROM order_void"
                  " WHERE merchant_id = $1 AND order_id = $2");

enum err
orders_store_find_void(struct ctx *ctx, order_id order, struct order_void *gone)
{
    struct db_rows *rows =
        db_query(ctx, &find_void, DB_BIND(db_int(ctx->merchant.v), db_int(order.v)));

    *gone = (struct order_void){0};
    if (db_next(rows)) {
        gone->at_us = db_col_int(rows, 0);
        gone->team_member.v = db_col_int(rows, 1);
        gone->reason = db_col_text(rows, 2);
    }
    return db_done(rows);
}

/* ---- erasure ---- */
DB_SQL(erase_payments,
       "UPDATE order_payment"
       "   SET external_customer = '', card_hash = NULL, card_brand = '', card_last_4 = ''"
       " WHERE merchant_id = $1"
       "   AND order_id IN (SELECT id FROM order_head WHERE merchant_id = $1 AND account_id = $2)");
DB_SQL(erase_orders,
       "UPDATE order_head"
       "   SET external_customer = '', card_hash = NULL, card_brand = '', card_last_4 = ''"
       " WHERE merchant_id = $1 AND account_id = $2");

enum err
orders_store_erase_account(struct ctx *ctx, account_id account)
{
    TRY(db_exec(ctx, &erase_payments, DB_BIND(db_int(ctx->merchant.v), db_int(account.v))));
    return db_exec(ctx, &erase_orders, DB_BIND(db_int(ctx->merchant.v), db_int(account.v)));
}
