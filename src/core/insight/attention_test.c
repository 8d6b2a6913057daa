/* attention_test — what is told to need attention, and what is not any more. */
#include "base/clock.h"
#include "base/zone.h"
#include "core/insight/insight.h"
#include "core/loyalty/programs_close.h"
#include "core/merchants/merchants.h"
#include "core/team/tablets.h"
#include "support/shop.h"
#include "support/test.h"

/* How many there are of a kind; the first of them in *first. */
static int
count_of(struct shop *s, enum attention_kind kind, struct attention *first)
{
    struct attention *list;
    int count, found = 0;

    *first = (struct attention){0};
    EXPECT_OK(insight_list_attention(&s->w.ctx, &list, &count));
    for (int i = 0; i < count; i++) {
        if (i > 0) EXPECT_TRUE(list[i - 1].kind <= list[i].kind);
        if (list[i].kind != kind) continue;
        if (found == 0) *first = list[i];
        found++;
    }
    return found;
}

static struct tablet
add_tablet(struct shop *s, register_id reg)
{
    struct tablet tablet = {.location = s->w.location, .reg = reg, .name = STR("Comptoir")};

    WORLD_TX(&s->w) EXPECT_OK(tablets_add(&s->w.ctx, &tablet));
    return tablet;
}

static void
pair(struct shop *s, const struct tablet *tablet)
{
    struct tablet activated;
    struct credential credential;
    struct str code;

    WORLD_TX(&s->w)
    {
        EXPECT_OK(tablets_make_code(&s->w.ctx, tablet->id, CLOCK_HOUR_US, &code));
        EXPECT_OK(tablets_activate(&s->w.ctx, code, &activated, &credential));
    }
}

TEST(every_kind_has_a_name_of_its_own)
{
    for (int i = 0; i < ATTENTION_KIND_COUNT; i++) {
        for (int j = 0; j < i; j++) {
            EXPECT_TRUE(strcmp(attention_name((enum attention_kind)i),
                               attention_name((enum attention_kind)j)) != 0);
        }
    }
    EXPECT_STR("tablet_silent", attention_name(ATTENTION_TABLET_SILENT));
}

TEST(a_shop_wants_a_program_that_earns_and_offers)
{
    struct shop s = shop_open();
    struct ctx *ctx = &s.w.ctx;
    struct attention first;

    EXPECT_INT(0, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_REWARD, &first));
    WORLD_TX(&s.w)
    {
        for (int i = 0; i < 2; i++)
            EXPECT_OK(programs_withdraw_tier(ctx, s.program.id, s.program.tiers[i].id));
    }
    EXPECT_INT(1, count_of(&s, ATTENTION_NO_REWARD, &first));
    WORLD_TX(&s.w) EXPECT_OK(programs_suspend(ctx, s.program.id));
    EXPECT_INT(1, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_REWARD, &first));
    shop_close(&s);
}

TEST(a_program_that_closes_or_is_over_does_not_earn)
{
    struct shop s = shop_open();
    struct ctx *ctx = &s.w.ctx;
    struct attention first;
    struct program program;
    int64_t today = zone_day_at(STR("Europe/Paris"), ctx->now_us);

    WORLD_TX(&s.w) EXPECT_OK(programs_close(ctx, s.program.id, today + 5, &program));
    EXPECT_INT(1, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    WORLD_TX(&s.w) EXPECT_OK(programs_reopen(ctx, s.program.id, &program));
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    WORLD_TX(&s.w)
    {
        const struct program_change ends = {PROGRAM_END, {.ends_on = today}};
        EXPECT_OK(programs_change(ctx, s.program.id, &ends, &program));
    }
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    world_advance(&s.w, CLOCK_DAY_US);
    EXPECT_INT(1, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    shop_close(&s);
}

TEST(cashback_needs_no_reward)
{
    struct shop s = shop_open();
    struct program cashback = {.name = STR("Cagnotte"), .type = PROGRAM_CASHBACK, .active = true};
    struct attention first;

    WORLD_TX(&s.w)
    {
        EXPECT_OK(programs_suspend(&s.w.ctx, s.program.id));
        EXPECT_OK(programs_add(&s.w.ctx, &cashback));
    }
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_REWARD, &first));
    shop_close(&s);
}

TEST(tablets_want_a_pin_and_a_device)
{
    struct shop s = shop_open();
    struct merchant_change pin = {.tablet_pin_hash = STR("hashed")};
    struct attention first;
    struct merchant merchant;

    EXPECT_INT(0, count_of(&s, ATTENTION_NO_TABLET_PIN, &first));
    struct tablet tablet = add_tablet(&s, (register_id){0});
    EXPECT_INT(1, count_of(&s, ATTENTION_NO_TABLET_PIN, &first));
    EXPECT_INT(1, count_of(&s, ATTENTION_TABLET_UNPAIRED, &first));
    EXPECT_INT(tablet.id.v, first.id);
    EXPECT_STR("Comptoir", first.name);
    pair(&s, &tablet);
    WORLD_TX(&s.w) EXPECT_OK(merchants_change(&s.w.ctx, &pin, &merchant));
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_TABLET_PIN, &first));
    EXPECT_INT(0, count_of(&s, ATTENTION_TABLET_UNPAIRED, &first));
    shop_close(&s);
}

