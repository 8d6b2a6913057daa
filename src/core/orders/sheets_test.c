/* sheets_test — orders as staff read them: found, in their order, with who paid and who got the
 * points. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "core/orders/sheets.h"
#include "core/orders/tills.h"
#include "support/shop.h"
#include "support/test.h"

static struct order_query
anything(void)
{
    return (struct order_query){.in_any_state = true, .limit = 50};
}

/* The vendors' ids of what is found, with a space behind each. */
static struct str
found_by(struct shop *s, struct order_query query)
{
    struct order_sheet *sheets;
    struct str found = STR("");
    int count;

    EXPECT_OK(orders_search(&s->w.ctx, &query, &sheets, &count));
    for (int i = 0; i < count; i++) {
        found = str_format(s->w.ctx.arena, "%.*s%.*s ", STR_ARG(found),
                           STR_ARG(sheets[i].order.vendor_order));
    }
    return found;
}

/* A sale of 10.00 so many minutes after the world's beginning. */
static struct order
sell_at(struct shop *s, const char *sale, int minutes)
{
    struct pos_message message = shop_sale(s, sale, 1000);

    message.at_us = WORLD_NOW_US + minutes * CLOCK_MINUTE_US;
    return shop_tell(s, &s->feed, message);
}

static struct order_sheet
sheet_of(struct shop *s, order_id id)
{
    struct order_sheet sheet;

    EXPECT_OK(orders_find_sheet(&s->w.ctx, id, &sheet));
    return sheet;
}

static void
claim(struct shop *s, order_id order, account_id account, bool link_card)
{
    const struct claim_order wanted = {.order = order, .account = account, .link_card = link_card};
    struct claim done;

    WORLD_TX(&s->w) EXPECT_OK(orders_claim(&s->w.ctx, &wanted, &done));
}

static void
name(struct shop *s, customer_id id, const char *given, const char *family, const char *company)
{
    const struct customer change = {.id = id,
                                    .given_name = str_of(given),
                                    .family_name = str_of(family),
                                    .company_name = str_of(company)};
    const unsigned names =
        1U << CUSTOMER_GIVEN_NAME | 1U << CUSTOMER_FAMILY_NAME | 1U << CUSTOMER_COMPANY_NAME;
    struct customer after;

    WORLD_TX(&s->w) EXPECT_OK(customers_change(&s->w.ctx, &change, names, &after));
}

static struct pos_message
paid_by_card(struct pos_message message, const char *fingerprint)
{
    message.card_fingerprint = str_of(fingerprint);
    message.card_brand = STR("VISA");
    message.card_last_4 = STR("4242");
    return message;
}

TEST(the_newest_comes_first_by_when_it_was_closed)
{
    struct shop s = shop_open();

    sell_at(&s, "b", 2);
    sell_at(&s, "a", 1);
    sell_at(&s, "d", 4);
    sell_at(&s, "c", 2); /* told after b, closed in the same moment */
    EXPECT_STR("d c b a ", found_by(&s, anything()));
    shop_close(&s);
}

TEST(pages_give_each_order_once_also_those_of_one_moment)
{
    struct shop s = shop_open();
    struct order_query query = anything();
    struct order_sheet *page;
    struct str all = STR("");
    int count;

    for (int i = 0; i < 5; i++)
        sell_at(&s, str_format(s.w.ctx.arena, "%d", i).at, i / 3);
    query.limit = 2;
    do {
        EXPECT_OK(orders_search(&s.w.ctx, &query, &page, &count));
        for (int i = 0; i < count; i++) {
            all = str_format(s.w.ctx.arena, "%.*s%.*s", STR_ARG(all),
                             STR_ARG(page[i].order.vendor_order));
        }
        if (count > 0) query.before = page[count - 1].order.id;
    } while (count > 0);
    EXPECT_STR("43210", all);
    shop_close(&s);
}

TEST(times_are_from_inclusive_until_exclusive)
{
    struct shop s = shop_open();
    struct order_query query = anything();

    for (int i = 0; i < 4; i++)
        sell_at(&s, str_format(s.w.ctx.arena, "%d", i).at, i);
    query.from_us = WORLD_NOW_US + CLOCK_MINUTE_US;
    EXPECT_STR("3 2 1 ", found_by(&s, query));
    query.until_us = WORLD_NOW_US + 3 * CLOCK_MINUTE_US;
    EXPECT_STR("2 1 ", found_by(&s, query));
    shop_close(&s);
}

