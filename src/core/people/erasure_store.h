/* erasure_store — the rows of erasure.h, and what people.h erases of no module's own. */
#pragma once
#include "core/people/erasure.h"

MUST_USE enum err erasure_store_add(struct ctx *ctx, const struct erasure *erasure,
                                    struct str cause);
MUST_USE enum err erasure_store_has(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                    bool *found);
MUST_USE enum err erasure_store_list(struct ctx *ctx, enum erasure_work work, int max,
                                     struct erasure **erasures, int *count);
MUST_USE enum err erasure_store_mark(struct ctx *ctx, enum erasure_work work,
                                     const struct erasure *erasure);
MUST_USE enum err erasure_store_unmark(struct ctx *ctx);
/* The ids of customers, and of who became a part of one, after this one, in order; fewer than max:
 * these are the last. */
MUST_USE enum err erasure_store_list_suspects(struct ctx *ctx, int64_t after, int max, int64_t *ids,
                                              int *count);
/* The ids that were merged into a customer's. */
MUST_USE enum err erasure_store_list_aliases(struct ctx *ctx, customer_id customer, int64_t **ids,
                                             int *count);
/* Replies kept for repeated requests since this id: emptied. The keys stay: what was done is not
 * done again. */
MUST_USE enum err erasure_store_erase_replies(struct ctx *ctx, customer_id customer, int64_t from);
