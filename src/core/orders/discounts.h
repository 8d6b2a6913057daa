/*
 * discounts — what customers paid with that was not money: rewards, cashback, credit notes.
 *
 * Each is written down with its order, and given back once when the order has come to nothing.
 */
#pragma once
#include "base/ctx.h"

enum order_discount_kind {
    ORDER_DISCOUNT_REWARD,     /* subject: a reward */
    ORDER_DISCOUNT_CREDIT,     /* a loyalty account, of a cashback program */
    ORDER_DISCOUNT_CREDIT_NOTE /* a credit note */
};
enum { ORDER_DISCOUNTS_MAX = 32 };
struct order_discount {
    enum order_discount_kind kind;
    int64_t subject;
    struct str name;      /* of the reward; empty: it has none. Filled when it is listed */
    int64_t amount_minor; /* 0 of a reward that was handed over */
    transfer_id transfer; /* that spent it; 0 for a reward */
    int64_t returned_us;  /* given back, since the order was undone; 0: it was not */
};
struct str order_discount_name(enum order_discount_kind kind); /* "reward" */

struct order_discounts {
    order_id order;
    location_id location;
    struct order_discount *discounts;
    int count;
};
/*
 * Uses the rewards and spends the credit on an order, and writes it down; all, or none (the caller
 * rolls back its savepoint on an error). Fills the transfers.
 * Within:   a write batch
 * Repeat:   refused
 * Errors:   those of rewards_redeem_on, accounts_spend and credit_spend
 */
MUST_USE enum err discounts_take(struct ctx *ctx, const struct order_discounts *taken);
/* As they were taken, one after the other. */
MUST_USE enum err discounts_list(struct ctx *ctx, order_id order, struct order_discount **discounts,
                                 int *count);
/*
 * The order has come to nothing, cancelled or wholly refunded: its rewards can be used again, its
 * credit comes back.
 * Within:   a write batch
 * Repeat:   harmless: each comes back once, also when the order is undone a second time
 */
MUST_USE enum err discounts_return(struct ctx *ctx, order_id order);
