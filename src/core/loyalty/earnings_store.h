/* earnings_store — the SQL of what each order gave, and of what its limits count. For this module
 * only. */
#pragma once
#include "core/loyalty/accounts.h"
#include "core/loyalty/accrual.h"
#include "core/loyalty/earnings.h"

struct earning {
    order_id order;
    program_id program;
    account_id account;             /* 0: the order earned nothing yet */
    int64_t version;                /* of the rules that count */
    int64_t basis_minor, tax_minor; /* the order's at its largest */
    int64_t refunded_minor;         /* of that */
    int64_t points;                 /* of all parts, before refunds */
    int64_t spend_points;           /* of these, the carrying rule's; */
    int64_t spend_minor;            /* what that counted, */
    int64_t rule_points, rule_amount;
    int64_t taken_back; /* of the points, by refunds */
    int64_t dropped;    /* of those, what was spent already and is not owed */
    int64_t carry_given, carry_taken;
    int64_t lot;     /* 0: none yet */
    int64_t ripe_us; /* its points are pending until then; 0: they are not */
    promotion_id promotion;
    int64_t promotion_points; /* of the points */
    int64_t counted_day;      /* 20261122; 0: counts for no limit */
};

/* An order's earnings in all programs; at most PROGRAMS_MAX. */
MUST_USE enum err earnings_store_list(struct ctx *ctx, order_id order, struct earning *earnings,
                                      int *count);
/*
 * Adds an earning, or changes one that is still as it was read; tells whether it did. Of two that
 * settle an order at once, the second is told that it comes too late, whatever locks they hold.
 */
MUST_USE enum err earnings_store_add(struct ctx *ctx, const struct earning *earning, bool *done);
MUST_USE enum err earnings_store_change(struct ctx *ctx, const struct earning *before,
                                        const struct earning *after, bool *done);

/* An earning is another account's. */
struct earning_move {
    account_id into;
    int64_t lot;  /* its points lie in; 0: none */
    int64_t kept; /* of it by whom it was before, since it was spent and is not owed */
};
MUST_USE enum err earnings_store_hand_over(struct ctx *ctx, const struct earning *earning,
                                           const struct earning_move *move);

/* ---- parts ---- */
/* Fills parts and part_count, by position. */
MUST_USE enum err earnings_store_list_parts(struct ctx *ctx, const struct earning *earning,
                                            struct accrual *accrual);
enum earning_source { EARNING_OF_RULE, EARNING_OF_PROMOTION };
struct earning_part {
    program_id program;
    int position;
    enum earning_source source;
    struct accrual_part is;
};
/* Puts an order's parts in their places, whatever was there; of all programs together. */
MUST_USE enum err earnings_store_put_parts(struct ctx *ctx, order_id order,
                                           const struct earning_part *parts, int count);

/* ---- pending points ---- */
/* Of the merchant's, ripe by now, the oldest first. */
MUST_USE enum err earnings_store_list_ripe(struct ctx *ctx, int max, struct earning *earnings,
                                           int *count);
/* Of one account, the soonest first; what refunds took back is not in them. */
MUST_USE enum err earnings_store_list_pending(struct ctx *ctx, account_id account, int max,
                                              struct pending_points *pending, int *count);

/* ---- limits: counts_store.c ---- */
struct earning_count {
    int64_t period; /* 20261122 or 202611 */
    int64_t points, times;
    int64_t last_us;
};
/* A day's, its month's and the month's before; those that are not there count nothing. */
MUST_USE enum err counts_store_read(struct ctx *ctx, account_id account,
                                    struct earning_count counts[static 3]);
/* Adds to what is there; last_us is the latest of both. */
MUST_USE enum err counts_store_add(struct ctx *ctx, account_id account,
                                   const struct earning_count *more);
/* How often a promotion gave an account points, on a day or (0) ever. */
MUST_USE enum err counts_store_read_uses(struct ctx *ctx, promotion_id promotion,
                                         account_id account, int64_t day, int64_t *times);
MUST_USE enum err counts_store_add_use(struct ctx *ctx, promotion_id promotion, account_id account,
                                       int64_t day);
/* Takes one back, if there is one. */
MUST_USE enum err counts_store_remove_use(struct ctx *ctx, promotion_id promotion,
                                          account_id account, int64_t day);
