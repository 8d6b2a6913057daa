/*
 * merge — two customers turn out to be one, and perhaps not: in all modules at once.
 *
 * The survivor's id stays; the other one's leads to it, and so do their loyalty accounts' ids,
 * their cards and what the POS knows them by. One telephone number is kept, and signs in from then
 * on; the other is free. Sessions in the app end where the number does.
 *
 * For MERGE_UNDO_DAYS it can be undone: what is left of what each had goes back to them, and what
 * came since stays with the survivor (core/loyalty/merging.h).
 */
#pragma once
#include "core/customers/merges.h"

struct merge_order {
    customer_id survivor, merged; /* ids that were merged before lead to whom they are now */
    struct str
        phone; /* one of theirs, E.164; empty: the survivor's, or the other's if they have none */
};
/*
 * Who they would be together; changes nothing. Fills the order as people_merge would.
 * Errors: ERR_CUSTOMER_UNKNOWN, ERR_MERGE_SAME, ERR_FIELD_VALUE (phone_number: neither of theirs)
 */
MUST_USE enum err people_combine(struct ctx *ctx, struct merge_order *order, struct customer *both);

struct merge_done {
    struct customer_merge merge;
    struct customer survivor;
    struct customer merged; /* as they were; undone: as they are again */
};
/*
 * Within:   a write batch
 * Repeat:   refused: they are one already
 * Errors:   those of people_combine
 *           ERR_MERGE_TOO_LARGE, ERR_LEDGER_FULL
 * Cost:     grows with what the merged customer has: each order, reward and lot of theirs is moved
 */
MUST_USE enum err people_merge(struct ctx *ctx, const struct merge_order *order,
                               struct merge_done *done);
/* Whether it can be undone now. Errors: ERR_MERGE_FINAL, ERR_MERGE_LATER_FIRST */
MUST_USE enum err people_check_unmerge(struct ctx *ctx, const struct customer_merge *merge);
/*
 * Within:   a write batch
 * Repeat:   harmless; done then tells the merge alone
 * Errors:   ERR_MERGE_UNKNOWN
 *           ERR_MERGE_FINAL         too old, or one of the two was removed
 *           ERR_MERGE_LATER_FIRST   the survivor is a part of somebody else by now
 *           ERR_PHONE_TAKEN         somebody else has the number that was all they are known by
 */
MUST_USE enum err people_unmerge(struct ctx *ctx, merge_id id, struct merge_done *done);
/*
 * Makes a customer of their own again of somebody who was merged, however long ago, and whoever was
 * merged later: in a database that is restored from before that was done.
 *
 * Within:   a write batch
 * Errors:   ERR_MERGE_UNKNOWN, ERR_MERGE_FINAL, ERR_PHONE_TAKEN
 */
MUST_USE enum err people_part(struct ctx *ctx, customer_id merged);
