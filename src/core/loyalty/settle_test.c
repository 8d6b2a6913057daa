/* settle_test — orders that grow and are refunded, in whatever order it is told. */
#include "base/clock.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/earnings.h"
#include "support/club.h"
#include "support/race.h"
#include "support/test.h"

static const char anna[] = "+33612345678";
static const char bernard[] = "+33687654321";

static int64_t
carry_of(struct club *club, account_id id)
{
    return club_account(club, id).carry;
}

static enum err
settle(struct ctx *ctx, void *arg)
{
    struct club_settling *settling = arg;

    TRY(accounts_settle_order(ctx, &settling->order, settling->account, &settling->settled));
    settling->points = settling->settled.own.points;
    settling->changed = settling->settled.own.changed;
    return OK;
}

/* ---- earning ---- */

TEST(an_order_earns_once_however_often_it_is_told)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_INT(12, club_order(&club, id, 1, 1250, 0));
    EXPECT_INT(0, club_order(&club, id, 1, 1250, 0));
    EXPECT_INT(12, club_balance(&club, id));
    EXPECT_INT(50, carry_of(&club, id));
    EXPECT_INT(2, club_order(&club, id, 2, 150, 0)); /* with the 0.50 carried: two whole ones */
    EXPECT_INT(14, club_account(&club, id).lifetime);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(an_order_below_the_minimum_earns_nothing_until_it_grows)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_INT(0, club_order(&club, id, 1, 99, 0));
    EXPECT_INT(0, carry_of(&club, id));
    EXPECT_INT(2, club_order(&club, id, 1, 200, 0));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_second_payment_earns_the_difference_by_the_first_ones_rules)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);
    const struct accrual_rule generous = {.kind = ACCRUAL_SPEND, .points = 10, .amount_minor = 100};
    struct club_settling settling = {.account = id};

    EXPECT_INT(2, club_order(&club, id, 1, 250, 0));
    WORLD_TX(&club.world)
    EXPECT_OK(programs_change_rules(&club.world.ctx, club.program.id, &generous, 1));
    EXPECT_INT(2, club_order(&club, id, 1, 450, 0));
    EXPECT_INT(10, club_order(&club, id, 2, 100, 0));
    settling.order = (struct order_earning){.order = {1}, .total_minor = 450};
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(4, settling.points);
    EXPECT_INT(0, settling.changed);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_suspended_program_earns_nothing_but_takes_refunds_back)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_INT(10, club_order(&club, id, 1, 1000, 0));
    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(&club.world.ctx, club.program.id));
    EXPECT_INT(0, club_order(&club, id, 2, 1000, 0));
    EXPECT_INT(0, club_order(&club, id, 1, 2000, 0));
    EXPECT_INT(-5, club_order(&club, id, 1, 1000, 500));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(an_order_belongs_to_one_account)
{
    struct club club = club_open();
    account_id a = club_join(&club, anna);
    account_id b = club_join(&club, bernard);
    struct club_settling settling = {.account = b, .order = {.order = {1}, .total_minor = 1000}};

    EXPECT_INT(10, club_order(&club, a, 1, 1000, 0));
    EXPECT_ERR(ERR_ORDER_ALREADY_CLAIMED, club_settle(&club, &settling));
    EXPECT_INT(0, club_balance(&club, b));
    settling.account.v = 5;
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, club_settle(&club, &settling));
    club_close(&club);
}

TEST(an_order_that_would_earn_absurdly_much_is_refused)
{
    struct club club = club_open_like((struct program){
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1000000, .amount_minor = 1}},
        .rule_count = 1,
    });
    struct club_settling settling = {
        .account = club_join(&club, anna),
        .order = {.order = {1}, .total_minor = INT64_C(1000000000000)},
    };

    EXPECT_ERR(ERR_FIELD_RANGE, club_settle(&club, &settling));
    EXPECT_INT(0, club_balance(&club, settling.account));
    club_close(&club);
}

/* ---- refunds ---- */

