/* move_credit_test — a credit that was given to the wrong customer. */
#include "core/customers/customers.h"
#include "core/ledger/audit.h"
#include "core/loyalty/audit.h"
#include "core/loyalty/rewards.h"
#include "core/merchants/merchants.h"
#include "core/team/places.h"
#include "support/shop.h"
#include "support/staff.h"
#include "support/test.h"
#include <stdio.h>

struct two {
    struct shop s;
    struct loyalty_account wrong, right;
    struct order order; /* of 15 points, the wrong one's */
};

static struct two
two_open(void)
{
    struct two two = {.s = shop_open()};
    struct settled settled;

    two.wrong = shop_account(&two.s, "+33612345601");
    two.right = shop_account(&two.s, "+33612345602");
    two.order = shop_tell(&two.s, &two.s.feed, shop_sale(&two.s, "s1", 1550));
    WORLD_TX(&two.s.w)
    EXPECT_OK(orders_accumulate(&two.s.w.ctx, two.order.id, two.wrong.id, &settled));
    return two;
}

static void
print(void *self, const char *sentence)
{
    (void)self;
    printf("    %s\n", sentence);
}

static void
two_close(struct two *two)
{
    struct ledger_audit ledger = {0};
    struct loyalty_audit loyalty = {0};

    EXPECT_OK(ledger_audit(&two->s.w.ctx, print, NULL, &ledger));
    EXPECT_OK(loyalty_audit(&two->s.w.ctx, print, NULL, &loyalty));
    EXPECT_INT(0, ledger.differences);
    EXPECT_INT(0, loyalty.differences);
    shop_close(&two->s);
}

static void
move(struct two *two)
{
    WORLD_TX(&two->s.w)
    EXPECT_OK(orders_move_credit(&two->s.w.ctx, two->order.id, two->right.customer));
}

TEST(all_that_it_gave_goes_from_one_to_the_other_once)
{
    struct two two = two_open();
    struct loyalty_account account;

    move(&two);
    move(&two);
    EXPECT_OK(accounts_find(&two.s.w.ctx, two.wrong.id, &account));
    EXPECT_INT(0, account.balance);
    EXPECT_INT(0, account.carry);
    EXPECT_OK(accounts_find(&two.s.w.ctx, two.right.id, &account));
    EXPECT_INT(15, account.balance);
    EXPECT_INT(50, account.carry);
    EXPECT_INT(two.right.id.v, shop_find(&two.s, two.order.id).account.v);
    two_close(&two);
}

static enum err
send_elsewhere(struct ctx *ctx, void *arg)
{
    struct location station = {.name = STR("Gare")};

    TRY(locations_add(ctx, &station));
    return places_change(ctx, *(const team_member_id *)arg, &station.id, 1);
}

static enum err
run_move(struct ctx *ctx, void *arg)
{
    const struct two *two = arg;

    return orders_move_credit(ctx, two->order.id, two->right.customer);
}

TEST(who_works_elsewhere_moves_nothing)
{
    struct two two = two_open();
    struct team_member ines = staff_add(&two.s.w, "ines", "manager");

    EXPECT_OK(world_write(&two.s.w, send_elsewhere, &ines.id));
    staff_be(&two.s.w, &ines);
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, world_write(&two.s.w, run_move, &two));
    staff_be_system(&two.s.w);
    EXPECT_OK(world_write(&two.s.w, run_move, &two));
    two_close(&two);
}

TEST(a_refund_is_the_new_owners)
{
    struct two two = two_open();

    shop_tell(&two.s, &two.s.feed, shop_refund(&two.s, "r1", "s1", 500));
    move(&two);
    shop_tell(&two.s, &two.s.feed, shop_refund(&two.s, "r2", "s1", 1050));
    EXPECT_INT(0, shop_balance(&two.s, two.wrong.id));
    EXPECT_INT(0, shop_balance(&two.s, two.right.id));
    two_close(&two);
}

TEST(what_was_spent_is_owed)
{
    struct two two = two_open();
    const struct reward_order order = {.account = two.wrong.id, .tier = two.s.program.tiers[0].id};
    struct reward reward;

    WORLD_TX(&two.s.w) EXPECT_OK(rewards_take(&two.s.w.ctx, &order, &reward));
    move(&two);
    EXPECT_INT(-10, shop_balance(&two.s, two.wrong.id));
    EXPECT_INT(15, shop_balance(&two.s, two.right.id));
    two_close(&two);
}

TEST(both_see_why)
{
    struct two two = two_open();
    struct loyalty_event *events;
    int count;

    move(&two);
    const struct event_query wrong = {.account = two.wrong.id, .limit = 1};
    EXPECT_OK(accounts_search_events(&two.s.w.ctx, &wrong, &events, &count));
    EXPECT_STR("handed over", events[0].reason);
    EXPECT_INT(-15, events[0].points);
    const struct event_query right = {.account = two.right.id, .limit = 1};
    EXPECT_OK(accounts_search_events(&two.s.w.ctx, &right, &events, &count));
    EXPECT_STR("handed on", events[0].reason);
    EXPECT_INT(15, events[0].points);
    EXPECT_INT(two.order.id.v, events[0].order.v);
    two_close(&two);
}

TEST(somebody_new_to_the_program_gets_an_account)
{
    struct two two = two_open();
    struct customer contact = {.given_name = STR("Anne")};
    struct loyalty_account account;

    WORLD_TX(&two.s.w)
    {
        EXPECT_OK(customers_add(&two.s.w.ctx, &contact));
        EXPECT_OK(orders_move_credit(&two.s.w.ctx, two.order.id, contact.id));
    }
    EXPECT_OK(accounts_find_by_customer(&two.s.w.ctx, (program_id){0}, contact.id, &account));
    EXPECT_INT(15, account.balance);
    two_close(&two);
}

TEST(what_nobody_has_cannot_be_moved)
{
    struct two two = two_open();
    struct order waiting = shop_tell(&two.s, &two.s.feed, shop_sale(&two.s, "s2", 900));

    WORLD_TX(&two.s.w)
    {
        EXPECT_ERR(ERR_ORDER_NOT_CREDITED,
                   orders_move_credit(&two.s.w.ctx, waiting.id, two.right.customer));
        EXPECT_ERR(ERR_ORDER_UNKNOWN,
                   orders_move_credit(&two.s.w.ctx, (order_id){4711}, two.right.customer));
        EXPECT_ERR(ERR_CUSTOMER_UNKNOWN,
                   orders_move_credit(&two.s.w.ctx, two.order.id, (customer_id){4711}));
    }
    two_close(&two);
}

TESTS(RUN(who_works_elsewhere_moves_nothing), RUN(all_that_it_gave_goes_from_one_to_the_other_once),
      RUN(a_refund_is_the_new_owners), RUN(what_was_spent_is_owed), RUN(both_see_why),
      RUN(somebody_new_to_the_program_gets_an_account), RUN(what_nobody_has_cannot_be_moved))
