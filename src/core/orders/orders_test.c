/* orders_test — messages become orders; claims are in claims_test.c, and that their sequence does
 * not matter in sequence_test.c. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "core/merchants/merchants.h"
#include "core/orders/orders.h"
#include "support/shop.h"
#include "support/test.h"

#define FULL INT64_C(1000000000000)

/* ---- integrations ---- */

TEST(an_integration_is_found_by_its_id_with_its_merchant_and_secret)
{
    struct shop s = shop_open();
    merchant_id merchant = s.w.ctx.merchant;
    struct integration found;

    s.w.ctx.merchant.v = 0;
    EXPECT_OK(integrations_find(&s.w.ctx, s.feed.id, &found));
    EXPECT_INT(merchant.v, s.w.ctx.merchant.v);
    EXPECT_STR("a secret of the shop", found.secret);
    EXPECT_STR("feed", found.vendor);
    EXPECT_STR("feed", found.link->vendor);
    shop_close(&s);
}

TEST(an_integration_that_is_not_there_or_off_is_refused)
{
    struct shop s = shop_open();
    struct integration off = {.vendor = STR("feed"), .secret = STR("x")}, found;
    struct integration strange = {.vendor = STR("abacus"), .secret = STR("x")};

    WORLD_TX(&s.w)
    {
        EXPECT_OK(integrations_add(&s.w.ctx, &off));
        EXPECT_ERR(ERR_FIELD_VALUE, integrations_add(&s.w.ctx, &strange));
    }
    EXPECT_ERR(ERR_INTEGRATION_INACTIVE, integrations_find(&s.w.ctx, off.id, &found));
    EXPECT_ERR(ERR_INTEGRATION_UNKNOWN, integrations_find(&s.w.ctx, (integration_id){99}, &found));
    shop_close(&s);
}

TEST(a_secret_opens_with_the_servers_own_key_only)
{
    struct shop s = shop_open();
    struct integration found;

    world_settings(&s.w)->server_key[0] ^= 1;
    EXPECT_ERR(ERR_SECRET_UNREADABLE, integrations_find(&s.w.ctx, s.feed.id, &found));
    shop_close(&s);
}

TEST(another_merchants_integration_cannot_be_associated)
{
    struct shop s = shop_open();
    struct location location;

    s.w.ctx.merchant = world_add_merchant(&s.w);
    merchant_id other = s.w.ctx.merchant;
    WORLD_TX(&s.w)
    {
        EXPECT_ERR(ERR_INTEGRATION_UNKNOWN,
                   integrations_associate(&s.w.ctx, s.feed.id, STR("x"), s.w.location));
    }
    EXPECT_INT(other.v, s.w.ctx.merchant.v);
    EXPECT_ERR(ERR_LOCATION_UNKNOWN, locations_find(&s.w.ctx, s.w.location, &location));
    shop_close(&s);
}

/* ---- the feed: orders wait on the tablet of their register ---- */

TEST(a_closed_order_waits_on_its_register)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "98211", 1250));
    struct shop_register reg;
    struct order *waiting;
    struct str body;
    int count;

    EXPECT_INT(CLAIM_WAITING, order.claim);
    EXPECT_STR("COMPLETED", order.status);
    EXPECT_INT(12, order.points);
    EXPECT_INT(s.w.location.v, order.location.v);
    EXPECT_INT(s.w.ctx.now_us + CLOCK_DAY_US, order.claim_until_us);
    EXPECT_OK(registers_find(&s.w.ctx, order.reg, &reg));
    EXPECT_STR("caisse-1", reg.vendor_register);
    EXPECT_OK(orders_list_waiting(&s.w.ctx, order.reg, &waiting, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(order.id.v, waiting[0].id.v);
    EXPECT_INT(1, shop_count_events(&s, order.reg, "order", &body));
    shop_close(&s);
}

TEST(the_tablet_is_told_points_total_and_times)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "98211", 1250));
    struct str body;
    struct str wanted =
        str_format(s.w.ctx.arena,
                   "{\"id\":\"%.*s\",\"points\":12,\"total_money\":{\"amount\":1250,"
                   "\"currency\":\"EUR\"},\"closed_at\":\"2026-03-02T10:00:00.000Z\","
                   "\"expires_at\":\"2026-03-03T10:00:00.000Z\",\"has_card\":false}",
                   STR_ARG(id_format(s.w.ctx.arena, ID_order, order.id.v)));

    shop_count_events(&s, order.reg, "order", &body);
    EXPECT_STR(wanted, body);
    shop_close(&s);
}

