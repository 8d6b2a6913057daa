/* team_api_test — who signs in with what was right a moment ago, while it changes. */
#include "api/handlers.h"
#include "base/hash.h"
#include "core/team/roster.h"
#include "support/test.h"
#include "support/world.h"

#define PASSWORD STR("un long mot de passe")

static struct team_member
add_member(struct world *w)
{
    struct team_member member = {.email = STR("maud@comptoir.example"),
                                 .name = STR("Maud"),
                                 .role = STR("manager"),
                                 .active = true};

    EXPECT_OK(password_hash(w->ctx.arena, PASSWORD, &member.password_hash));
    WORLD_TX(w) EXPECT_OK(team_add(&w->ctx, &member));
    return member;
}

/* Up to where it waits for the writer. Nobody is known yet, and no merchant. */
static struct sign_in
prepare(struct world *w)
{
    struct sign_in sign_in = {.email = STR("maud@comptoir.example"), .password = PASSWORD};
    struct ctx asking = w->ctx;

    asking.merchant = (merchant_id){0};
    EXPECT_OK(api_session_create_prepare(&asking, &sign_in));
    EXPECT_TRUE(sign_in.matches);
    return sign_in;
}

static enum err
create(struct ctx *ctx, void *sign_in)
{
    struct http_reply reply = {0};
    const merchant_id merchant = ctx->merchant;
    const struct actor actor = ctx->actor;

    json_out_open(&reply.out, ctx->arena);
    ctx->merchant = (merchant_id){0};
    enum err err = api_session_create(ctx, sign_in, &reply);
    ctx->merchant = merchant;
    ctx->actor = actor;
    return err;
}

static enum err
change(struct ctx *ctx, void *arg)
{
    struct team_member after;

    return roster_change_member(ctx, arg, &after);
}

TEST(a_password_that_is_right_lets_in)
{
    struct world w = world_open();

    add_member(&w);
    struct sign_in sign_in = prepare(&w);
    EXPECT_OK(world_write(&w, create, &sign_in));
    world_close(&w);
}

TEST(a_password_that_was_right_when_it_was_looked_at_does_not)
{
    struct world w = world_open();
    struct team_member maud = add_member(&w);
    struct member_change password = {.id = maud.id, .password_hash = STR("another")};
    struct sign_in sign_in = prepare(&w);

    EXPECT_OK(world_write(&w, change, &password));
    EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, create, &sign_in));
    world_close(&w);
}

TEST(nor_do_who_is_switched_off_or_gone_meanwhile)
{
    struct world w = world_open();
    struct team_member maud = add_member(&w);
    struct member_change off = {.id = maud.id, .changes_active = true};
    struct sign_in sign_in = prepare(&w);

    EXPECT_OK(world_write(&w, change, &off));
    EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, create, &sign_in));
    WORLD_TX(&w) EXPECT_OK(roster_remove_member(&w.ctx, maud.id));
    EXPECT_ERR(ERR_SIGN_IN_WRONG, world_write(&w, create, &sign_in));
    world_close(&w);
}

TESTS(RUN(a_password_that_is_right_lets_in),
      RUN(a_password_that_was_right_when_it_was_looked_at_does_not),
      RUN(nor_do_who_is_switched_off_or_gone_meanwhile))
