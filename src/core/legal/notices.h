/*
 * notices — what a new customer is told before joining: what is stored, why, by whom, how to leave.
 *
 * A notice that was shown is never edited: what changes becomes a new version, because a consent
 * names the version that its customer saw. So does what else they may read (legal.h): when one of
 * our texts there changes, the notice gets another version.
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
/* The same of a version that there was; of one that never was, the newest. */
struct notice notice_of(struct arena *arena, struct str version, struct str language,
                        struct str merchant);
/* The version that is ours now: "2026-11.2" */
const char *notice_newest(void);
/* What stands in its place when the merchant says it in its own words. */
#define NOTICE_OWN "own"
/* Cuts the number off: "2026-11.2/7" is 2026-11.2 and 7. False: behind the slash is none. */
bool notice_split(struct str *version, int64_t *number);
/* Whether such a notice was ever shown: one of ours or the merchant's own, and behind a slash the
 * number of the merchant's newest wording (legal.h), when there were any. */
bool notice_exists(struct str version, struct str language);
