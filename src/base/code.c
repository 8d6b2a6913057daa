/* code — see code.h. */
#include "base/code.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/ids.h"
#include <string.h>

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

bool
code_parse(struct str text, struct str prefix, char code[static CODE_LEN])
{
    struct str rest = without_prefix(str_trim(text), prefix);
    int len = 0;

    for (size_t i = 0; i < rest.len; i++) {
        if (rest.at[i] == ' ' || rest.at[i] == '-') continue;
        char sign = sign_of(rest.at[i]);
        if (sign == '\0' || len == CODE_LEN) return false;
        code[len++] = sign;
    }
    return len == CODE_LEN;
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
