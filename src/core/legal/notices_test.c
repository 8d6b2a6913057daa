/* notices_test — what a new customer is told, in their language. */
#include "base/arena.h"
#include "core/legal/notices.h"
#include "support/test.h"

static struct arena
open_arena(void)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    return arena;
}

static const char *
language_for(struct arena *arena, struct str language)
{
    return notice_for(arena, language, STR("Bell")).language;
}

TEST(a_language_and_its_regions_have_the_same_notice)
{
    struct arena arena = open_arena();

    EXPECT_STR("fr", language_for(&arena, STR("fr")));
    EXPECT_STR("fr", language_for(&arena, STR("fr-CH")));
    EXPECT_STR("en", language_for(&arena, STR("en-GB")));
    EXPECT_STR("es", language_for(&arena, STR("es")));
    arena_close(&arena);
}

TEST(a_language_without_a_notice_is_told_in_english)
{
    struct arena arena = open_arena();

    EXPECT_STR("en", language_for(&arena, STR("de")));
    EXPECT_STR("en", language_for(&arena, STR("fry"))); /* Frisian is not French */
    EXPECT_STR("en", language_for(&arena, STR("")));
    arena_close(&arena);
}

TEST(the_text_names_the_shop)
{
    struct arena arena = open_arena();
    struct str text = notice_for(&arena, STR("en"), STR("Bell & Co")).text;

    EXPECT_TRUE(str_starts(text, STR("Bell & Co stores what you tell it")));
    EXPECT_TRUE(memchr(text.at, '{', text.len) == NULL);
    arena_close(&arena);
}

TEST(only_a_notice_that_was_shown_exists)
{
    struct arena arena = open_arena();
    struct str newest = str_of(notice_for(&arena, STR("fr"), STR("Bell")).version);

    EXPECT_TRUE(notice_exists(newest, STR("fr")));
    EXPECT_TRUE(notice_exists(STR("2026-11"), STR("fr"))); /* a page that was open since */
    EXPECT_TRUE(!notice_exists(newest, STR("fr-CH")));     /* what was shown was in "fr" */
    EXPECT_TRUE(!notice_exists(newest, STR("de")));
    EXPECT_TRUE(!notice_exists(STR("1"), STR("fr")));
    EXPECT_TRUE(!notice_exists(STR(""), STR("")));
    EXPECT_TRUE(notice_exists(STR("2026-11/7"), STR("fr")));
    EXPECT_TRUE(notice_exists(STR("own/12"), STR("en")));
    EXPECT_TRUE(!notice_exists(STR("own"), STR("fr")));
    EXPECT_TRUE(!notice_exists(STR("own/"), STR("fr")));
    EXPECT_TRUE(!notice_exists(STR("own/07"), STR("fr")));
    EXPECT_TRUE(!notice_exists(STR("2026-11/x"), STR("fr")));
    arena_close(&arena);
}

TESTS(RUN(a_language_and_its_regions_have_the_same_notice),
      RUN(a_language_without_a_notice_is_told_in_english), RUN(the_text_names_the_shop),
      RUN(only_a_notice_that_was_shown_exists))
