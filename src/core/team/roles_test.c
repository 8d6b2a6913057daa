/* roles_test — the merchant's own roles, and that nobody gives what they lack. */
#include "core/team/roster.h"
#include "support/staff.h"
#include "support/test.h"
#include <stdio.h>

static enum err
add(struct ctx *ctx, void *arg)
{
    return roles_add(ctx, arg);
}

static enum err
change(struct ctx *ctx, void *arg)
{
    return roles_change(ctx, arg);
}

static enum err
remove_role(struct ctx *ctx, void *arg)
{
    return roles_remove(ctx, *(const role_id *)arg);
}

static enum err
change_member(struct ctx *ctx, void *arg)
{
    struct team_member member;

    return roster_change_member(ctx, arg, &member);
}

static enum err
add_member(struct ctx *ctx, void *arg)
{
    return roster_add_member(ctx, arg);
}

static enum err
check_member(struct ctx *ctx, void *arg)
{
    return roster_check(ctx, *(const team_member_id *)arg);
}

/* The role with this id among all. */
static struct team_role
find(struct world *w, role_id id)
{
    struct team_role *roles;
    int count;

    EXPECT_OK(roles_list(&w->ctx, &roles, &count));
    for (int i = 0; i < count; i++) {
        if (roles[i].id.v == id.v) return roles[i];
    }
    return (struct team_role){0};
}

TEST(a_shop_has_three_roles_and_its_own)
{
    struct world w = world_open();
    struct team_role *roles;
    int count;

    struct team_role baker = staff_add_role(&w, "Vendeuse", PERM_SALES, 20);
    staff_add_own(&w, "zoe", baker.id);
    staff_add(&w, "ines", "cashier");
    EXPECT_OK(roles_list(&w.ctx, &roles, &count));
    EXPECT_INT(4, count);
    EXPECT_STR("owner", roles[0].preset);
    EXPECT_STR("cashier", roles[2].preset);
    EXPECT_INT(1, roles[2].members);
    EXPECT_INT(ROLE_UNLIMITED, roles[2].points_a_day);
    EXPECT_STR("Vendeuse", roles[3].name);
    EXPECT_INT(1, roles[3].members);
    EXPECT_INT(20, roles[3].points_a_day);
    EXPECT_INT((int64_t)(PERM_SALES | PERM_OF_EVERYBODY), (int64_t)roles[3].permissions);
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_OK(roles_list(&w.ctx, &roles, &count));
    EXPECT_INT(3, count);
    EXPECT_ERR(ERR_ROLE_UNKNOWN, roles_find(&w.ctx, baker.id, &baker));
    world_close(&w);
}

TEST(a_member_may_what_their_role_may_now)
{
    struct world w = world_open();
    struct team_role role = staff_add_role(&w, "Vendeuse", PERM_SALES, ROLE_UNLIMITED);
    struct team_member zoe = staff_add_own(&w, "zoe", role.id);

    EXPECT_TRUE(zoe.permissions & PERM_SALES);
    role.permissions = PERM_SALES | PERM_SALES_REFUND;
    EXPECT_OK(world_write(&w, change, &role));
    EXPECT_OK(team_find(&w.ctx, zoe.id, &zoe));
    EXPECT_TRUE(zoe.permissions & PERM_SALES_REFUND);
    EXPECT_TRUE(!(zoe.permissions & PERM_TEAM_WRITE));
    EXPECT_TRUE(zoe.permissions & PERM_PROFILE);
    world_close(&w);
}

