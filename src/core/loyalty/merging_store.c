/* merging_store — see merging_store.h. */
#include "core/loyalty/merging_store.h"
#include "base/list.h"
#include "db/db.h"

/* ---- pairs ---- */
DB_SQL(list_whole, "SELECT id"
                   "  FROM loyalty_account"
                   " WHERE merchant_id = $1 AND customer_id = $2 AND merged_into IS NULL"
                   " ORDER BY id"
                   " LIMIT $3");

static enum err
read_ids(struct ctx *ctx, struct db_rows *rows, int64_t **ids, int *count)
{
    *ids = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *ids, *count, db_col_int(rows, 0));
    }
    return db_done(rows);
}

enum err
merging_store_list_accounts(struct ctx *ctx, customer_id customer, struct membership *found,
                            int *count)
{
    int64_t *ids;

    TRY(read_ids(
        ctx,
        db_query(ctx, &list_whole,
                 DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(ACCOUNT_PAIRS_MAX))),
        &ids, count));
    for (int i = 0; i < *count; i++) {
        TRY(accounts_store_find(ctx, (account_id){ids[i]}, &found[i]));
    }
    return OK;
}

DB_SQL(add_pair, "INSERT INTO loyalty_merge"
                 "  (merchant_id, merge_id, from_id, into_id, from_phone, into_phone, owed,"
                 "   lifetime)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

enum err
merging_store_add_pair(struct ctx *ctx, merge_id merge, const struct account_pair *pair)
{
    return db_exec(ctx, &add_pair,
                   DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(pair->from.v),
                           db_int(pair->into.v), db_bool(pair->from_phone),
                           db_bool(pair->into_phone), db_int(pair->owed), db_int(pair->lifetime)));
}

DB_SQL(list_pairs, "SELECT from_id, into_id, from_phone, into_phone, owed, lifetime"
                   "  FROM loyalty_merge"
                   " WHERE merchant_id = $1 AND merge_id = $2"
                   " ORDER BY from_id"
                   " LIMIT $3");

enum err
merging_store_list_pairs(struct ctx *ctx, merge_id merge, struct account_pair *pairs, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_pairs,
                 DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(ACCOUNT_PAIRS_MAX)));

    *count = 0;
    while (db_next(rows)) {
        pairs[(*count)++] = (struct account_pair){
            .from = {db_col_int(rows, 0)},
            .into = {db_col_int(rows, 1)},
            .from_phone = db_col_bool(rows, 2),
            .into_phone = db_col_bool(rows, 3),
            .owed = db_col_int(rows, 4),
            .lifetime = db_col_int(rows, 5),
        };
    }
    return db_done(rows);
}

DB_SQL(lead, "UPDATE loyalty_account"
             "   SET merged_into = $3, updated_us = $4"
             " WHERE merchant_id = $1 AND id = $2");

enum err
merging_store_lead(struct ctx *ctx, account_id from, account_id into)
{
    return db_exec(ctx, &lead,
                   DB_BIND(db_int(ctx->merchant.v), db_int(from.v), db_int_or_null(into.v),
                           db_int(ctx->now_us)));
}

DB_SQL(set_phone,
       "UPDATE loyalty_account"
       "   SET phone = CASE WHEN EXISTS (SELECT 1"
       "                                   FROM loyalty_account AS o"
       "                                  WHERE o.merchant_id = $1 AND o.phone = $3"
       "                                    AND o.phone <> '' AND o.id <> $2"
       "                                    AND o.program_id = loyalty_account.program_id)"
       "                    THEN '' ELSE $3 END,"
       "       updated_us = $4"
       " WHERE merchant_id = $1 AND id = $2 AND phone <> $3");

enum err
merging_store_set_phone(struct ctx *ctx, account_id account, struct str phone)
{
    return db_exec(
        ctx, &set_phone,
        DB_BIND(db_int(ctx->merchant.v), db_int(account.v), db_text(phone), db_int(ctx->now_us)));
}

