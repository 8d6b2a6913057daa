/* till_rewards_test — sales paid with rewards, cashback and credit notes: all at once, and once. */
#include "core/catalog/catalog.h"
#include "core/catalog/taxes.h"
#include "support/counter.h"
#include "support/race.h"
#include "support/test.h"

/* ---- what a sale comes to ---- */

TEST(a_reward_takes_its_part_off_and_is_used_on_the_order)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 100000});
    struct selling selling = counter_sale(&c, "k");
    struct order_discount *discounts;
    int count;

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    struct order order = counter_sell(&c, &selling);
    EXPECT_INT(855, order.total_minor);
    EXPECT_INT(8, selling.sold.earned.points); /* of what was paid */
    EXPECT_INT(41, order.tax_minor);           /* of the coffees: 4.50 at 10 % in it */
    EXPECT_INT(REWARD_REDEEMED, counter_find(&c, reward.id.v).status);
    EXPECT_INT(order.id.v, counter_find(&c, reward.id.v).used_order.v);
    EXPECT_OK(discounts_list(&c.shop.w.ctx, order.id, &discounts, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(95, discounts[0].amount_minor);
    EXPECT_STR("Cadeau", discounts[0].name);
    counter_close(&c);
}

/* It would be worth twice what it is. */
TEST(a_reward_that_paid_a_sale_comes_back_with_the_sale_alone)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct selling selling = counter_sale(&c, "k");
    enum err refused = OK;

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    counter_sell(&c, &selling);
    WORLD_TX(&c.shop.w)
    {
        refused = rewards_put_back(&c.shop.w.ctx, reward.id, &reward);
    }
    EXPECT_ERR(ERR_REWARD_ON_SALE, refused);
    EXPECT_INT(REWARD_REDEEMED, counter_find(&c, reward.id.v).status);
    counter_cancel(&c, "k");
    EXPECT_INT(REWARD_ISSUED, counter_find(&c, reward.id.v).status);
    counter_close(&c);
}

TEST(rewards_notes_and_cashback_count_in_their_order_whatever_was_told_first)
{
    struct counter c = counter_open();
    struct catalog_ref coffee = {.id = c.coffee.v};
    struct reward tenth =
        counter_take(&c, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 100000});
    struct reward free_coffee = counter_take(
        &c, (struct reward_tier){.kind = TIER_ITEM, .objects = &coffee, .object_count = 1});
    struct credit_note note = counter_issue(&c, 300);
    const int64_t rewards[] = {tenth.id.v, free_coffee.id.v};
    const struct sale_note notes[] = {{.code = note.code}};
    struct selling selling = counter_sale(&c, "k");
    struct quote quote;

    selling.sale.rewards = rewards;
    selling.sale.reward_count = 2;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    EXPECT_OK(tills_quote(&c.shop.w.ctx, &selling.sale, &quote));
    EXPECT_INT(950, quote.subtotal_minor);
    EXPECT_INT(3, quote.discount_count);
    EXPECT_INT(free_coffee.id.v, quote.discounts[0].taken.subject);
    EXPECT_INT(250, quote.discounts[0].taken.amount_minor);
    EXPECT_INT(70, quote.discounts[1].taken.amount_minor); /* a tenth of the 7.00 left */
    EXPECT_INT(300, quote.discounts[2].taken.amount_minor);
    EXPECT_INT(330, quote.total_minor);
    EXPECT_INT(1, quote.earns_count);
    EXPECT_INT(3, quote.earns[0].points);
    EXPECT_INT(REWARD_ISSUED, counter_find(&c, tenth.id.v).status); /* a quote uses nothing */

    struct order order = counter_sell(&c, &selling);
    EXPECT_INT(quote.total_minor, order.total_minor);
    EXPECT_INT(quote.tax_minor, order.tax_minor);
    EXPECT_INT(3, selling.sold.earned.points);
    EXPECT_INT(0, counter_balance(&c, note.id));
    counter_close(&c);
}

TEST(credit_pays_what_is_left_and_no_more)
{
    struct counter c = counter_open();
    struct credit_note note = counter_issue(&c, 2000), other = counter_issue(&c, 500);
    const struct sale_note notes[] = {{.id = note.id}, {.id = other.id}};
    struct selling selling = counter_sale(&c, "k");

    selling.sale.notes = notes;
    selling.sale.note_count = 2;
    struct order order = counter_sell(&c, &selling);
    EXPECT_INT(0, order.total_minor);
    EXPECT_STR("COMPLETED", order.status);
    EXPECT_INT(c.anna.id.v, order.account.v); /* it is hers, though it earned nothing */
    EXPECT_INT(1050, counter_balance(&c, note.id));
    EXPECT_INT(500, counter_balance(&c, other.id));
    counter_sell(&c, &selling); /* told again: the same sale */
    EXPECT_INT(1050, counter_balance(&c, note.id));
    counter_cancel(&c, "k");
    EXPECT_INT(2000, counter_balance(&c, note.id));
    counter_close(&c);
}

