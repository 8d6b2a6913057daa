/*
 * user_agent — a browser and its system, of what a browser says of itself: so that somebody tells
 * their own devices apart. Browsers say much that is not so; these are the usual cases, no more.
 */
#pragma once
#include "base/str.h"

struct arena;

/* "Firefox, Windows"; one of the two, or empty, when the rest is not known. */
struct str user_agent_words(struct arena *arena, struct str header);
