/*
 * roster — who and which programs have access to a merchant: listed, changed and taken away.
 *
 * Access ends at once: whatever proved who somebody was (sessions, keys) goes in the same
 * transaction. What they did stays, under their id.
 */
#pragma once
#include "core/team/team.h"

/* All of ctx->merchant, by e-mail address; password_hash is left out. */
MUST_USE enum err roster_list_members(struct ctx *ctx, struct team_member **members, int *count);

/*
 * Gives a member another password, and ends their sessions.
 * Within:   a transaction
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN
 */
MUST_USE enum err roster_change_password(struct ctx *ctx, team_member_id id,
                                         struct str password_hash);

/*
 * Takes a member away, with their sessions.
 * Within:   a transaction
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN
 */
MUST_USE enum err roster_remove_member(struct ctx *ctx, team_member_id id);

struct roster_key {
    api_key_id id;
    struct str name;
    uint64_t permissions; /* PERM_* */
    int64_t created_us;
    int64_t used_us; /* about when last used; 0: never */
};
/* All of ctx->merchant, oldest first. */
MUST_USE enum err roster_list_keys(struct ctx *ctx, struct roster_key **keys, int *count);

/*
 * Takes an API key away: requests with it are refused from now on.
 * Within:   a transaction
 * Errors:   ERR_API_KEY_UNKNOWN
 */
MUST_USE enum err roster_remove_key(struct ctx *ctx, api_key_id id);
