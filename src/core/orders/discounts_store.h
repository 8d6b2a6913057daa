/* discounts_store — the SQL of discounts. For this module only. */
#pragma once
#include "core/orders/discounts.h"

MUST_USE enum err discounts_store_add(struct ctx *ctx, order_id order, int position,
                                      const struct order_discount *discount);
/* What was taken off the order, in sum: on its row. */
MUST_USE enum err discounts_store_note_sum(struct ctx *ctx, order_id order, int64_t sum_minor);
MUST_USE enum err discounts_store_list(struct ctx *ctx, order_id order,
                                       struct order_discount *discounts, int *count);
/* changed is false when it was returned already. */
MUST_USE enum err discounts_store_return(struct ctx *ctx, order_id order, int position,
                                         bool *changed);
/* By which transfer. */
MUST_USE enum err discounts_store_note_returned(struct ctx *ctx, order_id order, int position,
                                                transfer_id returned);
