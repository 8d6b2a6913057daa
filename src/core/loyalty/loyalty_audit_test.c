/* loyalty_audit_test — what loyalty remembers wrongly, its audit tells. */
#include "base/clock.h"
#include "core/loyalty/audit.h"
#include "core/loyalty/promotions.h"
#include "support/club.h"
#include "support/test.h"
#include <string.h>

struct heard {
    char first[256];
    int count;
};

static void
hear(void *self, const char *sentence)
{
    struct heard *heard = self;

    if (heard->count++ == 0) strncpy(heard->first, sentence, sizeof heard->first - 1);
}

/* A club with an order half refunded, one reward used and one given up. */
static struct club
busy_club(void)
{
    struct club club = club_open();
    account_id id = club_join(&club, "+33612345678");
    reward_id used, given_up;

    club_order(&club, id, 1, 3050, 0);
    club_order(&club, id, 1, 3050, 1000);
    EXPECT_OK(club_take(&club, id, 0, &used));
    EXPECT_OK(club_redeem(&club, used));
    EXPECT_OK(club_take(&club, id, 0, &given_up));
    EXPECT_OK(club_give_up(&club, given_up));
    return club;
}

/* Breaks something, and expects that the audit tells of it first, in words that begin so. */
static void
expect_told(const char *damage, const char *subject, const char *wrong)
{
    struct club club = busy_club();
    struct loyalty_audit found = {0};
    struct heard heard = {0};

    WORLD_TX(&club.world) EXPECT_OK(db_run_script(&club.world.ctx, damage));
    EXPECT_OK(loyalty_audit(&club.world.ctx, hear, &heard, &found));
    EXPECT_INT(heard.count, found.differences);
    EXPECT_STR(subject, ((struct str){heard.first, strlen(subject)}));
    const char *told = strchr(heard.first, ':');
    EXPECT_TRUE(told != NULL);
    EXPECT_STR(wrong, told + 2);
    club_close(&club);
}

TEST(an_honest_club_has_no_differences)
{
    struct club club = busy_club();
    struct loyalty_audit found = {0};
    struct heard heard = {0};

    EXPECT_OK(loyalty_audit(&club.world.ctx, hear, &heard, &found));
    EXPECT_STR("", heard.first);
    EXPECT_INT(0, found.differences);
    EXPECT_INT(1, found.merchants);
    EXPECT_INT(1, found.accounts);
    EXPECT_INT(6, found.events);
    EXPECT_INT(2, found.rewards);
    EXPECT_INT(1, found.earnings);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_reward_that_took_other_points_is_told)
{
    expect_told("UPDATE reward SET points = 9 WHERE status = 'REDEEMED'", "reward rew_",
                "points 9, its transfer took 10");
}

TEST(a_reward_deleted_without_its_points_coming_back_is_told)
{
    expect_told("UPDATE reward SET status = 'DELETED' WHERE status = 'REDEEMED'", "reward rew_",
                "to be given back 10, was given back 0");
    expect_told("UPDATE reward SET status = 'ISSUED' WHERE status = 'DELETED'", "reward rew_",
                "to be given back 0, was given back 10");
}

TEST(an_earning_that_its_events_do_not_bear_out_is_told)
{
    expect_told("UPDATE earning SET taken_back = 8", "order ord_", "earned 22, its events say 21");
}

TEST(a_changed_carry_is_told)
{
    expect_told("UPDATE ledger_account SET carry = carry + 1", "account acc_",
                "carry -49, its earnings say -50");
}

TEST(an_event_of_other_points_than_its_transfer_is_told)
{
    expect_told("UPDATE loyalty_event SET points = -11 WHERE type = 'CREATE_REWARD'"
                "   AND reward_id = (SELECT MIN(id) FROM reward)",
                "event evt_", "points -11, its transfer moved -10");
}

