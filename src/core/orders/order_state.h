/*
 * order_state — what an order has come to, made of its facts.
 *
 * Messages only add facts (what was sold, paid, given back, cancelled); then the state is made of
 * all facts known, whatever order they came in: where it was closed, what is left of it, who gets
 * its points or on which tablet they wait. Two things are not undone by a later message: points
 * given to somebody stay theirs (a refund takes them back), and a claim that ran out stays so.
 */
#pragma once
#include "core/loyalty/accounts.h"
#include "core/loyalty/settle.h"
#include "core/orders/orders_store.h"

/* Where an order's points wait before its facts change. */
struct order_before {
    enum claim_state claim;
    register_id reg;
    int64_t points, total_minor;
};
struct order_before order_state_before(const struct order_row *row);

/*
 * Makes the state of the facts, gives or takes points, stores the row and tells the tablets.
 * Within:   a write batch.
 * Requires: row->id, also for a row that is not stored yet (stored says which).
 */
enum order_stored { ORDER_NEW, ORDER_STORED };
MUST_USE enum err order_state_settle(struct ctx *ctx, enum pos_credit credit,
                                     const struct order_before *before, struct order_row *row,
                                     enum order_stored stored);
/* Stores a row whose state the caller changed, and tells the tablets. */
MUST_USE enum err order_state_save(struct ctx *ctx, const struct order_before *before,
                                   struct order_row *row, enum order_stored stored);
/* The same where only its claim, account and points were changed. */
MUST_USE enum err order_state_save_claim(struct ctx *ctx, const struct order_before *before,
                                         const struct order_row *row);
/* Makes the state of the orders kept while their establishment had no location; at most 1,000. */
MUST_USE enum err order_state_place_kept(struct ctx *ctx, const struct integration *integration,
                                         struct str establishment);
/* The row as callers know it. */
struct order order_state_public(const struct order_row *row);
/* Whom the POS or the paying card names and we know; 0: nobody. */
MUST_USE enum err order_state_find_customer(struct ctx *ctx, const struct order_row *row,
                                            customer_id *customer);
/* What accounts_settle_order is told of an order; the row has to stay while it is used. */
struct order_earning order_state_earning(const struct order_row *row);
