/* code — see code.h. */
#include "base/code.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/ids.h"
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { DIGIT_CODES = 1000000, HALF = CODE_SHORT_LEN / 2 };
_Static_assert(CODE_LEN == (int)TOKEN_LEN, "a code is a random token, in upper case");

/* Codes are in the alphabet of ids, which has no I, L, O and U. */
static char
upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static struct str
without_prefix(struct str text, struct str prefix)
{
    if (text.len < prefix.len) return text;
    for (size_t i = 0; i < prefix.len; i++) {
        if (upper(text.at[i]) != prefix.at[i]) return text;
    }
    return (struct str){text.at + prefix.len, text.len - prefix.len};
}

/* 0: not one of a code's. */
static char
sign_of(char typed)
{
    char c = lower(typed);

    if (c == 'o') c = '0';
    if (c == 'i' || c == 'l') c = '1';
    return c != '\0' && strchr(ID_ALPHABET, c) != NULL ? upper(c) : '\0';
}

static bool
read_signs(struct str text, char *code, int wanted)
{
    int len = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ' ' || text.at[i] == '-') continue;
        char sign = sign_of(text.at[i]);
        if (sign == '\0' || len == wanted) return false;
        code[len++] = sign;
    }
    return len == wanted;
}

bool
code_parse(struct str text, struct str prefix, char code[static CODE_LEN])
{
    return read_signs(without_prefix(str_trim(text), prefix), code, CODE_LEN);
}

struct str
code_new(struct arena *arena)
{
    struct str token = random_token(arena);
    char *code = arena_alloc(arena, token.len + 1);

    for (size_t i = 0; i < token.len; i++)
        code[i] = upper(token.at[i]);
    return (struct str){code, token.len};
}

/* ---- six digits ---- */

struct str
code_digits_new(struct arena *arena)
{
    uint32_t number;

    /* Past the last whole million some codes would be likelier than others. */
    do {
        random_bytes(&number, sizeof number);
    } while (number >= UINT32_MAX / DIGIT_CODES * DIGIT_CODES);
    return str_format(arena, "%0*u", CODE_DIGITS, (unsigned)(number % DIGIT_CODES));
}

struct str
code_digits_read(struct arena *arena, struct str typed)
{
    const uint8_t *bytes = (const uint8_t *)typed.at;
    char *digits = arena_alloc(arena, typed.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < typed.len;) {
        UChar32 c;

        U8_NEXT(bytes, i, typed.len, c);
        if (c >= 0 && (u_isUWhiteSpace(c) || c == '-')) continue;
        int32_t digit = c < 0 ? -1 : u_charDigitValue(c);
        if (digit < 0) return STR("");
        digits[len++] = (char)('0' + digit);
    }
    return (struct str){digits, len};
}

/* ---- ten signs ---- */

struct str
code_short_new(struct arena *arena)
{
    struct str token = random_token(arena);

    return str_format(arena, "%.*s-%.*s", HALF, token.at, HALF, token.at + HALF);
}

bool
code_short_parse(struct str text, char code[static CODE_SHORT_LEN])
{
    return read_signs(text, code, CODE_SHORT_LEN);
}
