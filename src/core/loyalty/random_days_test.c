/*
 * random_days_test — random purchases, refunds, rewards and expiries against a plain model.
 *
 * Each play prints its seed; TEST_SEED=N plays that one.
 */
#include "base/clock.h"
#include "support/club.h"
#include "support/test.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { ORDERS = 12, STEPS = 100, REWARD = 10 };

struct model {
    struct club *club;
    account_id account;
    uint64_t seed;
    int64_t rule_points, rule_amount;
    struct {
        int64_t total, refunded, points, taken_back, dropped;
    } orders[ORDERS];
    reward_id rewards[STEPS];
    int reward_count;
    int64_t balance; /* what it should be */
    int64_t dropped, expired;
    bool owes, expires;
};

static int64_t
roll(struct model *model, int64_t below)
{
    model->seed ^= model->seed << 13;
    model->seed ^= model->seed >> 7;
    model->seed ^= model->seed << 17;
    return (int64_t)(model->seed % (uint64_t)below);
}

/* Tells an order as it is now; checks what moved by the formula alone. */
static void
tell(struct model *model, int number)
{
    struct club_settling settling = {
        .account = model->account,
        .order = {.order = {number + 1},
                  .total_minor = model->orders[number].total,
                  .refunded_minor = model->orders[number].refunded},
    };
    int64_t had = model->orders[number].points - model->orders[number].taken_back;

    EXPECT_OK(club_settle(model->club, &settling));
    int64_t total = model->orders[number].total;
    int64_t taken = total == 0 ? 0 : settling.points * model->orders[number].refunded / total;
    int64_t should = settling.points - taken - had;

    EXPECT_TRUE(settling.points >= model->orders[number].points);
    int64_t dropped = settling.changed - should; /* less than 0: undone with a part of a refund */
    model->dropped += dropped;
    model->orders[number].dropped += dropped;
    EXPECT_TRUE(model->orders[number].dropped >= 0);
    EXPECT_TRUE(model->orders[number].dropped <= (model->owes ? 0 : taken));
    model->balance += settling.changed;
    model->orders[number].points = settling.points;
    model->orders[number].taken_back = taken;
}

static void
buy(struct model *model)
{
    int number = (int)roll(model, ORDERS);

    model->orders[number].total += roll(model, 3 * model->rule_amount);
    tell(model, number);
}

static void
give_money_back(struct model *model)
{
    int number = (int)roll(model, ORDERS);
    int64_t left = model->orders[number].total - model->orders[number].refunded;

    model->orders[number].refunded += roll(model, 3) == 0 ? left : roll(model, left + 1);
    tell(model, number);
    tell(model, number); /* told twice, moved once */
}

static void
take_reward(struct model *model)
{
    reward_id *reward = &model->rewards[model->reward_count];

    if (model->balance < REWARD) {
        EXPECT_ERR(ERR_POINTS_SHORT, club_take(model->club, model->account, 0, reward));
        return;
    }
    EXPECT_OK(club_take(model->club, model->account, 0, reward));
    model->reward_count++;
    model->balance -= REWARD;
}

static void
give_reward_up(struct model *model)
{
    if (model->reward_count == 0) return;
    int number = (int)roll(model, model->reward_count);

    EXPECT_OK(club_give_up(model->club, model->rewards[number]));
    EXPECT_OK(club_give_up(model->club, model->rewards[number]));
    model->rewards[number] = model->rewards[--model->reward_count];
    model->balance += REWARD;
}

/*
 * Points and carry together are worth what was paid and kept: never more, and less by rounding at
 * most one minor unit for each order. So once the carry is not negative, the points are never more
 * than on the direct path, on which only what was kept had been bought.
 */
