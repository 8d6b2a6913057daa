/* sessions_store — the SQL of sessions.h. */
#pragma once
#include "core/team/sessions.h"

MUST_USE enum err sessions_store_list(struct ctx *ctx, team_member_id member,
                                      struct session **sessions, int *count);
MUST_USE enum err sessions_store_remove(struct ctx *ctx, team_member_id member, session_id id,
                                        bool *found);
MUST_USE enum err sessions_store_remove_others(struct ctx *ctx, team_member_id member,
                                               session_id kept);
MUST_USE enum err sessions_store_note_used(struct ctx *ctx, session_id id, int64_t at_us);
MUST_USE enum err sessions_store_unlimit(struct ctx *ctx, team_member_id member);
MUST_USE enum err sessions_store_shorten(struct ctx *ctx, int64_t until_us);
