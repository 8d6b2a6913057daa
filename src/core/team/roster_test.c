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

TESTS(RUN(a_removed_key_is_refused_from_then_on),
      RUN(an_unknown_key_cannot_be_removed_nor_another_merchants),
      RUN(another_password_ends_the_members_sessions_and_nobody_elses),
      RUN(a_removed_member_is_gone_with_their_sessions))
