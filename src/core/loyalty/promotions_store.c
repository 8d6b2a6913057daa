/* promotions_store — see promotions_store.h. */
#include "core/loyalty/promotions_store.h"
#include "base/list.h"
#include "core/loyalty/programs_store.h"
#include "db/write_lane.h"

DB_SQL(add_promotion,
       "INSERT INTO loyalty_promotion"
       "  (merchant_id, id, program_id, name, incentive, multiplier, addition, start_on, end_on,"
       "   minimum_minor, limit_times, limit_interval, created_us, updated_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)");

DB_SQL(add_period, "INSERT INTO promotion_period"
                   "  (merchant_id, promotion_id, position, starts_us, lasts_us, days, until_us)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)");

DB_SQL(add_scope, "INSERT INTO promotion_scope"
                  "  (merchant_id, promotion_id, kind, object_id)"
                  " VALUES ($1, $2, $3, $4)");

static struct str
interval_name(const struct promotion *promotion)
{
    if (promotion->limit_times == 0) return STR("");
    return promotion->limit_per_day ? STR("DAY") : STR("ALL_TIME");
}

static enum err
add_periods(struct ctx *ctx, const struct promotion *promotion)
{
    for (int i = 0; i < promotion->time_count; i++) {
        const struct period *time = &promotion->times[i];

        TRY(db_exec(ctx, &add_period,
                    DB_BIND(db_int(ctx->merchant.v), db_int(promotion->id.v), db_int(i),
                            db_int(time->starts_us), db_int(time->lasts_us), db_int(time->days),
                            db_int(time->until_us))));
    }
    return OK;
}

enum err
promotions_store_add(struct ctx *ctx, const struct promotion *promotion)
{
    struct str incentive =
        promotion->is_multiplier ? STR("POINTS_MULTIPLIER") : STR("POINTS_ADDITION");

    write_forget(ctx);
    TRY(db_exec(ctx, &add_promotion,
                DB_BIND(db_int(ctx->merchant.v), db_int(promotion->id.v),
                        db_int(promotion->program.v), db_text(promotion->name), db_text(incentive),
                        db_int(promotion->multiplier), db_int(promotion->addition),
                        db_int(promotion->start_on), db_int(promotion->end_on),
                        db_int(promotion->minimum_minor), db_int(promotion->limit_times),
                        db_text(interval_name(promotion)), db_int(promotion->created_us))));
    TRY(add_periods(ctx, promotion));
    for (int i = 0; i < promotion->scope_count; i++) {
        TRY(db_exec(ctx, &add_scope,
                    DB_BIND(db_int(ctx->merchant.v), db_int(promotion->id.v),
                            programs_store_ref_kind(&promotion->scope[i]),
                            db_int(promotion->scope[i].id))));
    }
    return OK;
}

DB_SQL(cancel, "UPDATE loyalty_promotion"
               "   SET canceled_us = $3, updated_us = $3"
               " WHERE merchant_id = $1 AND id = $2 AND canceled_us IS NULL");

enum err
promotions_store_cancel(struct ctx *ctx, promotion_id id)
{
    write_forget(ctx);
    return db_exec(ctx, &cancel,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us)));
}

/* What read_promotion reads: a row for each time of the week. */
#define COLUMNS                                                                                    \
    "p.id, p.program_id, p.name, p.incentive, p.multiplier, p.addition, p.start_on, p.end_on,"     \
    " p.minimum_minor, p.limit_times, p.limit_interval, p.canceled_us, p.created_us,"              \
    " p.updated_us, t.starts_us, t.lasts_us, t.days, t.until_us"
#define TABLES                                                                                     \
    " loyalty_promotion AS p"                                                                      \
    "  LEFT JOIN promotion_period AS t"                                                            \
    "    ON t.merchant_id = p.merchant_id AND t.promotion_id = p.id"

static struct promotion
read_promotion(struct db_rows *rows)
{
    return (struct promotion){
        .id = {db_col_int(rows, 0)},
        .program = {db_col_int(rows, 1)},
        .name = db_col_text(rows, 2),
        .is_multiplier = str_is(db_col_text(rows, 3), STR("POINTS_MULTIPLIER")),
        .multiplier = db_col_int(rows, 4),
        .addition = db_col_int(rows, 5),
        .start_on = db_col_int(rows, 6),
        .end_on = db_col_int(rows, 7),
        .minimum_minor = db_col_int(rows, 8),
        .limit_times = db_col_int(rows, 9),
        .limit_per_day = str_is(db_col_text(rows, 10), STR("DAY")),
        .canceled_us = db_col_int(rows, 11),
        .created_us = db_col_int(rows, 12),
        .updated_us = db_col_int(rows, 13),
    };
}

/* Rows of one promotion follow each other; those that do not fit are left. */
static enum err
read_promotions(struct ctx *ctx, struct db_rows *rows, int max, struct promotion **promotions,
                int *count)
{
    *promotions = NULL;
    *count = 0;
    while (db_next(rows)) {
        if (*count == 0 || (*promotions)[*count - 1].id.v != db_col_int(rows, 0)) {
            if (*count == max) break;
            LIST_ADD(ctx->arena, *promotions, *count, read_promotion(rows));
        }
        struct promotion *promotion = &(*promotions)[*count - 1];

        if (db_col_is_null(rows, 14) || promotion->time_count == PROMOTION_TIMES_MAX) continue;
        promotion->times[promotion->time_count++] = (struct period){
            .starts_us = db_col_int(rows, 14),
            .lasts_us = db_col_int(rows, 15),
            .days = (unsigned)db_col_int(rows, 16),
            .until_us = db_col_int(rows, 17),
        };
    }
    return db_done(rows);
}

