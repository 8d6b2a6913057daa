/* till_summary_test — what a day at our till comes to, and who opened and closed it. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/insight/till_summary.h"
#include "core/orders/till_days.h"
#include "core/orders/till_refunds.h"
#include "support/counter.h"
#include "support/test.h"

#define ZONE "Europe/Paris"

/* Moves the clock to a time, which must lie ahead. */
static void
at(struct counter *c, const char *text)
{
    int64_t at_us = 0;

    EXPECT_OK(clock_parse(str_of(text), &at_us));
    world_advance(&c->shop.w, at_us - c->shop.w.ctx.now_us);
}

static struct till_summary
read_day(struct counter *c, const char *text)
{
    struct ctx *ctx = &c->shop.w.ctx;
    struct till_summary summary;
    struct location location;
    int64_t day = 0;

    EXPECT_OK(zone_day_parse(ctx->arena, str_of(text), &day));
    EXPECT_OK(locations_find(ctx, (location_id){0}, &location));
    EXPECT_OK(till_summary_read(ctx, location.id, STR(ZONE), day, &summary));
    return summary;
}

static order_id
sell(struct counter *c, const char *key, customer_id customer)
{
    struct selling selling = counter_sale(c, key);

    selling.sale.customer = customer;
    return counter_sell(c, &selling).id;
}

static enum err
run_refund(struct ctx *ctx, void *arg)
{
    struct refunded given;

    return till_refunds_give(ctx, arg, &given);
}

static void
give_back(struct counter *c, struct sale_refund told)
{
    EXPECT_OK(world_write(&c->shop.w, run_refund, &told));
}

TEST(baskets_are_counted_by_day_and_hour_where_the_shop_is_and_by_who_served)
{
    struct counter c = counter_open();
    const struct actor claire = {.kind = ACTOR_STAFF, .id = 71}, nobody = c.shop.w.ctx.actor;

    at(&c, "2027-03-04T06:59:59Z");
    sell(&c, "1", (customer_id){0});
    c.shop.w.ctx.actor = claire;
    at(&c, "2027-03-04T07:00:00Z"); /* eight in Paris */
    sell(&c, "2", c.anna.customer);
    sell(&c, "3", c.anna.customer);
    c.shop.w.ctx.actor = nobody;
    at(&c, "2027-03-04T23:00:00Z");
    sell(&c, "4", (customer_id){0});
    struct till_summary summary = read_day(&c, "2027-03-04");

    EXPECT_INT(3, summary.sum.baskets);
    EXPECT_INT(2850, summary.sum.total_minor);
    EXPECT_INT(1, summary.hours[7].baskets);
    EXPECT_INT(2, summary.hours[8].baskets);
    EXPECT_INT(1900, summary.hours[8].total_minor);
    EXPECT_INT(2, summary.server_count);
    EXPECT_INT(71, summary.servers[0].id.v);
    EXPECT_INT(1900, summary.servers[0].sum.total_minor);
    EXPECT_INT(2, summary.known);
    EXPECT_INT(1, summary.customers);
    EXPECT_INT(0, summary.newcomers); /* she came the year before */
    EXPECT_INT(19, summary.points);
    EXPECT_INT(1, read_day(&c, "2027-03-05").hours[0].baskets);
    counter_close(&c);
}

TEST(a_day_of_twenty_five_hours_counts_its_last_hour_by_the_clock)
{
    struct counter c = counter_open();

    at(&c, "2027-10-31T00:30:00Z"); /* half past two, for the first time */
    sell(&c, "1", (customer_id){0});
    at(&c, "2027-10-31T01:30:00Z"); /* and again */
    sell(&c, "2", (customer_id){0});
    at(&c, "2027-10-31T22:59:59Z");
    sell(&c, "3", (customer_id){0});
    struct till_summary summary = read_day(&c, "2027-10-31");

    EXPECT_INT(3, summary.sum.baskets);
    EXPECT_INT(2, summary.hours[2].baskets);
    EXPECT_INT(1, summary.hours[23].baskets);
    counter_close(&c);
}

