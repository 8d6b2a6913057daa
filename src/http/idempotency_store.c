/* idempotency_store — see idempotency_store.h. */
#include "http/idempotency_store.h"
#include "db/db.h"

DB_SQL(find_reply, "SELECT request_hash, reply"
                   "  FROM idempotency"
                   " WHERE merchant_id = $1 AND key_hash = $2");

enum err
once_store_find(struct ctx *ctx, const struct once *once, bool *found, struct str *request_hash,
                struct str *reply)
{
    struct db_rows *rows =
        db_query(ctx, &find_reply,
                 DB_BIND(db_int(ctx->merchant.v), db_bytes(once->key_hash, ONCE_HASH_LEN)));

    *found = db_next(rows);
    if (*found) {
        *request_hash = db_col_text(rows, 0);
        *reply = db_col_text(rows, 1);
    }
    return db_done(rows);
}

DB_SQL(add_reply, "INSERT INTO idempotency (merchant_id, id, key_hash, request_hash, reply,"
                  "                         customer_id)"
                  " VALUES ($1, $2, $3, $4, $5, $6)");

enum err
once_store_add(struct ctx *ctx, const struct once *once, customer_id about, struct str reply)
{
    return db_exec(ctx, &add_reply,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id_next(ctx)),
                           db_bytes(once->key_hash, ONCE_HASH_LEN),
                           db_bytes(once->request_hash, ONCE_HASH_LEN), db_text(reply),
                           db_int_or_null(about.v)));
}
