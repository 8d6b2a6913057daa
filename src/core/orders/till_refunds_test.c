/* till_refunds_test — sales of our till given back, and orders that programs make. */
#include "core/orders/api_orders.h"
#include "core/orders/sheets.h"
#include "support/counter.h"
#include "support/race.h"
#include "support/test.h"

struct refunding {
    struct sale_refund refund;
    struct order order;
    enum err result;
};

static enum err
run_refund(struct ctx *ctx, void *arg)
{
    struct refunding *refunding = arg;

    return tills_refund(ctx, &refunding->refund, &refunding->order);
}

static enum err
refund(struct counter *c, order_id order, const char *key, int64_t amount_minor)
{
    struct refunding refunding = {{order, str_of(key), amount_minor}, {{0}}, OK};

    return world_write(&c->shop.w, run_refund, &refunding);
}

static int64_t
refunded(struct counter *c, order_id order)
{
    return shop_find(&c->shop, order).refunded_minor;
}

/* ---- refunds ---- */

TEST(a_sale_is_given_back_in_parts_up_to_all_of_it)
{
    struct counter c = counter_open();
    struct selling selling = counter_sale(&c, "k");
    struct order order = counter_sell(&c, &selling);

    EXPECT_OK(refund(&c, order.id, "r1", 500));
    EXPECT_OK(refund(&c, order.id, "r1", 500)); /* told again */
    EXPECT_INT(500, refunded(&c, order.id));
    EXPECT_ERR(ERR_FIELD_RANGE, refund(&c, order.id, "r2", 451));
    EXPECT_OK(refund(&c, order.id, "r2", 450));
    EXPECT_INT(100, shop_balance(&c.shop, c.anna.id)); /* all its points are back */
    counter_close(&c);
}

TEST(a_refunds_key_is_of_one_sale_and_one_amount)
{
    struct counter c = counter_open();
    struct selling first = counter_sale(&c, "k1"), second = counter_sale(&c, "k2");
    struct order order = counter_sell(&c, &first), other = counter_sell(&c, &second);

    EXPECT_OK(refund(&c, order.id, "r", 500));
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refund(&c, other.id, "r", 500));
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refund(&c, other.id, "r", 0));
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refund(&c, order.id, "r", 600));
    EXPECT_INT(500, refunded(&c, order.id));
    EXPECT_INT(0, refunded(&c, other.id));
    counter_close(&c);
}

TEST(without_an_amount_a_sale_is_void)
{
    struct counter c = counter_open();
    struct selling selling = counter_sale(&c, "k");
    struct order order = counter_sell(&c, &selling);

    EXPECT_OK(refund(&c, order.id, "r", 0));
    EXPECT_OK(refund(&c, order.id, "r", 0));
    EXPECT_STR("CANCELED", shop_find(&c.shop, order.id).status);
    EXPECT_INT(100, shop_balance(&c.shop, c.anna.id));
    counter_close(&c);
}

TEST(what_a_pos_sold_the_pos_gives_back)
{
    struct counter c = counter_open();
    struct order order = shop_tell(&c.shop, &c.shop.feed, shop_sale(&c.shop, "s", 1000));

    EXPECT_ERR(ERR_ORDER_UNKNOWN, refund(&c, order.id, "r", 100));
    EXPECT_ERR(ERR_ORDER_UNKNOWN, refund(&c, (order_id){5}, "r", 100));
    counter_close(&c);
}

/* ---- a refund and a use at once ---- */

struct rivals {
    struct refunding refunding;
    struct selling selling;
};

static void
tap(struct ctx *ctx, int number, void *arg)
{
    struct rivals *rivals = arg;

    if (number == 0) {
        rivals->refunding.result = race_write(ctx, run_refund, &rivals->refunding);
    } else {
        rivals->selling.result = race_write(ctx, counter_run_sell, &rivals->selling);
    }
}

/* The reward was used on an order that is undone while another sale wants it: either the sale came
 * too early, or it has the reward now; never both, never neither. */
