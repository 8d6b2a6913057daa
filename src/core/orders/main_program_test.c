/* main_program_test — orders of customers who joined when another program was the main one. */
#include "base/zone.h"
#include "core/loyalty/programs_close.h"
#include "support/counter.h"
#include "support/test.h"

static enum err
create(struct ctx *ctx, void *arg)
{
    return programs_create(ctx, arg);
}

/* Gives two points for each euro. */
static program_id
add_program(struct counter *c, const char *name)
{
    struct program program = {
        .name = str_of(name),
        .active = true,
        .rules = {{.kind = ACCRUAL_SPEND, .points = 2, .amount_minor = 100}},
        .rule_count = 1,
    };

    EXPECT_OK(world_write(&c->shop.w, create, &program));
    return program.id;
}

static enum err
close_main(struct ctx *ctx, void *arg)
{
    struct program closed;

    (void)arg;
    int64_t today = zone_day_at(STR("Europe/Paris"), ctx->now_us);
    return programs_close(ctx, (program_id){0}, today + 30, &closed);
}

static enum err
suspend(struct ctx *ctx, void *arg)
{
    return programs_suspend(ctx, *(program_id *)arg);
}

/* Anna's account in a program; id 0: none. */
static struct loyalty_account
annas(struct counter *c, program_id program)
{
    struct loyalty_account account = {0};

    enum err err = accounts_find_by_customer(&c->shop.w.ctx, program, c->anna.customer, &account);
    EXPECT_TRUE(err == OK || err == ERR_ACCOUNT_UNKNOWN);
    return account;
}

TEST(who_joined_an_older_main_program_earns_in_the_one_that_followed_it)
{
    struct counter c = counter_open();
    program_id next = add_program(&c, "Next");

    EXPECT_OK(world_write(&c.shop.w, close_main, NULL));
    struct selling selling = counter_sale(&c, "k");
    struct order order = counter_sell(&c, &selling);

    EXPECT_INT(CLAIM_CLAIMED, order.claim);
    EXPECT_INT(annas(&c, next).id.v, order.account.v);
    EXPECT_INT(18, order.points);
    EXPECT_INT(18, annas(&c, next).balance);
    EXPECT_STR(COUNTER_ANNA, annas(&c, next).phone);
    EXPECT_INT(100, shop_balance(&c.shop, c.anna.id)); /* what she had is hers until it ends */
    counter_close(&c);
}

struct claiming {
    struct claim_order order;
    struct claim done;
};

static enum err
run_claim(struct ctx *ctx, void *arg)
{
    struct claiming *claiming = arg;

    return orders_claim(ctx, &claiming->order, &claiming->done);
}

TEST(they_claim_by_their_number_and_are_nobody_new)
{
    struct counter c = counter_open();
    program_id next = add_program(&c, "Next");

    EXPECT_OK(world_write(&c.shop.w, close_main, NULL));
    struct order order = shop_tell(&c.shop, &c.shop.feed, shop_sale(&c.shop, "s", 1000));
    struct claiming claiming = {
        .order = {.order = order.id, .reg = order.reg, .phone = STR(COUNTER_ANNA)}};

    EXPECT_OK(world_write(&c.shop.w, run_claim, &claiming));
    EXPECT_TRUE(!claiming.done.is_new);
    EXPECT_INT(20, claiming.done.points);
    EXPECT_INT(next.v, claiming.done.program.v);
    counter_close(&c);
}

TEST(while_the_main_program_sleeps_the_others_give_to_them)
{
    struct counter c = counter_open();
    program_id next = add_program(&c, "Next");
    program_id third = add_program(&c, "Third");

    EXPECT_OK(world_write(&c.shop.w, close_main, NULL));
    EXPECT_OK(world_write(&c.shop.w, suspend, &next));
    struct selling selling = counter_sale(&c, "k");
    struct order order = counter_sell(&c, &selling);

    EXPECT_INT(CLAIM_CLAIMED, order.claim);
    EXPECT_INT(c.anna.id.v, order.account.v);
    EXPECT_INT(0, annas(&c, next).id.v);
    EXPECT_INT(18, annas(&c, third).balance);
    counter_close(&c);
}

TESTS(RUN(who_joined_an_older_main_program_earns_in_the_one_that_followed_it),
      RUN(they_claim_by_their_number_and_are_nobody_new),
      RUN(while_the_main_program_sleeps_the_others_give_to_them))
