/*
 * till_discounts — what a sale is paid with beside money, as it is told, and what that takes off.
 * For this module only.
 */
#pragma once
#include "core/orders/till_prices.h"

/*
 * Finds the rewards, the cashback and the credit notes of a sale and takes off the basket what they
 * give, in the order of rewards_discount.h, then notes, then cashback; changes no row. One that
 * gives nothing, or cannot be used, says why.
 *
 * Errors, with the field:
 *           ERR_REWARD_UNKNOWN, ERR_CREDIT_NOTE_UNKNOWN, ERR_ACCOUNT_UNKNOWN
 *           ERR_FIELD_VALUE   one is told twice, or the account is another customer's
 */
MUST_USE enum err till_discounts_plan(struct ctx *ctx, const struct sale *sale,
                                      struct discount_basket *basket,
                                      struct sale_discount **discounts, int *count);
/* Whether what was taken for an order is what this sale tells. */
MUST_USE enum err till_discounts_are_same(struct ctx *ctx, const struct sale *sale, order_id order,
                                          bool *are_same);
