/* passwords_test — another password ends sessions and is told; a link lets in once who forgot. */
#include "base/clock.h"
#include "core/outbox/outbox.h"
#include "core/team/passwords.h"
#include "core/team/profile.h"
#include "core/team/roster.h"
#include "support/test.h"
#include "support/world.h"

#define PAGE STR("https://habitue.example/dashboard/password#")

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

static struct world
open(void)
{
    struct world w = world_open();

    world_settings(&w)->demo = 1; /* or nothing could leave */
    return w;
}

static struct credential
sign_in(struct world *w, team_member_id id)
{
    struct credential credential = {
        .kind = CREDENTIAL_SESSION, .subject = id.v, .expires_us = INT64_MAX};

    WORLD_TX(w) EXPECT_OK(credentials_add(&w->ctx, &credential));
    return credential;
}

/* Asked in a context of its own: a refused check forgets the merchant. */
static enum err
check(struct world *w, struct str token)
{
    struct ctx asking = w->ctx;

    return credentials_check(&asking, token, STR(""), CSRF_IGNORED);
}

static struct str
password_of(struct world *w, team_member_id id)
{
    struct team_member member;

    EXPECT_OK(team_find(&w->ctx, id, &member));
    return member.password_hash;
}

static int
list_messages(struct world *w, struct outbox_message **messages)
{
    int count;

    EXPECT_OK(outbox_list(&w->ctx, (message_id){0}, 100, messages, &count));
    return count;
}

TEST(ones_other_sessions_end_and_one_is_told)
{
    struct world w = open();
    team_member_id maud = add_member(&w, "maud@comptoir.example").id;
    team_member_id hugo = add_member(&w, "hugo@comptoir.example").id;
    struct credential kept = sign_in(&w, maud), other = sign_in(&w, maud),
                      hugos = sign_in(&w, hugo);
    struct password_change change = {maud, STR("another hash"), kept.id};
    struct outbox_message *messages;

    WORLD_TX(&w) EXPECT_OK(passwords_change(&w.ctx, &change));
    EXPECT_STR("another hash", password_of(&w, maud));
    EXPECT_OK(check(&w, kept.token));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, other.token));
    EXPECT_OK(check(&w, hugos.token));
    EXPECT_INT(1, list_messages(&w, &messages));
    EXPECT_STR("maud@comptoir.example", messages[0].address);
    EXPECT_STR("password_changed", messages[0].purpose);
    change.member.v = 5;
    WORLD_TX(&w) EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, passwords_change(&w.ctx, &change));
    world_close(&w);
}

TEST(without_emails_a_password_changes_all_the_same)
{
    struct world w = world_open();
    team_member_id maud = add_member(&w, "maud@comptoir.example").id;
    struct password_change change = {maud, STR("another hash"), {0}};

    WORLD_TX(&w) EXPECT_OK(passwords_change(&w.ctx, &change));
    EXPECT_STR("another hash", password_of(&w, maud));
    world_close(&w);
}

/* ---- links ---- */

static enum err
send(struct ctx *ctx, void *arg)
{
    return passwords_send_link(ctx, *(struct str *)arg, PAGE);
}

/* As a request does: nothing is known before. */
static enum err
ask_for_link(struct world *w, const char *email)
{
    merchant_id merchant = w->ctx.merchant;
    struct str text = str_of(email);

    enum err err = world_write(w, send, &text);
    EXPECT_INT(merchant.v, w->ctx.merchant.v);
    return err;
}

/* What stands behind the #, in the last message; empty when there is none. */
static struct str
token_sent(struct world *w)
{
    struct outbox_message *messages;

    if (list_messages(w, &messages) == 0) return STR("");
    char *link = strstr(str_z(w->ctx.arena, messages[0].body), PAGE.at);
    EXPECT_TRUE(link != NULL);
    link += PAGE.len;
    return (struct str){link, strcspn(link, "\n")};
}

static enum err
use(struct ctx *ctx, void *arg)
{
    struct str token = *(struct str *)arg;

    TRY(passwords_admit_link(ctx, token));
    return passwords_use_link(ctx, token, STR("a new hash"));
}

