/* merchants_test — merchants, locations and registers. */
#include "base/clock.h"
#include "core/merchants/merchants.h"
#include "support/test.h"
#include "support/world.h"

static const integration_id feed = {77};

static register_id
see(struct world *w, const char *vendor_register)
{
    register_id id = {0};

    WORLD_TX(w) EXPECT_OK(registers_see(&w->ctx, feed, w->location, str_of(vendor_register), &id));
    return id;
}

TEST(a_merchant_is_found_as_it_was_added)
{
    struct world w = world_open();
    struct merchant added = {.name = STR("Salon Élise"),
                             .currency = STR("CHF"),
                             .country = STR("CH"),
                             .language = STR("fr"),
                             .time_zone = STR("Europe/Zurich")};
    struct merchant found, *all;
    int count;

    WORLD_TX(&w) EXPECT_OK(merchants_add(&w.ctx, &added));
    w.ctx.merchant = added.id;
    EXPECT_OK(merchants_find(&w.ctx, &found));
    EXPECT_STR("Salon Élise", found.name);
    EXPECT_STR("CHF", found.currency);
    EXPECT_STR("Europe/Zurich", found.time_zone);
    EXPECT_INT(w.ctx.now_us, found.created_us);
    EXPECT_OK(merchants_list(&w.ctx, &all, &count));
    EXPECT_INT(2, count);
    EXPECT_INT(added.id.v, all[1].id.v);
    world_close(&w);
}

TEST(a_merchant_that_is_not_there_is_unknown)
{
    struct world w = world_open();
    struct merchant found;

    w.ctx.merchant = (merchant_id){12345};
    EXPECT_ERR(ERR_MERCHANT_UNKNOWN, merchants_find(&w.ctx, &found));
    world_close(&w);
}

/* Another merchant of this name, in a transaction of its own. */
static struct merchant
add_merchant(struct world *w, const char *name)
{
    struct merchant added = {.name = str_of(name),
                             .currency = STR("EUR"),
                             .country = STR("FR"),
                             .language = STR("fr"),
                             .time_zone = STR("Europe/Paris"),
                             .brand_color = STR("#8a3b12")};

    WORLD_TX(w) EXPECT_OK(merchants_add(&w->ctx, &added));
    return added;
}

TEST(a_merchant_is_found_by_the_slug_made_of_its_name)
{
    struct world w = world_open();
    struct merchant added = add_merchant(&w, "Le Fournil"), found;

    EXPECT_OK(merchants_find_by_slug(&w.ctx, STR("le-fournil"), &found));
    EXPECT_INT(added.id.v, found.id.v);
    EXPECT_STR("le-fournil", found.slug);
    EXPECT_STR("#8a3b12", found.brand_color);
    EXPECT_ERR(ERR_MERCHANT_UNKNOWN, merchants_find_by_slug(&w.ctx, STR("le-fourn"), &found));
    EXPECT_ERR(ERR_MERCHANT_UNKNOWN, merchants_find_by_slug(&w.ctx, STR(""), &found));
    world_close(&w);
}

TEST(merchants_of_one_name_have_different_slugs)
{
    struct world w = world_open();

    EXPECT_STR("le-fournil", add_merchant(&w, "Le Fournil").slug);
    EXPECT_STR("le-fournil-2", add_merchant(&w, "Le  fournil").slug);
    EXPECT_STR("le-fournil-3", add_merchant(&w, "LE FOURNIL").slug);
    world_close(&w);
}

static enum err
add_with_slug(struct ctx *ctx, void *arg)
{
    return merchants_add(ctx, arg);
}

TEST(a_slug_that_was_chosen_is_not_given_twice)
{
    struct world w = world_open();
    struct merchant second = add_merchant(&w, "Le Fournil");

    second.id.v = 0;
    EXPECT_ERR(ERR_DB_CONSTRAINT, world_write(&w, add_with_slug, &second));
    world_close(&w);
}

