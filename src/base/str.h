/*
 * str — a piece of text or bytes that knows its length; not ended by NUL, not owned.
 *
 * .at may be NULL only when .len is 0. Whoever made the bytes owns them: usually the request's
 * arena.
 */
#pragma once
#include "base/check.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct arena;

struct str {
    const char *at;
    size_t len;
};

#define STR(literal) ((struct str){"" literal, sizeof(literal) - 1})
#define STR_ARG(s)   (int)(s).len, (s).at /* for printf's "%.*s" */

static inline struct str
str_of(const char *text) /* of a NUL-ended text; NULL gives the empty str */
{
    return (struct str){text, text == NULL ? 0 : strlen(text)};
}

static inline bool
str_is(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

bool str_starts(struct str s, struct str prefix);
struct str str_trim(struct str s); /* without ASCII spaces and line ends around it */
struct str str_copy(struct arena *arena, struct str s);
char *str_z(struct arena *arena, struct str s); /* NUL-ended copy */
struct str str_format(struct arena *arena, const char *format, ...) PRINTF_LIKE(2, 3);
bool str_is_utf8(struct str s);
/* Valid UTF-8 without NUL: what a TEXT column takes on both engines. */
bool str_is_text(struct str s);
/* Bytes of the UTF-8 character that s begins with; 0 when it begins with none. */
size_t str_char_len(struct str s);
/* Counts code points of valid UTF-8; what a field's maximum is measured in. */
size_t str_chars(struct str s);