/* ---- refusals leave everything as it was ---- */

TEST(a_sale_is_refused_whole_when_a_reward_cannot_be_used)
{
    struct counter c = counter_open();
    struct reward good = counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct reward small = counter_take(
        &c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100, .minimum_minor = 1000});
    struct credit_note note = counter_issue(&c, 300);
    struct sale_note notes[2] = {{.id = note.id}};
    int64_t rewards[] = {good.id.v, small.id.v};
    struct selling selling = counter_sale(&c, "k");
    struct quote quote;

    selling.sale.rewards = rewards;
    selling.sale.reward_count = 2;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    EXPECT_ERR(ERR_REWARD_GIVES_NOTHING, counter_refusal(&c, &selling));
    EXPECT_STR("sale.rewards[1]", c.shop.w.ctx.field);
    EXPECT_OK(tills_quote(&c.shop.w.ctx, &selling.sale, &quote));
    EXPECT_STR("BELOW_MINIMUM", quote.discounts[1].reason);
    rewards[1] = 5;
    EXPECT_ERR(ERR_REWARD_UNKNOWN, counter_refusal(&c, &selling));
    rewards[1] = good.id.v;
    EXPECT_ERR(ERR_FIELD_VALUE, counter_refusal(&c, &selling));
    selling.sale.reward_count = 1;
    notes[0].amount_minor = 301;
    EXPECT_ERR(ERR_CREDIT_SHORT, counter_refusal(&c, &selling));
    notes[0].amount_minor = 0;
    notes[1].code = note.code;
    selling.sale.note_count = 2;
    EXPECT_ERR(ERR_FIELD_VALUE, counter_refusal(&c, &selling));
    notes[1].code = STR("nobody's");
    EXPECT_ERR(ERR_CREDIT_NOTE_UNKNOWN, counter_refusal(&c, &selling));
    EXPECT_INT(REWARD_ISSUED, counter_find(&c, good.id.v).status);
    EXPECT_INT(300, counter_balance(&c, note.id));
    counter_close(&c);
}

/* It would become a second note there, which no undoing of the sale withdraws. */
TEST(a_credit_that_was_put_back_is_no_discount)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_CREDIT, .value = 500});
    struct selling selling = counter_sale(&c, "k");

    WORLD_TX(&c.shop.w)
    {
        EXPECT_OK(rewards_put_back(&c.shop.w.ctx, reward.id, &reward));
    }
    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    EXPECT_ERR(ERR_REWARD_GIVES_NOTHING, counter_refusal(&c, &selling));
    EXPECT_STR("sale.rewards[0]", c.shop.w.ctx.field);
    EXPECT_INT(REWARD_ISSUED, counter_find(&c, reward.id.v).status);
    counter_close(&c);
}

/* ---- the same sale again ---- */

TEST(a_sale_told_again_uses_nothing_twice)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct reward other = counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct credit_note note = counter_issue(&c, 1000);
    const struct sale_note notes[] = {{.id = note.id, .amount_minor = 300}};
    struct selling selling = counter_sale(&c, "k");

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    struct order first = counter_sell(&c, &selling), again = counter_sell(&c, &selling);
    EXPECT_INT(first.id.v, again.id.v);
    EXPECT_INT(550, again.total_minor);
    EXPECT_INT(700, counter_balance(&c, note.id));
    selling.sale.rewards = &other.id.v; /* another sale under its key */
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, counter_refusal(&c, &selling));
    selling.sale.reward_count = 0;
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, counter_refusal(&c, &selling));
    EXPECT_INT(REWARD_ISSUED, counter_find(&c, other.id.v).status);
    counter_close(&c);
}

/* ---- undone ---- */

