/* till_refunds_test — sales of our till given back, and orders that programs make. */
#include "core/orders/api_orders.h"
#include "core/orders/till_refunds.h"
#include "support/counter.h"
#include "support/race.h"
#include "support/test.h"

struct refunding {
    struct sale_refund refund;
    struct refunded given;
    enum err result;
};

static enum err
run_refund(struct ctx *ctx, void *arg)
{
    struct refunding *refunding = arg;

    return till_refunds_give(ctx, &refunding->refund, &refunding->given);
}

static enum err
refund(struct counter *c, order_id order, const char *key, int64_t amount_minor)
{
    struct refunding refunding = {
        .refund = {.order = order, .key = str_of(key), .amount_minor = amount_minor}};

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

/* ---- refunds of lines ---- */

static enum err
refund_as(struct counter *c, struct sale_refund told, struct refunded *given)
{
    struct refunding refunding = {.refund = told};
    enum err err = world_write(&c->shop.w, run_refund, &refunding);

    if (given) *given = refunding.given;
    return err;
}

static enum err
give_line(struct counter *c, order_id order, const char *key, struct sale_return line)
{
    const struct sale_refund told = {
        .order = order, .key = str_of(key), .returns = &line, .return_count = 1};

    return refund_as(c, told, NULL);
}

TEST(a_line_is_given_back_by_its_quantity_up_to_all_of_it)
{
    struct counter c = counter_open();
    struct selling selling = counter_sale(&c, "k");
    order_id order = counter_sell(&c, &selling).id;

    EXPECT_OK(give_line(&c, order, "r1", (struct sale_return){0, STR("1")}));
    EXPECT_OK(give_line(&c, order, "r1", (struct sale_return){0, STR("1")})); /* told again */
    EXPECT_INT(250, refunded(&c, order));
    EXPECT_ERR(ERR_FIELD_RANGE, give_line(&c, order, "r2", (struct sale_return){0, STR("1.5")}));
    EXPECT_OK(give_line(&c, order, "r2", (struct sale_return){0, STR("1")}));
    EXPECT_ERR(ERR_FIELD_RANGE, give_line(&c, order, "r3", (struct sale_return){0, STR("0.001")}));
    EXPECT_INT(500, refunded(&c, order));
    EXPECT_OK(refund(&c, order, "r4", 450)); /* all that is left */
    EXPECT_ERR(ERR_FIELD_RANGE, give_line(&c, order, "r5", (struct sale_return){1, STR("1")}));
    EXPECT_INT(100, shop_balance(&c.shop, c.anna.id));
    counter_close(&c);
}

TEST(what_is_no_line_or_no_quantity_gives_nothing_back)
{
    struct counter c = counter_open();
    struct selling selling = counter_sale(&c, "k");
    order_id order = counter_sell(&c, &selling).id;
    const struct sale_return twice[] = {{0, STR("1")}, {0, STR("1")}};
    const struct sale_refund told = {
        .order = order, .key = STR("r"), .returns = twice, .return_count = 2};

    EXPECT_ERR(ERR_FIELD_VALUE, refund_as(&c, told, NULL));
    EXPECT_ERR(ERR_FIELD_VALUE, give_line(&c, order, "r", (struct sale_return){2, STR("1")}));
    EXPECT_ERR(ERR_FIELD_VALUE, give_line(&c, order, "r", (struct sale_return){-1, STR("1")}));
    EXPECT_ERR(ERR_FIELD_VALUE, give_line(&c, order, "r", (struct sale_return){0, STR("0")}));
    EXPECT_ERR(ERR_FIELD_VALUE, give_line(&c, order, "r", (struct sale_return){0, STR("-1")}));
    EXPECT_ERR(ERR_FIELD_VALUE, give_line(&c, order, "r", (struct sale_return){0, STR("un")}));
    EXPECT_INT(0, refunded(&c, order));
    counter_close(&c);
}

/* 2.00 was typed off 9.50; three cakes cost 4.50, a third of which is no whole cent less that. */
TEST(whatever_was_taken_off_the_parts_of_all_lines_are_what_was_paid)
{
    struct counter c = counter_open();
    struct sale_line lines[] = {
        c.lines[0],
        {.name = STR("Tarte"),
         .quantity = STR("3"),
         .kind = SALE_PRICE_OF_LINE,
         .amount_minor = 450},
        {.name = STR("Remise"),
         .quantity = STR("1"),
         .kind = SALE_PRICE_OF_ONE,
         .amount_minor = -200},
    };
    struct selling selling = counter_sale(&c, "k");
    struct refund_quote quote;

    selling.sale.lines = lines;
    selling.sale.line_count = 3;
    order_id order = counter_sell(&c, &selling).id;
    const struct sale_return cake = {1, STR("1")};
    const struct sale_refund told = {.order = order, .returns = &cake, .return_count = 1};

    EXPECT_OK(till_refunds_quote(&c.shop.w.ctx, &told, &quote));
    EXPECT_INT(118, quote.amount_minor); /* of 1.50 */
    EXPECT_INT(632, quote.left_minor);
    EXPECT_ERR(ERR_FIELD_RANGE, give_line(&c, order, "r", (struct sale_return){2, STR("1")}));
    EXPECT_OK(give_line(&c, order, "r1", cake));
    EXPECT_OK(give_line(&c, order, "r2", cake));
    EXPECT_OK(give_line(&c, order, "r3", cake));
    EXPECT_OK(give_line(&c, order, "r4", (struct sale_return){0, STR("2")}));
    EXPECT_INT(750, refunded(&c, order));
    counter_close(&c);
}

TEST(all_that_is_left_names_the_rest_of_every_line)
{
    struct counter c = counter_open();
    struct selling selling = counter_sale(&c, "k");
    order_id order = counter_sell(&c, &selling).id;
    struct pos_refund_line *lines;
    int count;

    EXPECT_OK(give_line(&c, order, "r1", (struct sale_return){0, STR("1")}));
    EXPECT_OK(refund(&c, order, "r2", 700));
    EXPECT_OK(orders_list_returned(&c.shop.w.ctx, order, &lines, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(500, lines[0].amount_minor);
    EXPECT_INT(2000000, lines[0].units);
    EXPECT_INT(450, lines[1].amount_minor);
    counter_close(&c);
}

TEST(a_refund_as_a_credit_note_is_made_once_and_says_what_it_took)
{
    struct counter c = counter_open();
    struct selling selling = counter_sale(&c, "k");
    order_id order = counter_sell(&c, &selling).id;
    struct sale_refund told = {.order = order,
                               .key = STR("r"),
                               .amount_minor = 500,
                               .reason = STR("MISTAKE"),
                               .to_credit_note = true};
    struct refunded given, again;

    EXPECT_OK(refund_as(&c, told, &given));
    EXPECT_OK(refund_as(&c, told, &again));
    EXPECT_INT(given.note.id.v, again.note.id.v);
    EXPECT_INT(500, counter_balance(&c, given.note.id));
    EXPECT_INT(c.anna.customer.v, given.note.customer.v);
    EXPECT_INT(order.v, given.note.order.v);
    EXPECT_STR("MISTAKE", again.refund.reason);
    EXPECT_INT(1, given.moved_count);
    EXPECT_INT(-4, given.moved[0].points); /* of the 9 that the sale gave */
    EXPECT_INT(105, given.moved[0].balance);
    EXPECT_INT(0, again.moved_count);
    EXPECT_INT(500, refunded(&c, order));
    counter_close(&c);
}

TEST(a_refunds_key_is_that_refunds_for_ever)
{
    struct counter c = counter_open();
    struct selling first = counter_sale(&c, "k1"), second = counter_sale(&c, "k2");
    order_id order = counter_sell(&c, &first).id, other = counter_sell(&c, &second).id;
    const struct sale_refund note = {
        .order = order, .key = STR("r"), .amount_minor = 500, .to_credit_note = true};

    EXPECT_OK(refund(&c, order, "r", 500));
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refund(&c, order, "r", 400));
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refund(&c, other, "r", 500));
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refund_as(&c, note, NULL));
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED,
               give_line(&c, order, "r", (struct sale_return){0, STR("2")}));
    EXPECT_INT(500, refunded(&c, order));
    EXPECT_INT(0, refunded(&c, other));
    counter_close(&c);
}

