/*
 * pins — a number of a team member's own, by which they say who serves at a till that somebody else
 * signed in. What follows is theirs: they are its author, with what their role allows at a counter
 * (PERM_BY_PIN), until another PIN is typed.
 *
 * No two people of a merchant have the same PIN, so that it needs no name beside it. Who tries to
 * take one that is somebody's learns that it is: that is a guess, and counted like one.
 */
#pragma once
#include "core/team/team.h"

enum { PIN_LEN_MIN = 4, PIN_LEN_MAX = 6, PIN_TRIES = 10 };

/*
 * Gives a member a PIN; an empty one takes theirs away.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN
 *           ERR_FIELD_VALUE   (pin) not 4 to 6 digits
 *           ERR_PIN_EASY      (pin) one digit again and again, or digits one after the other
 *           ERR_PIN_TAKEN     (pin) KEEP
 *           ERR_PIN_LOCKED    ctx->actor guessed too often
 */
MUST_USE enum err pins_change(struct ctx *ctx, team_member_id id, struct str pin);

/*
 * From now on whoever has this PIN serves where this session's token is. The PIN of who signed in
 * there gives the session back to them, with all they may do.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Gives:    ctx->actor as they are from now on
 * Errors:   ERR_PIN_WRONG    nobody's, or of somebody who may not sign in; KEEP
 *           ERR_FORBIDDEN    the session is good for nothing but setting up a second factor
 *           ERR_PIN_LOCKED   ten wrong ones in a quarter of an hour, of whoever signed in there
 */
MUST_USE enum err pins_serve(struct ctx *ctx, struct str token, struct str pin);
