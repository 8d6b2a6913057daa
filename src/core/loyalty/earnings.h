/*
 * earnings — what orders would earn, what they earned, and why: rule by rule.
 */
#pragma once
#include "core/loyalty/settle.h"

/* What one rule, or a promotion, makes of an order. */
struct earning_line {
    const struct accrual_rule *rule; /* NULL: a promotion */
    promotion_id promotion;
    struct str promotion_name;
    int64_t basis; /* minor units; of ITEM_VARIATION and CATEGORY articles */
    int64_t points, capped;
    enum accrual_reason reason;
};
enum { EARNING_LINES_MAX = PROGRAM_RULES_MAX + PROMOTIONS_MAX + 1 };
struct earning_told {
    program_id program;
    int64_t points;           /* of the rules, less what refunds take of them */
    int64_t promotion_points; /* of a promotion, less that */
    int64_t taken_back;       /* by refunds, of both */
    int64_t ripe_us;          /* they are pending until then; 0: they are not */
    struct earning_line lines[EARNING_LINES_MAX];
    int line_count;
};

/*
 * What an order would earn in a program (0: the main one) if it came now, with the carry and the
 * limits of this account (0: somebody who has none).
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_ACCOUNT_UNKNOWN   (also another program's)
 *           ERR_FIELD_RANGE   more than PROGRAM_POINTS_MAX
 */
MUST_USE enum err earnings_calculate(struct ctx *ctx, const struct order_earning *order,
                                     program_id program, account_id account,
                                     struct earning_told *told);
/*
 * The same in every program that is not closed, the main one first, for a customer (0: somebody
 * without accounts).
 */
MUST_USE enum err earnings_calculate_all(struct ctx *ctx, const struct order_earning *order,
                                         customer_id customer, struct earning_told **told,
                                         int *count);
/*
 * What an order earned on an account.
 * Errors:   ERR_ACCOUNT_UNKNOWN
 *           ERR_ORDER_UNKNOWN   it earned nothing there
 */
MUST_USE enum err earnings_explain(struct ctx *ctx, account_id account, order_id order,
                                   struct earning_told *told);
/* What became of an order that was settled on this account, in every program: its points, and until
 * when they are pending. What that changed is not known any more. */
MUST_USE enum err earnings_list_settled(struct ctx *ctx, order_id order, account_id account,
                                        struct settled *settled);
/* What an order waiting at the counter would give somebody new: in the main program, after refunds,
 * and whether anything anywhere. */
MUST_USE enum err earnings_preview(struct ctx *ctx, const struct order_earning *order,
                                   int64_t *points, bool *gives);

/* Points that wait to ripen: of one order each, the soonest first, at most max. */
struct pending_points {
    int64_t points, ripe_us;
};
MUST_USE enum err earnings_list_pending(struct ctx *ctx, account_id account, int max,
                                        struct pending_points **pending, int *count);
