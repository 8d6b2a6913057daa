/*
 * merging — the accounts of two customers become one customer's, and two customers' again.
 *
 * In each program, what the merged customer's account has goes to the survivor's, which is opened
 * if there is none: the points lot by lot, each with its own expiry; what is owed; what is pending;
 * the carry and all that was ever earned; the rewards. The account that is left empty leads to the
 * other one from then on. What each transfer took from one it gave to the other, by BOOK_MERGED.
 *
 * Undone, what is left of it goes back: of the lots, those that were earned on that account or by
 * one of its orders; of what is owed, so much as still is (the survivor's own is repaid first). All
 * else that came about since stays with the survivor. What limits counted goes back as it came.
 */
#pragma once
#include "core/loyalty/accounts.h"

struct accounts_merge {
    merge_id id;
    customer_id survivor, merged;
    struct str phone; /* the survivor's from now on; undone: again */
};
/*
 * What orders earned follows the orders that are parts of the merge: those are noted already.
 *
 * Within:   a write batch
 * Requires: neither customer is a part of another
 * Errors:   ERR_LEDGER_FULL
 * Cost:     some twenty statements for each program, and four for each lot
 */
MUST_USE enum err accounts_merge(struct ctx *ctx, const struct accounts_merge *merge);

struct accounts_unmerge {
    struct accounts_merge merge;
    struct str merged_phone; /* of who is a customer again */
};
/*
 * Undoes a merge.
 *
 * Within:   a write batch
 * Requires: the newest of the merges that stand for either customer's accounts
 * Errors:   ERR_LEDGER_FULL
 */
MUST_USE enum err accounts_unmerge(struct ctx *ctx, const struct accounts_unmerge *unmerge);

/* One account into another, by a merge. */
struct account_pair {
    account_id from, into;
    bool from_phone, into_phone; /* it was known by its customer's number */
    int64_t owed, lifetime;      /* that came with it; owed: 0 or less */
};
/* At most PROGRAMS_MAX times four: closed programs, too. */
enum { ACCOUNT_PAIRS_MAX = 4 * PROGRAMS_MAX };
MUST_USE enum err accounts_list_pairs(struct ctx *ctx, merge_id merge, struct account_pair **pairs,
                                      int *count);
