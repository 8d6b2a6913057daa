/*
 * legal — who a merchant is before the law, and the texts that its customers may read: what they
 * are told before joining, the privacy policy, the conditions of the loyalty program, the legal
 * notice.
 *
 * Each text has a default in the server's catalogues, filled with the merchant's identity, and may
 * have a wording of the merchant's own in each language. A wording is never changed: another one
 * has the next number (one count for all texts of a merchant), and that number stands in the
 * version of the notice that a consent keeps: "2026-11.2/7" is our notice 2026-11.2, shown while
 * the seventh wording was the newest. So what somebody was shown can be read again, whatever came
 * after.
 */
#pragma once
#include "base/ctx.h"

/* ---- who it is ---- */
struct legal_identity { /* empty: not told yet */
    struct str company, registration;
    struct str address; /* in lines */
    struct str email, phone;
    struct str publisher; /* who answers for what is published */
    struct str privacy_officer,
        privacy_contact; /* who answers for personal data; how to reach them */
    struct str host;     /* who runs the server, in lines */
    int64_t changed_us;  /* 0: never */
};
enum { LEGAL_LINE_MAX = 200, LEGAL_LINES_MAX = 500, LEGAL_TEXT_MAX = 20000 };
MUST_USE enum err legal_read_identity(struct ctx *ctx, struct legal_identity *identity);
/*
 * Replaces all of it.
 * Within:   a write batch. Repeat: harmless.
 * Errors:   ERR_EMAIL_INVALID (email)
 */
MUST_USE enum err legal_change_identity(struct ctx *ctx, const struct legal_identity *identity);

/* ---- the texts ---- */
enum legal_kind { LEGAL_NOTICE, LEGAL_PRIVACY, LEGAL_TERMS, LEGAL_IMPRINT, LEGAL_KIND_COUNT };
const char *legal_kind_name(enum legal_kind kind); /* "privacy" */

struct legal_text {
    enum legal_kind kind;
    const char *language; /* of two letters: of the texts that there are */
    struct str text;      /* paragraphs between empty lines; "## " begins a heading, "- " a point */
    bool is_own;          /* the merchant's wording */
    int64_t number; /* of the merchant's newest wording of any text, when this was it; 0: none */
    int64_t created_us; /* own: when it was written */
};
/*
 * The text as it is shown now, in this language ("fr-CH" is "fr"), or in English where we have
 * none.
 */
MUST_USE enum err legal_find(struct ctx *ctx, enum legal_kind kind, struct str language,
                             struct legal_text *text);
/*
 * As it was shown with this version, which a consent keeps; a default is filled with what the
 * merchant tells of itself today.
 * Errors:   ERR_FIELD_VALUE (version)   there never was such a one
 */
MUST_USE enum err legal_find_shown(struct ctx *ctx, enum legal_kind kind, struct str language,
                                   struct str version, struct legal_text *text);
/*
 * The merchant's own wording from now on; an empty one takes the default again.
 * Within:   a write batch
 * Repeat:   harmless: what is shown already gets no other number
 * Errors:   ERR_FIELD_VALUE      (language) not one that the server writes in
 *           ERR_FIELD_TOO_LONG   (text)
 */
MUST_USE enum err legal_write(struct ctx *ctx, enum legal_kind kind, struct str language,
                              struct str text);

/* ---- the notice, as tills, tablets and the app show it ---- */
struct legal_notice {
    struct str version; /* what a consent keeps: "2026-11.2", "own/3", "2026-11.2/7" */
    const char *language;
    struct str text;
};
MUST_USE enum err legal_find_notice(struct ctx *ctx, struct str language,
                                    struct legal_notice *notice);
