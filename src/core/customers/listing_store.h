/* listing_store — the statements of listing.h. For this module only. */
#pragma once
#include "core/customers/listing.h"

/* What a customer's own row gives. */
struct listing_row {
    customer_id id;
    struct str sort_name, source;
    int64_t birth_month, created_us;
};
MUST_USE enum err listing_store_add(struct ctx *ctx, const struct listing_row *row);
MUST_USE enum err listing_store_change(struct ctx *ctx, const struct listing_row *row);
MUST_USE enum err listing_store_remove(struct ctx *ctx, customer_id id);
MUST_USE enum err listing_store_remove_balances(struct ctx *ctx, customer_id id);

MUST_USE enum err listing_store_touch(struct ctx *ctx, int64_t seq, customer_id id);
MUST_USE enum err listing_store_forget_touches(struct ctx *ctx, int64_t until_seq);

MUST_USE enum err listing_store_find(struct ctx *ctx, customer_id id, struct listing *listing);
MUST_USE enum err listing_store_list_balances(struct ctx *ctx, customer_id id,
                                              struct listing_balance **balances, int *count);
MUST_USE enum err listing_store_put_counts(struct ctx *ctx, customer_id id,
                                           const struct listing_counts *counts);
MUST_USE enum err listing_store_put_balance(struct ctx *ctx, customer_id id,
                                            const struct listing_balance *balance);
MUST_USE enum err listing_store_remove_balance(struct ctx *ctx, customer_id id, program_id program);
