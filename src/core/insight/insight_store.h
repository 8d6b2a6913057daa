/* insight_store — what insight.h counts, counted by the database. For this module only. */
#pragma once
#include "core/insight/insight.h"

/*
 * Local days begin at a quarter of an hour everywhere, so what happened is added up by quarters
 * of an hour, and these are put on their day.
 */
#define INSIGHT_QUARTER_US (15 * INT64_C(60000000))

/* The days, and what is added up for each. */
struct insight_bins {
    const int64_t *starts_us; /* of each bin, and the end of the last: bin_count + 1 */
    int bin_count;
    struct insight_figures *figures;
    team_member_id of; /* what happened at their places; 0: anywhere */
};
MUST_USE enum err insight_store_add_orders(struct ctx *ctx, const struct insight_bins *bins);
MUST_USE enum err insight_store_add_events(struct ctx *ctx, const struct insight_bins *bins);
MUST_USE enum err insight_store_add_customers(struct ctx *ctx, const struct insight_bins *bins);

MUST_USE enum err insight_store_read_orders_of(struct ctx *ctx, customer_id customer,
                                               struct insight_sheet *sheet);
MUST_USE enum err insight_store_read_rewards_of(struct ctx *ctx, customer_id customer,
                                                struct insight_sheet *sheet);
MUST_USE enum err insight_store_read_cashback_of(struct ctx *ctx, customer_id customer,
                                                 struct insight_sheet *sheet);
MUST_USE enum err insight_store_read_credit_of(struct ctx *ctx, customer_id customer,
                                               struct insight_sheet *sheet);
MUST_USE enum err insight_store_find_actor_name(struct ctx *ctx, int64_t id, struct str *name);
