/* str_test — texts and UTF-8. */
#include "base/arena.h"
#include "base/str.h"
#include "support/test.h"

TEST(empty_texts_are_equal_wherever_they_point)
{
    EXPECT_TRUE(str_is((struct str){0}, STR("")));
    EXPECT_TRUE(str_is(str_of(NULL), STR("")));
    EXPECT_TRUE(!str_is(STR("a"), STR("")));
    EXPECT_TRUE(!str_is(STR("a"), STR("b")));
    EXPECT_TRUE(str_starts(STR("abc"), STR("ab")));
    EXPECT_TRUE(str_starts(STR("abc"), STR("")));
    EXPECT_TRUE(!str_starts(STR("a"), STR("ab")));
}

TEST(trimming_takes_spaces_and_line_ends_off_both_sides)
{
    EXPECT_STR("a b", str_trim(STR(" \t\r\na b \n")));
    EXPECT_STR("", str_trim(STR(" \n ")));
    EXPECT_STR("", str_trim(STR("")));
}

TEST(copies_are_of_their_own_and_end_with_nul)
{
    struct arena arena;
    char original[] = "abc";

    arena_open(&arena, 1 << 20);
    struct str copy = str_copy(&arena, str_of(original));
    original[0] = 'x';
    EXPECT_STR("abc", copy);
    EXPECT_INT(0, copy.at[3]);
    EXPECT_STR("7 of é", str_format(&arena, "%d of %s", 7, "é"));
    arena_close(&arena);
}

TEST(utf8_is_exactly_what_the_standard_says)
{
    const struct str good[] = {STR(""),
                               STR("a"),
                               STR("\xC2\x80"),
                               STR("\xDF\xBF"),
                               STR("é"),
                               STR("€"),
                               STR("🥐"),
                               STR("\xED\x9F\xBF"),
                               STR("a\0b"),
                               STR("\xEE\x80\x80"),
                               STR("\xF4\x8F\xBF\xBF")};
    const struct str bad[] = {
        STR("\x80"),             /* a continuation alone */
        STR("\xC3"),             /* cut short */
        STR("\xE2\x82"),         /* cut short */
        STR("\xF0\x9F\xA5"),     /* cut short */
        STR("\xC0\x80"),         /* NUL written long */
        STR("\xC1\xBF"),         /* DEL written long */
        STR("\xE0\x9F\xBF"),     /* written long */
        STR("\xF0\x8F\xBF\xBF"), /* written long */
        STR("\xED\xA0\x80"),     /* half of a surrogate pair */
        STR("\xF4\x90\x80\x80"), /* above U+10FFFF */
        STR("\xF5\x80\x80\x80"),
        STR("\xFF"),
        STR("caf\xE9!"),
        STR("\xC3("),
    };

    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
        EXPECT_TRUE(str_is_utf8(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        EXPECT_TRUE(!str_is_utf8(bad[i]));
        EXPECT_TRUE(!str_is_text(bad[i]));
    }
}

TEST(text_has_no_nul_at_any_place)
{
    char text[40];

    for (size_t place = 0; place < sizeof text; place++) {
        memset(text, 'a', sizeof text);
        EXPECT_TRUE(str_is_text((struct str){text, sizeof text}));
        text[place] = '\0';
        EXPECT_TRUE(!str_is_text((struct str){text, sizeof text}));
        text[place] = '\xE9';
        EXPECT_TRUE(!str_is_text((struct str){text, sizeof text}));
    }
    EXPECT_TRUE(str_is_text(STR("déjà vu, and a longer text with é in it")));
}

TEST(characters_are_counted_not_bytes)
{
    EXPECT_INT(0, (int64_t)str_chars(STR("")));
    EXPECT_INT(6, (int64_t)str_chars(STR("Ça va?")));
    EXPECT_INT(1, (int64_t)str_chars(STR("🥐")));
}

TESTS(RUN(empty_texts_are_equal_wherever_they_point),
      RUN(trimming_takes_spaces_and_line_ends_off_both_sides),
      RUN(copies_are_of_their_own_and_end_with_nul), RUN(utf8_is_exactly_what_the_standard_says),
      RUN(text_has_no_nul_at_any_place), RUN(characters_are_counted_not_bytes))
