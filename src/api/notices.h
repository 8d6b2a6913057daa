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
    struct str text;      /* with the shop's name in it */
};

/* The newest notice in this language ("fr-CH" is "fr"); in English where there is none. */
struct notice notice_for(struct arena *arena, struct str language, struct str merchant);
/* Whether such a notice was ever shown. */
bool notice_exists(struct str version, struct str language);
