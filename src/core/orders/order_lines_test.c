/* order_lines_test — orders whose lines are articles: what each earns, and gives back. */
#include "core/catalog/catalog.h"
#include "core/orders/orders.h"
#include "support/shop.h"
#include "support/test.h"

#define PHONE "+33612345678"

/* The shop, with a coffee on its keys and a program that gives a stamp for each. */
struct cafe {
    struct shop shop;
    struct catalog_item coffee;
    struct catalog_ref scope;
    struct program stamps;
    account_id anna;
};

static struct cafe
cafe_open(void)
{
    struct cafe cafe = {.shop = shop_open()};
    struct ctx *ctx = &cafe.shop.w.ctx;
    struct catalog_variation variation = {.has_price = true, .price_minor = 200};

    cafe.coffee = (struct catalog_item){
        .name = STR("Café crème"), .variations = &variation, .variation_count = 1, .position = -1};
    WORLD_TX(&cafe.shop.w) EXPECT_OK(catalog_add(ctx, &cafe.coffee));
    cafe.scope = (struct catalog_ref){false, cafe.coffee.variations[0].id.v};
    cafe.stamps = (struct program){
        .active = true,
        .type = PROGRAM_STAMPS,
        .name = STR("Tampons"),
        .term_one = STR("tampon"),
        .term_other = STR("tampons"),
        .rules =
            {{.kind = ACCRUAL_ITEM_VARIATION, .points = 1, .scope = &cafe.scope, .scope_count = 1}},
        .rule_count = 1,
    };
    WORLD_TX(&cafe.shop.w) EXPECT_OK(programs_add(ctx, &cafe.stamps));
    cafe.anna = shop_account(&cafe.shop, PHONE).id;
    return cafe;
}

static int64_t
stamps_of(struct cafe *cafe)
{
    struct loyalty_account account;
    enum err err = accounts_find_by_phone(&cafe->shop.w.ctx, cafe->stamps.id, STR(PHONE), &account);

    return err == ERR_ACCOUNT_UNKNOWN ? -1 : account.balance;
}

/* Two coffees as some till writes them, and a tart. */
static struct pos_message
sale(struct cafe *cafe, const char *number)
{
    static struct pos_line lines[2];
    struct pos_message message = shop_sale(&cafe->shop, number, 750);

    lines[0] =
        (struct pos_line){.name = STR("CAFE CREME"), .quantity = STR("2"), .total_minor = 400};
    lines[1] = (struct pos_line){.name = STR("Tarte"), .quantity = STR("1"), .total_minor = 350};
    message.lines = lines;
    message.line_count = 2;
    return message;
}

static struct pos_message
refund(struct cafe *cafe, const char *number, struct pos_refund_line *line)
{
    struct pos_message message = shop_refund(&cafe->shop, "r1", number, line->amount_minor);

    message.refund_lines = line;
    message.refund_line_count = 1;
    return message;
}

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

static struct claim
claim(struct cafe *cafe, order_id order)
{
    struct claiming claiming = {.order = {.order = order, .account = cafe->anna}};

    EXPECT_OK(world_write(&cafe->shop.w, claim_in, &claiming));
    return claiming.done;
}

TEST(lines_are_known_by_the_articles_name_and_earn_in_the_program_that_wants_them)
{
    struct cafe cafe = cafe_open();
    struct order order = shop_tell(&cafe.shop, &cafe.shop.feed, sale(&cafe, "1"));
    struct claim done = claim(&cafe, order.id);

    EXPECT_INT(7, done.points);
    EXPECT_INT(1, done.settled.other_count);
    EXPECT_INT(2, done.settled.others[0].points);
    EXPECT_INT(2, stamps_of(&cafe));
    shop_close(&cafe.shop);
}

TEST(a_refund_of_a_line_takes_its_points_whether_it_comes_before_its_sale_or_after_the_claim)
{
    struct pos_refund_line tart = {1, 350};

    for (int first = 0; first < 3; first++) {
        struct cafe cafe = cafe_open();
        struct integration *feed = &cafe.shop.feed;

        if (first == 0) shop_tell(&cafe.shop, feed, refund(&cafe, "1", &tart));
        struct order order = shop_tell(&cafe.shop, feed, sale(&cafe, "1"));
        if (first == 1) shop_tell(&cafe.shop, feed, refund(&cafe, "1", &tart));
        claim(&cafe, order.id);
        if (first == 2) shop_tell(&cafe.shop, feed, refund(&cafe, "1", &tart));
        EXPECT_INT(4, shop_balance(&cafe.shop, cafe.anna));
        EXPECT_INT(2, stamps_of(&cafe));
        shop_close(&cafe.shop);
    }
}

