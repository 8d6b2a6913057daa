/* affected_test — whom a change of a program touches, counted before it is made. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/insight/affected.h"
#include "core/loyalty/programs_close.h"
#include "support/club.h"
#include "support/shop.h"
#include "support/test.h"

static struct affected
change(struct club *club, struct program_change change)
{
    struct affected affected;

    EXPECT_OK(affected_by_change(&club->world.ctx, club->program.id, &change, &affected));
    return affected;
}

/* The number that stands with a code; -1: it is not said. */
static int64_t
said(const struct affected *affected, enum affected_code code)
{
    for (int i = 0; i < affected->sentence_count; i++) {
        if (affected->sentences[i].code == code) return affected->sentences[i].count;
    }
    return -1;
}

/* Anna has 42 points, Bea a reward and 5, Carl nothing. */
static struct club
three_customers(void)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345671"), bea = club_join(&club, "+33612345672");
    reward_id reward;

    club_join(&club, "+33612345673");
    EXPECT_OK(club_accumulate(&club, anna, 42));
    EXPECT_OK(club_accumulate(&club, bea, 15));
    EXPECT_OK(club_take(&club, bea, 0, &reward));
    return club;
}

TEST(what_customers_have_is_counted_to_the_point)
{
    struct club club = three_customers();
    struct affected affected = change(&club, (struct program_change){0});

    EXPECT_INT(2, affected.accounts);
    EXPECT_INT(47, affected.points);
    EXPECT_INT(0, affected.pending_points);
    EXPECT_INT(1, affected.rewards_issued);
    EXPECT_INT(0, affected.waiting_orders);
    EXPECT_TRUE(!affected.new_rules);
    EXPECT_INT(2, said(&affected, AFFECTED_POINTS_KEPT));
    EXPECT_INT(1, said(&affected, AFFECTED_REWARDS_USABLE));
    EXPECT_INT(-1, said(&affected, AFFECTED_PENDING_KEPT));
    club_close(&club);
}

TEST(points_that_ripen_and_orders_that_wait_are_counted)
{
    struct shop s = shop_open();
    struct club club = {.world = s.w, .program = s.program};
    struct program_change slower = {PROGRAM_RIPENING, {.ripen_days = 14}};
    struct program_change dearer = {
        PROGRAM_RULES,
        {.rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 500}}, .rule_count = 1}};
    struct program program;

    WORLD_TX(&s.w) EXPECT_OK(programs_change(&s.w.ctx, s.program.id, &slower, &program));
    account_id anna = club_join(&club, "+33612345671");
    club_order(&club, anna, 1, 2000, 0);
    shop_tell(&s, &s.feed, shop_sale(&s, "98211", 700));
    struct affected affected = change(&club, dearer);
    EXPECT_INT(20, affected.pending_points);
    EXPECT_INT(0, affected.points);
    EXPECT_INT(1, affected.waiting_orders);
    EXPECT_INT(20, said(&affected, AFFECTED_PENDING_KEPT));
    EXPECT_INT(1, said(&affected, AFFECTED_WAITING_NEW));
    EXPECT_INT(2, said(&affected, AFFECTED_NEW_RULES));
    shop_close(&s);
}

TEST(a_change_says_what_it_means_and_changes_nothing)
{
    struct club club = three_customers();
    int64_t today = zone_day_at(STR("Europe/Paris"), club.world.ctx.now_us);
    struct affected off = change(&club, (struct program_change){PROGRAM_STATUS, {.active = false}});
    struct affected ends =
        change(&club, (struct program_change){PROGRAM_END, {.ends_on = today + 6}});
    struct program_change same = {
        PROGRAM_RULES,
        {.rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}}, .rule_count = 1}};
    struct program program;

    EXPECT_INT(0, said(&off, AFFECTED_EARNS_NOTHING));
    EXPECT_INT(0, said(&off, AFFECTED_OFFERS_NOTHING));
    EXPECT_INT(7, said(&ends, AFFECTED_ENDS));
    EXPECT_INT(-1, said(&ends, AFFECTED_EARNS_NOTHING));
    EXPECT_TRUE(!change(&club, same).new_rules);
    EXPECT_OK(programs_find(&club.world.ctx, club.program.id, &program));
    EXPECT_TRUE(program.active);
    EXPECT_INT(0, program.ends_on);
    club_close(&club);
}

TEST(deleting_says_what_ends_and_what_comes_after)
{
    struct club club = three_customers();
    struct ctx *ctx = &club.world.ctx;
    struct program second = {.name = STR("Tampons"), .active = true};
    struct affected affected;

    EXPECT_OK(affected_by_closing(ctx, club.program.id, &affected));
    EXPECT_INT(47, said(&affected, AFFECTED_POINTS_END));
    EXPECT_INT(1, said(&affected, AFFECTED_REWARDS_USABLE));
    EXPECT_INT(0, said(&affected, AFFECTED_NO_PROGRAM_LEFT));
    WORLD_TX(&club.world) EXPECT_OK(programs_add(ctx, &second));
    EXPECT_OK(affected_by_closing(ctx, club.program.id, &affected));
    EXPECT_INT(1, said(&affected, AFFECTED_MAIN_PASSES));
    EXPECT_INT(-1, said(&affected, AFFECTED_NO_PROGRAM_LEFT));
    EXPECT_OK(affected_by_closing(ctx, second.id, &affected));
    EXPECT_INT(-1, said(&affected, AFFECTED_POINTS_END));
    EXPECT_INT(-1, said(&affected, AFFECTED_MAIN_PASSES));
    club_close(&club);
}

static enum err
end_now(struct ctx *ctx, void *arg)
{
    struct club *club = arg;
    struct program program;
    bool more;

    TRY(programs_close(ctx, club->program.id, zone_day_at(STR("Europe/Paris"), ctx->now_us),
                       &program));
    ctx->now_us += CLOCK_DAY_US;
    return programs_empty_closing(ctx, 10, &more);
}

TEST(what_is_closed_or_absent_has_no_change_to_count)
{
    struct club club = three_customers();
    struct ctx *ctx = &club.world.ctx;
    const struct program_change none = {0};
    struct affected affected;

    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, affected_by_change(ctx, (program_id){5}, &none, &affected));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, affected_by_closing(ctx, (program_id){5}, &affected));
    EXPECT_OK(world_write(&club.world, end_now, &club));
    EXPECT_ERR(ERR_PROGRAM_CLOSED, affected_by_change(ctx, club.program.id, &none, &affected));
    EXPECT_ERR(ERR_PROGRAM_CLOSED, affected_by_closing(ctx, club.program.id, &affected));
    club_close(&club);
}

TESTS(RUN(what_customers_have_is_counted_to_the_point),
      RUN(points_that_ripen_and_orders_that_wait_are_counted),
      RUN(a_change_says_what_it_means_and_changes_nothing),
      RUN(deleting_says_what_ends_and_what_comes_after),
      RUN(what_is_closed_or_absent_has_no_change_to_count))
