/* programs_test — programs, their versions, and what purchases earn by their rules. */
#include "core/ledger/ledger.h"
#include "support/club.h"
#include "support/test.h"

/* clang-format off */
#define SPEND(given, each) {ACCRUAL_SPEND, given, each, false}
#define VISIT(given, least) {ACCRUAL_VISIT, given, least, false}
/* clang-format on */

static void
expect_accrual(const struct program *program, int64_t total, int64_t carry, int64_t points,
               int64_t carry_after)
{
    struct accrual accrual = programs_calculate(program, total, 0, carry);

    EXPECT_INT(points, accrual.points);
    EXPECT_INT(carry_after, accrual.carry_after);
}

TEST(spending_earns_for_each_whole_amount_and_carries_the_rest)
{
    const struct program program = {.rules = {SPEND(3, 500)}, .rule_count = 1};

    expect_accrual(&program, 499, 0, 0, 499);
    expect_accrual(&program, 500, 0, 3, 0);
    expect_accrual(&program, 1, 499, 3, 0);
    expect_accrual(&program, 1299, 0, 6, 299);
    expect_accrual(&program, 1299, 201, 9, 0);
}

TEST(a_negative_carry_is_filled_up_before_anything_is_earned)
{
    const struct program program = {.rules = {SPEND(1, 100)}, .rule_count = 1};

    expect_accrual(&program, 100, -50, 0, 50);
    expect_accrual(&program, 100, -250, 0, -150);
    expect_accrual(&program, 100, -100, 0, 0);
    expect_accrual(&program, 150, -50, 1, 0);
}

TEST(an_order_below_the_minimum_or_of_nothing_leaves_all_as_it_was)
{
    const struct program program = {
        .minimum_minor = 100, .rules = {SPEND(1, 10), VISIT(5, 0)}, .rule_count = 2};
    const struct program any = {.rules = {SPEND(1, 10), VISIT(5, 0)}, .rule_count = 2};

    expect_accrual(&program, 99, 7, 0, 7);
    expect_accrual(&program, 100, 7, 15, 7);
    expect_accrual(&any, 0, 7, 0, 7);
    expect_accrual(&any, -500, 7, 0, 7);
    expect_accrual(&any, 1, 0, 5, 1);
}

TEST(a_visit_earns_when_the_order_is_large_enough)
{
    const struct program program = {.rules = {VISIT(5, 1000)}, .rule_count = 1};

    expect_accrual(&program, 999, 0, 0, 0);
    expect_accrual(&program, 1000, 33, 5, 33);
    expect_accrual(&program, 100000, 0, 5, 0);
}

TEST(the_points_of_all_rules_add_up_and_the_first_spend_rule_alone_carries)
{
    const struct program program = {.rules = {VISIT(5, 0), SPEND(1, 100), SPEND(10, 1000)},
                                    .rule_count = 3};
    struct accrual accrual = programs_calculate(&program, 1950, 0, 60);

    EXPECT_INT(5 + 20 + 10, accrual.points);
    EXPECT_INT(10, accrual.carry_after);
    EXPECT_INT(20, accrual.spend_points);
    EXPECT_INT(1950, accrual.spend_minor);
    EXPECT_INT(1, accrual.rule_points);
    EXPECT_INT(100, accrual.rule_amount);
}

TEST(a_rule_before_tax_counts_the_total_without_it)
{
    struct program program = {.rules = {SPEND(1, 100)}, .rule_count = 1};

    EXPECT_INT(12, programs_calculate(&program, 1200, 200, 0).points);
    program.rules[0].before_tax = true;
    EXPECT_INT(10, programs_calculate(&program, 1200, 200, 0).points);
    EXPECT_INT(0, programs_calculate(&program, 1200, 5000, 0).points);
    EXPECT_INT(12, programs_calculate(&program, 1200, -200, 0).points);
}

TEST(growth_earns_what_the_whole_earns_less_what_was_earned)
{
    const struct program program = {.rules = {SPEND(1, 100), VISIT(5, 500), SPEND(2, 300)},
                                    .rule_count = 3};
    const struct purchase before = {250, 0};
    const struct purchase after = {1000, 0};
    struct accrual first = programs_calculate(&program, 250, 0, 0);
    struct accrual more = programs_calculate_growth(&program, &before, &after, first.carry_after);
    struct accrual whole = programs_calculate(&program, 1000, 0, 0);

    EXPECT_INT(whole.points, first.points + more.points);
    EXPECT_INT(whole.carry_after, more.carry_after);
    EXPECT_INT(whole.spend_minor, first.spend_minor + more.spend_minor);
}

TEST(the_largest_order_under_the_most_generous_rule_does_not_overflow)
{
    const struct program program = {.rules = {SPEND(1000000, 1), SPEND(1000000, 1)},
                                    .rule_count = 2};
    struct accrual accrual = programs_calculate(&program, INT64_C(1000000000000), 0, 0);

    EXPECT_INT(LEDGER_AMOUNT_MAX, accrual.points);
}

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
    EXPECT_OK(programs_use_version(ctx, &program, 1));
    EXPECT_INT(1, program.rule_count);
    EXPECT_INT(1, program.rules[0].points);
    club_close(&club);
}

TESTS(RUN(spending_earns_for_each_whole_amount_and_carries_the_rest),
      RUN(a_negative_carry_is_filled_up_before_anything_is_earned),
      RUN(an_order_below_the_minimum_or_of_nothing_leaves_all_as_it_was),
      RUN(a_visit_earns_when_the_order_is_large_enough),
      RUN(the_points_of_all_rules_add_up_and_the_first_spend_rule_alone_carries),
      RUN(a_rule_before_tax_counts_the_total_without_it),
      RUN(growth_earns_what_the_whole_earns_less_what_was_earned),
      RUN(the_largest_order_under_the_most_generous_rule_does_not_overflow),
      RUN(a_program_is_found_with_its_rules_and_its_tiers_by_points),
      RUN(the_main_program_is_listed_first), RUN(an_absent_program_or_tier_is_unknown),
      RUN(new_rules_are_a_new_version_beside_the_old))
