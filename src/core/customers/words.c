/* words — see words.h. */
#include "core/customers/words.h"
#include "base/fold.h"
#include <unicode/uchar.h>
#include <unicode/utf8.h>

enum { PHONE_LIKE_MIN = 4 };

/* ---- making words ---- */

/* Kind and text, cut to WORD_LEN_MAX between two characters. */
static struct str
word_of(struct ctx *ctx, char kind, struct str text)
{
    size_t len = text.len;

    if (len > WORD_LEN_MAX - 2) {
        len = WORD_LEN_MAX - 2;
        while (len > 0 && ((unsigned char)text.at[len] & 0xC0) == 0x80)
            len--;
    }
    return str_format(ctx->arena, "%c:%.*s", kind, (int)len, text.at);
}

bool
words_have(const struct words *words, struct str word)
{
    for (int i = 0; i < words->count; i++) {
        if (str_is(words->at[i], word)) return true;
    }
    return false;
}

static void
add_word(struct ctx *ctx, struct words *words, char kind, struct str text)
{
    if (text.len == 0 || words->count == WORDS_MAX) return;
    struct str word = word_of(ctx, kind, text);
    if (!words_have(words, word)) words->at[words->count++] = word;
}

/* The character at the front, and how many bytes it has. */
static UChar32
first_char(struct str text, size_t *len)
{
    UChar32 c;
    int32_t at = 0;

    U8_NEXT((const uint8_t *)text.at, at, (int32_t)text.len, c);
    *len = (size_t)at;
    return c;
}

/* Takes the next run of letters and digits off the front; empty when there is none. */
static struct str
take_run(struct str *rest)
{
    struct str run = {rest->at, 0};

    while (rest->len > 0) {
        size_t len;
        UChar32 c = first_char(*rest, &len);
        bool is_part = c >= 0 && u_isalnum(c);

        if (!is_part && run.len > 0) break;
        rest->at += len;
        rest->len -= len;
        if (is_part) {
            run.len += len;
        } else {
            run.at = rest->at;
        }
    }
    return run;
}

static void
add_names(struct ctx *ctx, struct words *words, struct str names)
{
    struct str rest = fold(ctx->arena, names);

    for (struct str run = take_run(&rest); run.len > 0; run = take_run(&rest)) {
        add_word(ctx, words, 'n', run);
    }
}

/* Behind each separator what follows, up to the '@' or the end; the last label ("org") is left
 * out, since it would find everybody. */
static void
add_email(struct ctx *ctx, struct words *words, struct str email)
{
    struct str folded = fold(ctx->arena, email);
    const char *end = folded.at + folded.len;
    const char *sign = folded.len > 0 ? memchr(folded.at, '@', folded.len) : NULL;

    add_word(ctx, words, 'e', folded);
    if (!sign) return;
    for (const char *at = folded.at; at < end; at++) {
        if (!strchr(".-_+@", *at)) continue;
        const char *until = at < sign ? sign : end;
        struct str part = {at + 1, (size_t)(until - at - 1)};
        bool is_last_label = at > sign && !memchr(part.at, '.', part.len);
        if (!is_last_label) add_word(ctx, words, 'e', part);
    }
}

static struct str
digits_of(struct ctx *ctx, struct str text)
{
    char *digits = arena_alloc(ctx->arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] >= '0' && text.at[i] <= '9') digits[len++] = text.at[i];
    }
    return (struct str){digits, len};
}