static enum err
try_link(struct world *w, struct str token)
{
    merchant_id merchant = w->ctx.merchant;
    enum err err = world_write(w, use, &token);

    w->ctx.merchant = merchant;
    return err;
}

TEST(a_link_gives_another_password_once)
{
    struct world w = open();
    team_member_id maud = add_member(&w, "maud@comptoir.example").id;
    struct credential session = sign_in(&w, maud);

    EXPECT_OK(ask_for_link(&w, "maud@comptoir.example"));
    struct str token = token_sent(&w);
    EXPECT_OK(check(&w, session.token)); /* asking changes nothing */
    EXPECT_OK(try_link(&w, token));
    EXPECT_STR("a new hash", password_of(&w, maud));
    EXPECT_ERR(ERR_UNAUTHENTICATED, check(&w, session.token));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, token));
    world_close(&w);
}

TEST(a_link_ends_with_its_hour_or_with_the_next_one)
{
    struct world w = open();
    int64_t forgotten;

    add_member(&w, "maud@comptoir.example");
    EXPECT_OK(ask_for_link(&w, "maud@comptoir.example"));
    struct str first = token_sent(&w);
    EXPECT_OK(ask_for_link(&w, "maud@comptoir.example"));
    struct str second = token_sent(&w);
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, first));
    world_advance(&w, PASSWORD_LINK_KEEP_US);
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, second));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, STR("pwd_nothing")));
    world_advance(&w, 1);
    WORLD_TX(&w) EXPECT_OK(passwords_forget_links(&w.ctx, 10, &forgotten));
    EXPECT_INT(1, forgotten);
    world_close(&w);
}

static enum err
change_member(struct ctx *ctx, void *arg)
{
    struct team_member after;

    return roster_change_member(ctx, arg, &after);
}

TEST(who_does_not_sign_in_here_is_sent_nothing_and_nobody_learns_it)
{
    struct world w = open();
    struct team_member maud = add_member(&w, "maud@comptoir.example");
    struct member_change off = {.id = maud.id, .changes_active = true};
    struct outbox_message *messages;

    EXPECT_OK(ask_for_link(&w, "nobody@comptoir.example"));
    EXPECT_INT(0, list_messages(&w, &messages));
    EXPECT_OK(ask_for_link(&w, "maud@comptoir.example"));
    struct str token = token_sent(&w);
    EXPECT_OK(world_write(&w, change_member, &off));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, token));
    EXPECT_OK(ask_for_link(&w, "maud@comptoir.example"));
    EXPECT_INT(1, list_messages(&w, &messages));
    world_close(&w);
}

TEST(links_are_not_asked_for_without_end)
{
    struct world w = open();

    for (int i = 0; i < 3; i++)
        EXPECT_OK(ask_for_link(&w, "nobody@comptoir.example"));
    EXPECT_ERR(ERR_CODE_TOO_MANY, ask_for_link(&w, "nobody@comptoir.example"));
    EXPECT_OK(ask_for_link(&w, "maud@comptoir.example"));
    world_settings(&w)->demo = 0;
    EXPECT_ERR(ERR_CHANNEL_OFF, ask_for_link(&w, "maud@comptoir.example"));
    world_close(&w);
}

static enum err
invite(struct ctx *ctx, void *arg)
{
    return passwords_invite(ctx, *(team_member_id *)arg, PAGE);
}

static struct team_member
add_invited(struct world *w)
{
    struct team_member member = {.email = STR("zoe@comptoir.example"),
                                 .name = STR("Zoé"),
                                 .role = STR("cashier"),
                                 .active = true};

    WORLD_TX(w) EXPECT_OK(team_add(&w->ctx, &member));
    EXPECT_OK(world_write(w, invite, &member.id));
    return member;
}

TEST(who_is_invited_chooses_a_password_once_within_a_week)
{
    struct world w = open();
    struct team_member zoe = add_invited(&w);
    struct outbox_message *messages;

    struct str token = token_sent(&w);
    EXPECT_INT(1, list_messages(&w, &messages));
    EXPECT_STR("invitation", messages[0].purpose);
    EXPECT_STR("zoe@comptoir.example", messages[0].address);
    world_advance(&w, INVITATION_KEEP_US - 1);
    EXPECT_OK(team_find(&w.ctx, zoe.id, &zoe));
    EXPECT_TRUE(zoe.invited);
    EXPECT_OK(try_link(&w, token));
    EXPECT_STR("a new hash", password_of(&w, zoe.id));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, token));
    EXPECT_INT(1, list_messages(&w, &messages)); /* a first password is no change */
    EXPECT_ERR(ERR_INVITATION_TAKEN, world_write(&w, invite, &zoe.id));
    zoe.id.v++;
    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, world_write(&w, invite, &zoe.id));
    world_close(&w);
}

