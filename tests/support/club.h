/*
 * club — a world whose merchant has a main program, for tests of loyalty: one point for each 1.00
 * of an order of at least 1.00, rewards for 10 and 50 points.
 *
 * Each call is a request of its own: what it refuses leaves no trace.
 */
#pragma once
#include "core/loyalty/accounts.h"
#include "core/loyalty/rewards.h"
#include "core/loyalty/settle.h"
#include "support/world.h"

struct club {
    struct world world;
    struct program program;
    struct reward_tier tiers[2]; /* "Coffee" for 10, "Cake" for 50 */
};

struct club club_open(void);
/* With other rules, refund policy or expiry; the rest of `like` is filled in. */
struct club club_open_like(struct program like);
void club_close(struct club *club);

/* A new customer's account in the main program. */
account_id club_join(struct club *club, const char *phone);
struct loyalty_account club_account(struct club *club, account_id id);
int64_t club_balance(struct club *club, account_id id);

MUST_USE enum err club_create(struct club *club, const struct account_order *order,
                              struct loyalty_account *account);
MUST_USE enum err club_accumulate(struct club *club, account_id account, int64_t points);
MUST_USE enum err club_adjust(struct club *club, account_id account, int64_t points,
                              bool allow_negative);
struct club_settling {
    account_id account;
    struct order_earning order;
    struct settled settled;  /* filled; in all programs */
    int64_t points, changed; /* the account's own */
};
MUST_USE enum err club_settle(struct club *club, struct club_settling *settling);
/* An order of this total, of which so much was refunded; gives what the balance moved. */
int64_t club_order(struct club *club, account_id account, int64_t order, int64_t total,
                   int64_t refunded);
MUST_USE enum err club_take(struct club *club, account_id account, int tier, reward_id *reward);
/* Offers another reward in the main program: for 10 points where none are told. */
struct reward_tier club_offer(struct club *club, struct reward_tier tier);
MUST_USE enum err club_take_of(struct club *club, account_id account, tier_id tier,
                               reward_id *reward);
MUST_USE enum err club_give_up(struct club *club, reward_id reward);
MUST_USE enum err club_redeem(struct club *club, reward_id reward);
MUST_USE enum err club_put_back(struct club *club, reward_id reward);
/* Runs expiry as the job does; gives how many lots. */
int club_expire(struct club *club);

/* Both audits find no difference; prints what they tell otherwise. */
void club_expect_honest(struct club *club);
