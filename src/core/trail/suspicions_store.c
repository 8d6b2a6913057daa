/* suspicions_store — see suspicions_store.h. */
#include "core/trail/suspicions_store.h"
#include "db/db.h"

DB_SQL(keep_suspicion,
       "INSERT INTO suspicion (merchant_id, id, kind, member_id, day, customer_id, from_us,"
       "                       until_us, counted, usual, known)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
       " ON CONFLICT (merchant_id, kind, member_id, day) DO UPDATE"
       "   SET customer_id = excluded.customer_id, from_us = excluded.from_us,"
       "       until_us = excluded.until_us, counted = excluded.counted,"
       "       usual = excluded.usual, known = excluded.known"
       " WHERE suspicion.closed_us IS NULL AND suspicion.counted < excluded.counted");

enum err
suspicions_store_keep(struct ctx *ctx, const struct suspicion *suspicion, bool *is_news)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &keep_suspicion,
                  DB_BIND(db_int(ctx->merchant.v), db_int(suspicion->id.v),
                          db_text(str_of(suspicion_kind_name(suspicion->kind))),
                          db_int(suspicion->member.v), db_int(suspicion->day),
                          db_int_or_null(suspicion->customer.v), db_int(suspicion->from_us),
                          db_int(suspicion->until_us), db_int(suspicion->counted),
                          db_int(suspicion->usual), db_int(suspicion->known)),
                  &changed));
    *is_news = changed > 0;
    return OK;
}

#define COLUMNS                                                                                    \
    "id, kind, member_id, day, customer_id, from_us, until_us, counted, usual, known, closed_us,"  \
    " closed_by, word"

static struct suspicion
read_suspicion(struct db_rows *rows)
{
    struct str name = db_col_text(rows, 1);
    int kind = 0;

    while (kind < SUSPICION_KIND_COUNT &&
           !str_is(name, str_of(suspicion_kind_name((enum suspicion_kind)kind))))
        kind++;
    ASSERT(kind < SUSPICION_KIND_COUNT); /* the table's CHECK holds it */
    return (struct suspicion){
        .id = {db_col_int(rows, 0)},
        .kind = (enum suspicion_kind)kind,
        .member = {db_col_int(rows, 2)},
        .day = db_col_int(rows, 3),
        .customer = {db_col_int(rows, 4)},
        .from_us = db_col_int(rows, 5),
        .until_us = db_col_int(rows, 6),
        .counted = db_col_int(rows, 7),
        .usual = db_col_int(rows, 8),
        .known = db_col_int(rows, 9),
        .closed_us = db_col_int(rows, 10),
        .closed_by = {db_col_int(rows, 11)},
        .word = db_col_text(rows, 12),
    };
}

DB_SQL(list_open_suspicions, "SELECT " COLUMNS "  FROM suspicion"
                             " WHERE merchant_id = $1 AND id < $2 AND closed_us IS NULL"
                             " ORDER BY merchant_id DESC, id DESC"
                             " LIMIT $3");
DB_SQL(list_closed_suspicions, "SELECT " COLUMNS "  FROM suspicion"
                               " WHERE merchant_id = $1 AND id < $2 AND closed_us IS NOT NULL"
                               " ORDER BY merchant_id DESC, id DESC"
                               " LIMIT $3");

enum err
suspicions_store_list(struct ctx *ctx, const struct suspicion_query *query,
                      struct suspicion **suspicions, int *count)
{
    int64_t before = query->before.v == 0 ? INT64_MAX : query->before.v;
    struct db_rows *rows =
        db_query(ctx, query->closed ? &list_closed_suspicions : &list_open_suspicions,
                 DB_BIND(db_int(ctx->merchant.v), db_int(before), db_int(query->limit)));

    *suspicions = ARENA_ARRAY(ctx->arena, struct suspicion, (size_t)query->limit);
    for (*count = 0; *count < query->limit && db_next(rows); (*count)++)
        (*suspicions)[*count] = read_suspicion(rows);
    return db_done(rows);
}

DB_SQL(count_open_suspicions, "SELECT COUNT(*), MIN(id)"
                              "  FROM suspicion"
                              " WHERE merchant_id = $1 AND closed_us IS NULL");

enum err
suspicions_store_count_open(struct ctx *ctx, int64_t *count, suspicion_id *first)
{
    struct db_rows *rows = db_query(ctx, &count_open_suspicions, DB_BIND(db_int(ctx->merchant.v)));

    *count = 0;
    first->v = 0;
    if (db_next(rows)) {
        *count = db_col_int(rows, 0);
        first->v = db_col_int(rows, 1);
    }
    return db_done(rows);
}

DB_SQL(find_suspicion, "SELECT " COLUMNS "  FROM suspicion"
                       " WHERE merchant_id = $1 AND id = $2");

enum err
suspicions_store_find(struct ctx *ctx, suspicion_id id, struct suspicion *suspicion, bool *found)
{
    struct db_rows *rows =
        db_query(ctx, &find_suspicion, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *found = db_next(rows);
    if (*found) *suspicion = read_suspicion(rows);
    return db_done(rows);
}

DB_SQL(close_suspicion, "UPDATE suspicion"
                        "   SET closed_us = $3, closed_by = $4, word = $5"
                        " WHERE merchant_id = $1 AND id = $2");

enum err
suspicions_store_close(struct ctx *ctx, const struct suspicion *suspicion)
{
    return db_exec(ctx, &close_suspicion,
                   DB_BIND(db_int(ctx->merchant.v), db_int(suspicion->id.v),
                           db_int(suspicion->closed_us), db_int_or_null(suspicion->closed_by.v),
                           db_text(suspicion->word)));
}

DB_SQL(remove_words, "UPDATE suspicion"
                     "   SET word = ''"
                     " WHERE merchant_id = $1 AND customer_id = $2 AND word <> ''");

enum err
suspicions_store_erase_customer(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &remove_words, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}

DB_SQL(forget_suspicions, "DELETE FROM suspicion"
                          " WHERE merchant_id = $1"
                          "   AND id IN (SELECT id"
                          "                FROM suspicion"
                          "               WHERE merchant_id = $1 AND id < $2"
                          "               ORDER BY id"
                          "               LIMIT $3)");

enum err
suspicions_store_forget(struct ctx *ctx, int64_t before, int max, int64_t *forgotten)
{
    return db_change(ctx, &forget_suspicions,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before), db_int(max)), forgotten);
}
