/* encoding — see encoding.h. */
#include "base/encoding.h"
#include "base/arena.h"
#include "base/check.h"

enum { NOT_A_CHARACTER = 0xFFFD };

/* 0x80 to 0x9F, where Windows-1252 is not Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, NOT_A_CHARACTER, 0x201A,          0x0192, 0x201E, 0x2026, 0x2020,
    0x2021, 0x02C6,          0x2030,          0x0160, 0x2039, 0x0152, NOT_A_CHARACTER,
    0x017D, NOT_A_CHARACTER, NOT_A_CHARACTER, 0x2018, 0x2019, 0x201C, 0x201D,
    0x2022, 0x2013,          0x2014,          0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, NOT_A_CHARACTER, 0x017E,          0x0178,
};

static unsigned
character_of(unsigned char byte)
{
    if (byte == 0) return NOT_A_CHARACTER;
    return byte >= 0x80 && byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

/* Gives the length. */
static size_t
put_utf8(char *at, unsigned c)
{
    if (c < 0x80) {
        at[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        at[0] = (char)(0xC0 | c >> 6);
        at[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        at[0] = (char)(0xE0 | c >> 12);
        at[1] = (char)(0x80 | (c >> 6 & 0x3F));
        at[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    at[0] = (char)(0xF0 | c >> 18);
    at[1] = (char)(0x80 | (c >> 12 & 0x3F));
    at[2] = (char)(0x80 | (c >> 6 & 0x3F));
    at[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

struct str
encoding_to_utf8(struct arena *arena, struct str bytes)
{
    if (str_starts(bytes, STR("\xEF\xBB\xBF"))) {
        bytes.at += 3;
        bytes.len -= 3;
    }
    if (str_is_text(bytes)) return bytes;

    char *text = arena_alloc(arena, 3 * bytes.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < bytes.len; i++) {
        len += put_utf8(text + len, character_of((unsigned char)bytes.at[i]));
    }
    return (struct str){text, len};
}

/* ---- UTF-16 ---- */

enum encoding_units
encoding_units_of(struct str bytes)
{
    if (str_starts(bytes, STR("\xFF\xFE"))) return ENCODING_UTF16_LE;
    if (str_starts(bytes, STR("\xFE\xFF"))) return ENCODING_UTF16_BE;
    return ENCODING_BYTES;
}

static unsigned
unit_at(struct str bytes, size_t at, enum encoding_units units)
{
    unsigned first = (unsigned char)bytes.at[at], second = (unsigned char)bytes.at[at + 1];

    return units == ENCODING_UTF16_LE ? second << 8 | first : first << 8 | second;
}

static bool
is_first_half(unsigned unit)
{
    return unit >= 0xD800 && unit < 0xDC00;
}

static bool
is_second_half(unsigned unit)
{
    return unit >= 0xDC00 && unit < 0xE000;
}

/* The character at the front of what is not empty, and its bytes; 0 bytes: it is only begun. */
static unsigned
read_utf16(struct str bytes, enum encoding_units units, size_t *len)
{
    enum { UNIT = ENCODING_UTF16_UNIT_LEN };

    *len = 0;
    if (bytes.len < UNIT) return NOT_A_CHARACTER;
    unsigned unit = unit_at(bytes, 0, units);
    if (is_first_half(unit)) {
        if (bytes.len < 2 * UNIT) return NOT_A_CHARACTER;
        unsigned next = unit_at(bytes, UNIT, units);

        *len = is_second_half(next) ? 2 * UNIT : UNIT;
        return is_second_half(next) ? 0x10000 + ((unit - 0xD800) << 10) + (next - 0xDC00)
                                    : NOT_A_CHARACTER;
    }
    *len = UNIT;
    return unit == 0 || is_second_half(unit) ? NOT_A_CHARACTER : unit;
}

struct str
encoding_from_utf16(struct arena *arena, struct str bytes, enum encoding_units units, bool is_whole,
                    size_t *len)
{
    /* Two bytes become three at most, and four four; an odd one at the end three. */
    char *text = arena_alloc(arena, bytes.len + bytes.len / 2 + 3);
    size_t text_len = 0;

    ASSERT(units != ENCODING_BYTES);
    *len = 0;
    while (*len < bytes.len) {
        struct str rest = {bytes.at + *len, bytes.len - *len};
        size_t read;

        unsigned c = read_utf16(rest, units, &read);
        if (read == 0 && !is_whole) break;
        if (read == 0) read = rest.len;
        text_len += put_utf8(text + text_len, c);
        *len += read;
    }
    return (struct str){text, text_len};
}

size_t
encoding_utf16_len(struct str text)
{
    size_t units = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        units += (byte & 0xC0) != 0x80; /* a character begins, */
        units += byte >= 0xF0;          /* and has a second half */
    }
    return units * ENCODING_UTF16_UNIT_LEN;
}

/* ---- a text in pieces ---- */

static void
end_line(struct encoding_survey *survey)
{
    if (survey->missing > 0) survey->is_broken = true;
    survey->utf8_lines += survey->is_beyond && !survey->is_broken;
    survey->other_lines += survey->is_beyond && survey->is_broken;
    survey->missing = 0;
    survey->is_beyond = survey->is_broken = false;
}

/* A byte beyond ASCII: it begins a character, or goes on with one. */
static void
add_beyond(struct encoding_survey *survey, unsigned char byte)
{
    bool goes_on = byte < 0xC0;

    survey->is_beyond = true;
    if (goes_on != (survey->missing > 0)) survey->is_broken = true;
    if (goes_on && survey->missing > 0) survey->missing--;
    if (goes_on) return;
    if (byte < 0xC2 || byte > 0xF4) survey->is_broken = true;
    survey->missing = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
}

void
encoding_survey_add(struct encoding_survey *survey, struct str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.at[i];

        if (byte == '\n') {
            end_line(survey);
        } else if (byte >= 0x80) {
            add_beyond(survey, byte);
        } else if (survey->missing > 0) {
            survey->is_broken = true;
            survey->missing = 0;
        }
    }
}

bool
encoding_survey_is_utf8(const struct encoding_survey *survey)
{
    struct encoding_survey whole = *survey;

    end_line(&whole); /* the last line may have no end */
    return whole.utf8_lines >= whole.other_lines;
}
