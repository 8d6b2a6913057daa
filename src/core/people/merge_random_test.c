/*
 * merge_random_test — random days of a few customers who buy, bring back, take rewards, are merged
 * and come apart, often under ids that have led elsewhere since.
 *
 * Nothing is ever gained or lost by a merge or by its undoing, and one that is undone at once has
 * changed nothing. Each play prints its seed; TEST_SEED=N plays that one.
 */
#include "base/clock.h"
#include "core/credit/credit.h"
#include "core/ledger/audit.h"
#include "core/loyalty/audit.h"
#include "core/loyalty/earnings.h"
#include "core/loyalty/merging.h"
#include "core/loyalty/rewards.h"
#include "core/loyalty/spending.h"
#include "core/people/merge.h"
#include "core/people/people.h"
#include "support/shop.h"
#include "support/test.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum { PEOPLE = 5, STEPS = 150, ORDERS_MAX = STEPS, MERGES_MAX = STEPS };

struct play {
    struct shop s;
    tier_id tier;
    customer_id people[PEOPLE]; /* as they were made */
    account_id accounts[PEOPLE];
    bool removed[PEOPLE];
    struct {
        order_id id;
        char name[16];
        int64_t left; /* not brought back yet */
    } orders[ORDERS_MAX];
    int order_count;
    merge_id merges[MERGES_MAX];
    int merge_count;
    int undone;
    uint64_t seed;
};

static int64_t
roll(struct play *play, int64_t below)
{
    play->seed ^= play->seed << 13;
    play->seed ^= play->seed >> 7;
    play->seed ^= play->seed << 17;
    return (int64_t)(play->seed % (uint64_t)below);
}

/* ---- what everybody has ---- */

struct had {
    int64_t balance, owed, carry, lifetime, pending, lots, issued, notes_minor;
};

static void
add_account(struct ctx *ctx, const struct loyalty_account *account, struct had *had)
{
    const struct reward_query issued = {
        .account = account->id, .status = REWARD_ISSUED, .limit = 200};
    struct pending_points *pending;
    struct reward *rewards;
    int count;

    had->balance += account->balance;
    had->lots += account->spendable;
    had->owed += account->balance - account->spendable;
    had->carry += account->carry;
    had->lifetime += account->lifetime;
    EXPECT_OK(earnings_list_pending(ctx, account->id, 200, &pending, &count));
    for (int i = 0; i < count; i++) {
        had->pending += pending[i].points;
    }
    EXPECT_OK(rewards_search(ctx, &issued, &rewards, &count));
    had->issued += count;
}

static struct had
had_by(struct play *play, customer_id id)
{
    struct ctx *ctx = &play->s.w.ctx;
    int64_t whose = id.v;
    const struct account_query query = {.customers = &whose, .customer_count = 1, .limit = 100};
    struct loyalty_account *accounts;
    struct credit_note *notes;
    struct had had = {0};
    int count;

    EXPECT_OK(accounts_search(ctx, &query, &accounts, &count));
    for (int i = 0; i < count; i++) {
        add_account(ctx, &accounts[i], &had);
    }
    EXPECT_OK(credit_list(ctx, id, CREDIT_ALL, &notes, &count));
    for (int i = 0; i < count; i++) {
        had.notes_minor += notes[i].balance_minor;
    }
    return had;
}

static void
expect_same(const struct had *expected, const struct had *had)
{
    EXPECT_INT(expected->balance, had->balance);
    EXPECT_INT(expected->lots, had->lots);
    EXPECT_INT(expected->owed, had->owed);
    EXPECT_INT(expected->carry, had->carry);
    EXPECT_INT(expected->lifetime, had->lifetime);
    EXPECT_INT(expected->pending, had->pending);
    EXPECT_INT(expected->issued, had->issued);
    EXPECT_INT(expected->notes_minor, had->notes_minor);
}

static struct had
together(const struct had *a, const struct had *b)
{
    return (struct had){
        .balance = a->balance + b->balance,
        .lots = a->lots + b->lots,
        .owed = a->owed + b->owed,
        .carry = a->carry + b->carry,
        .lifetime = a->lifetime + b->lifetime,
        .pending = a->pending + b->pending,
        .issued = a->issued + b->issued,
        .notes_minor = a->notes_minor + b->notes_minor,
    };
}

static void
print(void *self, const char *sentence)
{
    (void)self;
    printf("    %s\n", sentence);
}

static void
expect_honest(struct play *play)
{
    struct ledger_audit ledger = {0};
    struct loyalty_audit loyalty = {0};

    EXPECT_OK(ledger_audit(&play->s.w.ctx, print, NULL, &ledger));
    EXPECT_OK(loyalty_audit(&play->s.w.ctx, print, NULL, &loyalty));
    EXPECT_INT(0, ledger.differences);
    EXPECT_INT(0, loyalty.differences);
}

