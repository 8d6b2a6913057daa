/* till_rewards_test — sales paid with rewards, cashback and credit notes: all at once, and once. */
#include "core/catalog/catalog.h"
#include "core/catalog/taxes.h"
#include "core/credit/credit.h"
#include "core/ledger/audit.h"
#include "core/loyalty/audit.h"
#include "core/loyalty/rewards.h"
#include "core/orders/discounts_audit.h"
#include "core/orders/tills.h"
#include "support/race.h"
#include "support/shop.h"
#include "support/test.h"
#include <stdio.h>

static const char anna[] = "+33612345678", bruno[] = "+33687654321";

/* ---- requests, each undone when it is refused ---- */

struct selling {
    struct sale sale;
    struct sold sold;
    enum err result;
};

static enum err
run_sell(struct ctx *ctx, void *arg)
{
    struct selling *selling = arg;

    return tills_sell(ctx, &selling->sale, &selling->sold);
}

struct taking {
    struct reward_order order;
    struct reward reward;
};

static enum err
run_take(struct ctx *ctx, void *arg)
{
    struct taking *taking = arg;

    return rewards_take(ctx, &taking->order, &taking->reward);
}

static enum err
run_accumulate(struct ctx *ctx, void *arg)
{
    struct loyalty_event event;

    return accounts_accumulate(ctx, arg, &event);
}

static enum err
run_issue(struct ctx *ctx, void *arg)
{
    return credit_issue(ctx, arg);
}

static enum err
run_open(struct ctx *ctx, void *arg)
{
    return tills_open(ctx, (location_id){0}, arg);
}

/* ---- a counter with things to sell and to give ---- */

struct counter {
    struct shop shop;
    struct loyalty_account anna;
    variation_id coffee; /* 2.50, a tenth of it tax */
    struct sale_line lines[2];
};

static void
give_points(struct counter *c, account_id account, int64_t points)
{
    struct accumulate_order order = {.account = account, .points = points};

    EXPECT_OK(world_write(&c->shop.w, run_accumulate, &order));
}

static variation_id
add_coffee(struct counter *c)
{
    struct tax tax = {.name = STR("TVA 10 %"), .rate = 100000, .included = true};
    struct catalog_variation variation = {.has_price = true, .price_minor = 250};
    struct catalog_item item = {
        .name = STR("Café"), .variations = &variation, .variation_count = 1, .position = -1};

    WORLD_TX(&c->shop.w)
    {
        EXPECT_OK(taxes_add(&c->shop.w.ctx, &tax));
        item.tax = tax.id;
        EXPECT_OK(catalog_add(&c->shop.w.ctx, &item));
    }
    return item.variations[0].id;
}

/* Anna has 100 points; two coffees and a cake make 9.50. */
static struct counter
counter_open(void)
{
    struct counter c = {.shop = shop_open()};

    c.anna = shop_account(&c.shop, anna);
    give_points(&c, c.anna.id, 100);
    c.coffee = add_coffee(&c);
    c.lines[0] = (struct sale_line){.variation = c.coffee, .quantity = STR("2")};
    c.lines[1] = (struct sale_line){
        .name = STR("Tarte"), .quantity = STR("1"), .kind = SALE_PRICE_OF_ONE, .amount_minor = 450};
    return c;
}

static void
tell(void *self, const char *sentence)
{
    (void)self;
    printf("    %s\n", sentence);
}

static void
counter_close(struct counter *c)
{
    struct ledger_audit ledger = {0};
    struct loyalty_audit loyalty = {0};
    struct discounts_audit discounts = {0};

    EXPECT_OK(ledger_audit(&c->shop.w.ctx, tell, NULL, &ledger));
    EXPECT_OK(loyalty_audit(&c->shop.w.ctx, tell, NULL, &loyalty));
    EXPECT_OK(discounts_audit(&c->shop.w.ctx, tell, NULL, &discounts));
    EXPECT_INT(0, ledger.differences + loyalty.differences + discounts.differences);
    shop_close(&c->shop);
}

