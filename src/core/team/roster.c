/* roster — see roster.h. */
#include "core/team/roster.h"
#include "core/team/passwords.h"
#include "core/team/places.h"
#include "core/team/profile.h"
#include "core/team/roles.h"
#include "core/team/roster_store.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

enum err
roster_list_members(struct ctx *ctx, struct team_member **members, int *count)
{
    return roster_store_list_members(ctx, members, count);
}

enum err
roster_add_member(struct ctx *ctx, struct team_member *member)
{
    enum err err = team_add(ctx, member);

    if (err == OK) err = roles_check_member(ctx, member);
    /* Waited for: PostgreSQL would tell of the address at the end of the request only. */
    if (err == OK) err = db_flush(ctx);
    if (err == ERR_DB_CONSTRAINT) return fail_field(ctx, ERR_EMAIL_TAKEN, "email");
    TRY(err);
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

static bool
is_active_owner(const struct team_member *member)
{
    return member->active && str_is(member->role, STR("owner"));
}

static enum err
check_owner_left(struct ctx *ctx, const struct team_member *before, const struct team_member *after)
{
    int64_t others;

    if (!is_active_owner(before) || is_active_owner(after)) return OK;
    TRY(roster_store_count_owners(ctx, before->id, &others));
    if (others > 0) return OK;
    return fail_field(ctx, ERR_LAST_OWNER, after->active ? "role" : "active");
}

/* Who is mightier, or works where ctx->actor does not, is not theirs to change: their password
 * would be a way to be them. */
static enum err
check_reach(struct ctx *ctx, const struct team_member *member)
{
    TRY(roles_check_member(ctx, member));
    return places_check_member(ctx, member->id);
}

enum err
roster_change_member(struct ctx *ctx, const struct member_change *change,
                     struct team_member *member)
{
    struct team_member before;

    ASSERT(db_in_tx(ctx->db));
    TRY(team_find(ctx, change->id, &before));
    TRY(check_reach(ctx, &before));
    *member = before;
    if (change->name.len > 0) member->name = change->name;
    if (change->role.len > 0) {
        member->role = change->role;
        member->own_role = change->own_role;
        TRY(roles_settle(ctx, member));
        TRY(roles_check_member(ctx, member));
    }
    if (change->password_hash.len > 0) {
        member->password_hash = change->password_hash;
        member->invited = false;
    }
    if (change->changes_active) member->active = change->active;
    TRY(check_owner_left(ctx, &before, member));
    TRY(roster_store_change_member(ctx, member));
    if (change->password_hash.len > 0) TRY(passwords_end_link(ctx, member->id));
    if (!member->active || change->password_hash.len > 0) {
        TRY(roster_store_remove_credentials(ctx, STR("ses"), member->id.v));
    }
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
roster_check(struct ctx *ctx, team_member_id id)
{
    struct team_member member;

    TRY(team_find(ctx, id, &member));
    return check_reach(ctx, &member);
}

enum err
roster_change_password(struct ctx *ctx, team_member_id id, struct str password_hash)
{
    bool found;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(password_hash.len > 0);
    TRY(roster_store_change_password(ctx, id, password_hash, &found));
    if (!found) return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "member %" PRId64, id.v);
    TRY(passwords_end_link(ctx, id));
    return roster_store_remove_credentials(ctx, STR("ses"), id.v);
}

enum err
roster_remove_member(struct ctx *ctx, team_member_id id)
{
    bool found;

    ASSERT(db_in_tx(ctx->db));
    TRY(roster_store_remove_member(ctx, id, &found));
    if (!found) return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "member %" PRId64, id.v);
    TRY(profile_remove(ctx, id));
    TRY(places_remove(ctx, id));
    return roster_store_remove_credentials(ctx, STR("ses"), id.v);
}

enum err
roster_list_keys(struct ctx *ctx, struct roster_key **keys, int *count)
{
    return roster_store_list_keys(ctx, keys, count);
}

enum err
roster_remove_key(struct ctx *ctx, api_key_id id)
{
    bool found;

    ASSERT(db_in_tx(ctx->db));
    TRY(roster_store_remove_key(ctx, id, &found));
    if (!found) return fail(ctx, ERR_API_KEY_UNKNOWN, "key %" PRId64, id.v);
    return roster_store_remove_credentials(ctx, STR("key"), id.v);
}