/* ---- families ---- */
DB_SQL(list_family, "WITH RECURSIVE family AS ("
                    "SELECT id"
                    "  FROM loyalty_account"
                    " WHERE merchant_id = $1 AND id = $2"
                    " UNION ALL "
                    "SELECT a.id"
                    "  FROM family AS f"
                    "  JOIN loyalty_account AS a"
                    "    ON a.merchant_id = $1 AND a.merged_into = f.id"
                    "   AND a.merged_into IS NOT NULL)"
                    " SELECT id FROM family ORDER BY id");

enum err
merging_store_list_family(struct ctx *ctx, account_id account, int64_t **ids, int *count)
{
    return read_ids(
        ctx, db_query(ctx, &list_family, DB_BIND(db_int(ctx->merchant.v), db_int(account.v))), ids,
        count);
}

DB_SQL(list_parts, "WITH RECURSIVE family AS ("
                   "SELECT id, 0 AS depth"
                   "  FROM loyalty_account"
                   " WHERE merchant_id = $1 AND customer_id = $2 AND merged_into IS NULL"
                   " UNION ALL "
                   "SELECT a.id, f.depth + 1"
                   "  FROM family AS f"
                   "  JOIN loyalty_account AS a"
                   "    ON a.merchant_id = $1 AND a.merged_into = f.id"
                   "   AND a.merged_into IS NOT NULL)"
                   " SELECT id FROM family WHERE depth > 0 ORDER BY id DESC LIMIT $3");

enum err
merging_store_list_parts(struct ctx *ctx, customer_id customer, int max, int64_t *ids, int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_parts, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        ids[(*count)++] = db_col_int(rows, 0);
    }
    return db_done(rows);
}

/* ---- rewards ---- */
DB_SQL(note_rewards, "INSERT INTO customer_merge_part (merchant_id, merge_id, kind, object_id)"
                     " SELECT $1, $2, 'reward', id"
                     "   FROM reward"
                     "  WHERE merchant_id = $1 AND account_id = $3");
DB_SQL(move_rewards, "UPDATE reward"
                     "   SET account_id = $3, moves = moves + 1"
                     " WHERE merchant_id = $1 AND account_id = $2");

enum err
merging_store_move_rewards(struct ctx *ctx, merge_id merge, const struct account_pair *pair)
{
    TRY(db_exec(ctx, &note_rewards,
                DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(pair->from.v))));
    return db_exec(ctx, &move_rewards,
                   DB_BIND(db_int(ctx->merchant.v), db_int(pair->from.v), db_int(pair->into.v)));
}

#define PARTS_OF(kind)                                                                             \
    "(SELECT object_id FROM customer_merge_part"                                                   \
    "  WHERE merchant_id = $1 AND merge_id = $2 AND kind = '" kind "')"

DB_SQL(return_rewards, "UPDATE reward"
                       "   SET account_id = $3, moves = moves + 1"
                       " WHERE merchant_id = $1 AND account_id = $4"
                       "   AND id IN " PARTS_OF("reward"));

enum err
merging_store_return_rewards(struct ctx *ctx, merge_id merge, const struct account_pair *pair)
{
    return db_exec(ctx, &return_rewards,
                   DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(pair->from.v),
                           db_int(pair->into.v)));
}

/* ---- earnings ---- */
DB_SQL(list_earnings, "SELECT lot_id, carry_given - carry_taken,"
                      "       CASE WHEN ripe_us IS NULL THEN 0 ELSE points - taken_back END"
                      "  FROM earning"
                      " WHERE merchant_id = $1 AND account_id = $3"
                      "   AND order_id IN " PARTS_OF("order") " ORDER BY lot_id");

enum err
merging_store_sum_earnings(struct ctx *ctx, merge_id merge, account_id account,
                           struct merged_earnings *sum)
{
    struct db_rows *rows = db_query(
        ctx, &list_earnings, DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(account.v)));

    *sum = (struct merged_earnings){0};
    while (db_next(rows)) {
        sum->carry += db_col_int(rows, 1);
        sum->pending += db_col_int(rows, 2);
        if (!db_col_is_null(rows, 0)) {
            LIST_ADD(ctx->arena, sum->lots, sum->lot_count, db_col_int(rows, 0));
        }
    }
    return db_done(rows);
}

