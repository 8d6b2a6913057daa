/* live_store — see live_store.h. */
#include "http/live_store.h"
#include "db/db.h"

DB_SQL(list_events, "SELECT seq, topic, name, body"
                    "  FROM live_event"
                    " WHERE merchant_id = $1 AND seq > $2 AND seq <= $3"
                    " ORDER BY seq"
                    " LIMIT $4");

enum err
live_store_list(struct ctx *ctx, merchant_id merchant, const struct live_page *page,
                struct live_event **events, int *count)
{
    *count = 0;
    *events = ARENA_ARRAY(ctx->arena, struct live_event, (size_t)page->max);
    struct db_rows *rows = db_query(
        ctx, &list_events,
        DB_BIND(db_int(merchant.v), db_int(page->after), db_int(page->until), db_int(page->max)));
    while (db_next(rows)) {
        (*events)[(*count)++] = (struct live_event){
            .merchant = merchant,
            .seq = db_col_int(rows, 0),
            .topic = db_col_text(rows, 1),
            .name = db_col_text(rows, 2),
            .body = db_col_text(rows, 3),
        };
    }
    return db_done(rows);
}