TEST(what_a_cancelled_sale_was_paid_with_comes_back_once)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct credit_note note = counter_issue(&c, 1000);
    const struct sale_note notes[] = {{.id = note.id, .amount_minor = 300}};
    struct selling selling = counter_sale(&c, "k"), second = counter_sale(&c, "k2");

    selling.sale.rewards = second.sale.rewards = &reward.id.v;
    selling.sale.reward_count = second.sale.reward_count = 1;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    counter_sell(&c, &selling);
    int64_t points = shop_balance(&c.shop, c.anna.id);
    counter_cancel(&c, "k");
    EXPECT_INT(points - 5, shop_balance(&c.shop, c.anna.id));
    EXPECT_INT(REWARD_ISSUED, counter_find(&c, reward.id.v).status);
    EXPECT_INT(1000, counter_balance(&c, note.id));

    struct order other =
        counter_sell(&c, &second); /* used elsewhere, and the first is told void again */
    counter_cancel(&c, "k");
    EXPECT_INT(REWARD_REDEEMED, counter_find(&c, reward.id.v).status);
    EXPECT_INT(other.id.v, counter_find(&c, reward.id.v).used_order.v);
    EXPECT_INT(1000, counter_balance(&c, note.id));
    counter_close(&c);
}

TEST(a_part_that_is_refunded_gives_no_reward_back_and_the_whole_does)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 150});
    struct selling selling = counter_sale(&c, "k");

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    EXPECT_INT(800, counter_sell(&c, &selling).total_minor);
    counter_refund(&c, "r1", "k", 799);
    EXPECT_INT(REWARD_REDEEMED, counter_find(&c, reward.id.v).status);
    counter_refund(&c, "r2", "k", 1);
    EXPECT_INT(REWARD_ISSUED, counter_find(&c, reward.id.v).status);
    counter_close(&c);
}

/* ---- cashback ---- */

TEST(cashback_is_spent_with_the_sale_that_earns_some_and_comes_back_with_it)
{
    struct counter c = counter_open();
    struct loyalty_account purse = counter_save(&c, 400);
    struct selling selling = counter_sale(&c, "k");

    selling.sale.credit_account = purse.id;
    selling.sale.credit_minor = 350;
    struct order order = counter_sell(&c, &selling);
    EXPECT_INT(600, order.total_minor);
    EXPECT_INT(50 + 30, shop_balance(&c.shop, purse.id)); /* 5 % of what was paid */
    counter_cancel(&c, "k");
    EXPECT_INT(400, shop_balance(&c.shop, purse.id));
    counter_close(&c);
}

TEST(cashback_is_spent_by_whose_it_is_and_as_far_as_it_goes)
{
    struct counter c = counter_open();
    struct loyalty_account purse = counter_save(&c, 400),
                           other = shop_account(&c.shop, COUNTER_BRUNO);
    struct selling selling = counter_sale(&c, "k");
    struct quote quote;

    selling.sale.credit_account = purse.id;
    selling.sale.credit_minor = 401;
    EXPECT_ERR(ERR_POINTS_SHORT, counter_refusal(&c, &selling));
    EXPECT_OK(tills_quote(&c.shop.w.ctx, &selling.sale, &quote));
    EXPECT_STR("POINTS_SHORT", quote.discounts[0].reason);
    EXPECT_INT(950, quote.total_minor);
    selling.sale.credit_minor = 400;
    selling.sale.customer = other.customer;
    EXPECT_ERR(ERR_FIELD_VALUE, counter_refusal(&c, &selling));
    EXPECT_STR("sale.credit.account_id", c.shop.w.ctx.field);
    selling.sale.customer = c.anna.customer;
    selling.sale.credit_account = c.anna.id; /* points */
    EXPECT_ERR(ERR_PROGRAM_NOT_CASHBACK, counter_refusal(&c, &selling));
    selling.sale.credit_account.v = 5;
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, counter_refusal(&c, &selling));
    EXPECT_INT(400, shop_balance(&c.shop, purse.id));
    counter_close(&c);
}

/* ---- taxes ---- */

TEST(a_tax_on_top_is_added_to_its_line_and_counted_of_what_is_left)
{
    struct counter c = counter_open();
    struct tax tax = {.name = STR("Tax"), .rate = 200000};
    struct catalog_variation variation = {.has_price = true, .price_minor = 1000};
    struct catalog_item item = {
        .name = STR("Book"), .variations = &variation, .variation_count = 1, .position = -1};
    struct sale_line line = {.quantity = STR("1")};
    struct credit_note note = counter_issue(&c, 600);
    const struct sale_note notes[] = {{.id = note.id}};
    struct selling selling = counter_sale(&c, "k");

    WORLD_TX(&c.shop.w)
    {
        EXPECT_OK(taxes_add(&c.shop.w.ctx, &tax));
        item.tax = tax.id;
        EXPECT_OK(catalog_add(&c.shop.w.ctx, &item));
    }
    line.variation = item.variations[0].id;
    selling.sale.lines = &line;
    selling.sale.line_count = 1;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    struct order order = counter_sell(&c, &selling);
    EXPECT_INT(600, order.total_minor); /* 12.00 less 6.00 */
    EXPECT_INT(100, order.tax_minor);
    counter_close(&c);
}

