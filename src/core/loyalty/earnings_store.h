/* earnings_store — the SQL of what each order gave. For this module only. */
#pragma once
#include "core/loyalty/accounts.h"

struct earning {
    order_id order;
    program_id program;
    account_id account; /* 0: the order earned nothing yet */
    int64_t version;    /* of the rules that count */
    struct purchase basis;
    int64_t refunded_minor;
    int64_t points, spend_points, spend_minor; /* as struct accrual */
    int64_t rule_points, rule_amount;
    int64_t taken_back; /* of the points, by refunds */
    int64_t dropped;    /* of those, what was spent already and is not owed */
    int64_t carry_given, carry_taken;
    int64_t lot; /* 0: none yet */
};

MUST_USE enum err earnings_store_find(struct ctx *ctx, order_id order, program_id program,
                                      struct earning *earning);
/*
 * Adds an earning, or changes one that is still as it was read; tells whether it did. Of two that
 * settle an order at once, the second is told that it comes too late, whatever locks they hold.
 */
MUST_USE enum err earnings_store_add(struct ctx *ctx, const struct earning *earning, bool *done);
MUST_USE enum err earnings_store_change(struct ctx *ctx, const struct earning *before,
                                        const struct earning *after, bool *done);
