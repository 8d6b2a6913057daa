/* programs_change_test — a merchant's changes to its programs, and what they never touch. */
#include "base/clock.h"
#include "core/ledger/ledger.h"
#include "support/club.h"
#include "support/test.h"

/* clang-format off */
#define SPEND(given, each) {.kind = ACCRUAL_SPEND, .points = given, .amount_minor = each}
/* clang-format on */

static struct program
change(struct club *club, struct program_change change)
{
    struct program program;

    WORLD_TX(&club->world)
    {
        EXPECT_OK(programs_change(&club->world.ctx, club->program.id, &change, &program));
    }
    return program;
}

static enum err
add_tier(struct ctx *ctx, void *arg)
{
    return programs_add_tier(ctx, arg);
}

/* Name and points of a tier; *arg becomes the one that takes its place. */
static enum err
replace_tier(struct ctx *ctx, void *arg)
{
    struct reward_tier *tier = arg;
    struct tier_change change = {
        (tier->name.len > 0 ? TIER_NAME : 0) | (tier->points > 0 ? TIER_POINTS : 0), *tier};

    return programs_replace_tier(ctx, &change, tier);
}

static enum err
withdraw_tier(struct ctx *ctx, void *arg)
{
    const struct reward_tier *tier = arg;

    return programs_withdraw_tier(ctx, tier->program, tier->id);
}

static enum err
create(struct ctx *ctx, void *arg)
{
    return programs_create(ctx, arg);
}

static int
count_tiers(struct club *club)
{
    struct program program;

    EXPECT_OK(programs_find(&club->world.ctx, club->program.id, &program));
    return program.tier_count;
}

TEST(the_first_program_is_the_main_one)
{
    struct world w = world_open();
    struct program first = {.name = STR("Points"), .active = true};
    struct program second = {.name = STR("Stamps"), .is_main = true, .active = true};
    struct program *programs;
    int count;

    EXPECT_OK(world_write(&w, create, &first));
    EXPECT_OK(world_write(&w, create, &second));
    EXPECT_OK(programs_list(&w.ctx, &programs, &count));
    EXPECT_INT(2, count);
    EXPECT_TRUE(programs[0].is_main);
    EXPECT_STR("Points", programs[0].name);
    EXPECT_TRUE(!programs[1].is_main);
    world_close(&w);
}

TEST(there_is_room_for_so_many_programs)
{
    struct world w = world_open();

    for (int i = 0; i < PROGRAMS_MAX; i++) {
        struct program program = {.name = STR("Points"), .active = true};
        EXPECT_OK(world_write(&w, create, &program));
    }
    struct program more = {.name = STR("Points"), .active = true};
    EXPECT_ERR(ERR_PROGRAMS_FULL, world_write(&w, create, &more));
    world_close(&w);
}

TEST(what_is_not_told_stays)
{
    struct club club = club_open();
    struct program program =
        change(&club, (struct program_change){PROGRAM_NAME, {.name = STR("Habitués")}});

    EXPECT_STR("Habitués", program.name);
    EXPECT_STR("point", program.term_one);
    EXPECT_INT(100, program.minimum_minor);
    EXPECT_INT(1, program.version);
    EXPECT_INT(2, program.tier_count);
    EXPECT_TRUE(program.active);
    program = change(
        &club, (struct program_change){
                   PROGRAM_TERMS | PROGRAM_MINIMUM | PROGRAM_EXPIRY,
                   {.term_one = STR("étoile"), .term_other = STR("étoiles"), .expiry_days = 30}});
    EXPECT_STR("Habitués", program.name);
    EXPECT_STR("étoiles", program.term_other);
    EXPECT_INT(0, program.minimum_minor);
    EXPECT_INT(30, program.expiry_days);
    club_close(&club);
}

TEST(an_absent_program_is_not_changed)
{
    struct club club = club_open();
    const struct program_change none = {0};
    struct program program;
    struct ctx *ctx = &club.world.ctx;

    ctx->merchant = world_add_merchant(&club.world);
    WORLD_TX(&club.world)
    {
        EXPECT_ERR(ERR_PROGRAM_UNKNOWN, programs_change(ctx, club.program.id, &none, &program));
    }
    club_close(&club);
}

