/* spending_test — cashback pays at the till, and comes back to the lots it was in. */
#include "base/clock.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/spending.h"
#include "support/club.h"
#include "support/race.h"
#include "support/test.h"

struct spending {
    struct spend_order order;
    struct spend_return back;
    struct loyalty_event event;
    enum err result;
};

static enum err
run_spend(struct ctx *ctx, void *arg)
{
    struct spending *spending = arg;

    return accounts_spend(ctx, &spending->order, &spending->event);
}

static enum err
run_unspend(struct ctx *ctx, void *arg)
{
    struct spending *spending = arg;

    return accounts_unspend(ctx, &spending->back, &spending->event);
}

static struct club
cashback_club(void)
{
    return club_open_like((struct program){.type = PROGRAM_CASHBACK, .expiry_days = 10});
}

/* 4.00 today and 8.00 tomorrow; both expire. */
static account_id
saver(struct club *club)
{
    account_id id = club_join(club, "+33612345678");

    EXPECT_OK(club_accumulate(club, id, 400));
    world_advance(&club->world, CLOCK_DAY_US);
    EXPECT_OK(club_accumulate(club, id, 800));
    return id;
}

static enum err
spend(struct club *club, account_id account, int64_t amount_minor, struct spending *spending)
{
    *spending = (struct spending){
        .order = {.account = account, .amount_minor = amount_minor, .order = {77}}};
    enum err err = world_write(&club->world, run_spend, spending);

    spending->back = (struct spend_return){account, spending->event.id, {77}};
    return err;
}

TEST(cashback_is_spent_from_what_expires_first)
{
    struct club club = cashback_club();
    account_id id = saver(&club);
    struct ledger_deadline *deadlines;
    struct spending spending;
    int count;

    EXPECT_OK(spend(&club, id, 500, &spending));
    EXPECT_INT(EVENT_OTHER, spending.event.type);
    EXPECT_INT(-500, spending.event.points);
    EXPECT_INT(77, spending.event.order.v);
    EXPECT_STR("spent", spending.event.reason);
    EXPECT_INT(700, club_balance(&club, id));
    EXPECT_OK(ledger_list_deadlines(&club.world.ctx, id, 5, &deadlines, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(700, deadlines[0].points);
    club_expect_honest(&club);
    club_close(&club);
}

TEST(no_more_is_spent_than_there_is)
{
    struct club club = cashback_club();
    account_id id = saver(&club);
    struct spending spending;

    EXPECT_ERR(ERR_POINTS_SHORT, spend(&club, id, 1201, &spending));
    EXPECT_ERR(ERR_FIELD_RANGE, spend(&club, id, 0, &spending));
    EXPECT_ERR(ERR_FIELD_RANGE, spend(&club, id, PROGRAM_POINTS_MAX + 1, &spending));
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, spend(&club, (account_id){5}, 1, &spending));
    world_advance(&club.world, 9 * CLOCK_DAY_US); /* 4.00 are due, and no job has run */
    EXPECT_ERR(ERR_POINTS_SHORT, spend(&club, id, 801, &spending));
    EXPECT_OK(spend(&club, id, 800, &spending));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(points_and_stamps_are_no_money)
{
    struct club club = club_open();
    account_id id = saver(&club);
    struct spending spending;

    EXPECT_ERR(ERR_PROGRAM_NOT_CASHBACK, spend(&club, id, 100, &spending));
    EXPECT_ERR(ERR_PROGRAM_NOT_CASHBACK, accounts_check_spend(&club.world.ctx, &spending.order));
    club_close(&club);
}

TEST(a_suspended_program_pays_nothing)
{
    struct club club = cashback_club();
    account_id id = saver(&club);
    struct spending spending;

    WORLD_TX(&club.world) EXPECT_OK(programs_suspend(&club.world.ctx, club.program.id));
    EXPECT_ERR(ERR_PROGRAM_INACTIVE, spend(&club, id, 100, &spending));
    WORLD_TX(&club.world) EXPECT_OK(programs_resume(&club.world.ctx, club.program.id));
    EXPECT_OK(spend(&club, id, 100, &spending));
    club_close(&club);
}

TEST(what_was_spent_comes_back_to_the_very_lots)
{
    struct club club = cashback_club();
    account_id id = saver(&club);
    struct ledger_deadline *deadlines;
    struct spending spending;
    int count;

    EXPECT_OK(spend(&club, id, 500, &spending));
    EXPECT_OK(world_write(&club.world, run_unspend, &spending));
    EXPECT_INT(500, spending.event.points);
    EXPECT_INT(EVENT_OTHER, spending.event.type);
    EXPECT_OK(ledger_list_deadlines(&club.world.ctx, id, 5, &deadlines, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(400, deadlines[0].points);
    EXPECT_INT(WORLD_NOW_US + 10 * CLOCK_DAY_US, deadlines[0].expires_us);
    EXPECT_INT(800, deadlines[1].points);
    spending.back.spent_by.v = 5;
    EXPECT_ERR(ERR_LEDGER_TRANSFER_UNKNOWN, world_write(&club.world, run_unspend, &spending));
    spending.back.account.v = 5;
    EXPECT_ERR(ERR_ACCOUNT_UNKNOWN, world_write(&club.world, run_unspend, &spending));
    club_expect_honest(&club);
    club_close(&club);
}

enum { TILLS = 4 };

static void
tap_spend(struct ctx *ctx, int number, void *arg)
{
    struct spending *spending = (struct spending *)arg + number;

    spending->result = race_write(ctx, run_spend, spending);
}

TEST(of_tills_that_spend_the_same_money_at_once_one_succeeds)
{
    struct club club = cashback_club();
    account_id id = saver(&club);
    struct spending tills[TILLS] = {0};
    int spent = 0, refused = 0;

    for (int i = 0; i < TILLS; i++)
        tills[i].order = (struct spend_order){.account = id, .amount_minor = 700};
    race_run(&club.world, TILLS, tap_spend, tills);
    for (int i = 0; i < TILLS; i++) {
        spent += tills[i].result == OK;
        refused += tills[i].result == ERR_POINTS_SHORT;
    }
    EXPECT_INT(1, spent);
    EXPECT_INT(TILLS - 1, refused);
    EXPECT_INT(500, club_balance(&club, id));
    club_expect_honest(&club);
    club_close(&club);
}

TESTS(RUN(cashback_is_spent_from_what_expires_first), RUN(no_more_is_spent_than_there_is),
      RUN(points_and_stamps_are_no_money), RUN(a_suspended_program_pays_nothing),
      RUN(what_was_spent_comes_back_to_the_very_lots),
      RUN(of_tills_that_spend_the_same_money_at_once_one_succeeds))
