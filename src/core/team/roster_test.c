/* roster_test — access ends at once when a member or a key is taken away. */
#include "core/team/roster.h"
#include "support/test.h"
#include "support/world.h"

static struct team_member
add_member(struct world *w, const char *email)
{
    struct team_member member = {.email = str_of(email),
                                 .name = STR("Maud"),
                                 .role = STR("manager"),
                                 .password_hash = STR("hash"),
                                 .active = true};

    WORLD_TX(w) EXPECT_OK(team_add(&w->ctx, &member));
    return member;
}

static struct str
sign_in(struct world *w, team_member_id id)
{
    struct credential credential = {
        .kind = CREDENTIAL_SESSION, .subject = id.v, .expires_us = INT64_MAX};

    WORLD_TX(w) EXPECT_OK(credentials_add(&w->ctx, &credential));
    return credential.token;
}

/* Asked in a context of its own: a refused check forgets the merchant. */
static enum err
check(struct world *w, struct str token)
{
    struct ctx asking = w->ctx;

    return credentials_check(&asking, token, STR(""), CSRF_IGNORED);
}

TEST(a_removed_key_is_refused_from_then_on)
{
    struct world w = world_open();
    struct api_key kept = {.name = STR("till"), .permissions = 1};
    struct api_key removed = {.name = STR("old till"), .permissions = 1};
    struct roster_key *keys;
    int count;

    WORLD_TX(&w)
    {
        EXPECT_OK(api_keys_add(&w.ctx, &kept));
        EXPECT_OK(api_keys_add(&w.ctx, &removed));
    }
    EXPECT_OK(check(&w, removed.token));
    WORLD_TX(&w) EXPECT_OK(roster_remove_key(&w.ctx, removed.id));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, removed.token));
    EXPECT_OK(check(&w, kept.token));
    EXPECT_OK(roster_list_keys(&w.ctx, &keys, &count));
    EXPECT_INT(1, count);
    EXPECT_STR("till", keys[0].name);
    world_close(&w);
}

TEST(an_unknown_key_cannot_be_removed_nor_another_merchants)
{
    struct world w = world_open();
    struct api_key key = {.name = STR("till"), .permissions = 1};

    WORLD_TX(&w) EXPECT_OK(api_keys_add(&w.ctx, &key));
    WORLD_TX(&w) EXPECT_ERR(ERR_API_KEY_UNKNOWN, roster_remove_key(&w.ctx, (api_key_id){1}));
    w.ctx.merchant = world_add_merchant(&w);
    WORLD_TX(&w) EXPECT_ERR(ERR_API_KEY_UNKNOWN, roster_remove_key(&w.ctx, key.id));
    EXPECT_OK(check(&w, key.token));
    world_close(&w);
}

TEST(another_password_ends_the_members_sessions_and_nobody_elses)
{
    struct world w = world_open();
    struct team_member maud = add_member(&w, "maud@comptoir.example");
    struct team_member hugo = add_member(&w, "hugo@comptoir.example");
    struct str of_maud = sign_in(&w, maud.id);
    struct str of_hugo = sign_in(&w, hugo.id);
    struct team_member found;

    WORLD_TX(&w) EXPECT_OK(roster_change_password(&w.ctx, maud.id, STR("another hash")));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, of_maud));
    EXPECT_OK(check(&w, of_hugo));
    EXPECT_OK(team_find(&w.ctx, maud.id, &found));
    EXPECT_STR("another hash", found.password_hash);
    world_close(&w);
}

TEST(a_removed_member_is_gone_with_their_sessions)
{
    struct world w = world_open();
    struct team_member maud = add_member(&w, "maud@comptoir.example");
    struct str token = sign_in(&w, maud.id);
    struct team_member *members;
    int count;

    WORLD_TX(&w) EXPECT_OK(roster_remove_member(&w.ctx, maud.id));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, token));
    EXPECT_OK(roster_list_members(&w.ctx, &members, &count));
    EXPECT_INT(0, count);
    WORLD_TX(&w) EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, roster_remove_member(&w.ctx, maud.id));
    world_close(&w);
}

/* ---- adding and changing ---- */

static enum err
add(struct ctx *ctx, void *arg)
{
    return roster_add_member(ctx, arg);
}

static enum err
change(struct ctx *ctx, void *arg)
{
    struct team_member after;

    return roster_change_member(ctx, arg, &after);
}

static struct team_member
add_owner(struct world *w, const char *email)
{
    struct team_member owner = {.email = str_of(email),
                                .name = STR("Camille"),
                                .role = STR("owner"),
                                .password_hash = STR("hash"),
                                .active = true};

    EXPECT_OK(world_write(w, add, &owner));
    return owner;
}