TEST(orders_are_found_by_card_state_place_and_customer)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33611111111");
    struct order_query query = anything();
    int64_t places[] = {s.w.location.v, 99};

    shop_tell(&s, &s.feed, paid_by_card(shop_sale(&s, "card", 1000), "f"));
    claim(&s, sell_at(&s, "anna's", 1).id, anna.id, false);
    sell_at(&s, "waits", 2);

    query.card_last_4 = STR("4242");
    EXPECT_STR("card ", found_by(&s, query));
    query.customer = anna.customer;
    EXPECT_STR("", found_by(&s, query));
    query.card_last_4 = STR("");
    EXPECT_STR("anna's ", found_by(&s, query));

    query = anything();
    query.in_any_state = false;
    query.claim = CLAIM_WAITING;
    EXPECT_STR("waits card ", found_by(&s, query));
    query.locations = places + 1;
    query.location_count = 1;
    EXPECT_STR("", found_by(&s, query));
    query.locations = places;
    query.location_count = 2;
    EXPECT_STR("waits card ", found_by(&s, query));
    shop_close(&s);
}

TEST(too_many_places_are_refused)
{
    struct shop s = shop_open();
    int64_t places[ORDER_LOCATIONS_MAX + 1] = {0};
    struct order_query query = anything();
    struct order_sheet *sheets;
    int count;

    query.locations = places;
    query.location_count = ORDER_LOCATIONS_MAX + 1;
    EXPECT_ERR(ERR_FIELD_RANGE, orders_search(&s.w.ctx, &query, &sheets, &count));
    shop_close(&s);
}

/* When the main program changes, a customer's orders are those of two accounts. */
TEST(a_customers_orders_of_several_programs_come_as_one_list)
{
    struct shop s = shop_open();
    struct loyalty_account points = shop_account(&s, "+33611111111"), stamps;
    struct order_query query = anything();
    struct program second = {.active = true,
                             .type = PROGRAM_STAMPS,
                             .name = STR("Tampons"),
                             .term_one = STR("tampon"),
                             .term_other = STR("tampons"),
                             .rules = {{.kind = ACCRUAL_VISIT, .points = 1}},
                             .rule_count = 1};

    WORLD_TX(&s.w)
    {
        EXPECT_OK(programs_add(&s.w.ctx, &second));
        EXPECT_OK(accounts_create(
            &s.w.ctx, &(struct account_order){.program = second.id, .customer = points.customer},
            &stamps));
    }
    claim(&s, sell_at(&s, "a", 1).id, points.id, false);
    claim(&s, sell_at(&s, "b", 2).id, stamps.id, false);
    claim(&s, sell_at(&s, "c", 3).id, points.id, false);
    query.customer = points.customer;
    EXPECT_STR("c b a ", found_by(&s, query));
    query.limit = 2;
    EXPECT_STR("c b ", found_by(&s, query));
    shop_close(&s);
}

TEST(a_sheet_says_where_and_what_was_sold)
{
    struct shop s = shop_open();
    struct pos_line lines[] = {{.name = STR("Pain"), .quantity = STR("2"), .total_minor = 240},
                               {.name = STR("Flan"), .quantity = STR("1"), .total_minor = 310}};
    struct pos_message message = shop_sale(&s, "98211", 550);
    struct order_sheet sheet;

    message.lines = lines;
    message.line_count = 2;
    sheet = sheet_of(&s, shop_tell(&s, &s.feed, message).id);
    EXPECT_INT(2, sheet.line_count);
    EXPECT_STR("Flan", sheet.lines[1].name);
    EXPECT_INT(310, sheet.lines[1].total_minor);
    EXPECT_STR("caisse-1", sheet.reg.name);
    EXPECT_STR("feed", sheet.vendor);
    EXPECT_STR("feed", sheet.vendor_name);
    EXPECT_INT(0, sheet.payer.v);
    EXPECT_INT(WORLD_NOW_US, sheet.received_us);

    message = shop_payment(&s, "P", "O", 700);
    message.establishment = STR("nobody knows where");
    sheet = sheet_of(&s, shop_tell(&s, &s.square, message).id);
    EXPECT_STR("Square", sheet.vendor_name);
    EXPECT_INT(0, sheet.reg.id.v);
    EXPECT_INT(0, sheet.line_count);
    shop_close(&s);
}

