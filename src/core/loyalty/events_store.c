/* events_store — see events_store.h. */
#include "core/loyalty/events_store.h"
#include "base/calc.h"
#include "base/clock.h"
#include "db/db.h"

/*
 * An account's history is a chain, from the newest event that its ledger account names back to its
 * first: an index by account would cost every credit one more page, changed at random.
 */
DB_SQL(add_event, "INSERT INTO loyalty_event"
                  "  (merchant_id, id, seq, account_id, program_id, type, points, rule_version,"
                  "   location_id, order_id, reward_id, reason, actor_kind, actor_id, at_us,"
                  "   previous_id)"
                  " SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
                  "        last_event_id"
                  "   FROM ledger_account"
                  "  WHERE merchant_id = $1 AND owner_id = $4 AND book = 1"
                  "    AND expires_us = 0 AND lot_id = 0");
DB_SQL(change_newest, "UPDATE ledger_account"
                      "   SET last_event_id = $3"
                      " WHERE merchant_id = $1 AND owner_id = $2 AND book = 1"
                      "   AND expires_us = 0 AND lot_id = 0");

static enum err
add_event_row(struct ctx *ctx, const struct loyalty_event *event)
{
    int64_t added = 0;

    TRY(db_change(ctx, &add_event,
                  DB_BIND(db_int(ctx->merchant.v), db_int(event->id.v), db_int(event->seq),
                          db_int(event->account.v), db_int(event->program.v),
                          db_text(str_of(event_type_name(event->type))), db_int(event->points),
                          db_int(event->rule_version), db_int_or_null(event->location.v),
                          db_int_or_null(event->order.v), db_int_or_null(event->reward.v),
                          db_text(event->reason), db_int(event->actor_kind),
                          db_int(event->actor_id), db_int(event->at_us)),
                  &added));
    ASSERT(added == 1); /* an account has its points' ledger account from the first */
    return OK;
}

enum err
events_store_add(struct ctx *ctx, const struct loyalty_event *event)
{
    TRY(add_event_row(ctx, event));
    return db_exec(ctx, &change_newest,
                   DB_BIND(db_int(ctx->merchant.v), db_int(event->account.v), db_int(event->id.v)));
}

/* A row each: where several rows may fail in one statement, SQLite copies each page once more. */
DB_SQL(add_after, "INSERT INTO loyalty_event"
                  "  (merchant_id, id, seq, account_id, program_id, type, points, rule_version,"
                  "   location_id, order_id, reward_id, reason, actor_kind, actor_id, at_us,"
                  "   previous_id)"
                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15,"
                  "         $16)");

enum err
events_store_add_after(struct ctx *ctx, const struct loyalty_event *event, transfer_id previous)
{
    return db_exec(ctx, &add_after,
                   DB_BIND(db_int(ctx->merchant.v), db_int(event->id.v), db_int(event->seq),
                           db_int(event->account.v), db_int(event->program.v),
                           db_text(str_of(event_type_name(event->type))), db_int(event->points),
                           db_int(event->rule_version), db_int_or_null(event->location.v),
                           db_int_or_null(event->order.v), db_int_or_null(event->reward.v),
                           db_text(event->reason), db_int(event->actor_kind),
                           db_int(event->actor_id), db_int(event->at_us), db_int(previous.v)));
}

static enum err
read_events(struct db_rows *rows, struct loyalty_event *events, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        struct loyalty_event *event = &events[(*count)++];

        *event = (struct loyalty_event){
            .id = {db_col_int(rows, 0)},
            .seq = db_col_int(rows, 1),
            .account = {db_col_int(rows, 2)},
            .program = {db_col_int(rows, 3)},
            .points = db_col_int(rows, 5),
            .rule_version = db_col_int(rows, 6),
            .location = {db_col_int(rows, 7)},
            .order = {db_col_int(rows, 8)},
            .reward = {db_col_int(rows, 9)},
            .reason = db_col_text(rows, 10),
            .actor_kind = (enum actor_kind)db_col_int(rows, 11),
            .actor_id = db_col_int(rows, 12),
            .at_us = db_col_int(rows, 13),
        };
        enum err known = event_type_parse(db_col_text(rows, 4), &event->type);
        ASSERT(known == OK); /* events_store_add wrote it from the same list of names */
    }
    return db_done(rows);
}

