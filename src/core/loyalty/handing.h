/*
 * handing — a credit that was given to the wrong customer goes to the right one.
 *
 * What an order earned is taken from whom it was given to, and given to somebody else: as many
 * points, with the same parts, so that refunds go on from there as if it had always been theirs.
 * What the first one has spent already is owed, or dropped, as after a refund. In a program that is
 * over it stays where it is.
 */
#pragma once
#include "core/loyalty/accounts.h"

struct earning_handing {
    order_id order;
    customer_id from, into;
    struct str phone; /* of the second, for accounts that are opened; may be empty */
    location_id location;
};
/*
 * Within:   a write batch
 * Repeat:   harmless: there is nothing left to hand over
 * Errors:   ERR_PROGRAM_INACTIVE   it earned in a suspended program that the second is not in
 *           ERR_LEDGER_FULL
 */
MUST_USE enum err earnings_hand_over(struct ctx *ctx, const struct earning_handing *handing);