TEST(partial_refunds_never_drift)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_INT(10, club_order(&club, id, 1, 1000, 0));
    EXPECT_INT(-3, club_order(&club, id, 1, 1000, 333));
    EXPECT_INT(-3, club_order(&club, id, 1, 1000, 666)); /* floor(6.66) - 3 */
    EXPECT_INT(-3, club_order(&club, id, 1, 1000, 999));
    EXPECT_INT(-1, club_order(&club, id, 1, 1000, 1000));
    EXPECT_INT(0, club_order(&club, id, 1, 1000, 1000));
    EXPECT_INT(0, club_balance(&club, id));
    EXPECT_INT(0, carry_of(&club, id));
    EXPECT_INT(10, club_account(&club, id).lifetime);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_refund_takes_the_carry_back_too)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_INT(2, club_order(&club, id, 1, 250, 0));
    EXPECT_INT(0, club_order(&club, id, 1, 250, 100)); /* floor(0.8): the carry pays */
    EXPECT_INT(-50, carry_of(&club, id));
    EXPECT_INT(0, club_order(&club, id, 2, 140, 0)); /* 1.50 kept and 1.40: 2 points, 0.90 */
    EXPECT_INT(90, carry_of(&club, id));
    EXPECT_INT(-2, club_order(&club, id, 1, 250, 250));
    EXPECT_INT(140, carry_of(&club, id));
    EXPECT_INT(2, club_order(&club, id, 3, 100, 0)); /* 2.40: two points */
    EXPECT_INT(40, carry_of(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(buying_and_refunding_again_and_again_earns_nothing)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    for (int i = 1; i <= 20; i++) {
        club_order(&club, id, i, 199, 0);
        club_order(&club, id, i, 199, 199);
    }
    EXPECT_INT(0, club_balance(&club, id));
    EXPECT_INT(0, carry_of(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(an_order_refunded_before_it_is_claimed_earns_what_remains)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);
    struct club_settling settling = {
        .account = id, .order = {.order = {1}, .total_minor = 1000, .refunded_minor = 250}};

    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(10, settling.points);
    EXPECT_INT(8, settling.changed); /* 10 - floor(2.5) */
    EXPECT_INT(8, club_balance(&club, id));
    EXPECT_INT(8, club_account(&club, id).lifetime);
    EXPECT_INT(-8, club_order(&club, id, 1, 1000, 1000));
    EXPECT_INT(0, carry_of(&club, id));
    EXPECT_INT(0, club_order(&club, id, 2, 1000, 1000)); /* nothing remains */
    EXPECT_INT(0, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_refund_takes_the_orders_own_lot_first)
{
    struct club club = club_open_like((struct program){
        .expiry_days = 10,
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}},
        .rule_count = 1,
    });
    account_id id = club_join(&club, anna);
    struct ledger_deadline *deadlines;
    int count;

    EXPECT_INT(5, club_order(&club, id, 1, 500, 0));
    world_advance(&club.world, CLOCK_DAY_US);
    EXPECT_INT(7, club_order(&club, id, 2, 700, 0));
    EXPECT_INT(-7, club_order(&club, id, 2, 700, 700));
    EXPECT_OK(ledger_list_deadlines(&club.world.ctx, id, 5, &deadlines, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(5, deadlines[0].points);
    EXPECT_INT(WORLD_NOW_US + 10 * CLOCK_DAY_US, deadlines[0].expires_us);
    club_close(&club);
}

TEST(what_was_spent_already_is_owed)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);
    reward_id reward;

    EXPECT_INT(12, club_order(&club, id, 1, 1200, 0));
    EXPECT_OK(club_take(&club, id, 0, &reward));
    EXPECT_INT(-12, club_order(&club, id, 1, 1200, 1200));
    EXPECT_INT(-10, club_balance(&club, id));
    EXPECT_INT(0, club_account(&club, id).spendable);
    EXPECT_INT(15, club_order(&club, id, 2, 1500, 0));
    EXPECT_INT(5, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(or_is_dropped_and_never_comes_again)
{
    struct club club = club_open_like((struct program){
        .on_refund = REFUND_TO_ZERO,
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100}},
        .rule_count = 1,
    });
    account_id id = club_join(&club, anna);
    reward_id reward;

    EXPECT_INT(12, club_order(&club, id, 1, 1200, 0));
    EXPECT_OK(club_take(&club, id, 0, &reward));
    EXPECT_INT(-2, club_order(&club, id, 1, 1200, 600));
    EXPECT_INT(0, club_balance(&club, id));
    EXPECT_INT(0, club_order(&club, id, 1, 1200, 1200));
    EXPECT_INT(15, club_order(&club, id, 2, 1500, 0));
    EXPECT_INT(0, club_order(&club, id, 1, 1200, 1200));
    EXPECT_INT(15, club_balance(&club, id));
    club_expect_honest(&club);

    /* A refund that is undone gives back what it took: 2 of the 12. */
    EXPECT_INT(2, club_order(&club, id, 1, 1200, 0));
    EXPECT_INT(17, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_total_that_shrinks_counts_as_refunded_and_may_grow_again)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);

    EXPECT_INT(10, club_order(&club, id, 1, 1000, 0));
    EXPECT_INT(-10, club_order(&club, id, 1, 0, 0));
    EXPECT_INT(7, club_order(&club, id, 1, 700, 0));
    EXPECT_INT(-3, club_order(&club, id, 1, 700, 300));
    EXPECT_INT(4, club_balance(&club, id));
    EXPECT_INT(10, club_account(&club, id).lifetime); /* given back is not earned anew */
    club_expect_honest(&club);
    club_close(&club);
}

