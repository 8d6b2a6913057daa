/* currency_test — a currency's number. */
#include "base/currency.h"
#include "support/test.h"

TEST(a_currency_has_the_number_of_its_standard)
{
    EXPECT_INT(978, currency_number(STR("EUR")));
    EXPECT_INT(756, currency_number(STR("CHF")));
    EXPECT_INT(392, currency_number(STR("JPY")));
}

TEST(what_is_no_currency_has_none)
{
    EXPECT_INT(0, currency_number(STR("")));
    EXPECT_INT(0, currency_number(STR("eur")));
    EXPECT_INT(0, currency_number(STR("EURO")));
    EXPECT_INT(0, currency_number(STR("QQQ")));
}

TESTS(RUN(a_currency_has_the_number_of_its_standard), RUN(what_is_no_currency_has_none))
