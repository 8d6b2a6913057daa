/* liability_test — what is owed, how it came to that, and what it is worth. */
#include "base/clock.h"
#include "core/credit/credit.h"
#include "core/insight/liability.h"
#include "support/owing.h"
#include "support/test.h"

TEST(points_are_counted_by_why_they_moved)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    reward_id coffee, given_up;

    club_order(&club, anna, 1, 9000, 0);
    EXPECT_OK(club_take(&club, anna, 0, &coffee));
    EXPECT_OK(club_take(&club, anna, 0, &given_up));
    EXPECT_OK(club_give_up(&club, given_up));
    EXPECT_OK(club_adjust(&club, anna, 7, false));
    EXPECT_OK(club_adjust(&club, anna, -2, false));
    club_order(&club, anna, 1, 9000, 3000);
    struct liability points = owing_today(&club);
    EXPECT_INT(0, points.units.opening);
    EXPECT_INT(90, points.units.flows.issued);
    EXPECT_INT(10, points.units.flows.redeemed);
    EXPECT_INT(30, points.units.flows.returned);
    EXPECT_INT(5, points.units.flows.adjusted);
    EXPECT_INT(0, points.units.flows.expired);
    EXPECT_INT(55, points.units.closing);
    EXPECT_INT(55, club_balance(&club, anna));
    club_close(&club);
}

TEST(what_expires_goes_on_the_day_it_does)
{
    struct club club = club_open_like((struct program){
        .minimum_minor = 100,
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}},
        .rule_count = 1,
        .expiry_days = 2,
    });
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);

    club_order(&club, anna, 1, 2000, 0);
    world_advance(&club.world, 3 * CLOCK_DAY_US);
    EXPECT_INT(1, club_expire(&club));
    struct liability points = owing_between(&club, monday, monday + 4);
    EXPECT_INT(20, points.units.flows.issued);
    EXPECT_INT(20, points.units.flows.expired);
    EXPECT_INT(0, points.units.closing);
    EXPECT_INT(20, points.days[2].closing);
    EXPECT_INT(20, points.days[3].units.expired);
    EXPECT_INT(0, points.days[3].closing);
    EXPECT_INT(0, points.days[4].closing);
    club_close(&club);
}

TEST(a_day_is_one_where_the_merchant_is)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);

    world_advance(&club.world, 13 * CLOCK_HOUR_US - 1); /* 10:00 UTC; in Paris it is 11:00 */
    club_order(&club, anna, 1, 1000, 0);
    world_advance(&club.world, 1);
    club_order(&club, anna, 2, 500, 0);
    struct liability points = owing_between(&club, monday, monday + 1);
    EXPECT_INT(10, points.days[0].units.issued);
    EXPECT_INT(10, points.days[0].closing);
    EXPECT_INT(5, points.days[1].units.issued);
    EXPECT_INT(15, points.days[1].closing);
    struct liability tuesday = owing_between(&club, monday + 1, monday + 1);
    EXPECT_INT(10, tuesday.units.opening);
    EXPECT_INT(15, tuesday.units.closing);
    club_close(&club);
}

TEST(what_customers_owe_is_told_apart)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    account_id ben = club_join(&club, "+33612345679");
    reward_id coffee;

    club_order(&club, anna, 1, 1000, 0);
    EXPECT_OK(club_take(&club, anna, 0, &coffee));
    club_order(&club, anna, 1, 1000, 1000);
    club_order(&club, ben, 2, 2500, 0);
    struct liability points = owing_today(&club);
    EXPECT_INT(-10, club_balance(&club, anna));
    EXPECT_INT(10, points.units.owed);
    EXPECT_INT(15, points.units.closing);

    club_order(&club, anna, 3, 1200, 0);
    points = owing_today(&club);
    EXPECT_INT(0, points.units.owed);
    EXPECT_INT(27, points.units.closing);
    EXPECT_INT(47, points.units.flows.issued);
    club_close(&club);
}

TEST(pending_points_are_in_no_balance_until_they_are_ripe)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t program = club.program.id.v;

    owing_post(&club, program, REASON_EARN,
               (struct ledger_line[2]){{.owner = anna.v, .book = BOOK_PENDING, .amount = 40},
                                       {.owner = program, .book = BOOK_EARNED, .amount = -40}});
    owing_post(&club, program, REASON_REFUND,
               (struct ledger_line[2]){{.owner = anna.v, .book = BOOK_PENDING, .amount = -10},
                                       {.owner = program, .book = BOOK_EARNED, .amount = 10}});
    struct liability points = owing_today(&club);
    EXPECT_INT(30, points.units.pending);
    EXPECT_INT(0, points.units.closing);
    EXPECT_INT(0, points.units.flows.issued);
    EXPECT_INT(0, points.units.flows.returned);

    owing_post(&club, program, REASON_RIPEN,
               (struct ledger_line[2]){
                   {.owner = anna.v, .book = BOOK_POINTS, .amount = 30, .expires_us = LEDGER_NEVER},
                   {.owner = anna.v, .book = BOOK_PENDING, .amount = -30}});
    points = owing_today(&club);
    EXPECT_INT(0, points.units.pending);
    EXPECT_INT(30, points.units.flows.issued);
    EXPECT_INT(30, points.units.closing);
    club_close(&club);
}