TEST(a_void_sale_is_no_credit_note)
{
    struct counter c = counter_open();
    struct selling selling = counter_sale(&c, "k");
    const struct sale_refund told = {
        .order = counter_sell(&c, &selling).id, .key = STR("r"), .to_credit_note = true};

    EXPECT_ERR(ERR_FIELD_VALUE, refund_as(&c, told, NULL));
    EXPECT_OK(refund(&c, told.order, "v", 0));
    EXPECT_ERR(ERR_FIELD_RANGE, refund(&c, told.order, "r", 1)); /* nothing is left */
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
        rivals.refunding.refund =
            (struct sale_refund){.order = counter_sell(&c, &first).id, .key = key};
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
      RUN(a_line_is_given_back_by_its_quantity_up_to_all_of_it),
      RUN(what_is_no_line_or_no_quantity_gives_nothing_back),
      RUN(whatever_was_taken_off_the_parts_of_all_lines_are_what_was_paid),
      RUN(all_that_is_left_names_the_rest_of_every_line),
      RUN(a_refund_as_a_credit_note_is_made_once_and_says_what_it_took),
      RUN(a_refunds_key_is_that_refunds_for_ever), RUN(a_void_sale_is_no_credit_note),
      RUN(a_reward_that_is_wanted_while_its_order_is_undone_is_used_once_or_free),
      RUN(an_open_order_earns_nothing_until_it_is_paid),
      RUN(the_same_reference_may_name_two_orders), RUN(only_what_a_program_opened_is_paid_so))
