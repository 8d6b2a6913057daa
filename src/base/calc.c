/* calc — see calc.h. */
#include "base/calc.h"

bool
calc_add(int64_t a, int64_t b, int64_t *out)
{
    int64_t sum;

    if (__builtin_add_overflow(a, b, &sum)) return false;
    *out = sum;
    return true;
}

bool
calc_mul_div(int64_t a, int64_t b, int64_t divisor, enum calc_round round, int64_t *out)
{
    ASSERT(divisor > 0);
    /* Two 63-bit numbers multiply into 126 bits, so this product never overflows. */
    __int128 product = (__int128)a * b;
    __int128 quotient = product / divisor;
    __int128 rest = product % divisor;

    if (rest < 0) { /* C rounds towards zero; from here on rest is 0 or more */
        quotient--;
        rest += divisor;
    }
    if (round == ROUND_UP && rest > 0) quotient++;
    if (round == ROUND_HALF_UP && rest * 2 >= divisor) quotient++;
    if (quotient < INT64_MIN || quotient > INT64_MAX) return false;
    *out = (int64_t)quotient;
    return true;
}

int64_t
calc_share(int64_t amount, int64_t part, int64_t whole, enum calc_round round)
{
    int64_t share = 0;
    bool fits = whole == 0 || calc_mul_div(amount, part, whole, round, &share);

    ASSERT(fits);
    return share;
}