struct noting {
    struct credit_note note, other;
    transfer_id spent, back;
};

/* A note of 15.00 is spent in two parts, of which one comes back; one of 4.00 is withdrawn. */
static enum err
use_notes(struct ctx *ctx, void *arg)
{
    struct noting *noting = arg;

    noting->note = (struct credit_note){.amount_minor = 1500, .reason = CREDIT_REFUND};
    noting->other = (struct credit_note){.amount_minor = 400, .reason = CREDIT_GESTURE};
    TRY(credit_issue(ctx, &noting->note));
    TRY(credit_issue(ctx, &noting->other));
    TRY(credit_spend(ctx, noting->note.id, 600, &noting->spent));
    TRY(credit_give_back(ctx, noting->note.id, noting->spent, &noting->back));
    TRY(credit_spend(ctx, noting->note.id, 500, &noting->spent));
    return credit_end(ctx, noting->other.id);
}

TEST(credit_notes_are_counted_in_money_apart_from_programs)
{
    struct club club = club_open();
    struct noting noting;

    EXPECT_OK(world_write(&club.world, use_notes, &noting));
    struct owing owing = owing_read(&club, owing_day(&club), owing_day(&club));
    EXPECT_INT(2, owing.count);
    EXPECT_INT(0, owing.list[0].units.closing);
    EXPECT_INT(0, owing.list[1].program.v);
    EXPECT_INT(1900, owing.list[1].money.flows.issued);
    EXPECT_INT(500, owing.list[1].money.flows.redeemed);
    EXPECT_INT(400, owing.list[1].money.flows.expired);
    EXPECT_INT(1000, owing.list[1].money.closing);
    club_close(&club);
}

TEST(a_wallets_money_is_no_credit_note)
{
    struct club club = club_open();
    int64_t wallet = id_next(&club.world.ctx), shop = club.world.ctx.merchant.v;

    owing_post(&club, OWING_EUR, REASON_TOP_UP,
               (struct ledger_line[2]){{.owner = wallet, .book = BOOK_MONEY, .amount = 2000},
                                       {.owner = shop, .book = BOOK_TOP_UP, .amount = -2000}});
    struct owing owing = owing_read(&club, owing_day(&club), owing_day(&club));
    EXPECT_INT(0, owing.list[1].money.closing);
    EXPECT_INT(0, owing.list[1].units.flows.adjusted);
    club_close(&club);
}

/* ---- money ---- */
TEST(points_are_worth_what_the_merchant_says)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    owing_run(&club, "UPDATE program SET value_points = 100, value_minor = 500");
    owing_run(&club, "UPDATE reward_tier SET kind = 'amount', value = 300");
    club_order(&club, anna, 1, 3000, 0);
    struct liability points = owing_today(&club);
    EXPECT_INT(WORTH_SET, points.value.from);
    EXPECT_INT(150, points.money.closing);
    EXPECT_INT(150, points.money.flows.issued);
    club_close(&club);
}

TEST(otherwise_what_the_reward_gives_that_gives_most_for_a_point)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    owing_run(&club, "UPDATE reward_tier SET kind = 'amount', value = 200 WHERE points = 10");
    owing_run(&club, "UPDATE reward_tier SET kind = 'percentage', value = 100000, max_minor = 1200"
                     " WHERE points = 50");
    club_order(&club, anna, 1, 3000, 0);
    struct liability points = owing_today(&club);
    EXPECT_INT(WORTH_BEST_REWARD, points.value.from);
    EXPECT_STR("Cake", points.value.tier_name);
    EXPECT_INT(50, points.value.points);
    EXPECT_INT(1200, points.value.minor);
    EXPECT_INT(720, points.money.closing);
    owing_run(&club, "UPDATE reward_tier SET active = FALSE WHERE points = 50");
    points = owing_today(&club);
    EXPECT_STR("Coffee", points.value.tier_name);
    EXPECT_INT(600, points.money.closing);
    club_close(&club);
}