TEST(a_role_has_a_name_of_its_own_and_something_to_do)
{
    struct world w = world_open();
    struct team_role first = staff_add_role(&w, "Vendeuse", PERM_SALES, ROLE_UNLIMITED);
    struct team_role same = {.name = STR("Vendeuse"), .permissions = PERM_SALES};
    struct team_role none = {.name = STR("Rien"), .permissions = PERM_SELF};
    struct team_role tablet = {.name = STR("Borne"), .permissions = PERM_TABLET};
    struct team_role second = staff_add_role(&w, "Extra", PERM_SALES, ROLE_UNLIMITED);

    EXPECT_ERR(ERR_ROLE_NAME_TAKEN, world_write(&w, add, &same));
    EXPECT_STR("name", w.ctx.field);
    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, add, &none));
    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, add, &tablet));
    EXPECT_STR("permissions", w.ctx.field);
    second.name = first.name;
    EXPECT_ERR(ERR_ROLE_NAME_TAKEN, world_write(&w, change, &second));
    first.name = STR("Vendeuse");
    EXPECT_OK(world_write(&w, change, &first));
    first.id.v += 1000;
    EXPECT_ERR(ERR_ROLE_UNKNOWN, world_write(&w, change, &first));
    world_close(&w);
}

TEST(a_shop_has_at_most_fifty_roles)
{
    struct world w = world_open();
    char name[20];

    for (int i = 0; i < ROLES_OWN_MAX; i++) {
        snprintf(name, sizeof name, "role %d", i);
        staff_add_role(&w, name, PERM_SALES, ROLE_UNLIMITED);
    }
    struct team_role more = {.name = STR("Encore"), .permissions = PERM_SALES};
    EXPECT_ERR(ERR_ROLES_TOO_MANY, world_write(&w, add, &more));
    world_close(&w);
}

TEST(a_role_that_somebody_has_stays)
{
    struct world w = world_open();
    struct team_role role = staff_add_role(&w, "Vendeuse", PERM_SALES, 5);
    struct team_member zoe = staff_add_own(&w, "zoe", role.id);
    struct member_change other = {.id = zoe.id, .role = STR("cashier")};

    EXPECT_ERR(ERR_ROLE_IN_USE, world_write(&w, remove_role, &role.id));
    EXPECT_OK(world_write(&w, change_member, &other));
    EXPECT_OK(world_write(&w, remove_role, &role.id));
    EXPECT_ERR(ERR_ROLE_UNKNOWN, world_write(&w, remove_role, &role.id));
    EXPECT_INT(0, find(&w, role.id).members);
    world_close(&w);
}

TEST(of_manager_and_cashier_the_limit_alone_changes)
{
    struct world w = world_open();
    struct team_role cashier = {.preset = STR("cashier"), .points_a_day = 30};
    struct team_role named = {.preset = STR("cashier"), .name = STR("Caissier")};
    struct team_role owner = {.preset = STR("owner"), .points_a_day = 30};
    struct team_role *roles;
    int count;

    EXPECT_OK(world_write(&w, change, &cashier));
    EXPECT_ERR(ERR_ROLE_FIXED, world_write(&w, change, &named));
    EXPECT_ERR(ERR_ROLE_FIXED, world_write(&w, change, &owner));
    EXPECT_OK(roles_list(&w.ctx, &roles, &count));
    EXPECT_INT(30, roles[2].points_a_day);
    cashier = (struct team_role){.preset = STR("cashier"), .points_a_day = ROLE_UNLIMITED};
    EXPECT_OK(world_write(&w, change, &cashier));
    EXPECT_OK(roles_list(&w.ctx, &roles, &count));
    EXPECT_INT(ROLE_UNLIMITED, roles[2].points_a_day);
    world_close(&w);
}

