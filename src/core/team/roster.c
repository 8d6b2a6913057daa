/* roster — see roster.h. */
#include "core/team/roster.h"
#include "core/team/roster_store.h"
#include "db/db.h"
#include <inttypes.h>

enum err
roster_list_members(struct ctx *ctx, struct team_member **members, int *count)
{
    return roster_store_list_members(ctx, members, count);
}

enum err
roster_change_password(struct ctx *ctx, team_member_id id, struct str password_hash)
{
    bool found;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(password_hash.len > 0);
    TRY(roster_store_change_password(ctx, id, password_hash, &found));
    if (!found) return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "member %" PRId64, id.v);
    return roster_store_remove_credentials(ctx, STR("ses"), id.v);
}

enum err
roster_remove_member(struct ctx *ctx, team_member_id id)
{
    bool found;

    ASSERT(db_in_tx(ctx->db));
    TRY(roster_store_remove_member(ctx, id, &found));
    if (!found) return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "member %" PRId64, id.v);
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