/* ---- what it gives ---- */

TEST(what_a_sale_gives_in_every_program_is_told_with_it_and_once_more_when_it_is_repeated)
{
    struct counter c = counter_open();
    struct loyalty_account savings = counter_save(&c, 500);
    struct selling selling = counter_sale(&c, "k");

    for (int time = 0; time < 2; time++) {
        counter_sell(&c, &selling);
        EXPECT_INT(9, selling.sold.earned.points);
        EXPECT_INT(c.anna.id.v, selling.sold.earned.settled.own.account.v);
        EXPECT_INT(1, selling.sold.earned.settled.other_count);
        EXPECT_INT(savings.program.v, selling.sold.earned.settled.others[0].program.v);
        EXPECT_INT(45, selling.sold.earned.settled.others[0].points); /* 5 % of whole euros */
    }
    EXPECT_INT(545, shop_balance(&c.shop, savings.id));
    counter_close(&c);
}

/* ---- at once ---- */

enum { TILLS = 4 };

static void
tap_sell(struct ctx *ctx, int number, void *arg)
{
    struct selling *selling = (struct selling *)arg + number;

    selling->result = race_write(ctx, counter_run_sell, selling);
}

/* Sells at all tills at once; gives how many did. */
static int
race(struct counter *c, struct selling tills[static TILLS], enum err refused)
{
    static const char *const keys[TILLS] = {"k1", "k2", "k3", "k4"};
    int sold = 0;

    counter_open_till(c); /* it is there already */
    for (int i = 0; i < TILLS; i++)
        tills[i].sale.key = str_of(keys[i]);
    race_run(&c->shop.w, TILLS, tap_sell, tills);
    for (int i = 0; i < TILLS; i++) {
        sold += tills[i].result == OK;
        EXPECT_TRUE(tills[i].result == OK || tills[i].result == refused);
    }
    return sold;
}

TEST(of_tills_that_use_a_reward_at_once_one_does)
{
    struct counter c = counter_open();
    struct reward reward =
        counter_take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct selling tills[TILLS];

    for (int i = 0; i < TILLS; i++) {
        tills[i] = counter_sale(&c, "");
        tills[i].sale.rewards = &reward.id.v;
        tills[i].sale.reward_count = 1;
    }
    EXPECT_INT(1, race(&c, tills, ERR_REWARD_USED));
    EXPECT_INT(90 + 8, shop_balance(&c.shop, c.anna.id)); /* one sale earned */
    counter_close(&c);
}

TEST(of_tills_that_spend_a_note_at_once_no_cent_is_spent_twice)
{
    struct counter c = counter_open();
    struct credit_note note = counter_issue(&c, 1000);
    const struct sale_note notes[] = {{.id = note.id, .amount_minor = 600}};
    struct selling tills[TILLS];

    for (int i = 0; i < TILLS; i++) {
        tills[i] = counter_sale(&c, "");
        tills[i].sale.notes = notes;
        tills[i].sale.note_count = 1;
    }
    EXPECT_INT(1, race(&c, tills, ERR_CREDIT_SHORT));
    EXPECT_INT(400, counter_balance(&c, note.id));
    counter_close(&c);
}

TESTS(RUN(a_reward_takes_its_part_off_and_is_used_on_the_order),
      RUN(a_reward_that_paid_a_sale_comes_back_with_the_sale_alone),
      RUN(rewards_notes_and_cashback_count_in_their_order_whatever_was_told_first),
      RUN(credit_pays_what_is_left_and_no_more),
      RUN(a_sale_is_refused_whole_when_a_reward_cannot_be_used),
      RUN(a_credit_that_was_put_back_is_no_discount), RUN(a_sale_told_again_uses_nothing_twice),
      RUN(what_a_cancelled_sale_was_paid_with_comes_back_once),
      RUN(a_part_that_is_refunded_gives_no_reward_back_and_the_whole_does),
      RUN(cashback_is_spent_with_the_sale_that_earns_some_and_comes_back_with_it),
      RUN(cashback_is_spent_by_whose_it_is_and_as_far_as_it_goes),
      RUN(a_tax_on_top_is_added_to_its_line_and_counted_of_what_is_left),
      RUN(what_a_sale_gives_in_every_program_is_told_with_it_and_once_more_when_it_is_repeated),
      RUN(of_tills_that_use_a_reward_at_once_one_does),
      RUN(of_tills_that_spend_a_note_at_once_no_cent_is_spent_twice))
