/*
 * settle — what an order earns an account, made what it should be now whenever the order changes.
 */
#pragma once
#include "core/loyalty/accounts.h"

struct order_earning {
    order_id order;
    int64_t total_minor, tax_minor, refunded_minor; /* as they are now; total is before refunds */
    location_id location;
};
/*
 * Makes an account's earning of an order what it should be now: earns it, earns more when the order
 * grew (by the rules of its first time), takes back floor(points x refunded / basis) - already
 * taken when it was refunded. A total that shrinks counts as refunded, a refund that is undone is
 * given back. Takes from the order's own lot first, then first-expiring-first, then owed or nothing
 * by the program's policy.
 *
 * A refund also takes back from the carry what its points were not worth, so that points and carry
 * together are always worth what was paid and kept. The carry may become negative by it: the next
 * purchases fill that up before they earn.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Gives:    points: what the order gives in total, before refunds; changed: what the balance moved
 * Errors:   ERR_ACCOUNT_UNKNOWN
 *           ERR_ORDER_ALREADY_CLAIMED   another account of the program has it
 *           ERR_FIELD_RANGE             it would earn more than PROGRAM_POINTS_MAX
 *           ERR_DB_BUSY                 another settled it meanwhile
 */
MUST_USE enum err accounts_settle_order(struct ctx *ctx, const struct order_earning *order,
                                        account_id account, int64_t *points, int64_t *changed);
/* What the order would give at the main program, if it is active, to somebody without carry. */
MUST_USE enum err accounts_preview_order(struct ctx *ctx, const struct order_earning *order,
                                         int64_t *points);