TEST(the_same_message_again_changes_and_tells_nothing)
{
    struct shop s = shop_open();
    struct pos_message sale = shop_sale(&s, "98211", 1250);
    struct order first = shop_tell(&s, &s.feed, sale);
    struct order again = shop_tell(&s, &s.feed, sale);
    struct str body;

    EXPECT_INT(first.id.v, again.id.v);
    EXPECT_INT(CLAIM_WAITING, again.claim);
    EXPECT_INT(12, again.points);
    EXPECT_INT(1, shop_count_events(&s, first.reg, "order", &body));
    shop_close(&s);
}

TEST(a_newer_telling_of_an_order_replaces_the_older)
{
    struct shop s = shop_open();
    struct pos_message sale = shop_sale(&s, "98211", 1250);
    struct pos_message newer = sale;
    struct str body;

    newer.updated_us++;
    newer.total_minor = 2000;
    shop_tell(&s, &s.feed, sale);
    EXPECT_INT(20, shop_tell(&s, &s.feed, newer).points);
    struct order order = shop_tell(&s, &s.feed, sale);
    EXPECT_INT(2000, order.total_minor);
    EXPECT_INT(20, order.points);
    EXPECT_INT(2, shop_count_events(&s, order.reg, "order", &body));
    shop_close(&s);
}

TEST(each_register_has_its_own_orders)
{
    struct shop s = shop_open();
    struct pos_message other = shop_sale(&s, "2", 500);
    struct order *waiting;
    int count;

    other.vendor_register = STR("caisse-2");
    struct order first = shop_tell(&s, &s.feed, shop_sale(&s, "1", 400));
    struct order second = shop_tell(&s, &s.feed, other);
    EXPECT_TRUE(first.reg.v != second.reg.v);
    EXPECT_OK(orders_list_waiting(&s.w.ctx, second.reg, &waiting, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(second.id.v, waiting[0].id.v);
    shop_close(&s);
}

TEST(the_newest_of_many_waiting_orders_are_listed_oldest_first)
{
    struct shop s = shop_open();
    struct order last = {0}, *waiting;
    int count;

    for (int i = 0; i < 60; i++) {
        const char *sale = str_format(s.w.ctx.arena, "sale %d", i).at;
        last = shop_tell(&s, &s.feed, shop_sale(&s, sale, 400));
        world_advance(&s.w, CLOCK_MINUTE_US);
    }
    EXPECT_OK(orders_list_waiting(&s.w.ctx, last.reg, &waiting, &count));
    EXPECT_INT(50, count);
    EXPECT_INT(last.id.v, waiting[49].id.v);
    EXPECT_TRUE(waiting[0].closed_us < waiting[49].closed_us);
    shop_close(&s);
}

TEST(an_order_below_the_minimum_is_kept_and_not_shown)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 99));
    struct str body;

    EXPECT_INT(CLAIM_NONE, order.claim);
    EXPECT_INT(0, order.points);
    EXPECT_INT(0, shop_count_events(&s, order.reg, "order", &body));
    shop_close(&s);
}

TEST(an_order_of_an_unknown_establishment_is_shown_once_that_is_associated)
{
    struct shop s = shop_open();
    struct pos_message sale = shop_sale(&s, "1", 700);
    struct str body;

    sale.establishment = STR("gare");
    struct order order = shop_tell(&s, &s.feed, sale);
    EXPECT_INT(0, order.location.v);
    EXPECT_INT(CLAIM_NONE, order.claim);
    WORLD_TX(&s.w)
    {
        EXPECT_OK(integrations_associate(&s.w.ctx, s.feed.id, STR("gare"), s.w.location));
    }
    order = shop_find(&s, order.id);
    EXPECT_INT(CLAIM_WAITING, order.claim);
    EXPECT_INT(7, order.points);
    EXPECT_INT(1, shop_count_events(&s, order.reg, "order", &body));
    shop_close(&s);
}

TEST(a_partial_refund_is_shown_with_what_is_left)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 1000));
    struct str body;

    order = shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 400));
    EXPECT_INT(CLAIM_WAITING, order.claim);
    EXPECT_INT(6, order.points);
    EXPECT_INT(400, order.refunded_minor);
    EXPECT_INT(2, shop_count_events(&s, order.reg, "order", &body));
    EXPECT_INT(0, shop_count_events(&s, order.reg, "order_gone", &body));
    shop_close(&s);
}

