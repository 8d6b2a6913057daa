/* roles_store — the SQL of roles.h and limits.h. */
#pragma once
#include "core/team/roles.h"

/* The merchant's own, by name, with their limits. */
MUST_USE enum err roles_store_list(struct ctx *ctx, struct team_role *roles, int *count);
MUST_USE enum err roles_store_find(struct ctx *ctx, role_id id, struct team_role *role);
/* added false: the name is another's. */
MUST_USE enum err roles_store_add(struct ctx *ctx, const struct team_role *role, bool *added);
MUST_USE enum err roles_store_is_taken(struct ctx *ctx, const struct team_role *role, bool *taken);
MUST_USE enum err roles_store_change(struct ctx *ctx, const struct team_role *role);
MUST_USE enum err roles_store_remove(struct ctx *ctx, role_id id);
/* Members of a role of the merchant's own. */
MUST_USE enum err roles_store_count_holders(struct ctx *ctx, role_id id, int64_t *count);
/* Members of owner, manager and cashier. */
MUST_USE enum err roles_store_count_members(struct ctx *ctx, struct str role, int64_t *count);

/* ROLE_UNLIMITED when there is no row. */
MUST_USE enum err roles_store_read_limit(struct ctx *ctx, struct str role, role_id own,
                                         int64_t *points_a_day);
MUST_USE enum err roles_store_put_limit(struct ctx *ctx, struct str role, role_id own,
                                        int64_t points_a_day);
MUST_USE enum err roles_store_remove_limit(struct ctx *ctx, struct str role, role_id own);
/* Counts what ctx->actor gives on this day; counted false: it would be more than the most. */
struct given {
    int64_t day, points, points_max;
};
MUST_USE enum err roles_store_count_given(struct ctx *ctx, const struct given *given,
                                          bool *counted);
