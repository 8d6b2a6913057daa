/* notices_test — what a new customer is told, in their language. */
#include "api/notices.h"
#include "base/arena.h"
#include "support/test.h"

TEST(a_language_and_its_regions_have_the_same_notice)
{
    EXPECT_STR("fr", notice_for(STR("fr"))->language);
    EXPECT_STR("fr", notice_for(STR("fr-CH"))->language);
    EXPECT_STR("en", notice_for(STR("en-GB"))->language);
}

TEST(a_language_without_a_notice_is_told_in_english)
{
    EXPECT_STR("en", notice_for(STR("de"))->language);
    EXPECT_STR("en", notice_for(STR("fry"))->language); /* Frisian is not French */
    EXPECT_STR("en", notice_for(STR(""))->language);
}

TEST(the_text_names_the_shop)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    struct str text = notice_text(&arena, notice_for(STR("en")), STR("Bell & Co"));
    EXPECT_TRUE(str_starts(text, STR("Bell & Co stores your telephone number")));
    EXPECT_TRUE(memchr(text.at, '{', text.len) == NULL);
    arena_close(&arena);
}

TEST(only_a_notice_that_was_shown_is_found)
{
    const struct notice *newest = notice_for(STR("fr"));

    EXPECT_TRUE(notice_find(str_of(newest->version), STR("fr")) == newest);
    EXPECT_TRUE(notice_find(str_of(newest->version), STR("de")) == NULL);
    EXPECT_TRUE(notice_find(STR("1"), STR("fr")) == NULL);
    EXPECT_TRUE(notice_find(STR(""), STR("")) == NULL);
}

TESTS(RUN(a_language_and_its_regions_have_the_same_notice),
      RUN(a_language_without_a_notice_is_told_in_english), RUN(the_text_names_the_shop),
      RUN(only_a_notice_that_was_shown_is_found))