static void
expect_gone(struct shop *s, struct order order, const char *reason)
{
    struct str body;
    struct str wanted =
        str_format(s->w.ctx.arena, "{\"id\":\"%.*s\",\"reason\":\"%s\"}",
                   STR_ARG(id_format(s->w.ctx.arena, ID_order, order.id.v)), reason);

    EXPECT_INT(1, shop_count_events(s, order.reg, "order_gone", &body));
    EXPECT_STR(wanted, body);
}

TEST(a_whole_refund_or_a_cancellation_takes_it_from_the_tablet)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 1000));

    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 1000));
    expect_gone(&s, order, "refunded");
    EXPECT_INT(CLAIM_CANCELED, shop_find(&s, order.id).claim);
    shop_close(&s);

    s = shop_open();
    order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 1000));
    EXPECT_STR("CANCELED", shop_tell(&s, &s.feed, shop_cancel(&s, "1")).status);
    expect_gone(&s, order, "canceled");
    shop_close(&s);
}

TEST(a_refund_before_its_sale_is_kept_for_it)
{
    struct shop s = shop_open();
    struct order none = shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 400));

    EXPECT_INT(0, none.id.v);
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 1000));
    EXPECT_INT(400, order.refunded_minor);
    EXPECT_INT(6, order.points);
    shop_close(&s);
}

TEST(more_than_was_paid_can_be_given_back_and_takes_no_more_than_all)
{
    struct shop s = shop_open();

    shop_tell(&s, &s.feed, shop_sale(&s, "1", 1000));
    struct order order = shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 5000));
    EXPECT_INT(1000, order.refunded_minor);
    EXPECT_INT(CLAIM_CANCELED, order.claim);
    shop_close(&s);
}

/* ---- Square: credited to whom the order names ---- */

static struct loyalty_account
linked_account(struct shop *s, const char *external_id)
{
    struct loyalty_account account = shop_account(s, "+33612345678");

    WORLD_TX(&s->w)
    EXPECT_OK(customer_links_add(&s->w.ctx, s->square.id, str_of(external_id), account.customer));
    return account;
}

TEST(a_payment_of_a_linked_customer_is_credited_at_once)
{
    struct shop s = shop_open();
    struct loyalty_account account = linked_account(&s, "CUST1");
    struct pos_message payment = shop_payment(&s, "P1", "O1", 1250);
    struct str body;

    payment.external_customer = STR("CUST1");
    struct order order = shop_tell(&s, &s.square, payment);
    EXPECT_INT(CLAIM_CLAIMED, order.claim);
    EXPECT_INT(account.id.v, order.account.v);
    EXPECT_INT(12, order.points);
    EXPECT_INT(12, shop_balance(&s, account.id));
    shop_tell(&s, &s.square, payment);
    EXPECT_INT(12, shop_balance(&s, account.id));
    EXPECT_INT(0, shop_count_events(&s, order.reg, "order", &body));
    shop_close(&s);
}

TEST(a_known_card_is_credited_too)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, "+33612345678");
    struct payment_card card = {.brand = STR("VISA"), .last_4 = STR("4242")};
    struct pos_message payment = shop_payment(&s, "P1", "O1", 300);

    cards_hash(&s.w.ctx, STR("square"), STR("sq-1-fp"), card.fingerprint_hash);
    WORLD_TX(&s.w) EXPECT_OK(cards_link(&s.w.ctx, &card, account.customer));
    payment.card_fingerprint = STR("sq-1-fp");
    EXPECT_INT(account.id.v, shop_tell(&s, &s.square, payment).account.v);
    EXPECT_INT(3, shop_balance(&s, account.id));
    shop_close(&s);
}

TEST(a_payment_of_nobody_known_waits_until_somebody_is_named)
{
    struct shop s = shop_open();
    struct loyalty_account account = linked_account(&s, "CUST1");
    struct pos_message payment = shop_payment(&s, "P1", "O1", 500);

    struct order order = shop_tell(&s, &s.square, payment);
    EXPECT_INT(CLAIM_WAITING, order.claim);
    payment.external_customer = STR("CUST1");
    payment.updated_us++;
    EXPECT_INT(CLAIM_CLAIMED, shop_tell(&s, &s.square, payment).claim);
    EXPECT_INT(5, shop_balance(&s, account.id));
    expect_gone(&s, order, "claimed");
    shop_close(&s);
}

