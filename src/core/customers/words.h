/*
 * words — what the directory finds a customer by: rows of customer_word, looked up by range.
 *
 * A word is a kind letter, a colon and text without case or accents:
 *   n:  each word of the names                          "n:lefevre"
 *   e:  the e-mail address, and it from each part on    "e:anna.m@mail.org" "e:m" "e:mail.org"
 *   p:  the phone number's digits                       "p:33612345678"
 *   r:  the same backwards, so that an ending is a beginning
 *   f:  the reference
 * The same customer always gives the same words: changing or removing one deletes exactly what
 * it once put there. So whoever changes the rules here writes a migration that makes all anew.
 */
#pragma once
#include "core/customers/customers.h"

enum { WORDS_MAX = 64, WORD_LEN_MAX = 256 /* bytes, kind included */ };

struct words {
    struct str at[WORDS_MAX];
    int count;
};
/* Each word once; past WORDS_MAX none are added. */
void words_of_customer(struct ctx *ctx, const struct customer *customer, struct words *words);
bool words_have(const struct words *words, struct str word);

/* The words from `from` on, and before `until`. Empty: there is no such filter. */
struct word_range {
    struct str from, until;
};
struct word_range words_exact_email(struct ctx *ctx, struct str email);
struct word_range words_exact_phone(struct ctx *ctx, struct str e164);
struct word_range words_exact_reference(struct ctx *ctx, struct str reference);
/* What begins like this; empty when the text has nothing to find by. */
struct word_range words_like_email(struct ctx *ctx, struct str text);
struct word_range words_like_reference(struct ctx *ctx, struct str text);
/*
 * What a person types into one search field: each word of it may begin a name or a part of an
 * e-mail address, or, with four digits, end a phone number. Digits that stand together are one
 * number. Words past WORDS_TYPED_MAX are not looked for.
 */
enum { WORDS_TYPED_MAX = 4 };
struct typed_words {
    struct typed_word {
        struct word_range name, email, phone; /* any of them; name is never empty */
    } at[WORDS_TYPED_MAX];
    int count;
};
void words_typed(struct ctx *ctx, struct str text, struct typed_words *typed);
/* Whether one of these words is what a typed one may mean. */
bool words_mean(const struct words *words, const struct typed_word *typed);
/* What ends with these digits; with a + or 00 in front, what begins with them. At least four. */
struct word_range words_like_phone(struct ctx *ctx, struct str text);
