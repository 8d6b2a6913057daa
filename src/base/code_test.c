/* code_test — codes are all different, and read however they are typed. */
#include "base/arena.h"
#include "base/code.h"
#include "support/test.h"
#include <string.h>

static struct str
parsed(struct arena *arena, const char *text)
{
    char *code = arena_alloc(arena, CODE_LEN);

    if (!code_parse(str_of(text), STR("SHOP:"), code)) return STR("none");
    return (struct str){code, CODE_LEN};
}

TEST(a_code_is_26_characters_and_never_twice_the_same)
{
    struct arena arena;

    arena_open(&arena, 1 << 20);
    struct str first = code_new(&arena), second = code_new(&arena);
    EXPECT_INT(CODE_LEN, (int64_t)first.len);
    EXPECT_TRUE(!str_is(first, second));
    EXPECT_STR(first, parsed(&arena, str_format(&arena, "%.*s", STR_ARG(first)).at));
    arena_close(&arena);
}

TEST(a_code_is_read_as_it_is_scanned_or_typed)
{
    struct arena arena;

    arena_open(&arena, 1 << 20);
    EXPECT_STR("0123456789ABCDEFGHJKMNPQRS", parsed(&arena, "0123456789ABCDEFGHJKMNPQRS"));
    EXPECT_STR("0123456789ABCDEFGHJKMNPQRS", parsed(&arena, "shop:0123456789abcdefghjkmnpqrs"));
    EXPECT_STR("0123456789ABCDEFGHJKMNPQRS", parsed(&arena, " o123-4567 89ab-cdefghjkmnpqrs "));
    EXPECT_STR("1123456789ABCDEFGHJKMNPQRS", parsed(&arena, "I123456789abcdefghjkmnpqrs"));
    arena_close(&arena);
}

TEST(what_is_no_code_is_refused)
{
    struct arena arena;

    arena_open(&arena, 1 << 20);
    EXPECT_STR("none", parsed(&arena, ""));
    EXPECT_STR("none", parsed(&arena, "0123456789ABCDEFGHJKMNPQR"));   /* too short */
    EXPECT_STR("none", parsed(&arena, "0123456789ABCDEFGHJKMNPQRST")); /* too long */
    EXPECT_STR("none", parsed(&arena, "U123456789ABCDEFGHJKMNPQRS"));  /* not of the alphabet */
    EXPECT_STR("none", parsed(&arena, "OTHER:0123456789ABCDEFGHJKMNPQRS"));
    arena_close(&arena);
}

TEST(six_digits_are_read_in_any_script_and_with_spaces)
{
    struct arena arena;

    arena_open(&arena, 1 << 20);
    struct str digits = code_digits_new(&arena);
    EXPECT_INT(CODE_DIGITS, (int64_t)digits.len);
    EXPECT_STR(digits, code_digits_read(&arena, digits));
    EXPECT_STR("123456", code_digits_read(&arena, STR(" 123-456\t")));
    EXPECT_STR("123456", code_digits_read(&arena, STR("١٢٣٤٥٦")));
    EXPECT_STR("", code_digits_read(&arena, STR("12345a")));
    EXPECT_STR("", code_digits_read(&arena, STR("\xff\xfe")));
    arena_close(&arena);
}

TEST(a_short_code_has_a_dash_and_is_read_without)
{
    struct arena arena;
    char read[CODE_SHORT_LEN], again[CODE_SHORT_LEN];

    arena_open(&arena, 1 << 20);
    struct str code = code_short_new(&arena);
    EXPECT_INT(CODE_SHORT_LEN + 1, (int64_t)code.len);
    EXPECT_TRUE(code.at[5] == '-');
    EXPECT_TRUE(code_short_parse(code, read));
    EXPECT_TRUE(code_short_parse(STR(" o1234 5678i"), again));
    EXPECT_STR("0123456781", ((struct str){again, sizeof again}));
    EXPECT_TRUE(!code_short_parse(STR("01234-5678"), again));
    EXPECT_TRUE(!code_short_parse(STR("01234-567890"), again));
    EXPECT_TRUE(!code_short_parse(STR("01234-5678u"), again));
    arena_close(&arena);
}

TESTS(RUN(a_code_is_26_characters_and_never_twice_the_same),
      RUN(a_code_is_read_as_it_is_scanned_or_typed), RUN(what_is_no_code_is_refused),
      RUN(six_digits_are_read_in_any_script_and_with_spaces),
      RUN(a_short_code_has_a_dash_and_is_read_without))