TEST(a_history_that_leaves_events_out_is_told)
{
    expect_told("UPDATE ledger_account SET last_event_id = 0 WHERE last_event_id > 0",
                "account acc_", "events 6, linked in its history 4");
    expect_told("UPDATE loyalty_event SET previous_id = 0 WHERE type = 'CREATE_REWARD'",
                "account acc_", "events 6, linked in its history 4");
    expect_told("UPDATE loyalty_event SET previous_id = 999"
                " WHERE id = (SELECT MAX(id) FROM loyalty_event)",
                "event evt_", "previous 999, its account has none such: 0");
}

TEST(a_transfer_without_an_event_is_told)
{
    expect_told("DELETE FROM loyalty_event WHERE type = 'DELETE_REWARD'", "transfer evt_",
                "reason 4, it has no event: 0");
}

/* One order promoted, in a program whose points ripen or do not; then something is broken. */
static void
expect_told_of_a_promotion(int64_t ripen_days, const char *damage, const char *wrong)
{
    struct club club = club_open_like((struct program){
        .ripen_days = ripen_days,
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}},
        .rule_count = 1,
    });
    struct promotion promotion = {
        .program = club.program.id,
        .name = STR("Twice"),
        .is_multiplier = true,
        .multiplier = 2000,
        /* Every day since 2026-01-01, all day. */
        .times = {{INT64_C(1767225600000000), CLOCK_DAY_US, PERIOD_EVERY_DAY, 0}},
        .time_count = 1,
    };
    account_id id = club_join(&club, "+33612345678");
    struct loyalty_audit found = {0};
    struct heard heard = {0};

    WORLD_TX(&club.world) EXPECT_OK(promotions_add(&club.world.ctx, &promotion));
    club_order(&club, id, 1, 1000, 0);
    club_expect_honest(&club);
    WORLD_TX(&club.world) EXPECT_OK(db_run_script(&club.world.ctx, damage));
    EXPECT_OK(loyalty_audit(&club.world.ctx, hear, &heard, &found));
    EXPECT_TRUE(found.differences > 0);
    const char *told = strchr(heard.first, ':');
    EXPECT_TRUE(told != NULL);
    EXPECT_STR(wrong, told + 2);
    club_close(&club);
}

TEST(what_a_promotion_gave_is_told_apart_from_what_the_rules_gave)
{
    expect_told_of_a_promotion(
        0, "UPDATE loyalty_event SET points = 9 WHERE type = 'ACCUMULATE_POINTS'",
        "earned 20, its events say 19");
    /* Moved from one to the other, the order's sum is right, and both events are told. */
    expect_told_of_a_promotion(
        0,
        "UPDATE loyalty_event SET points = CASE type WHEN 'ACCUMULATE_POINTS' THEN 9 ELSE 11 END",
        "points 9, its transfer moved 10");
    expect_told_of_a_promotion(0,
                               "UPDATE loyalty_event SET seq = 0"
                               " WHERE type = 'ACCUMULATE_PROMOTION_POINTS'",
                               "points 10, its promotion gave 0");
}

TEST(pending_points_and_parts_that_do_not_add_up_are_told)
{
    expect_told_of_a_promotion(5, "UPDATE ledger_account SET balance = 21 WHERE book = 4",
                               "pending 21, its earnings say 20");
    expect_told_of_a_promotion(5, "DELETE FROM ledger_account WHERE book = 4",
                               "pending 0, its earnings say 20");
    expect_told_of_a_promotion(0, "UPDATE earning_part SET points = 3 WHERE rule_position IS NULL",
                               "earned 20, its rules gave 13");
}

TESTS(RUN(an_honest_club_has_no_differences), RUN(a_reward_that_took_other_points_is_told),
      RUN(a_reward_deleted_without_its_points_coming_back_is_told),
      RUN(an_earning_that_its_events_do_not_bear_out_is_told), RUN(a_changed_carry_is_told),
      RUN(an_event_of_other_points_than_its_transfer_is_told),
      RUN(a_history_that_leaves_events_out_is_told), RUN(a_transfer_without_an_event_is_told),
      RUN(what_a_promotion_gave_is_told_apart_from_what_the_rules_gave),
      RUN(pending_points_and_parts_that_do_not_add_up_are_told))
