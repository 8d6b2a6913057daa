/* limits — see limits.h. */
#include "core/team/limits.h"
#include "base/zone.h"
#include "core/merchants/merchants.h"
#include "core/team/roles_store.h"
#include "db/db.h"
#include <inttypes.h>

enum err
limits_count(struct ctx *ctx, int64_t points)
{
    struct given given = {.points = points, .points_max = LIMITS_NONE};
    struct team_member member;
    struct merchant merchant;
    int64_t limit;
    bool counted;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(points > 0);
    if (ctx->actor.kind != ACTOR_STAFF) return OK;
    TRY(team_find(ctx, (team_member_id){ctx->actor.id}, &member));
    TRY(roles_store_read_limit(ctx, member.role, member.own_role, &limit));
    if (limit != ROLE_UNLIMITED) given.points_max = limit;
    if (points > given.points_max) return fail(ctx, ERR_GIVEN_LIMIT, "%" PRId64, points);

    TRY(merchants_find(ctx, &merchant));
    given.day = zone_day_at(merchant.time_zone, ctx->now_us);
    TRY(roles_store_count_given(ctx, &given, &counted));
    return counted ? OK : fail(ctx, ERR_GIVEN_LIMIT, "%" PRId64, points);
}
