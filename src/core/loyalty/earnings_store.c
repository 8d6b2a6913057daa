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

DB_SQL(put_earning,
       "INSERT INTO earning"
       "  (merchant_id, order_id, program_id, account_id, version, basis_minor, tax_minor,"
       "   refunded_minor, points, spend_points, spend_minor, rule_points, rule_amount,"
       "   taken_back, dropped, carry_given, carry_taken, lot_id, created_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
       "         $19)"
       " ON CONFLICT (merchant_id, order_id, program_id) DO UPDATE"
       "   SET basis_minor = excluded.basis_minor, tax_minor = excluded.tax_minor,"
       "       refunded_minor = excluded.refunded_minor, points = excluded.points,"
       "       spend_points = excluded.spend_points, spend_minor = excluded.spend_minor,"
       "       taken_back = excluded.taken_back, dropped = excluded.dropped,"
       "       carry_given = excluded.carry_given, carry_taken = excluded.carry_taken,"
       "       lot_id = excluded.lot_id");

enum err
earnings_store_put(struct ctx *ctx, const struct earning *earning)
{
    return db_exec(
        ctx, &put_earning,
        DB_BIND(db_int(ctx->merchant.v), db_int(earning->order.v), db_int(earning->program.v),
                db_int(earning->account.v), db_int(earning->version),
                db_int(earning->basis.total_minor), db_int(earning->basis.tax_minor),
                db_int(earning->refunded_minor), db_int(earning->points),
                db_int(earning->spend_points), db_int(earning->spend_minor),
                db_int(earning->rule_points), db_int(earning->rule_amount),
                db_int(earning->taken_back), db_int(earning->dropped), db_int(earning->carry_given),
                db_int(earning->carry_taken), db_int_or_null(earning->lot), db_int(ctx->now_us)));
}
