/* staff — people of a test world's team, and being one of them. */
#pragma once
#include "core/team/roles.h"
#include "support/world.h"

/* Somebody with this role, "cashier" or one of the merchant's own; signs in as <name>@x.example. */
struct team_member staff_add(struct world *w, const char *name, const char *role);
struct team_member staff_add_own(struct world *w, const char *name, role_id role);
/* From now on ctx->actor is them, as a session of theirs would make it. */
void staff_be(struct world *w, const struct team_member *member);
/* … or nobody of the team, who may do everything. */
void staff_be_system(struct world *w);
/* A role of the merchant's own. */
struct team_role staff_add_role(struct world *w, const char *name, uint64_t permissions,
                                int64_t points_a_day);