/* ---- days ---- */

static int
somebody(struct play *play)
{
    int i = (int)roll(play, PEOPLE);

    while (play->removed[i])
        i = (i + 1) % PEOPLE;
    return i;
}

/* By the id that they had at first, wherever that leads now. */
static void
buy(struct play *play)
{
    struct ctx *ctx = &play->s.w.ctx;
    int number = play->order_count++;
    struct settled settled;

    snprintf(play->orders[number].name, sizeof play->orders[number].name, "sale-%d", number);
    play->orders[number].left = 100 + roll(play, 3000);
    struct order order =
        shop_tell(&play->s, &play->s.feed,
                  shop_sale(&play->s, play->orders[number].name, play->orders[number].left));
    play->orders[number].id = order.id;
    WORLD_TX(&play->s.w)
    EXPECT_OK(orders_accumulate(ctx, order.id, play->accounts[somebody(play)], &settled));
}

static void
bring_back(struct play *play)
{
    static int refunds;
    char refund[16];

    if (play->order_count == 0) return;
    int number = (int)roll(play, play->order_count);
    int64_t left = play->orders[number].left;
    int64_t amount = roll(play, 2) == 0 ? left : roll(play, left + 1);

    if (amount == 0) return;
    snprintf(refund, sizeof refund, "back-%d", refunds++);
    play->orders[number].left -= amount;
    shop_tell(&play->s, &play->s.feed,
              shop_refund(&play->s, refund, play->orders[number].name, amount));
}

static enum err
take(struct ctx *ctx, void *arg)
{
    const struct reward_order *order = arg;
    struct reward reward;

    return rewards_take(ctx, order, &reward);
}

static void
take_reward(struct play *play)
{
    struct reward_order order = {.account = play->accounts[somebody(play)], .tier = play->tier};

    enum err err = world_write(&play->s.w, take, &order);
    EXPECT_TRUE(err == OK || err == ERR_POINTS_SHORT);
}

static void
give_reward_up(struct play *play)
{
    struct ctx *ctx = &play->s.w.ctx;
    struct reward_query query = {.status = REWARD_ISSUED, .limit = 50};
    struct loyalty_account account;
    struct reward *rewards;
    int count;

    EXPECT_OK(accounts_find(ctx, play->accounts[somebody(play)], &account));
    query.account = account.id;
    EXPECT_OK(rewards_search(ctx, &query, &rewards, &count));
    if (count == 0) return;
    WORLD_TX(&play->s.w) EXPECT_OK(rewards_give_up(ctx, rewards[roll(play, count)].id));
}

static void
get_note(struct play *play)
{
    struct customer customer;

    EXPECT_OK(customers_find(&play->s.w.ctx, play->people[somebody(play)], &customer));
    struct credit_note note = {.customer = customer.id, .amount_minor = 1 + roll(play, 900)};

    WORLD_TX(&play->s.w) EXPECT_OK(credit_issue(&play->s.w.ctx, &note));
}

static void
pass_days(struct play *play)
{
    int count;

    world_advance(&play->s.w, (1 + roll(play, 3)) * CLOCK_DAY_US);
    WORLD_TX(&play->s.w)
    {
        EXPECT_OK(accounts_ripen(&play->s.w.ctx, 100, &count));
        EXPECT_OK(accounts_expire(&play->s.w.ctx, ACCOUNTS_EXPIRE_MAX, &count));
    }
}

/* What was bought was somebody else's. */
static void
hand_over(struct play *play)
{
    if (play->order_count == 0) return;
    order_id order = play->orders[roll(play, play->order_count)].id;

    WORLD_TX(&play->s.w)
    EXPECT_OK(orders_move_credit(&play->s.w.ctx, order, play->people[somebody(play)]));
}

/* ---- merging ---- */

static enum err
merge(struct ctx *ctx, void *arg)
{
    struct merge_done *done = arg;
    const struct merge_order order = {.survivor = done->merge.survivor,
                                      .merged = done->merge.merged};

    return people_merge(ctx, &order, done);
}

static enum err
unmerge(struct ctx *ctx, void *arg)
{
    struct merge_done *done = arg;

    return people_unmerge(ctx, done->merge.id, done);
}

/* The points that are due go before anything moves: then what is compared does not. */
static void
expire_all(struct play *play)
{
    int count;

    WORLD_TX(&play->s.w)
    EXPECT_OK(accounts_expire(&play->s.w.ctx, ACCOUNTS_EXPIRE_MAX, &count));
}

static void
undo_at_once(struct play *play, struct merge_done *done, const struct had *survivor,
             const struct had *merged)
{
    EXPECT_OK(world_write(&play->s.w, unmerge, done));
    const struct had a = had_by(play, done->merge.survivor), b = had_by(play, done->merge.merged);
    expect_same(survivor, &a);
    expect_same(merged, &b);
    play->undone++;
}

