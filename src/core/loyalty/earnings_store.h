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
/* Adds it, or changes all but whose it is and its version. */
MUST_USE enum err earnings_store_put(struct ctx *ctx, const struct earning *earning);