static struct reward
take(struct counter *c, struct reward_tier tier)
{
    struct taking taking = {.order = {.account = c->anna.id}};

    tier.active = true;
    tier.points = 10;
    tier.name = STR("Cadeau");
    WORLD_TX(&c->shop.w) EXPECT_OK(programs_add_tier(&c->shop.w.ctx, &tier));
    taking.order.tier = tier.id;
    EXPECT_OK(world_write(&c->shop.w, run_take, &taking));
    return taking.reward;
}

static struct reward
find(struct counter *c, int64_t id)
{
    struct reward reward;

    EXPECT_OK(rewards_find(&c->shop.w.ctx, (reward_id){id}, &reward));
    return reward;
}

static struct credit_note
issue(struct counter *c, int64_t amount_minor)
{
    struct credit_note note = {.customer = c->anna.customer, .amount_minor = amount_minor};

    EXPECT_OK(world_write(&c->shop.w, run_issue, &note));
    return note;
}

static int64_t
balance_of(struct counter *c, credit_note_id id)
{
    struct credit_note note;

    EXPECT_OK(credit_find(&c->shop.w.ctx, id, &note));
    return note.balance_minor;
}

static struct selling
sale_of(struct counter *c, const char *key)
{
    return (struct selling){
        .sale = {
            .key = str_of(key), .customer = c->anna.customer, .lines = c->lines, .line_count = 2}};
}

static struct order
sell(struct counter *c, struct selling *selling)
{
    EXPECT_OK(world_write(&c->shop.w, run_sell, selling));
    return selling->sold.order;
}

static enum err
refusal(struct counter *c, struct selling *selling)
{
    return world_write(&c->shop.w, run_sell, selling);
}

/* The till's sale of this key is void. */
static struct order
cancel(struct counter *c, const char *key)
{
    struct till till;

    EXPECT_OK(world_write(&c->shop.w, run_open, &till));
    return shop_tell(&c->shop, &till.integration, shop_cancel(&c->shop, key));
}

static struct order
refund(struct counter *c, const char *refund_key, const char *key, int64_t amount_minor)
{
    struct till till;

    EXPECT_OK(world_write(&c->shop.w, run_open, &till));
    return shop_tell(&c->shop, &till.integration,
                     shop_refund(&c->shop, refund_key, key, amount_minor));
}

/* ---- what a sale comes to ---- */