#define COLUMNS                                                                                    \
    "id, seq, account_id, program_id, type, points, rule_version, location_id, order_id,"          \
    " reward_id, reason, actor_kind, actor_id, at_us"
/*
 * $2 and $3 bound the ids, which are ordered by time; $4 and $5 are the times themselves. $6 has a
 * bit for each type, in the order of enum event_type. An absent location is the first one again.
 * $16 has a bit for each kind of actor, $18 one for each enum event_kind: of an OTHER, whether it
 * is a reward's, and the reason that this module gave, tell its kind.
 */
#define FILTER                                                                                     \
    " id >= $2 AND id < $3 AND at_us >= $4 AND at_us < $5"                                         \
    "   AND ($6 = 0 OR (CASE type WHEN 'ACCUMULATE_POINTS' THEN 1 WHEN 'CREATE_REWARD' THEN 2"     \
    "                             WHEN 'REDEEM_REWARD' THEN 4 WHEN 'DELETE_REWARD' THEN 8"         \
    "                             WHEN 'ADJUST_POINTS' THEN 16 WHEN 'EXPIRE_POINTS' THEN 32"       \
    "                             WHEN 'ACCUMULATE_PROMOTION_POINTS' THEN 64"                      \
    "                             ELSE 128 END & $6) <> 0)"                                        \
    "   AND ($7 = 0 OR location_id IN ($7, $8, $9, $10, $11, $12, $13, $14))"                      \
    "   AND ($15 = 0 OR program_id = $15)"                                                         \
    "   AND ($16 = 0 OR (CASE actor_kind WHEN 0 THEN 1 WHEN 1 THEN 2 WHEN 2 THEN 4 WHEN 3 THEN 8"  \
    "                                    WHEN 4 THEN 16 WHEN 5 THEN 32 ELSE 64 END & $16) <> 0)"   \
    "   AND ($17 = 0 OR actor_id = $17)"                                                           \
    "   AND ($18 = 0 OR (CASE WHEN type IN ('ACCUMULATE_POINTS', 'ACCUMULATE_PROMOTION_POINTS')"   \
    "                         THEN 1"                                                              \
    "                         WHEN type IN ('CREATE_REWARD', 'REDEEM_REWARD', 'DELETE_REWARD')"    \
    "                           OR reward_id IS NOT NULL THEN 2"                                   \
    "                         WHEN type = 'ADJUST_POINTS' AND order_id IS NULL THEN 4"             \
    "                         WHEN type = 'ADJUST_POINTS' THEN 8"                                  \
    "                         WHEN type = 'EXPIRE_POINTS' THEN 32"                                 \
    "                         WHEN points = 0 AND reason = 'pending' THEN 1"                       \
    "                         WHEN points = 0 AND reason = 'refund' THEN 8"                        \
    "                         WHEN reason IN ('merged', 'merge undone') THEN 64"                   \
    "                         ELSE 16 END & $18) <> 0)"
#define NEWEST_FIRST " ORDER BY id DESC LIMIT $19"
_Static_assert(EVENT_OTHER == 7, "FILTER counts the types");
_Static_assert(ACTOR_POS == 6, "FILTER counts the actors");
_Static_assert(EVENT_IS_MERGED == 6, "FILTER counts the kinds");
enum { FILTER_ARGS = 19, ARGS_MAX = FILTER_ARGS + 2 };

/* An id is never made before its time, and at most this long after it. */
#define IDS_AHEAD_US (24 * CLOCK_HOUR_US)

static void
bind_filter(struct ctx *ctx, const struct event_query *query, struct db_arg args[static ARGS_MAX])
{
    int64_t first = query->from_us == 0 ? 0 : id_floor_at(query->from_us);
    int64_t before = query->before == 0 ? INT64_MAX : query->before;

    if (query->until_us != 0) {
        before = calc_min(before, id_floor_at(query->until_us + IDS_AHEAD_US));
    }
    args[0] = db_int(ctx->merchant.v);
    args[1] = db_int(first);
    args[2] = db_int(before);
    args[3] = db_int(query->from_us);
    args[4] = db_int(query->until_us == 0 ? INT64_MAX : query->until_us);
    args[5] = db_int(query->types);
    for (int i = 0; i < EVENT_LOCATIONS_MAX; i++) {
        int64_t none = query->location_count == 0 ? 0 : query->locations[0];
        args[6 + i] = db_int(i < query->location_count ? query->locations[i] : none);
    }
    args[FILTER_ARGS - 5] = db_int(query->program.v);
    args[FILTER_ARGS - 4] = db_int(query->actors);
    args[FILTER_ARGS - 3] = db_int(query->member.v);
    args[FILTER_ARGS - 2] = db_int(query->kinds);
    args[FILTER_ARGS - 1] = db_int(query->limit);
    args[FILTER_ARGS] = db_int(query->account.v);
    args[FILTER_ARGS + 1] = db_int(query->order.v);
}

