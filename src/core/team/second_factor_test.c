/* second_factor_test — offered, confirmed, asked for, used once, locked, replaced, required. */
#include "base/clock.h"
#include "base/totp.h"
#include "core/team/second_factor_store.h"
#include "core/team/sessions.h"
#include "support/test.h"
#include "support/world.h"

struct app {
    struct world w;
    struct team_member member;
    uint8_t secret[TOTP_SECRET_LEN]; /* as the telephone has it */
    struct str recovery[SECOND_FACTOR_RECOVERY_CODES];
};

struct typed {
    struct app *app;
    struct str code;
};

static struct team_member
add_member(struct world *w, const char *email)
{
    struct team_member member = {.email = str_of(email),
                                 .name = STR("Maud"),
                                 .role = STR("owner"),
                                 .password_hash = STR("hash"),
                                 .active = true};

    WORLD_TX(w) EXPECT_OK(team_add(&w->ctx, &member));
    return member;
}

/* What an app makes of the text it was told. */
static void
read_secret(struct str text, uint8_t secret[static TOTP_SECRET_LEN])
{
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    unsigned bits = 0, count = 0, len = 0;

    for (size_t i = 0; i < text.len; i++) {
        bits = bits << 5 | (unsigned)(strchr(alphabet, text.at[i]) - alphabet);
        count += 5;
        if (count < 8) continue;
        count -= 8;
        secret[len++] = (uint8_t)(bits >> count);
    }
    EXPECT_INT(TOTP_SECRET_LEN, len);
}

static struct str
code_of(struct app *app)
{
    char code[TOTP_DIGITS + 1];

    totp_code(app->secret, totp_step_at(app->w.ctx.now_us), code);
    return str_copy(app->w.ctx.arena, str_of(code));
}

static enum err
confirm(struct ctx *ctx, void *arg)
{
    struct typed *typed = arg;

    return second_factor_confirm(ctx, typed->app->member.id, typed->code, typed->app->recovery);
}

static enum err
check(struct ctx *ctx, void *arg)
{
    struct typed *typed = arg;

    return second_factor_check(ctx, typed->app->member.id, typed->code);
}

static enum err
try_code(struct app *app, struct str code)
{
    return world_write(&app->w, check, &(struct typed){app, code});
}

static void
offer(struct app *app)
{
    struct second_factor_offer offer;

    WORLD_TX(&app->w) EXPECT_OK(second_factor_offer(&app->w.ctx, &app->member, &offer));
    read_secret(offer.secret, app->secret);
}

/* A member whose telephone has the app. */
static struct app
open_app(void)
{
    struct app app = {.w = world_open()};

    app.member = add_member(&app.w, "maud@comptoir.example");
    offer(&app);
    EXPECT_OK(world_write(&app.w, confirm, &(struct typed){&app, code_of(&app)}));
    world_advance(&app.w, CLOCK_MINUTE_US);
    return app;
}

static struct second_factor
found(struct app *app)
{
    struct second_factor factor;

    EXPECT_OK(second_factor_find(&app->w.ctx, app->member.id, &factor));
    return factor;
}

TEST(what_is_offered_counts_once_a_code_confirms_it)
{
    struct app app = {.w = world_open()};

    app.member = add_member(&app.w, "maud@comptoir.example");
    EXPECT_ERR(ERR_SECOND_FACTOR_OFF,
               world_write(&app.w, confirm, &(struct typed){&app, STR("123456")}));
    offer(&app);
    EXPECT_INT(0, found(&app).since_us);
    EXPECT_OK(try_code(&app, STR(""))); /* nothing is asked for yet */
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG,
               world_write(&app.w, confirm, &(struct typed){&app, STR("not it")}));
    EXPECT_OK(world_write(&app.w, confirm, &(struct typed){&app, code_of(&app)}));
    EXPECT_INT(app.w.ctx.now_us, found(&app).since_us);
    EXPECT_INT(SECOND_FACTOR_RECOVERY_CODES, found(&app).recovery_codes_left);
    EXPECT_ERR(ERR_SECOND_FACTOR_ASKED, try_code(&app, STR("")));
    EXPECT_STR("code", app.w.ctx.field);
    world_close(&app.w);
}

