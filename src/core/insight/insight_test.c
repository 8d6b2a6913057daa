/* insight_test — figures of days and of customers; what needs attention is in attention_test.c. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/credit/credit.h"
#include "core/customers/customers.h"
#include "core/insight/insight.h"
#include "core/loyalty/promotions.h"
#include "core/loyalty/rewards.h"
#include "core/team/team.h"
#include "support/shop.h"
#include "support/test.h"

static int64_t
day(struct shop *s, const char *text)
{
    int64_t number = 0;

    EXPECT_OK(zone_day_parse(s->w.ctx.arena, str_of(text), &number));
    return number;
}

/* Moves the clock to a time, which must lie ahead. */
static void
at(struct shop *s, const char *text)
{
    int64_t at_us = 0;

    EXPECT_OK(clock_parse(str_of(text), &at_us));
    world_advance(&s->w, at_us - s->w.ctx.now_us);
}

struct read_days {
    struct insight_figures *days, totals, before;
};

static struct read_days
read_days(struct shop *s, const char *first, const char *last)
{
    const struct insight_period period = {
        .zone = STR("Europe/Paris"), .first = day(s, first), .last = day(s, last)};
    struct read_days read;

    EXPECT_OK(insight_read_days(&s->w.ctx, &period, &read.days, &read.totals, &read.before));
    return read;
}

static struct order
sell(struct shop *s, const char *sale, int64_t total_minor)
{
    return shop_tell(s, &s->feed, shop_sale(s, sale, total_minor));
}

static void
claim(struct shop *s, const struct order *order, account_id account)
{
    const struct claim_order wish = {.order = order->id, .reg = order->reg, .account = account};
    struct claim done;

    WORLD_TX(&s->w) EXPECT_OK(orders_claim(&s->w.ctx, &wish, &done));
}

TEST(an_order_counts_on_the_day_it_was_closed_where_the_shop_is)
{
    struct shop s = shop_open();

    at(&s, "2026-03-03T22:59:59Z"); /* a second before midnight in Paris */
    sell(&s, "1", 1250);
    at(&s, "2026-03-03T23:00:00Z");
    sell(&s, "2", 300);
    struct read_days read = read_days(&s, "2026-03-03", "2026-03-05");
    EXPECT_INT(1, read.days[0].orders);
    EXPECT_INT(1250, read.days[0].revenue_minor);
    EXPECT_INT(1, read.days[1].orders);
    EXPECT_INT(300, read.days[1].revenue_minor);
    EXPECT_INT(0, read.days[2].orders);
    EXPECT_INT(2, read.totals.orders);
    EXPECT_INT(1550, read.totals.revenue_minor);
    EXPECT_INT(0, read.totals.visits);
    shop_close(&s);
}

TEST(a_day_on_which_the_clocks_change_has_all_its_hours)
{
    struct shop s = shop_open();

    at(&s, "2026-03-28T23:30:00Z"); /* 0:30 on the 29th, which has 23 hours */
    sell(&s, "1", 100);
    at(&s, "2026-03-29T21:30:00Z"); /* 23:30, an hour further from UTC */
    sell(&s, "2", 100);
    at(&s, "2026-03-29T22:00:00Z");
    sell(&s, "3", 100);
    at(&s, "2026-10-24T22:30:00Z"); /* 0:30 on the 25th, which has 25 */
    sell(&s, "4", 100);
    at(&s, "2026-10-25T22:30:00Z");
    sell(&s, "5", 100);
    at(&s, "2026-10-25T23:00:00Z");
    sell(&s, "6", 100);
    struct read_days spring = read_days(&s, "2026-03-28", "2026-03-30");
    EXPECT_INT(0, spring.days[0].orders);
    EXPECT_INT(2, spring.days[1].orders);
    EXPECT_INT(1, spring.days[2].orders);
    struct read_days autumn = read_days(&s, "2026-10-25", "2026-10-26");
    EXPECT_INT(2, autumn.days[0].orders);
    EXPECT_INT(1, autumn.days[1].orders);
    shop_close(&s);
}

