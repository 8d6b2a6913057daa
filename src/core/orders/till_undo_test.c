/* till_undo_test — a sale undone as a mistake by who made it, and whose till days one may see. */
#include "base/clock.h"
#include "core/orders/till_days.h"
#include "core/orders/till_refunds.h"
#include "core/team/places.h"
#include "support/counter.h"
#include "support/staff.h"
#include "support/test.h"

struct undoing {
    struct sale_refund told;
    struct refunded given;
};

static enum err
run_undo(struct ctx *ctx, void *arg)
{
    struct undoing *undoing = arg;

    return till_refunds_undo_own(ctx, &undoing->told, &undoing->given);
}

static enum err
undo(struct counter *c, order_id order)
{
    struct undoing undoing = {
        .told = {.order = order, .key = STR("undo"), .reason = STR("MISTAKE")}};

    return world_write(&c->shop.w, run_undo, &undoing);
}

static enum err
run_refund(struct ctx *ctx, void *arg)
{
    struct undoing *undoing = arg;

    return till_refunds_give(ctx, &undoing->told, &undoing->given);
}

static enum err
refund(struct counter *c, struct sale_refund told)
{
    struct undoing undoing = {.told = told};

    return world_write(&c->shop.w, run_refund, &undoing);
}

/* Camille at the till sells to Anna. */
struct serving {
    struct counter c;
    struct team_member camille;
    struct order order;
};

static struct serving
serving_open(void)
{
    struct serving s = {.c = counter_open()};
    struct selling selling = counter_sale(&s.c, "k");

    s.camille = staff_add(&s.c.shop.w, "camille", "cashier");
    staff_be(&s.c.shop.w, &s.camille);
    s.order = counter_sell(&s.c, &selling);
    return s;
}

static void
serving_close(struct serving *s)
{
    staff_be_system(&s->c.shop.w);
    counter_close(&s->c);
}

/* ---- undoing ---- */

TEST(who_sold_by_mistake_undoes_it_and_it_is_noted_who_and_why)
{
    struct serving s = serving_open();
    struct ctx *ctx = &s.c.shop.w.ctx;
    struct order_return found;
    struct order_sheet sheet;

    EXPECT_INT(109, shop_balance(&s.c.shop, s.c.anna.id));
    EXPECT_INT(s.order.closed_us + 10 * CLOCK_MINUTE_US, till_refunds_own_until(ctx, &s.order));
    ctx->now_us += CLOCK_MINUTE_US;
    EXPECT_OK(undo(&s.c, s.order.id));
    EXPECT_INT(100, shop_balance(&s.c.shop, s.c.anna.id));
    EXPECT_OK(orders_find_sheet(ctx, s.order.id, &sheet));
    EXPECT_STR("CANCELED", sheet.order.status);
    EXPECT_INT(s.camille.id.v, sheet.gone.team_member.v);
    EXPECT_STR("MISTAKE", sheet.gone.reason);
    EXPECT_INT(ctx->now_us, sheet.gone.at_us);
    EXPECT_INT(0, till_refunds_own_until(ctx, &sheet.order));
    EXPECT_OK(orders_find_return(ctx, s.order.id, ctx->now_us, &found));
    EXPECT_TRUE(found.is_void);
    EXPECT_STR("MISTAKE", found.reason);
    serving_close(&s);
}

TEST(what_it_was_paid_with_comes_back)
{
    struct serving s = serving_open();
    struct credit_note note = counter_issue(&s.c, 300);
    struct selling selling = counter_sale(&s.c, "with a note");
    const struct sale_note paid = {.id = note.id};

    selling.sale.notes = &paid;
    selling.sale.note_count = 1;
    struct order order = counter_sell(&s.c, &selling);
    EXPECT_INT(0, counter_balance(&s.c, note.id));
    EXPECT_OK(undo(&s.c, order.id));
    EXPECT_INT(300, counter_balance(&s.c, note.id));
    serving_close(&s);
}

TEST(undone_twice_or_much_later_it_is_undone_once)
{
    struct serving s = serving_open();
    struct ctx *ctx = &s.c.shop.w.ctx;
    struct order_sheet sheet;
    int64_t first_us = ctx->now_us;

    EXPECT_OK(undo(&s.c, s.order.id));
    ctx->now_us += CLOCK_HOUR_US;
    EXPECT_OK(undo(&s.c, s.order.id));
    EXPECT_INT(100, shop_balance(&s.c.shop, s.c.anna.id));
    EXPECT_OK(orders_find_sheet(ctx, s.order.id, &sheet));
    EXPECT_INT(first_us, sheet.gone.at_us);
    serving_close(&s);
}

