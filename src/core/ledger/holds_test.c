/* holds_test — money set aside, then taken or freed. */
#include "core/ledger/holds.h"
#include "support/test.h"
#include "support/world.h"

enum { EUR = 978, SHOP = 900, ALICE = 1001, NOBODY = 1002, HOLD = 50, TIME = 60000000 };

static enum err
post(struct ctx *ctx, void *arg)
{
    return ledger_post(ctx, arg);
}

static enum err
create(struct ctx *ctx, void *arg)
{
    return ledger_hold_create(ctx, arg);
}

static enum err
post_hold(struct ctx *ctx, void *arg)
{
    return ledger_hold_post(ctx, arg);
}

static enum err
void_hold(struct ctx *ctx, void *arg)
{
    return ledger_hold_void(ctx, *(hold_id *)arg);
}

/* A world in which Alice has 10.00. */
static struct world
shop(void)
{
    struct world w = world_open();
    const struct ledger_line lines[] = {
        {.owner = ALICE, .book = BOOK_MONEY, .amount = 1000},
        {.owner = SHOP, .book = BOOK_TOP_UP, .amount = -1000},
    };
    struct ledger_transfer top_up = {{1}, EUR, REASON_TOP_UP, 0, lines, 2, 0, 0};

    WORLD_TX(&w) EXPECT_OK(ledger_open_account(&w.ctx, ALICE, BOOK_MONEY, EUR, 0));
    EXPECT_OK(world_write(&w, post, &top_up));
    return w;
}

static struct ledger_hold
hold_of(int64_t id, int64_t amount)
{
    return (struct ledger_hold){{id}, ALICE, BOOK_MONEY, EUR, amount, WORLD_NOW_US + TIME};
}

static enum err
hold(struct world *w, int64_t id, int64_t amount)
{
    struct ledger_hold wanted = hold_of(id, amount);

    return world_write(w, create, &wanted);
}

static enum err
take(struct world *w, int64_t id, int64_t amount, int64_t as)
{
    struct ledger_hold_posting posting = {{id}, amount, SHOP, BOOK_SALES, {as}};

    return world_write(w, post_hold, &posting);
}

static enum err
release(struct world *w, int64_t id)
{
    hold_id wanted = {id};

    return world_write(w, void_hold, &wanted);
}

static void
expect_account(struct world *w, int64_t balance, int64_t held)
{
    struct ledger_balance found;

    EXPECT_OK(ledger_read_balance(&w->ctx, ALICE, BOOK_MONEY, &found));
    EXPECT_INT(balance, found.balance);
    EXPECT_INT(held, found.held);
}

TEST(a_hold_sets_money_aside_and_is_posted_for_less)
{
    struct world w = shop();
    int64_t sales;

    EXPECT_OK(hold(&w, HOLD, 400));
    expect_account(&w, 1000, 400);
    EXPECT_OK(take(&w, HOLD, 350, 2));
    expect_account(&w, 650, 0);
    EXPECT_OK(ledger_sum_contra(&w.ctx, SHOP, BOOK_SALES, &sales));
    EXPECT_INT(350, sales);
    world_close(&w);
}

TEST(what_is_held_cannot_be_held_or_spent_again)
{
    struct world w = shop();
    const struct ledger_line lines[] = {
        {.owner = ALICE, .book = BOOK_MONEY, .amount = -300},
        {.owner = SHOP, .book = BOOK_SALES, .amount = 300},
    };
    struct ledger_transfer sale = {{3}, EUR, REASON_HOLD_POSTED, 0, lines, 2, 0, 0};

    EXPECT_OK(hold(&w, HOLD, 800));
    EXPECT_ERR(ERR_LEDGER_SHORT, hold(&w, HOLD + 1, 201));
    EXPECT_ERR(ERR_LEDGER_SHORT, world_write(&w, post, &sale));
    EXPECT_OK(hold(&w, HOLD + 2, 200));
    expect_account(&w, 1000, 1000);
    world_close(&w);
}

