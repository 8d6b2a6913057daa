/*
 * spending — the money of a cashback program, spent at the till.
 *
 * A cashback program's points are minor units of the currency: they pay what they count. Spending
 * takes them from the lots that expire first; its reverse fills the very same lots again.
 */
#pragma once
#include "core/loyalty/accounts.h"

struct spend_order {
    account_id account;
    int64_t amount_minor; /* 1 … PROGRAM_POINTS_MAX */
    order_id order;       /* that it pays; 0: none */
    location_id location;
    struct str reason; /* empty: "spent" */
};
/*
 * That so much could be spent now.
 * Errors:   those of accounts_spend, but for ERR_LEDGER_TOO_MANY_LOTS
 */
MUST_USE enum err accounts_check_spend(struct ctx *ctx, const struct spend_order *order);
/*
 * Spends; the event is of type OTHER, with the transfer's id.
 * Within:   a write batch
 * Repeat:   spends more
 * Errors:   ERR_FIELD_RANGE, ERR_ACCOUNT_UNKNOWN
 *           ERR_PROGRAM_NOT_CASHBACK   it counts something else
 *           ERR_PROGRAM_INACTIVE       suspended, or closed
 *           ERR_POINTS_SHORT           also while something is owed: the balance counts
 *           ERR_LEDGER_TOO_MANY_LOTS
 */
MUST_USE enum err accounts_spend(struct ctx *ctx, const struct spend_order *order,
                                 struct loyalty_event *event);
/*
 * What was spent comes back to the very lots it was in; one that is past its time expires with the
 * next run.
 * Within:   a write batch
 * Repeat:   gives back more: the caller knows what was given back
 * Errors:   ERR_ACCOUNT_UNKNOWN, ERR_LEDGER_TRANSFER_UNKNOWN
 */
struct spend_return {
    account_id account;
    transfer_id spent_by;
    order_id order; /* that was undone */
};
MUST_USE enum err accounts_unspend(struct ctx *ctx, const struct spend_return *spent,
                                   struct loyalty_event *event);
