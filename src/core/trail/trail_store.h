/* trail_store — the SQL of trail.h. */
#pragma once
#include "core/trail/trail.h"

MUST_USE enum err trail_store_add(struct ctx *ctx, const struct trail_entry *entry);
/* Whether ctx->actor looked at this customer, by an entry of this id or later. */
MUST_USE enum err trail_store_has_look(struct ctx *ctx, customer_id customer, int64_t from,
                                       bool *has_look);
MUST_USE enum err trail_store_list(struct ctx *ctx, const struct trail_query *query,
                                   struct trail_entry **entries, int *count);
MUST_USE enum err trail_store_forget(struct ctx *ctx, int64_t before, int max, int64_t *forgotten);
