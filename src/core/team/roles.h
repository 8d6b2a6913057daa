/*
 * roles — what people of a merchant may do: owner, manager and cashier, which are always there, and
 * roles of its own, which are a name and a list of permissions.
 *
 * Nobody gives, changes or takes what they lack: whoever may change the team makes nobody mightier
 * than themselves, and touches nobody who is: nor who may give more points a day. The command line
 * may do all of it.
 */
#pragma once
#include "core/team/team.h"

enum { ROLES_OWN_MAX = 50, ROLE_NAME_MAX = 60 };
/* Points a day: no limit. */
#define ROLE_UNLIMITED (-1)

struct team_role {
    struct str preset; /* "owner", "manager", "cashier", or "own" and */
    role_id id;        /* this one */
    struct str name;   /* of one's own */
    uint64_t permissions;
    int64_t points_a_day; /* how many somebody may give by hand; ROLE_UNLIMITED */
    int64_t members;      /* how many have it; filled when read */
};
/* The three that are always there, mightiest first, then the merchant's own, by name. */
MUST_USE enum err roles_list(struct ctx *ctx, struct team_role **roles, int *count);
/* Errors: ERR_ROLE_UNKNOWN */
MUST_USE enum err roles_find(struct ctx *ctx, role_id id, struct team_role *role);
/*
 * Fills id, and the permissions that everybody has.
 * Within:   a write batch
 * Errors:   ERR_FIELD_VALUE        (permissions) one that a role cannot have, or none at all
 *           ERR_PERMISSION_LACKED
 *           ERR_ROLE_NAME_TAKEN, ERR_ROLES_TOO_MANY
 */
MUST_USE enum err roles_add(struct ctx *ctx, struct team_role *role);
/*
 * Gives it another name, list and limit; who has it may do so from their next request. Of manager
 * and cashier only the limit changes.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_ROLE_UNKNOWN, ERR_ROLE_FIXED, and those of roles_add
 */
MUST_USE enum err roles_change(struct ctx *ctx, struct team_role *role);
/*
 * Takes away a role that nobody has.
 * Within:   a write batch
 * Errors:   ERR_ROLE_UNKNOWN, ERR_ROLE_IN_USE
 */
MUST_USE enum err roles_remove(struct ctx *ctx, role_id id);

/* As the API writes it: "cashier", or "rol_…". */
struct str roles_text(struct arena *arena, struct str role, role_id own);
/* What such a text says; whether that role is there, roles_settle tells. */
void roles_read(struct str text, struct str *role, role_id *own);
/* Fills permissions from role and own_role. Errors: ERR_FIELD_VALUE (role) no such role */
MUST_USE enum err roles_settle(struct ctx *ctx, struct team_member *member);
/* Whether ctx->actor may give, or touch who has these. Errors: ERR_PERMISSION_LACKED */
MUST_USE enum err roles_check_given(struct ctx *ctx, uint64_t permissions);
/* The same of a member, with what their role may give in a day. Requires: their role and
 * permissions. Errors: ERR_PERMISSION_LACKED */
MUST_USE enum err roles_check_member(struct ctx *ctx, const struct team_member *member);
