/* totp — see totp.h. */
#include "base/totp.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/hash.h"
#include <nettle/hmac.h>
#include <sodium.h>
#include <stdio.h>

#define STEP_US (30 * CLOCK_SECOND_US)
enum { CODES = 1000000, STEPS_AWAY = 1 };

int64_t
totp_step_at(int64_t at_us)
{
    return at_us / STEP_US;
}

void
totp_code(const uint8_t secret[static TOTP_SECRET_LEN], int64_t step,
          char code[static TOTP_DIGITS + 1])
{
    uint8_t counter[8], digest[SHA1_DIGEST_SIZE];
    struct hmac_sha1_ctx hmac;

    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    hmac_sha1_set_key(&hmac, TOTP_SECRET_LEN, secret);
    hmac_sha1_update(&hmac, sizeof counter, counter);
    hmac_sha1_digest(&hmac, sizeof digest, digest);

    /* RFC 4226, 5.3: the last four bits say where in the digest the number stands. */
    const uint8_t *at = digest + (digest[SHA1_DIGEST_SIZE - 1] & 15);
    uint32_t number = (uint32_t)(at[0] & 127) << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
                      (uint32_t)at[3];
    snprintf(code, TOTP_DIGITS + 1, "%0*u", TOTP_DIGITS, (unsigned)(number % CODES));
    sodium_memzero(&hmac, sizeof hmac);
    sodium_memzero(digest, sizeof digest);
}

/* False when there are more or fewer than six signs but spaces. */
static bool
read_typed(struct str text, char typed[static TOTP_DIGITS])
{
    int len = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == ' ') continue;
        if (len == TOTP_DIGITS) return false;
        typed[len++] = text.at[i];
    }
    return len == TOTP_DIGITS;
}

bool
totp_match(const struct totp_try *tried, int64_t *step)
{
    int64_t now = totp_step_at(tried->at_us);
    char typed[TOTP_DIGITS], code[TOTP_DIGITS + 1];
    bool found = false;

    if (!read_typed(tried->code, typed)) return false;
    for (int64_t at = now - STEPS_AWAY; at <= now + STEPS_AWAY; at++) {
        if (at < 0 || at <= tried->used) continue;
        totp_code(tried->secret, at, code);
        if (!hash_same(code, typed, TOTP_DIGITS)) continue;
        *step = at;
        found = true;
    }
    sodium_memzero(code, sizeof code);
    return found;
}

struct str
totp_secret_text(struct arena *arena, const uint8_t secret[static TOTP_SECRET_LEN])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    enum { LEN = TOTP_SECRET_LEN * 8 / 5 };
    _Static_assert(LEN * 5 == TOTP_SECRET_LEN * 8, "or the last sign would be padded");
    char *text = arena_alloc(arena, LEN + 1);

    for (int i = 0; i < LEN; i++) {
        int bit = i * 5;
        int next = bit / 8 + 1 < TOTP_SECRET_LEN ? secret[bit / 8 + 1] : 0;
        int pair = secret[bit / 8] << 8 | next;

        text[i] = alphabet[pair >> (11 - bit % 8) & 31];
    }
    return (struct str){text, LEN};
}

/* A text as a part of an address: RFC 3986's unreserved signs as they are. */
static struct str
percent(struct arena *arena, struct str text)
{
    static const char hex[] = "0123456789ABCDEF";
    char *out = arena_alloc(arena, text.len * 3 + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');

        if (is_plain || c == '-' || c == '.' || c == '_' || c == '~') {
            out[len++] = (char)c;
            continue;
        }
        out[len++] = '%';
        out[len++] = hex[c >> 4];
        out[len++] = hex[c & 15];
    }
    return (struct str){out, len};
}

struct str
totp_address(struct arena *arena, const uint8_t secret[static TOTP_SECRET_LEN], struct str issuer,
             struct str who)
{
    struct str text = totp_secret_text(arena, secret);
    struct str from = percent(arena, issuer);
    struct str account = percent(arena, who);

    return str_format(arena, "otpauth://totp/%.*s:%.*s?secret=%.*s&issuer=%.*s", STR_ARG(from),
                      STR_ARG(account), STR_ARG(text), STR_ARG(from));
}