static struct str
backwards(struct ctx *ctx, struct str text)
{
    char *turned = arena_alloc(ctx->arena, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        turned[i] = text.at[text.len - 1 - i];
    return (struct str){turned, text.len};
}

void
words_of_customer(struct ctx *ctx, const struct customer *customer, struct words *words)
{
    struct str phone = digits_of(ctx, customer->phone);

    words->count = 0;
    /* What is looked up exactly comes first, so that no number of names pushes it out. */
    add_word(ctx, words, 'p', phone);
    add_word(ctx, words, 'r', backwards(ctx, phone));
    add_word(ctx, words, 'f', fold(ctx->arena, str_trim(customer->reference_id)));
    add_email(ctx, words, customer->email);
    add_names(ctx, words, customer->given_name);
    add_names(ctx, words, customer->family_name);
    add_names(ctx, words, customer->company_name);
    add_names(ctx, words, customer->nickname);
}

/* ---- looking up ---- */

/* No text has control characters in it, so nothing lies between the word and this end. */
static struct word_range
exactly(struct ctx *ctx, char kind, struct str text)
{
    struct str word = word_of(ctx, kind, text);

    if (text.len == 0) return (struct word_range){0};
    return (struct word_range){word, str_format(ctx->arena, "%.*s\x01", STR_ARG(word))};
}

/* U+10FFFF, the last character there can be. */
static struct word_range
beginning(struct ctx *ctx, char kind, struct str text)
{
    struct str word = word_of(ctx, kind, text);

    if (text.len == 0) return (struct word_range){0};
    return (struct word_range){word, str_format(ctx->arena, "%.*s\xF4\x8F\xBF\xBF", STR_ARG(word))};
}

struct word_range
words_exact_email(struct ctx *ctx, struct str email)
{
    return exactly(ctx, 'e', fold(ctx->arena, str_trim(email)));
}

struct word_range
words_exact_phone(struct ctx *ctx, struct str e164)
{
    return exactly(ctx, 'p', digits_of(ctx, e164));
}

struct word_range
words_exact_reference(struct ctx *ctx, struct str reference)
{
    return exactly(ctx, 'f', fold(ctx->arena, str_trim(reference)));
}

struct word_range
words_like_email(struct ctx *ctx, struct str text)
{
    return beginning(ctx, 'e', fold(ctx->arena, str_trim(text)));
}

struct word_range
words_like_reference(struct ctx *ctx, struct str text)
{
    return beginning(ctx, 'f', fold(ctx->arena, str_trim(text)));
}

struct word_range
words_like_phone(struct ctx *ctx, struct str text)
{
    struct str digits = digits_of(ctx, text);
    bool international = str_starts(str_trim(text), STR("+")) || str_starts(digits, STR("00"));

    /* "06 12…" is "+33 6 12…" at home: the zero in front is in neither the number nor its end. */
    while (digits.len > 0 && digits.at[0] == '0') {
        digits.at++;
        digits.len--;
    }
    if (digits.len < PHONE_LIKE_MIN) return (struct word_range){0};
    if (international) return beginning(ctx, 'p', digits);
    return beginning(ctx, 'r', backwards(ctx, digits));
}

/* ---- what is typed into one field ---- */

static void
add_typed(struct ctx *ctx, struct typed_words *typed, struct str text, struct word_range phone)
{
    if (typed->count == WORDS_TYPED_MAX) return;
    typed->at[typed->count++] = (struct typed_word){
        .name = beginning(ctx, 'n', text),
        .email = beginning(ctx, 'e', text),
        .phone = phone,
    };
}

/* Digits, written as people write telephone numbers. */
static bool
is_number(struct str text)
{
    bool has_digit = false;

    for (size_t i = 0; i < text.len; i++) {
        bool is_digit = text.at[i] >= '0' && text.at[i] <= '9';

        if (!is_digit && strchr("+-./()", text.at[i]) == NULL) return false;
        has_digit = has_digit || is_digit;
    }
    return has_digit;
}

static struct str
take_piece(struct str *rest)
{
    *rest = str_trim(*rest);
    struct str piece = {rest->at, 0};

    while (piece.len < rest->len && piece.at[piece.len] != ' ')
        piece.len++;
    rest->at += piece.len;
    rest->len -= piece.len;
    return piece;
}

void
words_typed(struct ctx *ctx, struct str text, struct typed_words *typed)
{
    struct str rest = fold(ctx->arena, text), number = {0};

    typed->count = 0;
    while (rest.len > 0 || number.len > 0) {
        struct str piece = take_piece(&rest);

        if (is_number(piece)) {
            if (number.len == 0) number.at = piece.at;
            number.len = (size_t)(piece.at + piece.len - number.at);
            continue;
        }
        if (number.len > 0) {
            add_typed(ctx, typed, digits_of(ctx, number), words_like_phone(ctx, number));
            number.len = 0;
        }
        if (piece.len > 0 && memchr(piece.at, '@', piece.len) != NULL) {
            add_typed(ctx, typed, piece, (struct word_range){0});
            continue;
        }
        for (struct str run = take_run(&piece); run.len > 0; run = take_run(&piece)) {
            add_typed(ctx, typed, run, (struct word_range){0});
        }
    }
}

/* As the databases compare: byte by byte. */
static bool
is_before(struct str a, struct str b)
{
    size_t len = a.len < b.len ? a.len : b.len;
    int order = len > 0 ? memcmp(a.at, b.at, len) : 0;

    return order != 0 ? order < 0 : a.len < b.len;
}

static bool
is_in(struct str word, const struct word_range *range)
{
    return !is_before(word, range->from) && is_before(word, range->until);
}

bool
words_mean(const struct words *words, const struct typed_word *typed)
{
    for (int i = 0; i < words->count; i++) {
        struct str word = words->at[i];

        if (is_in(word, &typed->name)) return true;
        if (is_in(word, &typed->email)) return true;
        if (is_in(word, &typed->phone)) return true;
    }
    return false;
}
