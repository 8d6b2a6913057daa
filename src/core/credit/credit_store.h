/* credit_store — the SQL of credit notes. For this module only. */
#pragma once
#include "core/credit/credit.h"

MUST_USE enum err credit_store_add(struct ctx *ctx, const struct credit_note *note);
/* Each gives id 0 when there is none. */
MUST_USE enum err credit_store_find(struct ctx *ctx, credit_note_id id, struct credit_note *note);
MUST_USE enum err credit_store_find_code(struct ctx *ctx, struct str code,
                                         struct credit_note *note);
MUST_USE enum err credit_store_find_reward(struct ctx *ctx, customer_id customer, reward_id reward,
                                           struct credit_note *note);
MUST_USE enum err credit_store_list(struct ctx *ctx, customer_id customer, enum credit_which which,
                                    struct credit_note *notes, int *count);
/* Past their time and not ended, soonest first. */
MUST_USE enum err credit_store_list_due(struct ctx *ctx, int max, struct credit_note *notes,
                                        int *count);
/* Ends one that has not ended, and tells whether it was one. */
MUST_USE enum err credit_store_end(struct ctx *ctx, credit_note_id id, bool *changed);
/* It counts again, until expires_us (0: without end). */
MUST_USE enum err credit_store_reopen(struct ctx *ctx, credit_note_id id, int64_t expires_us);
MUST_USE enum err credit_store_merge(struct ctx *ctx, const struct credit_merge *merge);
MUST_USE enum err credit_store_unmerge(struct ctx *ctx, const struct credit_merge *merge);
MUST_USE enum err credit_store_erase(struct ctx *ctx, customer_id customer);
