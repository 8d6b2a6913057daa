/* counter — see counter.h. */
#include "support/counter.h"
#include "core/catalog/catalog.h"
#include "core/catalog/taxes.h"
#include "core/ledger/audit.h"
#include "core/loyalty/audit.h"
#include "core/orders/discounts_audit.h"
#include "support/test.h"
#include <stdio.h>

/* ---- requests, each undone when it is refused ---- */

enum err
counter_run_sell(struct ctx *ctx, void *arg)
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

void
counter_give_points(struct counter *c, account_id account, int64_t points)
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
struct counter
counter_open(void)
{
    struct counter c = {.shop = shop_open()};

    c.anna = shop_account(&c.shop, COUNTER_ANNA);
    counter_give_points(&c, c.anna.id, 100);
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

void
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

struct reward
counter_take(struct counter *c, struct reward_tier tier)
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

struct reward
counter_find(struct counter *c, int64_t id)
{
    struct reward reward;

    EXPECT_OK(rewards_find(&c->shop.w.ctx, (reward_id){id}, &reward));
    return reward;
}

struct credit_note
counter_issue(struct counter *c, int64_t amount_minor)
{
    struct credit_note note = {.customer = c->anna.customer, .amount_minor = amount_minor};

    EXPECT_OK(world_write(&c->shop.w, run_issue, &note));
    return note;
}

int64_t
counter_balance(struct counter *c, credit_note_id id)
{
    struct credit_note note;

    EXPECT_OK(credit_find(&c->shop.w.ctx, id, &note));
    return note.balance_minor;
}

struct selling
counter_sale(struct counter *c, const char *key)
{
    return (struct selling){
        .sale = {
            .key = str_of(key), .customer = c->anna.customer, .lines = c->lines, .line_count = 2}};
}

struct order
counter_sell(struct counter *c, struct selling *selling)
{
    EXPECT_OK(world_write(&c->shop.w, counter_run_sell, selling));
    return selling->sold.order;
}

enum err
counter_refusal(struct counter *c, struct selling *selling)
{
    return world_write(&c->shop.w, counter_run_sell, selling);
}

/* The till's sale of this key is void. */
struct till
counter_open_till(struct counter *c)
{
    struct till till;

    EXPECT_OK(world_write(&c->shop.w, run_open, &till));
    return till;
}

struct order
counter_cancel(struct counter *c, const char *key)
{
    struct till till = counter_open_till(c);

    return shop_tell(&c->shop, &till.integration, shop_cancel(&c->shop, key));
}

struct order
counter_refund(struct counter *c, const char *refund_key, const char *key, int64_t amount_minor)
{
    struct till till = counter_open_till(c);

    return shop_tell(&c->shop, &till.integration,
                     shop_refund(&c->shop, refund_key, key, amount_minor));
}

struct loyalty_account
counter_save(struct counter *c, int64_t amount_minor)
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
    counter_give_points(c, account.id, amount_minor);
    return account;
}
