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
 * Adds a member, as team_add does, and tells the screens.
 * Within:   a write batch
 * Errors:   ERR_EMAIL_INVALID, ERR_FIELD_VALUE   (email, role)
 *           ERR_PERMISSION_LACKED   the role may what ctx->actor may not
 *           ERR_EMAIL_TAKEN   (email) it signs in already, here or to another merchant
 */
MUST_USE enum err roster_add_member(struct ctx *ctx, struct team_member *member);

/* What is to become of a member; what is empty or not `changes_` stays. */
struct member_change {
    team_member_id id;
    struct str name, password_hash;
    struct str role; /* "cashier", or "own" and */
    role_id own_role;
    bool changes_active, active;
};
/*
 * Changes a member, and gives them as they are now. Another password, and being switched off, end
 * their sessions, and a password the link that was sent to choose one; another role counts from
 * their next request.
 * Within:   a write batch
 * Repeat:   harmless, but for the sessions that another password ends
 * Errors:   ERR_TEAM_MEMBER_UNKNOWN, ERR_FIELD_VALUE   (role)
 *           ERR_PERMISSION_LACKED   they may, or would, what ctx->actor may not
 *           ERR_LOCATION_FORBIDDEN  they work where ctx->actor does not
 *           ERR_LAST_OWNER   nobody active would be left who may do everything
 */
MUST_USE enum err roster_change_member(struct ctx *ctx, const struct member_change *change,
                                       struct team_member *member);

/* Whether ctx->actor may change this member.
 * Errors: ERR_TEAM_MEMBER_UNKNOWN, ERR_PERMISSION_LACKED, ERR_LOCATION_FORBIDDEN */
MUST_USE enum err roster_check(struct ctx *ctx, team_member_id id);

/*
 * Gives a member another password, and ends their sessions and the link to choose one.
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
