/*
 * encoding — the text of a file that somebody's program wrote, as UTF-8.
 *
 * Spreadsheets write UTF-8, with or without a byte order mark, or, older ones, Windows-1252. What
 * is valid UTF-8 is taken for that; it is nearly never anything else by chance.
 */
#pragma once
#include "base/str.h"

/* Without a byte order mark. Bytes that Windows-1252 leaves undefined, and NUL, become U+FFFD. */
struct str encoding_to_utf8(struct arena *arena, struct str bytes);
