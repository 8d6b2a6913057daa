/*
 * audit — rebuilds every balance, lot and held amount from the lines, and tells what differs.
 *
 * Reads only, and needs no quiet moment: each comparison is one statement, so it sees one state of
 * the database however much is posted meanwhile.
 */
#pragma once
#include "base/ctx.h"

struct ledger_audit {
    int64_t merchants, accounts, transfers, lines, lots, holds, differences;
};

/* One difference: "account acc_… book 1: balance 12, its lines say 11". */
typedef void ledger_audit_tell(void *self, const char *sentence);

/*
 * Audits every merchant's ledger; see the invariants in ledger.h. Adds to *found. For each
 * invariant and page, at most LEDGER_AUDIT_TOLD differences are told and counted.
 * Cost:     reads the whole ledger: transfers in pages, lines once for each LEDGER_AUDIT_PAGE
 *           accounts; of these the sums and lots are in memory at once
 */
enum { LEDGER_AUDIT_TOLD = 100, LEDGER_AUDIT_PAGE = 100000 };
MUST_USE enum err ledger_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self,
                               struct ledger_audit *found);

/* The next merchant with anything in the ledger; id 0 after the last. */
MUST_USE enum err ledger_next_merchant(struct ctx *ctx, merchant_id after, merchant_id *next);
