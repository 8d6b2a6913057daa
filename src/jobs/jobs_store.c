/* jobs_store — see jobs_store.h. */
#include "jobs/jobs_store.h"
#include "db/db.h"

DB_SQL(mark_events, "UPDATE live_event"
                    "   SET topic = '', name = '', body = ''"
                    " WHERE merchant_id = $1 AND topic <> ''"
                    "   AND seq = (SELECT MAX(seq)"
                    "                FROM live_event"
                    "               WHERE merchant_id = $1 AND at_us < $2)");

enum err
jobs_store_mark_events(struct ctx *ctx, int64_t older_than_us)
{
    return db_exec(ctx, &mark_events, DB_BIND(db_int(ctx->merchant.v), db_int(older_than_us)));
}

DB_SQL(remove_events, "DELETE FROM live_event"
                      " WHERE merchant_id = $1"
                      "   AND seq IN (SELECT seq"
                      "                 FROM live_event"
                      "                WHERE merchant_id = $1"
                      "                  AND seq < (SELECT MAX(seq)"
                      "                               FROM live_event"
                      "                              WHERE merchant_id = $1 AND at_us < $2)"
                      "                ORDER BY seq"
                      "                LIMIT $3)");

enum err
jobs_store_remove_events(struct ctx *ctx, int64_t older_than_us, int max, int64_t *removed)
{
    return db_change(ctx, &remove_events,
                     DB_BIND(db_int(ctx->merchant.v), db_int(older_than_us), db_int(max)), removed);
}

DB_SQL(remove_replies, "DELETE FROM idempotency"
                       " WHERE merchant_id = $1"
                       "   AND id IN (SELECT id"
                       "                FROM idempotency"
                       "               WHERE merchant_id = $1 AND id < $2"
                       "               ORDER BY id"
                       "               LIMIT $3)");

enum err
jobs_store_remove_replies(struct ctx *ctx, int64_t before_id, int max, int64_t *removed)
{
    return db_change(ctx, &remove_replies,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before_id), db_int(max)), removed);
}

DB_SQL(remove_credentials, "DELETE FROM credential"
                           " WHERE merchant_id = $1"
                           "   AND token_hash IN (SELECT token_hash"
                           "                        FROM credential"
                           "                       WHERE merchant_id = $1 AND expires_us < $2"
                           "                       LIMIT $3)");

enum err
jobs_store_remove_credentials(struct ctx *ctx, int64_t before_us, int max, int64_t *removed)
{
    return db_change(ctx, &remove_credentials,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before_us), db_int(max)), removed);
}
