/*
 * demo_programs — what the bakery rewards beside its main program: coffees by stamps, pastries by a
 * share of the money; and an offer that runs when somebody looks. See demo.h.
 */
#include "base/clock.h"
#include "base/zone.h"
#include "core/catalog/categories.h"
#include "core/loyalty/promotions.h"
#include "server/demo_life.h"

enum { OFFER_BEGAN_DAYS_AGO = 5, OFFER_LASTS_DAYS = 15, OFFER_FROM_HOUR = 7, OFFER_HOURS = 13 };

/* ---- what is sold ---- */

static enum err
find_article(struct ctx *ctx, const char *name, struct catalog_ref *ref)
{
    struct catalog_item *items;
    int count;

    TRY(catalog_list(ctx, (item_id){0}, CATALOG_PAGE_MAX, &items, &count));
    for (int i = 0; i < count; i++) {
        if (str_is(items[i].name, str_of(name))) ref->id = items[i].variations[0].id.v;
    }
    ASSERT(ref->id != 0); /* demo_goods.c has it */
    return OK;
}

static enum err
find_family(struct ctx *ctx, const char *name, struct catalog_ref *ref)
{
    struct category *categories;
    int count;

    TRY(categories_list(ctx, &categories, &count));
    for (int i = 0; i < count; i++) {
        if (str_is(categories[i].name, str_of(name))) ref->id = categories[i].id.v;
    }
    ASSERT(ref->id != 0);
    ref->is_category = true;
    return OK;
}

/* ---- what is rewarded ---- */

/* "Un café offert" of the main program is the coffee of the catalog, and so is the tart. */
static enum err
name_articles(struct ctx *ctx, struct demo_made *made)
{
    static const struct {
        int tier; /* its place in demo_shops */
        const char *article;
    } free_ones[] = {{0, "Café"}, {2, "Tarte aux fruits, 6 parts"}};

    for (size_t i = 0; i < sizeof free_ones / sizeof free_ones[0]; i++) {
        struct catalog_ref *article = ARENA_NEW(ctx->arena, struct catalog_ref);
        struct tier_change change = {
            TIER_VALUE | TIER_OBJECTS | TIER_VALIDITY,
            {.id = made->program.tiers[free_ones[i].tier].id,
             .program = made->program.id,
             .kind = TIER_ITEM,
             .objects = article,
             .object_count = 1,
             .valid_days = 90},
        };
        struct reward_tier tier;

        TRY(find_article(ctx, free_ones[i].article, article));
        TRY(programs_replace_tier(ctx, &change, &tier));
    }
    return programs_find(ctx, made->program.id, &made->program);
}

/* Ten coffees, the eleventh is free. */
static enum err
add_coffee_card(struct ctx *ctx)
{
    struct catalog_ref coffee = {0};
    struct reward_tier tier = {.name = STR("Le onzième café offert"),
                               .points = 10,
                               .active = true,
                               .kind = TIER_ITEM,
                               .objects = &coffee,
                               .object_count = 1};
    struct program program = {
        .active = true,
        .type = PROGRAM_STAMPS,
        .name = STR("Carte café"),
        .term_one = STR("tampon"),
        .term_other = STR("tampons"),
        .cap_day = 4,
        .rules =
            {{.kind = ACCRUAL_ITEM_VARIATION, .points = 1, .scope = &coffee, .scope_count = 1}},
        .rule_count = 1,
        .tiers = &tier,
        .tier_count = 1,
    };

    TRY(find_article(ctx, "Café", &coffee));
    return programs_create(ctx, &program);
}

/* Five per cent of each pastry come back, in money. */
static enum err
add_pastry_credit(struct ctx *ctx)
{
    struct catalog_ref pastries = {0};
    struct program program = {
        .active = true,
        .type = PROGRAM_CASHBACK,
        .name = STR("Cagnotte pâtisserie"),
        .term_one = STR("centime"),
        .term_other = STR("centimes"),
        .minimum_minor = 100,
        .expiry_days = 365,
        .notice_days = PROGRAM_NOTICE_DAYS,
        .rules = {{.kind = ACCRUAL_SPEND,
                   .points = 5,
                   .amount_minor = 100,
                   .scope = &pastries,
                   .scope_count = 1}},
        .rule_count = 1,
    };

    TRY(find_family(ctx, "Pâtisseries", &pastries));
    return programs_create(ctx, &program);
}

/* A fortnight around today: breads give twice the points while the shop is open. */
static enum err
add_offer(struct ctx *ctx, const struct demo_made *made, int64_t today)
{
    struct catalog_ref breads = {0};
    int64_t first = today - OFFER_BEGAN_DAYS_AGO;
    struct promotion promotion = {
        .program = made->program.id,
        .name = STR("La quinzaine du pain : points doublés"),
        .is_multiplier = true,
        .multiplier = 2 * PROMOTION_ONCE,
        .scope = &breads,
        .scope_count = 1,
        .times = {{.starts_us = first * CLOCK_DAY_US + OFFER_FROM_HOUR * CLOCK_HOUR_US,
                   .lasts_us = OFFER_HOURS * CLOCK_HOUR_US,
                   .days = PERIOD_EVERY_DAY,
                   .until_us = (first + OFFER_LASTS_DAYS) * CLOCK_DAY_US - CLOCK_SECOND_US}},
        .time_count = 1,
    };

    TRY(find_family(ctx, "Pains", &breads));
    return promotions_add(ctx, &promotion);
}

enum err
demo_add_programs(struct ctx *ctx, struct demo_made *made, int64_t today_us)
{
    TRY(name_articles(ctx, made));
    TRY(add_coffee_card(ctx));
    TRY(add_pastry_credit(ctx));
    return add_offer(ctx, made, zone_day_at(str_of(demo_shops[0].time_zone), today_us));
}
