/* settle_programs_test — orders that earn in several programs, under limits, with promotions, and
 * points that ripen. */
#include "base/clock.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/earnings.h"
#include "core/loyalty/promotions.h"
#include "support/club.h"
#include "support/test.h"

static const char anna[] = "+33612345678";
enum { COFFEE = 501, DRINKS = 601 };
static struct catalog_ref coffees[] = {{false, COFFEE}};

static const struct program points_program = {
    .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}},
    .rule_count = 1,
};

/* ---- orders with lines ---- */

struct goods {
    struct basket_line lines[3];
    int count;
};

static enum err
read_goods(struct ctx *ctx, const struct order_earning *order, struct basket *basket)
{
    const struct goods *goods = order->lines_of;

    (void)ctx;
    basket->lines = goods->lines;
    basket->line_count = goods->count;
    return OK;
}

static struct program
add_program(struct club *club, struct program program)
{
    program.active = true;
    program.name = STR("Other");
    program.term_one = program.term_other = STR("x");
    WORLD_TX(&club->world) EXPECT_OK(programs_add(&club->world.ctx, &program));
    return program;
}

/* Coffees for 2.00 each: a stamp for each. */
static struct program
add_stamps(struct club *club)
{
    return add_program(club, (struct program){.type = PROGRAM_STAMPS,
                                              .rules = {{.kind = ACCRUAL_ITEM_VARIATION,
                                                         .points = 1,
                                                         .scope = coffees,
                                                         .scope_count = 1}},
                                              .rule_count = 1});
}

static int64_t
stamps_of(struct club *club, const struct program *stamps)
{
    struct loyalty_account account;
    enum err err = accounts_find_by_phone(&club->world.ctx, stamps->id, str_of(anna), &account);

    return err == ERR_ACCOUNT_UNKNOWN ? -1 : account.balance;
}

static struct club_settling
order_of(account_id id, int64_t number, const struct goods *goods)
{
    struct club_settling settling = {
        .account = id,
        .order = {.order = {number}, .read_lines = read_goods, .lines_of = goods},
    };

    for (int i = 0; i < goods->count; i++) {
        settling.order.total_minor += goods->lines[i].total_minor;
        settling.order.refunded_minor += goods->lines[i].refunded_minor;
    }
    return settling;
}

TEST(an_order_earns_in_every_program_and_opens_accounts_where_it_does)
{
    struct club club = club_open_like(points_program);
    struct program stamps = add_stamps(&club);
    account_id id = club_join(&club, anna);
    struct goods bread = {{{.variation = 9, .total_minor = 300, .units = 1}}, 1};
    struct goods both = {{{.variation = COFFEE, .total_minor = 400, .units = 2},
                          {.variation = 9, .total_minor = 300, .units = 1}},
                         2};
    struct club_settling settling = order_of(id, 1, &bread);

    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(3, settling.changed);
    EXPECT_INT(-1, stamps_of(&club, &stamps)); /* nothing of it was a coffee */
    settling = order_of(id, 2, &both);
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(7, settling.changed);
    EXPECT_INT(1, settling.settled.other_count);
    EXPECT_INT(2, settling.settled.others[0].changed);
    EXPECT_TRUE(settling.settled.others[0].is_new);
    EXPECT_INT(2, stamps_of(&club, &stamps));
    EXPECT_OK(club_settle(&club, &settling)); /* told again */
    EXPECT_INT(0, settling.changed);
    EXPECT_INT(2, stamps_of(&club, &stamps));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_refund_of_lines_takes_back_what_those_earned)
{
    struct club club = club_open_like(points_program);
    struct program stamps = add_stamps(&club);
    account_id id = club_join(&club, anna);
    struct goods goods = {{{.variation = COFFEE, .total_minor = 400, .units = 2},
                           {.variation = 9, .total_minor = 300, .units = 1}},
                          2};
    struct club_settling settling = order_of(id, 1, &goods);

    EXPECT_OK(club_settle(&club, &settling));
    goods.lines[1].refunded_minor = 300;
    settling = order_of(id, 1, &goods);
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(-3, settling.changed);
    EXPECT_INT(2, stamps_of(&club, &stamps));
    goods.lines[0].refunded_minor = 200;
    settling = order_of(id, 1, &goods);
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(-2, settling.changed);
    EXPECT_INT(1, stamps_of(&club, &stamps));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_program_made_after_an_order_was_told_earns_nothing_of_it)
{
    struct club club = club_open_like(points_program);
    account_id id = club_join(&club, anna);
    struct goods goods = {{{.variation = COFFEE, .total_minor = 400, .units = 2}}, 1};
    struct club_settling settling = order_of(id, 1, &goods);
    int64_t told_us = club.world.ctx.now_us;

    EXPECT_OK(club_settle(&club, &settling));
    world_advance(&club.world, CLOCK_HOUR_US);
    struct program stamps = add_stamps(&club);
    settling.order.told_us = told_us;
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(-1, stamps_of(&club, &stamps));
    club_close(&club);
}

