/*
 * liability_history_test — whatever a shop and its customers do, what is owed adds up: for every
 * period, however it is cut, to the sum of the balances that there were.
 *
 * Each history prints its seed; TEST_SEED=N plays that one.
 */
#include "base/clock.h"
#include "core/loyalty/spending.h"
#include "support/owing.h"
#include "support/test.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PEOPLE = 4, ORDERS = 40, STEPS = 300, DAYS = 90 };

/* What all customers have together. */
struct held {
    int64_t balance, owed, pending;
};

struct history {
    struct club club;
    uint64_t seed;
    account_id people[PEOPLE];
    int64_t total[ORDERS], refunded[ORDERS];
    reward_id rewards[STEPS];
    int reward_count;
    struct spend_return spendings[STEPS];
    int spending_count;
    int64_t first, day;               /* the first day, and today */
    struct held by_evening[DAYS + 1]; /* when each day was over */
};

static int64_t
roll(struct history *history, int64_t below)
{
    history->seed ^= history->seed << 13;
    history->seed ^= history->seed >> 7;
    history->seed ^= history->seed << 17;
    return (int64_t)(history->seed % (uint64_t)below);
}

/* What the audit rebuilds from the lines is what accounts say: their balances are added up. */
static struct held
sum_balances(struct history *history)
{
    struct held held = {0};

    for (int i = 0; i < PEOPLE; i++) {
        struct ctx *ctx = &history->club.world.ctx;
        struct ledger_balance points, debt, pending;
        int64_t account = history->people[i].v;

        EXPECT_OK(ledger_read_balance(ctx, account, BOOK_POINTS, &points));
        EXPECT_OK(ledger_read_balance(ctx, account, BOOK_OWED, &debt));
        EXPECT_OK(ledger_read_balance(ctx, account, BOOK_PENDING, &pending));
        held.balance += points.balance + debt.balance;
        held.owed -= debt.balance;
        held.pending += pending.balance;
    }
    return held;
}

static void
pass_hours(struct history *history)
{
    struct held held = sum_balances(history);

    world_advance(&history->club.world, roll(history, 12) * CLOCK_HOUR_US);
    for (; history->day < owing_day(&history->club); history->day++) {
        ASSERT(history->day - history->first <= DAYS);
        history->by_evening[history->day - history->first] = held;
    }
}

static enum err
ripen(struct ctx *ctx, void *arg)
{
    return accounts_ripen(ctx, ORDERS, arg);
}

static void
trade(struct history *history)
{
    int order = (int)roll(history, ORDERS);
    int64_t left = history->total[order] - history->refunded[order];

    if (roll(history, 3) == 0) {
        history->refunded[order] += roll(history, left + 1);
    } else {
        history->total[order] += roll(history, 2500);
    }
    club_order(&history->club, history->people[order % PEOPLE], order + 1, history->total[order],
               history->refunded[order]);
}

static void
use_rewards(struct history *history)
{
    struct club *club = &history->club;
    account_id person = history->people[roll(history, PEOPLE)];
    reward_id *reward = &history->rewards[history->reward_count];

    if (history->reward_count > 0 && roll(history, 3) == 0) {
        int number = (int)roll(history, history->reward_count);

        EXPECT_OK(club_give_up(club, history->rewards[number]));
        history->rewards[number] = history->rewards[--history->reward_count];
        return;
    }
    if (club_take(club, person, 0, reward) == OK) history->reward_count++;
}

static enum err
spend(struct ctx *ctx, void *arg)
{
    struct spend_return *spending = arg;
    const struct spend_order order = {.account = spending->account, .amount_minor = 25};
    struct loyalty_event event;

    TRY(accounts_spend(ctx, &order, &event));
    spending->spent_by = event.id;
    return OK;
}

static enum err
unspend(struct ctx *ctx, void *arg)
{
    struct loyalty_event event;

    return accounts_unspend(ctx, arg, &event);
}

static void
pay(struct history *history)
{
    struct spend_return *spending = &history->spendings[history->spending_count];
    struct world *w = &history->club.world;

    if (history->spending_count > 0 && roll(history, 3) == 0) {
        EXPECT_OK(world_write(w, unspend, spending - 1));
        history->spending_count--;
        return;
    }
    *spending = (struct spend_return){.account = history->people[roll(history, PEOPLE)]};
    enum err err = world_write(w, spend, spending);
    if (err == OK) {
        history->spending_count++;
    } else if (history->club.program.type == PROGRAM_CASHBACK) {
        EXPECT_ERR(ERR_POINTS_SHORT, err);
    } else {
        EXPECT_ERR(ERR_PROGRAM_NOT_CASHBACK, err);
    }
}

static void
take_step(struct history *history)
{
    int ripened;
    struct club *club = &history->club;

    switch (roll(history, 12)) {
    case 0:
    case 1:
        pass_hours(history);
        return;
    case 2:
        club_expire(club);
        return;
    case 3:
        EXPECT_OK(club_adjust(club, history->people[roll(history, PEOPLE)], 1 + roll(history, 30),
                              false));
        return;
    case 4:
        if (roll(history, 2) == 0) owing_count(club);
        return;
    case 5:
    case 6:
        use_rewards(history);
        return;
    case 7:
        pay(history);
        return;
    case 8:
        EXPECT_OK(world_write(&club->world, ripen, &ripened));
        return;
    default:
        trade(history);
    }
}

static int64_t
net_of(const struct liability_flows *flows)
{
    return flows->issued - flows->redeemed - flows->expired - flows->returned + flows->adjusted;
}