TEST(a_refund_counts_on_its_own_day_and_a_void_sale_on_none)
{
    struct counter c = counter_open();

    at(&c, "2027-03-04T09:00:00Z");
    order_id sold = sell(&c, "1", c.anna.customer), wrong = sell(&c, "2", (customer_id){0});
    give_back(&c, (struct sale_refund){.order = wrong, .key = STR("v")});
    at(&c, "2027-03-05T09:00:00Z");
    give_back(&c, (struct sale_refund){.order = sold, .key = STR("r1"), .amount_minor = 300});
    give_back(&c,
              (struct sale_refund){
                  .order = sold, .key = STR("r2"), .amount_minor = 200, .to_credit_note = true});
    struct till_summary first = read_day(&c, "2027-03-04"), second = read_day(&c, "2027-03-05");

    EXPECT_INT(1, first.sum.baskets);
    EXPECT_INT(950, first.sum.total_minor);
    EXPECT_INT(0, first.refunds);
    EXPECT_INT(1, first.voids.baskets);
    EXPECT_INT(950, first.voids.total_minor);
    EXPECT_INT(0, second.sum.baskets);
    EXPECT_INT(2, second.refunds);
    EXPECT_INT(500, second.refunded_minor);
    EXPECT_INT(200, second.refunded_notes_minor);
    counter_close(&c);
}

TEST(what_is_paid_with_beside_money_is_counted_unless_it_came_back)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct credit_note note = counter_issue(&c, 300);
    const struct sale_note shown = {.id = note.id};
    struct selling selling = counter_sale(&c, "1");

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    selling.sale.notes = &shown;
    selling.sale.note_count = 1;
    at(&c, "2027-03-04T09:00:00Z");
    struct order order = counter_sell(&c, &selling);
    struct till_summary summary = read_day(&c, "2027-03-04");

    EXPECT_INT(550, summary.sum.total_minor);
    EXPECT_INT(1, summary.rewards);
    EXPECT_INT(100, summary.rewards_minor);
    EXPECT_INT(300, summary.notes_minor);
    give_back(&c, (struct sale_refund){.order = order.id, .key = STR("r"), .amount_minor = 550});
    summary = read_day(&c, "2027-03-04");
    EXPECT_INT(0, summary.rewards + summary.notes_minor);
    EXPECT_INT(550, summary.refunded_minor);
    counter_close(&c);
}

TEST(what_a_pos_sold_is_not_of_our_till)
{
    struct counter c = counter_open();

    at(&c, "2027-03-04T09:00:00Z");
    EXPECT_INT(0, read_day(&c, "2027-03-04").sum.baskets); /* nobody opened it yet */
    sell(&c, "1", (customer_id){0});
    shop_tell(&c.shop, &c.shop.feed, shop_sale(&c.shop, "s", 1000));
    EXPECT_INT(1, read_day(&c, "2027-03-04").sum.baskets);
    counter_close(&c);
}

/* ---- opening, closing ---- */

static enum err
run_close(struct ctx *ctx, void *arg)
{
    return till_days_close(ctx, (location_id){0}, arg);
}

static enum err
run_close_elsewhere(struct ctx *ctx, void *arg)
{
    return till_days_close(ctx, (location_id){5}, arg);
}

TEST(a_day_opens_with_its_first_sale_and_may_be_closed_again)
{
    struct counter c = counter_open();
    struct till_day day;

    at(&c, "2027-03-04T06:00:00Z");
    c.shop.w.ctx.actor = (struct actor){.kind = ACTOR_STAFF, .id = 71};
    sell(&c, "1", (customer_id){0});
    at(&c, "2027-03-04T08:00:00Z");
    c.shop.w.ctx.actor.id = 72;
    sell(&c, "2", (customer_id){0});
    EXPECT_OK(world_write(&c.shop.w, run_close, &day));
    EXPECT_INT(71, day.opened_by.v);
    EXPECT_INT(2 * CLOCK_HOUR_US, day.closed_us - day.opened_us);
    at(&c, "2027-03-04T18:00:00Z");
    sell(&c, "3", (customer_id){0}); /* counts all the same */
    EXPECT_OK(world_write(&c.shop.w, run_close, &day));
    EXPECT_INT(12 * CLOCK_HOUR_US, day.closed_us - day.opened_us);
    EXPECT_INT(72, day.closed_by.v);
    EXPECT_INT(3, read_day(&c, "2027-03-04").sum.baskets);
    EXPECT_OK(till_days_find(&c.shop.w.ctx, day.location, day.day + 1, &day));
    EXPECT_INT(0, day.opened_us);
    EXPECT_ERR(ERR_LOCATION_UNKNOWN, world_write(&c.shop.w, run_close_elsewhere, &day));
    counter_close(&c);
}

TESTS(RUN(baskets_are_counted_by_day_and_hour_where_the_shop_is_and_by_who_served),
      RUN(a_day_of_twenty_five_hours_counts_its_last_hour_by_the_clock),
      RUN(a_refund_counts_on_its_own_day_and_a_void_sale_on_none),
      RUN(what_is_paid_with_beside_money_is_counted_unless_it_came_back),
      RUN(what_a_pos_sold_is_not_of_our_till),
      RUN(a_day_opens_with_its_first_sale_and_may_be_closed_again))
