/* claims_test — points given to whoever types their number at the counter. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "core/orders/orders.h"
#include "support/shop.h"
#include "support/test.h"

#define PHONE "+33612345678"

struct claiming {
    struct claim_order order;
    struct claim done;
};

static enum err
claim_in(struct ctx *ctx, void *arg)
{
    struct claiming *claiming = arg;

    return orders_claim(ctx, &claiming->order, &claiming->done);
}

static enum err
claim(struct shop *s, struct claim_order order, struct claim *done)
{
    struct claiming claiming = {.order = order};

    enum err err = world_write(&s->w, claim_in, &claiming);
    *done = claiming.done;
    return err;
}

/* As the tablet of the order's own register asks, with the notice shown. */
static struct claim_order
at_counter(const struct order *order, const char *phone)
{
    return (struct claim_order){
        .order = order->id,
        .reg = order->reg,
        .phone = str_of(phone),
        .notice_version = STR("2026-11"),
        .language = STR("fr"),
    };
}

static struct order
closed(struct shop *s, const char *sale, int64_t total_minor)
{
    return shop_tell(s, &s->feed, shop_sale(s, sale, total_minor));
}

/* ---- claiming ---- */

TEST(a_new_number_gets_an_account_and_the_points)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 1250);
    struct loyalty_account account;
    struct customer customer;
    struct claim done;

    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_TRUE(done.is_new);
    EXPECT_TRUE(done.newcomer.v != 0);
    EXPECT_INT(12, done.points);
    EXPECT_INT(12, done.balance);
    EXPECT_STR("Café", done.available_name);
    EXPECT_INT(10, done.available_points);
    EXPECT_STR("Tarte", done.next_name);
    EXPECT_INT(38, done.next_missing);
    EXPECT_OK(accounts_find(&s.w.ctx, done.account, &account));
    EXPECT_STR(PHONE, account.phone);
    EXPECT_INT(account.customer.v, done.newcomer.v);
    EXPECT_OK(customers_find(&s.w.ctx, account.customer, &customer));
    EXPECT_STR("LOYALTY", customer.source);
    EXPECT_INT(CLAIM_CLAIMED, shop_find(&s, order.id).claim);
    shop_close(&s);
}

TEST(whoever_is_in_the_directory_already_is_no_newcomer)
{
    struct shop s = shop_open();
    struct customer anna = {.given_name = STR("Anna"), .phone = STR(PHONE)};
    struct order order = closed(&s, "1", 1250);
    struct claim done;

    WORLD_TX(&s.w) EXPECT_OK(customers_add(&s.w.ctx, &anna));
    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_TRUE(done.is_new);
    EXPECT_INT(0, done.newcomer.v);
    shop_close(&s);
}

TEST(a_known_number_needs_no_notice)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, PHONE);
    struct order order = closed(&s, "1", 500);
    struct claim_order wish = at_counter(&order, PHONE);
    struct claim done;

    wish.notice_version = STR("");
    EXPECT_OK(claim(&s, wish, &done));
    EXPECT_TRUE(!done.is_new);
    EXPECT_INT(account.id.v, done.account.v);
    EXPECT_INT(5, done.balance);
    EXPECT_STR("", done.available_name);
    EXPECT_INT(5, done.next_missing);
    shop_close(&s);
}

TEST(a_customer_whose_account_has_no_phone_is_found_by_theirs)
{
    struct shop s = shop_open();
    struct customer customer = {.given_name = STR("Anna"), .phone = STR(PHONE)};
    struct loyalty_account account;
    struct order order = closed(&s, "1", 500);
    struct claim done;

    WORLD_TX(&s.w)
    {
        EXPECT_OK(customers_add(&s.w.ctx, &customer));
        EXPECT_OK(
            accounts_create(&s.w.ctx, &(struct account_order){.customer = customer.id}, &account));
    }
    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_INT(account.id.v, done.account.v);
    shop_close(&s);
}

static enum err
use_up(struct ctx *ctx, void *arg)
{
    const struct reward_tier *tier = arg;
    const struct tier_change change = {TIER_STOCK, {.id = tier->id, .has_stock = true}};
    struct reward_tier changed;

    return programs_replace_tier(ctx, &change, &changed);
}

TEST(of_rewards_only_those_are_told_that_can_be_had)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 1250), another = closed(&s, "2", 100);
    struct claim done;

    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_INT(10, done.available_points);
    EXPECT_INT(50, done.next_points);
    EXPECT_OK(world_write(&s.w, use_up, &s.program.tiers[0]));
    EXPECT_OK(claim(&s, at_counter(&another, PHONE), &done));
    EXPECT_INT(0, done.available_points);
    EXPECT_INT(50, done.next_points);
    EXPECT_INT(37, done.next_missing);
    shop_close(&s);
}

