/* quantity_test — decimals that are read exactly, and what is none. */
#include "base/arena.h"
#include "base/quantity.h"
#include "support/test.h"

static int64_t
millionths(const char *text)
{
    int64_t value = -99;

    EXPECT_OK(quantity_parse(str_of(text), &value));
    return value;
}

TEST(whole_numbers_and_fractions_are_read_exactly)
{
    EXPECT_INT(QUANTITY_ONE, millionths("1"));
    EXPECT_INT(2 * QUANTITY_ONE, millionths("2.0"));
    EXPECT_INT(350000, millionths("0.350"));
    EXPECT_INT(350000, millionths("0.35"));
    EXPECT_INT(1, millionths("0.000001"));
    EXPECT_INT(-1500000, millionths("-1.5"));
    EXPECT_INT(INT64_C(999999999999999), millionths("999999999.999999"));
    EXPECT_INT(7 * QUANTITY_ONE, millionths("000000007"));
    EXPECT_INT(0, millionths("-0"));
}

TEST(anything_else_is_refused_and_changes_nothing)
{
    static const char *const bad[] = {
        "",    "-",   ".",    "1.",   ".5",         "+1",        "1,5",  "1 ",       " 1", "1e3",
        "--1", "0x1", "1.2.", "1..2", "1234567890", "0.1234567", "1.-2", "\xd9\xa1", "١",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int64_t value = 5;
        EXPECT_ERR(ERR_FIELD_VALUE, quantity_parse(str_of(bad[i]), &value));
        EXPECT_INT(5, value);
    }
    int64_t value = 5;
    EXPECT_ERR(ERR_FIELD_VALUE, quantity_parse((struct str){"1\0", 2}, &value));
}

TEST(what_is_written_is_as_short_as_it_can_be_and_read_as_it_was)
{
    static const char *const texts[] = {"0", "1", "0.35", "-1.5", "-0.000001", "999999999.999999"};
    struct arena arena;

    arena_open(&arena, 1 << 16);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        EXPECT_STR(texts[i], quantity_format(&arena, millionths(texts[i])));
    }
    EXPECT_STR("10.5", quantity_format(&arena, millionths("10.500")));
    arena_close(&arena);
}

TESTS(RUN(whole_numbers_and_fractions_are_read_exactly),
      RUN(anything_else_is_refused_and_changes_nothing),
      RUN(what_is_written_is_as_short_as_it_can_be_and_read_as_it_was))
