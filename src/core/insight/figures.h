/*
 * figures — what a customer's orders and points come to, counted for the directory's searches.
 *
 * A job goes through a merchant's changes in the order of merchant_seq, up to a mark: transfers
 * tell whose points moved, touches (core/customers/listing.h) whose orders or accounts changed.
 * Whoever has any is counted anew, from the orders and the ledger themselves, so that a row is
 * right however its customer came to it, and nothing drifts. What a change costs then is one
 * customer's orders read a few seconds later, and nothing while somebody waits at the counter.
 *
 * Invariants, checked by the tests: once the mark has passed a customer's last change,
 *   1. their counts are those of insight_read_sheet;
 *   2. their balances are those of their accounts.
 */
#pragma once
#include "base/ctx.h"

struct figures;

/*
 * Counts the customers of the next changes behind the mark, writing nothing.
 * Within:   a snapshot
 * Gives:    NULL when nothing has changed
 * Cost:     at most FIGURES_PAGE changes, and the orders of those customers
 */
enum { FIGURES_PAGE = 200 };
MUST_USE enum err figures_prepare(struct ctx *ctx, struct figures **prepared);
/*
 * Writes what was counted and moves the mark; nothing when the mark has moved meanwhile. Whoever
 * changed since they were counted has a change behind the mark, and is counted again.
 * Within:   a write batch
 * Repeat:   harmless
 * Gives:    *more: there are changes behind what was counted
 */
MUST_USE enum err figures_write(struct ctx *ctx, const struct figures *prepared, bool *more);
