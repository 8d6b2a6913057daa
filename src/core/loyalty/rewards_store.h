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
/*
 * Each of the three changes an ISSUED (the last a REDEEMED) reward only, and tells whether it was
 * one: of two phones that use it at once, the second changes nothing.
 */
MUST_USE enum err rewards_store_delete(struct ctx *ctx, reward_id id, transfer_id give_up,
                                       bool *changed);
/* showing_hash of length 0: it is not shown. */
MUST_USE enum err rewards_store_redeem(struct ctx *ctx, reward_id id, struct str showing_hash,
                                       int64_t showing_until_us, bool *changed);
MUST_USE enum err rewards_store_put_back(struct ctx *ctx, reward_id id, bool *changed);
MUST_USE enum err rewards_store_end_showing(struct ctx *ctx, reward_id id);
MUST_USE enum err rewards_store_list(struct ctx *ctx, const struct reward_query *query,
                                     struct reward *rewards, int *count);