TEST(a_code_of_the_app_counts_once)
{
    struct app app = open_app();
    struct str code = code_of(&app);

    EXPECT_OK(try_code(&app, code));
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&app, code));
    world_advance(&app.w, 30 * CLOCK_SECOND_US);
    EXPECT_OK(try_code(&app, code_of(&app)));
    world_close(&app.w);
}

TEST(the_code_that_confirmed_it_does_not_sign_in_again)
{
    struct app app = {.w = world_open()};

    app.member = add_member(&app.w, "maud@comptoir.example");
    offer(&app);
    EXPECT_OK(world_write(&app.w, confirm, &(struct typed){&app, code_of(&app)}));
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&app, code_of(&app)));
    world_close(&app.w);
}

TEST(a_recovery_code_lets_in_once)
{
    struct app app = open_app();
    struct str typed = str_format(app.w.ctx.arena, " %.*s ", STR_ARG(app.recovery[3]));

    EXPECT_OK(try_code(&app, typed));
    EXPECT_INT(SECOND_FACTOR_RECOVERY_CODES - 1, found(&app).recovery_codes_left);
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&app, typed));
    EXPECT_OK(try_code(&app, app.recovery[4]));
    world_close(&app.w);
}

TEST(one_members_codes_are_nobody_elses)
{
    struct app app = open_app();
    struct str code = code_of(&app), recovery = app.recovery[0];
    struct app other = {.w = app.w, .member = add_member(&app.w, "hugo@comptoir.example")};

    offer(&other);
    EXPECT_OK(world_write(&other.w, confirm, &(struct typed){&other, code_of(&other)}));
    world_advance(&other.w, CLOCK_MINUTE_US);
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&other, code));
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&other, recovery));
    world_close(&app.w);
}

TEST(renewed_recovery_codes_make_the_old_ones_worthless)
{
    struct app app = open_app();
    struct str old = app.recovery[0];

    WORLD_TX(&app.w)
    EXPECT_OK(second_factor_renew_codes(&app.w.ctx, app.member.id, app.recovery));
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&app, old));
    EXPECT_OK(try_code(&app, app.recovery[0]));
    team_member_id hugo = add_member(&app.w, "hugo@comptoir.example").id;
    WORLD_TX(&app.w)
    EXPECT_ERR(ERR_SECOND_FACTOR_OFF, second_factor_renew_codes(&app.w.ctx, hugo, app.recovery));
    world_close(&app.w);
}

TEST(five_wrong_codes_lock_whoever_types_them)
{
    struct app app = open_app();

    for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
        EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&app, STR("000 00")));
    EXPECT_ERR(ERR_SECOND_FACTOR_LOCKED, try_code(&app, STR("000 00")));
    EXPECT_INT(900, app.w.ctx.retry_after_s);
    EXPECT_ERR(ERR_SECOND_FACTOR_LOCKED, try_code(&app, code_of(&app)));
    EXPECT_ERR(ERR_SECOND_FACTOR_LOCKED, try_code(&app, app.recovery[0]));
    EXPECT_ERR(ERR_SECOND_FACTOR_LOCKED, try_code(&app, STR("")));
    world_advance(&app.w, LOCKOUT_US);
    EXPECT_OK(try_code(&app, code_of(&app)));
    world_close(&app.w);
}

