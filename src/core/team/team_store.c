/* team_store — see team_store.h. Members, keys, lock-outs and tablets; tokens are in
 * credentials_store.c. */
#include "core/team/team_store.h"
#include "db/db.h"

/* ---- members ---- */
DB_SQL(add_member, "INSERT INTO team_member (merchant_id, id, email, name, role, password_hash,"
                   "                         active, created_us)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

enum err
team_store_add(struct ctx *ctx, const struct team_member *member)
{
    return db_exec(ctx, &add_member,
                   DB_BIND(db_int(ctx->merchant.v), db_int(member->id.v), db_text(member->email),
                           db_text(member->name), db_text(member->role),
                           db_text(member->password_hash), db_bool(member->active),
                           db_int(member->created_us)));
}

#define MEMBER_COLUMNS "id, email, name, role, password_hash, active, created_us"

static struct team_member
read_member(struct db_rows *rows)
{
    return (struct team_member){
        .id = {db_col_int(rows, 0)},
        .email = db_col_text(rows, 1),
        .name = db_col_text(rows, 2),
        .role = db_col_text(rows, 3),
        .password_hash = db_col_text(rows, 4),
        .active = db_col_bool(rows, 5),
        .created_us = db_col_int(rows, 6),
    };
}

DB_SQL(find_member, "SELECT " MEMBER_COLUMNS "  FROM team_member"
                    " WHERE merchant_id = $1 AND id = $2");

enum err
team_store_find(struct ctx *ctx, team_member_id id, struct team_member *member)
{
    struct db_rows *rows =
        db_query(ctx, &find_member, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *member = read_member(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "team member %lld", (long long)id.v);
}

DB_SQL(find_member_by_email, "SELECT " MEMBER_COLUMNS ", merchant_id"
                             "  FROM team_member"
                             " WHERE email = $1");

enum err
team_store_find_by_email(struct ctx *ctx, struct str email, struct team_member *member)
{
    struct db_rows *rows = db_query(ctx, &find_member_by_email, DB_BIND(db_text(email)));
    bool found = db_next(rows);

    if (found) {
        *member = read_member(rows);
        ctx->merchant.v = db_col_int(rows, 7);
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

/* ---- tablets ---- */
DB_SQL(add_tablet, "INSERT INTO tablet (merchant_id, id, location_id, register_id, name, seen_us,"
                   "                    created_us)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)");

enum err
team_store_add_tablet(struct ctx *ctx, const struct tablet *tablet)
{
    return db_exec(ctx, &add_tablet,
                   DB_BIND(db_int(ctx->merchant.v), db_int(tablet->id.v),
                           db_int(tablet->location.v), db_int_or_null(tablet->reg.v),
                           db_text(tablet->name), db_int(tablet->seen_us),
                           db_int(tablet->created_us)));
}

DB_SQL(find_tablet, "SELECT id, location_id, register_id, name, seen_us, created_us"
                    "  FROM tablet"
                    " WHERE merchant_id = $1 AND id = $2");

enum err
team_store_find_tablet(struct ctx *ctx, tablet_id id, struct tablet *tablet)
{
    struct db_rows *rows =
        db_query(ctx, &find_tablet, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) {
        *tablet = (struct tablet){
            .id = {db_col_int(rows, 0)},
            .location = {db_col_int(rows, 1)},
            .reg = {db_col_int(rows, 2)},
            .name = db_col_text(rows, 3),
            .seen_us = db_col_int(rows, 4),
            .created_us = db_col_int(rows, 5),
        };
    }
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_TABLET_UNKNOWN, "tablet %lld", (long long)id.v);
}

DB_SQL(note_tablet_seen, "UPDATE tablet"
                         "   SET seen_us = $3"
                         " WHERE merchant_id = $1 AND id = $2 AND seen_us < $3");

enum err
team_store_note_tablet_seen(struct ctx *ctx, tablet_id id, int64_t at_us)
{
    return db_exec(ctx, &note_tablet_seen,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(at_us)));
}

DB_SQL(remove_codes, "DELETE FROM pairing_code"
                     " WHERE merchant_id = $1 AND tablet_id = $2");

enum err
team_store_remove_codes(struct ctx *ctx, tablet_id id)
{
    return db_exec(ctx, &remove_codes, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

DB_SQL(add_code, "INSERT INTO pairing_code (merchant_id, code_hash, tablet_id, expires_us)"
                 " VALUES ($1, $2, $3, $4)"
                 " ON CONFLICT (code_hash) DO NOTHING"
                 " RETURNING tablet_id");

enum err
team_store_add_code(struct ctx *ctx, tablet_id id, const uint8_t hash[static HASH_LEN],
                    int64_t expires_us, bool *added)
{
    struct db_rows *rows = db_query(ctx, &add_code,
                                    DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN),
                                            db_int(id.v), db_int(expires_us)));

    *added = db_next(rows);
    return db_done(rows);
}

/* In one statement, so that two tablets cannot both use it. */
DB_SQL(take_code, "DELETE FROM pairing_code"
                  " WHERE code_hash = $1"
                  " RETURNING merchant_id, tablet_id, expires_us");

enum err
team_store_take_code(struct ctx *ctx, const uint8_t hash[static HASH_LEN], tablet_id *id,
                     int64_t *expires_us)
{
    struct db_rows *rows = db_query(ctx, &take_code, DB_BIND(db_bytes(hash, HASH_LEN)));

    *id = (tablet_id){0};
    *expires_us = 0;
    if (db_next(rows)) {
        ctx->merchant.v = db_col_int(rows, 0);
        id->v = db_col_int(rows, 1);
        *expires_us = db_col_int(rows, 2);
    }
    return db_done(rows);
}