TEST(an_email_address_signs_in_to_one_merchant)
{
    struct world w = world_open();
    struct team_member again = add_owner(&w, "camille@fournil.example");

    again.id.v = 0;
    again.email = STR("Camille@Fournil.example");
    EXPECT_ERR(ERR_EMAIL_TAKEN, world_write(&w, add, &again));
    EXPECT_STR("email", w.ctx.field);
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_EMAIL_TAKEN, world_write(&w, add, &again));
    again.email = STR("no address");
    EXPECT_ERR(ERR_EMAIL_INVALID, world_write(&w, add, &again));
    again.email = STR("camille@other.example");
    again.role = STR("boss");
    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, add, &again));
    world_close(&w);
}

TEST(what_is_not_told_of_a_member_stays)
{
    struct world w = world_open();
    struct team_member maud = add_member(&w, "maud@distri.example"), found;
    struct member_change name = {.id = maud.id, .name = STR("Maud C.")};
    struct str token = sign_in(&w, maud.id);

    EXPECT_OK(world_write(&w, change, &name));
    EXPECT_OK(team_find(&w.ctx, maud.id, &found));
    EXPECT_STR("Maud C.", found.name);
    EXPECT_STR("manager", found.role);
    EXPECT_STR("hash", found.password_hash);
    EXPECT_TRUE(found.active);
    EXPECT_OK(check(&w, token));
    world_close(&w);
}

TEST(another_role_counts_from_the_next_request)
{
    struct world w = world_open();
    struct team_member maud = add_member(&w, "maud@distri.example");
    struct member_change role = {.id = maud.id, .role = STR("cashier")};
    struct str token = sign_in(&w, maud.id);
    struct ctx asking = w.ctx;

    EXPECT_OK(world_write(&w, change, &role));
    EXPECT_OK(credentials_check(&asking, token, STR(""), CSRF_IGNORED));
    EXPECT_TRUE(asking.actor.permissions == permissions_of_role("cashier"));
    role.role = STR("boss");
    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, change, &role));
    EXPECT_STR("role", w.ctx.field);
    world_close(&w);
}

TEST(being_switched_off_or_another_password_ends_sessions)
{
    struct world w = world_open();
    struct team_member maud = add_member(&w, "maud@distri.example");
    struct member_change off = {.id = maud.id, .changes_active = true};
    struct member_change on = {.id = maud.id, .changes_active = true, .active = true};
    struct member_change password = {.id = maud.id, .password_hash = STR("other")};
    struct str first = sign_in(&w, maud.id);

    EXPECT_OK(world_write(&w, change, &off));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, first));
    EXPECT_OK(world_write(&w, change, &on));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, first)); /* it is gone, not asleep */
    struct str second = sign_in(&w, maud.id);
    EXPECT_OK(check(&w, second));
    EXPECT_OK(world_write(&w, change, &password));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, second));
    world_close(&w);
}

TEST(the_last_owner_stays_one)
{
    struct world w = world_open();
    struct team_member camille = add_owner(&w, "camille@fournil.example");
    struct member_change demoted = {.id = camille.id, .role = STR("manager")};
    struct member_change off = {.id = camille.id, .changes_active = true};

    add_member(&w, "maud@distri.example");
    EXPECT_ERR(ERR_LAST_OWNER, world_write(&w, change, &demoted));
    EXPECT_STR("role", w.ctx.field);
    EXPECT_ERR(ERR_LAST_OWNER, world_write(&w, change, &off));
    EXPECT_STR("active", w.ctx.field);
    struct team_member second = add_owner(&w, "hugo@fournil.example");
    struct member_change second_off = {.id = second.id, .changes_active = true};
    EXPECT_OK(world_write(&w, change, &second_off));
    EXPECT_ERR(ERR_LAST_OWNER, world_write(&w, change, &demoted)); /* the other cannot sign in */
    second_off.active = true;
    EXPECT_OK(world_write(&w, change, &second_off));
    EXPECT_OK(world_write(&w, change, &demoted));
    world_close(&w);
}

TEST(another_merchants_member_is_not_changed)
{
    struct world w = world_open();
    struct member_change name = {.id = add_owner(&w, "camille@fournil.example").id,
                                 .name = STR("Nobody")};

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, world_write(&w, change, &name));
    world_close(&w);
}

TESTS(RUN(a_removed_key_is_refused_from_then_on),
      RUN(an_unknown_key_cannot_be_removed_nor_another_merchants),
      RUN(another_password_ends_the_members_sessions_and_nobody_elses),
      RUN(a_removed_member_is_gone_with_their_sessions),
      RUN(an_email_address_signs_in_to_one_merchant), RUN(what_is_not_told_of_a_member_stays),
      RUN(another_role_counts_from_the_next_request),
      RUN(being_switched_off_or_another_password_ends_sessions), RUN(the_last_owner_stays_one),
      RUN(another_merchants_member_is_not_changed))
