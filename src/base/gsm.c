/* gsm — see gsm.h. */
#include "base/gsm.h"
#include "base/arena.h"
#include "base/check.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf8.h>

/* What takes one sign; the alphabet's extension ("€", "[") takes two, and is not used here. */
static const UChar32 beyond_ascii[] = {
    0xA3,  0xA5,  0xE8,  0xE9,  0xF9,  0xEC,  0xF2,  0xC7,  0xD8,  0xF8, 0xC5, 0xE5, 0x394,
    0x3A6, 0x393, 0x39B, 0x3A9, 0x3A0, 0x3A8, 0x3A3, 0x398, 0x39E, 0xC6, 0xE6, 0xDF, 0xC9,
    0xA4,  0xA1,  0xC4,  0xD6,  0xD1,  0xDC,  0xA7,  0xBF,  0xE4,  0xF6, 0xF1, 0xFC, 0xE0,
};
static const char not_in_it[] = "[\\]^`{|}~";

static bool
is_plain(UChar32 c)
{
    if (c == '\n') return true;
    if (c < 0x80) return c >= ' ' && c != 0x7F && strchr(not_in_it, (int)c) == NULL;
    for (size_t i = 0; i < sizeof beyond_ascii / sizeof beyond_ascii[0]; i++) {
        if (beyond_ascii[i] == c) return true;
    }
    return false;
}

/* What people write instead; none is longer in UTF-8 than what it stands for. */
static const char *
instead_of(UChar32 c)
{
    switch (c) {
    case 0x2018:
    case 0x2019:
    case '`':
        return "'";
    case 0x201C:
    case 0x201D:
    case 0xAB:
    case 0xBB:
        return "\"";
    case 0x2010:
    case 0x2011:
    case 0x2013:
    case 0x2014:
    case '~':
        return "-";
    case '[':
    case '{':
        return "(";
    case ']':
    case '}':
        return ")";
    case '|':
    case '\\':
        return "/";
    case 0x2026:
        return "...";
    case 0x20AC: /* it would take two signs */
        return "EUR";
    case 0x152:
        return "OE";
    case 0x153:
        return "oe";
    case 0x141:
        return "L";
    case 0x142:
        return "l";
    default:
        return u_isUWhiteSpace(c) ? " " : "";
    }
}

/* The letter under the accents; the sign itself when there are none. */
static UChar32
without_accents(UChar32 c)
{
    UErrorCode error = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFDInstance(&error);
    UChar parts[8];
    UChar32 first = c;

    ASSERT(U_SUCCESS(error));
    int32_t len = unorm2_getDecomposition(form, c, parts, 8, &error);
    if (U_FAILURE(error) || len <= 0) return c;
    U16_GET(parts, 0, 0, len, first);
    return first;
}

struct str
gsm_plain(struct arena *arena, struct str text)
{
    const uint8_t *bytes = (const uint8_t *)text.at;
    char *made = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len;) {
        size_t began = i;
        UChar32 c;

        U8_NEXT(bytes, i, text.len, c);
        if (c < 0) continue;
        if (is_plain(c)) {
            memcpy(made + len, text.at + began, i - began);
            len += i - began;
            continue;
        }
        UChar32 letter = without_accents(c);
        if (letter < 0x80 && is_plain(letter)) {
            made[len++] = (char)letter;
            continue;
        }
        const char *instead = instead_of(c);
        ASSERT(strlen(instead) <= i - began);
        memcpy(made + len, instead, strlen(instead));
        len += strlen(instead);
    }
    return (struct str){made, len};
}

struct str
gsm_cut(struct str plain, size_t signs_max)
{
    size_t len = 0;

    for (size_t signs = 0; len < plain.len && signs < signs_max; signs++) {
        size_t sign = str_char_len((struct str){plain.at + len, plain.len - len});
        ASSERT(sign > 0);
        len += sign;
    }
    while (len > 0 && plain.at[len - 1] == ' ')
        len--;
    return (struct str){plain.at, len};
}

size_t
gsm_signs(struct str plain)
{
    return str_chars(plain);
}
