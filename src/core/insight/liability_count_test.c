/*
 * liability_count_test — the days' rows: counted once, whatever happens, and always the ledger's.
 *
 * The random histories print their seed; TEST_SEED=N plays that one.
 */
#include "base/calc.h"
#include "base/clock.h"
#include "support/owing.h"
#include "support/test.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int64_t
count_rows(struct club *club)
{
    DB_SQL(count_days, "SELECT COUNT(*) FROM liability_day WHERE merchant_id = $1");
    struct ctx *ctx = &club->world.ctx;
    struct db_rows *rows = db_query(ctx, &count_days, DB_BIND(db_int(ctx->merchant.v)));
    int64_t found = db_next(rows) ? db_col_int(rows, 0) : -1;

    EXPECT_OK(db_done(rows));
    return found;
}

TEST(figures_are_the_same_before_and_after_they_are_counted)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    club_order(&club, anna, 1, 3000, 0);
    EXPECT_INT(30, owing_today(&club).units.closing);
    EXPECT_INT(1, owing_count(&club));
    EXPECT_INT(1, count_rows(&club));
    EXPECT_INT(30, owing_today(&club).units.closing);
    club_order(&club, anna, 2, 500, 0);
    EXPECT_INT(35, owing_today(&club).units.flows.issued);
    EXPECT_INT(1, owing_count(&club));
    EXPECT_INT(0, owing_count(&club));
    EXPECT_INT(1, count_rows(&club));
    EXPECT_INT(35, owing_today(&club).units.flows.issued);
    club_close(&club);
}

TEST(a_transfer_of_a_day_that_was_counted_is_added_to_it)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);
    char told[256];

    club_order(&club, anna, 1, 1000, 0);
    world_advance(&club.world, CLOCK_DAY_US);
    club_order(&club, anna, 2, 2000, 0);
    EXPECT_INT(1, owing_count(&club));
    club.world.ctx.now_us -= CLOCK_DAY_US; /* it was asked for before, and committed late */
    club_order(&club, anna, 3, 400, 0);
    for (int counted = 0; counted < 2; counted++) {
        struct liability points = owing_between(&club, monday, monday + 1);

        EXPECT_INT(14, points.days[0].closing);
        EXPECT_INT(34, points.days[1].closing);
        EXPECT_INT(counted == 0, owing_count(&club));
    }
    EXPECT_INT(0, owing_audit(&club, told, sizeof told));
    club_close(&club);
}

TEST(more_than_a_page_is_counted_in_steps)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    club_order(&club, anna, 1, 1000, 0);
    /* As if so many other changes had been committed between the two. */
    owing_run(&club, "UPDATE merchant_seq SET seq = seq + 50000");
    club_order(&club, anna, 2, 2000, 0);
    EXPECT_INT(3, owing_count(&club));
    EXPECT_INT(30, owing_today(&club).units.closing);
    EXPECT_INT(0, owing_count(&club));
    club_close(&club);
}

struct twice {
    struct liability_count *prepared;
    bool more;
};

static enum err
count(struct ctx *ctx, void *arg)
{
    struct twice *twice = arg;

    return liability_count_write(ctx, twice->prepared, &twice->more);
}

TEST(what_two_nodes_counted_is_written_once)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    struct twice one, two;
    char told[256];

    for (int i = 0; i < 2; i++) { /* with no mark yet, and with one */
        club_order(&club, anna, i + 1, 1000, 0);
        EXPECT_OK(liability_count_prepare(&club.world.ctx, &one.prepared));
        EXPECT_OK(liability_count_prepare(&club.world.ctx, &two.prepared));
        EXPECT_OK(world_write(&club.world, count, &one));
        EXPECT_OK(world_write(&club.world, count, &two));
        EXPECT_INT(10 * (i + 1), owing_today(&club).units.closing);
        EXPECT_INT(0, owing_audit(&club, told, sizeof told));
    }
    club_close(&club);
}

TEST(in_another_zone_the_days_are_counted_anew)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);
    struct liability *list;
    int found;
    char told[256];

    world_advance(&club.world, 12 * CLOCK_HOUR_US); /* 23:00 in Paris; in Tokyo it is Tuesday */
    club_order(&club, anna, 1, 1000, 0);
    EXPECT_INT(1, owing_count(&club));
    owing_run(&club, "UPDATE merchant SET time_zone = 'Asia/Tokyo'");
    const struct liability_period tuesday = {
        .zone = STR("Asia/Tokyo"), .first = monday + 1, .last = monday + 1};
    for (int counted = 0; counted < 2; counted++) {
        EXPECT_OK(liability_read(&club.world.ctx, &tuesday, (program_id){0}, &list, &found));
        EXPECT_INT(0, list[0].units.opening);
        EXPECT_INT(10, list[0].units.flows.issued);
        EXPECT_INT(0, owing_audit(&club, told, sizeof told));
        EXPECT_INT(counted == 0, owing_count(&club));
    }
    EXPECT_INT(1, count_rows(&club));
    club_close(&club);
}