TEST(a_program_that_ended_or_is_closing_earns_no_more)
{
    struct club club = club_open_like(points_program);
    account_id id = club_join(&club, anna);
    struct ctx *ctx = &club.world.ctx;

    EXPECT_INT(5, club_order(&club, id, 1, 500, 0));
    WORLD_TX(&club.world) /* its last day was the day before: 2026-03-01 is day 20513 */
    EXPECT_OK(db_run_script(ctx, "UPDATE program SET ends_on = 20513"));
    EXPECT_INT(0, club_order(&club, id, 2, 500, 0));
    EXPECT_INT(-5, club_order(&club, id, 1, 500, 500));
    WORLD_TX(&club.world)
    EXPECT_OK(db_run_script(ctx, "UPDATE program SET ends_on = 20514"));
    EXPECT_INT(5, club_order(&club, id, 3, 500, 0));
    WORLD_TX(&club.world)
    EXPECT_OK(db_run_script(ctx, "UPDATE program SET closing_us = 1"));
    EXPECT_INT(0, club_order(&club, id, 4, 500, 0));
    EXPECT_INT(0, club_order(&club, id, 3, 500, 500)); /* its points end by themselves */
    WORLD_TX(&club.world) EXPECT_OK(db_run_script(ctx, "UPDATE program SET closed_us = 2"));
    EXPECT_INT(0, club_order(&club, id, 3, 500, 400)); /* told all the same, and not refused */
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- limits ---- */

static int64_t
buy_at(struct club *club, account_id id, int64_t number, int64_t total, int64_t closed_us)
{
    struct club_settling settling = {
        .account = id,
        .order = {.order = {number}, .total_minor = total, .closed_us = closed_us},
    };

    EXPECT_OK(club_settle(club, &settling));
    return settling.changed;
}

static enum accrual_reason
reason_of(struct club *club, account_id id, int64_t number)
{
    struct earning_told told;

    EXPECT_OK(earnings_explain(&club->world.ctx, id, (order_id){number}, &told));
    EXPECT_INT(1, told.line_count);
    return told.lines[0].reason;
}

TEST(caps_of_a_purchase_a_day_and_a_month_count_what_refunds_left)
{
    struct program capped = points_program;

    capped.cap_purchase = 10;
    capped.cap_day = 15;
    capped.cap_month = 20;
    struct club club = club_open_like(capped);
    account_id id = club_join(&club, anna);
    const int64_t day_us = WORLD_NOW_US;

    EXPECT_INT(10, buy_at(&club, id, 1, 1200, day_us));
    EXPECT_INT(ACCRUAL_CAP_PURCHASE, reason_of(&club, id, 1));
    EXPECT_INT(5, buy_at(&club, id, 2, 1000, day_us));
    EXPECT_INT(ACCRUAL_CAP_DAY, reason_of(&club, id, 2));
    EXPECT_INT(0, buy_at(&club, id, 3, 1000, day_us));
    EXPECT_INT(5, buy_at(&club, id, 4, 1000, day_us + CLOCK_DAY_US));
    EXPECT_INT(ACCRUAL_CAP_MONTH, reason_of(&club, id, 4));
    /* A refund makes room: for the month, though not for the day that was full. */
    EXPECT_INT(-5, club_order(&club, id, 1, 1200, 600));
    EXPECT_INT(5, buy_at(&club, id, 5, 500, day_us + 2 * CLOCK_DAY_US));
    EXPECT_INT(10, buy_at(&club, id, 6, 5000, day_us + 40 * CLOCK_DAY_US));
    /* Told again, nothing is earned in the room that was made since. */
    EXPECT_INT(0, buy_at(&club, id, 3, 1000, day_us));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(what_a_cap_took_off_is_no_carry)
{
    struct program capped = points_program;

    capped.cap_purchase = 2;
    struct club club = club_open_like(capped);
    account_id id = club_join(&club, anna);

    EXPECT_INT(2, club_order(&club, id, 1, 550, 0));
    EXPECT_INT(50, club_account(&club, id).carry);
    EXPECT_INT(-2, club_order(&club, id, 1, 550, 550));
    EXPECT_INT(0, club_account(&club, id).carry);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(an_order_too_soon_or_too_often_never_earns)
{
    struct program limited = points_program;

    limited.cooldown_minutes = 60;
    limited.visits_day = 2;
    struct club club = club_open_like(limited);
    account_id id = club_join(&club, anna);
    const int64_t at_us = WORLD_NOW_US;

    EXPECT_INT(1, buy_at(&club, id, 1, 150, at_us));
    EXPECT_INT(0, buy_at(&club, id, 2, 150, at_us + 59 * CLOCK_MINUTE_US));
    EXPECT_INT(ACCRUAL_COOLDOWN, reason_of(&club, id, 2));
    EXPECT_INT(50, club_account(&club, id).carry);
    EXPECT_INT(2, buy_at(&club, id, 3, 150, at_us + 60 * CLOCK_MINUTE_US));
    EXPECT_INT(0, buy_at(&club, id, 4, 150, at_us + 200 * CLOCK_MINUTE_US));
    EXPECT_INT(ACCRUAL_VISITS_DAY, reason_of(&club, id, 4));
    EXPECT_INT(0, buy_at(&club, id, 2, 950, at_us + 59 * CLOCK_MINUTE_US));
    EXPECT_INT(1, buy_at(&club, id, 5, 100, at_us + CLOCK_DAY_US));
    EXPECT_INT(-1, club_order(&club, id, 1, 150, 150)); /* one of that day's two */
    EXPECT_INT(1, buy_at(&club, id, 6, 150, at_us + 300 * CLOCK_MINUTE_US));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- promotions ---- */

static struct promotion
add_promotion(struct club *club, struct promotion promotion)
{
    promotion.program = club->program.id;
    promotion.name = STR("More");
    promotion.time_count = 1;
    /* Always: a day long, every day, since 2026-01-01. */
    promotion.times[0] = (struct period){
        .starts_us = INT64_C(1767225600000000), .lasts_us = CLOCK_DAY_US, .days = PERIOD_EVERY_DAY};
    WORLD_TX(&club->world) EXPECT_OK(promotions_add(&club->world.ctx, &promotion));
    return promotion;
}

TEST(a_promotions_points_are_an_event_of_their_own_in_the_same_transfer)
{
    struct club club = club_open_like(points_program);
    account_id id = club_join(&club, anna);
    struct club_settling settling = {.account = id, .order = {.order = {1}, .total_minor = 1000}};

    add_promotion(&club, (struct promotion){.is_multiplier = true, .multiplier = 2500});
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(25, settling.changed);
    EXPECT_INT(15, settling.settled.own.promotion_points);
    EXPECT_INT(2, settling.settled.own.event_count);
    const struct loyalty_event *events = settling.settled.own.events;
    EXPECT_INT(EVENT_ACCUMULATE_POINTS, events[0].type);
    EXPECT_INT(10, events[0].points);
    EXPECT_INT(EVENT_ACCUMULATE_PROMOTION_POINTS, events[1].type);
    EXPECT_INT(15, events[1].points);
    EXPECT_INT(events[0].seq, events[1].seq);
    EXPECT_INT(-5 - 7, club_order(&club, id, 1, 1000, 500));
    EXPECT_INT(-5 - 8, club_order(&club, id, 1, 1000, 1000));
    EXPECT_INT(25, club_account(&club, id).lifetime);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_promotion_that_ended_since_still_counts_for_the_order_that_grows)
{
    struct club club = club_open_like(points_program);
    account_id id = club_join(&club, anna);
    struct promotion promotion =
        add_promotion(&club, (struct promotion){.is_multiplier = true, .multiplier = 2000});

    EXPECT_INT(10, club_order(&club, id, 1, 500, 0));
    WORLD_TX(&club.world)
    EXPECT_OK(promotions_cancel(&club.world.ctx, club.program.id, promotion.id, &promotion));
    EXPECT_INT(10, club_order(&club, id, 1, 1000, 0));
    EXPECT_INT(5, club_order(&club, id, 2, 500, 0));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_promotion_is_used_so_often_and_given_back_with_a_whole_refund)
{
    struct club club = club_open_like(points_program);
    account_id id = club_join(&club, anna);

    add_promotion(&club,
                  (struct promotion){.addition = 3, .limit_times = 1, .limit_per_day = true});
    EXPECT_INT(1 + 3, club_order(&club, id, 1, 100, 0));
    EXPECT_INT(1, club_order(&club, id, 2, 100, 0));
    EXPECT_INT(-4, club_order(&club, id, 1, 100, 100));
    EXPECT_INT(1 + 3, club_order(&club, id, 3, 100, 0));
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_INT(1 + 3, club_order(&club, id, 4, 100, 0));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_growth_that_only_a_promotion_rewards_is_its_event_alone)
{
    struct club club = club_open_like(
        (struct program){.rules = {{.kind = ACCRUAL_VISIT, .points = 1}}, .rule_count = 1});
    account_id id = club_join(&club, anna);
    struct club_settling settling = {.account = id, .order = {.order = {1}, .total_minor = 1000}};

    add_promotion(&club, (struct promotion){.addition = 3, .minimum_minor = 1000});
    EXPECT_INT(1, club_order(&club, id, 1, 500, 0));
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(3, settling.changed);
    EXPECT_INT(1, settling.settled.own.event_count);
    EXPECT_INT(EVENT_ACCUMULATE_PROMOTION_POINTS, settling.settled.own.events[0].type);
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- points that ripen ---- */

static enum err
ripen(struct ctx *ctx, void *arg)
{
    return accounts_ripen(ctx, 100, arg);
}

static int
ripen_now(struct club *club)
{
    int ripened = 0;

    EXPECT_OK(world_write(&club->world, ripen, &ripened));
    return ripened;
}

static int64_t
pending_of(struct club *club, account_id id)
{
    struct ledger_balance book;

    EXPECT_OK(ledger_read_balance(&club->world.ctx, id.v, BOOK_PENDING, &book));
    return book.balance;
}

TEST(pending_points_ripen_and_refunds_before_that_are_of_them)
{
    struct program slow = points_program;

    slow.ripen_days = 14;
    slow.expiry_days = 30;
    struct club club = club_open_like(slow);
    account_id id = club_join(&club, anna);
    struct club_settling settling = {.account = id, .order = {.order = {1}, .total_minor = 1000}};
    struct pending_points *pending;
    int count;

    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(0, settling.changed);
    EXPECT_INT(10, settling.settled.own.pending_changed);
    EXPECT_INT(EVENT_OTHER, settling.settled.own.events[0].type);
    EXPECT_INT(0, club_balance(&club, id));
    EXPECT_INT(10, pending_of(&club, id));
    EXPECT_INT(0, club_order(&club, id, 1, 1000, 400));
    EXPECT_INT(0, club_order(&club, id, 2, 300, 300));
    EXPECT_OK(earnings_list_pending(&club.world.ctx, id, 10, &pending, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(6, pending[0].points);
    EXPECT_INT(WORLD_NOW_US + 14 * CLOCK_DAY_US, pending[0].ripe_us);
    EXPECT_INT(0, ripen_now(&club));
    club_expect_honest(&club);

    world_advance(&club.world, 14 * CLOCK_DAY_US);
    EXPECT_INT(2, ripen_now(&club));
    EXPECT_INT(0, ripen_now(&club));
    EXPECT_INT(6, club_balance(&club, id));
    EXPECT_INT(0, pending_of(&club, id));
    EXPECT_INT(10, club_account(&club, id).lifetime);
    EXPECT_INT(-6, club_order(&club, id, 1, 1000, 1000));
    club_expect_honest(&club);
    world_advance(&club.world, 31 * CLOCK_DAY_US);
    EXPECT_INT(0, club_expire(&club));
    club_close(&club);
}

TEST(what_ripens_repays_what_is_owed_first)
{
    struct program slow = points_program;

    slow.ripen_days = 1;
    struct club club = club_open_like(slow);
    account_id id = club_join(&club, anna);

    EXPECT_OK(club_adjust(&club, id, -4, true));
    EXPECT_INT(0, club_order(&club, id, 1, 1000, 0));
    EXPECT_INT(-4, club_balance(&club, id));
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_INT(1, ripen_now(&club));
    EXPECT_INT(6, club_balance(&club, id));
    EXPECT_INT(6, club_account(&club, id).spendable);
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- explaining ---- */

TEST(what_an_order_would_earn_is_explained_rule_by_rule)
{
    struct program two = points_program;

    two.rules[1] = (struct accrual_rule){.kind = ACCRUAL_VISIT, .points = 5, .amount_minor = 2000};
    two.rule_count = 2;
    two.minimum_minor = 100;
    struct club club = club_open_like(two);
    struct ctx *ctx = &club.world.ctx;
    account_id id = club_join(&club, anna);
    struct order_earning order = {.total_minor = 1050};
    struct earning_told told;

    add_promotion(&club, (struct promotion){.addition = 3});
    EXPECT_OK(earnings_calculate(ctx, &order, (program_id){0}, id, &told));
    EXPECT_INT(10, told.points);
    EXPECT_INT(3, told.promotion_points);
    EXPECT_INT(3, told.line_count);
    EXPECT_INT(1050, told.lines[0].basis);
    EXPECT_INT(ACCRUAL_BELOW_MINIMUM, told.lines[1].reason);
    EXPECT_STR("More", told.lines[2].promotion_name);
    order.total_minor = 99;
    EXPECT_OK(earnings_calculate(ctx, &order, (program_id){0}, id, &told));
    EXPECT_INT(0, told.points);
    EXPECT_INT(ACCRUAL_BELOW_MINIMUM, told.lines[0].reason);
    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(ctx, club.program.id));
    EXPECT_OK(earnings_calculate(ctx, &order, club.program.id, (account_id){0}, &told));
    EXPECT_INT(ACCRUAL_PROGRAM_INACTIVE, told.lines[0].reason);
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, earnings_calculate(ctx, &order, (program_id){5}, id, &told));
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN,
               earnings_calculate(ctx, &order, (program_id){5}, (account_id){0}, &told));
    EXPECT_ERR(ERR_ORDER_UNKNOWN, earnings_explain(ctx, id, (order_id){77}, &told));
    club_close(&club);
}

TEST(a_customer_is_told_what_an_order_earns_in_every_program)
{
    struct club club = club_open_like(points_program);
    struct program stamps = add_stamps(&club);
    account_id id = club_join(&club, anna);
    struct goods goods = {{{.variation = COFFEE, .total_minor = 400, .units = 2}}, 1};
    struct club_settling settling = order_of(id, 1, &goods);
    struct earning_told *told;
    int count;

    EXPECT_INT(0, club_order(&club, id, 2, 50, 0)); /* half a point is carried */
    settling.order.total_minor = 450;
    EXPECT_OK(earnings_calculate_all(&club.world.ctx, &settling.order,
                                     club_account(&club, id).customer, &told, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(5, told[0].points);
    EXPECT_INT(stamps.id.v, told[1].program.v);
    EXPECT_INT(2, told[1].points);
    club_close(&club);
}

TESTS(RUN(an_order_earns_in_every_program_and_opens_accounts_where_it_does),
      RUN(a_refund_of_lines_takes_back_what_those_earned),
      RUN(a_program_made_after_an_order_was_told_earns_nothing_of_it),
      RUN(a_program_that_ended_or_is_closing_earns_no_more),
      RUN(caps_of_a_purchase_a_day_and_a_month_count_what_refunds_left),
      RUN(what_a_cap_took_off_is_no_carry), RUN(an_order_too_soon_or_too_often_never_earns),
      RUN(a_promotions_points_are_an_event_of_their_own_in_the_same_transfer),
      RUN(a_promotion_that_ended_since_still_counts_for_the_order_that_grows),
      RUN(a_promotion_is_used_so_often_and_given_back_with_a_whole_refund),
      RUN(a_growth_that_only_a_promotion_rewards_is_its_event_alone),
      RUN(pending_points_ripen_and_refunds_before_that_are_of_them),
      RUN(what_ripens_repays_what_is_owed_first),
      RUN(what_an_order_would_earn_is_explained_rule_by_rule),
      RUN(a_customer_is_told_what_an_order_earns_in_every_program))