TEST(a_tablet_is_silent_when_orders_came_and_it_did_not)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 500));
    struct tablet tablet = add_tablet(&s, order.reg);
    struct attention first;
    int64_t seen_us = s.w.ctx.now_us;

    pair(&s, &tablet);
    WORLD_TX(&s.w) EXPECT_OK(tablets_note_seen(&s.w.ctx, tablet.id, seen_us));
    world_advance(&s.w, 12 * CLOCK_HOUR_US); /* a night is no silence */
    EXPECT_INT(0, count_of(&s, ATTENTION_TABLET_SILENT, &first));
    shop_tell(&s, &s.feed, shop_sale(&s, "2", 500));
    EXPECT_INT(1, count_of(&s, ATTENTION_TABLET_SILENT, &first));
    EXPECT_INT(tablet.id.v, first.id);
    EXPECT_INT(seen_us, first.since_us);
    WORLD_TX(&s.w) EXPECT_OK(tablets_note_seen(&s.w.ctx, tablet.id, s.w.ctx.now_us));
    EXPECT_INT(0, count_of(&s, ATTENTION_TABLET_SILENT, &first));
    shop_close(&s);
}

TEST(a_register_whose_orders_nobody_sees_is_told_while_it_is_used)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 500));
    struct attention first;

    EXPECT_INT(1, count_of(&s, ATTENTION_REGISTER_WITHOUT_TABLET, &first));
    EXPECT_INT(order.reg.v, first.id);
    EXPECT_STR("caisse-1", first.name);
    world_advance(&s.w, 31 * CLOCK_DAY_US);
    EXPECT_INT(0, count_of(&s, ATTENTION_REGISTER_WITHOUT_TABLET, &first));
    shop_tell(&s, &s.feed, shop_sale(&s, "2", 500));
    EXPECT_INT(1, count_of(&s, ATTENTION_REGISTER_WITHOUT_TABLET, &first));
    add_tablet(&s, order.reg);
    EXPECT_INT(0, count_of(&s, ATTENTION_REGISTER_WITHOUT_TABLET, &first));
    shop_close(&s);
}

TEST(an_establishment_of_no_location_is_told_with_its_orders)
{
    struct shop s = shop_open();
    struct pos_message sale = shop_sale(&s, "1", 500);
    struct attention first;

    sale.establishment = STR("gare");
    EXPECT_INT(0, count_of(&s, ATTENTION_ESTABLISHMENT_UNLINKED, &first));
    shop_tell(&s, &s.feed, sale);
    sale.vendor_order = STR("2");
    shop_tell(&s, &s.feed, sale);
    EXPECT_INT(1, count_of(&s, ATTENTION_ESTABLISHMENT_UNLINKED, &first));
    EXPECT_STR("gare", first.name);
    EXPECT_INT(2, first.count);
    WORLD_TX(&s.w)
    {
        EXPECT_OK(integrations_associate(&s.w.ctx, s.feed.id, STR("gare"), s.w.location));
    }
    EXPECT_INT(0, count_of(&s, ATTENTION_ESTABLISHMENT_UNLINKED, &first));
    shop_close(&s);
}

TEST(orders_that_nobody_claimed_are_told_for_a_week)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 500));
    struct attention first;
    int expired;

    shop_tell(&s, &s.feed, shop_sale(&s, "2", 500));
    EXPECT_INT(0, count_of(&s, ATTENTION_ORDERS_EXPIRED, &first));
    world_advance(&s.w, 2 * CLOCK_DAY_US);
    WORLD_TX(&s.w) EXPECT_OK(orders_expire_claims(&s.w.ctx, 100, &expired));
    EXPECT_INT(1, count_of(&s, ATTENTION_ORDERS_EXPIRED, &first));
    EXPECT_INT(2, first.count);
    EXPECT_INT(order.closed_us, first.since_us);
    world_advance(&s.w, 6 * CLOCK_DAY_US);
    EXPECT_INT(0, count_of(&s, ATTENTION_ORDERS_EXPIRED, &first));
    shop_close(&s);
}

TEST(a_shop_wants_a_first_customer)
{
    struct shop s = shop_open();
    struct attention first;

    EXPECT_INT(1, count_of(&s, ATTENTION_NO_CUSTOMER, &first));
    shop_account(&s, "+33612345678");
    EXPECT_INT(0, count_of(&s, ATTENTION_NO_CUSTOMER, &first));
    s.w.ctx.merchant = world_add_merchant(&s.w);
    EXPECT_INT(1, count_of(&s, ATTENTION_NO_CUSTOMER, &first));
    EXPECT_INT(1, count_of(&s, ATTENTION_NO_PROGRAM, &first));
    shop_close(&s);
}

TESTS(RUN(every_kind_has_a_name_of_its_own), RUN(a_shop_wants_a_program_that_earns_and_offers),
      RUN(a_program_that_closes_or_is_over_does_not_earn), RUN(cashback_needs_no_reward),
      RUN(tablets_want_a_pin_and_a_device), RUN(a_tablet_is_silent_when_orders_came_and_it_did_not),
      RUN(a_register_whose_orders_nobody_sees_is_told_while_it_is_used),
      RUN(an_establishment_of_no_location_is_told_with_its_orders),
      RUN(orders_that_nobody_claimed_are_told_for_a_week), RUN(a_shop_wants_a_first_customer))
