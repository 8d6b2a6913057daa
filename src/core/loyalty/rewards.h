/*
 * rewards — points become something: take, use once, give up, put back.
 *
 * Taking is a posted transfer that consumes lots; giving up is its exact reverse, restoring the
 * same lots with their own expiry (one that is past expires again with the next expiry run). Using
 * redeems durably and once; the five minutes after it are one device's right to show it to the
 * staff: server time, resumable with the token, ended by Back.
 */
#pragma once
#include "base/ctx.h"

#define REWARD_SHOWING_US (5 * INT64_C(60000000))

enum reward_status { REWARD_ISSUED, REWARD_REDEEMED, REWARD_DELETED };
struct reward {
    reward_id id;
    account_id account;
    tier_id tier;
    program_id program;
    struct str tier_name;
    int64_t points;
    enum reward_status status;
    order_id order;
    int64_t created_us, updated_us, redeemed_us;
    int64_t showing_until_us; /* 0: not being shown */
};

struct reward_order {
    account_id account;
    tier_id tier;
    order_id order; /* 0: none told */
};
/*
 * Spends points for a reward of a tier, first-expiring-first.
 * Within:   a write batch
 * Repeat:   adds another
 * Errors:   ERR_ACCOUNT_UNKNOWN
 *           ERR_TIER_UNKNOWN       also of another program, or no longer offered
 *           ERR_PROGRAM_INACTIVE
 *           ERR_POINTS_SHORT       also while points are owed: the balance counts
 *           ERR_LEDGER_TOO_MANY_LOTS
 */
MUST_USE enum err rewards_take(struct ctx *ctx, const struct reward_order *order,
                               struct reward *reward);
/* Errors: ERR_REWARD_UNKNOWN */
MUST_USE enum err rewards_find(struct ctx *ctx, reward_id id, struct reward *reward);
/*
 * Returns an issued reward; its points come back to their lots.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_REWARD_UNKNOWN, ERR_REWARD_USED
 */
MUST_USE enum err rewards_give_up(struct ctx *ctx, reward_id id);
/*
 * Hands an issued reward over. Gives the id of its REDEEM_REWARD event.
 * Within:   a write batch
 * Repeat:   refused
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_REWARD_UNKNOWN, ERR_REWARD_USED, ERR_REWARD_GIVEN_UP
 */
MUST_USE enum err rewards_redeem(struct ctx *ctx, reward_id id, location_id location,
                                 transfer_id *event);
/* Redeems, and gives the one token that may show it until showing_until_us. Same errors. */
MUST_USE enum err rewards_use(struct ctx *ctx, reward_id id, struct reward *reward,
                              struct str *showing_token);
/* Errors: ERR_REWARD_UNKNOWN (also with a wrong token), ERR_SHOWING_ENDED */
MUST_USE enum err rewards_find_showing(struct ctx *ctx, reward_id id, struct str showing_token,
                                       struct reward *reward);
/* Back: ends the showing. Repeat: harmless. Errors: ERR_REWARD_UNKNOWN (also with a wrong token) */
MUST_USE enum err rewards_end_showing(struct ctx *ctx, reward_id id, struct str showing_token);
/*
 * Staff: a used reward can be used again; noted as an OTHER event.
 * Within:   a write batch
 * Repeat:   refused
 * Errors:   ERR_REWARD_UNKNOWN, ERR_REWARD_NOT_USED, ERR_REWARD_GIVEN_UP
 */
MUST_USE enum err rewards_put_back(struct ctx *ctx, reward_id id, struct reward *reward);

struct reward_query {
    account_id account; /* 0: any */
    bool any_status;
    enum reward_status status;
    int64_t before; /* cursor: rewards older than this id; 0: newest */
    int limit;      /* 1..200 */
};
/* Newest first. */
MUST_USE enum err rewards_search(struct ctx *ctx, const struct reward_query *query,
                                 struct reward **rewards, int *count);
