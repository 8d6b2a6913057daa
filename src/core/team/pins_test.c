/* pins_test — who serves, by their PIN; what it opens, and how it is guarded. */
#include "base/clock.h"
#include "core/team/pins.h"
#include "core/team/roster.h"
#include "support/staff.h"
#include "support/test.h"

struct choice {
    team_member_id id;
    const char *pin;
    struct str token;
};

static enum err
choose(struct ctx *ctx, void *arg)
{
    const struct choice *choice = arg;

    return pins_change(ctx, choice->id, str_of(choice->pin));
}

static enum err
serve(struct ctx *ctx, void *arg)
{
    const struct choice *choice = arg;

    return pins_serve(ctx, choice->token, str_of(choice->pin));
}

static enum err
switch_off(struct ctx *ctx, void *arg)
{
    const struct member_change change = {.id = *(team_member_id *)arg, .changes_active = true};
    struct team_member member;

    return roster_change_member(ctx, &change, &member);
}

static struct str
sign_in(struct world *w, const struct team_member *member)
{
    struct credential credential = {
        .kind = CREDENTIAL_SESSION, .subject = member->id.v, .expires_us = INT64_MAX};

    WORLD_TX(w) EXPECT_OK(credentials_add(&w->ctx, &credential));
    return credential.token;
}

/* Who this token proves, from the database. */
static enum err
look_up(struct world *w, struct str token)
{
    merchant_id merchant = w->ctx.merchant;

    enum err err = credentials_check(&w->ctx, token, STR(""), CSRF_IGNORED);
    w->ctx.merchant = merchant;
    return err;
}

TEST(what_follows_a_pin_is_its_owners_with_what_a_counter_needs)
{
    struct world w = world_open();
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct str token = sign_in(&w, &ines);

    EXPECT_OK(world_write(&w, choose, &(struct choice){.id = anna.id, .pin = "2580"}));
    EXPECT_OK(look_up(&w, token));
    EXPECT_OK(world_write(&w, serve, &(struct choice){.token = token, .pin = "2580"}));
    for (int i = 0; i < 2; i++) { /* at once, and at the next request */
        EXPECT_INT(anna.id.v, w.ctx.actor.id);
        EXPECT_INT(ines.id.v, w.ctx.actor.holder);
        EXPECT_TRUE(w.ctx.actor.permissions & PERM_SALES_REFUND);
        EXPECT_TRUE(!(w.ctx.actor.permissions & (PERM_TEAM_WRITE | PERM_PROFILE)));
        EXPECT_TRUE(!(w.ctx.actor.permissions & (PERM_MERCHANT_WRITE | PERM_CUSTOMERS_ERASE)));
        EXPECT_OK(look_up(&w, token));
    }
    world_close(&w);
}

TEST(who_signed_in_comes_back_by_their_own_pin_with_all_they_may)
{
    struct world w = world_open();
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct str token = sign_in(&w, &anna);

    EXPECT_OK(world_write(&w, choose, &(struct choice){.id = anna.id, .pin = "2580"}));
    EXPECT_OK(world_write(&w, choose, &(struct choice){.id = ines.id, .pin = "471100"}));
    EXPECT_OK(look_up(&w, token));
    EXPECT_OK(world_write(&w, serve, &(struct choice){.token = token, .pin = "471100"}));
    EXPECT_INT(ines.id.v, w.ctx.actor.id);
    EXPECT_TRUE(!(w.ctx.actor.permissions & PERM_LOYALTY_ADJUST));
    EXPECT_OK(look_up(&w, token));
    EXPECT_OK(world_write(&w, serve, &(struct choice){.token = token, .pin = "2580"}));
    EXPECT_OK(look_up(&w, token));
    EXPECT_INT(anna.id.v, w.ctx.actor.id);
    EXPECT_INT(0, w.ctx.actor.holder);
    EXPECT_TRUE(w.ctx.actor.permissions & PERM_TEAM_WRITE);
    world_close(&w);
}

TEST(who_may_not_sign_in_any_more_serves_nobody_and_leaves_the_till_to_nobody)
{
    struct world w = world_open();
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct str token = sign_in(&w, &anna);

    EXPECT_OK(world_write(&w, choose, &(struct choice){.id = ines.id, .pin = "4711"}));
    EXPECT_OK(look_up(&w, token));
    EXPECT_OK(world_write(&w, serve, &(struct choice){.token = token, .pin = "4711"}));
    staff_be_system(&w);
    EXPECT_OK(world_write(&w, switch_off, &ines.id));
    EXPECT_ERR(ERR_UNAUTHENTICATED, look_up(&w, token));
    token = sign_in(&w, &anna);
    EXPECT_OK(look_up(&w, token));
    EXPECT_ERR(ERR_PIN_WRONG,
               world_write(&w, serve, &(struct choice){.token = token, .pin = "4711"}));
    world_close(&w);
}

