/* erasure_store — see erasure_store.h. */
#include "core/people/erasure_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(add_erasure, "INSERT INTO erasure (merchant_id, hash, cause, at_us)"
                    " VALUES ($1, $2, $3, $4)"
                    " ON CONFLICT (merchant_id, hash) DO NOTHING");

enum err
erasure_store_add(struct ctx *ctx, const struct erasure *erasure, struct str cause)
{
    return db_exec(ctx, &add_erasure,
                   DB_BIND(db_int(erasure->merchant.v), db_bytes(erasure->hash, HASH_LEN),
                           db_text(cause), db_int(erasure->at_us)));
}

DB_SQL(has_erasure, "SELECT 1"
                    "  FROM erasure"
                    " WHERE merchant_id = $1 AND hash = $2");

enum err
erasure_store_has(struct ctx *ctx, const uint8_t hash[static HASH_LEN], bool *found)
{
    struct db_rows *rows =
        db_query(ctx, &has_erasure, DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN)));

    *found = db_next(rows);
    return db_done(rows);
}

/* ---- what is to be done ---- */
DB_SQL(list_to_file, "SELECT merchant_id, hash, at_us"
                     "  FROM erasure"
                     " WHERE NOT filed"
                     " ORDER BY at_us"
                     " LIMIT $1");
DB_SQL(list_to_rewrite, "SELECT merchant_id, hash, at_us"
                        "  FROM erasure"
                        " WHERE NOT rewritten"
                        " ORDER BY at_us"
                        " LIMIT $1");

enum err
erasure_store_list(struct ctx *ctx, enum erasure_work work, int max, struct erasure **erasures,
                   int *count)
{
    struct db_rows *rows = db_query(ctx, work == ERASURE_TO_FILE ? &list_to_file : &list_to_rewrite,
                                    DB_BIND(db_int(max)));

    *erasures = NULL;
    *count = 0;
    while (db_next(rows)) {
        struct erasure erasure = {.merchant = {db_col_int(rows, 0)}, .at_us = db_col_int(rows, 2)};
        struct str hash = db_col_text(rows, 1);

        ASSERT(hash.len == HASH_LEN); /* the table's CHECK */
        memcpy(erasure.hash, hash.at, HASH_LEN);
        LIST_ADD(ctx->arena, *erasures, *count, erasure);
    }
    return db_done(rows);
}

DB_SQL(mark_filed, "UPDATE erasure"
                   "   SET filed = TRUE"
                   " WHERE merchant_id = $1 AND hash = $2");
DB_SQL(mark_rewritten, "UPDATE erasure"
                       "   SET rewritten = TRUE"
                       " WHERE merchant_id = $1 AND hash = $2");

enum err
erasure_store_mark(struct ctx *ctx, enum erasure_work work, const struct erasure *erasure)
{
    return db_exec(ctx, work == ERASURE_TO_FILE ? &mark_filed : &mark_rewritten,
                   DB_BIND(db_int(erasure->merchant.v), db_bytes(erasure->hash, HASH_LEN)));
}

DB_SQL(unmark_filed, "UPDATE erasure"
                     "   SET filed = FALSE"
                     " WHERE filed");

enum err
erasure_store_unmark(struct ctx *ctx)
{
    return db_exec(ctx, &unmark_filed, NULL, 0);
}

/* ---- whom it may fit ---- */
DB_SQL(list_suspects, "SELECT id"
                      "  FROM (SELECT id"
                      "          FROM customer"
                      "         WHERE merchant_id = $1 AND id > $2"
                      "         UNION ALL "
                      "        SELECT id"
                      "          FROM customer_alias"
                      "         WHERE merchant_id = $1 AND id > $2) AS s"
                      " ORDER BY id"
                      " LIMIT $3");

enum err
erasure_store_list_suspects(struct ctx *ctx, int64_t after, int max, int64_t *ids, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_suspects, DB_BIND(db_int(ctx->merchant.v), db_int(after), db_int(max)));

    *count = 0;
    while (db_next(rows))
        ids[(*count)++] = db_col_int(rows, 0);
    return db_done(rows);
}

DB_SQL(list_aliases, "SELECT id"
                     "  FROM customer_alias"
                     " WHERE merchant_id = $1 AND customer_id = $2");

enum err
erasure_store_list_aliases(struct ctx *ctx, customer_id customer, int64_t **ids, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_aliases, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *ids = NULL;
    *count = 0;
    while (db_next(rows))
        LIST_ADD(ctx->arena, *ids, *count, db_col_int(rows, 0));
    return db_done(rows);
}

DB_SQL(erase_replies, "UPDATE idempotency"
                      "   SET reply = '', customer_id = NULL"
                      " WHERE merchant_id = $1 AND customer_id = $2 AND id >= $3");

enum err
erasure_store_erase_replies(struct ctx *ctx, customer_id customer, int64_t from)
{
    return db_exec(ctx, &erase_replies,
                   DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(from)));
}