TEST(the_audit_tells_a_day_that_is_not_the_ledgers)
{
    static const struct {
        const char *damage, *told;
    } cases[] = {
        {"UPDATE liability_day SET issued = issued + 1", "issued 11, the ledger says 10"},
        {"UPDATE liability_day SET pending = 5", "pending 5, the ledger says 0"},
        {"UPDATE liability_day SET day = day + 1", "issued 0, the ledger says 10"},
        {"DELETE FROM liability_day", "2026-03-02: issued 0, the ledger says 10"},
        {"INSERT INTO liability_day SELECT merchant_id, unit, day - 9, 1, 0, 0, 0, 0, 0, 0"
         "  FROM liability_day",
         "2026-02-21: issued 1, the ledger says 0"},
        {"UPDATE ledger_line SET amount = amount * 2", "issued 10, the ledger says 20"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct club club = club_open();
        account_id anna = club_join(&club, "+33612345678");
        char told[256];

        club_order(&club, anna, 1, 1000, 0);
        EXPECT_INT(1, owing_count(&club));
        EXPECT_INT(0, owing_audit(&club, told, sizeof told));
        owing_run(&club, cases[i].damage);
        EXPECT_TRUE(owing_audit(&club, told, sizeof told) > 0);
        if (strstr(told, cases[i].told) == NULL) EXPECT_STR(cases[i].told, str_of(told));
        club_close(&club);
    }
}

/* ---- random histories ---- */
enum { PEOPLE = 4, ORDERS = 40, STEPS = 250, DAYS = 60 };

struct history {
    struct club club;
    uint64_t seed;
    account_id people[PEOPLE];
    int64_t total[ORDERS], refunded[ORDERS];
    reward_id rewards[STEPS];
    int reward_count;
    int64_t first, day;        /* the first day, and today */
    int64_t closing[DAYS + 1]; /* the sum of balances, by when each day was over */
    int64_t owed[DAYS + 1];
};

static int64_t
roll(struct history *history, int64_t below)
{
    history->seed ^= history->seed << 13;
    history->seed ^= history->seed >> 7;
    history->seed ^= history->seed << 17;
    return (int64_t)(history->seed % (uint64_t)below);
}

/* What the audit has rebuilt from the lines is what accounts say: their balances are added up. */
static void
sum_balances(struct history *history, int64_t *balance, int64_t *owed)
{
    *balance = 0;
    *owed = 0;
    for (int i = 0; i < PEOPLE; i++) {
        struct ledger_balance points, debt;
        struct ctx *ctx = &history->club.world.ctx;

        EXPECT_OK(ledger_read_balance(ctx, history->people[i].v, BOOK_POINTS, &points));
        EXPECT_OK(ledger_read_balance(ctx, history->people[i].v, BOOK_OWED, &debt));
        *balance += points.balance + debt.balance;
        *owed -= debt.balance;
    }
}

static void
pass_hours(struct history *history)
{
    int64_t balance, owed;

    sum_balances(history, &balance, &owed);
    world_advance(&history->club.world, roll(history, 12) * CLOCK_HOUR_US);
    for (; history->day < owing_day(&history->club); history->day++) {
        ASSERT(history->day - history->first <= DAYS);
        history->closing[history->day - history->first] = balance;
        history->owed[history->day - history->first] = owed;
    }
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

static void
take_step(struct history *history)
{
    struct club *club = &history->club;

    switch (roll(history, 10)) {
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

    EXPECT_INT(before == 0 ? 0 : history->closing[before - 1], whole.units.opening);
    EXPECT_INT(history->closing[last - history->first], whole.units.closing);
    EXPECT_INT(history->owed[last - history->first], whole.units.owed);
    EXPECT_INT(whole.units.closing, opening + net_of(&whole.units.flows));
    EXPECT_INT(whole.money.closing, opening_minor + net_of(&whole.money.flows));
    while (first <= last) {
        int64_t until = first + roll(history, last - first + 1);
        struct liability part = owing_between(&history->club, first, until);

        EXPECT_INT(opening, part.units.opening);
        EXPECT_INT(opening_minor, part.money.opening);
        EXPECT_INT(history->closing[until - history->first], part.units.closing);
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
    sum_balances(history, &history->closing[today], &history->owed[today]);
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

static void
play_with(enum refund_policy on_refund, int64_t expiry_days, uint64_t seed)
{
    const char *wanted = getenv("TEST_SEED");
    struct history history = {
        .club = club_open_like((struct program){
            .rules = {{.kind = ACCRUAL_SPEND, .points = 3, .amount_minor = 100}},
            .rule_count = 1,
            .on_refund = on_refund,
            .expiry_days = expiry_days,
        }),
        .seed = wanted ? strtoull(wanted, NULL, 10) : seed,
    };

    printf("    seed %" PRIu64 "\n", history.seed);
    owing_run(&history.club, "UPDATE program SET value_points = 7, value_minor = 10");
    play(&history);
    club_close(&history.club);
}

TEST(any_history_adds_up_however_it_is_cut)
{
    play_with(REFUND_OWED, 0, 20260302);
    play_with(REFUND_OWED, 5, 41);
    play_with(REFUND_TO_ZERO, 3, 1999);
}

TESTS(RUN(figures_are_the_same_before_and_after_they_are_counted),
      RUN(a_transfer_of_a_day_that_was_counted_is_added_to_it),
      RUN(more_than_a_page_is_counted_in_steps), RUN(what_two_nodes_counted_is_written_once),
      RUN(in_another_zone_the_days_are_counted_anew),
      RUN(the_audit_tells_a_day_that_is_not_the_ledgers),
      RUN(any_history_adds_up_however_it_is_cut))
