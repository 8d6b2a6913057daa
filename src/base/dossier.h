/*
 * dossier — all that is known of a person, in sections of rows of named values: for programs as
 * JSON, for the person as a page that can be read and printed in their language.
 *
 * Each module writes what it knows, once: a section, its rows, their values. A key is a word of
 * the server's catalogues (base/words.h), "export.given_name": its end is the name in the JSON, its
 * text what stands on the page. Values that are empty are left out, and sections without rows.
 */
#pragma once
#include "base/str.h"
#include "base/words.h"
#include <stdint.h>

struct arena;

enum { DOSSIER_ROWS_MAX = 20000 }; /* of a section */

enum dossier_kind {
    DOSSIER_TEXT,
    DOSSIER_CODE,   /* one of few words: "REDEEMED"; the page says it in the person's language */
    DOSSIER_NUMBER, /* points, times … */
    DOSSIER_MONEY,  /* minor units of the dossier's currency */
    DOSSIER_TIME,   /* UTC microseconds */
};
struct dossier_value {
    struct dossier_value *next;
    const char *key;
    enum dossier_kind kind;
    struct str text;
    int64_t number;
};
struct dossier_row {
    struct dossier_row *next;
    struct dossier_value *first, *last;
};
struct dossier_section {
    struct dossier_section *next;
    const char *key;
    struct dossier_row *first, *last;
    int64_t rows;
    bool is_cut; /* there were more than DOSSIER_ROWS_MAX */
};
struct dossier {
    struct arena *arena;
    struct dossier_section *first, *last;
    /* How the page tells it. */
    struct str language, zone, currency;
    struct str merchant; /* who knows it */
    int64_t made_us;
};

/* A section begins. */
void dossier_section(struct dossier *dossier, const char *key);
/* A row of the section begins; false: the section has as many as it can. */
bool dossier_row(struct dossier *dossier);
/* Requires: a row. Empty texts, and times and money of 0, are left out. */
void dossier_put_text(struct dossier *dossier, const char *key, struct str text);
void dossier_put_code(struct dossier *dossier, const char *key, struct str code);
void dossier_put_number(struct dossier *dossier, const char *key, int64_t number);
void dossier_put_money(struct dossier *dossier, const char *key, int64_t minor);
void dossier_put_time(struct dossier *dossier, const char *key, int64_t at_us);

/* {"made_at": …, "merchant": …, "complete": …, "sections": {"purchases": [{…}, …], …}} */
struct str dossier_json(const struct dossier *dossier);
/* A whole HTML document that loads nothing. Texts are escaped: they are anybody's. */
struct str dossier_page(const struct dossier *dossier);