DB_SQL(find, "SELECT " COLUMNS "  FROM" TABLES " WHERE p.merchant_id = $1 AND p.id = $2"
             " ORDER BY t.position");

enum err
promotions_store_find(struct ctx *ctx, promotion_id id, struct promotion *promotion)
{
    struct promotion *found;
    int count;

    TRY(read_promotions(ctx, db_query(ctx, &find, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))),
                        1, &found, &count));
    *promotion = count == 0 ? (struct promotion){0} : found[0];
    return OK;
}

DB_SQL(list_open,
       "SELECT " COLUMNS "  FROM" TABLES " WHERE p.merchant_id = $1 AND p.program_id = $2"
       "   AND (p.canceled_us IS NULL OR p.canceled_us > $3)"
       "   AND (p.end_on = 0 OR p.end_on >= $4)"
       " ORDER BY p.id, t.position"
       " LIMIT $5");

enum err
promotions_store_list_open(struct ctx *ctx, const struct promotions_at *at, int max,
                           struct promotion **promotions, int *count)
{
    return read_promotions(
        ctx,
        db_query(ctx, &list_open,
                 DB_BIND(db_int(ctx->merchant.v), db_int(at->program.v), db_int(at->at_us),
                         db_int(at->day), db_int(max * PROMOTION_TIMES_MAX))),
        max, promotions, count);
}

DB_SQL(list_all_open, "SELECT " COLUMNS "  FROM" TABLES " WHERE p.merchant_id = $1"
                      "   AND (p.canceled_us IS NULL OR p.canceled_us > $2)"
                      "   AND p.start_on <= $3 AND (p.end_on = 0 OR p.end_on >= $3)"
                      " ORDER BY p.id, t.position"
                      " LIMIT $4");

enum err
promotions_store_list_all_open(struct ctx *ctx, const struct promotions_at *at, int max,
                               struct promotion **promotions, int *count)
{
    return read_promotions(ctx,
                           db_query(ctx, &list_all_open,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(at->at_us),
                                            db_int(at->day), db_int(max * PROMOTION_TIMES_MAX))),
                           max, promotions, count);
}

DB_SQL(list, "SELECT " COLUMNS "  FROM" TABLES
             " WHERE p.merchant_id = $1 AND p.program_id = $2 AND ($3 = 0 OR p.id < $3)"
             " ORDER BY p.id DESC, t.position"
             " LIMIT $4");

enum err
promotions_store_list(struct ctx *ctx, program_id program, int64_t before, int max,
                      struct promotion **promotions, int *count)
{
    return read_promotions(ctx,
                           db_query(ctx, &list,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(program.v),
                                            db_int(before), db_int(max * PROMOTION_TIMES_MAX))),
                           max, promotions, count);
}

DB_SQL(list_scope, "SELECT kind, object_id"
                   "  FROM promotion_scope"
                   " WHERE merchant_id = $1 AND promotion_id = $2"
                   " ORDER BY kind, object_id"
                   " LIMIT $3");

enum err
promotions_store_list_scope(struct ctx *ctx, struct promotion *promotion)
{
    struct db_rows *rows =
        db_query(ctx, &list_scope,
                 DB_BIND(db_int(ctx->merchant.v), db_int(promotion->id.v), db_int(SCOPE_MAX)));

    promotion->scope_count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, promotion->scope, promotion->scope_count,
                 programs_store_ref(rows, 0, 1));
    }
    return db_done(rows);
}

DB_SQL(list_all_scopes,
       "SELECT s.promotion_id, s.kind, s.object_id"
       "  FROM loyalty_promotion AS p"
       "  JOIN promotion_scope AS s ON s.merchant_id = p.merchant_id AND s.promotion_id = p.id"
       " WHERE p.merchant_id = $1"
       "   AND (p.canceled_us IS NULL OR p.canceled_us > $2)"
       "   AND p.start_on <= $3 AND (p.end_on = 0 OR p.end_on >= $3)");

enum err
promotions_store_list_all_scopes(struct ctx *ctx, const struct promotions_at *at,
                                 struct promotion *promotions, int count)
{
    struct db_rows *rows =
        db_query(ctx, &list_all_scopes,
                 DB_BIND(db_int(ctx->merchant.v), db_int(at->at_us), db_int(at->day)));

    while (db_next(rows)) {
        int64_t id = db_col_int(rows, 0);

        for (int i = 0; i < count; i++) {
            struct promotion *promotion = &promotions[i];

            if (promotion->id.v != id || promotion->scope_count == SCOPE_MAX) continue;
            LIST_ADD(ctx->arena, promotion->scope, promotion->scope_count,
                     programs_store_ref(rows, 1, 2));
        }
    }
    return db_done(rows);
}
