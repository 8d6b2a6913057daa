/* quantity — see quantity.h. */
#include "base/quantity.h"
#include "base/arena.h"

enum { WHOLE_DIGITS_MAX = 9, PART_DIGITS_MAX = 6 };

/* Takes the digits that the text begins with off it, and puts them behind those of *value. */
static size_t
take_digits(struct str *text, int64_t *value)
{
    size_t count = 0;

    while (count < text->len && text->at[count] >= '0' && text->at[count] <= '9') {
        if (count < WHOLE_DIGITS_MAX) *value = *value * 10 + (text->at[count] - '0');
        count++;
    }
    *text = (struct str){text->at + count, text->len - count};
    return count;
}

/* What is behind the point, if there is one; nothing may be left. */
static bool
take_part(struct str *text, int64_t *value)
{
    size_t digits = 0;

    if (text->len > 0) {
        if (text->at[0] != '.') return false;
        *text = (struct str){text->at + 1, text->len - 1};
        digits = take_digits(text, value);
        if (digits == 0 || digits > PART_DIGITS_MAX) return false;
    }
    for (; digits < PART_DIGITS_MAX; digits++)
        *value *= 10;
    return text->len == 0;
}

enum err
quantity_parse(struct str text, int64_t *millionths)
{
    bool is_negative = str_starts(text, STR("-"));
    int64_t value = 0;

    if (is_negative) text = (struct str){text.at + 1, text.len - 1};
    size_t whole = take_digits(&text, &value);
    if (whole == 0 || whole > WHOLE_DIGITS_MAX) return ERR_FIELD_VALUE;
    if (!take_part(&text, &value)) return ERR_FIELD_VALUE;
    *millionths = is_negative ? -value : value;
    return OK;
}

struct str
quantity_format(struct arena *arena, int64_t millionths)
{
    int64_t whole = millionths / QUANTITY_ONE, part = millionths % QUANTITY_ONE;
    struct str text =
        str_format(arena, "%s%lld.%06lld", millionths < 0 ? "-" : "",
                   (long long)(whole < 0 ? -whole : whole), (long long)(part < 0 ? -part : part));

    while (text.at[text.len - 1] == '0')
        text.len--;
    if (text.at[text.len - 1] == '.') text.len--;
    return text;
}