TEST(a_free_article_is_worth_the_dearest_that_it_may_be)
{
    struct club club = club_open();

    owing_run(&club, "UPDATE reward_tier SET kind = 'item' WHERE points = 50");
    EXPECT_INT(WORTH_UNKNOWN, owing_today(&club).value.from);
    owing_run(&club,
              "INSERT INTO catalog_variation (merchant_id, id, item_id, price_minor, position)"
              " SELECT merchant_id, 1, 1, 450, 0 FROM program"
              " UNION ALL SELECT merchant_id, 2, 1, 600, 1 FROM program"
              " UNION ALL SELECT merchant_id, 3, 1, NULL, 2 FROM program"
              " UNION ALL SELECT merchant_id, 4, 1, 900, 3 FROM program");
    owing_run(&club, "INSERT INTO reward_tier_object (merchant_id, tier_id, kind, object_id)"
                     " SELECT t.merchant_id, t.id, 'variation', v.id"
                     "   FROM reward_tier AS t JOIN catalog_variation AS v ON v.id <= 3"
                     "  WHERE t.points = 50");
    struct liability points = owing_today(&club);
    EXPECT_INT(WORTH_BEST_REWARD, points.value.from);
    EXPECT_INT(600, points.value.minor);
    owing_run(&club, "UPDATE reward_tier SET max_minor = 500 WHERE points = 50");
    EXPECT_INT(500, owing_today(&club).value.minor);
    club_close(&club);
}

TEST(cashback_is_money_and_what_nothing_values_has_none)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    club_order(&club, anna, 1, 3000, 0);
    struct liability points = owing_today(&club);
    EXPECT_INT(WORTH_UNKNOWN, points.value.from);
    EXPECT_INT(30, points.units.closing);
    EXPECT_INT(0, points.money.closing);
    owing_run(&club, "UPDATE program SET type = 'cashback'");
    points = owing_today(&club);
    EXPECT_INT(WORTH_MONEY, points.value.from);
    EXPECT_INT(30, points.money.closing);
    club_close(&club);
}

TEST(cents_add_up_whatever_a_point_is_worth)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);

    owing_run(&club, "UPDATE program SET value_points = 3, value_minor = 1");
    for (int i = 0; i < 5; i++) {
        club_order(&club, anna, i + 1, 400, 0);
        EXPECT_OK(club_adjust(&club, anna, -1, false));
        world_advance(&club.world, CLOCK_DAY_US);
    }
    struct liability points = owing_between(&club, monday, monday + 4);
    EXPECT_INT(15, points.units.closing);
    EXPECT_INT(5, points.money.closing);
    EXPECT_INT(5, points.money.flows.issued + points.money.flows.adjusted);
    club_close(&club);
}

TEST(a_value_out_of_all_reason_stops_nothing)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    owing_run(&club, "UPDATE program SET value_points = 1, value_minor = 9000000000000000000");
    club_order(&club, anna, 1, 3000, 0);
    EXPECT_INT(LEDGER_BALANCE_MAX, owing_today(&club).money.closing);
    club_close(&club);
}

TEST(a_program_that_is_not_there_is_unknown)
{
    struct club club = club_open();
    const struct liability_period period = {.zone = STR("Europe/Paris"), .first = 1, .last = 1};
    struct liability *list;
    int count;

    EXPECT_ERR(ERR_PROGRAM_UNKNOWN,
               liability_read(&club.world.ctx, &period, (program_id){1}, &list, &count));
    EXPECT_OK(liability_read(&club.world.ctx, &period, club.program.id, &list, &count));
    EXPECT_INT(2, count);
    club_close(&club);
}

TEST(a_deleted_program_is_told_while_it_has_figures)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);

    owing_run(&club, "UPDATE program SET closed_us = 1");
    EXPECT_INT(1, owing_read(&club, monday, monday).count);
    owing_run(&club, "UPDATE program SET closed_us = NULL");
    club_order(&club, anna, 1, 3000, 0);
    owing_run(&club, "UPDATE program SET closed_us = 1");
    EXPECT_INT(2, owing_read(&club, monday, monday).count);
    EXPECT_INT(1, owing_read(&club, monday - 1, monday - 1).count);
    club_close(&club);
}

TESTS(RUN(points_are_counted_by_why_they_moved), RUN(what_expires_goes_on_the_day_it_does),
      RUN(a_day_is_one_where_the_merchant_is), RUN(what_customers_owe_is_told_apart),
      RUN(pending_points_are_in_no_balance_until_they_are_ripe),
      RUN(credit_notes_are_counted_in_money_apart_from_programs),
      RUN(a_wallets_money_is_no_credit_note), RUN(points_are_worth_what_the_merchant_says),
      RUN(otherwise_what_the_reward_gives_that_gives_most_for_a_point),
      RUN(a_free_article_is_worth_the_dearest_that_it_may_be),
      RUN(cashback_is_money_and_what_nothing_values_has_none),
      RUN(cents_add_up_whatever_a_point_is_worth), RUN(a_value_out_of_all_reason_stops_nothing),
      RUN(a_program_that_is_not_there_is_unknown),
      RUN(a_deleted_program_is_told_while_it_has_figures))