TEST(revenue_is_without_tips_and_refunds_and_a_void_order_is_none)
{
    struct shop s = shop_open();
    struct pos_message tipped = shop_sale(&s, "1", 2000);

    tipped.tip_minor = 500;
    shop_tell(&s, &s.feed, tipped);
    sell(&s, "2", 1000);
    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "2", 400));
    sell(&s, "3", 700);
    shop_tell(&s, &s.feed, shop_cancel(&s, "3"));
    struct read_days read = read_days(&s, "2026-03-02", "2026-03-02");
    EXPECT_INT(2, read.totals.orders);
    EXPECT_INT(2600, read.totals.revenue_minor);
    shop_close(&s);
}

static void
take(struct shop *s, account_id account, int tier, struct reward *reward)
{
    const struct reward_order wish = {.account = account, .tier = s->program.tiers[tier].id};

    WORLD_TX(&s->w) EXPECT_OK(rewards_take(&s->w.ctx, &wish, reward));
}

/* A program beside the main one that gives 5 cents for each euro. */
static void
add_cents(struct shop *s)
{
    struct program cents = {
        .active = true,
        .type = PROGRAM_CASHBACK,
        .name = STR("Cagnotte"),
        .term_one = STR("cent"),
        .term_other = STR("cents"),
        .rules = {{.kind = ACCRUAL_SPEND, .points = 5, .amount_minor = 100}},
        .rule_count = 1,
    };

    WORLD_TX(&s->w) EXPECT_OK(programs_add(&s->w.ctx, &cents));
}

TEST(points_are_those_of_the_main_program)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");

    add_cents(&s);
    struct order order = sell(&s, "1", 2000);
    claim(&s, &order, anna.id);
    struct read_days read = read_days(&s, "2026-03-02", "2026-03-02");
    EXPECT_INT(20, read.totals.points_earned);
    shop_close(&s);
}

TEST(points_and_rewards_count_on_the_day_they_moved)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    struct reward coffee, given_up;
    transfer_id event;

    struct order order = sell(&s, "1", 9000);
    claim(&s, &order, anna.id);
    at(&s, "2026-03-03T10:00:00Z");
    take(&s, anna.id, 0, &coffee);
    take(&s, anna.id, 1, &given_up);
    WORLD_TX(&s.w) EXPECT_OK(rewards_give_up(&s.w.ctx, given_up.id));
    at(&s, "2026-03-04T10:00:00Z");
    WORLD_TX(&s.w) EXPECT_OK(rewards_redeem(&s.w.ctx, coffee.id, s.w.location, &event));
    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 3000));
    struct read_days read = read_days(&s, "2026-03-02", "2026-03-04");
    EXPECT_INT(1, read.days[0].visits);
    EXPECT_INT(1, read.days[0].customers_new);
    EXPECT_INT(90, read.days[0].points_earned);
    EXPECT_INT(0, read.days[0].points_spent);
    EXPECT_INT(10, read.days[1].points_spent);
    EXPECT_INT(0, read.days[1].rewards_used);
    EXPECT_INT(1, read.days[2].rewards_used);
    EXPECT_INT(-30, read.days[2].points_earned);
    EXPECT_INT(60, read.totals.points_earned);
    EXPECT_INT(1, read.totals.customers_new);
    shop_close(&s);
}

TEST(what_a_promotion_gave_was_earned_too)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    struct promotion promotion = {
        .program = s.program.id,
        .name = STR("Twice"),
        .is_multiplier = true,
        .multiplier = 2000,
        /* Every day since 2026-01-01, all day. */
        .times = {{INT64_C(1767225600000000), CLOCK_DAY_US, PERIOD_EVERY_DAY, 0}},
        .time_count = 1,
    };

    WORLD_TX(&s.w) EXPECT_OK(promotions_add(&s.w.ctx, &promotion));
    struct order order = sell(&s, "1", 9000);
    claim(&s, &order, anna.id);
    EXPECT_INT(180, read_days(&s, "2026-03-02", "2026-03-02").totals.points_earned);
    shop_close(&s);
}

