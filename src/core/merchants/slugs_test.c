/* slugs_test — what a name becomes in an address, and what is refused there. */
#include "core/merchants/slugs.h"
#include "support/test.h"
#include "support/world.h"

static struct str
slug_of(struct world *w, const char *name)
{
    struct str slug = slug_of_name(w->ctx.arena, str_of(name));

    EXPECT_TRUE(slug_is_valid(slug));
    return slug;
}

TEST(a_name_is_written_in_small_letters_and_hyphens)
{
    struct world w = world_open();

    EXPECT_STR("le-fournil", slug_of(&w, "Le Fournil"));
    EXPECT_STR("salon-elise-fils", slug_of(&w, "  Salon Élise & Fils !"));
    EXPECT_STR("coeur-d-oeuf", slug_of(&w, "Cœur d'Œuf"));
    world_close(&w);
}

TEST(a_long_name_is_cut_and_ends_with_a_letter)
{
    struct world w = world_open();
    const char *name = "aaaaaaaaaa bbbbbbbbbb cccccccccc dddddd e f g";

    EXPECT_STR("aaaaaaaaaa-bbbbbbbbbb-cccccccccc-dddddd", slug_of(&w, name));
    world_close(&w);
}

TEST(a_name_without_latin_letters_has_a_slug_all_the_same)
{
    struct world w = world_open();

    EXPECT_STR("the-shop", slug_of(&w, "مخبز"));
    EXPECT_STR("the-shop", slug_of(&w, "🥐"));
    EXPECT_STR("the-shop", slug_of(&w, "A"));
    world_close(&w);
}

TEST(a_name_that_is_reserved_gets_a_number)
{
    struct world w = world_open();

    EXPECT_STR("app-1", slug_of(&w, "App"));
    world_close(&w);
}

TEST(a_number_keeps_within_the_length)
{
    struct world w = world_open();
    struct str longest = STR("aaaaaaaaaabbbbbbbbbbccccccccccdddddddddd");

    EXPECT_TRUE(slug_is_valid(longest));
    EXPECT_STR("aaaaaaaaaabbbbbbbbbbcccccccc-12", slug_with_number(w.ctx.arena, longest, 12));
    world_close(&w);
}

TEST(what_would_read_badly_in_an_address_is_refused)
{
    EXPECT_TRUE(slug_is_valid(STR("a-1")));
    EXPECT_TRUE(!slug_is_valid(STR("")));
    EXPECT_TRUE(!slug_is_valid(STR("ab")));
    EXPECT_TRUE(!slug_is_valid(STR("aaaaaaaaaabbbbbbbbbbccccccccccdddddddddde")));
    EXPECT_TRUE(!slug_is_valid(STR("Le-Fournil")));
    EXPECT_TRUE(!slug_is_valid(STR("le fournil")));
    EXPECT_TRUE(!slug_is_valid(STR("-le")));
    EXPECT_TRUE(!slug_is_valid(STR("le-")));
    EXPECT_TRUE(!slug_is_valid(STR("a/b")));
    EXPECT_TRUE(!slug_is_valid(STR("dashboard")));
}

TESTS(RUN(a_name_is_written_in_small_letters_and_hyphens),
      RUN(a_long_name_is_cut_and_ends_with_a_letter),
      RUN(a_name_without_latin_letters_has_a_slug_all_the_same),
      RUN(a_name_that_is_reserved_gets_a_number), RUN(a_number_keeps_within_the_length),
      RUN(what_would_read_badly_in_an_address_is_refused))
