/* team — people who work here, programs and devices that act for them, and how each proves it. */
#pragma once
#include "base/ctx.h"
#include "core/team/permissions.h"

struct team_member {
    team_member_id id;
    struct str email, name, role, password_hash;
    bool active;
    int64_t created_us;
};
/* Errors: ERR_DB_CONSTRAINT when the e-mail address is taken, ERR_EMAIL_INVALID, ERR_FIELD_VALUE
 * (role) */
MUST_USE enum err team_add(struct ctx *ctx, struct team_member *member);
MUST_USE enum err team_find(struct ctx *ctx, team_member_id id,
                            struct team_member *member); /* ERR_TEAM_MEMBER_UNKNOWN */
/* For sign-in: fills ctx->merchant. Errors: ERR_TEAM_MEMBER_UNKNOWN */
MUST_USE enum err team_find_by_email(struct ctx *ctx, struct str email, struct team_member *member);

/* ---- credentials: tokens shown once, stored hashed ---- */
enum credential_kind { CREDENTIAL_SESSION, CREDENTIAL_KEY, CREDENTIAL_DEVICE, CREDENTIAL_CUSTOMER };
struct credential {
    enum credential_kind kind;
    int64_t subject;
    int64_t expires_us;
    struct str token, csrf;
};
/* Makes token and csrf (for sessions and devices; credentials_csrf of the token). */
MUST_USE enum err credentials_add(struct ctx *ctx, struct credential *credential);
/*
 * Who holds this token: fills ctx->merchant and ctx->actor (kind, id, location, permissions) from
 * the database. csrf is checked when check_csrf. Errors: ERR_UNAUTHENTICATED, ERR_CSRF
 */
MUST_USE enum err credentials_check(struct ctx *ctx, struct str token, struct str csrf,
                                    bool check_csrf);
/* The CSRF token that goes with a session's or device's token: derived from it one way, so that a
 * reloaded page can be told it again although neither is stored. */
struct str credentials_csrf(struct arena *arena, struct str token);
MUST_USE enum err credentials_remove(struct ctx *ctx, struct str token);
MUST_USE enum err credentials_note_used(struct ctx *ctx, int64_t subject, int64_t at_us);
struct api_key {
    api_key_id id;
    struct str name;
    uint64_t permissions;
    struct str token;
};
MUST_USE enum err api_keys_add(struct ctx *ctx, struct api_key *key); /* fills id and token */

/* ---- sign-in and lock-out ---- */
enum { LOCKOUT_TRIES = 5 };
#define LOCKOUT_US (15 * INT64_C(60000000))
/* Errors: `locked` (the caller's: ERR_SIGN_IN_LOCKED, ERR_PAIRING_LOCKED) with ctx->retry_after_s.
 * Reads only. */
MUST_USE enum err lockout_check(struct ctx *ctx, struct str scope, struct str subject,
                                enum err locked);
/* Counts a failure and returns `wrong`, or `locked` when this one was the last allowed; both KEEP.
 */
MUST_USE enum err lockout_count(struct ctx *ctx, struct str scope, struct str subject,
                                enum err wrong, enum err locked);
MUST_USE enum err lockout_clear(struct ctx *ctx, struct str scope, struct str subject);

/* ---- tablets ---- */
struct tablet {
    tablet_id id;
    location_id location;
    register_id reg;
    struct str name;
    int64_t seen_us, created_us;
};
MUST_USE enum err tablets_add(struct ctx *ctx, struct tablet *tablet);
MUST_USE enum err tablets_find(struct ctx *ctx, tablet_id id,
                               struct tablet *tablet); /* ERR_TABLET_UNKNOWN */
/* A code that activates this tablet once: "7KQ2-M9XD", valid keep_us. Older codes of it end. */
MUST_USE enum err tablets_make_code(struct ctx *ctx, tablet_id id, int64_t keep_us,
                                    struct str *code);
/* Activates: fills ctx->merchant, tablet and the device credential; earlier device tokens of it
 * end. Errors: ERR_PAIRING_CODE_WRONG, ERR_PAIRING_LOCKED (both KEEP; counted per ctx->remote) */
MUST_USE enum err tablets_activate(struct ctx *ctx, struct str code, struct tablet *tablet,
                                   struct credential *credential);
/* The part of erasing a customer that is this module's: ends their sessions. */
MUST_USE enum err team_erase_customer(struct ctx *ctx, customer_id id);
MUST_USE enum err tablets_note_seen(struct ctx *ctx, tablet_id id, int64_t at_us);