TEST(what_somebody_else_or_a_program_sold_they_leave_alone)
{
    struct serving s = serving_open();
    struct world *w = &s.c.shop.w;
    struct team_member louis = staff_add(w, "louis", "owner");

    staff_be(w, &louis);
    EXPECT_ERR(ERR_SALE_OF_ANOTHER, undo(&s.c, s.order.id));
    EXPECT_INT(0, till_refunds_own_until(&w->ctx, &s.order));
    staff_be_system(w);
    EXPECT_ERR(ERR_SALE_OF_ANOTHER, undo(&s.c, s.order.id));
    struct selling selling = counter_sale(&s.c, "of a program");
    struct order order = counter_sell(&s.c, &selling);
    EXPECT_ERR(ERR_SALE_OF_ANOTHER, undo(&s.c, order.id));
    EXPECT_ERR(ERR_ORDER_UNKNOWN, undo(&s.c, (order_id){5}));
    EXPECT_STR("COMPLETED", shop_find(&s.c.shop, s.order.id).status);
    serving_close(&s);
}

TEST(after_ten_minutes_a_sale_is_past)
{
    struct serving s = serving_open();
    struct ctx *ctx = &s.c.shop.w.ctx;

    ctx->now_us = s.order.closed_us + 10 * CLOCK_MINUTE_US;
    EXPECT_ERR(ERR_SALE_PAST, undo(&s.c, s.order.id));
    EXPECT_INT(0, till_refunds_own_until(ctx, &s.order));
    ctx->now_us -= 1;
    EXPECT_OK(undo(&s.c, s.order.id));
    serving_close(&s);
}

TEST(a_sale_of_which_some_went_back_is_no_mistake_any_more)
{
    struct serving s = serving_open();
    struct ctx *ctx = &s.c.shop.w.ctx;
    const struct sale_refund some = {
        .order = s.order.id, .key = STR("r"), .amount_minor = 200, .reason = STR("DEFECTIVE")};
    struct order_return found;

    EXPECT_OK(refund(&s.c, some));
    EXPECT_ERR(ERR_SALE_REFUNDED, undo(&s.c, s.order.id));
    EXPECT_OK(orders_find_return(ctx, s.order.id, ctx->now_us, &found));
    EXPECT_TRUE(!found.is_void);
    EXPECT_STR("DEFECTIVE", found.reason);
    EXPECT_OK(orders_find_return(ctx, s.order.id, ctx->now_us + 1, &found));
    EXPECT_STR("", found.reason);
    serving_close(&s);
}

TEST(who_voids_a_past_sale_is_noted_as_well)
{
    struct serving s = serving_open();
    struct world *w = &s.c.shop.w;
    struct team_member louis = staff_add(w, "louis", "owner");
    struct order_sheet sheet;

    w->ctx.now_us += CLOCK_DAY_US;
    staff_be(w, &louis);
    EXPECT_OK(refund(
        &s.c, (struct sale_refund){.order = s.order.id, .key = STR("v"), .reason = STR("OTHER")}));
    EXPECT_OK(orders_find_sheet(&w->ctx, s.order.id, &sheet));
    EXPECT_INT(louis.id.v, sheet.gone.team_member.v);
    EXPECT_STR("OTHER", sheet.gone.reason);
    serving_close(&s);
}

/* ---- where one works ---- */

static struct location
add_place(struct world *w)
{
    struct location location = {.name = STR("Marché"),
                                .currency = STR("EUR"),
                                .country = STR("FR"),
                                .language = STR("fr"),
                                .time_zone = STR("Europe/Paris")};

    WORLD_TX(w) EXPECT_OK(locations_add(&w->ctx, &location));
    return location;
}

struct closing_day {
    location_id location;
    struct till_day day;
};

static enum err
run_close(struct ctx *ctx, void *arg)
{
    struct closing_day *closing = arg;

    return till_days_close(ctx, closing->location, &closing->day);
}

TEST(who_works_at_one_place_undoes_and_sees_its_days_and_no_others)
{
    struct serving s = serving_open();
    struct world *w = &s.c.shop.w;
    struct location market = add_place(w), chosen;
    struct closing_day closing = {.location = w->location};

    staff_be_system(w);
    WORLD_TX(w) EXPECT_OK(places_change(&w->ctx, s.camille.id, &market.id, 1));
    staff_be(w, &s.camille);
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, undo(&s.c, s.order.id));
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, till_days_choose(&w->ctx, w->location, &chosen));
    EXPECT_ERR(ERR_LOCATION_UNKNOWN, till_days_choose(&w->ctx, (location_id){5}, &chosen));
    EXPECT_ERR(ERR_LOCATION_FORBIDDEN, world_write(w, run_close, &closing));
    EXPECT_OK(till_days_choose(&w->ctx, (location_id){0}, &chosen));
    EXPECT_INT(market.id.v, chosen.id.v);
    closing.location = market.id;
    EXPECT_OK(world_write(w, run_close, &closing));
    EXPECT_INT(s.camille.id.v, closing.day.closed_by.v);
    serving_close(&s);
}

TESTS(RUN(who_sold_by_mistake_undoes_it_and_it_is_noted_who_and_why),
      RUN(what_it_was_paid_with_comes_back), RUN(undone_twice_or_much_later_it_is_undone_once),
      RUN(what_somebody_else_or_a_program_sold_they_leave_alone),
      RUN(after_ten_minutes_a_sale_is_past),
      RUN(a_sale_of_which_some_went_back_is_no_mistake_any_more),
      RUN(who_voids_a_past_sale_is_noted_as_well),
      RUN(who_works_at_one_place_undoes_and_sees_its_days_and_no_others))
