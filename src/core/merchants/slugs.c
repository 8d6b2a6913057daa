/* slugs — see slugs.h. */
#include "core/merchants/slugs.h"
#include "base/arena.h"
#include "base/fold.h"

static const char *const reserved[] = {
    "account", "admin",   "api",        "app",     "apps",   "assets", "dashboard", "demo",  "dev",
    "files",   "help",    "habitue",    "healthz", "hooks",  "icons",  "index",     "login", "mail",
    "main",    "metrics", "null",       "public",  "readyz", "root",   "session",   "setup", "shop",
    "sign-in", "static",  "styleguide", "support", "tablet", "test",   "till",      "www",
};

static bool
is_reserved(struct str slug)
{
    for (size_t i = 0; i < sizeof reserved / sizeof reserved[0]; i++) {
        if (str_is(slug, str_of(reserved[i]))) return true;
    }
    return false;
}

static bool
is_letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool
is_written_well(struct str slug)
{
    if (slug.len < SLUG_LEN_MIN || slug.len > SLUG_LEN_MAX) return false;
    for (size_t i = 0; i < slug.len; i++) {
        if (!is_letter_or_digit(slug.at[i]) && slug.at[i] != '-') return false;
    }
    return slug.at[0] != '-' && slug.at[slug.len - 1] != '-';
}

bool
slug_is_valid(struct str slug)
{
    return is_written_well(slug) && !is_reserved(slug);
}

struct str
slug_of_name(struct arena *arena, struct str name)
{
    struct str folded = fold(arena, name);
    char *at = arena_alloc(arena, SLUG_LEN_MAX);
    struct str slug = {at, 0};

    for (size_t i = 0; i < folded.len && slug.len < SLUG_LEN_MAX; i++) {
        if (is_letter_or_digit(folded.at[i])) {
            at[slug.len++] = folded.at[i];
        } else if (slug.len > 0 && at[slug.len - 1] != '-') {
            at[slug.len++] = '-';
        }
    }
    while (slug.len > 0 && at[slug.len - 1] == '-')
        slug.len--;
    if (!is_written_well(slug)) return STR("the-shop");
    return is_reserved(slug) ? slug_with_number(arena, slug, 1) : slug;
}

struct str
slug_with_number(struct arena *arena, struct str slug, int number)
{
    enum { NUMBER_ROOM = 12 }; /* a hyphen and any int */
    size_t len = slug.len > SLUG_LEN_MAX - NUMBER_ROOM ? SLUG_LEN_MAX - NUMBER_ROOM : slug.len;

    return str_format(arena, "%.*s-%d", (int)len, slug.at, number);
}
