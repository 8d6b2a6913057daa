/* sessions_test — where one is signed in: told apart, ended from elsewhere. */
#include "base/clock.h"
#include "core/team/sessions.h"
#include "support/test.h"
#include "support/world.h"

static struct credential
sign_in(struct world *w, int64_t member, const char *device)
{
    struct credential credential = {
        .kind = CREDENTIAL_SESSION,
        .subject = member,
        .device = str_of(device),
        .expires_us = w->ctx.now_us + CLOCK_DAY_US,
    };

    WORLD_TX(w) EXPECT_OK(credentials_add(&w->ctx, &credential));
    world_advance(w, CLOCK_SECOND_US);
    return credential;
}

static int
count_of(struct world *w, int64_t member)
{
    struct session *sessions;
    int count;

    EXPECT_OK(sessions_list(&w->ctx, (team_member_id){member}, &sessions, &count));
    return count;
}

TEST(the_one_used_last_is_told_first)
{
    struct world w = world_open();
    struct credential till = sign_in(&w, 7, "Chrome, Android");
    struct credential desk = sign_in(&w, 7, "Firefox, Windows");
    struct session *sessions;
    int count;

    sign_in(&w, 8, "Safari, iPhone");
    EXPECT_OK(sessions_list(&w.ctx, (team_member_id){7}, &sessions, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(desk.id.v, sessions[0].id.v);
    EXPECT_STR("Firefox, Windows", sessions[0].device);
    EXPECT_INT(sessions[0].created_us, sessions[0].used_us);
    WORLD_TX(&w) EXPECT_OK(sessions_note_used(&w.ctx, till.id, w.ctx.now_us));
    WORLD_TX(&w) EXPECT_OK(sessions_note_used(&w.ctx, till.id, 5));
    EXPECT_OK(sessions_list(&w.ctx, (team_member_id){7}, &sessions, &count));
    EXPECT_INT(till.id.v, sessions[0].id.v);
    EXPECT_INT(w.ctx.now_us, sessions[0].used_us);
    world_advance(&w, CLOCK_DAY_US);
    EXPECT_INT(0, count_of(&w, 7));
    world_close(&w);
}

TEST(ones_own_are_ended_and_nobody_elses)
{
    struct world w = world_open();
    struct credential mine = sign_in(&w, 7, ""), others = sign_in(&w, 8, "");

    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_SESSION_UNKNOWN, sessions_end(&w.ctx, (team_member_id){7}, others.id));
        EXPECT_ERR(ERR_SESSION_UNKNOWN, sessions_end(&w.ctx, (team_member_id){7}, (session_id){5}));
        EXPECT_OK(sessions_end(&w.ctx, (team_member_id){7}, mine.id));
        EXPECT_ERR(ERR_SESSION_UNKNOWN, sessions_end(&w.ctx, (team_member_id){7}, mine.id));
    }
    EXPECT_INT(0, count_of(&w, 7));
    EXPECT_INT(1, count_of(&w, 8));
    world_close(&w);
}

TEST(all_but_the_one_in_hand_end)
{
    struct world w = world_open();
    struct credential kept;
    struct session *sessions;
    int count;

    sign_in(&w, 7, "");
    kept = sign_in(&w, 7, "");
    sign_in(&w, 7, "");
    sign_in(&w, 8, "");
    WORLD_TX(&w) EXPECT_OK(sessions_end_others(&w.ctx, (team_member_id){7}, kept.id));
    EXPECT_OK(sessions_list(&w.ctx, (team_member_id){7}, &sessions, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(kept.id.v, sessions[0].id.v);
    EXPECT_INT(1, count_of(&w, 8));
    WORLD_TX(&w) EXPECT_OK(sessions_end_others(&w.ctx, (team_member_id){7}, (session_id){0}));
    EXPECT_INT(0, count_of(&w, 7));
    world_close(&w);
}

TESTS(RUN(the_one_used_last_is_told_first), RUN(ones_own_are_ended_and_nobody_elses),
      RUN(all_but_the_one_in_hand_end))
