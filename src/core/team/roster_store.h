/* roster_store — the SQL of roster.h. */
#pragma once
#include "core/team/roster.h"

MUST_USE enum err roster_store_list_members(struct ctx *ctx, struct team_member **members,
                                            int *count);
/* Name, role, password and whether active. */
MUST_USE enum err roster_store_change_member(struct ctx *ctx, const struct team_member *member);
/* Active owners other than this member. */
MUST_USE enum err roster_store_count_owners(struct ctx *ctx, team_member_id but, int64_t *count);
MUST_USE enum err roster_store_change_password(struct ctx *ctx, team_member_id id,
                                               struct str password_hash, bool *found);
MUST_USE enum err roster_store_remove_member(struct ctx *ctx, team_member_id id, bool *found);
MUST_USE enum err roster_store_list_keys(struct ctx *ctx, struct roster_key **keys, int *count);
MUST_USE enum err roster_store_remove_key(struct ctx *ctx, api_key_id id, bool *found);
/* Whatever proves that somebody is this member or key: kind 'ses' or 'key'. */
MUST_USE enum err roster_store_remove_credentials(struct ctx *ctx, struct str kind,
                                                  int64_t subject);
