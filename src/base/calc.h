/*
 * calc — whole-number arithmetic on amounts: overflow checked, rounding named at the call.
 */
#pragma once
#include "base/check.h"
#include <stdbool.h>
#include <stdint.h>

enum calc_round { ROUND_DOWN, ROUND_UP, ROUND_HALF_UP }; /* DOWN is towards minus infinity */

/* False, leaving *out alone, when the result does not fit. */
MUST_USE bool calc_add(int64_t a, int64_t b, int64_t *out);
MUST_USE bool calc_mul_div(int64_t a, int64_t b, int64_t divisor, enum calc_round round,
                           int64_t *out);
/* amount x part / whole, of limits that make it fit (asserted); nothing of nothing. */
int64_t calc_share(int64_t amount, int64_t part, int64_t whole, enum calc_round round);
static inline int64_t
calc_min(int64_t a, int64_t b)
{
    return a < b ? a : b;
}
static inline int64_t
calc_max(int64_t a, int64_t b)
{
    return a > b ? a : b;
}
