/* tablets_test — counter tablets: which there are, and which device is one. */
#include "base/clock.h"
#include "core/merchants/merchants.h"
#include "core/team/tablets.h"
#include "db/write_lane.h"
#include "support/test.h"
#include "support/world.h"

struct activation {
    struct str code;
    struct tablet tablet;
    struct credential credential;
};

static register_id
add_register(struct world *w, location_id location)
{
    struct shop_register reg = {.integration = {7},
                                .location = location,
                                .name = STR("Caisse"),
                                .vendor_register = STR("1")};

    WORLD_TX(w) EXPECT_OK(registers_add(&w->ctx, &reg));
    return reg.id;
}

static location_id
add_location(struct world *w)
{
    struct location location = {
        .name = STR("Halles"), .currency = STR("EUR"), .country = STR("FR"), .active = true};

    WORLD_TX(w) EXPECT_OK(locations_add(&w->ctx, &location));
    return location.id;
}

static struct tablet
add_tablet(struct world *w)
{
    struct tablet tablet = {.location = w->location, .name = STR("Comptoir")};

    WORLD_TX(w) EXPECT_OK(tablets_add(&w->ctx, &tablet));
    return tablet;
}

static enum err
add_in(struct ctx *ctx, void *arg)
{
    return tablets_add(ctx, arg);
}

static enum err
change_in(struct ctx *ctx, void *arg)
{
    return tablets_change(ctx, arg);
}

/* What was told live since seq, as "topic name;"; the world's batches keep them in the table. */
DB_SQL(list_told, "SELECT topic, name, body"
                  "  FROM live_event"
                  " WHERE merchant_id = $1 AND seq > $2"
                  " ORDER BY seq");

static struct str
told_since(struct world *w, int64_t seq)
{
    struct db_rows *rows =
        db_query(&w->ctx, &list_told, DB_BIND(db_int(w->ctx.merchant.v), db_int(seq)));
    struct str told = STR("");

    while (db_next(rows)) {
        told = str_format(w->ctx.arena, "%.*s%.*s %.*s %.*s;", STR_ARG(told),
                          STR_ARG(db_col_text(rows, 0)), STR_ARG(db_col_text(rows, 1)),
                          STR_ARG(db_col_text(rows, 2)));
    }
    EXPECT_OK(db_done(rows));
    return told;
}

static int64_t
seq_now(struct world *w)
{
    int64_t seq;

    EXPECT_OK(merchants_read_seq(&w->ctx, &seq));
    return seq;
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
    EXPECT_TRUE(done.tablet.paired);

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

TEST(all_of_the_merchants_tablets_are_listed_with_what_they_show)
{
    struct world w = world_open();
    register_id reg = add_register(&w, w.location);
    struct tablet first = add_tablet(&w), *listed;
    struct tablet second = {.location = w.location, .reg = reg, .name = STR("Entrée")};
    int count;

    EXPECT_OK(world_write(&w, add_in, &second));
    EXPECT_OK(tablets_list(&w.ctx, &listed, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(first.id.v, listed[0].id.v);
    EXPECT_STR("Entrée", listed[1].name);
    EXPECT_INT(reg.v, listed[1].reg.v);
    EXPECT_INT(w.location.v, listed[1].location.v);
    EXPECT_TRUE(!listed[0].paired);
    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_OK(tablets_list(&w.ctx, &listed, &count));
    EXPECT_INT(0, count);
    world_close(&w);
}

TEST(a_register_of_another_location_is_refused)
{
    struct world w = world_open();
    location_id elsewhere = add_location(&w);
    register_id reg = add_register(&w, elsewhere);
    struct tablet tablet = {.location = w.location, .reg = reg, .name = STR("Comptoir")};

    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, add_in, &tablet));
    EXPECT_STR("tablet.register_id", w.ctx.field);
    tablet = add_tablet(&w);
    tablet.reg = reg;
    EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, change_in, &tablet));
    tablet.location = elsewhere;
    EXPECT_OK(world_write(&w, change_in, &tablet));
    world_close(&w);
}

TEST(places_that_are_not_there_are_refused)
{
    struct world w = world_open();
    struct tablet nowhere = {.location = {1}, .name = STR("Comptoir")};
    struct tablet without = {.location = w.location, .reg = {1}, .name = STR("Comptoir")};
    struct tablet nobody = {.id = {1}, .location = w.location, .name = STR("Comptoir")};

    EXPECT_ERR(ERR_LOCATION_UNKNOWN, world_write(&w, add_in, &nowhere));
    EXPECT_ERR(ERR_REGISTER_UNKNOWN, world_write(&w, add_in, &without));
    EXPECT_ERR(ERR_TABLET_UNKNOWN, world_write(&w, change_in, &nobody));
    world_close(&w);
}

TEST(a_change_reaches_its_device_which_listens_anew)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w), found;
    int64_t before = seq_now(&w);

    tablet.reg = add_register(&w, w.location);
    tablet.name = STR("Entrée");
    EXPECT_OK(world_write(&w, change_in, &tablet));
    EXPECT_OK(tablets_find(&w.ctx, tablet.id, &found));
    EXPECT_STR("Entrée", found.name);
    EXPECT_INT(tablet.reg.v, found.reg.v);
    struct str topic = tablets_topic(w.ctx.arena, tablet.id);
    EXPECT_STR(str_format(w.ctx.arena, "%.*s resync {};merchant settings {};", STR_ARG(topic)),
               told_since(&w, before));
    world_close(&w);
}

