/* staff — see staff.h. */
#include "support/staff.h"
#include "support/test.h"

static struct team_member
add(struct world *w, struct team_member member, const char *name)
{
    member.name = str_of(name);
    member.email = str_format(w->ctx.arena, "%s@x.example", name);
    member.password_hash = STR("hash");
    member.active = true;
    WORLD_TX(w) EXPECT_OK(team_add(&w->ctx, &member));
    return member;
}

struct team_member
staff_add(struct world *w, const char *name, const char *role)
{
    return add(w, (struct team_member){.role = str_of(role)}, name);
}

struct team_member
staff_add_own(struct world *w, const char *name, role_id role)
{
    return add(w, (struct team_member){.role = STR("own"), .own_role = role}, name);
}

void
staff_be(struct world *w, const struct team_member *member)
{
    w->ctx.actor =
        (struct actor){.kind = ACTOR_STAFF, .id = member->id.v, .permissions = member->permissions};
}

void
staff_be_system(struct world *w)
{
    w->ctx.actor = (struct actor){.kind = ACTOR_SYSTEM};
}

struct team_role
staff_add_role(struct world *w, const char *name, uint64_t permissions, int64_t points_a_day)
{
    struct team_role role = {
        .name = str_of(name), .permissions = permissions, .points_a_day = points_a_day};

    WORLD_TX(w) EXPECT_OK(roles_add(&w->ctx, &role));
    return role;
}
