/* earnings_store — see earnings_store.h. */
#include "core/loyalty/earnings_store.h"
#include "db/db.h"

#define COLUMNS                                                                                    \
    "order_id, program_id, account_id, version, basis_minor, tax_minor, refunded_minor, points,"   \
    " spend_points, spend_minor, rule_points, rule_amount, taken_back, dropped, carry_given,"      \
    " carry_taken, lot_id, ripe_us, promotion_id, promotion_points, counted_day"

static enum err
read_earnings(struct db_rows *rows, struct earning *earnings, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        earnings[(*count)++] = (struct earning){
            .order = {db_col_int(rows, 0)},
            .program = {db_col_int(rows, 1)},
            .account = {db_col_int(rows, 2)},
            .version = db_col_int(rows, 3),
            .basis_minor = db_col_int(rows, 4),
            .tax_minor = db_col_int(rows, 5),
            .refunded_minor = db_col_int(rows, 6),
            .points = db_col_int(rows, 7),
            .spend_points = db_col_int(rows, 8),
            .spend_minor = db_col_int(rows, 9),
            .rule_points = db_col_int(rows, 10),
            .rule_amount = db_col_int(rows, 11),
            .taken_back = db_col_int(rows, 12),
            .dropped = db_col_int(rows, 13),
            .carry_given = db_col_int(rows, 14),
            .carry_taken = db_col_int(rows, 15),
            .lot = db_col_int(rows, 16),
            .ripe_us = db_col_int(rows, 17),
            .promotion = {db_col_int(rows, 18)},
            .promotion_points = db_col_int(rows, 19),
            .counted_day = db_col_int(rows, 20),
        };
    }
    return db_done(rows);
}

DB_SQL(list_earnings, "SELECT " COLUMNS "  FROM earning"
                      " WHERE merchant_id = $1 AND order_id = $2"
                      " LIMIT $3");

enum err
earnings_store_list(struct ctx *ctx, order_id order, struct earning *earnings, int *count)
{
    return read_earnings(
        db_query(ctx, &list_earnings,
                 DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(PROGRAMS_MAX))),
        earnings, count);
}

DB_SQL(add_earning,
       "INSERT INTO earning (merchant_id, created_us, " COLUMNS ")"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
       "         $19, $20, $21, $22, $23)"
       " ON CONFLICT (merchant_id, order_id, program_id) DO NOTHING");

enum err
earnings_store_add(struct ctx *ctx, const struct earning *earning, bool *done)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &add_earning,
                  DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(earning->order.v),
                          db_int(earning->program.v), db_int(earning->account.v),
                          db_int(earning->version), db_int(earning->basis_minor),
                          db_int(earning->tax_minor), db_int(earning->refunded_minor),
                          db_int(earning->points), db_int(earning->spend_points),
                          db_int(earning->spend_minor), db_int(earning->rule_points),
                          db_int(earning->rule_amount), db_int(earning->taken_back),
                          db_int(earning->dropped), db_int(earning->carry_given),
                          db_int(earning->carry_taken), db_int_or_null(earning->lot),
                          db_int_or_null(earning->ripe_us), db_int_or_null(earning->promotion.v),
                          db_int(earning->promotion_points), db_int(earning->counted_day)),
                  &changed));
    *done = changed == 1;
    return OK;
}

DB_SQL(change_earning,
       "UPDATE earning"
       "   SET basis_minor = $4, tax_minor = $5, refunded_minor = $6, points = $7,"
       "       spend_points = $8, spend_minor = $9, rule_points = $10, rule_amount = $11,"
       "       taken_back = $12, dropped = $13, carry_given = $14, carry_taken = $15,"
       "       lot_id = $16, ripe_us = $17, promotion_id = $18, promotion_points = $19,"
       "       counted_day = $20"
       " WHERE merchant_id = $1 AND order_id = $2 AND program_id = $3"
       "   AND basis_minor = $21 AND refunded_minor = $22 AND points = $23 AND taken_back = $24"
       "   AND COALESCE(ripe_us, 0) = $25");

enum err
earnings_store_change(struct ctx *ctx, const struct earning *before, const struct earning *after,
                      bool *done)
{
    int64_t changed = 0;

    TRY(db_change(
        ctx, &change_earning,
        DB_BIND(db_int(ctx->merchant.v), db_int(after->order.v), db_int(after->program.v),
                db_int(after->basis_minor), db_int(after->tax_minor), db_int(after->refunded_minor),
                db_int(after->points), db_int(after->spend_points), db_int(after->spend_minor),
                db_int(after->rule_points), db_int(after->rule_amount), db_int(after->taken_back),
                db_int(after->dropped), db_int(after->carry_given), db_int(after->carry_taken),
                db_int_or_null(after->lot), db_int_or_null(after->ripe_us),
                db_int_or_null(after->promotion.v), db_int(after->promotion_points),
                db_int(after->counted_day), db_int(before->basis_minor),
                db_int(before->refunded_minor), db_int(before->points), db_int(before->taken_back),
                db_int(before->ripe_us)),
        &changed));
    *done = changed == 1;
    return OK;
}

DB_SQL(hand_over, "UPDATE earning"
                  "   SET account_id = $4, lot_id = $5, dropped = 0, kept = kept + $6,"
                  "       moves = moves + 1"
                  " WHERE merchant_id = $1 AND order_id = $2 AND program_id = $3");

