/*
 * passwords — how members change their own, and how those get in again who forgot theirs: by a link
 * that is sent to the address they sign in with, works once, and for an hour.
 */
#pragma once
#include "core/team/team.h"

enum { PASSWORD_LEN_MIN = 8, PASSWORD_LEN_MAX = 200 }; /* characters */
#define PASSWORD_LINK_KEEP_US INT64_C(3600000000)
#define INVITATION_KEEP_US    (7 * 24 * INT64_C(3600000000))

/*
 * The member's password is another one; all their sessions end but the one in hand (0: all), and
 * they are told by e-mail, unless it is their first.
 * Within:   a transaction
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN
 */
struct password_change {
    team_member_id member;
    struct str password_hash; /* of password_hash() */
    session_id kept;
};
MUST_USE enum err passwords_change(struct ctx *ctx, const struct password_change *change);

/*
 * Sends a link to whoever signs in with this address, in the place of one sent before. To who does
 * not exist or was switched off, nothing is sent, and nobody is told.
 * Within:   a transaction, of any merchant or none; sets none
 * Requires: an e-mail address in its normal form; page: where the link leads, the token is put
 *           behind it
 * Errors:   ERR_CODE_TOO_MANY   three were asked for this address within a quarter of an hour, or
 *                               twenty from this address of the network
 *           ERR_CHANNEL_OFF     this server sends no e-mails
 */
MUST_USE enum err passwords_send_link(struct ctx *ctx, struct str email, struct str page);
/*
 * Invites a member who has no password yet to choose one, by a link in the place of one sent
 * before; it works once, and for a week.
 * Within:   a transaction
 * Requires: page: where the link leads, the token is put behind it
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN
 *           ERR_INVITATION_TAKEN   they have chosen one
 *           ERR_CODE_TOO_MANY      three links were sent to them within a quarter of an hour
 *           ERR_CHANNEL_OFF        this server sends no e-mails
 */
MUST_USE enum err passwords_invite(struct ctx *ctx, team_member_id id, struct str page);
/* Whose link it claims to be: fills ctx->merchant. Errors: ERR_LINK_EXPIRED   it is none */
MUST_USE enum err passwords_admit_link(struct ctx *ctx, struct str token);
/*
 * Uses a link up: the password is another one, or their first, and all sessions end. A second
 * factor stays.
 * Within:   a transaction of the merchant that passwords_admit_link found
 * Errors:   ERR_LINK_EXPIRED   used, too old, or never made here
 */
MUST_USE enum err passwords_use_link(struct ctx *ctx, struct str token, struct str password_hash);
/* A member's link is of no use any more. Repeat: harmless. */
MUST_USE enum err passwords_end_link(struct ctx *ctx, team_member_id member);
/* Forgets links that expired, at most max; tells how many. */
MUST_USE enum err passwords_forget_links(struct ctx *ctx, int max, int64_t *forgotten);