static enum err
change(struct ctx *ctx, void *arg)
{
    struct merchant merchant;

    return merchants_change(ctx, arg, &merchant);
}

TEST(what_is_changed_is_changed_and_the_rest_stays)
{
    struct world w = world_open();
    struct merchant_change name = {.name = STR("  Chez Léa "), .slug = STR("chez-lea")};
    struct merchant_change look = {.brand_color = STR("#00aa55"), .time_zone = STR("Europe/Rome")};
    struct merchant_change rest = {
        .without_color = true, .language = STR("es"), .tablet_pin_hash = STR("hashed")};
    struct merchant found;

    EXPECT_OK(world_write(&w, change, &name));
    EXPECT_OK(world_write(&w, change, &look));
    EXPECT_OK(merchants_find(&w.ctx, &found));
    EXPECT_STR("Chez Léa", found.name);
    EXPECT_STR("chez-lea", found.slug);
    EXPECT_STR("#00aa55", found.brand_color);
    EXPECT_STR("Europe/Rome", found.time_zone);
    EXPECT_STR("fr", found.language);
    EXPECT_STR("", found.tablet_pin_hash);
    EXPECT_OK(world_write(&w, change, &rest));
    EXPECT_OK(merchants_find(&w.ctx, &found));
    EXPECT_STR("", found.brand_color);
    EXPECT_STR("es", found.language);
    EXPECT_STR("hashed", found.tablet_pin_hash);
    EXPECT_STR("Chez Léa", found.name);
    world_close(&w);
}

TEST(another_merchants_slug_is_taken)
{
    struct world w = world_open();
    struct merchant_change wanted = {.slug = add_merchant(&w, "Le Fournil").slug};
    struct merchant found;

    EXPECT_ERR(ERR_SLUG_TAKEN, world_write(&w, change, &wanted));
    EXPECT_STR("slug", w.ctx.field);
    EXPECT_OK(merchants_find(&w.ctx, &found));
    EXPECT_STR("", found.slug);
    world_close(&w);
}

TEST(what_a_merchant_cannot_be_is_refused_with_its_field)
{
    static const struct {
        const char *field;
        struct merchant_change change;
    } wrong[] = {
        {"name", {.name = {"  ", 2}}},
        {"language", {.language = {"de", 2}}},
        {"language", {.language = {"FR", 2}}},
        {"time_zone", {.time_zone = {"Europe/Lutetia", 14}}},
        {"brand_color", {.brand_color = {"#8A3B12", 7}}},
        {"brand_color", {.brand_color = {"8a3b12a", 7}}},
        {"brand_color", {.brand_color = {"#8a3b", 5}}},
        {"slug", {.slug = {"dashboard", 9}}},
        {"slug", {.slug = {"Chez", 4}}},
    };
    struct world w = world_open();

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct merchant_change tried = wrong[i].change;

        EXPECT_ERR(ERR_FIELD_VALUE, world_write(&w, change, &tried));
        EXPECT_STR(wrong[i].field, w.ctx.field);
    }
    world_close(&w);
}

TEST(a_merchant_without_changes_has_no_sequence)
{
    struct world w = world_open();
    int64_t seq;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_OK(merchants_read_seq(&w.ctx, &seq));
    EXPECT_INT(0, seq);
    world_close(&w);
}

TEST(the_first_location_is_found_without_an_id)
{
    struct world w = world_open();
    struct location second = {.name = STR("Gare"),
                              .currency = STR("EUR"),
                              .country = STR("FR"),
                              .language = STR("fr"),
                              .time_zone = STR("Europe/Paris"),
                              .active = false};
    struct location found, *all;
    int count;

    WORLD_TX(&w) EXPECT_OK(locations_add(&w.ctx, &second));
    EXPECT_OK(locations_find(&w.ctx, (location_id){0}, &found));
    EXPECT_INT(w.location.v, found.id.v);
    EXPECT_TRUE(found.active);
    EXPECT_OK(locations_find(&w.ctx, second.id, &found));
    EXPECT_STR("Gare", found.name);
    EXPECT_TRUE(!found.active);
    EXPECT_OK(locations_list(&w.ctx, &all, &count));
    EXPECT_INT(2, count);
    world_close(&w);
}