DB_SQL(list_of_order, "SELECT " COLUMNS "  FROM loyalty_event"
                      " WHERE merchant_id = $1 AND order_id = $21"
                      "   AND ($20 = 0 OR account_id = $20) AND" FILTER NEWEST_FIRST);

DB_SQL(list_events, "SELECT " COLUMNS "  FROM loyalty_event"
                    " WHERE merchant_id = $1 AND" FILTER NEWEST_FIRST);

DB_SQL(find_newest, "SELECT last_event_id"
                    "  FROM ledger_account"
                    " WHERE merchant_id = $1 AND owner_id = $2 AND book = 1"
                    "   AND expires_us = 0 AND lot_id = 0");

DB_SQL(find_previous, "SELECT previous_id"
                      "  FROM loyalty_event"
                      " WHERE merchant_id = $1 AND id = $3 AND account_id = $2");

/* Where the walk through an account's history begins; 0: there is none. */
static enum err
find_start(struct ctx *ctx, const struct event_query *query, int64_t *start)
{
    struct db_rows *rows =
        db_query(ctx, &find_previous,
                 DB_BIND(db_int(ctx->merchant.v), db_int(query->account.v), db_int(query->before)));
    bool goes_on = db_next(rows);

    *start = goes_on ? db_col_int(rows, 0) : 0;
    TRY(db_done(rows));
    if (goes_on) return OK;
    rows = db_query(ctx, &find_newest, DB_BIND(db_int(ctx->merchant.v), db_int(query->account.v)));
    if (db_next(rows)) *start = db_col_int(rows, 0);
    return db_done(rows);
}

/* Both engines walk only as far as the page needs. */
DB_SQL(list_of_account,
       "WITH RECURSIVE history AS ("
       "SELECT " COLUMNS ", previous_id"
       "  FROM loyalty_event"
       " WHERE merchant_id = $1 AND id = $20"
       " UNION ALL "
       "SELECT e.id, e.seq, e.account_id, e.program_id, e.type, e.points, e.rule_version,"
       "       e.location_id, e.order_id, e.reward_id, e.reason, e.actor_kind, e.actor_id,"
       "       e.at_us, e.previous_id"
       "  FROM history AS h"
       "  JOIN loyalty_event AS e"
       "    ON e.merchant_id = $1 AND e.id = h.previous_id AND e.id >= $2)"
       " SELECT " COLUMNS "  FROM history"
       " WHERE" FILTER " LIMIT $19");

static enum err
list_of_account_from(struct ctx *ctx, const struct event_query *query, struct db_arg *args,
                     struct loyalty_event *events, int *count)
{
    int64_t start = 0;

    TRY(find_start(ctx, query, &start));
    args[FILTER_ARGS] = db_int(start);
    return read_events(db_query(ctx, &list_of_account, args, FILTER_ARGS + 1), events, count);
}

enum err
events_store_list(struct ctx *ctx, const struct event_query *query, struct loyalty_event *events,
                  int *count)
{
    struct db_arg args[ARGS_MAX];

    bind_filter(ctx, query, args);
    if (query->order.v != 0) {
        return read_events(db_query(ctx, &list_of_order, args, FILTER_ARGS + 2), events, count);
    }
    if (query->account.v != 0) {
        return list_of_account_from(ctx, query, args, events, count);
    }
    return read_events(db_query(ctx, &list_events, args, FILTER_ARGS), events, count);
}

DB_SQL(find_promotion, "SELECT promotion_id"
                       "  FROM earning"
                       " WHERE merchant_id = $1 AND order_id = $2 AND program_id = $3");

enum err
events_store_find_promotion(struct ctx *ctx, struct loyalty_event *event)
{
    struct db_rows *rows = db_query(
        ctx, &find_promotion,
        DB_BIND(db_int(ctx->merchant.v), db_int(event->order.v), db_int(event->program.v)));

    if (db_next(rows)) event->promotion.v = db_col_int(rows, 0);
    return db_done(rows);
}