TEST(the_feed_never_credits_by_itself)
{
    struct shop s = shop_open();
    struct loyalty_account account = shop_account(&s, "+33612345678");
    struct pos_message sale = shop_sale(&s, "1", 500);

    WORLD_TX(&s.w)
    EXPECT_OK(customer_links_add(&s.w.ctx, s.feed.id, STR("55"), account.customer));
    sale.external_customer = STR("55");
    EXPECT_INT(CLAIM_WAITING, shop_tell(&s, &s.feed, sale).claim);
    shop_close(&s);
}

TEST(a_payment_counts_once_it_is_completed)
{
    struct shop s = shop_open();
    struct loyalty_account account = linked_account(&s, "CUST1");
    struct pos_message payment = shop_payment(&s, "P1", "O1", 500);

    payment.external_customer = STR("CUST1");
    payment.completed = false;
    struct order order = shop_tell(&s, &s.square, payment);
    EXPECT_STR("OPEN", order.status);
    EXPECT_INT(0, order.total_minor);
    payment.completed = true;
    payment.updated_us++;
    EXPECT_STR("COMPLETED", shop_tell(&s, &s.square, payment).status);
    EXPECT_INT(5, shop_balance(&s, account.id));
    shop_close(&s);
}

TEST(two_payments_of_one_order_are_added_up)
{
    struct shop s = shop_open();
    struct loyalty_account account = linked_account(&s, "CUST1");
    struct pos_message first = shop_payment(&s, "P1", "O1", 500);

    first.external_customer = STR("CUST1");
    shop_tell(&s, &s.square, first);
    struct order order = shop_tell(&s, &s.square, shop_payment(&s, "P2", "O1", 700));
    EXPECT_INT(1200, order.total_minor);
    EXPECT_INT(12, shop_balance(&s, account.id));
    order = shop_tell(&s, &s.square, shop_payment_refund(&s, "R1", "P2", 700));
    EXPECT_INT(700, order.refunded_minor);
    EXPECT_INT(5, shop_balance(&s, account.id));
    shop_close(&s);
}

TEST(a_refund_of_points_already_spent_is_owed)
{
    struct shop s = shop_open();
    struct loyalty_account account = linked_account(&s, "CUST1");
    struct pos_message payment = shop_payment(&s, "P1", "O1", 1000);
    struct loyalty_event event;

    payment.external_customer = STR("CUST1");
    shop_tell(&s, &s.square, payment);
    WORLD_TX(&s.w)
    EXPECT_OK(accounts_adjust(&s.w.ctx, &(struct adjust_order){.account = account.id, .points = -8},
                              &event));
    shop_tell(&s, &s.square, shop_payment_refund(&s, "R1", "P1", 1000));
    EXPECT_INT(-8, shop_balance(&s, account.id));
    shop_close(&s);
}

/* ---- what is refused ---- */

struct telling {
    const struct integration *integration;
    struct pos_message message;
};

static enum err
tell(struct ctx *ctx, void *arg)
{
    struct telling *telling = arg;
    struct order order;

    return orders_receive(ctx, telling->integration, &telling->message, &order);
}

TEST(another_currency_is_refused)
{
    struct shop s = shop_open();
    struct telling telling = {&s.feed, shop_sale(&s, "1", 500)};

    telling.message.currency = STR("CHF");
    EXPECT_ERR(ERR_CURRENCY_DIFFERS, world_write(&s.w, tell, &telling));
    EXPECT_STR("currency", s.w.ctx.field);
    shop_close(&s);
}

TEST(a_refund_that_is_told_of_another_order_is_refused_and_changes_neither)
{
    struct shop s = shop_open();
    struct order first = shop_tell(&s, &s.feed, shop_sale(&s, "1", 1000));
    struct order second = shop_tell(&s, &s.feed, shop_sale(&s, "2", 1000));
    struct telling telling = {&s.feed, shop_refund(&s, "r1", "2", 900)};

    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "1", 300));
    telling.message.at_us++; /* later: it would be the newer one */
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, world_write(&s.w, tell, &telling));
    shop_tell(&s, &s.feed, shop_sale(&s, "1", 1000));
    EXPECT_INT(300, shop_find(&s, first.id).refunded_minor);
    EXPECT_INT(0, shop_find(&s, second.id).refunded_minor);
    shop_close(&s);
}