static void
merge_two(struct play *play)
{
    struct merge_done done = {.merge = {.survivor = play->people[somebody(play)],
                                        .merged = play->people[somebody(play)]}};
    struct customer survivor, merged;

    expire_all(play);
    EXPECT_OK(customers_find(&play->s.w.ctx, done.merge.survivor, &survivor));
    EXPECT_OK(customers_find(&play->s.w.ctx, done.merge.merged, &merged));
    if (survivor.id.v == merged.id.v) {
        EXPECT_ERR(ERR_MERGE_SAME, world_write(&play->s.w, merge, &done));
        return;
    }
    const struct had a = had_by(play, survivor.id), b = had_by(play, merged.id);
    const struct had sum = together(&a, &b);

    EXPECT_OK(world_write(&play->s.w, merge, &done));
    const struct had both = had_by(play, survivor.id), by_old_id = had_by(play, merged.id);
    expect_same(&sum, &both);
    EXPECT_INT(both.balance, by_old_id.balance);
    if (roll(play, 2) == 0) {
        undo_at_once(play, &done, &a, &b);
        return;
    }
    play->merges[play->merge_count++] = done.merge.id;
}

static void
undo_one(struct play *play)
{
    struct merge_done done = {0};

    if (play->merge_count == 0) return;
    done.merge.id = play->merges[roll(play, play->merge_count)];
    expire_all(play);
    EXPECT_OK(customer_merges_find(&play->s.w.ctx, done.merge.id, &done.merge));
    struct customer_merge was = done.merge;
    struct had before = had_by(play, was.survivor);

    enum err err = world_write(&play->s.w, unmerge, &done);
    EXPECT_TRUE(err == OK || err == ERR_MERGE_FINAL || err == ERR_MERGE_LATER_FIRST);
    if (err != OK || was.undone_us != 0) return;
    const struct had a = had_by(play, was.survivor), b = had_by(play, was.merged);
    const struct had sum = together(&a, &b);
    expect_same(&before, &sum);
    play->undone++;
}

static void
step(struct play *play)
{
    static void (*const acts[])(struct play *) = {
        buy,        buy,         buy,         bring_back,
        bring_back, take_reward, take_reward, give_reward_up,
        merge_two,  merge_two,   undo_one,    pass_days,
        get_note,   hand_over,   hand_over,
    };

    acts[roll(play, sizeof acts / sizeof acts[0])](play);
}

/* ---- the play ---- */

static void
add_programs(struct play *play)
{
    struct program ripening = {
        .active = true,
        .type = PROGRAM_POINTS,
        .name = STR("Passages"),
        .term_one = STR("passage"),
        .term_other = STR("passages"),
        .minimum_minor = 100,
        .ripen_days = 2,
        .expiry_days = 9,
        .rules = {{.kind = ACCRUAL_VISIT, .points = 3, .amount_minor = 100}},
        .rule_count = 1,
    };
    struct program dropping = ripening;

    dropping.name = STR("Euros");
    dropping.ripen_days = 0;
    dropping.on_refund = REFUND_TO_ZERO;
    dropping.cap_day = 40;
    dropping.rules[0] =
        (struct accrual_rule){.kind = ACCRUAL_SPEND, .points = 2, .amount_minor = 300};
    WORLD_TX(&play->s.w)
    {
        EXPECT_OK(programs_add(&play->s.w.ctx, &ripening));
        EXPECT_OK(programs_add(&play->s.w.ctx, &dropping));
    }
}

static void
run(uint64_t seed)
{
    const char *wanted = getenv("TEST_SEED");
    struct play *play = calloc(1, sizeof *play);

    EXPECT_TRUE(play != NULL);
    play->s = shop_open();
    play->seed = wanted ? strtoull(wanted, NULL, 10) : seed;
    printf("    seed %" PRIu64 "\n", play->seed);
    play->tier = play->s.program.tiers[0].id;
    add_programs(play);
    for (int i = 0; i < PEOPLE; i++) {
        char phone[16];

        snprintf(phone, sizeof phone, "+3361234567%d", i);
        struct loyalty_account account = shop_account(&play->s, phone);
        play->people[i] = account.customer;
        play->accounts[i] = account.id;
    }
    for (int i = 0; i < STEPS; i++) {
        step(play);
        if (i % 10 == 0) expect_honest(play);
        arena_reset(play->s.w.ctx.arena);
    }
    expect_honest(play);
    EXPECT_TRUE(play->undone > 0);
    shop_close(&play->s);
    free(play);
}

TEST(random_merges_lose_and_gain_nothing)
{
    run(20261122);
    run(5);
    run(77);
    run(4711);
}

TESTS(RUN(random_merges_lose_and_gain_nothing))
