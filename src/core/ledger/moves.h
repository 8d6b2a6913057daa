/*
 * moves — what goes from one account to another when customers become one, or two again, beside the
 * points themselves, which ledger_post moves lot by lot.
 */
#pragma once
#include "core/ledger/ledger.h"

struct ledger_lot {
    struct ledger_line line; /* amount: what is left of it */
    account_id made_on;      /* the account whose earning made it, wherever it is now */
};
/*
 * The lots of an account, soonest first, after this one (owner alone: from the first).
 * Gives:    at most max, and at most LEDGER_LOTS_MAX
 */
MUST_USE enum err ledger_list_lots(struct ctx *ctx, const struct ledger_line *after, int max,
                                   struct ledger_lot **lots, int *count);

struct ledger_lifetime_move {
    account_id from, into;
    int64_t carry, lifetime; /* lifetime: 0 or more */
};
/*
 * Takes carry and lifetime from one account and adds them to another.
 * Within:   a write batch
 * Repeat:   moves more
 * Errors:   ERR_LEDGER_ACCOUNT_UNKNOWN
 */
MUST_USE enum err ledger_move_lifetime(struct ctx *ctx, const struct ledger_lifetime_move *move);