TEST(the_tablets_are_told_that_it_is_gone)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 500), *waiting;
    struct claim done;
    struct str body;
    int count;

    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_INT(1, shop_count_events(&s, order.reg, "order_gone", &body));
    EXPECT_TRUE(strstr(str_z(s.w.ctx.arena, body), "\"claimed\"") != NULL);
    EXPECT_OK(orders_list_waiting(&s.w.ctx, order.reg, &waiting, &count));
    EXPECT_INT(0, count);
    shop_close(&s);
}

TEST(after_a_partial_refund_it_gives_what_is_left)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 1000);
    struct claim done;

    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 400));
    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_INT(6, done.points);
    EXPECT_INT(6, done.balance);
    shop_tell(&s, &s.feed, shop_refund(&s, "r2", "1", 600));
    EXPECT_INT(0, shop_balance(&s, done.account));
    shop_close(&s);
}

TEST(a_cancellation_after_the_claim_takes_the_points_back)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 1000);
    struct claim done;

    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    order = shop_tell(&s, &s.feed, shop_cancel(&s, "1"));
    EXPECT_STR("CANCELED", order.status);
    EXPECT_INT(CLAIM_CLAIMED, order.claim);
    EXPECT_INT(0, shop_balance(&s, done.account));
    shop_close(&s);
}

TEST(through_the_api_an_order_is_claimed_for_an_account)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, PHONE);
    struct order order = closed(&s, "1", 500);
    struct claim done;

    EXPECT_OK(claim(&s, (struct claim_order){.order = order.id, .account = account.id}, &done));
    EXPECT_INT(5, shop_balance(&s, account.id));
    shop_close(&s);
}

/* ---- cards ---- */

static struct order
paid_by_card(struct shop *s, const char *payment, const char *order)
{
    struct pos_message message = shop_payment(s, payment, order, 500);

    message.card_fingerprint = STR("sq-1-fp");
    message.card_brand = STR("VISA");
    message.card_last_4 = STR("4242");
    message.external_customer = STR("CUST1");
    return shop_tell(s, &s->square, message);
}

TEST(with_consent_the_card_recognises_them_at_the_next_purchase)
{
    struct shop s = shop_open();
    struct order order = paid_by_card(&s, "P1", "O1");
    struct claim_order wish = at_counter(&order, PHONE);
    struct claim done;
    customer_id known;

    EXPECT_INT(CLAIM_WAITING, order.claim);
    wish.link_card = true;
    EXPECT_OK(claim(&s, wish, &done));
    EXPECT_OK(customer_links_find(&s.w.ctx, s.square.id, STR("CUST1"), &known));
    EXPECT_TRUE(known.v != 0);
    order = paid_by_card(&s, "P2", "O2");
    EXPECT_INT(CLAIM_CLAIMED, order.claim);
    EXPECT_INT(done.account.v, order.account.v);
    EXPECT_INT(10, shop_balance(&s, done.account));
    shop_close(&s);
}

TEST(without_consent_the_card_stays_unknown)
{
    struct shop s = shop_open();
    struct order order = paid_by_card(&s, "P1", "O1");
    struct claim done;

    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_INT(CLAIM_WAITING, paid_by_card(&s, "P2", "O2").claim);
    shop_close(&s);
}

/* ---- what is refused ---- */

TEST(a_new_number_without_the_notice_is_refused_and_leaves_no_trace)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 500);
    struct claim_order wish = at_counter(&order, PHONE);
    struct claim done;
    customer_id id;

    wish.notice_version = STR("");
    EXPECT_ERR(ERR_NOTICE_REQUIRED, claim(&s, wish, &done));
    EXPECT_ERR(ERR_CUSTOMER_UNKNOWN, customers_find_by_phone(&s.w.ctx, STR(PHONE), &id));
    EXPECT_INT(CLAIM_WAITING, shop_find(&s, order.id).claim);
    shop_close(&s);
}

TEST(a_second_claim_is_refused_whoever_asks)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 500);
    struct claim done;

    EXPECT_OK(claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_ERR(ERR_ORDER_ALREADY_CLAIMED, claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_ERR(ERR_ORDER_ALREADY_CLAIMED, claim(&s, at_counter(&order, "+33700000001"), &done));
    shop_close(&s);
}

TEST(another_registers_order_cannot_be_claimed)
{
    struct shop s = shop_open();
    struct pos_message other = shop_sale(&s, "2", 500);
    struct order order = closed(&s, "1", 500);
    struct claim_order wish = at_counter(&order, PHONE);
    struct claim done;

    other.vendor_register = STR("caisse-2");
    wish.reg = shop_tell(&s, &s.feed, other).reg;
    EXPECT_ERR(ERR_ORDER_UNKNOWN, claim(&s, wish, &done));
    wish.reg.v = 0; /* a tablet whose register is not chosen yet */
    s.w.ctx.actor = (struct actor){.kind = ACTOR_TABLET, .id = 5};
    EXPECT_ERR(ERR_ORDER_UNKNOWN, claim(&s, wish, &done));
    shop_close(&s);
}

TEST(another_merchants_order_is_unknown)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 500);
    struct claim done;

    s.w.ctx.merchant = world_add_merchant(&s.w);
    EXPECT_ERR(ERR_ORDER_UNKNOWN, claim(&s, at_counter(&order, PHONE), &done));
    shop_close(&s);
}

