/* team — see team.h. */
#include "base/email.h"
#include "core/team/roles.h"
#include "core/team/team_store.h"

enum err
team_add(struct ctx *ctx, struct team_member *member)
{
    ASSERT(ctx->merchant.v != 0);
    if (email_parse(ctx->arena, member->email, &member->email) != OK) {
        return fail_field(ctx, ERR_EMAIL_INVALID, "email");
    }
    TRY(roles_settle(ctx, member));
    if (member->id.v == 0) member->id.v = id_next(ctx);
    if (member->created_us == 0) member->created_us = ctx->now_us;
    return team_store_add(ctx, member);
}

enum err
team_find(struct ctx *ctx, team_member_id id, struct team_member *member)
{
    return team_store_find(ctx, id, member);
}

enum err
team_find_by_email(struct ctx *ctx, struct str email, struct team_member *member)
{
    struct str normal;

    /* What is no address is nobody's; sign-in answers both alike. */
    if (email_parse(ctx->arena, email, &normal) != OK) return ERR_TEAM_MEMBER_UNKNOWN;
    return team_store_find_by_email(ctx, normal, member);
}
