/*
 * sessions — where a member of the team is signed in: which browsers, since when, last when; and
 * signing out there from here.
 */
#pragma once
#include "core/team/team.h"

struct session {
    session_id id;
    struct str device; /* "Firefox, Windows"; empty: not told */
    int64_t created_us;
    int64_t used_us; /* to about a minute; created_us when not since */
};
/* Those that have not ended, the one that was used last first. */
MUST_USE enum err sessions_list(struct ctx *ctx, team_member_id member, struct session **sessions,
                                int *count);
/* Within: a transaction. Errors: ERR_SESSION_UNKNOWN   there is none, or it is somebody else's */
MUST_USE enum err sessions_end(struct ctx *ctx, team_member_id member, session_id id);
/* All but one; kept 0: all. Within: a transaction. Repeat: harmless. */
MUST_USE enum err sessions_end_others(struct ctx *ctx, team_member_id member, session_id kept);
/* Never goes back in time. */
MUST_USE enum err sessions_note_used(struct ctx *ctx, session_id id, int64_t at_us);

/* ---- for second_factor ---- */
/* A session that was good for nothing but setting up a second factor is good for all. */
MUST_USE enum err sessions_unlimit(struct ctx *ctx, team_member_id member);
/* Everybody's that would end later than this ends then, unless their second factor is in use. */
MUST_USE enum err sessions_shorten(struct ctx *ctx, int64_t until_us);