TEST(an_order_that_earns_nothing_cannot_be_claimed)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 50);
    struct claim done;

    EXPECT_ERR(ERR_ORDER_EARNS_NOTHING, claim(&s, at_counter(&order, PHONE), &done));
    shop_close(&s);
}

TEST(a_claim_ends_with_its_time_before_the_job_and_after)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 500), *waiting;
    struct claim done;
    struct str body;
    int expired, count;

    WORLD_TX(&s.w) EXPECT_OK(orders_expire_claims(&s.w.ctx, 10, &expired));
    EXPECT_INT(0, expired);
    world_advance(&s.w, CLOCK_DAY_US);
    EXPECT_ERR(ERR_ORDER_CLAIM_EXPIRED, claim(&s, at_counter(&order, PHONE), &done));
    EXPECT_OK(orders_list_waiting(&s.w.ctx, order.reg, &waiting, &count));
    EXPECT_INT(0, count);

    WORLD_TX(&s.w) EXPECT_OK(orders_expire_claims(&s.w.ctx, 10, &expired));
    EXPECT_INT(1, expired);
    EXPECT_INT(CLAIM_EXPIRED, shop_find(&s, order.id).claim);
    EXPECT_INT(1, shop_count_events(&s, order.reg, "order_gone", &body));
    EXPECT_TRUE(strstr(str_z(s.w.ctx.arena, body), "\"expired\"") != NULL);
    EXPECT_ERR(ERR_ORDER_CLAIM_EXPIRED, claim(&s, at_counter(&order, PHONE), &done));
    /* What is told later does not bring it back. */
    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 100));
    EXPECT_INT(CLAIM_EXPIRED, shop_find(&s, order.id).claim);
    shop_close(&s);
}

TEST(joining_by_what_earned_nothing_ends_with_its_time_too)
{
    struct shop s = shop_open();
    struct claim done;

    WORLD_TX(&s.w) EXPECT_OK(programs_suspend(&s.w.ctx, s.program.id));
    struct order order = closed(&s, "1", 2000);
    WORLD_TX(&s.w) EXPECT_OK(programs_resume(&s.w.ctx, s.program.id));
    struct claim_order joining = at_counter(&order, PHONE);
    joining.joins = true;
    world_advance(&s.w, 24 * CLOCK_HOUR_US);
    EXPECT_ERR(ERR_ORDER_CLAIM_EXPIRED, claim(&s, joining, &done));
    shop_close(&s);
}

TEST(the_shop_chooses_how_long_points_wait)
{
    struct shop s = shop_open();

    world_settings(&s.w)->claim_keep_hours = 2;
    EXPECT_INT(s.w.ctx.now_us + 2 * CLOCK_HOUR_US, closed(&s, "1", 500).claim_until_us);
    shop_close(&s);
}

TEST(a_refunded_or_cancelled_order_is_no_longer_waiting)
{
    struct shop s = shop_open();
    struct order order = closed(&s, "1", 500);
    struct claim done;

    shop_tell(&s, &s.feed, shop_cancel(&s, "1"));
    EXPECT_ERR(ERR_ORDER_CLAIM_EXPIRED, claim(&s, at_counter(&order, PHONE), &done));
    shop_close(&s);
}

TESTS(RUN(a_new_number_gets_an_account_and_the_points),
      RUN(whoever_is_in_the_directory_already_is_no_newcomer), RUN(a_known_number_needs_no_notice),
      RUN(a_customer_whose_account_has_no_phone_is_found_by_theirs),
      RUN(of_rewards_only_those_are_told_that_can_be_had),
      RUN(the_tablets_are_told_that_it_is_gone), RUN(after_a_partial_refund_it_gives_what_is_left),
      RUN(a_cancellation_after_the_claim_takes_the_points_back),
      RUN(through_the_api_an_order_is_claimed_for_an_account),
      RUN(with_consent_the_card_recognises_them_at_the_next_purchase),
      RUN(without_consent_the_card_stays_unknown),
      RUN(a_new_number_without_the_notice_is_refused_and_leaves_no_trace),
      RUN(a_second_claim_is_refused_whoever_asks), RUN(another_registers_order_cannot_be_claimed),
      RUN(another_merchants_order_is_unknown), RUN(an_order_that_earns_nothing_cannot_be_claimed),
      RUN(a_claim_ends_with_its_time_before_the_job_and_after),
      RUN(joining_by_what_earned_nothing_ends_with_its_time_too),
      RUN(the_shop_chooses_how_long_points_wait),
      RUN(a_refunded_or_cancelled_order_is_no_longer_waiting))
