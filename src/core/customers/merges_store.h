/* merges_store — the SQL of merges; see merges.h. For this module only. */
#pragma once
#include "core/customers/merges.h"

MUST_USE enum err merges_store_resolve(struct ctx *ctx, customer_id *id);
MUST_USE enum err merges_store_add(struct ctx *ctx, const struct customer_merge *merge);
/* id 0 when there is none. */
MUST_USE enum err merges_store_find(struct ctx *ctx, merge_id id, struct customer_merge *merge);
/* The one that stands by which somebody became a part of another; id 0 when there is none. */
MUST_USE enum err merges_store_find_standing(struct ctx *ctx, customer_id merged,
                                             struct customer_merge *merge);
MUST_USE enum err merges_store_list(struct ctx *ctx, customer_id survivor, int max,
                                    struct customer_merge *merges, int *count);
MUST_USE enum err merges_store_note_undone(struct ctx *ctx, merge_id id);

/* Copies both customers' rows; and reads one back. */
MUST_USE enum err merges_store_keep_persons(struct ctx *ctx, const struct customer_merge *merge);
MUST_USE enum err merges_store_find_person(struct ctx *ctx, merge_id merge, customer_id id,
                                           struct customer *person);
MUST_USE enum err merges_store_list_persons(struct ctx *ctx, customer_id id,
                                            struct customer **persons, int *count);

/* The merged customer's id, and those that lead to it, lead to the survivor. */
MUST_USE enum err merges_store_add_alias(struct ctx *ctx, const struct customer_merge *merge);
/* It leads nowhere; those that were merged into it lead to it again. */
MUST_USE enum err merges_store_remove_alias(struct ctx *ctx, customer_id merged);
MUST_USE enum err merges_store_list_aliases(struct ctx *ctx, customer_id id, customer_id **aliases,
                                            int *count);

/* The survivor gets the other one's tags; or both have theirs again. */
MUST_USE enum err merges_store_move_tags(struct ctx *ctx, const struct customer_merge *merge);
MUST_USE enum err merges_store_return_tags(struct ctx *ctx, const struct customer_merge *merge);

/* A merge cannot be undone any more: what that needs is forgotten. */
MUST_USE enum err merges_store_end(struct ctx *ctx, merge_id id);
MUST_USE enum err merges_store_list_old(struct ctx *ctx, int64_t before_us, int max, int64_t *ids,
                                        int *count);
/* Those that a customer is the survivor of, or somebody who is a part of them. */
MUST_USE enum err merges_store_list_standing(struct ctx *ctx, customer_id id, int64_t **ids,
                                             int *count);
/* Ids lead to this customer no more. */
MUST_USE enum err merges_store_forget_aliases(struct ctx *ctx, customer_id id);