TEST(another_telephone_takes_over_once_it_is_confirmed)
{
    struct app app = open_app(), old = app;
    struct str recovery = app.recovery[0];

    offer(&app);
    EXPECT_OK(try_code(&old, code_of(&old)));
    world_advance(&app.w, CLOCK_MINUTE_US);
    EXPECT_OK(world_write(&app.w, confirm, &(struct typed){&app, code_of(&app)}));
    world_advance(&app.w, CLOCK_MINUTE_US);
    old.w = app.w;
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&old, code_of(&old)));
    EXPECT_ERR(ERR_SECOND_FACTOR_WRONG, try_code(&app, recovery));
    EXPECT_OK(try_code(&app, code_of(&app)));
    world_close(&app.w);
}

static enum err
require(struct ctx *ctx, void *arg)
{
    return second_factor_require(ctx, *(enum second_factor_rule *)arg);
}

static bool
is_missing(struct app *app, team_member_id member)
{
    bool missing;

    EXPECT_OK(second_factor_is_missing(&app->w.ctx, member, &missing));
    return missing;
}

TEST(where_everybody_needs_one_nobody_goes_without)
{
    struct app app = open_app();
    team_member_id hugo = add_member(&app.w, "hugo@comptoir.example").id;
    enum second_factor_rule rule = SECOND_FACTOR_FOR_ALL;

    EXPECT_TRUE(!is_missing(&app, hugo));
    EXPECT_OK(world_write(&app.w, require, &rule));
    EXPECT_TRUE(is_missing(&app, hugo));
    EXPECT_TRUE(!is_missing(&app, app.member.id));
    WORLD_TX(&app.w)
    EXPECT_ERR(ERR_SECOND_FACTOR_REQUIRED, second_factor_end(&app.w.ctx, app.member.id));
    rule = SECOND_FACTOR_FREE;
    EXPECT_OK(world_write(&app.w, require, &rule));
    EXPECT_TRUE(!is_missing(&app, hugo));
    WORLD_TX(&app.w) EXPECT_OK(second_factor_end(&app.w.ctx, app.member.id));
    EXPECT_OK(try_code(&app, STR("")));
    EXPECT_INT(0, found(&app).recovery_codes_left);
    world_close(&app.w);
}

static struct str
sign_in(struct world *w, team_member_id member, bool limited)
{
    struct credential credential = {
        .kind = CREDENTIAL_SESSION,
        .subject = member.v,
        .expires_us = w->ctx.now_us + 30 * CLOCK_DAY_US,
        .limited = limited,
    };

    WORLD_TX(w) EXPECT_OK(credentials_add(&w->ctx, &credential));
    return credential.token;
}

/* Asked in a context of its own: a refused check forgets the merchant. */
static enum err
ask_who(struct world *w, struct str token, struct actor *actor)
{
    struct ctx asking = w->ctx;
    enum err err = credentials_check(&asking, token, STR(""), CSRF_IGNORED);

    *actor = asking.actor;
    return err;
}

TEST(what_begins_to_be_required_is_asked_for_within_a_day)
{
    struct app app = open_app();
    team_member_id hugo = add_member(&app.w, "hugo@comptoir.example").id;
    struct str of_maud = sign_in(&app.w, app.member.id, false);
    struct str of_hugo = sign_in(&app.w, hugo, false);
    enum second_factor_rule rule = SECOND_FACTOR_FOR_ALL;
    struct actor actor;

    EXPECT_OK(world_write(&app.w, require, &rule));
    EXPECT_OK(ask_who(&app.w, of_hugo, &actor)); /* in the middle of a sale */
    EXPECT_TRUE((actor.permissions & PERM_SALES) != 0);
    world_advance(&app.w, SECOND_FACTOR_GRACE_US);
    EXPECT_ERR(ERR_UNAUTHENTICATED, ask_who(&app.w, of_hugo, &actor));
    EXPECT_OK(ask_who(&app.w, of_maud, &actor));
    world_close(&app.w);
}