TEST(another_merchants_location_and_register_are_unknown)
{
    struct world w = world_open();
    register_id till = see(&w, "caisse-1");
    struct shop_register reg;
    struct location location;

    w.ctx.merchant = world_add_merchant(&w);
    EXPECT_ERR(ERR_LOCATION_UNKNOWN, locations_find(&w.ctx, w.location, &location));
    EXPECT_ERR(ERR_REGISTER_UNKNOWN, registers_find(&w.ctx, till, &reg));
    world_close(&w);
}

TEST(a_register_is_made_when_first_seen_and_found_from_then_on)
{
    struct world w = world_open();
    register_id first = see(&w, "caisse-1");
    register_id again = see(&w, "caisse-1");
    register_id other = see(&w, "caisse-2");
    struct shop_register reg;

    EXPECT_INT(first.v, again.v);
    EXPECT_TRUE(other.v != first.v);
    EXPECT_OK(registers_find(&w.ctx, first, &reg));
    EXPECT_STR("caisse-1", reg.name);
    EXPECT_STR("caisse-1", reg.vendor_register);
    EXPECT_INT(w.location.v, reg.location.v);
    EXPECT_INT(feed.v, reg.integration.v);
    world_close(&w);
}

TEST(a_register_remembers_when_it_was_last_seen_to_the_minute)
{
    struct world w = world_open();
    register_id till = see(&w, "caisse-1");
    struct shop_register reg;

    world_advance(&w, 30 * CLOCK_SECOND_US);
    see(&w, "caisse-1");
    EXPECT_OK(registers_find(&w.ctx, till, &reg));
    EXPECT_INT(WORLD_NOW_US, reg.seen_us);
    world_advance(&w, CLOCK_HOUR_US);
    see(&w, "caisse-1");
    EXPECT_OK(registers_find(&w.ctx, till, &reg));
    EXPECT_INT(w.ctx.now_us, reg.seen_us);
    world_close(&w);
}

TEST(a_location_has_a_vendors_register_once)
{
    struct world w = world_open();
    struct shop_register reg = {.location = w.location,
                                .integration = feed,
                                .name = STR("Comptoir"),
                                .vendor_register = STR("c1")};

    WORLD_TX(&w) EXPECT_OK(registers_add(&w.ctx, &reg));
    EXPECT_INT(reg.id.v, see(&w, "c1").v);
    reg.id.v = 0;
    WORLD_TX(&w) EXPECT_ERR(ERR_DB_CONSTRAINT, registers_add(&w.ctx, &reg));
    world_close(&w);
}

TESTS(RUN(a_merchant_is_found_as_it_was_added), RUN(a_merchant_that_is_not_there_is_unknown),
      RUN(a_merchant_is_found_by_the_slug_made_of_its_name),
      RUN(merchants_of_one_name_have_different_slugs),
      RUN(a_slug_that_was_chosen_is_not_given_twice),
      RUN(what_is_changed_is_changed_and_the_rest_stays), RUN(another_merchants_slug_is_taken),
      RUN(what_a_merchant_cannot_be_is_refused_with_its_field),
      RUN(a_merchant_without_changes_has_no_sequence),
      RUN(the_first_location_is_found_without_an_id),
      RUN(another_merchants_location_and_register_are_unknown),
      RUN(a_register_is_made_when_first_seen_and_found_from_then_on),
      RUN(a_register_remembers_when_it_was_last_seen_to_the_minute),
      RUN(a_location_has_a_vendors_register_once))
