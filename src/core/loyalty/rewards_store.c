/* rewards_store — see rewards_store.h. */
#include "core/loyalty/rewards_store.h"
#include "db/db.h"

static const char *const status_names[] = {"ISSUED", "REDEEMED", "DELETED"};

/* As the column's CHECK writes them. */
static enum tier_kind
tier_kind_of(struct str name)
{
    if (str_is(name, STR("percentage"))) return TIER_PERCENTAGE;
    if (str_is(name, STR("amount"))) return TIER_AMOUNT;
    if (str_is(name, STR("item"))) return TIER_ITEM;
    return str_is(name, STR("credit")) ? TIER_CREDIT : TIER_OTHER;
}

static enum reward_status
status_of(struct str name)
{
    if (str_is(name, STR("ISSUED"))) return REWARD_ISSUED;
    return str_is(name, STR("REDEEMED")) ? REWARD_REDEEMED : REWARD_DELETED;
}

DB_SQL(add_reward, "INSERT INTO reward"
                   "  (merchant_id, id, account_id, tier_id, points, status, order_id, transfer_id,"
                   "   created_us, updated_us, code, expires_us)"
                   " VALUES ($1, $2, $3, $4, $5, 'ISSUED', $6, $7, $8, $8, $9, $10)");

enum err
rewards_store_add(struct ctx *ctx, const struct reward *reward, transfer_id taken_by)
{
    return db_exec(ctx, &add_reward,
                   DB_BIND(db_int(ctx->merchant.v), db_int(reward->id.v), db_int(reward->account.v),
                           db_int(reward->tier.v), db_int(reward->points),
                           db_int_or_null(reward->order.v), db_int(taken_by.v),
                           db_int(reward->created_us), db_text(reward->code),
                           db_int_or_null(reward->expires_us)));
}

#define COLUMNS                                                                                    \
    "r.id, r.account_id, r.tier_id, t.program_id, t.name, r.points, r.status, r.order_id,"         \
    " r.created_us, r.updated_us, r.redeemed_us, r.showing_until_us, r.transfer_id,"               \
    " r.showing_hash, t.kind, t.value, t.max_minor, t.minimum_minor, r.code, r.used_order_id,"     \
    " r.expires_us, r.expired_us"
#define TABLES                                                                                     \
    " reward AS r"                                                                                 \
    "  JOIN reward_tier AS t ON t.merchant_id = r.merchant_id AND t.id = r.tier_id"

static void
read_reward(struct db_rows *rows, struct reward *reward)
{
    *reward = (struct reward){
        .id = {db_col_int(rows, 0)},
        .account = {db_col_int(rows, 1)},
        .tier = {db_col_int(rows, 2)},
        .program = {db_col_int(rows, 3)},
        .tier_name = db_col_text(rows, 4),
        .points = db_col_int(rows, 5),
        .status = status_of(db_col_text(rows, 6)),
        .order = {db_col_int(rows, 7)},
        .created_us = db_col_int(rows, 8),
        .updated_us = db_col_int(rows, 9),
        .redeemed_us = db_col_int(rows, 10),
        .showing_until_us = db_col_int(rows, 11),
        .kind = tier_kind_of(db_col_text(rows, 14)),
        .value = db_col_int(rows, 15),
        .max_minor = db_col_int(rows, 16),
        .minimum_minor = db_col_int(rows, 17),
        .code = db_col_text(rows, 18),
        .used_order = {db_col_int(rows, 19)},
        .expires_us = db_col_int(rows, 20),
        .expired_us = db_col_int(rows, 21),
    };
}

DB_SQL(find_reward, "SELECT " COLUMNS "  FROM " TABLES " WHERE r.merchant_id = $1 AND r.id = $2");

static enum err
read_row(struct db_rows *rows, struct reward_row *row)
{
    *row = (struct reward_row){0};
    if (db_next(rows)) {
        read_reward(rows, &row->reward);
        row->taken_by.v = db_col_int(rows, 12);
        row->showing_hash = db_col_text(rows, 13);
    }
    return db_done(rows);
}

enum err
rewards_store_find(struct ctx *ctx, reward_id id, struct reward_row *row)
{
    return read_row(db_query(ctx, &find_reward, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))),
                    row);
}

/* code <> '' repeats the index's condition, or the engines would not use it. */
DB_SQL(find_code, "SELECT " COLUMNS "  FROM " TABLES
                  " WHERE r.merchant_id = $1 AND r.code = $2 AND r.code <> ''");

enum err
rewards_store_find_code(struct ctx *ctx, struct str code, struct reward_row *row)
{
    return read_row(db_query(ctx, &find_code, DB_BIND(db_int(ctx->merchant.v), db_text(code))),
                    row);
}

DB_SQL(count_taken, "SELECT COUNT(*)"
                    "  FROM reward"
                    " WHERE merchant_id = $1 AND account_id = $2 AND tier_id = $3"
                    "   AND (status <> 'DELETED' OR expired_us IS NOT NULL)");

