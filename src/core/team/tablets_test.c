/* tablets_test — pairing a counter tablet. */
#include "base/clock.h"
#include "core/team/team.h"
#include "support/test.h"
#include "support/world.h"

struct activation {
    struct str code;
    struct tablet tablet;
    struct credential credential;
};

static struct tablet
add_tablet(struct world *w)
{
    struct tablet tablet = {.location = w->location, .reg = {31}, .name = STR("Comptoir")};

    WORLD_TX(w) EXPECT_OK(tablets_add(&w->ctx, &tablet));
    return tablet;
}

static struct str
make_code(struct world *w, tablet_id id)
{
    struct str code;

    WORLD_TX(w) EXPECT_OK(tablets_make_code(&w->ctx, id, 10 * CLOCK_MINUTE_US, &code));
    return code;
}

static enum err
activate_in(struct ctx *ctx, void *arg)
{
    struct activation *activation = arg;

    return tablets_activate(ctx, activation->code, &activation->tablet, &activation->credential);
}

/* As the request comes: from an address, before a merchant is known. */
static enum err
activate(struct world *w, struct str code, const char *remote, struct activation *activation)
{
    merchant_id merchant = w->ctx.merchant;

    *activation = (struct activation){.code = code};
    w->ctx.merchant.v = 0;
    w->ctx.remote = str_of(remote);
    enum err err = world_write(w, activate_in, activation);
    if (err != OK) w->ctx.merchant = merchant;
    return err;
}

TEST(a_code_makes_a_device_the_tablet)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w);
    struct str code = make_code(&w, tablet.id);
    merchant_id merchant = w.ctx.merchant;
    struct activation done;

    EXPECT_INT(9, (int64_t)code.len);
    EXPECT_TRUE(code.at[4] == '-');
    EXPECT_OK(activate(&w, code, "192.0.2.1", &done));
    EXPECT_INT(merchant.v, w.ctx.merchant.v);
    EXPECT_INT(tablet.id.v, done.tablet.id.v);
    EXPECT_INT(31, done.tablet.reg.v);

    w.ctx.merchant.v = 0;
    EXPECT_OK(credentials_check(&w.ctx, done.credential.token, done.credential.csrf, CSRF_CHECKED));
    EXPECT_INT(ACTOR_TABLET, w.ctx.actor.kind);
    EXPECT_INT(tablet.id.v, w.ctx.actor.id);
    EXPECT_INT(w.location.v, w.ctx.actor.location);
    EXPECT_INT(PERM_TABLET | PERM_SELF, (int64_t)w.ctx.actor.permissions);
    world_close(&w);
}

TEST(a_code_may_be_typed_in_lower_case_and_without_its_dash)
{
    struct world w = world_open();
    struct str code = make_code(&w, add_tablet(&w).id);
    char typed[16] = {0};
    struct activation done;

    for (size_t i = 0, len = 0; i < code.len; i++) {
        char c = code.at[i];
        if (c != '-') typed[len++] = c >= 'A' ? (char)(c - 'A' + 'a') : c;
    }
    EXPECT_OK(activate(&w, str_of(typed), "192.0.2.1", &done));
    world_close(&w);
}

TEST(a_code_works_once_and_not_after_its_time)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w);
    struct str code = make_code(&w, tablet.id);
    struct activation done;

    EXPECT_OK(activate(&w, code, "192.0.2.1", &done));
    EXPECT_ERR(ERR_PAIRING_CODE_WRONG, activate(&w, code, "192.0.2.1", &done));
    EXPECT_STR("code", w.ctx.field);
    code = make_code(&w, tablet.id);
    world_advance(&w, 10 * CLOCK_MINUTE_US);
    EXPECT_ERR(ERR_PAIRING_CODE_WRONG, activate(&w, code, "192.0.2.1", &done));
    world_close(&w);
}

TEST(a_new_code_ends_the_one_before)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w);
    struct str old = make_code(&w, tablet.id), new = make_code(&w, tablet.id);
    struct activation done;

    EXPECT_ERR(ERR_PAIRING_CODE_WRONG, activate(&w, old, "192.0.2.1", &done));
    EXPECT_OK(activate(&w, new, "192.0.2.1", &done));
    world_close(&w);
}

TEST(a_reinstalled_tablet_takes_its_place_from_the_device_before)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w);
    struct activation first, second;

    EXPECT_OK(activate(&w, make_code(&w, tablet.id), "192.0.2.1", &first));
    EXPECT_OK(activate(&w, make_code(&w, tablet.id), "192.0.2.1", &second));
    EXPECT_ERR(ERR_UNAUTHENTICATED,
               credentials_check(&w.ctx, first.credential.token, STR(""), CSRF_IGNORED));
    EXPECT_OK(credentials_check(&w.ctx, second.credential.token, STR(""), CSRF_IGNORED));
    world_close(&w);
}

TEST(five_wrong_codes_lock_an_address_even_for_the_right_one)
{
    struct world w = world_open();
    struct str code = make_code(&w, add_tablet(&w).id);
    static const char *const wrong[] = {"", "AAAA-AAAA", "7KQ2M9XD0", "IOIO-IOIO"};
    struct activation done;

    for (int i = 0; i < LOCKOUT_TRIES - 1; i++)
        EXPECT_ERR(ERR_PAIRING_CODE_WRONG, activate(&w, str_of(wrong[i]), "192.0.2.1", &done));
    EXPECT_ERR(ERR_PAIRING_LOCKED, activate(&w, STR("BBBB-BBBB"), "192.0.2.1", &done));
    EXPECT_ERR(ERR_PAIRING_LOCKED, activate(&w, code, "192.0.2.1", &done));
    EXPECT_TRUE(w.ctx.retry_after_s > 0);
    /* The code was not used up by the refusal: the shop's own tablet, elsewhere, still pairs. */
    EXPECT_OK(activate(&w, code, "192.0.2.2", &done));
    world_close(&w);
}

TEST(another_merchants_tablet_is_unknown)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w), found;
    struct str code;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_TABLET_UNKNOWN, tablets_find(&w.ctx, tablet.id, &found));
    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_TABLET_UNKNOWN, tablets_make_code(&w.ctx, tablet.id, 1, &code));
    }
    world_close(&w);
}

TEST(a_tablet_remembers_when_it_was_last_seen)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w), found;

    WORLD_TX(&w) EXPECT_OK(tablets_note_seen(&w.ctx, tablet.id, 20));
    WORLD_TX(&w) EXPECT_OK(tablets_note_seen(&w.ctx, tablet.id, 10));
    EXPECT_OK(tablets_find(&w.ctx, tablet.id, &found));
    EXPECT_INT(20, found.seen_us);
    world_close(&w);
}

TESTS(RUN(a_code_makes_a_device_the_tablet),
      RUN(a_code_may_be_typed_in_lower_case_and_without_its_dash),
      RUN(a_code_works_once_and_not_after_its_time), RUN(a_new_code_ends_the_one_before),
      RUN(a_reinstalled_tablet_takes_its_place_from_the_device_before),
      RUN(five_wrong_codes_lock_an_address_even_for_the_right_one),
      RUN(another_merchants_tablet_is_unknown), RUN(a_tablet_remembers_when_it_was_last_seen))
