/* pins_store — see pins_store.h. */
#include "core/team/pins_store.h"
#include "db/db.h"

DB_SQL(find_by_pin, "SELECT id"
                    "  FROM team_member"
                    " WHERE merchant_id = $1 AND pin_hash = $2");

enum err
pins_store_find(struct ctx *ctx, const uint8_t hash[static HASH_LEN], team_member_id *id)
{
    struct db_rows *rows =
        db_query(ctx, &find_by_pin, DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN)));

    id->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(change_pin, "UPDATE team_member"
                   "   SET pin_hash = $3"
                   " WHERE merchant_id = $1 AND id = $2");

enum err
pins_store_change(struct ctx *ctx, team_member_id id, const uint8_t *hash, size_t hash_len)
{
    return db_exec(
        ctx, &change_pin,
        DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_bytes_or_null(hash, hash_len)));
}

DB_SQL(serve, "UPDATE credential"
              "   SET serving_id = $3"
              " WHERE merchant_id = $1 AND token_hash = $2 AND kind = 'ses'");

enum err
pins_store_serve(struct ctx *ctx, const uint8_t token_hash[static HASH_LEN], team_member_id serving)
{
    return db_exec(ctx, &serve,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(token_hash, HASH_LEN),
                           db_int_or_null(serving.v)));
}
