/* limits_test — points given by hand, counted by the day against what a role may. */
#include "base/clock.h"
#include "core/team/limits.h"
#include "support/staff.h"
#include "support/test.h"

static enum err
count(struct ctx *ctx, void *arg)
{
    return limits_count(ctx, *(const int64_t *)arg);
}

static enum err
give(struct world *w, int64_t points)
{
    return world_write(w, count, &points);
}

static void
limit_cashiers(struct world *w, int64_t points)
{
    struct team_role cashier = {.preset = STR("cashier"), .points_a_day = points};

    staff_be_system(w);
    WORLD_TX(w) EXPECT_OK(roles_change(&w->ctx, &cashier));
}

TEST(a_day_has_a_limit_and_the_next_another)
{
    struct world w = world_open();
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct team_member zoe = staff_add(&w, "zoe", "cashier");

    limit_cashiers(&w, 20);
    staff_be(&w, &ines);
    EXPECT_ERR(ERR_GIVEN_LIMIT, give(&w, 21));
    EXPECT_OK(give(&w, 15));
    EXPECT_ERR(ERR_GIVEN_LIMIT, give(&w, 6));
    EXPECT_OK(give(&w, 5));
    EXPECT_ERR(ERR_GIVEN_LIMIT, give(&w, 1));
    staff_be(&w, &zoe);
    EXPECT_OK(give(&w, 20));
    staff_be(&w, &ines);
    world_advance(&w, 14 * CLOCK_HOUR_US); /* past midnight in Paris, where the shop is */
    EXPECT_OK(give(&w, 20));
    world_close(&w);
}

TEST(without_a_limit_and_for_programs_there_is_none)
{
    struct world w = world_open();
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct team_member anna = staff_add(&w, "anna", "owner");

    staff_be(&w, &ines);
    EXPECT_OK(give(&w, 1000000));
    limit_cashiers(&w, 1000001); /* what was given today counts */
    staff_be(&w, &ines);
    EXPECT_OK(give(&w, 1));
    EXPECT_ERR(ERR_GIVEN_LIMIT, give(&w, 1));
    staff_be(&w, &anna);
    EXPECT_OK(give(&w, 1000000));
    w.ctx.actor = (struct actor){.kind = ACTOR_KEY, .id = 5};
    EXPECT_OK(give(&w, 1000000));
    world_close(&w);
}

TEST(a_role_of_ones_own_has_its_own_limit)
{
    struct world w = world_open();
    struct team_role role = staff_add_role(&w, "Stagiaire", PERM_LOYALTY_WRITE, 0);
    struct team_member zoe = staff_add_own(&w, "zoe", role.id);

    staff_be(&w, &zoe);
    EXPECT_ERR(ERR_GIVEN_LIMIT, give(&w, 1));
    world_close(&w);
}

TESTS(RUN(a_day_has_a_limit_and_the_next_another),
      RUN(without_a_limit_and_for_programs_there_is_none),
      RUN(a_role_of_ones_own_has_its_own_limit))