DB_SQL(move_earnings, "UPDATE earning"
                      "   SET account_id = $4, moves = moves + 1"
                      " WHERE merchant_id = $1 AND account_id = $3"
                      "   AND order_id IN " PARTS_OF("order"));

enum err
merging_store_move_earnings(struct ctx *ctx, merge_id merge, account_id from, account_id into)
{
    return db_exec(
        ctx, &move_earnings,
        DB_BIND(db_int(ctx->merchant.v), db_int(merge.v), db_int(from.v), db_int(into.v)));
}

/* ---- limits ---- */
DB_SQL(add_counts,
       "INSERT INTO earning_count (merchant_id, account_id, period, points, times, last_us)"
       " SELECT merchant_id, $3, period, points, times, last_us"
       "   FROM earning_count"
       "  WHERE merchant_id = $1 AND account_id = $2"
       " ON CONFLICT (merchant_id, account_id, period) DO UPDATE"
       "   SET points = earning_count.points + EXCLUDED.points,"
       "       times = earning_count.times + EXCLUDED.times,"
       "       last_us = CASE WHEN earning_count.last_us < EXCLUDED.last_us"
       "                      THEN EXCLUDED.last_us ELSE earning_count.last_us END");
DB_SQL(add_uses, "INSERT INTO promotion_use (merchant_id, promotion_id, account_id, day, times)"
                 " SELECT u.merchant_id, u.promotion_id, $3, u.day, u.times"
                 "   FROM loyalty_account AS a"
                 "   JOIN loyalty_promotion AS p"
                 "     ON p.merchant_id = a.merchant_id AND p.program_id = a.program_id"
                 "   JOIN promotion_use AS u"
                 "     ON u.merchant_id = a.merchant_id AND u.promotion_id = p.id"
                 "    AND u.account_id = a.id"
                 "  WHERE a.merchant_id = $1 AND a.id = $2"
                 " ON CONFLICT (merchant_id, promotion_id, account_id, day) DO UPDATE"
                 "   SET times = promotion_use.times + EXCLUDED.times");

enum err
merging_store_add_counts(struct ctx *ctx, const struct account_pair *pair)
{
    const struct db_arg args[] = {db_int(ctx->merchant.v), db_int(pair->from.v),
                                  db_int(pair->into.v)};

    TRY(db_exec(ctx, &add_counts, args, 3));
    return db_exec(ctx, &add_uses, args, 3);
}

/* Refunds have taken from the counts meanwhile: they do not fall below nothing. */
DB_SQL(take_counts,
       "UPDATE earning_count"
       "   SET points = CASE WHEN earning_count.points > c.points"
       "                     THEN earning_count.points - c.points ELSE 0 END,"
       "       times = CASE WHEN earning_count.times > c.times"
       "                    THEN earning_count.times - c.times ELSE 0 END"
       "  FROM earning_count AS c"
       " WHERE earning_count.merchant_id = $1 AND earning_count.account_id = $3"
       "   AND c.merchant_id = $1 AND c.account_id = $2 AND c.period = earning_count.period");
DB_SQL(take_uses, "UPDATE promotion_use"
                  "   SET times = CASE WHEN promotion_use.times > u.times"
                  "                    THEN promotion_use.times - u.times ELSE 0 END"
                  "  FROM loyalty_account AS a"
                  "  JOIN loyalty_promotion AS p"
                  "    ON p.merchant_id = a.merchant_id AND p.program_id = a.program_id"
                  "  JOIN promotion_use AS u"
                  "    ON u.merchant_id = a.merchant_id AND u.promotion_id = p.id"
                  "   AND u.account_id = a.id"
                  " WHERE a.merchant_id = $1 AND a.id = $2 AND promotion_use.merchant_id = $1"
                  "   AND promotion_use.promotion_id = u.promotion_id"
                  "   AND promotion_use.account_id = $3 AND promotion_use.day = u.day");

enum err
merging_store_take_counts(struct ctx *ctx, const struct account_pair *pair)
{
    const struct db_arg args[] = {db_int(ctx->merchant.v), db_int(pair->from.v),
                                  db_int(pair->into.v)};

    TRY(db_exec(ctx, &take_counts, args, 3));
    return db_exec(ctx, &take_uses, args, 3);
}
