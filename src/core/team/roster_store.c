/* roster_store — see roster_store.h. */
#include "core/team/roster_store.h"
#include "core/team/team_store.h"
#include "db/db.h"

/* More people or keys than this are not listed; no shop has them. */
enum { ROWS_MAX = 500 };

DB_SQL(list_members,
       "SELECT " TEAM_MEMBER_COLUMNS "  FROM " TEAM_MEMBER_TABLES " WHERE m.merchant_id = $1"
       " ORDER BY m.email"
       " LIMIT $2");

enum err
roster_store_list_members(struct ctx *ctx, struct team_member **members, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_members, DB_BIND(db_int(ctx->merchant.v), db_int(ROWS_MAX)));

    *members = ARENA_ARRAY(ctx->arena, struct team_member, ROWS_MAX);
    for (*count = 0; *count < ROWS_MAX && db_next(rows); (*count)++) {
        struct team_member *member = &(*members)[*count];

        *member = team_store_read_member(ctx, rows);
        member->password_hash = STR("");
    }
    return db_done(rows);
}

DB_SQL(change_member, "UPDATE team_member"
                      "   SET name = $3, role = $4, role_id = $5, password_hash = $6, active = $7"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
roster_store_change_member(struct ctx *ctx, const struct team_member *member)
{
    return db_exec(ctx, &change_member,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member->id.v), db_text(member->name),
                           db_text(member->role), db_int_or_null(member->own_role.v),
                           db_text(member->password_hash), db_bool(member->active)));
}

DB_SQL(count_owners, "SELECT COUNT(*)"
                     "  FROM team_member"
                     " WHERE merchant_id = $1 AND role = 'owner' AND active AND id <> $2");

enum err
roster_store_count_owners(struct ctx *ctx, team_member_id but, int64_t *count)
{
    struct db_rows *rows =
        db_query(ctx, &count_owners, DB_BIND(db_int(ctx->merchant.v), db_int(but.v)));

    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(change_password, "UPDATE team_member"
                        "   SET password_hash = $3"
                        " WHERE merchant_id = $1 AND id = $2");

enum err
roster_store_change_password(struct ctx *ctx, team_member_id id, struct str password_hash,
                             bool *found)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &change_password,
                  DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_text(password_hash)),
                  &changed));
    *found = changed == 1;
    return OK;
}

DB_SQL(remove_member, "DELETE FROM team_member"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
roster_store_remove_member(struct ctx *ctx, team_member_id id, bool *found)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &remove_member, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)), &changed));
    *found = changed == 1;
    return OK;
}

DB_SQL(list_keys, "SELECT k.id, k.name, k.permissions, k.created_us, COALESCE(MAX(c.used_us), 0)"
                  "  FROM api_key k"
                  "  LEFT JOIN credential c"
                  "    ON c.merchant_id = k.merchant_id AND c.subject_id = k.id AND c.kind = 'key'"
                  " WHERE k.merchant_id = $1"
                  " GROUP BY k.id, k.name, k.permissions, k.created_us"
                  " ORDER BY k.id"
                  " LIMIT $2");

enum err
roster_store_list_keys(struct ctx *ctx, struct roster_key **keys, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_keys, DB_BIND(db_int(ctx->merchant.v), db_int(ROWS_MAX)));

    *keys = ARENA_ARRAY(ctx->arena, struct roster_key, ROWS_MAX);
    for (*count = 0; *count < ROWS_MAX && db_next(rows); (*count)++) {
        (*keys)[*count] = (struct roster_key){
            .id = {db_col_int(rows, 0)},
            .name = db_col_text(rows, 1),
            .permissions = (uint64_t)db_col_int(rows, 2),
            .created_us = db_col_int(rows, 3),
            .used_us = db_col_int(rows, 4),
        };
    }
    return db_done(rows);
}

DB_SQL(remove_key, "DELETE FROM api_key"
                   " WHERE merchant_id = $1 AND id = $2");

enum err
roster_store_remove_key(struct ctx *ctx, api_key_id id, bool *found)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &remove_key, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)), &changed));
    *found = changed == 1;
    return OK;
}

DB_SQL(remove_credentials, "DELETE FROM credential"
                           " WHERE merchant_id = $1 AND subject_id = $2 AND kind = $3");

enum err
roster_store_remove_credentials(struct ctx *ctx, struct str kind, int64_t subject)
{
    return db_exec(ctx, &remove_credentials,
                   DB_BIND(db_int(ctx->merchant.v), db_int(subject), db_text(kind)));
}