TEST(what_was_before_is_as_long_and_ends_where_the_period_begins)
{
    struct shop s = shop_open();

    at(&s, "2026-03-03T10:00:00Z");
    sell(&s, "1", 100);
    at(&s, "2026-03-04T10:00:00Z");
    sell(&s, "2", 200);
    at(&s, "2026-03-05T10:00:00Z");
    sell(&s, "3", 400);
    at(&s, "2026-03-06T10:00:00Z");
    sell(&s, "4", 800);
    struct read_days read = read_days(&s, "2026-03-06", "2026-03-07");
    EXPECT_INT(800, read.totals.revenue_minor);
    EXPECT_INT(600, read.before.revenue_minor);
    EXPECT_INT(2, read.before.orders);
    shop_close(&s);
}

TEST(the_longest_period_is_read_whole)
{
    struct shop s = shop_open();

    sell(&s, "1", 100);
    struct read_days read = read_days(&s, "2026-03-02", "2027-04-05");
    EXPECT_INT(INSIGHT_DAYS_MAX - 1, day(&s, "2027-04-05") - day(&s, "2026-03-02"));
    EXPECT_INT(1, read.days[0].orders);
    EXPECT_INT(1, read.totals.orders);
    shop_close(&s);
}

TEST(another_merchants_days_are_not_ours)
{
    struct shop s = shop_open();

    sell(&s, "1", 100);
    shop_account(&s, "+33612345678");
    s.w.ctx.merchant = world_add_merchant(&s.w);
    struct read_days read = read_days(&s, "2026-03-02", "2026-03-02");
    EXPECT_INT(0, read.totals.orders);
    EXPECT_INT(0, read.totals.customers_new);
    shop_close(&s);
}

/* ---- a customer ---- */

TEST(a_customers_sheet_has_their_orders_and_rewards)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    struct loyalty_account leo = shop_account(&s, "+33699995678");
    struct reward used, kept, given_up;
    struct insight_sheet sheet;
    transfer_id event;

    struct order first = sell(&s, "1", 4000);
    claim(&s, &first, anna.id);
    world_advance(&s.w, CLOCK_DAY_US);
    struct order second = sell(&s, "2", 1001);
    claim(&s, &second, anna.id);
    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "2", 500));
    struct order other = sell(&s, "3", 900);
    claim(&s, &other, leo.id);
    sell(&s, "4", 700);
    take(&s, anna.id, 0, &used);
    take(&s, anna.id, 0, &kept);
    take(&s, anna.id, 0, &given_up);
    WORLD_TX(&s.w)
    {
        EXPECT_OK(rewards_give_up(&s.w.ctx, given_up.id));
        EXPECT_OK(rewards_redeem(&s.w.ctx, used.id, s.w.location, &event));
    }
    EXPECT_OK(insight_read_sheet(&s.w.ctx, anna.customer, &sheet));
    EXPECT_INT(2, sheet.orders);
    EXPECT_INT(s.w.ctx.now_us, sheet.last_order_us);
    EXPECT_INT(4501, sheet.total_minor);
    EXPECT_INT(2250, sheet.average_minor);
    EXPECT_INT(2, sheet.rewards_taken);
    EXPECT_INT(1, sheet.rewards_used);
    EXPECT_INT(1, sheet.rewards_available);
    shop_close(&s);
}

static void
give_note(struct shop *s, customer_id customer, int64_t amount_minor, int64_t expires_us)
{
    struct credit_note note = {.customer = customer,
                               .amount_minor = amount_minor,
                               .reason = CREDIT_GESTURE,
                               .expires_us = expires_us};

    WORLD_TX(&s->w) EXPECT_OK(credit_issue(&s->w.ctx, &note));
}

