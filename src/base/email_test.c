/* email_test — what passes for an address. */
#include "base/arena.h"
#include "base/email.h"
#include "support/test.h"

static enum err
parse(struct arena *arena, const char *text, struct str *email)
{
    return email_parse(arena, str_of(text), email);
}

TEST(an_address_loses_its_case_and_the_space_around_it)
{
    struct arena arena;
    struct str email;

    arena_open(&arena, 1 << 20);
    EXPECT_OK(parse(&arena, " Anna.M+shop@Example.ORG\n", &email));
    EXPECT_STR("anna.m+shop@example.org", email);
    EXPECT_OK(parse(&arena, "jörg@bücher.example", &email));
    EXPECT_STR("jörg@bücher.example", email);
    arena_close(&arena);
}

TEST(what_is_no_address_is_refused)
{
    static const char *const wrong[] = {
        "",          "anna",         "@example.org",      "anna@",         "anna@example",
        "a@b@c.org", "an na@ex.org", "anna@.org",         "anna@example.", "anna@ex..org",
        "a,b@c.org", "\"a\"@c.org",  "anna@exa mple.org", "anna@ex_.org",  "\xff@example.org",
    };
    struct arena arena;
    struct str email;

    arena_open(&arena, 1 << 20);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        EXPECT_ERR(ERR_EMAIL_INVALID, parse(&arena, wrong[i], &email));
    arena_close(&arena);
}

TEST(an_address_longer_than_mail_allows_is_refused)
{
    char text[400];
    struct arena arena;
    struct str email;

    arena_open(&arena, 1 << 20);
    memset(text, 'a', sizeof text);
    memcpy(text + 65, "@b.org", 7); /* 65 characters before the sign */
    EXPECT_ERR(ERR_EMAIL_INVALID, parse(&arena, text, &email));
    memset(text, 'a', sizeof text);
    memcpy(text, "a@", 2);
    memcpy(text + 300, ".org", 5);
    EXPECT_ERR(ERR_EMAIL_INVALID, parse(&arena, text, &email));
    arena_close(&arena);
}

TESTS(RUN(an_address_loses_its_case_and_the_space_around_it), RUN(what_is_no_address_is_refused),
      RUN(an_address_longer_than_mail_allows_is_refused))
