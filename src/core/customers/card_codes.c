/* card_codes — see card_codes.h. */
#include "core/customers/card_codes.h"
#include "base/hash.h"
#include "core/customers/sign_in_store.h"

_Static_assert(CARD_CODE_LEN == (int)TOKEN_LEN, "a card code is a random token, in upper case");

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
without_prefix(struct str text)
{
    struct str prefix = STR(CARD_CODE_PREFIX);

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

bool
card_code_parse(struct str text, char code[static CARD_CODE_LEN])
{
    struct str rest = without_prefix(str_trim(text));
    int len = 0;

    for (size_t i = 0; i < rest.len; i++) {
        if (rest.at[i] == ' ' || rest.at[i] == '-') continue;
        char sign = sign_of(rest.at[i]);
        if (sign == '\0' || len == CARD_CODE_LEN) return false;
        code[len++] = sign;
    }
    return len == CARD_CODE_LEN;
}

static struct str
new_code(struct ctx *ctx)
{
    struct str token = random_token(ctx->arena);
    char *code = arena_alloc(ctx->arena, token.len + 1);

    for (size_t i = 0; i < token.len; i++)
        code[i] = upper(token.at[i]);
    return (struct str){code, token.len};
}

enum err
card_codes_ensure(struct ctx *ctx, customer_id customer, struct str *code)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(customer.v != 0);
    TRY(card_codes_read(ctx, customer, code));
    if (code->len > 0) return OK;
    *code = new_code(ctx);
    return sign_in_store_add_card_code(ctx, *code, customer);
}

enum err
card_codes_read(struct ctx *ctx, customer_id customer, struct str *code)
{
    return sign_in_store_read_card_code(ctx, customer, code);
}

enum err
card_codes_find(struct ctx *ctx, struct str text, customer_id *customer)
{
    char code[CARD_CODE_LEN];

    customer->v = 0;
    if (card_code_parse(text, code)) {
        TRY(sign_in_store_find_card_code(ctx, (struct str){code, sizeof code}, customer));
    }
    return customer->v != 0 ? OK : fail(ctx, ERR_CARD_CODE_UNKNOWN, "nobody's");
}
