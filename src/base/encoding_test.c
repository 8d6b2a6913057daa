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

TESTS(RUN(utf_8_stays_and_its_mark_goes), RUN(what_is_not_utf_8_is_windows_1252),
      RUN(what_is_no_character_is_marked))
