/* roles_store — see roles_store.h. */
#include "core/team/roles_store.h"
#include "db/db.h"

/* ---- roles ---- */

#define ROLE                                                                                       \
    "r.id, r.name, r.permissions, COALESCE(l.points_a_day, -1),"                                   \
    " (SELECT COUNT(*) FROM team_member AS m"                                                      \
    "   WHERE m.merchant_id = r.merchant_id AND m.role_id = r.id)"                                 \
    "  FROM team_role AS r"                                                                        \
    "  LEFT JOIN team_limit AS l"                                                                  \
    "    ON l.merchant_id = r.merchant_id AND l.role = 'own' AND l.role_id = r.id"

static struct team_role
read_role(struct db_rows *rows)
{
    return (struct team_role){
        .preset = STR("own"),
        .id = {db_col_int(rows, 0)},
        .name = db_col_text(rows, 1),
        .permissions = (uint64_t)db_col_int(rows, 2),
        .points_a_day = db_col_int(rows, 3),
        .members = db_col_int(rows, 4),
    };
}

DB_SQL(list_roles, "SELECT " ROLE " WHERE r.merchant_id = $1"
                   " ORDER BY r.name"
                   " LIMIT $2");

enum err
roles_store_list(struct ctx *ctx, struct team_role *roles, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_roles, DB_BIND(db_int(ctx->merchant.v), db_int(ROLES_OWN_MAX)));

    for (*count = 0; *count < ROLES_OWN_MAX && db_next(rows); (*count)++)
        roles[*count] = read_role(rows);
    return db_done(rows);
}

DB_SQL(find_role, "SELECT " ROLE " WHERE r.merchant_id = $1 AND r.id = $2");

enum err
roles_store_find(struct ctx *ctx, role_id id, struct team_role *role)
{
    struct db_rows *rows =
        db_query(ctx, &find_role, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *role = read_role(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_ROLE_UNKNOWN, "role %lld", (long long)id.v);
}

DB_SQL(add_role, "INSERT INTO team_role (merchant_id, id, name, permissions, created_us)"
                 " VALUES ($1, $2, $3, $4, $5)"
                 " ON CONFLICT (merchant_id, name) DO NOTHING"
                 " RETURNING id");

enum err
roles_store_add(struct ctx *ctx, const struct team_role *role, bool *added)
{
    struct db_rows *rows =
        db_query(ctx, &add_role,
                 DB_BIND(db_int(ctx->merchant.v), db_int(role->id.v), db_text(role->name),
                         db_int((int64_t)role->permissions), db_int(ctx->now_us)));

    *added = db_next(rows);
    return db_done(rows);
}

DB_SQL(find_role_of_name, "SELECT id"
                          "  FROM team_role"
                          " WHERE merchant_id = $1 AND name = $2 AND id <> $3");

enum err
roles_store_is_taken(struct ctx *ctx, const struct team_role *role, bool *taken)
{
    struct db_rows *rows =
        db_query(ctx, &find_role_of_name,
                 DB_BIND(db_int(ctx->merchant.v), db_text(role->name), db_int(role->id.v)));

    *taken = db_next(rows);
    return db_done(rows);
}

DB_SQL(change_role, "UPDATE team_role"
                    "   SET name = $3, permissions = $4"
                    " WHERE merchant_id = $1 AND id = $2");

enum err
roles_store_change(struct ctx *ctx, const struct team_role *role)
{
    return db_exec(ctx, &change_role,
                   DB_BIND(db_int(ctx->merchant.v), db_int(role->id.v), db_text(role->name),
                           db_int((int64_t)role->permissions)));
}

DB_SQL(remove_role, "DELETE FROM team_role"
                    " WHERE merchant_id = $1 AND id = $2");

enum err
roles_store_remove(struct ctx *ctx, role_id id)
{
    return db_exec(ctx, &remove_role, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

/* ---- who has them ---- */

static enum err
read_count(struct db_rows *rows, int64_t *count)
{
    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(count_holders, "SELECT COUNT(*)"
                      "  FROM team_member"
                      " WHERE merchant_id = $1 AND role_id = $2");

enum err
roles_store_count_holders(struct ctx *ctx, role_id id, int64_t *count)
{
    return read_count(db_query(ctx, &count_holders, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))),
                      count);
}

DB_SQL(count_members, "SELECT COUNT(*)"
                      "  FROM team_member"
                      " WHERE merchant_id = $1 AND role = $2");

enum err
roles_store_count_members(struct ctx *ctx, struct str role, int64_t *count)
{
    return read_count(
        db_query(ctx, &count_members, DB_BIND(db_int(ctx->merchant.v), db_text(role))), count);
}

/* ---- limits ---- */

DB_SQL(read_limit, "SELECT points_a_day"
                   "  FROM team_limit"
                   " WHERE merchant_id = $1 AND role = $2 AND role_id = $3");

enum err
roles_store_read_limit(struct ctx *ctx, struct str role, role_id own, int64_t *points_a_day)
{
    struct db_rows *rows =
        db_query(ctx, &read_limit, DB_BIND(db_int(ctx->merchant.v), db_text(role), db_int(own.v)));

    *points_a_day = db_next(rows) ? db_col_int(rows, 0) : ROLE_UNLIMITED;
    return db_done(rows);
}

DB_SQL(put_limit, "INSERT INTO team_limit (merchant_id, role, role_id, points_a_day)"
                  " VALUES ($1, $2, $3, $4)"
                  " ON CONFLICT (merchant_id, role, role_id) DO UPDATE"
                  "   SET points_a_day = $4");

enum err
roles_store_put_limit(struct ctx *ctx, struct str role, role_id own, int64_t points_a_day)
{
    return db_exec(
        ctx, &put_limit,
        DB_BIND(db_int(ctx->merchant.v), db_text(role), db_int(own.v), db_int(points_a_day)));
}

DB_SQL(remove_limit, "DELETE FROM team_limit"
                     " WHERE merchant_id = $1 AND role = $2 AND role_id = $3");

enum err
roles_store_remove_limit(struct ctx *ctx, struct str role, role_id own)
{
    return db_exec(ctx, &remove_limit,
                   DB_BIND(db_int(ctx->merchant.v), db_text(role), db_int(own.v)));
}

/* In one statement, so that two credits at once cannot both be the last that was allowed. */
DB_SQL(count_given,
       "INSERT INTO team_given (merchant_id, member_id, day, points)"
       " VALUES ($1, $2, $3, $4)"
       " ON CONFLICT (merchant_id, member_id) DO UPDATE"
       "   SET points = CASE WHEN team_given.day = $3 THEN team_given.points ELSE 0 END + $4,"
       "       day = $3"
       " WHERE CASE WHEN team_given.day = $3 THEN team_given.points ELSE 0 END + $4 <= $5"
       " RETURNING points");

enum err
roles_store_count_given(struct ctx *ctx, const struct given *given, bool *counted)
{
    struct db_rows *rows =
        db_query(ctx, &count_given,
                 DB_BIND(db_int(ctx->merchant.v), db_int(ctx->actor.id), db_int(given->day),
                         db_int(given->points), db_int(given->points_max)));

    *counted = db_next(rows);
    return db_done(rows);
}
