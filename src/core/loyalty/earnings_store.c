/* earnings_store — see earnings_store.h. */
#include "core/loyalty/earnings_store.h"
#include "db/db.h"

DB_SQL(find_earning, "SELECT account_id, version, basis_minor, tax_minor, refunded_minor, points,"
                     "       spend_points, spend_minor, rule_points, rule_amount, taken_back,"
                     "       dropped, carry_given, carry_taken, lot_id"
                     "  FROM earning"
                     " WHERE merchant_id = $1 AND order_id = $2 AND program_id = $3");

enum err
earnings_store_find(struct ctx *ctx, order_id order, program_id program, struct earning *earning)
{
    struct db_rows *rows = db_query(
        ctx, &find_earning, DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(program.v)));

    *earning = (struct earning){.order = order, .program = program};
    if (db_next(rows)) {
        earning->account.v = db_col_int(rows, 0);
        earning->version = db_col_int(rows, 1);
        earning->basis.total_minor = db_col_int(rows, 2);
        earning->basis.tax_minor = db_col_int(rows, 3);
        earning->refunded_minor = db_col_int(rows, 4);
        earning->points = db_col_int(rows, 5);
        earning->spend_points = db_col_int(rows, 6);
        earning->spend_minor = db_col_int(rows, 7);
        earning->rule_points = db_col_int(rows, 8);
        earning->rule_amount = db_col_int(rows, 9);
        earning->taken_back = db_col_int(rows, 10);
        earning->dropped = db_col_int(rows, 11);
        earning->carry_given = db_col_int(rows, 12);
        earning->carry_taken = db_col_int(rows, 13);
        earning->lot = db_col_int(rows, 14);
    }
    return db_done(rows);
}

DB_SQL(add_earning,
       "INSERT INTO earning"
       "  (merchant_id, order_id, program_id, account_id, version, basis_minor, tax_minor,"
       "   refunded_minor, points, spend_points, spend_minor, rule_points, rule_amount,"
       "   taken_back, dropped, carry_given, carry_taken, lot_id, created_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
       "         $19)"
       " ON CONFLICT (merchant_id, order_id, program_id) DO NOTHING");

enum err
earnings_store_add(struct ctx *ctx, const struct earning *earning, bool *done)
{
    int64_t changed = 0;

    TRY(db_change(
        ctx, &add_earning,
        DB_BIND(db_int(ctx->merchant.v), db_int(earning->order.v), db_int(earning->program.v),
                db_int(earning->account.v), db_int(earning->version),
                db_int(earning->basis.total_minor), db_int(earning->basis.tax_minor),
                db_int(earning->refunded_minor), db_int(earning->points),
                db_int(earning->spend_points), db_int(earning->spend_minor),
                db_int(earning->rule_points), db_int(earning->rule_amount),
                db_int(earning->taken_back), db_int(earning->dropped), db_int(earning->carry_given),
                db_int(earning->carry_taken), db_int_or_null(earning->lot), db_int(ctx->now_us)),
        &changed));
    *done = changed == 1;
    return OK;
}

DB_SQL(change_earning,
       "UPDATE earning"
       "   SET basis_minor = $4, tax_minor = $5, refunded_minor = $6, points = $7,"
       "       spend_points = $8, spend_minor = $9, rule_points = $10, rule_amount = $11,"
       "       taken_back = $12, dropped = $13, carry_given = $14, carry_taken = $15,"
       "       lot_id = $16"
       " WHERE merchant_id = $1 AND order_id = $2 AND program_id = $3"
       "   AND basis_minor = $17 AND refunded_minor = $18 AND points = $19 AND taken_back = $20");

enum err
earnings_store_change(struct ctx *ctx, const struct earning *before, const struct earning *after,
                      bool *done)
{
    int64_t changed = 0;

    TRY(db_change(
        ctx, &change_earning,
        DB_BIND(db_int(ctx->merchant.v), db_int(after->order.v), db_int(after->program.v),
                db_int(after->basis.total_minor), db_int(after->basis.tax_minor),
                db_int(after->refunded_minor), db_int(after->points), db_int(after->spend_points),
                db_int(after->spend_minor), db_int(after->rule_points), db_int(after->rule_amount),
                db_int(after->taken_back), db_int(after->dropped), db_int(after->carry_given),
                db_int(after->carry_taken), db_int_or_null(after->lot),
                db_int(before->basis.total_minor), db_int(before->refunded_minor),
                db_int(before->points), db_int(before->taken_back)),
        &changed));
    *done = changed == 1;
    return OK;
}
