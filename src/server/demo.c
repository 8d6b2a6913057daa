/* demo — see demo.h. */
#include "server/demo.h"
#include "base/clock.h"
#include "base/hash.h"
#include "core/catalog/categories.h"
#include "core/insight/suspect.h"
#include "core/orders/orders.h"
#include "core/team/tablets.h"
#include "core/team/team.h"
#include "db/db.h"
#include "db/write_lane.h"
#include "server/demo_life.h"

static enum err
add_merchant(struct ctx *ctx, const struct demo_shop *shop, struct str pin_hash,
             struct demo_made *made)
{
    struct merchant merchant = {
        .name = str_of(shop->name),
        .currency = str_of(shop->currency),
        .country = str_of(shop->country),
        .language = str_of(shop->language),
        .time_zone = str_of(shop->time_zone),
        .slug = str_of(shop->slug),
        .brand_color = str_of(shop->brand_color),
        .tablet_pin_hash = pin_hash,
    };

    TRY(merchants_add(ctx, &merchant));
    made->id = ctx->merchant = merchant.id;
    return OK;
}

static enum err
add_staff(struct ctx *ctx, const struct demo_shop *shop, struct str password_hash)
{
    for (int i = 0; i < DEMO_STAFF_MAX && shop->staff[i].name != NULL; i++) {
        struct team_member member = {
            .email = str_of(shop->staff[i].email),
            .name = str_of(shop->staff[i].name),
            .role = str_of(shop->staff[i].role),
            .password_hash = password_hash,
            .active = true,
        };
        TRY(team_add(ctx, &member));
    }
    return OK;
}

static enum err
add_locations(struct ctx *ctx, const struct demo_shop *shop, struct demo_made *made)
{
    for (int i = 0; i < DEMO_LOCATIONS_MAX && shop->locations[i].name != NULL; i++) {
        struct location location = {
            .name = str_of(shop->locations[i].name),
            .currency = str_of(shop->currency),
            .country = str_of(shop->country),
            .language = str_of(shop->language),
            .time_zone = str_of(shop->time_zone),
            .active = true,
        };
        TRY(locations_add(ctx, &location));
        made->locations[i] = location.id;
    }
    return OK;
}

static enum err
add_program(struct ctx *ctx, const struct demo_shop *shop, struct demo_made *made)
{
    const struct demo_program *wanted = &shop->program;
    struct program program = {
        .is_main = true,
        .active = true,
        .type = wanted->type,
        .name = str_of(wanted->name),
        .term_one = str_of(wanted->term_one),
        .term_other = str_of(wanted->term_other),
        .minimum_minor = wanted->minimum_minor,
        .expiry_days = wanted->expiry_days,
        .on_refund = REFUND_OWED,
        .rules = {wanted->rule},
        .rule_count = 1,
        .tiers = ARENA_ARRAY(ctx->arena, struct reward_tier, DEMO_TIERS_MAX),
    };

    for (int i = 0; i < DEMO_TIERS_MAX && wanted->tiers[i].name != NULL; i++) {
        program.tiers[program.tier_count++] = (struct reward_tier){
            .name = str_of(wanted->tiers[i].name),
            .points = wanted->tiers[i].points,
            .active = true,
        };
    }
    TRY(programs_add(ctx, &program));
    made->program = program;
    return OK;
}

static enum err
add_one_pos(struct ctx *ctx, const struct demo_pos *pos, struct demo_made *made, int place)
{
    location_id location = made->locations[pos->location];
    struct integration integration = {
        .link = pos_link_find(str_of(pos->vendor)),
        .vendor = str_of(pos->vendor),
        .secret = random_token(ctx->arena),
        .active = true,
    };

    ASSERT(integration.link != NULL);
    TRY(integrations_add(ctx, &integration));
    TRY(integrations_associate(ctx, integration.id, str_of(pos->establishment), location));
    made->pos[place].id = integration.id;
    made->pos[place].secret = integration.secret;

    for (int i = 0; i < DEMO_REGISTERS_MAX && pos->registers[i] != NULL; i++) {
        TRY(registers_see(ctx, integration.id, location, str_of(pos->registers[i]),
                          &made->pos[place].registers[i]));
    }
    return OK;
}

static enum err
add_pos(struct ctx *ctx, const struct demo_shop *shop, struct demo_made *made)
{
    for (int i = 0; i < DEMO_POS_MAX && shop->pos[i].vendor != NULL; i++) {
        TRY(add_one_pos(ctx, &shop->pos[i], made, i));
    }
    return OK;
}

static enum err
add_tablets(struct ctx *ctx, const struct demo_shop *shop, struct demo_made *made)
{
    for (int i = 0; i < DEMO_TABLETS_MAX && shop->tablets[i].name != NULL; i++) {
        const struct demo_tablet *wanted = &shop->tablets[i];
        struct tablet tablet = {
            .location = made->locations[wanted->location],
            .reg = made->pos[wanted->pos].registers[wanted->reg],
            .name = str_of(wanted->name),
        };

        TRY(tablets_add(ctx, &tablet));
        made->tablets[i].id = tablet.id;
    }
    return OK;
}

