/* team_store — see team_store.h. Members, keys and lock-outs; tokens are in credentials_store.c. */
#include "core/team/team_store.h"
#include "db/db.h"

/* ---- members ---- */
DB_SQL(add_member, "INSERT INTO team_member (merchant_id, id, email, name, role, role_id,"
                   "                         password_hash, active, created_us)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

enum err
team_store_add(struct ctx *ctx, const struct team_member *member)
{
    return db_exec(ctx, &add_member,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member->id.v), db_text(member->email),
                           db_text(member->name), db_text(member->role),
                           db_int_or_null(member->own_role.v), db_text(member->password_hash),
                           db_bool(member->active), db_int(member->created_us)));
}

struct team_member
team_store_read_member(struct ctx *ctx, struct db_rows *rows)
{
    struct team_member member = {
        .id = {db_col_int(rows, 0)},
        .email = db_col_text(rows, 1),
        .name = db_col_text(rows, 2),
        .role = db_col_text(rows, 3),
        .own_role = {db_col_int(rows, 4)},
        .password_hash = db_col_text(rows, 6),
        .active = db_col_bool(rows, 7),
        .created_us = db_col_int(rows, 8),
        .has_pin = db_col_bool(rows, 9),
        .invited = db_col_text(rows, 6).len == 0,
        .role_name = db_col_text(rows, 10),
    };

    member.permissions = team_store_permissions(ctx, member.role, db_col_int(rows, 5));
    return member;
}

uint64_t
team_store_permissions(struct ctx *ctx, struct str role, int64_t own)
{
    if (!str_is(role, STR("own"))) return permissions_of_role(str_z(ctx->arena, role));
    return (uint64_t)own | PERM_OF_EVERYBODY;
}

DB_SQL(find_member, "SELECT " TEAM_MEMBER_COLUMNS "  FROM " TEAM_MEMBER_TABLES
                    " WHERE m.merchant_id = $1 AND m.id = $2");

enum err
team_store_find(struct ctx *ctx, team_member_id id, struct team_member *member)
{
    struct db_rows *rows =
        db_query(ctx, &find_member, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *member = team_store_read_member(ctx, rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "team member %lld", (long long)id.v);
}

DB_SQL(find_member_by_email, "SELECT " TEAM_MEMBER_COLUMNS ", m.merchant_id"
                             "  FROM " TEAM_MEMBER_TABLES " WHERE m.email = $1");

enum err
team_store_find_by_email(struct ctx *ctx, struct str email, struct team_member *member)
{
    struct db_rows *rows = db_query(ctx, &find_member_by_email, DB_BIND(db_text(email)));
    bool found = db_next(rows);

    if (found) {
        *member = team_store_read_member(ctx, rows);
        ctx->merchant.v = db_col_int(rows, 11);
    }
    TRY(db_done(rows));
    return found ? OK : ERR_TEAM_MEMBER_UNKNOWN;
}

DB_SQL(add_key, "INSERT INTO api_key (merchant_id, id, name, permissions, created_us)"
                " VALUES ($1, $2, $3, $4, $5)");

enum err
team_store_add_key(struct ctx *ctx, const struct api_key *key)
{
    return db_exec(ctx, &add_key,
                   DB_BIND(db_int(ctx->merchant.v), db_int(key->id.v), db_text(key->name),
                           db_int((int64_t)key->permissions), db_int(ctx->now_us)));
}

/* ---- lock-outs ---- */
DB_SQL(read_lockout, "SELECT until_us"
                     "  FROM lockout"
                     " WHERE merchant_id = 0 AND scope = $1 AND subject = $2");

enum err
team_store_read_lockout(struct ctx *ctx, struct lockout_key key, int64_t *until_us)
{
    struct db_rows *rows =
        db_query(ctx, &read_lockout, DB_BIND(db_text(key.scope), db_bytes(key.subject, HASH_LEN)));

    *until_us = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(count_failure,
       "INSERT INTO lockout (merchant_id, scope, subject, failures, since_us, until_us)"
       " VALUES (0, $1, $2, 1, $3, 0)"
       " ON CONFLICT (merchant_id, scope, subject) DO UPDATE"
       "   SET failures = CASE WHEN lockout.since_us < $4 THEN 1 ELSE lockout.failures + 1 END,"
       "       since_us = CASE WHEN lockout.since_us < $4 THEN $3 ELSE lockout.since_us END"
       " RETURNING failures");

enum err
team_store_count_failure(struct ctx *ctx, struct lockout_key key, int64_t window_us,
                         int64_t *failures)
{
    struct db_rows *rows = db_query(ctx, &count_failure,
                                    DB_BIND(db_text(key.scope), db_bytes(key.subject, HASH_LEN),
                                            db_int(ctx->now_us), db_int(ctx->now_us - window_us)));

    *failures = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* The count begins again once the lock is over. */
DB_SQL(lock_out, "UPDATE lockout"
                 "   SET until_us = $3, failures = 0, since_us = $3"
                 " WHERE merchant_id = 0 AND scope = $1 AND subject = $2");

enum err
team_store_lock(struct ctx *ctx, struct lockout_key key, int64_t until_us)
{
    return db_exec(ctx, &lock_out,
                   DB_BIND(db_text(key.scope), db_bytes(key.subject, HASH_LEN), db_int(until_us)));
}

DB_SQL(clear_lockout, "DELETE FROM lockout"
                      " WHERE merchant_id = 0 AND scope = $1 AND subject = $2");

enum err
team_store_clear_lockout(struct ctx *ctx, struct lockout_key key)
{
    return db_exec(ctx, &clear_lockout,
                   DB_BIND(db_text(key.scope), db_bytes(key.subject, HASH_LEN)));
}

/* A lock begins with since_us, too, so one that is this old has ended. */
DB_SQL(forget_failures, "DELETE FROM lockout"
                        " WHERE merchant_id = 0"
                        "   AND (scope, subject) IN (SELECT scope, subject"
                        "                              FROM lockout"
                        "                             WHERE merchant_id = 0 AND since_us < $1"
                        "                             LIMIT $2)");

enum err
team_store_forget_failures(struct ctx *ctx, int64_t before_us, int max, int64_t *forgotten)
{
    return db_change(ctx, &forget_failures, DB_BIND(db_int(before_us), db_int(max)), forgotten);
}