TEST(other_rules_are_the_next_version_and_the_same_ones_are_not)
{
    struct club club = club_open();
    struct program_change same = {PROGRAM_RULES, {.rules = {SPEND(1, 100)}, .rule_count = 1}};
    struct program_change other = {PROGRAM_RULES, {.rules = {SPEND(2, 100)}, .rule_count = 1}};

    EXPECT_INT(1, change(&club, same).version);
    EXPECT_INT(2, change(&club, other).version);
    EXPECT_INT(2, change(&club, other).version);
    EXPECT_INT(3, change(&club, same).version);
    club_close(&club);
}

TEST(what_was_earned_keeps_its_points_and_its_end)
{
    struct club club = club_open_like(
        (struct program){.expiry_days = 30, .rules = {SPEND(1, 100)}, .rule_count = 1});
    account_id anna = club_join(&club, "+33612345678");
    struct program_change poorer = {PROGRAM_RULES | PROGRAM_EXPIRY,
                                    {.rules = {SPEND(1, 1000)}, .rule_count = 1, .expiry_days = 1}};

    EXPECT_INT(20, club_order(&club, anna, 1, 2000, 0));
    change(&club, poorer);
    EXPECT_INT(20, club_balance(&club, anna));
    /* Half of it is refunded: by the rules that it was earned by. */
    EXPECT_INT(-10, club_order(&club, anna, 1, 2000, 1000));
    world_advance(&club.world, 29 * CLOCK_DAY_US);
    EXPECT_INT(0, club_expire(&club));
    EXPECT_INT(10, club_balance(&club, anna));
    EXPECT_INT(2, club_order(&club, anna, 2, 2000, 0));
    world_advance(&club.world, 2 * CLOCK_DAY_US);
    EXPECT_INT(2, club_expire(&club));
    EXPECT_INT(0, club_balance(&club, anna));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_suspended_program_earns_nothing_and_its_rewards_are_used)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    reward_id reward;

    EXPECT_OK(club_accumulate(&club, anna, 30));
    EXPECT_OK(club_take(&club, anna, 0, &reward));
    EXPECT_TRUE(!change(&club, (struct program_change){PROGRAM_STATUS, {.active = false}}).active);
    EXPECT_INT(0, club_order(&club, anna, 1, 2000, 0));
    EXPECT_INT(20, club_balance(&club, anna));
    EXPECT_OK(club_redeem(&club, reward));
    EXPECT_TRUE(change(&club, (struct program_change){PROGRAM_STATUS, {.active = true}}).active);
    EXPECT_INT(20, club_order(&club, anna, 2, 2000, 0));
    club_close(&club);
}

TEST(a_tier_is_offered_with_the_others_by_points)
{
    struct club club = club_open();
    struct reward_tier tier = {.program = club.program.id, .name = STR("Tarte"), .points = 20};
    struct program program;

    EXPECT_OK(world_write(&club.world, add_tier, &tier));
    EXPECT_OK(programs_find(&club.world.ctx, club.program.id, &program));
    EXPECT_INT(3, program.tier_count);
    EXPECT_STR("Tarte", program.tiers[1].name);
    EXPECT_INT(tier.id.v, program.tiers[1].id.v);
    club_close(&club);
}

TEST(a_program_offers_so_many_tiers)
{
    struct club club = club_open();
    struct reward_tier tier = {.name = STR("Tarte"), .points = 20};

    for (int i = 2; i < PROGRAM_TIERS_MAX; i++) {
        EXPECT_OK(world_write(&club.world, add_tier, &tier));
    }
    EXPECT_ERR(ERR_TIERS_FULL, world_write(&club.world, add_tier, &tier));
    /* In place of another there is room, and so there is for what was withdrawn. */
    tier.name = STR("Quiche");
    EXPECT_OK(world_write(&club.world, replace_tier, &tier));
    EXPECT_OK(world_write(&club.world, withdraw_tier, &tier));
    EXPECT_OK(world_write(&club.world, add_tier, &tier));
    EXPECT_INT(PROGRAM_TIERS_MAX, count_tiers(&club));
    club_close(&club);
}

