/*
 * listing — what the directory filters and sorts by: one narrow row for each customer, and one for
 * each program they are in.
 *
 * A search over a million customers must not open a million of their rows, add up their orders or
 * look into the ledger. So what it asks is kept here: what the customers' own rows say, written
 * with them; and what their orders and points come to, counted by a job that is seconds behind
 * (core/insight/figures). Nothing but searches reads these rows: whoever needs a balance to decide
 * something asks the ledger.
 */
#pragma once
#include "core/customers/customers.h"

/* With the customer's own row, in its transaction. */
MUST_USE enum err listing_add(struct ctx *ctx, const struct customer *customer);
MUST_USE enum err listing_change(struct ctx *ctx, const struct customer *customer);
MUST_USE enum err listing_remove(struct ctx *ctx, customer_id id);

/*
 * Says that a customer's orders or accounts changed, so that they are counted anew. Points that
 * moved need no saying: the ledger tells it.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Cost:     one row at the end of a small table
 */
MUST_USE enum err listing_touch(struct ctx *ctx, customer_id id);

/* ---- for the job that counts ---- */
struct listing_counts {
    int64_t visits;                        /* orders completed, whose points they got */
    int64_t spend_minor;                   /* of them: without tip, less refunds */
    int64_t first_visit_us, last_visit_us; /* 0: none */
    location_id location;                  /* of the last; 0: not known */
};
struct listing_balance {
    program_id program;
    int64_t balance; /* points, less what is owed */
};
struct listing {
    struct listing_counts counts;
    struct listing_balance *balances; /* by program */
    int balance_count;
    bool
        is_named; /* false: a row from before there were any, which its customer's name waits for */
    bool exists;
};
MUST_USE enum err listing_find(struct ctx *ctx, customer_id id, struct listing *listing);
/*
 * Makes a row say what was counted: writes what differs from `before`, and the name where it is
 * missing. Nothing when the customer is gone.
 *
 * Within:   a transaction
 * Requires: balances by program, as in `before`
 */
MUST_USE enum err listing_put(struct ctx *ctx, customer_id id, const struct listing *before,
                              const struct listing *after);

/* Forgets what was touched up to this seq: it is counted. */
MUST_USE enum err listing_forget_touches(struct ctx *ctx, int64_t until_seq);
