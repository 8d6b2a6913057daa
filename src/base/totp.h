/*
 * totp — codes that an app on somebody's telephone makes of a shared secret and the clock: RFC
 * 6238, with HMAC-SHA-1, steps of 30 seconds and six digits, which is what every such app knows.
 *
 * Pure: who has which secret, and which code was used already, is its callers' business.
 */
#pragma once
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { TOTP_SECRET_LEN = 20, TOTP_DIGITS = 6 };

/* The number of the step that a time is in. */
int64_t totp_step_at(int64_t at_us);
/* The code of a step, ended by NUL. */
void totp_code(const uint8_t secret[static TOTP_SECRET_LEN], int64_t step,
               char code[static TOTP_DIGITS + 1]);
/*
 * Finds the step whose code this is: that of now, the one before or the one after, as clocks are
 * not alike. A step up to `used` is not looked at: a code counts once. Spaces do not count. False:
 * it is none of them; *step stays as it is.
 */
struct totp_try {
    const uint8_t *secret; /* TOTP_SECRET_LEN bytes */
    struct str code;
    int64_t at_us, used;
};
MUST_USE bool totp_match(const struct totp_try *tried, int64_t *step);

/* As somebody types it into an app without a camera: 32 characters of RFC 4648's base 32. */
struct str totp_secret_text(struct arena *arena, const uint8_t secret[static TOTP_SECRET_LEN]);
/* As a QR code says it: "otpauth://totp/…". issuer: what the app calls us; who: the account there.
 */
struct str totp_address(struct arena *arena, const uint8_t secret[static TOTP_SECRET_LEN],
                        struct str issuer, struct str who);
