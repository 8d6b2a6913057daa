/*
 * points — how points move on an account, for all of this module: given as a new lot or as pending
 * ones, taken out of either, ripened; always as one transfer with its event. What a promotion gave
 * in the same transfer is an event of its own, right after. For this module only.
 */
#pragma once
#include "core/ledger/ledger.h"
#include "core/loyalty/accounts_store.h"

/* What becomes of points that the lots do not have. */
enum points_rest { REST_REFUSED, REST_OWED, REST_DROPPED };

struct points_move {
    enum ledger_reason reason;
    enum ledger_book contra;         /* the shop's side: of the account's program */
    enum points_rest rest;           /* when taking */
    int64_t prefer_lot;              /* when taking: emptied first; 0: none */
    int64_t promoted;                /* when giving: of the points, by a promotion, */
    struct loyalty_event *companion; /* whose event is put here; may be NULL */
    bool is_fresh; /* nothing was noted on the account since the membership was read */
    int64_t carry_added, lifetime_added;
};

/* The account, or the one it was merged into, with its balances. Errors: ERR_ACCOUNT_UNKNOWN */
MUST_USE enum err points_find(struct ctx *ctx, account_id id, struct membership *member);

/*
 * Gives points: owed is repaid first, the rest is a new lot that expires as the program says.
 * event's type, location, order, reward and reason are given; its id, points and times are filled.
 * What was promoted is another event's; when that is all, the event is the promotion's.
 * Within: a write batch. Errors: ERR_LEDGER_FULL
 */
MUST_USE enum err points_give(struct ctx *ctx, const struct membership *member, int64_t points,
                              const struct points_move *move, struct loyalty_event *event);
/*
 * Takes points out of lots. Gives the event as points_give; its points are what the balance moved
 * (negative), 0 when nothing was there to take: then there is neither transfer nor event.
 * Errors: ERR_POINTS_SHORT (rest REST_REFUSED), ERR_LEDGER_TOO_MANY_LOTS
 */
MUST_USE enum err points_take(struct ctx *ctx, const struct membership *member, int64_t points,
                              const struct points_move *move, struct loyalty_event *event);
/*
 * Posts the exact reverse of what took points: the same lots, with their own expiry. Of a program
 * that is over, nothing can come back: they expire at once, by a second transfer.
 */
struct points_reverse {
    transfer_id of, as; /* of what; its own id */
    enum ledger_reason reason;
};
MUST_USE enum err points_reverse(struct ctx *ctx, const struct membership *member,
                                 const struct points_reverse *reverse, struct loyalty_event *event);
/*
 * Gives, or takes, points that wait to ripen: they are in no balance, and in no lot. The event says
 * 0. Errors:   ERR_LEDGER_FULL; ERR_LEDGER_SHORT when taking more than wait
 */
MUST_USE enum err points_give_pending(struct ctx *ctx, const struct membership *member,
                                      int64_t points, const struct points_move *move,
                                      struct loyalty_event *event);
MUST_USE enum err points_take_pending(struct ctx *ctx, const struct membership *member,
                                      int64_t points, const struct points_move *move,
                                      struct loyalty_event *event);
/* Makes a lot of pending points, after repaying what is owed. */
MUST_USE enum err points_ripen(struct ctx *ctx, const struct membership *member, int64_t points,
                               struct loyalty_event *event);
/* Expires the account's lots that are due, so that nothing takes from them any more. */
MUST_USE enum err points_expire_due(struct ctx *ctx, struct membership *member);
/* Expires these lots, all of one account. */
MUST_USE enum err points_expire_lots(struct ctx *ctx, const struct membership *member,
                                     const struct ledger_line *lots, int count);

/* What goes from one account to another when their customers become one: lots (their amounts are
 * what goes), what is owed (0 or less), what is pending. An event on each, also when it is nothing.
 */
struct points_bundle {
    const struct ledger_line *lots;
    int lot_count;
    int64_t owed, pending;
};
MUST_USE enum err points_move_to(struct ctx *ctx, const struct membership *from,
                                 const struct membership *into, const struct points_bundle *bundle,
                                 struct str reason);

/* Notes what happened: fills account, program, actor and time, stores it, tells those who watch.
 * seq 0: takes the next one. */
MUST_USE enum err events_add(struct ctx *ctx, const struct loyalty_account *account,
                             struct loyalty_event *event);
/*
 * The same with what a promotion gave in the same transfer, right after it: points 0: nothing. The
 * account's newest event is `previous`, and that it is this one now is the transfer's to note.
 */
struct events_added {
    struct loyalty_event *event, *companion;
    transfer_id previous;
};
MUST_USE enum err events_add_after(struct ctx *ctx, const struct loyalty_account *account,
                                   const struct events_added *added);