TEST(a_tier_that_changes_is_another_and_what_was_taken_stays)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    struct reward_tier dearer = {.id = club.tiers[0].id, .points = 25};
    struct reward reward;
    reward_id taken, second;

    EXPECT_OK(club_accumulate(&club, anna, 60));
    EXPECT_OK(club_take(&club, anna, 0, &taken));
    EXPECT_OK(world_write(&club.world, replace_tier, &dearer));
    EXPECT_TRUE(dearer.id.v != club.tiers[0].id.v);
    EXPECT_STR("Coffee", dearer.name);
    EXPECT_INT(2, count_tiers(&club));
    /* Whoever still sees the earlier price does not pay the later one. */
    EXPECT_ERR(ERR_TIER_UNKNOWN, club_take(&club, anna, 0, &second));
    EXPECT_INT(50, club_balance(&club, anna));
    EXPECT_OK(rewards_find(&club.world.ctx, taken, &reward));
    EXPECT_STR("Coffee", reward.tier_name);
    EXPECT_INT(10, reward.points);
    EXPECT_OK(club_give_up(&club, taken));
    EXPECT_INT(60, club_balance(&club, anna));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_tier_that_stays_as_it_is_stays_the_same)
{
    struct club club = club_open();
    struct reward_tier same = {.id = club.tiers[0].id, .name = STR("Coffee")};

    EXPECT_OK(world_write(&club.world, replace_tier, &same));
    EXPECT_INT(club.tiers[0].id.v, same.id.v);
    EXPECT_INT(2, count_tiers(&club));
    club_close(&club);
}

TEST(a_tier_that_was_withdrawn_is_not_offered_and_its_rewards_are_used)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    struct reward_tier tier = {.program = club.program.id, .id = club.tiers[0].id};
    reward_id taken, second;

    EXPECT_OK(club_accumulate(&club, anna, 30));
    EXPECT_OK(club_take(&club, anna, 0, &taken));
    EXPECT_OK(world_write(&club.world, withdraw_tier, &tier));
    EXPECT_OK(world_write(&club.world, withdraw_tier, &tier));
    EXPECT_INT(1, count_tiers(&club));
    EXPECT_ERR(ERR_TIER_UNKNOWN, club_take(&club, anna, 0, &second));
    EXPECT_ERR(ERR_TIER_UNKNOWN, world_write(&club.world, replace_tier, &tier));
    EXPECT_OK(club_redeem(&club, taken));
    club_close(&club);
}

TEST(tiers_of_other_programs_are_unknown)
{
    struct club club = club_open();
    struct program stamps = {.name = STR("Stamps"), .active = true};
    struct reward_tier nobodys = {.program = {5}, .name = STR("Tarte"), .points = 1};

    EXPECT_OK(world_write(&club.world, create, &stamps));
    struct reward_tier tier = {.program = stamps.id, .id = club.tiers[0].id, .points = 1};
    EXPECT_ERR(ERR_TIER_UNKNOWN, world_write(&club.world, replace_tier, &tier));
    EXPECT_ERR(ERR_TIER_UNKNOWN, world_write(&club.world, withdraw_tier, &tier));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, world_write(&club.world, add_tier, &nobodys));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, world_write(&club.world, replace_tier, &nobodys));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, world_write(&club.world, withdraw_tier, &nobodys));
    EXPECT_INT(2, count_tiers(&club));
    club_close(&club);
}

TESTS(RUN(the_first_program_is_the_main_one), RUN(there_is_room_for_so_many_programs),
      RUN(what_is_not_told_stays), RUN(an_absent_program_is_not_changed),
      RUN(other_rules_are_the_next_version_and_the_same_ones_are_not),
      RUN(what_was_earned_keeps_its_points_and_its_end),
      RUN(a_suspended_program_earns_nothing_and_its_rewards_are_used),
      RUN(a_tier_is_offered_with_the_others_by_points), RUN(a_program_offers_so_many_tiers),
      RUN(a_tier_that_changes_is_another_and_what_was_taken_stays),
      RUN(a_tier_that_stays_as_it_is_stays_the_same),
      RUN(a_tier_that_was_withdrawn_is_not_offered_and_its_rewards_are_used),
      RUN(tiers_of_other_programs_are_unknown))
