/* write_store — see write_store.h. */
#include "db/write_store.h"
#include "db/db.h"

DB_SQL(find_seq, "SELECT seq"
                 "  FROM merchant_seq"
                 " WHERE merchant_id = $1");

enum err
write_store_find_seq(struct ctx *ctx, merchant_id merchant, int64_t *seq)
{
    struct db_rows *rows = db_query(ctx, &find_seq, DB_BIND(db_int(merchant.v)));

    *seq = 0;
    if (db_next(rows)) *seq = db_col_int(rows, 0);
    return db_done(rows);
}

DB_SQL(change_seq, "INSERT INTO merchant_seq (merchant_id, seq)"
                   " VALUES ($1, $2)"
                   "     ON CONFLICT (merchant_id) DO UPDATE SET seq = excluded.seq");

enum err
write_store_change_seq(struct ctx *ctx, merchant_id merchant, int64_t seq)
{
    return db_exec(ctx, &change_seq, DB_BIND(db_int(merchant.v), db_int(seq)));
}

DB_SQL(add_event, "INSERT INTO live_event (merchant_id, seq, topic, name, body, at_us)"
                  " VALUES ($1, $2, $3, $4, $5, $6)");

enum err
write_store_add_event(struct ctx *ctx, const struct live_event *event)
{
    return db_exec(ctx, &add_event,
                   DB_BIND(db_int(event->merchant.v), db_int(event->seq), db_text(event->topic),
                           db_text(event->name), db_text(event->body), db_int(ctx->now_us)));
}
