/* liability_value_store — which programs there are, and what is known of what points are worth. */
#include "base/list.h"
#include "core/insight/liability_store.h"
#include "db/db.h"

DB_SQL(list_programs, "SELECT id, name, type, term_one, term_other, value_points, value_minor,"
                      "       closed_us IS NOT NULL"
                      "  FROM program"
                      " WHERE merchant_id = $1 AND ($2 = 0 OR id = $2)"
                      " ORDER BY is_main DESC, id");

enum err
liability_store_list_programs(struct ctx *ctx, program_id program,
                              struct liability_program **programs, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_programs, DB_BIND(db_int(ctx->merchant.v), db_int(program.v)));

    *programs = NULL;
    *count = 0;
    while (db_next(rows)) {
        struct liability_program one = {
            .liability = {.program = {db_col_int(rows, 0)},
                          .name = db_col_text(rows, 1),
                          .type = db_col_text(rows, 2),
                          .term_one = db_col_text(rows, 3),
                          .term_other = db_col_text(rows, 4),
                          .value = {.points = db_col_int(rows, 5), .minor = db_col_int(rows, 6)}},
            .closed = db_col_bool(rows, 7),
        };

        LIST_ADD(ctx->arena, *programs, *count, one);
    }
    return db_done(rows);
}

/*
 * An amount or a credit is worth itself. A discount in percent, or a free article, is worth at most
 * its limit; without one, a free article is worth the dearest that it may be, and a percentage what
 * nobody knows before the purchase.
 */
DB_SQL(list_rewards,
       "SELECT program_id, id, name, points, minor"
       "  FROM (SELECT t.program_id, t.id, t.name, t.points,"
       "               CASE WHEN t.kind IN ('amount', 'credit') THEN t.value"
       "                    WHEN t.kind = 'item' AND t.max_minor = 0"
       "                    THEN (SELECT COALESCE(MAX(v.price_minor), 0)"
       "                            FROM reward_tier_object AS o"
       "                            JOIN catalog_variation AS v"
       "                              ON v.merchant_id = o.merchant_id AND v.id = o.object_id"
       "                             AND v.removed_in IS NULL"
       "                           WHERE o.merchant_id = t.merchant_id AND o.tier_id = t.id"
       "                             AND o.kind = 'variation')"
       "                    WHEN t.kind IN ('item', 'percentage') THEN t.max_minor"
       "                    ELSE 0 END AS minor"
       "          FROM reward_tier AS t"
       "         WHERE t.merchant_id = $1 AND t.active) AS known"
       " WHERE minor > 0"
       " ORDER BY program_id, id");

enum err
liability_store_list_rewards(struct ctx *ctx, struct liability_reward **rewards, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_rewards, DB_BIND(db_int(ctx->merchant.v)));

    *rewards = NULL;
    *count = 0;
    while (db_next(rows)) {
        struct liability_reward one = {
            .program = {db_col_int(rows, 0)},
            .tier = {db_col_int(rows, 1)},
            .name = db_col_text(rows, 2),
            .points = db_col_int(rows, 3),
            .minor = db_col_int(rows, 4),
        };

        LIST_ADD(ctx->arena, *rewards, *count, one);
    }
    return db_done(rows);
}
