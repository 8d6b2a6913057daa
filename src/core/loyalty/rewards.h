/*
 * rewards — points become something: take, use once, give up, put back.
 *
 * Taking is a posted transfer that consumes lots; giving up is its exact reverse, restoring the
 * same lots with their own expiry (one that is past expires again with the next expiry run). Using
 * redeems durably and once; the five minutes after it are one device's right to show it to the
 * staff: server time, resumable with the token, ended by Back. At our till a reward is used on an
 * order, and comes back when that is undone.
 *
 * What a reward is good for is its tier's (what it takes off a basket: rewards_discount.h). One of
 * kind CREDIT is used as soon as it is taken: it becomes a credit note. One with an end is deleted
 * when that has passed, and its points are gone; the time while it was used does not count.
 */
#pragma once
#include "core/loyalty/programs_tiers.h"

#define REWARD_SHOWING_US (5 * INT64_C(60000000))
/* In front of the code in a QR code, in QR's alphanumeric mode. */
#define REWARD_CODE_PREFIX "HABITUE:R:"

enum reward_status { REWARD_ISSUED, REWARD_REDEEMED, REWARD_DELETED };
struct reward {
    reward_id id;
    account_id account;
    tier_id tier;
    program_id program;
    struct str tier_name;
    int64_t points;
    enum tier_kind kind; /* and what it is good for: of its tier */
    int64_t value, max_minor, minimum_minor;
    enum reward_status status;
    struct str code;     /* tells a till which it is; empty: it was made before there were codes */
    order_id order;      /* told when it was taken */
    order_id used_order; /* it was used on; 0: on none of ours */
    int64_t created_us, updated_us, redeemed_us;
    int64_t expires_us;         /* 0: never */
    int64_t expired_us;         /* DELETED by that; 0: it was not */
    int64_t showing_until_us;   /* 0: not being shown */
    credit_note_id credit_note; /* it became just now: filled by taking and using alone */
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
 *           ERR_PROGRAM_INACTIVE   suspended, or closed
 *           ERR_POINTS_SHORT       also while points are owed: the balance counts
 *           ERR_REWARD_GONE        its stock is used up
 *           ERR_REWARD_LIMIT       this account has taken it as often as it may; what was given up
 *                                  does not count
 *           ERR_LEDGER_TOO_MANY_LOTS
 */
MUST_USE enum err rewards_take(struct ctx *ctx, const struct reward_order *order,
                               struct reward *reward);
/* Errors: ERR_REWARD_UNKNOWN */
MUST_USE enum err rewards_find(struct ctx *ctx, reward_id id, struct reward *reward);
/* As scanned or typed, see base/code.h. Errors: ERR_REWARD_UNKNOWN */
MUST_USE enum err rewards_find_by_code(struct ctx *ctx, struct str text, struct reward *reward);
/* That it can be used now. Errors: ERR_REWARD_USED, ERR_REWARD_GIVEN_UP, ERR_REWARD_EXPIRED */
MUST_USE enum err rewards_check(struct ctx *ctx, const struct reward *reward);
/*
 * Returns an issued reward; its points come back to their lots, and it to its stock.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_REWARD_UNKNOWN, ERR_REWARD_USED, ERR_REWARD_EXPIRED
 */
MUST_USE enum err rewards_give_up(struct ctx *ctx, reward_id id);
/*
 * Hands an issued reward over. Gives the id of its REDEEM_REWARD event.
 * Within:   a write batch
 * Repeat:   refused
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_REWARD_UNKNOWN and those of rewards_check
 */
MUST_USE enum err rewards_redeem(struct ctx *ctx, reward_id id, location_id location,
                                 transfer_id *event);
/* The same at our till, on an order. Its events name the order. */
struct reward_on_order {
    reward_id reward;
    order_id order;
    location_id location;
};
MUST_USE enum err rewards_redeem_on(struct ctx *ctx, const struct reward_on_order *use);
/*
 * The order a reward was used on has come to nothing: it can be used again, noted as an OTHER
 * event. Nothing happens to one that was put back since.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_REWARD_UNKNOWN
 */
MUST_USE enum err rewards_reopen(struct ctx *ctx, reward_id id, order_id order);
/* Redeems, and gives the one token that may show it until showing_until_us. Same errors. */
MUST_USE enum err rewards_use(struct ctx *ctx, reward_id id, struct reward *reward,
                              struct str *showing_token);
/* Errors: ERR_REWARD_UNKNOWN (also with a wrong token), ERR_SHOWING_ENDED */
MUST_USE enum err rewards_find_showing(struct ctx *ctx, reward_id id, struct str showing_token,
                                       struct reward *reward);
/* Back: ends the showing. Repeat: harmless. Errors: ERR_REWARD_UNKNOWN (also with a wrong token) */
MUST_USE enum err rewards_end_showing(struct ctx *ctx, reward_id id, struct str showing_token);
/*
 * Staff: a used reward can be used again; noted as an OTHER event. The credit note that it became
 * is withdrawn.
 * Within:   a write batch
 * Repeat:   refused
 * Errors:   ERR_REWARD_UNKNOWN, ERR_REWARD_NOT_USED, ERR_REWARD_GIVEN_UP, ERR_REWARD_EXPIRED
 *           ERR_CREDIT_NOTE_USED   some of that note was spent
 *           ERR_REWARD_ON_SALE     it took something off a sale, which is to be undone instead
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

/* Deletes those past their time, at most max; tells how many. Within: a write batch. */
MUST_USE enum err rewards_expire(struct ctx *ctx, int max, int *expired);