TEST(amounts_out_of_bounds_are_refused)
{
    struct shop s = shop_open();
    struct telling telling = {&s.feed, shop_sale(&s, "1", -1)};

    EXPECT_ERR(ERR_FIELD_RANGE, world_write(&s.w, tell, &telling));
    telling.message.total_minor = FULL + 1;
    EXPECT_ERR(ERR_FIELD_RANGE, world_write(&s.w, tell, &telling));
    telling.message.total_minor = 100;
    telling.message.tip_minor = -1;
    EXPECT_ERR(ERR_FIELD_RANGE, world_write(&s.w, tell, &telling));
    telling.message.tip_minor = 0;
    telling.message.tax_minor = FULL + 1;
    EXPECT_ERR(ERR_FIELD_RANGE, world_write(&s.w, tell, &telling));
    shop_close(&s);
}

TEST(payments_that_add_up_to_too_much_are_refused_and_leave_the_first)
{
    struct shop s = shop_open();
    struct telling telling = {&s.square, shop_payment(&s, "P2", "O1", FULL)};
    struct order order = shop_tell(&s, &s.square, shop_payment(&s, "P1", "O1", 500));

    EXPECT_ERR(ERR_FIELD_RANGE, world_write(&s.w, tell, &telling));
    EXPECT_INT(500, shop_find(&s, order.id).total_minor);
    shop_close(&s);
}

TEST(an_order_belongs_to_its_merchant)
{
    struct shop s = shop_open();
    struct order order = shop_tell(&s, &s.feed, shop_sale(&s, "1", 500)), found;

    s.w.ctx.merchant = world_add_merchant(&s.w);
    EXPECT_ERR(ERR_ORDER_UNKNOWN, orders_find(&s.w.ctx, order.id, &found));
    shop_close(&s);
}

TEST(without_a_program_orders_are_kept_and_nothing_is_shown)
{
    struct shop s = {.w = world_open()};
    struct integration feed = {.vendor = STR("feed"), .secret = STR("x"), .active = true};

    WORLD_TX(&s.w)
    {
        EXPECT_OK(integrations_add(&s.w.ctx, &feed));
        EXPECT_OK(integrations_associate(&s.w.ctx, feed.id, STR(SHOP_FEED_PLACE), s.w.location));
    }
    EXPECT_INT(CLAIM_NONE, shop_tell(&s, &feed, shop_sale(&s, "1", 500)).claim);
    shop_close(&s);
}

TESTS(RUN(an_integration_is_found_by_its_id_with_its_merchant_and_secret),
      RUN(an_integration_that_is_not_there_or_off_is_refused),
      RUN(a_secret_opens_with_the_servers_own_key_only),
      RUN(another_merchants_integration_cannot_be_associated),
      RUN(a_closed_order_waits_on_its_register), RUN(the_tablet_is_told_points_total_and_times),
      RUN(the_same_message_again_changes_and_tells_nothing),
      RUN(a_newer_telling_of_an_order_replaces_the_older), RUN(each_register_has_its_own_orders),
      RUN(the_newest_of_many_waiting_orders_are_listed_oldest_first),
      RUN(an_order_below_the_minimum_is_kept_and_not_shown),
      RUN(an_order_of_an_unknown_establishment_is_shown_once_that_is_associated),
      RUN(a_partial_refund_is_shown_with_what_is_left),
      RUN(a_whole_refund_or_a_cancellation_takes_it_from_the_tablet),
      RUN(a_refund_before_its_sale_is_kept_for_it),
      RUN(more_than_was_paid_can_be_given_back_and_takes_no_more_than_all),
      RUN(a_payment_of_a_linked_customer_is_credited_at_once), RUN(a_known_card_is_credited_too),
      RUN(a_payment_of_nobody_known_waits_until_somebody_is_named),
      RUN(the_feed_never_credits_by_itself), RUN(a_payment_counts_once_it_is_completed),
      RUN(two_payments_of_one_order_are_added_up), RUN(a_refund_of_points_already_spent_is_owed),
      RUN(another_currency_is_refused),
      RUN(a_refund_that_is_told_of_another_order_is_refused_and_changes_neither),
      RUN(amounts_out_of_bounds_are_refused),
      RUN(payments_that_add_up_to_too_much_are_refused_and_leave_the_first),
      RUN(an_order_belongs_to_its_merchant),
      RUN(without_a_program_orders_are_kept_and_nothing_is_shown))
