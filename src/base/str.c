/* str — see str.h. */
#include "base/str.h"
#include "base/arena.h"
#include <stdarg.h>
#include <stdio.h>

bool
str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_is((struct str){s.at, prefix.len}, prefix);
}

static bool
is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str
str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.at[0])) {
        s.at++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.at[s.len - 1]))
        s.len--;
    return s;
}

char *
str_z(struct arena *arena, struct str s)
{
    char *copy = arena_alloc(arena, s.len + 1);

    if (s.len > 0) memcpy(copy, s.at, s.len);
    return copy;
}

struct str
str_copy(struct arena *arena, struct str s)
{
    return (struct str){str_z(arena, s), s.len};
}

struct str
str_format(struct arena *arena, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    ASSERT(len >= 0);

    char *text = arena_alloc(arena, (size_t)len + 1);
    va_start(args, format);
    vsnprintf(text, (size_t)len + 1, format, args);
    va_end(args);
    return (struct str){text, (size_t)len};
}

static bool
is_continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

/*
 * The first byte tells the length, and the second byte's range refuses what has a shorter form
 * (E0, F0), surrogates (ED) and what lies above U+10FFFF (F4).
 */
size_t
str_char_len(struct str s)
{
    const unsigned char *at = (const unsigned char *)s.at;

    if (s.len == 0) return 0;
    if (at[0] < 0x80) return 1;
    size_t len = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4 || s.len < len) return 0;
    for (size_t i = 1; i < len; i++) {
        if (!is_continuation(at[i])) return 0;
    }
    if (at[0] == 0xE0 && at[1] < 0xA0) return 0;
    if (at[0] == 0xED && at[1] > 0x9F) return 0;
    if (at[0] == 0xF0 && at[1] < 0x90) return 0;
    if (at[0] == 0xF4 && at[1] > 0x8F) return 0;
    return len;
}

bool
str_is_utf8(struct str s)
{
    while (s.len > 0) {
        size_t len = str_char_len(s);
        if (len == 0) return false;
        s.at += len;
        s.len -= len;
    }
    return true;
}

/* Every text on its way to the database comes through here, and most are short ASCII: eight bytes
 * at a time, until one is NUL or not ASCII. */
bool
str_is_text(struct str s)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    const uint64_t highs = ones << 7;

    while (s.len >= 8) {
        uint64_t eight;
        memcpy(&eight, s.at, 8);
        /* The top bit of a byte is set by a borrow when the byte is 0, or was set before. */
        if (((eight - ones) | eight) & highs) break;
        s.at += 8;
        s.len -= 8;
    }
    return s.len == 0 || (!memchr(s.at, 0, s.len) && str_is_utf8(s));
}

size_t
str_chars(struct str s)
{
    size_t count = 0;

    for (size_t i = 0; i < s.len; i++)
        count += !is_continuation((unsigned char)s.at[i]);
    return count;
}