TEST(a_sheet_tells_the_money_that_there_is_and_was)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33612345678");
    struct loyalty_account leo = shop_account(&s, "+33699995678");
    struct insight_sheet sheet;

    add_cents(&s);
    struct order order = sell(&s, "1", 2000);
    claim(&s, &order, anna.id);
    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 500));
    struct order other = sell(&s, "2", 8000);
    claim(&s, &other, leo.id);
    give_note(&s, anna.customer, 700, 0);
    give_note(&s, anna.customer, 1250, s.w.ctx.now_us + CLOCK_DAY_US);
    give_note(&s, leo.customer, 90, 0);
    EXPECT_OK(insight_read_sheet(&s.w.ctx, anna.customer, &sheet));
    EXPECT_INT(75, sheet.cashback_minor);
    EXPECT_INT(100, sheet.cashback_earned_minor);
    EXPECT_INT(1950, sheet.credit_minor);
    /* What is too old does not count, although no job has ended it yet. */
    world_advance(&s.w, CLOCK_DAY_US);
    EXPECT_OK(insight_read_sheet(&s.w.ctx, anna.customer, &sheet));
    EXPECT_INT(700, sheet.credit_minor);
    shop_close(&s);
}

TEST(somebody_who_bought_nothing_has_an_empty_sheet)
{
    struct shop s = shop_open();
    struct insight_sheet sheet;

    EXPECT_OK(insight_read_sheet(&s.w.ctx, shop_account(&s, "+33612345678").customer, &sheet));
    EXPECT_INT(0, sheet.orders);
    EXPECT_INT(0, sheet.last_order_us);
    EXPECT_INT(0, sheet.total_minor);
    EXPECT_INT(0, sheet.average_minor);
    EXPECT_INT(0, sheet.rewards_taken);
    EXPECT_INT(0, sheet.rewards_available);
    EXPECT_INT(0, sheet.cashback_minor);
    EXPECT_INT(0, sheet.credit_minor);
    shop_close(&s);
}

TEST(whoever_did_something_has_a_name)
{
    struct shop s = shop_open();
    struct team_member camille = {.email = STR("camille@fournil.example"),
                                  .name = STR("Camille"),
                                  .role = STR("owner"),
                                  .password_hash = STR("x"),
                                  .active = true};
    struct api_key key = {.name = STR("Caisse"), .permissions = PERM_LOYALTY_WRITE};
    struct str name;

    WORLD_TX(&s.w)
    {
        EXPECT_OK(team_add(&s.w.ctx, &camille));
        EXPECT_OK(api_keys_add(&s.w.ctx, &key));
    }
    EXPECT_OK(insight_find_actor_name(&s.w.ctx, camille.id.v, &name));
    EXPECT_STR("Camille", name);
    EXPECT_OK(insight_find_actor_name(&s.w.ctx, key.id.v, &name));
    EXPECT_STR("Caisse", name);
    EXPECT_OK(insight_find_actor_name(&s.w.ctx, s.square.id.v, &name));
    EXPECT_STR("square", name);
    EXPECT_OK(insight_find_actor_name(&s.w.ctx, 12345, &name));
    EXPECT_STR("", name);
    s.w.ctx.merchant = world_add_merchant(&s.w);
    EXPECT_OK(insight_find_actor_name(&s.w.ctx, camille.id.v, &name));
    EXPECT_STR("", name);
    shop_close(&s);
}

TESTS(RUN(an_order_counts_on_the_day_it_was_closed_where_the_shop_is),
      RUN(a_day_on_which_the_clocks_change_has_all_its_hours),
      RUN(revenue_is_without_tips_and_refunds_and_a_void_order_is_none),
      RUN(points_are_those_of_the_main_program),
      RUN(points_and_rewards_count_on_the_day_they_moved),
      RUN(what_a_promotion_gave_was_earned_too),
      RUN(what_was_before_is_as_long_and_ends_where_the_period_begins),
      RUN(the_longest_period_is_read_whole), RUN(another_merchants_days_are_not_ours),
      RUN(a_customers_sheet_has_their_orders_and_rewards),
      RUN(a_sheet_tells_the_money_that_there_is_and_was),
      RUN(somebody_who_bought_nothing_has_an_empty_sheet), RUN(whoever_did_something_has_a_name))
