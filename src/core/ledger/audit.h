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

/* ---- for other modules' audits ---- */

struct audit_difference {
    int64_t subject, is, should_be;
};
/* Finds at most LEDGER_AUDIT_TOLD of the merchant's differences, by one statement. */
typedef enum err audit_comparison(struct ctx *ctx, struct audit_difference *differences,
                                  int *count);
/* A comparison, and how its differences are worded: "reward rew_…: points 10, its transfer took 9".
 */
struct audit_check {
    audit_comparison *compare;
    enum id_kind kind;
    const char *subject, *is, *should_be;
};
struct audit_told {
    ledger_audit_tell *tell;
    void *self;
    int64_t differences;
};
/* Makes the checks one after the other; tells and counts what differs. */
MUST_USE enum err audit_run(struct ctx *ctx, const struct audit_check *checks, int count,
                            struct audit_told *told);
/* Tells and counts what a comparison in pages found. */
void audit_tell(struct ctx *ctx, const struct audit_check *check,
                const struct audit_difference *differences, int count, struct audit_told *told);
/* Reads rows of (subject, is, should_be). */
struct db_rows;
MUST_USE enum err audit_read(struct db_rows *rows, struct audit_difference *differences,
                             int *count);

/* The next merchant with anything in the ledger; id 0 after the last. */
MUST_USE enum err ledger_next_merchant(struct ctx *ctx, merchant_id after, merchant_id *next);