TEST(nobody_gives_or_takes_what_they_lack)
{
    struct world w = world_open();
    struct team_role hr = staff_add_role(&w, "RH", PERM_TEAM_WRITE | PERM_SALES, ROLE_UNLIMITED);
    struct team_role refunds = staff_add_role(&w, "Chef", PERM_SALES_REFUND, ROLE_UNLIMITED);
    struct team_member hugo = staff_add_own(&w, "hugo", hr.id);
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member new_owner = {
        .email = STR("n@x.example"), .name = STR("N"), .role = STR("owner"), .active = true};
    struct member_change up = {.id = hugo.id, .role = STR("manager")};
    struct member_change off = {.id = anna.id, .changes_active = true};
    struct member_change password = {.id = anna.id, .password_hash = STR("mine")};
    struct team_role wider = {.name = STR("Tout"), .permissions = PERM_GRANTABLE};

    staff_be(&w, &hugo);
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, add_member, &new_owner));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change_member, &up));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change_member, &off));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change_member, &password));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, check_member, &anna.id));
    EXPECT_OK(world_write(&w, check_member, &hugo.id));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, add, &wider));
    refunds.permissions = PERM_SALES;
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change, &refunds));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, remove_role, &refunds.id));
    hr.permissions = PERM_GRANTABLE;
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change, &hr));
    staff_be(&w, &anna);
    EXPECT_OK(world_write(&w, change_member, &up));
    world_close(&w);
}

TEST(who_may_give_some_points_a_day_gives_nobody_more)
{
    struct world w = world_open();
    uint64_t chief = PERM_TEAM_WRITE | PERM_LOYALTY_ADJUST | PERM_SALES;
    struct team_role limited = staff_add_role(&w, "Chef", chief, 20);
    struct team_role free = staff_add_role(&w, "Second", PERM_LOYALTY_ADJUST, ROLE_UNLIMITED);
    struct team_role seller = staff_add_role(&w, "Vendeuse", PERM_SALES, ROLE_UNLIMITED);
    struct team_member hugo = staff_add_own(&w, "hugo", limited.id);
    struct team_member anna = staff_add_own(&w, "anna", free.id);
    struct team_member zoe = staff_add_own(&w, "zoe", seller.id);
    struct team_role mine = {
        .name = STR("Moi"), .permissions = chief, .points_a_day = ROLE_UNLIMITED};
    struct member_change up = {.id = hugo.id, .role = STR("own"), .own_role = free.id};
    struct member_change password = {.id = anna.id, .password_hash = STR("mine")};

    staff_be(&w, &hugo);
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, add, &mine));
    mine.points_a_day = 21;
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, add, &mine));
    limited.points_a_day = ROLE_UNLIMITED;
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change, &limited));
    free.points_a_day = 5;
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change, &free));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change_member, &up));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, change_member, &password));
    EXPECT_ERR(ERR_PERMISSION_LACKED, world_write(&w, check_member, &anna.id));
    mine.points_a_day = 20;
    EXPECT_OK(world_write(&w, add, &mine));
    EXPECT_OK(world_write(&w, check_member, &zoe.id)); /* who gives none */
    world_close(&w);
}

TEST(a_role_is_read_as_it_is_written)
{
    struct world w = world_open();
    struct team_role own = staff_add_role(&w, "Vendeuse", PERM_SALES, ROLE_UNLIMITED);
    struct team_member gone = {
        .email = STR("g@x.example"), .role = STR("own"), .own_role = {own.id.v + 1}};
    struct str role;
    role_id id;

    roles_read(roles_text(w.ctx.arena, STR("own"), own.id), &role, &id);
    EXPECT_STR("own", role);
    EXPECT_INT(own.id.v, id.v);
    roles_read(STR("cashier"), &role, &id);
    EXPECT_STR("cashier", role);
    EXPECT_INT(0, id.v);
    EXPECT_ERR(ERR_FIELD_VALUE, roles_settle(&w.ctx, &gone));
    EXPECT_STR("role", w.ctx.field);
    world_close(&w);
}

TESTS(RUN(a_shop_has_three_roles_and_its_own), RUN(a_member_may_what_their_role_may_now),
      RUN(a_role_has_a_name_of_its_own_and_something_to_do), RUN(a_shop_has_at_most_fifty_roles),
      RUN(a_role_that_somebody_has_stays), RUN(of_manager_and_cashier_the_limit_alone_changes),
      RUN(nobody_gives_or_takes_what_they_lack),
      RUN(who_may_give_some_points_a_day_gives_nobody_more), RUN(a_role_is_read_as_it_is_written))
