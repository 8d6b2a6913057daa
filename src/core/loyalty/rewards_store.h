/* rewards_store — the SQL of rewards. For this module only. */
#pragma once
#include "base/hash.h"
#include "core/loyalty/rewards.h"

struct reward_row {
    struct reward reward; /* id 0: there is none */
    transfer_id taken_by; /* the transfer that took the points */
    struct str showing_hash;
};

MUST_USE enum err rewards_store_add(struct ctx *ctx, const struct reward *reward,
                                    transfer_id taken_by);
MUST_USE enum err rewards_store_find(struct ctx *ctx, reward_id id, struct reward_row *row);
MUST_USE enum err rewards_store_find_code(struct ctx *ctx, struct str code, struct reward_row *row);
/* How many of a tier an account has taken and not given up. */
MUST_USE enum err rewards_store_count_taken(struct ctx *ctx, account_id account, tier_id tier,
                                            int64_t *count);
/*
 * Each of these changes an ISSUED reward whose time is not over (the last a REDEEMED one) only, and
 * tells whether it was one: of two phones that use it at once, the second changes nothing.
 */
MUST_USE enum err rewards_store_delete(struct ctx *ctx, reward_id id, transfer_id give_up,
                                       bool *changed);
struct reward_redeeming {
    reward_id id;
    order_id order;          /* 0: on none of ours */
    struct str showing_hash; /* of length 0: it is not shown */
    int64_t showing_until_us;
};
MUST_USE enum err rewards_store_redeem(struct ctx *ctx, const struct reward_redeeming *redeeming,
                                       bool *changed);
/* order 0: whatever it was used on; otherwise only if it was used on that. */
MUST_USE enum err rewards_store_put_back(struct ctx *ctx, reward_id id, order_id order,
                                         bool *changed);
/* Deletes an ISSUED one whose time is over. */
MUST_USE enum err rewards_store_expire(struct ctx *ctx, reward_id id, bool *changed);
/* Those, soonest first. */
MUST_USE enum err rewards_store_list_due(struct ctx *ctx, int max, struct reward *rewards,
                                         int *count);
MUST_USE enum err rewards_store_end_showing(struct ctx *ctx, reward_id id);
MUST_USE enum err rewards_store_list(struct ctx *ctx, const struct reward_query *query,
                                     struct reward *rewards, int *count);