TEST(a_reward_that_is_wanted_while_its_order_is_undone_is_used_once_or_free)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});

    for (int round = 0; round < 5; round++) {
        struct str key = str_format(c.shop.w.ctx.arena, "first-%d", round);
        struct str next = str_format(c.shop.w.ctx.arena, "second-%d", round);
        struct selling first = counter_sale(&c, key.at);
        struct rivals rivals = {.selling = counter_sale(&c, next.at)};

        first.sale.rewards = rivals.selling.sale.rewards = &reward.id.v;
        first.sale.reward_count = rivals.selling.sale.reward_count = 1;
        rivals.refunding.refund = (struct sale_refund){counter_sell(&c, &first).id, key, 0};
        race_run(&c.shop.w, 2, tap, &rivals);

        EXPECT_OK(rivals.refunding.result);
        struct reward now = counter_find(&c, reward.id.v);
        if (rivals.selling.result == OK) {
            EXPECT_INT(REWARD_REDEEMED, now.status);
            EXPECT_INT(rivals.selling.sold.order.id.v, now.used_order.v);
            EXPECT_OK(refund(&c, now.used_order, next.at, 0));
        } else {
            EXPECT_ERR(ERR_REWARD_USED, rivals.selling.result);
            EXPECT_INT(REWARD_ISSUED, now.status);
        }
    }
    counter_close(&c);
}

/* ---- orders of programs ---- */

struct drafting {
    struct order_draft draft;
    struct order order;
};

static enum err
run_draft(struct ctx *ctx, void *arg)
{
    struct drafting *drafting = arg;

    return api_orders_open(ctx, &drafting->draft, &drafting->order);
}

static enum err
run_pay(struct ctx *ctx, void *arg)
{
    struct order *order = arg;

    return api_orders_pay(ctx, order->id, order);
}

static struct order
draft(struct counter *c, const char *reference, int64_t discount_minor)
{
    struct drafting drafting = {.draft = {.reference = str_of(reference),
                                          .lines = c->lines,
                                          .line_count = 2,
                                          .discount_minor = discount_minor}};

    EXPECT_OK(world_write(&c->shop.w, run_draft, &drafting));
    return drafting.order;
}

TEST(an_open_order_earns_nothing_until_it_is_paid)
{
    struct counter c = counter_open();
    struct order order = draft(&c, "table/7", 150);

    EXPECT_STR("OPEN", order.status);
    EXPECT_INT(800, order.total_minor);
    EXPECT_INT(CLAIM_NONE, order.claim);
    EXPECT_STR("table/7", api_orders_reference(order.vendor_order));
    EXPECT_OK(world_write(&c.shop.w, run_pay, &order));
    EXPECT_STR("COMPLETED", order.status);
    EXPECT_INT(CLAIM_WAITING, order.claim);
    EXPECT_INT(8, order.points);
    EXPECT_OK(world_write(&c.shop.w, run_pay, &order)); /* once is enough */
    EXPECT_STR("COMPLETED", order.status);
    counter_close(&c);
}

TEST(the_same_reference_may_name_two_orders)
{
    struct counter c = counter_open();

    EXPECT_TRUE(draft(&c, "table-7", 0).id.v != draft(&c, "table-7", 0).id.v);
    EXPECT_STR("", api_orders_reference(draft(&c, "", 0).vendor_order));
    counter_close(&c);
}

TEST(only_what_a_program_opened_is_paid_so)
{
    struct counter c = counter_open();
    struct order of_pos = shop_tell(&c.shop, &c.shop.feed, shop_sale(&c.shop, "s", 1000));
    struct order absent = {.id = {5}}, canceled = draft(&c, "", 0);
    struct integration api;

    EXPECT_ERR(ERR_ORDER_UNKNOWN, world_write(&c.shop.w, run_pay, &of_pos));
    EXPECT_ERR(ERR_ORDER_UNKNOWN, world_write(&c.shop.w, run_pay, &absent));
    EXPECT_OK(integrations_find(&c.shop.w.ctx, canceled.integration, &api));
    shop_tell(
        &c.shop, &api,
        shop_cancel(&c.shop,
                    str_format(c.shop.w.ctx.arena, "%.*s", STR_ARG(canceled.vendor_order)).at));
    EXPECT_ERR(ERR_ORDER_CANCELED, world_write(&c.shop.w, run_pay, &canceled));
    counter_close(&c);
}

TESTS(RUN(a_sale_is_given_back_in_parts_up_to_all_of_it),
      RUN(a_refunds_key_is_of_one_sale_and_one_amount), RUN(without_an_amount_a_sale_is_void),
      RUN(what_a_pos_sold_the_pos_gives_back),
      RUN(a_reward_that_is_wanted_while_its_order_is_undone_is_used_once_or_free),
      RUN(an_open_order_earns_nothing_until_it_is_paid),
      RUN(the_same_reference_may_name_two_orders), RUN(only_what_a_program_opened_is_paid_so))