TEST(a_reward_takes_its_part_off_and_is_used_on_the_order)
{
    struct counter c = counter_open();
    struct reward reward = take(&c, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 100000});
    struct selling selling = sale_of(&c, "k");
    struct order_discount *discounts;
    int count;

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    struct order order = sell(&c, &selling);
    EXPECT_INT(855, order.total_minor);
    EXPECT_INT(8, selling.sold.earned.points); /* of what was paid */
    EXPECT_INT(41, order.tax_minor);           /* of the coffees: 4.50 at 10 % in it */
    EXPECT_INT(REWARD_REDEEMED, find(&c, reward.id.v).status);
    EXPECT_INT(order.id.v, find(&c, reward.id.v).used_order.v);
    EXPECT_OK(discounts_list(&c.shop.w.ctx, order.id, &discounts, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(95, discounts[0].amount_minor);
    EXPECT_STR("Cadeau", discounts[0].name);
    counter_close(&c);
}

TEST(rewards_notes_and_cashback_count_in_their_order_whatever_was_told_first)
{
    struct counter c = counter_open();
    struct catalog_ref coffee = {.id = c.coffee.v};
    struct reward tenth = take(&c, (struct reward_tier){.kind = TIER_PERCENTAGE, .value = 100000});
    struct reward free_coffee =
        take(&c, (struct reward_tier){.kind = TIER_ITEM, .objects = &coffee, .object_count = 1});
    struct credit_note note = issue(&c, 300);
    const int64_t rewards[] = {tenth.id.v, free_coffee.id.v};
    const struct sale_note notes[] = {{.code = note.code}};
    struct selling selling = sale_of(&c, "k");
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
    EXPECT_INT(REWARD_ISSUED, find(&c, tenth.id.v).status); /* a quote uses nothing */

    struct order order = sell(&c, &selling);
    EXPECT_INT(quote.total_minor, order.total_minor);
    EXPECT_INT(quote.tax_minor, order.tax_minor);
    EXPECT_INT(3, selling.sold.earned.points);
    EXPECT_INT(0, balance_of(&c, note.id));
    counter_close(&c);
}

TEST(credit_pays_what_is_left_and_no_more)
{
    struct counter c = counter_open();
    struct credit_note note = issue(&c, 2000), other = issue(&c, 500);
    const struct sale_note notes[] = {{.id = note.id}, {.id = other.id}};
    struct selling selling = sale_of(&c, "k");

    selling.sale.notes = notes;
    selling.sale.note_count = 2;
    struct order order = sell(&c, &selling);
    EXPECT_INT(0, order.total_minor);
    EXPECT_STR("COMPLETED", order.status);
    EXPECT_INT(c.anna.id.v, order.account.v); /* it is hers, though it earned nothing */
    EXPECT_INT(1050, balance_of(&c, note.id));
    EXPECT_INT(500, balance_of(&c, other.id));
    sell(&c, &selling); /* told again: the same sale */
    EXPECT_INT(1050, balance_of(&c, note.id));
    cancel(&c, "k");
    EXPECT_INT(2000, balance_of(&c, note.id));
    counter_close(&c);
}

/* ---- refusals leave everything as it was ---- */

TEST(a_sale_is_refused_whole_when_a_reward_cannot_be_used)
{
    struct counter c = counter_open();
    struct reward good = take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct reward small =
        take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100, .minimum_minor = 1000});
    struct credit_note note = issue(&c, 300);
    struct sale_note notes[2] = {{.id = note.id}};
    int64_t rewards[] = {good.id.v, small.id.v};
    struct selling selling = sale_of(&c, "k");
    struct quote quote;

    selling.sale.rewards = rewards;
    selling.sale.reward_count = 2;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    EXPECT_ERR(ERR_REWARD_GIVES_NOTHING, refusal(&c, &selling));
    EXPECT_STR("sale.rewards[1]", c.shop.w.ctx.field);
    EXPECT_OK(tills_quote(&c.shop.w.ctx, &selling.sale, &quote));
    EXPECT_STR("BELOW_MINIMUM", quote.discounts[1].reason);
    rewards[1] = 5;
    EXPECT_ERR(ERR_REWARD_UNKNOWN, refusal(&c, &selling));
    rewards[1] = good.id.v;
    EXPECT_ERR(ERR_FIELD_VALUE, refusal(&c, &selling));
    selling.sale.reward_count = 1;
    notes[0].amount_minor = 301;
    EXPECT_ERR(ERR_CREDIT_SHORT, refusal(&c, &selling));
    notes[0].amount_minor = 0;
    notes[1].code = note.code;
    selling.sale.note_count = 2;
    EXPECT_ERR(ERR_FIELD_VALUE, refusal(&c, &selling));
    notes[1].code = STR("nobody's");
    EXPECT_ERR(ERR_CREDIT_NOTE_UNKNOWN, refusal(&c, &selling));
    EXPECT_INT(REWARD_ISSUED, find(&c, good.id.v).status);
    EXPECT_INT(300, balance_of(&c, note.id));
    counter_close(&c);
}

/* ---- the same sale again ---- */

TEST(a_sale_told_again_uses_nothing_twice)
{
    struct counter c = counter_open();
    struct reward reward = take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct reward other = take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct credit_note note = issue(&c, 1000);
    const struct sale_note notes[] = {{.id = note.id, .amount_minor = 300}};
    struct selling selling = sale_of(&c, "k");

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    struct order first = sell(&c, &selling), again = sell(&c, &selling);
    EXPECT_INT(first.id.v, again.id.v);
    EXPECT_INT(550, again.total_minor);
    EXPECT_INT(700, balance_of(&c, note.id));
    selling.sale.rewards = &other.id.v; /* another sale under its key */
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refusal(&c, &selling));
    selling.sale.reward_count = 0;
    EXPECT_ERR(ERR_IDEMPOTENCY_KEY_REUSED, refusal(&c, &selling));
    EXPECT_INT(REWARD_ISSUED, find(&c, other.id.v).status);
    counter_close(&c);
}

