/* roles — see roles.h. */
#include "core/team/roles.h"
#include "core/team/roles_store.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

#define OWN STR("own")
static const char *const presets[] = {"owner", "manager", "cashier"};
enum { PRESETS = sizeof presets / sizeof presets[0] };

/* ---- as the API writes them ---- */

struct str
roles_text(struct arena *arena, struct str role, role_id own)
{
    ASSERT(str_is(role, OWN) == (own.v != 0));
    return own.v != 0 ? id_format(arena, ID_role, own.v) : role;
}

void
roles_read(struct str text, struct str *role, role_id *own)
{
    own->v = 0;
    *role = id_parse(ID_role, text, &own->v) == OK ? OWN : text;
}

enum err
roles_settle(struct ctx *ctx, struct team_member *member)
{
    struct team_role role;

    if (member->own_role.v == 0) {
        member->permissions = permissions_of_role(str_z(ctx->arena, member->role));
        member->role_name = STR("");
        if (member->permissions != PERM_NOTHING) return OK;
        return fail_field(ctx, ERR_FIELD_VALUE, "role");
    }
    enum err err = roles_find(ctx, member->own_role, &role);
    if (err == ERR_ROLE_UNKNOWN) return fail_field(ctx, ERR_FIELD_VALUE, "role");
    TRY(err);
    member->permissions = role.permissions;
    member->role_name = role.name;
    return OK;
}

enum err
roles_check_given(struct ctx *ctx, uint64_t permissions)
{
    uint64_t lacking = permissions & PERM_GRANTABLE & ~ctx->actor.permissions;

    if (ctx->actor.kind == ACTOR_SYSTEM || lacking == 0) return OK;
    return fail(ctx, ERR_PERMISSION_LACKED, "lacks %" PRIx64, lacking);
}

/* Whether who may give so many points a day in all gives somebody no more than that; or they would
 * make themselves a role without a limit. What gives no points has none. */
static enum err
check_limit(struct ctx *ctx, uint64_t permissions, int64_t points_a_day)
{
    struct team_member actor;
    int64_t own;

    if (ctx->actor.kind != ACTOR_STAFF) return OK;
    if ((permissions & (PERM_LOYALTY_WRITE | PERM_LOYALTY_ADJUST)) == 0) return OK;
    TRY(team_find(ctx, (team_member_id){ctx->actor.id}, &actor));
    TRY(roles_store_read_limit(ctx, actor.role, actor.own_role, &own));
    if (own == ROLE_UNLIMITED) return OK;
    if (points_a_day != ROLE_UNLIMITED && points_a_day <= own) return OK;
    return fail(ctx, ERR_PERMISSION_LACKED, "may give %" PRId64 " a day", own);
}

enum err
roles_check_member(struct ctx *ctx, const struct team_member *member)
{
    int64_t points_a_day;

    TRY(roles_check_given(ctx, member->permissions));
    TRY(roles_store_read_limit(ctx, member->role, member->own_role, &points_a_day));
    return check_limit(ctx, member->permissions, points_a_day);
}

/* ---- reading ---- */

static enum err
read_preset(struct ctx *ctx, const char *name, struct team_role *role)
{
    *role = (struct team_role){
        .preset = str_of(name),
        .permissions = permissions_of_role(name),
    };
    TRY(roles_store_read_limit(ctx, role->preset, role->id, &role->points_a_day));
    return roles_store_count_members(ctx, role->preset, &role->members);
}

enum err
roles_list(struct ctx *ctx, struct team_role **roles, int *count)
{
    int own = 0;

    *roles = ARENA_ARRAY(ctx->arena, struct team_role, PRESETS + ROLES_OWN_MAX);
    for (int i = 0; i < PRESETS; i++)
        TRY(read_preset(ctx, presets[i], &(*roles)[i]));
    TRY(roles_store_list(ctx, *roles + PRESETS, &own));
    *count = PRESETS + own;
    return OK;
}

enum err
roles_find(struct ctx *ctx, role_id id, struct team_role *role)
{
    return roles_store_find(ctx, id, role);
}

/* ---- changing ---- */

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

