/* legal_test — a merchant's texts: ours filled in, its own, and what was shown before. */
#include "core/legal/legal.h"
#include "support/test.h"
#include "support/world.h"

static struct legal_text
find(struct world *w, enum legal_kind kind, struct str language)
{
    struct legal_text text;

    EXPECT_OK(legal_find(&w->ctx, kind, language, &text));
    return text;
}

static void
write_text(struct world *w, enum legal_kind kind, struct str text)
{
    WORLD_TX(w) EXPECT_OK(legal_write(&w->ctx, kind, STR("fr"), text));
}

static bool
has(struct world *w, struct str text, const char *part)
{
    return strstr(str_z(w->ctx.arena, text), part) != NULL;
}

TEST(a_default_is_filled_with_who_the_merchant_is_and_says_what_is_missing)
{
    struct world w = world_open();
    const struct legal_identity who = {
        .company = STR("SARL Bell"), .address = STR("1 rue Haute"), .email = STR("a@bell.example")};
    struct legal_identity found;

    EXPECT_TRUE(has(&w, find(&w, LEGAL_IMPRINT, STR("fr-CH")).text, "à compléter"));
    WORLD_TX(&w) EXPECT_OK(legal_change_identity(&w.ctx, &who));
    struct str privacy = find(&w, LEGAL_PRIVACY, STR("fr")).text;
    EXPECT_TRUE(has(&w, privacy, "SARL Bell, 1 rue Haute"));
    EXPECT_TRUE(has(&w, privacy, "est SARL Bell. Pour la joindre : a@bell.example"));
    EXPECT_STR("en", find(&w, LEGAL_TERMS, STR("de")).language);
    EXPECT_OK(legal_read_identity(&w.ctx, &found));
    EXPECT_STR("1 rue Haute", found.address);
    EXPECT_INT(w.ctx.now_us, found.changed_us);
    world_close(&w);
}

TEST(an_own_wording_is_shown_in_its_language_until_it_is_emptied)
{
    struct world w = world_open();

    write_text(&w, LEGAL_TERMS, STR(" Un point par euro. "));
    EXPECT_STR("Un point par euro.", find(&w, LEGAL_TERMS, STR("fr")).text);
    EXPECT_TRUE(find(&w, LEGAL_TERMS, STR("fr")).is_own);
    EXPECT_TRUE(!find(&w, LEGAL_TERMS, STR("en")).is_own);
    EXPECT_TRUE(!find(&w, LEGAL_PRIVACY, STR("fr")).is_own);
    write_text(&w, LEGAL_TERMS, STR(""));
    EXPECT_TRUE(!find(&w, LEGAL_TERMS, STR("fr")).is_own);
    world_close(&w);
}

TEST(a_consents_version_leads_to_what_was_shown)
{
    struct world w = world_open();
    struct legal_notice first, second;
    struct legal_text shown;

    EXPECT_OK(legal_find_notice(&w.ctx, STR("fr"), &first));
    EXPECT_TRUE(memchr(first.version.at, '/', first.version.len) == NULL);
    write_text(&w, LEGAL_TERMS, STR("Un"));
    write_text(&w, LEGAL_NOTICE, STR("Nous notons."));
    write_text(&w, LEGAL_NOTICE, STR("Nous notons."));
    EXPECT_OK(legal_find_notice(&w.ctx, STR("fr"), &second));
    EXPECT_STR("own/2", second.version);
    EXPECT_STR("Nous notons.", second.text);
    write_text(&w, LEGAL_TERMS, STR("Deux"));
    EXPECT_OK(legal_find_shown(&w.ctx, LEGAL_TERMS, STR("fr"), second.version, &shown));
    EXPECT_STR("Un", shown.text);
    EXPECT_OK(legal_find_shown(&w.ctx, LEGAL_NOTICE, STR("fr"), first.version, &shown));
    EXPECT_STR(first.text, shown.text);
    EXPECT_ERR(ERR_FIELD_VALUE,
               legal_find_shown(&w.ctx, LEGAL_TERMS, STR("fr"), STR("own"), &shown));
    world_close(&w);
}

TEST(what_cannot_be_said_is_refused)
{
    struct world w = world_open();
    const struct legal_identity who = {.email = STR("nobody")};
    char *at = arena_alloc(w.ctx.arena, LEGAL_TEXT_MAX + 1);

    memset(at, 'a', LEGAL_TEXT_MAX + 1);
    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_EMAIL_INVALID, legal_change_identity(&w.ctx, &who));
        EXPECT_ERR(ERR_FIELD_VALUE, legal_write(&w.ctx, LEGAL_TERMS, STR("de"), STR("a")));
        EXPECT_ERR(ERR_FIELD_TOO_LONG, legal_write(&w.ctx, LEGAL_TERMS, STR("fr"),
                                                   (struct str){at, LEGAL_TEXT_MAX + 1}));
    }
    world_close(&w);
}

TEST(another_merchants_texts_are_its_own)
{
    struct world w = world_open();

    write_text(&w, LEGAL_TERMS, STR("Un point par euro."));
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_TRUE(!find(&w, LEGAL_TERMS, STR("fr")).is_own);
    world_close(&w);
}

TESTS(RUN(a_default_is_filled_with_who_the_merchant_is_and_says_what_is_missing),
      RUN(an_own_wording_is_shown_in_its_language_until_it_is_emptied),
      RUN(a_consents_version_leads_to_what_was_shown), RUN(what_cannot_be_said_is_refused),
      RUN(another_merchants_texts_are_its_own))