TEST(a_hold_made_twice_holds_once)
{
    struct world w = shop();

    EXPECT_OK(hold(&w, HOLD, 400));
    EXPECT_OK(hold(&w, HOLD, 400));
    expect_account(&w, 1000, 400);
    EXPECT_ERR(ERR_LEDGER_ID_REUSED, hold(&w, HOLD, 401));
    expect_account(&w, 1000, 400);
    world_close(&w);
}

TEST(a_hold_needs_an_open_account_of_its_unit)
{
    struct world w = shop();
    struct ledger_hold nobodys = hold_of(HOLD, 1);
    struct ledger_hold dollars = hold_of(HOLD, 1);

    nobodys.owner = NOBODY;
    dollars.unit = 840;
    EXPECT_ERR(ERR_LEDGER_ACCOUNT_UNKNOWN, world_write(&w, create, &nobodys));
    EXPECT_ERR(ERR_LEDGER_UNIT_DIFFERS, world_write(&w, create, &dollars));
    WORLD_TX(&w) EXPECT_OK(db_run_script(&w.ctx, "UPDATE ledger_account SET closed = TRUE"));
    EXPECT_ERR(ERR_LEDGER_ACCOUNT_CLOSED, hold(&w, HOLD, 1));
    world_close(&w);
}

TEST(a_posted_hold_is_posted_once)
{
    struct world w = shop();

    EXPECT_OK(hold(&w, HOLD, 400));
    EXPECT_ERR(ERR_LEDGER_SHORT, take(&w, HOLD, 401, 2));
    EXPECT_OK(take(&w, HOLD, 400, 2));
    EXPECT_OK(take(&w, HOLD, 400, 2));
    EXPECT_ERR(ERR_LEDGER_HOLD_ENDED, take(&w, HOLD, 400, 3));
    EXPECT_ERR(ERR_LEDGER_HOLD_ENDED, take(&w, HOLD, 399, 2));
    EXPECT_ERR(ERR_LEDGER_HOLD_ENDED, release(&w, HOLD));
    expect_account(&w, 600, 0);
    world_close(&w);
}

TEST(a_voided_hold_frees_the_money_once)
{
    struct world w = shop();

    EXPECT_OK(hold(&w, HOLD, 400));
    EXPECT_OK(release(&w, HOLD));
    EXPECT_OK(release(&w, HOLD));
    EXPECT_ERR(ERR_LEDGER_HOLD_ENDED, take(&w, HOLD, 400, 2));
    expect_account(&w, 1000, 0);
    world_close(&w);
}

TEST(an_absent_hold_is_unknown)
{
    struct world w = shop();

    EXPECT_ERR(ERR_LEDGER_HOLD_UNKNOWN, take(&w, HOLD, 1, 2));
    EXPECT_ERR(ERR_LEDGER_HOLD_UNKNOWN, release(&w, HOLD));
    world_close(&w);
}

TEST(a_hold_past_its_time_is_not_posted_and_is_freed)
{
    struct world w = shop();
    int expired = 0;

    EXPECT_OK(hold(&w, HOLD, 400));
    WORLD_TX(&w) EXPECT_OK(ledger_holds_expire(&w.ctx, 10, &expired));
    EXPECT_INT(0, expired);
    world_advance(&w, TIME);
    EXPECT_ERR(ERR_LEDGER_HOLD_ENDED, take(&w, HOLD, 400, 2));
    WORLD_TX(&w) EXPECT_OK(ledger_holds_expire(&w.ctx, 10, &expired));
    EXPECT_INT(1, expired);
    expect_account(&w, 1000, 0);
    world_close(&w);
}

TESTS(RUN(a_hold_sets_money_aside_and_is_posted_for_less),
      RUN(what_is_held_cannot_be_held_or_spent_again), RUN(a_hold_made_twice_holds_once),
      RUN(a_hold_needs_an_open_account_of_its_unit), RUN(a_posted_hold_is_posted_once),
      RUN(a_voided_hold_frees_the_money_once), RUN(an_absent_hold_is_unknown),
      RUN(a_hold_past_its_time_is_not_posted_and_is_freed))
