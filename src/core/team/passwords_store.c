/* passwords_store — see passwords_store.h. */
#include "core/team/passwords_store.h"
#include "db/db.h"

DB_SQL(put_password_link, "INSERT INTO password_link (merchant_id, token_hash, team_member_id,"
                          "                           expires_us)"
                          " VALUES ($1, $2, $3, $4)"
                          " ON CONFLICT (merchant_id, team_member_id) DO UPDATE"
                          "   SET token_hash = $2, expires_us = $4");

enum err
passwords_store_put_link(struct ctx *ctx, team_member_id member,
                         const uint8_t hash[static HASH_LEN], int64_t expires_us)
{
    return db_exec(ctx, &put_password_link,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN), db_int(member.v),
                           db_int(expires_us)));
}

DB_SQL(take_password_link, "DELETE FROM password_link"
                           " WHERE merchant_id = $1 AND token_hash = $2"
                           " RETURNING team_member_id, expires_us");

enum err
passwords_store_take_link(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                          team_member_id *member, int64_t *expires_us)
{
    struct db_rows *rows = db_query(ctx, &take_password_link,
                                    DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN)));

    member->v = 0;
    *expires_us = 0;
    if (db_next(rows)) {
        member->v = db_col_int(rows, 0);
        *expires_us = db_col_int(rows, 1);
    }
    return db_done(rows);
}

DB_SQL(remove_password_link, "DELETE FROM password_link"
                             " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
passwords_store_remove_link(struct ctx *ctx, team_member_id member)
{
    return db_exec(ctx, &remove_password_link, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));
}

DB_SQL(forget_password_links, "DELETE FROM password_link"
                              " WHERE merchant_id = $1"
                              "   AND token_hash IN (SELECT token_hash"
                              "                        FROM password_link"
                              "                       WHERE merchant_id = $1 AND expires_us < $2"
                              "                       LIMIT $3)");

enum err
passwords_store_forget_links(struct ctx *ctx, int64_t before_us, int max, int64_t *forgotten)
{
    return db_change(ctx, &forget_password_links,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before_us), db_int(max)), forgotten);
}
