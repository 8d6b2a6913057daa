/* till_days — see till_days.h. */
#include "base/zone.h"
#include "core/orders/till_days_store.h"
#include "core/team/places.h"

static team_member_id
who(const struct ctx *ctx)
{
    return (team_member_id){ctx->actor.kind == ACTOR_STAFF ? ctx->actor.id : 0};
}

enum err
till_days_choose(struct ctx *ctx, location_id id, struct location *location)
{
    TRY(places_choose(ctx, &id));
    TRY(locations_find(ctx, id, location));
    return places_check(ctx, location->id);
}

enum err
till_days_find(struct ctx *ctx, location_id location, int64_t day, struct till_day *found)
{
    return till_days_store_find(ctx, location, day, found);
}

enum err
till_days_open(struct ctx *ctx, const struct location *location)
{
    const struct till_day day = {
        .location = location->id,
        .day = zone_day_at(location->time_zone, ctx->now_us),
        .opened_us = ctx->now_us,
        .opened_by = who(ctx),
    };

    return till_days_store_add(ctx, &day);
}

enum err
till_days_close(struct ctx *ctx, location_id id, struct till_day *closed)
{
    struct location location;

    TRY(till_days_choose(ctx, id, &location));
    TRY(till_days_open(ctx, &location));
    *closed = (struct till_day){
        .location = location.id,
        .day = zone_day_at(location.time_zone, ctx->now_us),
        .closed_us = ctx->now_us,
        .closed_by = who(ctx),
    };
    TRY(till_days_store_close(ctx, closed));
    return till_days_store_find(ctx, location.id, closed->day, closed);
}