TEST(a_limited_session_is_good_for_its_profile_until_one_is_set_up)
{
    struct app app = {.w = world_open()};
    struct actor actor;

    app.member = add_member(&app.w, "maud@comptoir.example");
    struct str token = sign_in(&app.w, app.member.id, true);
    EXPECT_OK(ask_who(&app.w, token, &actor));
    EXPECT_TRUE(actor.limited);
    EXPECT_TRUE(actor.permissions == PERM_OF_MEMBERS);
    offer(&app);
    EXPECT_OK(world_write(&app.w, confirm, &(struct typed){&app, code_of(&app)}));
    EXPECT_OK(ask_who(&app.w, token, &actor));
    EXPECT_TRUE(!actor.limited);
    EXPECT_TRUE((actor.permissions & PERM_TEAM_WRITE) != 0);
    world_close(&app.w);
}

TEST(who_is_locked_out_is_let_in_again_without_one)
{
    struct app app = open_app();
    struct str token = sign_in(&app.w, app.member.id, false);
    struct actor actor;

    for (int i = 0; i < LOCKOUT_TRIES; i++)
        EXPECT_TRUE(try_code(&app, STR("000 00")) != OK);
    WORLD_TX(&app.w) EXPECT_OK(second_factor_reset(&app.w.ctx, app.member.id));
    EXPECT_OK(try_code(&app, STR("")));
    EXPECT_ERR(ERR_UNAUTHENTICATED, ask_who(&app.w, token, &actor));
    world_close(&app.w);
}

/* Whoever reads the database reads no secret, and nobody's row is of use to anybody else. */
TEST(a_secret_is_kept_sealed_and_bound_to_its_member)
{
    struct app app = open_app();
    struct second_factor_row row;

    EXPECT_OK(second_factor_store_find(&app.w.ctx, app.member.id, &row));
    for (size_t i = 0; i + TOTP_SECRET_LEN <= row.secret_sealed.len; i++)
        EXPECT_TRUE(memcmp(row.secret_sealed.at + i, app.secret, TOTP_SECRET_LEN) != 0);
    struct app other = {.w = app.w, .member = add_member(&app.w, "hugo@comptoir.example")};
    memcpy(other.secret, app.secret, TOTP_SECRET_LEN);
    WORLD_TX(&app.w)
    EXPECT_OK(second_factor_store_offer(&app.w.ctx, other.member.id, row.secret_sealed));
    EXPECT_ERR(ERR_SECRET_UNREADABLE,
               world_write(&other.w, confirm, &(struct typed){&other, code_of(&other)}));
    world_close(&app.w);
}

TEST(it_is_listed_who_has_one)
{
    struct app app = open_app();
    team_member_id *members;
    int count;

    add_member(&app.w, "hugo@comptoir.example");
    EXPECT_OK(second_factor_list(&app.w.ctx, &members, &count));
    EXPECT_INT(1, count);
    EXPECT_INT(app.member.id.v, members[0].v);
    app.w.ctx.merchant = world_add_merchant(&app.w);
    EXPECT_OK(second_factor_list(&app.w.ctx, &members, &count));
    EXPECT_INT(0, count);
    world_close(&app.w);
}

TESTS(RUN(what_is_offered_counts_once_a_code_confirms_it), RUN(a_code_of_the_app_counts_once),
      RUN(the_code_that_confirmed_it_does_not_sign_in_again), RUN(a_recovery_code_lets_in_once),
      RUN(one_members_codes_are_nobody_elses),
      RUN(renewed_recovery_codes_make_the_old_ones_worthless),
      RUN(five_wrong_codes_lock_whoever_types_them),
      RUN(another_telephone_takes_over_once_it_is_confirmed),
      RUN(where_everybody_needs_one_nobody_goes_without),
      RUN(what_begins_to_be_required_is_asked_for_within_a_day),
      RUN(a_limited_session_is_good_for_its_profile_until_one_is_set_up),
      RUN(who_is_locked_out_is_let_in_again_without_one),
      RUN(a_secret_is_kept_sealed_and_bound_to_its_member), RUN(it_is_listed_who_has_one))
