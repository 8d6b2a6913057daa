/*
 * words — what the server itself writes to people: messages, notices. The texts are gettext
 * catalogues, po/<language>.po, which the build puts into the program; code names them by key.
 *
 * Screens have their own words (web/shared/i18n). A key that is missing in a language, or that
 * nothing uses, stops `make check` (tools/check_catalogues.py).
 */
#pragma once
#include "base/str.h"

struct arena;

struct words_value {
    const char *name; /* of a {place} in the text */
    struct str value;
};

/* The catalogue that speaks to somebody of this language ("fr-CH" is "fr"); "en" where none does.
 */
const char *words_language(struct str language);
/*
 * A text with its values in their places, in the arena.
 * Requires: the key is in the catalogues (asserted)
 */
struct str words_text(struct arena *arena, struct str language, const char *key,
                      const struct words_value *values, int count);
/* A key that is kept in a table before it is used. */
#define WORDS_KEY(key) key
#define WORDS_VALUES(...)                                                                          \
    (const struct words_value[]){__VA_ARGS__},                                                     \
        (int)(sizeof((const struct words_value[]){__VA_ARGS__}) / sizeof(struct words_value))

/* ---- made by tools/embed_words.py ---- */
struct words_entry {
    const char *key, *text;
};
struct words_catalogue {
    const char *language;
    const struct words_entry *entries; /* by key */
    int count;
};
extern const struct words_catalogue words_catalogues[]; /* "en" first */
extern const int words_catalogue_count;
