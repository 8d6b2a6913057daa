/*
 * merging — the part of merging customers that is this module's: whose the orders are.
 *
 * Orders of the merged customer are noted as parts of the merge before their accounts are emptied,
 * and are the survivor's once it is known which account became a part of which.
 */
#pragma once
#include "core/orders/orders.h"

/* That a customer may have, to become a part of another at once. */
enum { ORDERS_MERGED_MAX = 20000 };
/*
 * Within:   a write batch
 * Errors:   ERR_MERGE_TOO_LARGE   they have more than ORDERS_MERGED_MAX
 */
MUST_USE enum err orders_note_merge(struct ctx *ctx, merge_id merge, customer_id merged);
/* Within: a write batch, after accounts_merge. Repeat: harmless. */
MUST_USE enum err orders_follow_merge(struct ctx *ctx, merge_id merge);
/* Those orders that are still the survivor's go back. Within: a write batch. Repeat: harmless. */
MUST_USE enum err orders_unmerge(struct ctx *ctx, merge_id merge);
