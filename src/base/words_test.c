/* words_test — the server's own texts. */
#include "base/arena.h"
#include "base/words.h"
#include "support/test.h"

static struct str
subject(struct arena *arena, struct str language, struct str shop)
{
    return words_text(arena, language, "sign_in_code.email_subject",
                      WORDS_VALUES({"code", STR("123456")}, {"shop", shop}));
}

static bool
text_is(const char *wanted, struct str got)
{
    return str_is(str_of(wanted), got);
}

TEST(a_text_is_in_the_readers_language_and_has_its_values)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    EXPECT_TRUE(text_is("123456, votre code pour Le Fournil",
                        subject(&arena, STR("fr-CA"), STR("Le Fournil"))));
    EXPECT_TRUE(text_is("123456, your code for Bell", subject(&arena, STR("de"), STR("Bell"))));
    arena_close(&arena);
}

TEST(what_looks_like_a_place_in_a_value_is_left_alone)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    EXPECT_TRUE(text_is("123456, your code for {code}", subject(&arena, STR("en"), STR("{code}"))));
    arena_close(&arena);
}

/* A text message of one part costs half of one of two. 7-bit letters only, and room for a name. */
TEST(the_code_fits_one_text_message_in_every_language)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    for (int i = 0; i < words_catalogue_count; i++) {
        struct str sms = words_text(
            &arena, str_of(words_catalogues[i].language), "sign_in_code.sms",
            WORDS_VALUES({"code", STR("123456")}, {"shop", STR("Boulangerie de la Gare")}));

        EXPECT_TRUE(sms.len <= 160);
        for (size_t c = 0; c < sms.len; c++) {
            bool is_e_acute = c + 1 < sms.len && memcmp(sms.at + c, "\xc3\xa9", 2) == 0;
            bool is_a_grave = c + 1 < sms.len && memcmp(sms.at + c, "\xc3\xa0", 2) == 0;

            if (is_e_acute || is_a_grave)
                c++; /* two bytes, and one septet: both are in GSM-7 */
            else
                EXPECT_TRUE((unsigned char)sms.at[c] < 0x80);
        }
    }
    arena_close(&arena);
}

TESTS(RUN(a_text_is_in_the_readers_language_and_has_its_values),
      RUN(what_looks_like_a_place_in_a_value_is_left_alone),
      RUN(the_code_fits_one_text_message_in_every_language))
