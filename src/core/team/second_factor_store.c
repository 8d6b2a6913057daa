/* second_factor_store — see second_factor_store.h. */
#include "core/team/second_factor_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(find_factor, "SELECT secret_sealed, offered_sealed, last_step, since_us"
                    "  FROM second_factor"
                    " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
second_factor_store_find(struct ctx *ctx, team_member_id member, struct second_factor_row *row)
{
    struct db_rows *rows =
        db_query(ctx, &find_factor, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));

    *row = (struct second_factor_row){0};
    if (db_next(rows)) {
        row->secret_sealed = db_col_text(rows, 0);
        row->offered_sealed = db_col_text(rows, 1);
        row->last_step = db_col_int(rows, 2);
        row->since_us = db_col_int(rows, 3);
    }
    return db_done(rows);
}

DB_SQL(offer_factor, "INSERT INTO second_factor (merchant_id, team_member_id, secret_sealed,"
                     "                           offered_sealed, last_step, since_us)"
                     " VALUES ($1, $2, NULL, $3, 0, 0)"
                     " ON CONFLICT (merchant_id, team_member_id) DO UPDATE"
                     "   SET offered_sealed = $3");

enum err
second_factor_store_offer(struct ctx *ctx, team_member_id member, struct str sealed)
{
    return db_exec(
        ctx, &offer_factor,
        DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_bytes(sealed.at, sealed.len)));
}

DB_SQL(confirm_factor, "UPDATE second_factor"
                       "   SET secret_sealed = offered_sealed, offered_sealed = NULL,"
                       "       last_step = $3, since_us = $4"
                       " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
second_factor_store_confirm(struct ctx *ctx, team_member_id member, int64_t step)
{
    return db_exec(
        ctx, &confirm_factor,
        DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_int(step), db_int(ctx->now_us)));
}

/* Guarded: of two sign-ins with one code at the same moment, one is too late. */
DB_SQL(use_step, "UPDATE second_factor"
                 "   SET last_step = $3"
                 " WHERE merchant_id = $1 AND team_member_id = $2 AND last_step < $3");

enum err
second_factor_store_use_step(struct ctx *ctx, team_member_id member, int64_t step, bool *used)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &use_step, DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_int(step)),
                  &changed));
    *used = changed == 1;
    return OK;
}

DB_SQL(remove_factor, "DELETE FROM second_factor"
                      " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
second_factor_store_remove(struct ctx *ctx, team_member_id member)
{
    return db_exec(ctx, &remove_factor, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));
}

DB_SQL(list_factors, "SELECT team_member_id"
                     "  FROM second_factor"
                     " WHERE merchant_id = $1 AND since_us > 0");

enum err
second_factor_store_list(struct ctx *ctx, team_member_id **members, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_factors, DB_BIND(db_int(ctx->merchant.v)));

    *members = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *members, *count, ((team_member_id){db_col_int(rows, 0)}));
    }
    return db_done(rows);
}

/* ---- recovery codes ---- */
DB_SQL(add_recovery_code, "INSERT INTO recovery_code (merchant_id, team_member_id, code_hash)"
                          " VALUES ($1, $2, $3)");

enum err
second_factor_store_add_code(struct ctx *ctx, team_member_id member,
                             const uint8_t hash[static HASH_LEN])
{
    return db_exec(ctx, &add_recovery_code,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_bytes(hash, HASH_LEN)));
}

DB_SQL(use_recovery_code, "DELETE FROM recovery_code"
                          " WHERE merchant_id = $1 AND team_member_id = $2 AND code_hash = $3");

enum err
second_factor_store_use_code(struct ctx *ctx, team_member_id member,
                             const uint8_t hash[static HASH_LEN], bool *used)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &use_recovery_code,
                  DB_BIND(db_int(ctx->merchant.v), db_int(member.v), db_bytes(hash, HASH_LEN)),
                  &changed));
    *used = changed == 1;
    return OK;
}

DB_SQL(count_recovery_codes, "SELECT COUNT(*)"
                             "  FROM recovery_code"
                             " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
second_factor_store_count_codes(struct ctx *ctx, team_member_id member, int64_t *count)
{
    struct db_rows *rows =
        db_query(ctx, &count_recovery_codes, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));

    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(remove_recovery_codes, "DELETE FROM recovery_code"
                              " WHERE merchant_id = $1 AND team_member_id = $2");

enum err
second_factor_store_remove_codes(struct ctx *ctx, team_member_id member)
{
    return db_exec(ctx, &remove_recovery_codes, DB_BIND(db_int(ctx->merchant.v), db_int(member.v)));
}
