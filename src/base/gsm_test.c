/* gsm_test — what an SMS carries without costing more. */
#include "base/arena.h"
#include "base/gsm.h"
#include "support/test.h"

static struct arena arena;

static struct str
plain(const char *text)
{
    return gsm_plain(&arena, str_of(text));
}

TEST(what_is_in_the_alphabet_stays)
{
    static const char text[] = "Éric's @ 12,50 & £3: (à emporter) ¿ñandú? ÄÖÜß Ø_Å #1!\n";

    arena_open(&arena, 1 << 20);
    EXPECT_STR("Éric's @ 12,50 & £3: (à emporter) ¿ñandu? ÄÖÜß Ø_Å #1!\n", plain(text));
    arena_close(&arena);
}

TEST(what_is_not_is_written_with_what_is)
{
    arena_open(&arena, 1 << 20);
    EXPECT_STR("Creperie OEil'", plain("Crêperie Œil’"));
    EXPECT_STR("Garcon, ca va... \"oui\"", plain("Garçon, ça va… «oui»"));
    EXPECT_STR("a b c", plain("a\xc2\xa0"
                              "b\xe2\x80\xaf"
                              "c"));
    EXPECT_STR("Lodz - Dvorak", plain("Łódz — Dvořák"));
    EXPECT_STR("(a/b)", plain("[a|b]"));
    EXPECT_STR("Tout a 5 EUR", plain("Tout â 5 €"));
    arena_close(&arena);
}

TEST(what_cannot_be_written_is_left_out)
{
    arena_open(&arena, 1 << 20);
    EXPECT_STR("Chez Mia ", plain("Chez Mia 🥐"));
    EXPECT_STR("", plain("مخبز"));
    EXPECT_STR("", plain("寿司"));
    EXPECT_STR("ab", plain("a\xff\xc3"
                           "b"));
    EXPECT_STR("", plain("\x01\x7f"));
    arena_close(&arena);
}

TEST(a_text_is_cut_between_two_signs_and_not_after_a_space)
{
    EXPECT_STR("Le Café", gsm_cut(STR("Le Café du coin"), 7));
    EXPECT_STR("Le", gsm_cut(STR("Le Café du coin"), 3));
    EXPECT_STR("Le", gsm_cut(STR("Le"), 100));
    EXPECT_STR("", gsm_cut(STR("Le"), 0));
    EXPECT_INT(7, (int64_t)gsm_signs(STR("Le Café")));
}

TESTS(RUN(what_is_in_the_alphabet_stays), RUN(what_is_not_is_written_with_what_is),
      RUN(what_cannot_be_written_is_left_out),
      RUN(a_text_is_cut_between_two_signs_and_not_after_a_space))
