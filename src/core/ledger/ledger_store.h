/* ledger_store — the ledger's SQL: accounts, transfers, lines, lots, holds. For this module only.
 */
#pragma once
#include "core/ledger/holds.h"
#include "core/ledger/ledger.h"

struct ledger_account {
    int64_t unit, balance, held, carry, lifetime, floor;
    bool closed, exists;
};
struct ledger_move { /* of one account, by all of its lines in a transfer */
    int64_t owner;
    enum ledger_book book;
    int64_t unit, amount, carry_added, lifetime_added, last_event;
};
struct ledger_posted { /* a transfer's head */
    int64_t seq, unit;
    enum ledger_reason reason;
    bool exists;
};

/* ledger_store.c */
MUST_USE enum err ledger_store_add_account(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                           int64_t unit, int64_t floor);
MUST_USE enum err ledger_store_find_account(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                            struct ledger_account *account);
/* Moves a balance if the account's unit, floor and ceiling allow it; tells whether it did. */
MUST_USE enum err ledger_store_move(struct ctx *ctx, const struct ledger_move *move, bool *moved);
MUST_USE enum err ledger_store_note(struct ctx *ctx, int64_t owner, int64_t carry_added,
                                    int64_t lifetime_added, bool *noted);
/* added: false when the id is there already. */
MUST_USE enum err ledger_store_add_transfer(struct ctx *ctx, const struct ledger_transfer *transfer,
                                            bool *added);
MUST_USE enum err ledger_store_find_transfer(struct ctx *ctx, transfer_id id,
                                             struct ledger_posted *posted);
/* Adds `count` lines from number `first` on, in one statement: 1, 2 or 3. */
MUST_USE enum err ledger_store_add_lines(struct ctx *ctx, const struct ledger_transfer *transfer,
                                         int first, int count);
/* A copy of an array of *room lines with room for twice as many (8, when it had none). */
struct ledger_line *ledger_store_grow(struct ctx *ctx, const struct ledger_line *lines, int *room);
/* At most max lines, from the first. */
MUST_USE enum err ledger_store_list_lines(struct ctx *ctx, transfer_id id, int max,
                                          struct ledger_line **lines, int *line_count);
MUST_USE enum err ledger_store_sum_contra(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                          int64_t *sum);

/* lots_store.c; a lot is named by owner, lot and expires_us of a line */
MUST_USE enum err ledger_store_fill_lot(struct ctx *ctx, const struct ledger_line *line,
                                        int64_t unit);
/* taken: false when the lot holds less than the line takes. */
MUST_USE enum err ledger_store_empty_lot(struct ctx *ctx, const struct ledger_line *line,
                                         bool *taken);
/* The lots of one account after a place in their order, as lines whose amount is what they hold. */
MUST_USE enum err ledger_store_list_lots(struct ctx *ctx, const struct ledger_line *after, int max,
                                         struct ledger_line *lots, int *count);
MUST_USE enum err ledger_store_find_lot(struct ctx *ctx, int64_t owner, int64_t lot,
                                        struct ledger_line *found, bool *exists);
struct ledger_lot;
MUST_USE enum err ledger_store_list_made(struct ctx *ctx, const struct ledger_line *after, int max,
                                         struct ledger_lot *lots, int *count);
MUST_USE enum err ledger_store_add_lifetime(struct ctx *ctx, int64_t owner, int64_t move,
                                            int64_t amount);
/* owner 0: of all. */
MUST_USE enum err ledger_store_list_due(struct ctx *ctx, int64_t owner, int max,
                                        struct ledger_line *lots, int *count);
MUST_USE enum err ledger_store_list_deadlines(struct ctx *ctx, int64_t owner, int max,
                                              struct ledger_deadline *deadlines, int *count);

/* holds_store.c */
struct ledger_hold_row {
    struct ledger_hold hold;
    enum { HOLD_PENDING, HOLD_POSTED, HOLD_VOIDED } state;
    int64_t posted; /* of the amount */
    transfer_id transfer;
    bool exists;
};
MUST_USE enum err ledger_store_add_hold(struct ctx *ctx, const struct ledger_hold *hold,
                                        bool *added);
MUST_USE enum err ledger_store_find_hold(struct ctx *ctx, hold_id id, struct ledger_hold_row *row);
/* Pending, and not past its time, becomes posted; told by ended. */
MUST_USE enum err ledger_store_end_hold_posted(struct ctx *ctx,
                                               const struct ledger_hold_posting *posting,
                                               bool *ended);
MUST_USE enum err ledger_store_end_hold_voided(struct ctx *ctx, hold_id id, bool *ended);
/* Changes held, if unit and floor allow it. */
MUST_USE enum err ledger_store_move_held(struct ctx *ctx, const struct ledger_move *move,
                                         bool *moved);
MUST_USE enum err ledger_store_list_due_holds(struct ctx *ctx, int max, hold_id *ids, int *count);