/* ---- undone ---- */

TEST(what_a_cancelled_sale_was_paid_with_comes_back_once)
{
    struct counter c = counter_open();
    struct reward reward = take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct credit_note note = issue(&c, 1000);
    const struct sale_note notes[] = {{.id = note.id, .amount_minor = 300}};
    struct selling selling = sale_of(&c, "k"), second = sale_of(&c, "k2");

    selling.sale.rewards = second.sale.rewards = &reward.id.v;
    selling.sale.reward_count = second.sale.reward_count = 1;
    selling.sale.notes = notes;
    selling.sale.note_count = 1;
    sell(&c, &selling);
    int64_t points = shop_balance(&c.shop, c.anna.id);
    cancel(&c, "k");
    EXPECT_INT(points - 5, shop_balance(&c.shop, c.anna.id));
    EXPECT_INT(REWARD_ISSUED, find(&c, reward.id.v).status);
    EXPECT_INT(1000, balance_of(&c, note.id));

    struct order other = sell(&c, &second); /* used elsewhere, and the first is told void again */
    cancel(&c, "k");
    EXPECT_INT(REWARD_REDEEMED, find(&c, reward.id.v).status);
    EXPECT_INT(other.id.v, find(&c, reward.id.v).used_order.v);
    EXPECT_INT(1000, balance_of(&c, note.id));
    counter_close(&c);
}

TEST(a_part_that_is_refunded_gives_no_reward_back_and_the_whole_does)
{
    struct counter c = counter_open();
    struct reward reward = take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 150});
    struct selling selling = sale_of(&c, "k");

    selling.sale.rewards = &reward.id.v;
    selling.sale.reward_count = 1;
    EXPECT_INT(800, sell(&c, &selling).total_minor);
    refund(&c, "r1", "k", 799);
    EXPECT_INT(REWARD_REDEEMED, find(&c, reward.id.v).status);
    refund(&c, "r2", "k", 1);
    EXPECT_INT(REWARD_ISSUED, find(&c, reward.id.v).status);
    counter_close(&c);
}

/* ---- cashback ---- */

static struct loyalty_account
saver(struct counter *c, int64_t amount_minor)
{
    struct program program = {.name = STR("Cagnotte"),
                              .active = true,
                              .type = PROGRAM_CASHBACK,
                              .term_one = STR("centime"),
                              .term_other = STR("centimes"),
                              .minimum_minor = 100,
                              .rules = {{.kind = ACCRUAL_SPEND, .points = 5, .amount_minor = 100}},
                              .rule_count = 1};
    struct account_order order = {.customer = c->anna.customer};
    struct loyalty_account account;

    WORLD_TX(&c->shop.w)
    {
        EXPECT_OK(programs_add(&c->shop.w.ctx, &program));
        order.program = program.id;
        EXPECT_OK(accounts_create(&c->shop.w.ctx, &order, &account));
    }
    give_points(c, account.id, amount_minor);
    return account;
}

TEST(cashback_is_spent_with_the_sale_that_earns_some_and_comes_back_with_it)
{
    struct counter c = counter_open();
    struct loyalty_account purse = saver(&c, 400);
    struct selling selling = sale_of(&c, "k");

    selling.sale.credit_account = purse.id;
    selling.sale.credit_minor = 350;
    struct order order = sell(&c, &selling);
    EXPECT_INT(600, order.total_minor);
    EXPECT_INT(50 + 30, shop_balance(&c.shop, purse.id)); /* 5 % of what was paid */
    cancel(&c, "k");
    EXPECT_INT(400, shop_balance(&c.shop, purse.id));
    counter_close(&c);
}

