/* calc_test — overflow and rounding. */
#include "base/calc.h"
#include "support/test.h"

static int64_t
mul_div(int64_t a, int64_t b, int64_t divisor, enum calc_round round)
{
    int64_t out = -99;

    EXPECT_TRUE(calc_mul_div(a, b, divisor, round, &out));
    return out;
}

TEST(a_sum_that_does_not_fit_is_refused_and_changes_nothing)
{
    int64_t out = 5;

    EXPECT_TRUE(!calc_add(INT64_MAX, 1, &out));
    EXPECT_TRUE(!calc_add(INT64_MIN, -1, &out));
    EXPECT_INT(5, out);
    EXPECT_TRUE(calc_add(INT64_MAX, INT64_MIN, &out));
    EXPECT_INT(-1, out);
}

TEST(down_is_towards_minus_infinity)
{
    EXPECT_INT(3, mul_div(7, 1, 2, ROUND_DOWN));
    EXPECT_INT(4, mul_div(7, 1, 2, ROUND_UP));
    EXPECT_INT(4, mul_div(7, 1, 2, ROUND_HALF_UP));
    EXPECT_INT(-4, mul_div(-7, 1, 2, ROUND_DOWN));
    EXPECT_INT(-3, mul_div(-7, 1, 2, ROUND_UP));
    EXPECT_INT(-3, mul_div(-7, 1, 2, ROUND_HALF_UP));
    EXPECT_INT(2, mul_div(7, 1, 3, ROUND_HALF_UP));
    EXPECT_INT(-2, mul_div(-7, 1, 3, ROUND_HALF_UP));
    EXPECT_INT(-2, mul_div(-6, 1, 3, ROUND_UP));
}

TEST(the_product_may_be_larger_than_64_bits_but_not_the_result)
{
    int64_t out = 5;

    EXPECT_INT(INT64_MAX, mul_div(INT64_MAX, INT64_MAX, INT64_MAX, ROUND_DOWN));
    EXPECT_INT(INT64_MIN, mul_div(INT64_MIN, INT64_MAX, INT64_MAX, ROUND_UP));
    EXPECT_TRUE(!calc_mul_div(INT64_MAX, 2, 1, ROUND_DOWN, &out));
    EXPECT_TRUE(!calc_mul_div(INT64_MIN, INT64_MIN, 1, ROUND_DOWN, &out));
    EXPECT_INT(5, out);
}

TEST(a_share_is_rounded_as_told_and_nothing_of_nothing)
{
    EXPECT_INT(3, calc_share(10, 1, 3, ROUND_DOWN));
    EXPECT_INT(4, calc_share(10, 1, 3, ROUND_UP));
    EXPECT_INT(10, calc_share(10, 3, 3, ROUND_DOWN));
    EXPECT_INT(0, calc_share(10, 0, 0, ROUND_DOWN));
}

TEST(least_and_greatest)
{
    EXPECT_INT(-2, calc_min(-2, 1));
    EXPECT_INT(1, calc_max(-2, 1));
}

TESTS(RUN(a_sum_that_does_not_fit_is_refused_and_changes_nothing),
      RUN(down_is_towards_minus_infinity),
      RUN(the_product_may_be_larger_than_64_bits_but_not_the_result),
      RUN(a_share_is_rounded_as_told_and_nothing_of_nothing), RUN(least_and_greatest))
