/* merging_store — the SQL of merging; see merging.h. For this module only. */
#pragma once
#include "core/loyalty/accounts_store.h"
#include "core/loyalty/merging.h"

/* All of a customer's that are no part of another, also in programs that are closed. */
MUST_USE enum err merging_store_list_accounts(struct ctx *ctx, customer_id customer,
                                              struct membership *found, int *count);
MUST_USE enum err merging_store_add_pair(struct ctx *ctx, merge_id merge,
                                         const struct account_pair *pair);
MUST_USE enum err merging_store_list_pairs(struct ctx *ctx, merge_id merge,
                                           struct account_pair *pairs, int *count);
/* into 0: it is a part of none again. */
MUST_USE enum err merging_store_lead(struct ctx *ctx, account_id from, account_id into);
/* The number of an account; none where another's in the program has it. */
MUST_USE enum err merging_store_set_phone(struct ctx *ctx, account_id account, struct str phone);
/* An account and those that have become a part of it. */
MUST_USE enum err merging_store_list_family(struct ctx *ctx, account_id account, int64_t **ids,
                                            int *count);
/* Those that have become a part of a customer's accounts. */
MUST_USE enum err merging_store_list_parts(struct ctx *ctx, customer_id customer, int max,
                                           int64_t *ids, int *count);

/* Notes the rewards as parts of the merge, and moves them; or those of its parts back. */
MUST_USE enum err merging_store_move_rewards(struct ctx *ctx, merge_id merge,
                                             const struct account_pair *pair);
MUST_USE enum err merging_store_return_rewards(struct ctx *ctx, merge_id merge,
                                               const struct account_pair *pair);
/* What the merge's orders earned on an account. */
struct merged_earnings {
    int64_t carry, pending;
    int64_t *lots; /* where their points lie, ascending */
    int lot_count;
};
MUST_USE enum err merging_store_sum_earnings(struct ctx *ctx, merge_id merge, account_id account,
                                             struct merged_earnings *sum);
MUST_USE enum err merging_store_move_earnings(struct ctx *ctx, merge_id merge, account_id from,
                                              account_id into);
/* What limits counted of one is counted of the other, too; or no longer. */
MUST_USE enum err merging_store_add_counts(struct ctx *ctx, const struct account_pair *pair);
MUST_USE enum err merging_store_take_counts(struct ctx *ctx, const struct account_pair *pair);
