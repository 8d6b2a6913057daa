/*
 * discounts_audit — checks what was paid with beside money against the ledger, and tells what
 * differs.
 *
 *   1. what made a credit note in the ledger is its amount, and one that ended has nothing left;
 *   2. what was taken off an order is the sum of its discounts, where our till wrote them, and of
 *      what its lines bear of it;
 *   3. cashback and notes paid, by their transfer, what the order says, and came back by another if
 *      the order was undone;
 *   4. a reward that was used on an order is redeemed, and the order says so;
 *   5. an order that has come to nothing has given everything back.
 *
 * Reads only; each comparison is one statement, as in core/ledger/audit.h.
 */
#pragma once
#include "core/ledger/audit.h"

struct discounts_audit {
    int64_t credit_notes, discounts, differences;
};
/* Audits every merchant's. Adds to *found; tells at most LEDGER_AUDIT_TOLD of each kind. */
MUST_USE enum err discounts_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self,
                                  struct discounts_audit *found);
