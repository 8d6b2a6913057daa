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

TEST(amounts_are_written_with_the_decimals_of_their_currency)
{
    EXPECT_INT(2, currency_decimals(STR("EUR")));
    EXPECT_INT(0, currency_decimals(STR("JPY")));
    EXPECT_INT(3, currency_decimals(STR("TND")));
    EXPECT_INT(2, currency_decimals(STR("euro")));
}

TESTS(RUN(a_currency_has_the_number_of_its_standard), RUN(what_is_no_currency_has_none),
      RUN(amounts_are_written_with_the_decimals_of_their_currency))