TEST(an_invitation_ends_with_its_week_or_with_the_next_one)
{
    struct world w = open();
    struct team_member zoe = add_invited(&w);

    struct str first = token_sent(&w);
    EXPECT_OK(world_write(&w, invite, &zoe.id));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, first));
    struct str second = token_sent(&w);
    EXPECT_OK(world_write(&w, invite, &zoe.id));
    EXPECT_ERR(ERR_CODE_TOO_MANY, world_write(&w, invite, &zoe.id));
    world_advance(&w, INVITATION_KEEP_US);
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, token_sent(&w)));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, second));
    world_settings(&w)->demo = 0;
    EXPECT_ERR(ERR_CHANNEL_OFF, world_write(&w, invite, &zoe.id));
    world_close(&w);
}

/* ---- what makes a link useless ---- */

static enum err
give_password(struct ctx *ctx, void *arg)
{
    return roster_change_password(ctx, *(team_member_id *)arg, STR("by hand"));
}

TEST(a_link_is_of_no_use_once_somebody_else_gave_the_password)
{
    struct world w = open();
    struct team_member zoe = add_invited(&w);
    struct member_change change = {.id = zoe.id, .password_hash = STR("typed for her")};

    struct str invitation = token_sent(&w);
    EXPECT_OK(world_write(&w, change_member, &change));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, invitation));
    EXPECT_STR("typed for her", password_of(&w, zoe.id));
    EXPECT_OK(ask_for_link(&w, "zoe@comptoir.example"));
    struct str link = token_sent(&w);
    EXPECT_OK(world_write(&w, give_password, &zoe.id));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, link));
    EXPECT_STR("by hand", password_of(&w, zoe.id));
    world_close(&w);
}

struct move {
    team_member_id member;
    struct str code;
};

static enum err
begin_move(struct ctx *ctx, void *arg)
{
    struct email_change change;

    return email_change_begin(ctx, ((struct move *)arg)->member, STR("maud@maison.example"),
                              &change);
}

static enum err
end_move(struct ctx *ctx, void *arg)
{
    const struct move *move = arg;

    return email_change_confirm(ctx, move->member, move->code);
}

TEST(a_link_in_a_mailbox_that_signs_in_no_more_is_of_no_use)
{
    struct world w = open();
    struct team_member maud = add_member(&w, "maud@comptoir.example");
    struct move move = {.member = maud.id};
    struct outbox_message *messages;

    EXPECT_OK(ask_for_link(&w, "maud@comptoir.example"));
    struct str link = token_sent(&w);
    EXPECT_OK(world_write(&w, begin_move, &move));
    list_messages(&w, &messages);
    move.code = (struct str){messages[0].subject.at, 6};
    EXPECT_OK(world_write(&w, end_move, &move));
    EXPECT_ERR(ERR_LINK_EXPIRED, try_link(&w, link));
    EXPECT_STR("hash", password_of(&w, maud.id));
    world_close(&w);
}

TESTS(RUN(ones_other_sessions_end_and_one_is_told),
      RUN(without_emails_a_password_changes_all_the_same), RUN(a_link_gives_another_password_once),
      RUN(a_link_ends_with_its_hour_or_with_the_next_one),
      RUN(who_does_not_sign_in_here_is_sent_nothing_and_nobody_learns_it),
      RUN(links_are_not_asked_for_without_end),
      RUN(who_is_invited_chooses_a_password_once_within_a_week),
      RUN(an_invitation_ends_with_its_week_or_with_the_next_one),
      RUN(a_link_is_of_no_use_once_somebody_else_gave_the_password),
      RUN(a_link_in_a_mailbox_that_signs_in_no_more_is_of_no_use))
