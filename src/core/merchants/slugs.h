/*
 * slugs — a merchant's name as a part of an address: "Le Fournil" is at /app/le-fournil/.
 *
 * A slug has 3 to 40 of a–z, 0–9 and hyphens, none of them first or last. A few words are
 * reserved: they are addresses of the server's own, or would pass for it.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

enum { SLUG_LEN_MIN = 3, SLUG_LEN_MAX = 40 };

struct arena;

bool slug_is_valid(struct str slug);
/* The name's slug; "the-shop" when nothing of the name can be written in one. Always valid. */
struct str slug_of_name(struct arena *arena, struct str name);
/* The same, with a number behind it: for those that come later. */
struct str slug_with_number(struct arena *arena, struct str slug, int number);