/* Today, however long ago the tablets were made: codes end. */
static enum err
make_codes(struct ctx *ctx, const struct demo_shop *shop, struct demo_made *made)
{
    for (int i = 0; i < DEMO_TABLETS_MAX && shop->tablets[i].name != NULL; i++) {
        TRY(tablets_make_code(ctx, made->tablets[i].id, DEMO_CODE_KEEP_US,
                              &made->tablets[i].pairing_code));
    }
    return OK;
}

/* A category of the goods; made when the first of them needs it. */
static enum err
find_category(struct ctx *ctx, const char *name, category_id *id)
{
    struct category *categories, made = {.name = str_of(name), .position = -1};
    int count;

    TRY(categories_list(ctx, &categories, &count));
    for (int i = 0; i < count; i++) {
        if (!str_is(categories[i].name, made.name)) continue;
        *id = categories[i].id;
        return OK;
    }
    TRY(categories_add(ctx, &made));
    *id = made.id;
    return OK;
}

static enum err
add_goods(struct ctx *ctx, const struct demo_habits *habits)
{
    for (int i = 0; i < DEMO_GOODS_MAX && habits->goods[i].name != NULL; i++) {
        struct catalog_variation price = {.has_price = true,
                                          .price_minor = habits->goods[i].price_minor};
        struct catalog_item item = {
            .name = str_of(habits->goods[i].name),
            .variations = &price,
            .variation_count = 1,
            .position = -1,
        };

        TRY(find_category(ctx, habits->goods[i].category, &item.category));

        TRY(catalog_add(ctx, &item));
    }
    return OK;
}

static enum err
add_key(struct ctx *ctx, struct demo_made *made)
{
    struct api_key key = {.name = STR("demo"), .permissions = permissions_of_role("owner")};

    TRY(api_keys_add(ctx, &key));
    made->api_key = key.token;
    return OK;
}

struct filling {
    struct demo *demo;
    struct str password_hash, pin_hash;
};

static enum err
check_empty(struct ctx *ctx)
{
    struct merchant *merchants;
    int count;

    TRY(merchants_list(ctx, &merchants, &count));
    if (count == 0) return OK;
    return fail(ctx, ERR_DB_CONSTRAINT,
                "it holds %d merchants already; the demo wants an empty one", count);
}

static enum err
add_shop(struct ctx *ctx, const struct filling *filling, int place, int64_t today_us)
{
    const struct demo_shop *shop = &demo_shops[place];
    struct demo_made *made = &filling->demo->made[place];

    *made = (struct demo_made){0};
    TRY(add_merchant(ctx, shop, filling->pin_hash, made));
    TRY(add_staff(ctx, shop, filling->password_hash));
    TRY(add_locations(ctx, shop, made));
    TRY(add_program(ctx, shop, made));
    TRY(add_pos(ctx, shop, made));
    TRY(add_tablets(ctx, shop, made));
    if (!filling->demo->with_history) return OK;
    TRY(add_goods(ctx, &demo_habits[place]));
    return place == 0 ? demo_add_programs(ctx, made, today_us) : OK;
}

/* As its job does a little later: who opens the demo at once sees it, too. */
static enum err
find_suspicions(struct ctx *ctx)
{
    struct suspicion_list *found;

    TRY(suspect_find(ctx, &found));
    for (int i = 0; found != NULL && i < found->count; i++)
        TRY(suspicions_keep(ctx, &found->at[i]));
    return OK;
}

/* What ends or is told: made today. */
static enum err
finish_shops(struct ctx *ctx, struct demo *demo)
{
    ctx->batch = write_batch_begin(ctx);
    for (int i = 0; i < demo_shop_count; i++) {
        ctx->merchant = demo->made[i].id;
        TRY(make_codes(ctx, &demo_shops[i], &demo->made[i]));
        TRY(add_key(ctx, &demo->made[i]));
        if (demo->with_history) TRY(find_suspicions(ctx));
    }
    return write_batch_end(ctx);
}

static enum err
add_shops(struct ctx *ctx, void *arg)
{
    const struct filling *filling = arg;
    int64_t today_us = ctx->now_us;

    TRY(check_empty(ctx));
    /* Ids are made of the time: a past is made before the present, with its own clock. */
    if (filling->demo->with_history) ctx->now_us -= (DEMO_DAYS + 1) * CLOCK_DAY_US;
    ctx->batch = write_batch_begin(ctx);
    for (int i = 0; i < demo_shop_count; i++)
        TRY(add_shop(ctx, filling, i, today_us));
    TRY(write_batch_end(ctx));
    if (filling->demo->with_history) TRY(demo_live(ctx, filling->demo, today_us));
    ctx->now_us = today_us;
    return finish_shops(ctx, filling->demo);
}

enum err
demo_fill(struct ctx *ctx, struct demo *demo)
{
    struct filling filling = {.demo = demo};
    struct str token = random_token(ctx->arena);

    demo->made = ARENA_ARRAY(ctx->arena, struct demo_made, (size_t)demo_shop_count);
    demo->password = str_format(ctx->arena, "demo-%.12s", token.at);
    TRY(password_hash(ctx->arena, demo->password, &filling.password_hash));
    if (demo->with_history) {
        TRY(password_hash(ctx->arena, STR(DEMO_TABLET_PIN), &filling.pin_hash));
    }
    return db_tx(ctx, add_shops, &filling);
}