enum err
rewards_store_count_taken(struct ctx *ctx, account_id account, tier_id tier, int64_t *count)
{
    struct db_rows *rows = db_query(
        ctx, &count_taken, DB_BIND(db_int(ctx->merchant.v), db_int(account.v), db_int(tier.v)));

    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(delete_reward, "UPDATE reward"
                      "   SET status = 'DELETED', give_up_id = $3, updated_us = $4"
                      " WHERE merchant_id = $1 AND id = $2 AND status = 'ISSUED'"
                      "   AND (expires_us IS NULL OR expires_us > $4)");

enum err
rewards_store_delete(struct ctx *ctx, reward_id id, transfer_id give_up, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(
        ctx, &delete_reward,
        DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(give_up.v), db_int(ctx->now_us)),
        &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(redeem_reward, "UPDATE reward"
                      "   SET status = 'REDEEMED', redeemed_us = $3, updated_us = $3,"
                      "       showing_hash = $4, showing_until_us = $5, used_order_id = $6"
                      " WHERE merchant_id = $1 AND id = $2 AND status = 'ISSUED'"
                      "   AND (expires_us IS NULL OR expires_us > $3)");

enum err
rewards_store_redeem(struct ctx *ctx, const struct reward_redeeming *redeeming, bool *changed)
{
    struct str hash = redeeming->showing_hash;
    int64_t count = 0;

    TRY(db_change(ctx, &redeem_reward,
                  DB_BIND(db_int(ctx->merchant.v), db_int(redeeming->id.v), db_int(ctx->now_us),
                          db_bytes_or_null(hash.at, hash.len),
                          db_int_or_null(redeeming->showing_until_us),
                          db_int_or_null(redeeming->order.v)),
                  &count));
    *changed = count == 1;
    return OK;
}

/* As long as it was used, its time stood still; a NULL stays one. */
DB_SQL(put_back_reward, "UPDATE reward"
                        "   SET status = 'ISSUED', expires_us = expires_us + ($3 - redeemed_us),"
                        "       redeemed_us = NULL, updated_us = $3, showing_hash = NULL,"
                        "       showing_until_us = NULL, used_order_id = NULL"
                        " WHERE merchant_id = $1 AND id = $2 AND status = 'REDEEMED'"
                        "   AND ($4 = 0 OR used_order_id = $4)");

enum err
rewards_store_put_back(struct ctx *ctx, reward_id id, order_id order, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(
        ctx, &put_back_reward,
        DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us), db_int(order.v)),
        &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(expire_reward, "UPDATE reward"
                      "   SET status = 'DELETED', expired_us = $3, updated_us = $3"
                      " WHERE merchant_id = $1 AND id = $2 AND status = 'ISSUED'"
                      "   AND expires_us <= $3");

enum err
rewards_store_expire(struct ctx *ctx, reward_id id, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &expire_reward,
                  DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us)), &count));
    *changed = count == 1;
    return OK;
}

/* The hash stays, so that the device is told that the time is over and not that it lies. */
DB_SQL(end_showing, "UPDATE reward"
                    "   SET showing_until_us = 0, updated_us = $3"
                    " WHERE merchant_id = $1 AND id = $2 AND status = 'REDEEMED'");

enum err
rewards_store_end_showing(struct ctx *ctx, reward_id id)
{
    return db_exec(ctx, &end_showing,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us)));
}

static enum err
read_rewards(struct db_rows *rows, struct reward *rewards, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        read_reward(rows, &rewards[(*count)++]);
    }
    return db_done(rows);
}

DB_SQL(list_due, "SELECT " COLUMNS "  FROM " TABLES
                 " WHERE r.merchant_id = $1 AND r.expires_us IS NOT NULL AND r.status = 'ISSUED'"
                 "   AND r.expires_us <= $2"
                 " ORDER BY r.expires_us"
                 " LIMIT $3");

enum err
rewards_store_list_due(struct ctx *ctx, int max, struct reward *rewards, int *count)
{
    return read_rewards(
        db_query(ctx, &list_due,
                 DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(max))),
        rewards, count);
}

DB_SQL(list_of_account, "SELECT " COLUMNS "  FROM " TABLES
                        " WHERE r.merchant_id = $1 AND r.account_id = $5 AND r.id < $2"
                        "   AND ($3 = '' OR r.status = $3)"
                        " ORDER BY r.id DESC"
                        " LIMIT $4");

DB_SQL(list_rewards, "SELECT " COLUMNS "  FROM " TABLES " WHERE r.merchant_id = $1 AND r.id < $2"
                     "   AND ($3 = '' OR r.status = $3)"
                     " ORDER BY r.id DESC"
                     " LIMIT $4");

enum err
rewards_store_list(struct ctx *ctx, const struct reward_query *query, struct reward *rewards,
                   int *count)
{
    struct str status = query->any_status ? STR("") : str_of(status_names[query->status]);
    int64_t before = query->before == 0 ? INT64_MAX : query->before;

    if (query->account.v == 0) {
        return read_rewards(db_query(ctx, &list_rewards,
                                     DB_BIND(db_int(ctx->merchant.v), db_int(before),
                                             db_text(status), db_int(query->limit))),
                            rewards, count);
    }
    return read_rewards(db_query(ctx, &list_of_account,
                                 DB_BIND(db_int(ctx->merchant.v), db_int(before), db_text(status),
                                         db_int(query->limit), db_int(query->account.v))),
                        rewards, count);
}
