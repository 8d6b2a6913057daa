/* programs_test — programs, their versions, and what purchases earn by their rules. */
#include "core/ledger/ledger.h"
#include "core/loyalty/programs_store.h"
#include "support/club.h"
#include "support/test.h"

/* clang-format off */
#define SPEND(given, each) {ACCRUAL_SPEND, given, each, false}
#define VISIT(given, least) {ACCRUAL_VISIT, given, least, false}
/* clang-format on */

TEST(a_program_is_found_with_its_rules_and_its_tiers_by_points)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    struct program found, rules;

    EXPECT_OK(programs_find(ctx, (program_id){0}, &found));
    EXPECT_INT(club.program.id.v, found.id.v);
    EXPECT_TRUE(found.is_main);
    EXPECT_TRUE(found.active);
    EXPECT_STR("Points", found.name);
    EXPECT_STR("point", found.term_one);
    EXPECT_STR("points", found.term_other);
    EXPECT_INT(100, found.minimum_minor);
    EXPECT_INT(1, found.rule_count);
    EXPECT_INT(ACCRUAL_SPEND, found.rules[0].kind);
    EXPECT_INT(2, found.tier_count);
    EXPECT_STR("Coffee", found.tiers[0].name);
    EXPECT_INT(50, found.tiers[1].points);
    EXPECT_OK(programs_find_rules(ctx, found.id, &rules));
    EXPECT_INT(1, rules.rule_count);
    EXPECT_INT(0, rules.tier_count);
    club_close(&club);
}

TEST(the_main_program_is_listed_first)
{
    struct world w = world_open();
    struct program stamps = {.name = STR("Stamps"), .type = PROGRAM_STAMPS, .active = true};
    struct program points = {.name = STR("Points"), .is_main = true, .active = true};
    struct program *programs;
    int count;

    WORLD_TX(&w)
    {
        EXPECT_OK(programs_add(&w.ctx, &stamps));
        EXPECT_OK(programs_add(&w.ctx, &points));
    }
    EXPECT_OK(programs_list(&w.ctx, &programs, &count));
    EXPECT_INT(2, count);
    EXPECT_STR("Points", programs[0].name);
    EXPECT_STR("Stamps", programs[1].name);
    EXPECT_INT(PROGRAM_STAMPS, programs[1].type);
    world_close(&w);
}

TEST(an_absent_program_or_tier_is_unknown)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    struct program program;
    struct reward_tier tier;

    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, programs_find(ctx, (program_id){5}, &program));
    EXPECT_ERR(ERR_TIER_UNKNOWN, programs_find_tier(ctx, (tier_id){5}, &tier));
    EXPECT_OK(programs_find_tier(ctx, club.tiers[0].id, &tier));
    WORLD_TX(&club.world)
    {
        EXPECT_ERR(ERR_PROGRAM_UNKNOWN, programs_suspend(ctx, (program_id){5}));
        EXPECT_ERR(ERR_PROGRAM_UNKNOWN, programs_resume(ctx, (program_id){5}));
        EXPECT_ERR(ERR_PROGRAM_UNKNOWN, programs_change_rules(ctx, (program_id){5}, NULL, 0));
        EXPECT_OK(db_run_script(ctx, "UPDATE reward_tier SET active = FALSE WHERE points = 10"));
    }
    EXPECT_ERR(ERR_TIER_UNKNOWN, programs_find_tier(ctx, club.tiers[0].id, &tier));
    ctx->merchant = world_add_merchant(&club.world);
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, programs_find(ctx, (program_id){0}, &program));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, programs_find(ctx, club.program.id, &program));
    EXPECT_ERR(ERR_TIER_UNKNOWN, programs_find_tier(ctx, club.tiers[1].id, &tier));
    club_close(&club);
}

TEST(new_rules_are_a_new_version_beside_the_old)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    const struct accrual_rule rules[] = {VISIT(3, 0), SPEND(2, 100)};
    struct program program;

    WORLD_TX(&club.world) EXPECT_OK(programs_change_rules(ctx, club.program.id, rules, 2));
    EXPECT_OK(programs_find_rules(ctx, club.program.id, &program));
    EXPECT_INT(2, program.version);
    EXPECT_INT(2, program.rule_count);
    EXPECT_INT(ACCRUAL_VISIT, program.rules[0].kind);
    EXPECT_OK(programs_store_list_rules(ctx, &program, 1));
    EXPECT_INT(1, program.rule_count);
    EXPECT_INT(1, program.rules[0].points);
    club_close(&club);
}

TESTS(RUN(a_program_is_found_with_its_rules_and_its_tiers_by_points),
      RUN(the_main_program_is_listed_first), RUN(an_absent_program_or_tier_is_unknown),
      RUN(new_rules_are_a_new_version_beside_the_old))