static void
add(struct liability_flows *sum, const struct liability_flows *flows)
{
    sum->issued += flows->issued;
    sum->redeemed += flows->redeemed;
    sum->expired += flows->expired;
    sum->returned += flows->returned;
    sum->adjusted += flows->adjusted;
}

static void
expect_same(const struct liability_flows *a, const struct liability_flows *b)
{
    EXPECT_INT(a->issued, b->issued);
    EXPECT_INT(a->redeemed, b->redeemed);
    EXPECT_INT(a->expired, b->expired);
    EXPECT_INT(a->returned, b->returned);
    EXPECT_INT(a->adjusted, b->adjusted);
}

/* One period is what balances were, and the sum of the parts that it is cut into anywhere. */
static void
expect_period(struct history *history, int64_t first, int64_t last)
{
    struct liability whole = owing_between(&history->club, first, last);
    struct liability_flows units = {0}, money = {0};
    int64_t opening = whole.units.opening, opening_minor = whole.money.opening;
    int64_t before = first - history->first;

    EXPECT_INT(before == 0 ? 0 : history->by_evening[before - 1].balance, whole.units.opening);
    EXPECT_INT(history->by_evening[last - history->first].balance, whole.units.closing);
    EXPECT_INT(history->by_evening[last - history->first].owed, whole.units.owed);
    EXPECT_INT(history->by_evening[last - history->first].pending, whole.units.pending);
    EXPECT_INT(whole.units.closing, opening + net_of(&whole.units.flows));
    EXPECT_INT(whole.money.closing, opening_minor + net_of(&whole.money.flows));
    while (first <= last) {
        int64_t until = first + roll(history, last - first + 1);
        struct liability part = owing_between(&history->club, first, until);

        EXPECT_INT(opening, part.units.opening);
        EXPECT_INT(opening_minor, part.money.opening);
        EXPECT_INT(history->by_evening[until - history->first].balance, part.units.closing);
        add(&units, &part.units.flows);
        add(&money, &part.money.flows);
        opening = part.units.closing;
        opening_minor = part.money.closing;
        first = until + 1;
    }
    expect_same(&whole.units.flows, &units);
    expect_same(&whole.money.flows, &money);
}

static void
play(struct history *history)
{
    struct club *club = &history->club;
    char told[256];

    for (int i = 0; i < PEOPLE; i++) {
        char phone[16];

        snprintf(phone, sizeof phone, "+3361234567%d", i);
        history->people[i] = club_join(club, phone);
    }
    history->first = history->day = owing_day(club);
    for (int i = 0; i < STEPS; i++)
        take_step(history);
    int64_t today = history->day - history->first;
    history->by_evening[today] = sum_balances(history);
    for (int i = 0; i < 20; i++) {
        int64_t first = roll(history, today + 1);

        if (i == 10) owing_count(club);
        expect_period(history, history->first + first,
                      history->first + first + roll(history, today - first + 1));
    }
    expect_period(history, history->first, history->day);
    EXPECT_INT(0, owing_audit(club, told, sizeof told));
    club_expect_honest(club);
}

/* Gives all that moved, so that a history in which something never happened is seen. */
static struct liability_flows
play_with(struct program like, uint64_t seed)
{
    const char *wanted = getenv("TEST_SEED");

    like.rules[0] = (struct accrual_rule){ACCRUAL_SPEND, .points = 3, .amount_minor = 100};
    like.rule_count = 1;
    struct history history = {
        .club = club_open_like(like),
        .seed = wanted ? strtoull(wanted, NULL, 10) : seed,
    };

    printf("    seed %" PRIu64 "\n", history.seed);
    if (like.type != PROGRAM_CASHBACK) {
        owing_run(&history.club, "UPDATE program SET value_points = 7, value_minor = 10");
    }
    play(&history);
    struct liability all = owing_between(&history.club, history.first, history.day);
    struct liability_flows flows = all.units.flows;
    club_close(&history.club);
    return flows;
}

TEST(any_history_adds_up_however_it_is_cut)
{
    play_with((struct program){.on_refund = REFUND_OWED}, 20260302);
    play_with((struct program){.on_refund = REFUND_TO_ZERO, .expiry_days = 3}, 1999);
    struct liability_flows flows =
        play_with((struct program){.on_refund = REFUND_OWED, .expiry_days = 5}, 41);
    EXPECT_TRUE(flows.issued > 0);
    EXPECT_TRUE(flows.redeemed > 0);
    EXPECT_TRUE(flows.expired > 0);
    EXPECT_TRUE(flows.returned > 0);
    EXPECT_TRUE(flows.adjusted > 0);
}

TEST(so_does_one_with_points_that_ripen_first)
{
    struct liability_flows flows =
        play_with((struct program){.on_refund = REFUND_OWED, .ripen_days = 2, .expiry_days = 6}, 7);

    EXPECT_TRUE(flows.issued > 0);
    EXPECT_TRUE(flows.expired > 0);
}

TEST(so_does_one_with_cashback_that_is_spent_and_given_back)
{
    struct liability_flows flows =
        play_with((struct program){.type = PROGRAM_CASHBACK, .on_refund = REFUND_OWED}, 8);

    EXPECT_TRUE(flows.issued > 0);
    EXPECT_TRUE(flows.redeemed > 0);
}

TESTS(RUN(any_history_adds_up_however_it_is_cut), RUN(so_does_one_with_points_that_ripen_first),
      RUN(so_does_one_with_cashback_that_is_spent_and_given_back))
