/* places — see places.h. */
#include "core/team/places.h"
#include "core/merchants/merchants.h"
#include "core/team/places_store.h"
#include "db/db.h"
#include <inttypes.h>

enum err
places_list(struct ctx *ctx, team_member_id id, location_id **places, int *count)
{
    ASSERT(id.v != 0);
    return places_store_list(ctx, id, places, count);
}

/* ctx->actor's; none for who is nobody's staff. */
static enum err
list_own(struct ctx *ctx, location_id **places, int *count)
{
    *count = 0;
    if (ctx->actor.kind != ACTOR_STAFF) return OK;
    return places_store_list(ctx, (team_member_id){ctx->actor.id}, places, count);
}

enum err
places_check(struct ctx *ctx, location_id location)
{
    location_id *own;
    int count;

    if (location.v == 0) return OK;
    TRY(list_own(ctx, &own, &count));
    for (int i = 0; i < count; i++) {
        if (own[i].v == location.v) return OK;
    }
    if (count == 0) return OK;
    return fail(ctx, ERR_LOCATION_FORBIDDEN, "location %" PRId64, location.v);
}

enum err
places_find_limited(struct ctx *ctx, team_member_id *limited)
{
    location_id *own;
    int count;

    TRY(list_own(ctx, &own, &count));
    limited->v = count > 0 ? ctx->actor.id : 0;
    return OK;
}

enum err
places_choose(struct ctx *ctx, location_id *location)
{
    location_id *own;
    int count;

    if (location->v != 0) return OK;
    TRY(list_own(ctx, &own, &count));
    if (count > 0) *location = own[0];
    return OK;
}

/* Nobody sends somebody further than they go themselves. */
static enum err
check_given(struct ctx *ctx, const location_id *places, int count)
{
    location_id *own;
    int own_count;

    for (int i = 0; i < count; i++) {
        struct location location;

        enum err err = locations_find(ctx, places[i], &location);
        if (err == OK) err = places_check(ctx, places[i]);
        if (err != OK) return fail_field(ctx, err, "location_ids");
    }
    if (count > 0) return OK;
    TRY(list_own(ctx, &own, &own_count));
    if (own_count == 0) return OK;
    return fail_field(ctx, ERR_LOCATION_FORBIDDEN, "location_ids");
}

enum err
places_check_member(struct ctx *ctx, team_member_id id)
{
    location_id *theirs;
    int count;

    TRY(places_store_list(ctx, id, &theirs, &count));
    return check_given(ctx, theirs, count);
}

enum err
places_change(struct ctx *ctx, team_member_id id, const location_id *places, int count)
{
    ASSERT(db_in_tx(ctx->db));
    ASSERT(id.v != 0);
    ASSERT(count <= PLACES_MAX);
    TRY(check_given(ctx, places, count));
    TRY(places_store_remove(ctx, id));
    for (int i = 0; i < count; i++)
        TRY(places_store_add(ctx, id, places[i]));
    return OK;
}

enum err
places_remove(struct ctx *ctx, team_member_id id)
{
    ASSERT(db_in_tx(ctx->db));
    return places_store_remove(ctx, id);
}
