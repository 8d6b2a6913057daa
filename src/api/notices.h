/*
 * notices — what a new customer is told before joining: what is stored, why, by whom, how to leave.
 *
 * A notice that was shown is never edited: what changes becomes a new version, because a consent
 * names the version that its customer saw.
 */
#pragma once
#include "base/str.h"

struct notice {
    const char *version;
    const char *language; /* BCP 47, of two letters */
    const char *text;     /* "{merchant}" stands for the shop's name */
};

/* The newest notice in this language ("fr-CH" is "fr"); in English where there is none. */
const struct notice *notice_for(struct str language);
/* NULL when no such notice was ever shown. */
const struct notice *notice_find(struct str version, struct str language);
/* The text with the shop's name in it. */
struct str notice_text(struct arena *arena, const struct notice *notice, struct str merchant);