TEST(tax_that_changes_with_a_second_payment_is_counted_once)
{
    struct club club = club_open_like((struct program){
        .rules = {{.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 100, .before_tax = true}},
        .rule_count = 1,
    });
    struct club_settling settling = {.account = club_join(&club, anna)};

    settling.order = (struct order_earning){.order = {1}, .total_minor = 1000};
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(10, settling.changed);
    settling.order.total_minor = 1100;
    settling.order.tax_minor = 500;
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(0, settling.changed);
    settling.order.total_minor = 1200;
    settling.order.tax_minor = 0;
    EXPECT_OK(club_settle(&club, &settling));
    EXPECT_INT(2, settling.changed);
    EXPECT_INT(12, settling.points);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_visits_points_are_taken_back_in_proportion)
{
    struct club club = club_open_like((struct program){
        .rules = {{.kind = ACCRUAL_VISIT, .points = 5, .amount_minor = 500},
                  {.kind = ACCRUAL_SPEND, .points = 3, .amount_minor = 200}},
        .rule_count = 2,
    });
    account_id id = club_join(&club, anna);

    EXPECT_INT(3, club_order(&club, id, 1, 300, 0));
    EXPECT_INT(5 + 6, club_order(&club, id, 1, 700, 0));
    EXPECT_INT(-2 - 4, club_order(&club, id, 1, 700, 350)); /* each rule's points rounded down */
    EXPECT_INT(-3 - 5, club_order(&club, id, 1, 700, 700));
    EXPECT_INT(0, carry_of(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_preview_is_for_somebody_without_carry)
{
    struct club club = club_open();
    struct ctx *ctx = &club.world.ctx;
    struct order_earning order = {.order = {1}, .total_minor = 1050};
    int64_t points;
    bool gives;

    EXPECT_OK(earnings_preview(ctx, &order, &points, &gives));
    EXPECT_INT(10, points);
    EXPECT_TRUE(gives);
    order.refunded_minor = 250;
    EXPECT_OK(earnings_preview(ctx, &order, &points, &gives));
    EXPECT_INT(8, points); /* 10 - floor(2.38) */
    order.total_minor = 99;
    EXPECT_OK(earnings_preview(ctx, &order, &points, &gives));
    EXPECT_INT(0, points);
    EXPECT_TRUE(!gives);
    order = (struct order_earning){.order = {1}, .total_minor = 1050};
    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(ctx, club.program.id));
    EXPECT_OK(earnings_preview(ctx, &order, &points, &gives));
    EXPECT_INT(0, points);
    ctx->merchant = world_add_merchant(&club.world);
    EXPECT_OK(earnings_preview(ctx, &order, &points, &gives));
    EXPECT_INT(0, points);
    EXPECT_TRUE(!gives);
    club_close(&club);
}

/* ---- deliveries at once ---- */

enum { DELIVERIES = 4 };

static void
deliver(struct ctx *ctx, int number, void *arg)
{
    struct club_settling *settling = (struct club_settling *)arg + number;
    enum err err = race_write(ctx, settle, settling);

    if (err != OK) settling->points = -1;
}

TEST(deliveries_of_an_order_at_once_earn_once)
{
    struct club club = club_open();
    account_id id = club_join(&club, anna);
    struct club_settling settlings[DELIVERIES];
    int64_t changed = 0;

    for (int64_t order = 1; order <= 10; order++) {
        for (int i = 0; i < DELIVERIES; i++) {
            settlings[i] = (struct club_settling){
                .account = id,
                .order = {.order = {order}, .total_minor = 1000, .refunded_minor = 300}};
        }
        race_run(&club.world, DELIVERIES, deliver, settlings);
        for (int i = 0; i < DELIVERIES; i++) {
            EXPECT_INT(10, settlings[i].points);
            changed += settlings[i].changed;
        }
    }
    EXPECT_INT(70, changed);
    EXPECT_INT(70, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TESTS(RUN(an_order_earns_once_however_often_it_is_told),
      RUN(an_order_below_the_minimum_earns_nothing_until_it_grows),
      RUN(a_second_payment_earns_the_difference_by_the_first_ones_rules),
      RUN(a_suspended_program_earns_nothing_but_takes_refunds_back),
      RUN(an_order_belongs_to_one_account), RUN(an_order_that_would_earn_absurdly_much_is_refused),
      RUN(partial_refunds_never_drift), RUN(a_refund_takes_the_carry_back_too),
      RUN(buying_and_refunding_again_and_again_earns_nothing),
      RUN(an_order_refunded_before_it_is_claimed_earns_what_remains),
      RUN(a_refund_takes_the_orders_own_lot_first), RUN(what_was_spent_already_is_owed),
      RUN(or_is_dropped_and_never_comes_again),
      RUN(a_total_that_shrinks_counts_as_refunded_and_may_grow_again),
      RUN(tax_that_changes_with_a_second_payment_is_counted_once),
      RUN(a_visits_points_are_taken_back_in_proportion),
      RUN(a_preview_is_for_somebody_without_carry), RUN(deliveries_of_an_order_at_once_earn_once))
