/*
 * settle — what an order earns, made what it should be now whenever the order changes.
 *
 * An order earns in every program that earns, for the customer it belongs to; their account in a
 * program is opened when it first earns there. Settling aims at a state: the same facts end the
 * same, in whatever sequence they come. Three things are in sequence by their nature, and settled
 * when an order first comes: the carry, what the limits of a day or month leave, and whether it
 * came too soon after another (docs/decisions/0081).
 */
#pragma once
#include "core/loyalty/accounts.h"
#include "core/loyalty/accrual.h"

struct order_earning {
    order_id order;
    int64_t total_minor, tax_minor, refunded_minor; /* as they are now; total is before refunds */
    location_id location;
    int64_t closed_us; /* promotions and limits go by it; 0: now */
    int64_t told_us;   /* programs made later earn nothing of it; 0: now */
    /* Its total when it was settled the last time; 0: it was not. What it did not earn then, by the
     * rules and in the programs of that time, it does not earn because money is given back. */
    int64_t settled_minor;
    /* Fills the basket's lines, if some rule wants them; NULL: it has none. */
    enum err (*read_lines)(struct ctx *ctx, const struct order_earning *order,
                           struct basket *basket);
    const void *lines_of; /* for read_lines: whatever it needs */
};

/* What became of it in one program. */
struct settled_account {
    account_id account;
    program_id program;
    int64_t points;           /* that the order gives in all, before refunds */
    int64_t promotion_points; /* of these */
    int64_t changed;          /* what the balance moved; pending points do not */
    int64_t pending_changed;  /* what became or ceased to be pending */
    int64_t ripe_us;          /* its points are pending until then; 0: they are not */
    bool is_new;              /* the account was opened by it */
    /* What it is noted as: one for the rules, one for a promotion. */
    struct loyalty_event events[2];
    int event_count;
};
struct settled {
    struct settled_account own;     /* of the account it was settled for */
    struct settled_account *others; /* where it earned, or changed what it had earned */
    int other_count;
};
/*
 * Makes what an order earns the customer of this account what it should be now, in every program:
 * earns it, earns more when the order grew (by the rules of its first time), takes back what was
 * refunded, part by part. A total that shrinks counts as refunded, a refund that is undone is
 * given back. Takes from the order's own lot first, then first-expiring-first, then owed or nothing
 * by the program's policy; while its points are pending, from those. A program that is closed
 * neither gives nor takes.
 *
 * A refund also takes back from the carry what its points were not worth, so that points and carry
 * together are always worth what was paid and kept. The carry may become negative by it: the next
 * purchases fill that up before they earn.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_ACCOUNT_UNKNOWN
 *           ERR_ORDER_ALREADY_CLAIMED   another account of the program has it
 *           ERR_FIELD_RANGE             it would earn more than PROGRAM_POINTS_MAX
 *           ERR_DB_BUSY                 another settled it meanwhile
 * Cost:     six reads, and nine writes for each program that it earns in
 */
MUST_USE enum err accounts_settle_order(struct ctx *ctx, const struct order_earning *order,
                                        account_id account, struct settled *settled);

/* Makes lots of pending points that are ripe, at most max orders' of them; tells how many there
 * were. Within: a write batch. */
MUST_USE enum err accounts_ripen(struct ctx *ctx, int max, int *ripened);
