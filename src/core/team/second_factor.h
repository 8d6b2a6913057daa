/*
 * second_factor — the code of an app on a member's telephone (base/totp.h), asked for beside their
 * password; and ten recovery codes for who has lost that telephone.
 *
 * A second factor is offered (its secret is shown), then confirmed with one of its codes; only then
 * does it count, and replaces the one before. Each code counts once. Five wrong ones within a
 * quarter of an hour lock the member's second factor for as long, wherever they were typed: who
 * guesses here knows the password already. A merchant may require one of everybody: who has none
 * can do nothing after their next sign-in but set one up.
 */
#pragma once
#include "core/team/team.h"

enum { SECOND_FACTOR_RECOVERY_CODES = 10 };
/* When a merchant begins to require it, who works in a browser can go on for so long. */
#define SECOND_FACTOR_GRACE_US (24 * INT64_C(3600000000))

struct second_factor {
    int64_t since_us; /* in use since; 0: there is none */
    int64_t recovery_codes_left;
};
MUST_USE enum err second_factor_find(struct ctx *ctx, team_member_id member,
                                     struct second_factor *factor);
/* Whether this member must set one up before anything else. */
MUST_USE enum err second_factor_is_missing(struct ctx *ctx, team_member_id member, bool *missing);

/*
 * Takes a code, of the app or a recovery code, as the member's; OK without one when there is no
 * second factor.
 * Within:   a transaction
 * Repeat:   refused: a code counts once
 * Errors:   ERR_SECOND_FACTOR_LOCKED   with ctx->retry_after_s; KEEP when this was the last guess
 *           ERR_SECOND_FACTOR_ASKED    the code is empty
 *           ERR_SECOND_FACTOR_WRONG    KEEP, counted
 */
MUST_USE enum err second_factor_check(struct ctx *ctx, team_member_id member, struct str code);

struct second_factor_offer {
    struct str secret;  /* to be typed into an app */
    struct str address; /* to be read by one as a QR code */
};
/*
 * Makes a secret for an app. The second factor that is in use stays so until this one is confirmed.
 * Within:   a transaction
 * Repeat:   another secret; the one before is forgotten
 */
MUST_USE enum err second_factor_offer(struct ctx *ctx, const struct team_member *member,
                                      struct second_factor_offer *offer);
/*
 * Takes the secret that was offered into use, since the app that has it gives this code.
 * Within:   a transaction
 * Gives:    SECOND_FACTOR_RECOVERY_CODES new recovery codes; those before are of no use any more
 * Errors:   ERR_SECOND_FACTOR_OFF     none was offered
 *           ERR_SECOND_FACTOR_WRONG, ERR_SECOND_FACTOR_LOCKED   as in second_factor_check
 */
MUST_USE enum err second_factor_confirm(struct ctx *ctx, team_member_id member, struct str code,
                                        struct str *recovery_codes);
/*
 * Ten other recovery codes; those before are of no use any more.
 * Within:   a transaction
 * Errors:   ERR_SECOND_FACTOR_OFF
 */
MUST_USE enum err second_factor_renew_codes(struct ctx *ctx, team_member_id member,
                                            struct str *recovery_codes);
/*
 * The member goes on without one.
 * Within:   a transaction
 * Repeat:   harmless
 * Errors:   ERR_SECOND_FACTOR_REQUIRED   the merchant asks for one
 */
MUST_USE enum err second_factor_end(struct ctx *ctx, team_member_id member);
/*
 * Takes it from who can no longer sign in with it: their sessions end, guesses are forgotten, and
 * they are told by e-mail.
 * Within:   a transaction
 * Repeat:   harmless; of who has none it takes nothing
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN
 */
MUST_USE enum err second_factor_reset(struct ctx *ctx, team_member_id member);
/*
 * Whether ctx->merchant requires one of everybody. Those who have none are asked at their next
 * sign-in, and their sessions end within SECOND_FACTOR_GRACE_US.
 * Within:   a write batch
 * Repeat:   harmless
 */
enum second_factor_rule { SECOND_FACTOR_FREE, SECOND_FACTOR_FOR_ALL };
MUST_USE enum err second_factor_require(struct ctx *ctx, enum second_factor_rule rule);
/* The members of ctx->merchant whose second factor is in use. */
MUST_USE enum err second_factor_list(struct ctx *ctx, team_member_id **members, int *count);
/* What is kept of a member goes. Within: a transaction. Repeat: harmless. */
MUST_USE enum err second_factor_forget(struct ctx *ctx, team_member_id member);