TEST(the_owner_of_the_card_paid_whoever_got_the_points)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33611111111");
    struct loyalty_account ben = shop_account(&s, "+33622222222");

    name(&s, anna.customer, "Anna", "Petit", "");
    struct order first = shop_tell(&s, &s.feed, paid_by_card(shop_sale(&s, "1", 1000), "f"));
    claim(&s, first.id, anna.id, true);
    struct order second = shop_tell(&s, &s.feed, paid_by_card(shop_sale(&s, "2", 1000), "f"));
    EXPECT_INT(0, sheet_of(&s, second.id).customer.v);
    EXPECT_STR("Anna Petit", sheet_of(&s, second.id).payer_name);
    claim(&s, second.id, ben.id, false);
    EXPECT_INT(ben.customer.v, sheet_of(&s, second.id).customer.v);
    EXPECT_INT(anna.customer.v, sheet_of(&s, second.id).payer.v);
    EXPECT_STR("4242", sheet_of(&s, second.id).card_last_4);
    shop_close(&s);
}

TEST(without_a_card_who_got_the_points_paid)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33611111111");
    struct order order = sell_at(&s, "a", 1);

    claim(&s, order.id, anna.id, false);
    EXPECT_INT(anna.customer.v, sheet_of(&s, order.id).payer.v);
    EXPECT_STR("", sheet_of(&s, order.id).payer_name);
    name(&s, anna.customer, "", "", "Le Fournil");
    EXPECT_STR("Le Fournil", sheet_of(&s, order.id).payer_name);
    name(&s, anna.customer, "Anna", "", "Le Fournil");
    EXPECT_STR("Anna", sheet_of(&s, order.id).payer_name);
    shop_close(&s);
}

TEST(somebody_who_was_removed_is_on_no_sheet)
{
    struct shop s = shop_open();
    struct loyalty_account anna = shop_account(&s, "+33611111111");
    struct order order = sell_at(&s, "a", 1);

    claim(&s, order.id, anna.id, false);
    WORLD_TX(&s.w) EXPECT_OK(customers_remove(&s.w.ctx, anna.customer));
    EXPECT_INT(0, sheet_of(&s, order.id).customer.v);
    EXPECT_INT(0, sheet_of(&s, order.id).payer.v);
    shop_close(&s);
}

TEST(refunds_are_listed_oldest_first_whether_of_orders_or_payments)
{
    struct shop s = shop_open();
    struct order order = sell_at(&s, "a", 0);
    struct order_refund_seen *refunds;
    int count;

    shop_tell(&s, &s.feed, shop_refund(&s, "r2", "a", 200));
    world_advance(&s.w, 1);
    shop_tell(&s, &s.feed, shop_refund(&s, "r1", "a", 100));
    EXPECT_OK(orders_list_refunds(&s.w.ctx, order.id, &refunds, &count));
    EXPECT_INT(2, count);
    EXPECT_STR("r2", refunds[0].vendor_refund);
    EXPECT_INT(100, refunds[1].amount_minor);

    order = shop_tell(&s, &s.square, shop_payment(&s, "P", "O", 700));
    shop_tell(&s, &s.square, shop_payment_refund(&s, "pr", "P", 300));
    EXPECT_OK(orders_list_refunds(&s.w.ctx, order.id, &refunds, &count));
    EXPECT_INT(1, count);
    EXPECT_STR("pr", refunds[0].vendor_refund);
    shop_close(&s);
}

TEST(what_is_not_there_or_another_merchants_is_unknown)
{
    struct shop s = shop_open();
    struct order order = sell_at(&s, "a", 0);
    struct order_refund_seen *refunds;
    struct order_sheet sheet;
    int count;

    s.w.ctx.merchant = world_add_merchant(&s.w);
    EXPECT_ERR(ERR_ORDER_UNKNOWN, orders_find_sheet(&s.w.ctx, order.id, &sheet));
    EXPECT_ERR(ERR_ORDER_UNKNOWN, orders_list_refunds(&s.w.ctx, order.id, &refunds, &count));
    EXPECT_STR("", found_by(&s, anything()));
    shop_close(&s);
}

TESTS(RUN(the_newest_comes_first_by_when_it_was_closed),
      RUN(pages_give_each_order_once_also_those_of_one_moment),
      RUN(times_are_from_inclusive_until_exclusive),
      RUN(orders_are_found_by_card_state_place_and_customer), RUN(too_many_places_are_refused),
      RUN(a_customers_orders_of_several_programs_come_as_one_list),
      RUN(a_sheet_says_where_and_what_was_sold),
      RUN(the_owner_of_the_card_paid_whoever_got_the_points),
      RUN(without_a_card_who_got_the_points_paid), RUN(somebody_who_was_removed_is_on_no_sheet),
      RUN(refunds_are_listed_oldest_first_whether_of_orders_or_payments),
      RUN(what_is_not_there_or_another_merchants_is_unknown))