TEST(a_refund_told_again_with_other_lines_is_of_those)
{
    struct cafe cafe = cafe_open();
    struct integration *feed = &cafe.shop.feed;
    struct pos_refund_line coffee = {0, 200};
    struct pos_refund_line tart = {1, 200};
    struct order order = shop_tell(&cafe.shop, feed, sale(&cafe, "1"));
    struct pos_message wrong = refund(&cafe, "1", &coffee);
    struct pos_message right = refund(&cafe, "1", &tart);

    claim(&cafe, order.id);
    shop_tell(&cafe.shop, feed, wrong);
    EXPECT_INT(1, stamps_of(&cafe));
    shop_tell(&cafe.shop, feed, wrong);
    EXPECT_INT(1, stamps_of(&cafe));
    right.at_us++;
    shop_tell(&cafe.shop, feed, right);
    EXPECT_INT(2, stamps_of(&cafe));
    shop_close(&cafe.shop);
}

TEST(an_order_waits_when_only_another_program_gives_something)
{
    struct cafe cafe = cafe_open();
    struct pos_message message = sale(&cafe, "1");

    message.total_minor = 90; /* below the main program's minimum */
    message.lines[0].total_minor = 90;
    message.line_count = 1;
    struct order order = shop_tell(&cafe.shop, &cafe.shop.feed, message);
    EXPECT_INT(CLAIM_WAITING, order.claim);
    EXPECT_INT(0, order.points);
    struct claim done = claim(&cafe, order.id);
    EXPECT_INT(0, done.points);
    EXPECT_INT(2, stamps_of(&cafe));
    shop_close(&cafe.shop);
}

TEST(where_an_order_earned_nothing_later_rules_give_it_nothing_for_a_refund)
{
    struct cafe cafe = cafe_open();
    struct ctx *ctx = &cafe.shop.w.ctx;
    struct integration *feed = &cafe.shop.feed;
    const struct accrual_rule any = {.kind = ACCRUAL_SPEND, .points = 1, .amount_minor = 10};
    struct pos_refund_line some = {0, 100};
    struct pos_message bread = shop_sale(&cafe.shop, "1", 500);
    struct order order = shop_tell(&cafe.shop, feed, bread);

    claim(&cafe, order.id);
    EXPECT_INT(-1, stamps_of(&cafe));
    WORLD_TX(&cafe.shop.w) EXPECT_OK(programs_change_rules(ctx, cafe.stamps.id, &any, 1));
    shop_tell(&cafe.shop, feed, refund(&cafe, "1", &some));
    EXPECT_INT(-1, stamps_of(&cafe));
    EXPECT_INT(4, shop_balance(&cafe.shop, cafe.anna));
    bread.total_minor = 600;
    bread.updated_us++;
    shop_tell(&cafe.shop, feed, bread);
    EXPECT_INT(50, stamps_of(&cafe)); /* it grew: 6.00 less the 1.00 */
    shop_close(&cafe.shop);
}

TEST(what_an_order_would_earn_is_told_with_its_lines)
{
    struct cafe cafe = cafe_open();
    struct order order = shop_tell(&cafe.shop, &cafe.shop.feed, sale(&cafe, "1"));
    struct earning_told told;

    EXPECT_OK(orders_calculate(&cafe.shop.w.ctx, order.id, cafe.stamps.id, (account_id){0}, &told));
    EXPECT_INT(2, told.points);
    EXPECT_INT(2, told.lines[0].basis);
    EXPECT_ERR(ERR_ORDER_UNKNOWN, orders_calculate(&cafe.shop.w.ctx, (order_id){5}, cafe.stamps.id,
                                                   (account_id){0}, &told));
    shop_close(&cafe.shop);
}

TESTS(RUN(lines_are_known_by_the_articles_name_and_earn_in_the_program_that_wants_them),
      RUN(a_refund_of_a_line_takes_its_points_whether_it_comes_before_its_sale_or_after_the_claim),
      RUN(a_refund_told_again_with_other_lines_is_of_those),
      RUN(an_order_waits_when_only_another_program_gives_something),
      RUN(where_an_order_earned_nothing_later_rules_give_it_nothing_for_a_refund),
      RUN(what_an_order_would_earn_is_told_with_its_lines))