TEST(ten_wrong_pins_and_the_right_one_waits_too)
{
    struct world w = world_open();
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct choice right = {.pin = "2580"}, wrong = {.pin = "1470"};

    EXPECT_OK(world_write(&w, choose, &(struct choice){.id = ines.id, .pin = "2580"}));
    right.token = wrong.token = sign_in(&w, &anna);
    EXPECT_OK(look_up(&w, right.token));
    for (int i = 0; i < PIN_TRIES; i++) {
        if (i == 5) EXPECT_OK(world_write(&w, serve, &right)); /* does not begin the count anew */
        EXPECT_ERR(ERR_PIN_WRONG, world_write(&w, serve, &wrong));
    }
    EXPECT_ERR(ERR_PIN_LOCKED, world_write(&w, serve, &right));
    EXPECT_TRUE(w.ctx.retry_after_s > 0);
    right.token = sign_in(&w, &anna); /* another session is no way round */
    EXPECT_OK(look_up(&w, right.token));
    EXPECT_ERR(ERR_PIN_LOCKED, world_write(&w, serve, &right));
    world_advance(&w, LOCKOUT_US + CLOCK_SECOND_US);
    EXPECT_OK(world_write(&w, serve, &right));
    world_close(&w);
}

TEST(a_pin_is_digits_not_easy_and_nobody_elses)
{
    struct world w = world_open();
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    const char *const malformed[] = {"123", "1234567", "12a4", "٤٧١١"};
    const char *const easy[] = {"0000", "1234", "98765", "111111"};
    struct choice of_ines = {.id = ines.id, .pin = "2580"};

    for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++) {
        EXPECT_ERR(ERR_FIELD_VALUE,
                   world_write(&w, choose, &(struct choice){anna.id, malformed[i], {0}}));
        EXPECT_STR("pin", w.ctx.field);
    }
    for (size_t i = 0; i < sizeof easy / sizeof easy[0]; i++)
        EXPECT_ERR(ERR_PIN_EASY, world_write(&w, choose, &(struct choice){anna.id, easy[i], {0}}));
    EXPECT_OK(world_write(&w, choose, &(struct choice){anna.id, "2580", {0}}));
    EXPECT_OK(world_write(&w, choose, &(struct choice){anna.id, "2580", {0}}));
    EXPECT_ERR(ERR_PIN_TAKEN, world_write(&w, choose, &of_ines));
    EXPECT_STR("pin", w.ctx.field);
    for (int i = 1; i < PIN_TRIES; i++)
        EXPECT_ERR(ERR_PIN_TAKEN, world_write(&w, choose, &of_ines));
    EXPECT_ERR(ERR_PIN_LOCKED, world_write(&w, choose, &of_ines)); /* each was a guess */
    of_ines.id.v++;
    EXPECT_ERR(ERR_TEAM_MEMBER_UNKNOWN, world_write(&w, choose, &of_ines));
    world_close(&w);
}

TEST(a_session_that_lacks_its_second_factor_is_nobody_elses_either)
{
    struct world w = world_open();
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");
    struct credential credential = {
        .kind = CREDENTIAL_SESSION, .subject = anna.id.v, .expires_us = INT64_MAX, .limited = true};

    EXPECT_OK(world_write(&w, choose, &(struct choice){ines.id, "2580", {0}}));
    WORLD_TX(&w) EXPECT_OK(credentials_add(&w.ctx, &credential));
    EXPECT_OK(look_up(&w, credential.token));
    EXPECT_ERR(ERR_FORBIDDEN,
               world_write(&w, serve, &(struct choice){.token = credential.token, .pin = "2580"}));
    world_close(&w);
}

TEST(a_pin_that_was_taken_away_is_free_and_another_shop_has_its_own)
{
    struct world w = world_open();
    struct team_member anna = staff_add(&w, "anna", "owner");
    struct team_member ines = staff_add(&w, "ines", "cashier");

    EXPECT_OK(world_write(&w, choose, &(struct choice){anna.id, "2580", {0}}));
    EXPECT_OK(team_find(&w.ctx, anna.id, &anna));
    EXPECT_TRUE(anna.has_pin);
    EXPECT_OK(world_write(&w, choose, &(struct choice){anna.id, "", {0}}));
    EXPECT_OK(team_find(&w.ctx, anna.id, &anna));
    EXPECT_TRUE(!anna.has_pin);
    EXPECT_OK(world_write(&w, choose, &(struct choice){ines.id, "2580", {0}}));
    w.ctx.merchant = world_add_merchant(&w);
    struct team_member maud = staff_add(&w, "maud", "owner");
    EXPECT_OK(world_write(&w, choose, &(struct choice){maud.id, "2580", {0}}));
    world_close(&w);
}

TESTS(RUN(what_follows_a_pin_is_its_owners_with_what_a_counter_needs),
      RUN(who_signed_in_comes_back_by_their_own_pin_with_all_they_may),
      RUN(who_may_not_sign_in_any_more_serves_nobody_and_leaves_the_till_to_nobody),
      RUN(ten_wrong_pins_and_the_right_one_waits_too),
      RUN(a_pin_is_digits_not_easy_and_nobody_elses),
      RUN(a_session_that_lacks_its_second_factor_is_nobody_elses_either),
      RUN(a_pin_that_was_taken_away_is_free_and_another_shop_has_its_own))
