/*
 * team — people who work here, programs and devices that act for them, and how each proves it.
 *
 * Who asks is proved by a token: a session's (a person), a key's (a program), a tablet's or a
 * customer's. A token is shown once and stored as its hash; it names its merchant, so that one look
 * finds it: "ses_" + 13 characters of merchant id + 128 random bits.
 */
#pragma once
#include "base/ctx.h"
#include "core/team/permissions.h"

/* ---- members ---- */
struct team_member {
    team_member_id id;
    struct str email; /* in lower case; signs in to one merchant only */
    struct str name;
    struct str role;          /* "owner", "manager", "cashier", or "own" and */
    role_id own_role;         /* this one; 0 */
    struct str role_name;     /* of own_role; filled when read */
    uint64_t permissions;     /* of the role; filled when read */
    struct str password_hash; /* of password_hash(); empty: invited, and none chosen yet */
    bool active;              /* false: their sessions prove nobody */
    bool has_pin, invited;    /* filled when read; invited: they have no password yet */
    int64_t created_us;
};
/*
 * Fills id, created_us when 0, and permissions, and puts email in its normal form.
 * Within:   a transaction
 * Errors:   ERR_EMAIL_INVALID, ERR_FIELD_VALUE   (role)
 *           ERR_DB_CONSTRAINT   the e-mail address signs in somewhere already
 */
MUST_USE enum err team_add(struct ctx *ctx, struct team_member *member);
/* Errors: ERR_TEAM_MEMBER_UNKNOWN */
MUST_USE enum err team_find(struct ctx *ctx, team_member_id id, struct team_member *member);
/* For sign-in, in any case of letters: fills ctx->merchant. Errors: ERR_TEAM_MEMBER_UNKNOWN */
MUST_USE enum err team_find_by_email(struct ctx *ctx, struct str email, struct team_member *member);
/* Ends all sessions of a customer, however they began. Repeat: harmless. */
MUST_USE enum err team_end_customer_sessions(struct ctx *ctx, customer_id id);
/* The part of telling a person all that is known of them that is this module's: where a customer is
 * signed in. */
struct dossier;
MUST_USE enum err team_export_customer(struct ctx *ctx, customer_id id, struct dossier *dossier);
/* The part of erasing a customer that is this module's: ends their sessions. */
MUST_USE enum err team_erase_customer(struct ctx *ctx, customer_id id);

/* ---- credentials ---- */
enum credential_kind { CREDENTIAL_SESSION, CREDENTIAL_KEY, CREDENTIAL_DEVICE, CREDENTIAL_CUSTOMER };
/* How a customer's session came about: a link says that somebody vouched for them, a code that an
 * address of theirs is in their hands. */
enum credential_proof { PROOF_NONE, PROOF_LINK, PROOF_CODE };
struct credential {
    enum credential_kind kind;
    enum credential_proof proof; /* of a customer's */
    int64_t subject;             /* the team_member, api_key, tablet or customer it is for */
    int64_t expires_us;          /* INT64_MAX: never */
    /* A member's session: where it is, "Firefox, Windows"; and whether it is good for nothing but
     * setting up the second factor that is required here. */
    struct str device;
    bool limited;
    /* filled */
    session_id id; /* of a member's session */
    struct str token, csrf;
};
/* Makes the token, and its CSRF token unless it is a key's. Within: a transaction. */
MUST_USE enum err credentials_add(struct ctx *ctx, struct credential *credential);
/*
 * Who holds this token: fills ctx->merchant and ctx->actor (kind, id, location, permissions) from
 * the database as it is now, so that a role taken away is gone at the next request.
 *
 * Gives:    neither merchant nor actor when the token proves nobody
 * Errors:   ERR_UNAUTHENTICATED   not a token, ended, or its holder is gone or switched off
 *           ERR_CSRF              CSRF_CHECKED, and csrf is not the one that goes with it
 */
enum csrf_check { CSRF_IGNORED, CSRF_CHECKED };
MUST_USE enum err credentials_check(struct ctx *ctx, struct str token, struct str csrf,
                                    enum csrf_check check);
/* The CSRF token that goes with a session's or device's token: derived from it one way, so that a
 * reloaded page can be told it again although neither is stored. */
struct str credentials_csrf(struct arena *arena, struct str token);
/* What proved this token's holder; PROOF_NONE when it is no customer's, or nobody's. */
MUST_USE enum err credentials_read_proof(struct ctx *ctx, struct str token,
                                         enum credential_proof *proof);
/* Ends the sessions of a customer that a link began: somebody else may have scanned it. */
MUST_USE enum err credentials_end_unproven(struct ctx *ctx, customer_id customer);
/* Ends a token. Repeat: harmless. */
MUST_USE enum err credentials_remove(struct ctx *ctx, struct str token);
/* Never goes back in time. */
MUST_USE enum err credentials_note_used(struct ctx *ctx, int64_t subject, int64_t at_us);

struct api_key {
    api_key_id id;
    struct str name;
    uint64_t permissions; /* PERM_* */
    struct str token;
};
/* Fills id and token, which never ends by itself. Within: a transaction. */
MUST_USE enum err api_keys_add(struct ctx *ctx, struct api_key *key);

/* ---- lock-out: of what may be guessed, five wrong guesses in a quarter of an hour ---- */
enum { LOCKOUT_TRIES = 5 };
#define LOCKOUT_US (15 * INT64_C(60000000))
/* Reads only. Errors: `locked` (the caller's: ERR_SIGN_IN_LOCKED, ERR_PAIRING_LOCKED), with
 * ctx->retry_after_s */
MUST_USE enum err lockout_check(struct ctx *ctx, struct str scope, struct str subject,
                                enum err locked);
/* Counts a failure and returns `wrong`, or `locked` when it was the last allowed; both KEEP. */
MUST_USE enum err lockout_count(struct ctx *ctx, struct str scope, struct str subject,
                                enum err wrong, enum err locked);
/*
 * The same for what is not wrong, but not to be asked for without end: counts one more within
 * LOCKOUT_US, and locks when that was the tries_max-th.
 * Errors: `locked`, with ctx->retry_after_s
 */
MUST_USE enum err lockout_spend(struct ctx *ctx, struct str scope, struct str subject,
                                int tries_max, enum err locked);
MUST_USE enum err lockout_clear(struct ctx *ctx, struct str scope, struct str subject);
/* Removes at most max counts that count no more: anyone can make one by guessing wrong. */
MUST_USE enum err lockout_forget(struct ctx *ctx, int max, int64_t *forgotten);
