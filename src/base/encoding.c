/* encoding — see encoding.h. */
#include "base/encoding.h"
#include "base/arena.h"

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

/* Below U+10000; gives the length. */
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
    at[0] = (char)(0xE0 | c >> 12);
    at[1] = (char)(0x80 | (c >> 6 & 0x3F));
    at[2] = (char)(0x80 | (c & 0x3F));
    return 3;
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
