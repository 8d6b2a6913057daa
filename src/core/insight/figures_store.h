/* figures_store — the statements of figures.h. For this module only. */
#pragma once
#include "core/customers/listing.h"
#include "core/insight/figures.h"

MUST_USE enum err figures_store_find_mark(struct ctx *ctx, int64_t *seq); /* INT64_MIN: none */
/* Moves the mark when it is still `before`. */
MUST_USE enum err figures_store_move_mark(struct ctx *ctx, int64_t before, int64_t after,
                                          bool *moved);
/* The seq of the first change behind one; 0: there is none. */
MUST_USE enum err figures_store_find_next(struct ctx *ctx, int64_t after, int64_t *seq);
/* The merchant's last seq. */
MUST_USE enum err figures_store_find_newest(struct ctx *ctx, int64_t *seq);

struct figures_span {
    int64_t after_seq, until_seq;
};
MUST_USE enum err figures_store_list_changed(struct ctx *ctx, struct figures_span span,
                                             customer_id **customers, int *count);
MUST_USE enum err figures_store_count_orders(struct ctx *ctx, customer_id customer,
                                             struct listing_counts *counts);
MUST_USE enum err figures_store_list_balances(struct ctx *ctx, customer_id customer,
                                              struct listing_balance **balances, int *count);
