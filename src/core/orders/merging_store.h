/* merging_store — the SQL of merging.h. For this module only. */
#pragma once
#include "base/ctx.h"

/* Notes a customer's orders as parts of a merge, at most max; tells how many. */
MUST_USE enum err merged_orders_store_note(struct ctx *ctx, merge_id merge, customer_id merged,
                                           int max, int64_t *count);
/* Of a merge's orders, those of one account are another's. */
MUST_USE enum err merged_orders_store_move(struct ctx *ctx, merge_id merge, account_id from,
                                           account_id into);
