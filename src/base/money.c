/* money — see money.h. */
#include "base/money.h"
#include "base/arena.h"

enum { GROUP = 3 };

/* ---- what stands around the number ---- */

static bool
takes_front(struct str *text, struct str front)
{
    if (!str_starts(*text, front)) return false;
    text->at += front.len;
    text->len -= front.len;
    return true;
}

static bool
takes_end(struct str *text, struct str end)
{
    if (text->len < end.len) return false;
    const char *at = text->at + text->len - end.len;
    if (memcmp(at, end.at, end.len) != 0) return false;
    text->len -= end.len;
    return true;
}

static bool
is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* The three letters of a currency, which the file's other columns do not tell apart. */
static void
take_letters(struct str *text)
{
    const char *end = text->at + text->len;

    if (text->len > GROUP && is_letter(text->at[0])) {
        if (!is_letter(text->at[1]) || !is_letter(text->at[2])) return;
        text->at += GROUP;
        text->len -= GROUP;
        return;
    }
    if (text->len <= GROUP || !is_letter(end[-1])) return;
    if (is_letter(end[-2]) && is_letter(end[-3])) text->len -= GROUP;
}

static void
take_sign(struct str *text)
{
    static const char *const signs[] = {"€", "$", "£", "¥"};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        if (takes_front(text, str_of(signs[i])) || takes_end(text, str_of(signs[i]))) return;
    }
    take_letters(text);
}

/* Spaces of all widths become one sign, so that the number is in ASCII. */
static struct str
with_plain_spaces(struct arena *arena, struct str text)
{
    static const char *const spaces[] = {"\u00A0", "\u202F", "\u2009"};
    char *plain = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    while (text.len > 0) {
        bool is_space = false;
        for (size_t i = 0; i < sizeof spaces / sizeof spaces[0] && !is_space; i++) {
            is_space = takes_front(&text, str_of(spaces[i]));
        }
        plain[len++] = is_space ? ' ' : *text.at;
        if (is_space) continue;
        text.at++;
        text.len--;
    }
    return str_trim((struct str){plain, len});
}

/* ---- the number ---- */

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Where the sign in front of the decimals stands; text.len: there is none. */
static size_t
find_decimals(struct str text)
{
    size_t last = text.len, signs = 0;
    char sign = 0;
    bool of_two_kinds = false;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '.' && text.at[i] != ',') continue;
        of_two_kinds = of_two_kinds || (signs > 0 && text.at[i] != sign);
        sign = text.at[i];
        last = i;
        signs++;
    }
    if (signs == 0 || of_two_kinds) return last;
    if (signs > 1) return text.len; /* they part thousands */
    bool is_group = text.len - last - 1 == GROUP && last >= 1 && last <= GROUP && text.at[0] != '0';
    return is_group ? text.len : last;
}

static enum err
add_digit(char digit, int64_t *sum)
{
    if (*sum > MONEY_MAX) return ERR_FIELD_RANGE; /* it grows no further */
    *sum = 10 * *sum + (digit - '0');
    return OK;
}

/* Digits, whole or in groups of three with one kind of sign between them. */
static enum err
read_whole(struct str text, int64_t *sum)
{
    size_t run = 0;
    char sign = 0;

    if (text.len == 0 || !is_digit(text.at[text.len - 1])) return ERR_FIELD_VALUE;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (is_digit(c)) {
            run++;
            TRY(add_digit(c, sum));
            continue;
        }
        if (c != ' ' && c != '\'' && c != '.' && c != ',') return ERR_FIELD_VALUE;
        bool is_first = sign == 0;
        if (!is_first && (c != sign || run != GROUP)) return ERR_FIELD_VALUE;
        if (is_first && (run == 0 || run > GROUP)) return ERR_FIELD_VALUE;
        sign = c;
        run = 0;
    }
    return sign == 0 || run == GROUP ? OK : ERR_FIELD_VALUE;
}

static enum err
read_decimals(struct str text, int decimals, int64_t *sum)
{
    for (int i = 0; i < decimals; i++) {
        bool is_told = (size_t)i < text.len;
        if (is_told && !is_digit(text.at[i])) return ERR_FIELD_VALUE;
        TRY(add_digit(is_told ? text.at[i] : '0', sum));
    }
    for (size_t i = (size_t)decimals; i < text.len; i++) {
        if (text.at[i] != '0') return ERR_FIELD_VALUE;
    }
    return OK;
}

enum err
money_parse(struct arena *arena, struct str text, int decimals, int64_t *minor)
{
    int64_t sum = 0;

    ASSERT(decimals >= 0);
    ASSERT(decimals <= 4);
    text = with_plain_spaces(arena, text);
    bool is_negative = takes_front(&text, STR("-"));
    take_sign(&text);
    text = str_trim(text);
    if (!is_negative) is_negative = takes_front(&text, STR("-"));

    size_t whole_len = find_decimals(text);
    struct str behind = {0};
    if (whole_len < text.len) {
        behind = (struct str){text.at + whole_len + 1, text.len - whole_len - 1};
        if (behind.len == 0) return ERR_FIELD_VALUE;
    }
    TRY(read_whole((struct str){text.at, whole_len}, &sum));
    TRY(read_decimals(behind, decimals, &sum));
    if (sum > MONEY_MAX || (is_negative && sum > 0)) return ERR_FIELD_RANGE;
    *minor = sum;
    return OK;
}
