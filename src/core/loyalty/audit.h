/*
 * audit — checks what loyalty remembers against the ledger, and tells what differs.
 *
 *   1. a reward's points were taken by its transfer, and come back by another if it was given up;
 *   2. an order's events moved what its earning says: points - taken_back + dropped, and what
 * owners before kept of it; on its account alone, unless it went from one to another;
 *   3. an account's carry is what its earnings gave it, less what refunds took;
 *   4. an event's points are what its transfer moved on the account (points and owed), less what
 *      a promotion gave in it, which is another event's; and every transfer of a program's points
 *      has its event;
 *   5. an account's pending points are what its earnings have that are not ripe;
 *   6. an order's points are those of its parts;
 *   7. an account's history, walked from its newest event, leads to all of its events.
 *
 * Reads only; each comparison is one statement, as in core/ledger/audit.h.
 */
#pragma once
#include "core/ledger/audit.h"

struct loyalty_audit {
    int64_t merchants, accounts, events, rewards, earnings, differences;
};
/* Audits every merchant's. Adds to *found; tells at most LEDGER_AUDIT_TOLD of each kind. */
MUST_USE enum err loyalty_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self,
                                struct loyalty_audit *found);