static void
expect_worth(struct model *model)
{
    struct loyalty_account account = club_account(model->club, model->account);
    int64_t kept = 0, points = 0;

    for (int i = 0; i < ORDERS; i++) {
        kept += model->orders[i].total - model->orders[i].refunded;
        points += model->orders[i].points - model->orders[i].taken_back;
    }
    int64_t worth = points * model->rule_amount + account.carry * model->rule_points;
    int64_t paid = kept * model->rule_points;
    EXPECT_TRUE(worth <= paid);
    EXPECT_TRUE(worth >= paid - ORDERS * model->rule_points);
    if (account.carry >= 0) EXPECT_TRUE(points <= paid / model->rule_amount);
    EXPECT_INT(model->balance, account.balance);
    if (kept == 0) EXPECT_INT(0, account.carry);
}

/* Days pass; what is due goes. How much that is, the ledger's own tests tell. */
static void
pass_days(struct model *model)
{
    world_advance(&model->club->world, roll(model, 3) * CLOCK_DAY_US);
    club_expire(model->club);
    int64_t balance = club_balance(model->club, model->account);
    EXPECT_TRUE(balance <= model->balance);
    model->expired += model->balance - balance;
    model->balance = balance;
}

static void
play(struct model *model)
{
    struct arena *arena = model->club->world.ctx.arena;

    for (int step = 0; step < STEPS; step++) {
        if (model->expires) pass_days(model);
        switch (roll(model, 8)) {
        case 0:
        case 1:
        case 2:
        case 3:
            buy(model);
            break;
        case 4:
        case 5:
            give_money_back(model);
            break;
        case 6:
            take_reward(model);
            break;
        default:
            give_reward_up(model);
        }
        expect_worth(model);
        arena_reset(arena);
    }
    club_expect_honest(model->club);
    for (int i = 0; i < ORDERS; i++) {
        model->orders[i].refunded = model->orders[i].total;
        tell(model, i);
    }
    expect_worth(model);
    EXPECT_INT(model->dropped - model->expired - REWARD * model->reward_count, model->balance);
    club_expect_honest(model->club);
}

static void
play_with(const struct program *like, int64_t rule_points, int64_t rule_amount, uint64_t seed)
{
    struct program program = *like;

    program.rules[0] = (struct accrual_rule){ACCRUAL_SPEND, rule_points, rule_amount, false};
    program.rule_count = 1;
    struct club club = club_open_like(program);
    const char *wanted = getenv("TEST_SEED");
    struct model model = {
        .club = &club,
        .seed = wanted ? strtoull(wanted, NULL, 10) : seed,
        .rule_points = rule_points,
        .rule_amount = rule_amount,
        .owes = program.on_refund == REFUND_OWED,
        .expires = program.expiry_days > 0,
    };

    printf("    seed %" PRIu64 "\n", model.seed);
    model.account = club_join(&club, "+33612345678");
    play(&model);
    club_close(&club);
}

TEST(random_days_are_never_worth_more_than_what_was_kept)
{
    const struct program owed = {.on_refund = REFUND_OWED};

    play_with(&owed, 1, 100, 20260302);
    play_with(&owed, 3, 100, 7);
    play_with(&owed, 7, 10, 41);
    play_with(&owed, 1, 2000, 1999);
}

TEST(random_days_with_a_program_that_drops_what_was_spent)
{
    const struct program to_zero = {.on_refund = REFUND_TO_ZERO};

    play_with(&to_zero, 1, 100, 20260303);
    play_with(&to_zero, 5, 300, 8);
}

TEST(random_days_with_points_that_expire)
{
    const struct program owed = {.on_refund = REFUND_OWED, .expiry_days = 20};
    const struct program to_zero = {.on_refund = REFUND_TO_ZERO, .expiry_days = 7};

    play_with(&owed, 2, 100, 20260304);
    play_with(&to_zero, 4, 70, 9);
}

TESTS(RUN(random_days_are_never_worth_more_than_what_was_kept),
      RUN(random_days_with_a_program_that_drops_what_was_spent),
      RUN(random_days_with_points_that_expire))