static enum err
check_permissions(struct ctx *ctx, struct team_role *role)
{
    uint64_t chosen = role->permissions & ~PERM_OF_EVERYBODY;

    if (chosen == 0 || (chosen & ~PERM_GRANTABLE) != 0) {
        return fail_field(ctx, ERR_FIELD_VALUE, "permissions");
    }
    TRY(roles_check_given(ctx, chosen));
    role->permissions |= PERM_OF_EVERYBODY;
    return check_limit(ctx, chosen, role->points_a_day);
}

static enum err
put_limit(struct ctx *ctx, const struct team_role *role)
{
    if (role->points_a_day == ROLE_UNLIMITED) {
        return roles_store_remove_limit(ctx, role->preset, role->id);
    }
    ASSERT(role->points_a_day >= 0);
    return roles_store_put_limit(ctx, role->preset, role->id, role->points_a_day);
}

enum err
roles_add(struct ctx *ctx, struct team_role *role)
{
    struct team_role *all;
    bool added;
    int count;

    ASSERT(db_in_tx(ctx->db));
    TRY(check_permissions(ctx, role));
    TRY(roles_list(ctx, &all, &count));
    if (count == PRESETS + ROLES_OWN_MAX) return fail(ctx, ERR_ROLES_TOO_MANY, "%d", count);
    role->preset = OWN;
    role->id.v = id_next(ctx);
    TRY(roles_store_add(ctx, role, &added));
    if (!added) return fail_field(ctx, ERR_ROLE_NAME_TAKEN, "name");
    TRY(put_limit(ctx, role));
    return tell(ctx);
}

/* A limit is given and taken by whoever may give the role itself. */
static enum err
change_preset(struct ctx *ctx, struct team_role *role)
{
    const struct team_role wished = *role;

    ASSERT(permissions_of_role(str_z(ctx->arena, wished.preset)) != PERM_NOTHING);
    for (int i = 0; i < PRESETS; i++) {
        if (str_is(wished.preset, str_of(presets[i]))) TRY(read_preset(ctx, presets[i], role));
    }
    bool is_owner = str_is(wished.preset, STR("owner"));
    if (is_owner || wished.name.len > 0 || wished.permissions != 0) {
        return fail(ctx, ERR_ROLE_FIXED, "%.*s", STR_ARG(wished.preset));
    }
    TRY(roles_check_given(ctx, role->permissions));
    role->points_a_day = wished.points_a_day;
    TRY(check_limit(ctx, role->permissions, role->points_a_day));
    TRY(put_limit(ctx, role));
    return tell(ctx);
}

enum err
roles_change(struct ctx *ctx, struct team_role *role)
{
    struct team_role before;
    bool taken;

    ASSERT(db_in_tx(ctx->db));
    if (role->id.v == 0) return change_preset(ctx, role);
    TRY(roles_find(ctx, role->id, &before));
    TRY(roles_check_given(ctx, before.permissions));
    TRY(check_limit(ctx, before.permissions, before.points_a_day));
    if (role->name.len == 0) role->name = before.name;
    if (role->permissions == 0) role->permissions = before.permissions;
    TRY(check_permissions(ctx, role));
    role->preset = OWN;
    role->members = before.members;
    TRY(roles_store_is_taken(ctx, role, &taken));
    if (taken) return fail_field(ctx, ERR_ROLE_NAME_TAKEN, "name");
    TRY(roles_store_change(ctx, role));
    TRY(put_limit(ctx, role));
    return tell(ctx);
}

enum err
roles_remove(struct ctx *ctx, role_id id)
{
    struct team_role role;
    int64_t holders;

    ASSERT(db_in_tx(ctx->db));
    TRY(roles_find(ctx, id, &role));
    TRY(roles_check_given(ctx, role.permissions));
    TRY(roles_store_count_holders(ctx, id, &holders));
    if (holders > 0) return fail(ctx, ERR_ROLE_IN_USE, "%" PRId64 " have it", holders);
    TRY(roles_store_remove_limit(ctx, OWN, id));
    TRY(roles_store_remove(ctx, id));
    return tell(ctx);
}
