/* places_test — where somebody works, and that nobody is sent further than who sends them goes. */
#include "core/merchants/merchants.h"
#include "core/team/places.h"
#include "core/team/roster.h"
#include "support/staff.h"
#include "support/test.h"

struct wish {
    team_member_id id;
    const location_id *places;
    int count;
};

static enum err
change(struct ctx *ctx, void *arg)
{
    const struct wish *wish = arg;

    return places_change(ctx, wish->id, wish->places, wish->count);
}

static location_id
add_location(struct world *w)
{
    struct location location = {.name = STR("Gare")};

    WORLD_TX(w) EXPECT_OK(locations_add(&w->ctx, &location));
    return location.id;
}

TEST(who_has_no_place_works_everywhere)
{
    struct world w = world_open();
    struct team_member ines = staff_add(&w, "ines", "cashier");
    location_id *places, chosen = {0};
    int count;

    staff_be(&w, &ines);
    EXPECT_OK(places_list(&w.ctx, ines.id, &places, &count));
    EXPECT_INT(0, count);
    EXPECT_OK(places_check(&w.ctx, w.location));
    EXPECT_OK(places_choose(&w.ctx, &chosen));
    EXPECT_INT(0, chosen.v);
    world_close(&w);
}

TEST(who_has_some_works_there_and_nowhere_else)
{
    struct world w = world_open();
    struct team_member ines = staff_add(&w, "ines", "cashier");
    location_id station = add_location(&w), *places, chosen = {0};
    int count;

    EXPECT_OK(world_write(&w, change, &(struct wish){ines.id, &station, 1}));
    EXPECT_OK(places_list(&w.ctx, ines.id, &places, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(station.v, places[0].v);
    EXPECT_OK(places_check(&w.ctx, w.location)); /* not staff: the command line */
    staff_be(&w, &ines);
    EXPECT_OK(places_check(&w.ctx, station));
    EXPECT_OK(places_check(&w.ctx, (location_id){0}));
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, places_check(&w.ctx, w.location));
    EXPECT_OK(places_choose(&w.ctx, &chosen));
    EXPECT_INT(station.v, chosen.v);
    staff_be_system(&w);
    EXPECT_OK(world_write(&w, change, &(struct wish){ines.id, NULL, 0}));
    staff_be(&w, &ines);
    EXPECT_OK(places_check(&w.ctx, w.location));
    world_close(&w);
}

TEST(nobody_is_sent_to_where_there_is_nothing_or_who_sends_them_is_not)
{
    struct world w = world_open();
    struct team_member hugo = staff_add(&w, "hugo", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    location_id station = add_location(&w), nowhere = {station.v + 1};

    EXPECT_ERR(ERR_LOCATION_UNKNOWN, world_write(&w, change, &(struct wish){ines.id, &nowhere, 1}));
    EXPECT_STR("location_ids", w.ctx.field);
    EXPECT_OK(world_write(&w, change, &(struct wish){hugo.id, &station, 1}));
    staff_be(&w, &hugo);
    EXPECT_OK(world_write(&w, change, &(struct wish){ines.id, &station, 1}));
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN,
               world_write(&w, change, &(struct wish){ines.id, &w.location, 1}));
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, world_write(&w, change, &(struct wish){ines.id, NULL, 0}));
    EXPECT_STR("location_ids", w.ctx.field);
    world_close(&w);
}

static enum err
check_member(struct ctx *ctx, void *arg)
{
    return roster_check(ctx, *(const team_member_id *)arg);
}

static enum err
change_member(struct ctx *ctx, void *arg)
{
    struct team_member after;

    return roster_change_member(ctx, arg, &after);
}

TEST(who_works_elsewhere_is_not_anybodys_to_change)
{
    struct world w = world_open();
    struct team_member hugo = staff_add(&w, "hugo", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct member_change password = {.id = anna.id, .password_hash = STR("mine")};
    location_id station = add_location(&w);

    EXPECT_OK(world_write(&w, change, &(struct wish){hugo.id, &station, 1}));
    EXPECT_OK(world_write(&w, change, &(struct wish){ines.id, &station, 1}));
    staff_be(&w, &hugo);
    EXPECT_OK(world_write(&w, check_member, &ines.id));
    EXPECT_OK(world_write(&w, check_member, &hugo.id));
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, world_write(&w, check_member, &anna.id));
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, world_write(&w, change_member, &password));
    staff_be_system(&w);
    EXPECT_OK(world_write(&w, change, &(struct wish){ines.id, &w.location, 1}));
    staff_be(&w, &hugo);
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, world_write(&w, check_member, &ines.id));
    world_close(&w);
}

TESTS(RUN(who_has_no_place_works_everywhere), RUN(who_has_some_works_there_and_nowhere_else),
      RUN(nobody_is_sent_to_where_there_is_nothing_or_who_sends_them_is_not),
      RUN(who_works_elsewhere_is_not_anybodys_to_change))