TEST(a_removed_tablets_device_and_codes_are_worth_nothing)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w), found;
    struct activation done;

    EXPECT_OK(activate(&w, make_code(&w, tablet.id), "192.0.2.1", &done));
    struct str code = make_code(&w, tablet.id);
    WORLD_TX(&w) EXPECT_OK(tablets_remove(&w.ctx, tablet.id));
    EXPECT_ERR(ERR_TABLET_UNKNOWN, tablets_find(&w.ctx, tablet.id, &found));
    WORLD_TX(&w) EXPECT_ERR(ERR_TABLET_UNKNOWN, tablets_remove(&w.ctx, tablet.id));
    struct ctx asking = w.ctx;
    EXPECT_ERR(ERR_UNAUTHENTICATED,
               credentials_check(&asking, done.credential.token, STR(""), CSRF_IGNORED));
    EXPECT_ERR(ERR_PAIRING_CODE_WRONG, activate(&w, code, "192.0.2.1", &done));
    world_close(&w);
}

TEST(somebody_who_may_makes_their_device_the_tablet_and_it_can_leave)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w), found;
    struct credential first, second;

    WORLD_TX(&w) EXPECT_OK(tablets_appoint(&w.ctx, tablet.id, &found, &first));
    EXPECT_INT(tablet.id.v, found.id.v);
    WORLD_TX(&w) EXPECT_OK(tablets_appoint(&w.ctx, tablet.id, &found, &second));
    struct ctx asking = w.ctx;
    EXPECT_ERR(ERR_UNAUTHENTICATED, credentials_check(&asking, first.token, STR(""), CSRF_IGNORED));
    asking = w.ctx;
    EXPECT_OK(credentials_check(&asking, second.token, second.csrf, CSRF_CHECKED));
    EXPECT_INT(ACTOR_TABLET, asking.actor.kind);

    WORLD_TX(&w) EXPECT_OK(tablets_leave(&w.ctx, second.token));
    EXPECT_ERR(ERR_UNAUTHENTICATED,
               credentials_check(&asking, second.token, STR(""), CSRF_IGNORED));
    EXPECT_OK(tablets_find(&w.ctx, tablet.id, &found));
    EXPECT_TRUE(!found.paired);
    WORLD_TX(&w)
    {
        EXPECT_ERR(ERR_TABLET_UNKNOWN, tablets_appoint(&w.ctx, (tablet_id){1}, &found, &first));
    }
    world_close(&w);
}

TEST(it_is_online_while_its_device_gives_signs_of_life)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w), found;
    struct credential credential;

    EXPECT_TRUE(!tablets_is_online(&w.ctx, &tablet));
    WORLD_TX(&w) EXPECT_OK(tablets_appoint(&w.ctx, tablet.id, &found, &credential));
    EXPECT_OK(tablets_find(&w.ctx, tablet.id, &found));
    EXPECT_TRUE(found.paired);
    EXPECT_TRUE(tablets_is_online(&w.ctx, &found));
    world_advance(&w, TABLET_ONLINE_US - 1);
    EXPECT_TRUE(tablets_is_online(&w.ctx, &found));
    world_advance(&w, 1);
    EXPECT_TRUE(!tablets_is_online(&w.ctx, &found));
    WORLD_TX(&w) EXPECT_OK(tablets_note_seen(&w.ctx, tablet.id, w.ctx.now_us));
    WORLD_TX(&w) EXPECT_OK(tablets_leave(&w.ctx, credential.token));
    EXPECT_OK(tablets_find(&w.ctx, tablet.id, &found));
    EXPECT_TRUE(!tablets_is_online(&w.ctx, &found)); /* seen just now, and nobody's since */
    world_close(&w);
}

TEST(identify_tells_the_device_until_when_it_waves)
{
    struct world w = world_open();
    struct tablet tablet = add_tablet(&w);
    int64_t before = seq_now(&w);

    WORLD_TX(&w) EXPECT_OK(tablets_identify(&w.ctx, tablet.id));
    struct str topic = tablets_topic(w.ctx.arena, tablet.id);
    EXPECT_STR(str_format(w.ctx.arena, "%.*s identify {\"until\":\"2026-03-02T10:00:10.000Z\"};",
                          STR_ARG(topic)),
               told_since(&w, before));
    WORLD_TX(&w) EXPECT_ERR(ERR_TABLET_UNKNOWN, tablets_identify(&w.ctx, (tablet_id){1}));
    world_close(&w);
}

TESTS(RUN(a_code_makes_a_device_the_tablet),
      RUN(a_code_may_be_typed_in_lower_case_and_without_its_dash),
      RUN(a_code_works_once_and_not_after_its_time), RUN(a_new_code_ends_the_one_before),
      RUN(a_reinstalled_tablet_takes_its_place_from_the_device_before),
      RUN(five_wrong_codes_lock_an_address_even_for_the_right_one),
      RUN(another_merchants_tablet_is_unknown), RUN(a_tablet_remembers_when_it_was_last_seen),
      RUN(all_of_the_merchants_tablets_are_listed_with_what_they_show),
      RUN(a_register_of_another_location_is_refused), RUN(places_that_are_not_there_are_refused),
      RUN(a_change_reaches_its_device_which_listens_anew),
      RUN(a_removed_tablets_device_and_codes_are_worth_nothing),
      RUN(somebody_who_may_makes_their_device_the_tablet_and_it_can_leave),
      RUN(it_is_online_while_its_device_gives_signs_of_life),
      RUN(identify_tells_the_device_until_when_it_waves))
