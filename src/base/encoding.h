/*
 * encoding — the text of a file that somebody's program wrote, as UTF-8.
 *
 * Spreadsheets write UTF-8, with or without a byte order mark, or, older ones, Windows-1252. What
 * is valid UTF-8 is taken for that; it is nearly never anything else by chance. What they call
 * "Unicode text" is UTF-16, and has a mark.
 */
#pragma once
#include "base/str.h"
#include <stdbool.h>

/* Without a byte order mark. Bytes that Windows-1252 leaves undefined, and NUL, become U+FFFD. */
struct str encoding_to_utf8(struct arena *arena, struct str bytes);

/* ---- UTF-16 ---- */
enum encoding_units { ENCODING_BYTES, ENCODING_UTF16_LE, ENCODING_UTF16_BE };
enum { ENCODING_UTF16_MARK_LEN = 2, ENCODING_UTF16_UNIT_LEN = 2 }; /* bytes */
/* By the byte order mark that a file begins with. */
enum encoding_units encoding_units_of(struct str bytes);
/*
 * UTF-16 as UTF-8. Halves of characters, and NUL, become U+FFFD; what is only begun at the end is
 * left, unless nothing comes behind.
 * Gives: *len: bytes that were read
 */
struct str encoding_from_utf16(struct arena *arena, struct str bytes, enum encoding_units units,
                               bool is_whole, size_t *len);
/* How many bytes a text takes in UTF-16: those it was read from. */
size_t encoding_utf16_len(struct str text);

/*
 * What a text that comes in pieces is written in. It is UTF-8 unless more of its lines could not be
 * than could: one broken line does not make another alphabet of all the others.
 */
struct encoding_survey {
    int64_t utf8_lines, other_lines; /* with a byte beyond ASCII, and valid or not */
    int missing;                     /* bytes of the character that was begun */
    bool is_beyond, is_broken;       /* the line that was begun */
};
void encoding_survey_add(struct encoding_survey *survey, struct str bytes);
bool encoding_survey_is_utf8(const struct encoding_survey *survey);
