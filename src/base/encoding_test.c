/* encoding_test — what spreadsheets write is read as UTF-8. */
#include "base/arena.h"
#include "base/encoding.h"
#include "support/test.h"

static void
expect(const char *wanted, struct str bytes)
{
    struct arena arena;

    arena_open(&arena, 4096);
    EXPECT_STR(wanted, encoding_to_utf8(&arena, bytes));
    arena_close(&arena);
}

TEST(utf_8_stays_and_its_mark_goes)
{
    expect("Café à 2 €", STR("Café à 2 €"));
    expect("Café", STR("\xEF\xBB\xBF"
                       "Café"));
    expect("", STR("\xEF\xBB\xBF"));
    expect("", STR(""));
}

TEST(what_is_not_utf_8_is_windows_1252)
{
    expect("Café à 2 €, œuf", STR("Caf\xE9 \xE0 2 \x80, \x9Cuf"));
    expect("ÿ\u2019", STR("\xFF\x92"));
}

TEST(what_is_no_character_is_marked)
{
    expect("a\uFFFDb\uFFFD", STR("a\x81"
                                 "b\0"));
}

/* ---- UTF-16 ---- */

static void
expect_utf16(const char *wanted, struct str bytes, enum encoding_units units, bool is_whole,
             size_t wanted_len)
{
    struct arena arena;
    size_t len;

    arena_open(&arena, 4096);
    EXPECT_STR(wanted, encoding_from_utf16(&arena, bytes, units, is_whole, &len));
    EXPECT_INT(wanted_len, len);
    EXPECT_INT(wanted_len, encoding_utf16_len(str_of(wanted)));
    arena_close(&arena);
}

TEST(utf_16_is_known_by_its_mark_and_read_in_either_order)
{
    EXPECT_INT(ENCODING_UTF16_LE, encoding_units_of(STR("\xFF\xFE"
                                                        "a")));
    EXPECT_INT(ENCODING_UTF16_BE, encoding_units_of(STR("\xFE\xFF")));
    EXPECT_INT(ENCODING_BYTES, encoding_units_of(STR("\xEF\xBB\xBF")));
    EXPECT_INT(ENCODING_BYTES, encoding_units_of(STR("\xFF")));
    expect_utf16("aé€😀", STR("a\0\xE9\0\xAC\x20\x3D\xD8\x00\xDE"), ENCODING_UTF16_LE, true, 10);
    expect_utf16("aé€😀", STR("\0a\0\xE9\x20\xAC\xD8\x3D\xDE\x00"), ENCODING_UTF16_BE, true, 10);
}

TEST(half_a_character_waits_for_the_other_and_is_marked_when_none_comes)
{
    expect_utf16("a", STR("a\0\x3D\xD8"), ENCODING_UTF16_LE, false, 2);
    expect_utf16("a", STR("a\0\x3D"), ENCODING_UTF16_LE, false, 2);
    expect_utf16("a\uFFFD", STR("a\0\x3D\xD8"), ENCODING_UTF16_LE, true, 4);
    expect_utf16("\uFFFDb\uFFFDc\uFFFD",
                 STR("\x3D\xD8"
                     "b\0\0\xDE"
                     "c\0\0\0"),
                 ENCODING_UTF16_LE, true, 10);
}

TESTS(RUN(utf_8_stays_and_its_mark_goes), RUN(what_is_not_utf_8_is_windows_1252),
      RUN(what_is_no_character_is_marked),
      RUN(utf_16_is_known_by_its_mark_and_read_in_either_order),
      RUN(half_a_character_waits_for_the_other_and_is_marked_when_none_comes))