enum err
earnings_store_hand_over(struct ctx *ctx, const struct earning *earning,
                         const struct earning_move *move)
{
    return db_exec(ctx, &hand_over,
                   DB_BIND(db_int(ctx->merchant.v), db_int(earning->order.v),
                           db_int(earning->program.v), db_int(move->into.v),
                           db_int_or_null(move->lot), db_int(move->kept)));
}

/* ---- parts ---- */

DB_SQL(list_parts, "SELECT rule_position, basis, refunded, points, capped, reason"
                   "  FROM earning_part"
                   " WHERE merchant_id = $1 AND order_id = $2 AND program_id = $3"
                   " ORDER BY position"
                   " LIMIT $4");

enum err
earnings_store_list_parts(struct ctx *ctx, const struct earning *earning, struct accrual *accrual)
{
    struct db_rows *rows = db_query(ctx, &list_parts,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(earning->order.v),
                                            db_int(earning->program.v), db_int(ACCRUAL_PARTS_MAX)));

    accrual->part_count = 0;
    while (db_next(rows)) {
        accrual->parts[accrual->part_count++] = (struct accrual_part){
            .basis = db_col_int(rows, 1),
            .refunded = db_col_int(rows, 2),
            .points = db_col_int(rows, 3),
            .capped = db_col_int(rows, 4),
            .reason = accrual_reason_parse(db_col_text(rows, 5)),
        };
        if (db_col_is_null(rows, 0)) accrual->promotion = earning->promotion;
    }
    return db_done(rows);
}

#define PART_COLUMNS                                                                               \
    "(merchant_id, order_id, program_id, position, rule_position, basis, refunded, points,"        \
    " capped, reason)"
#define OR_CHANGE                                                                                  \
    " ON CONFLICT (merchant_id, order_id, program_id, position) DO UPDATE"                         \
    "   SET rule_position = EXCLUDED.rule_position, basis = EXCLUDED.basis,"                       \
    "       refunded = EXCLUDED.refunded, points = EXCLUDED.points, capped = EXCLUDED.capped,"     \
    "       reason = EXCLUDED.reason"
DB_SQL(put_part, "INSERT INTO earning_part " PART_COLUMNS
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)" OR_CHANGE);

/* An order has a few in each program, and a statement costs more than a row. */
DB_SQL(put_three_parts,
       "INSERT INTO earning_part " PART_COLUMNS " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10),"
       "        ($1, $2, $11, $12, $13, $14, $15, $16, $17, $18),"
       "        ($1, $2, $19, $20, $21, $22, $23, $24, $25, $26)" OR_CHANGE);
enum { PART_ARGS = 8, PARTS_AT_ONCE = 3 };

static struct db_arg *
bind_part(const struct earning_part *part, struct db_arg *arg)
{
    *arg++ = db_int(part->program.v);
    *arg++ = db_int(part->position);
    *arg = db_int(part->position);
    arg++->is_null = part->source == EARNING_OF_PROMOTION;
    *arg++ = db_int(part->is.basis);
    *arg++ = db_int(part->is.refunded);
    *arg++ = db_int(part->is.points);
    *arg++ = db_int(part->is.capped);
    *arg++ = db_text(str_of(accrual_reason_name(part->is.reason)));
    return arg;
}

enum err
earnings_store_put_parts(struct ctx *ctx, order_id order, const struct earning_part *parts,
                         int count)
{
    for (int i = 0, next; i < count; i = next) {
        struct db_arg args[2 + PARTS_AT_ONCE * PART_ARGS] = {db_int(ctx->merchant.v),
                                                             db_int(order.v)};
        struct db_arg *arg = args + 2;

        next = i + (count - i >= PARTS_AT_ONCE ? PARTS_AT_ONCE : 1);
        for (int j = i; j < next; j++) {
            arg = bind_part(&parts[j], arg);
        }
        TRY(db_exec(ctx, next - i == 1 ? &put_part : &put_three_parts, args, (int)(arg - args)));
    }
    return OK;
}

/* ---- pending points ---- */

DB_SQL(list_ripe, "SELECT " COLUMNS "  FROM earning"
                  " WHERE merchant_id = $1 AND ripe_us IS NOT NULL AND ripe_us <= $2"
                  " ORDER BY ripe_us"
                  " LIMIT $3");

enum err
earnings_store_list_ripe(struct ctx *ctx, int max, struct earning *earnings, int *count)
{
    return read_earnings(
        db_query(ctx, &list_ripe,
                 DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(max))),
        earnings, count);
}

DB_SQL(list_pending, "SELECT points - taken_back, ripe_us"
                     "  FROM earning"
                     " WHERE merchant_id = $1 AND account_id = $2 AND ripe_us IS NOT NULL"
                     "   AND points > taken_back"
                     " ORDER BY ripe_us, order_id"
                     " LIMIT $3");

enum err
earnings_store_list_pending(struct ctx *ctx, account_id account, int max,
                            struct pending_points *pending, int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_pending, DB_BIND(db_int(ctx->merchant.v), db_int(account.v), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        pending[(*count)++] = (struct pending_points){
            .points = db_col_int(rows, 0),
            .ripe_us = db_col_int(rows, 1),
        };
    }
    return db_done(rows);
}