TEST(cashback_is_spent_by_whose_it_is_and_as_far_as_it_goes)
{
    struct counter c = counter_open();
    struct loyalty_account purse = saver(&c, 400), other = shop_account(&c.shop, bruno);
    struct selling selling = sale_of(&c, "k");
    struct quote quote;

    selling.sale.credit_account = purse.id;
    selling.sale.credit_minor = 401;
    EXPECT_ERR(ERR_POINTS_SHORT, refusal(&c, &selling));
    EXPECT_OK(tills_quote(&c.shop.w.ctx, &selling.sale, &quote));
    EXPECT_STR("POINTS_SHORT", quote.discounts[0].reason);
    EXPECT_INT(950, quote.total_minor);
    selling.sale.credit_minor = 400;
    selling.sale.customer = other.customer;
    EXPECT_ERR(ERR_FIELD_VALUE, refusal(&c, &selling));
    EXPECT_STR("sale.credit.account_id", c.shop.w.ctx.field);
    selling.sale.customer = c.anna.customer;
    selling.sale.credit_account = c.anna.id; /* points */
    EXPECT_ERR(ERR_PROGRAM_NOT_CASHBACK, refusal(&c, &selling));
    selling.sale.credit_account.v = 5;
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, refusal(&c, &selling));
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
    struct credit_note note = issue(&c, 600);
    const struct sale_note notes[] = {{.id = note.id}};
    struct selling selling = sale_of(&c, "k");

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
    struct order order = sell(&c, &selling);
    EXPECT_INT(600, order.total_minor); /* 12.00 less 6.00 */
    EXPECT_INT(100, order.tax_minor);
    counter_close(&c);
}

/* ---- at once ---- */

enum { TILLS = 4 };

static void
tap_sell(struct ctx *ctx, int number, void *arg)
{
    struct selling *selling = (struct selling *)arg + number;

    selling->result = race_write(ctx, run_sell, selling);
}

/* Sells at all tills at once; gives how many did. */
static int
race(struct counter *c, struct selling tills[static TILLS], enum err refused)
{
    static const char *const keys[TILLS] = {"k1", "k2", "k3", "k4"};
    struct till till;
    int sold = 0;

    EXPECT_OK(world_write(&c->shop.w, run_open, &till)); /* it is there already */
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
    struct reward reward = take(&c, (struct reward_tier){.kind = TIER_AMOUNT, .value = 100});
    struct selling tills[TILLS];

    for (int i = 0; i < TILLS; i++) {
        tills[i] = sale_of(&c, "");
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
    struct credit_note note = issue(&c, 1000);
    const struct sale_note notes[] = {{.id = note.id, .amount_minor = 600}};
    struct selling tills[TILLS];

    for (int i = 0; i < TILLS; i++) {
        tills[i] = sale_of(&c, "");
        tills[i].sale.notes = notes;
        tills[i].sale.note_count = 1;
    }
    EXPECT_INT(1, race(&c, tills, ERR_CREDIT_SHORT));
    EXPECT_INT(400, balance_of(&c, note.id));
    counter_close(&c);
}

TESTS(RUN(a_reward_takes_its_part_off_and_is_used_on_the_order),
      RUN(rewards_notes_and_cashback_count_in_their_order_whatever_was_told_first),
      RUN(credit_pays_what_is_left_and_no_more),
      RUN(a_sale_is_refused_whole_when_a_reward_cannot_be_used),
      RUN(a_sale_told_again_uses_nothing_twice),
      RUN(what_a_cancelled_sale_was_paid_with_comes_back_once),
      RUN(a_part_that_is_refunded_gives_no_reward_back_and_the_whole_does),
      RUN(cashback_is_spent_with_the_sale_that_earns_some_and_comes_back_with_it),
      RUN(cashback_is_spent_by_whose_it_is_and_as_far_as_it_goes),
      RUN(a_tax_on_top_is_added_to_its_line_and_counted_of_what_is_left),
      RUN(of_tills_that_use_a_reward_at_once_one_does),
      RUN(of_tills_that_spend_a_note_at_once_no_cent_is_spent_twice))
