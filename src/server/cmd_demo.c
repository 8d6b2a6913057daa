/* cmd_demo — `habitue demo`: fills an empty database with shops to play with, and tells how. */
#include "base/json.h"
#include "core/orders/orders.h"
#include "http/web_files.h"
#include "server/cmd.h"
#include "server/commands.h"
#include "server/demo.h"
#include <inttypes.h>
#include <stdio.h>

static const char *const app_names[] = {"dashboard", "till", "tablet", "app"};
enum { APP_COUNT = sizeof app_names / sizeof app_names[0] };

/* Whether this program has the app inside. */
static bool
has_app(struct ctx *ctx, const char *name)
{
    struct str index = str_format(ctx->arena, "/%s/index.html", name);

    for (int i = 0; i < web_file_count; i++) {
        if (str_is(index, str_of(web_files[i].path))) return true;
    }
    return false;
}

/* A shop's customers have its own address. */
static struct str
app_path(struct ctx *ctx, const char *name, const struct demo_shop *shop)
{
    if (strcmp(name, "app") == 0) return str_format(ctx->arena, "/app/%s/", shop->slug);
    return str_format(ctx->arena, "/%s/", name);
}

static void
put_apps(struct ctx *ctx, struct json_out *out, const struct demo_shop *shop)
{
    json_put_object(out, "apps");
    for (int i = 0; i < APP_COUNT; i++) {
        if (has_app(ctx, app_names[i])) {
            json_put_text(out, app_names[i], app_path(ctx, app_names[i], shop));
        } else {
            json_put_null(out, app_names[i]);
        }
    }
    json_end_object(out);
}

static void
put_staff(struct json_out *out, const struct demo_shop *shop, struct str password)
{
    json_put_array(out, "staff");
    for (int i = 0; i < DEMO_STAFF_MAX && shop->staff[i].name != NULL; i++) {
        json_put_object(out, NULL);
        json_put_text(out, "name", str_of(shop->staff[i].name));
        json_put_text(out, "email", str_of(shop->staff[i].email));
        json_put_text(out, "password", password);
        json_put_text(out, "role", str_of(shop->staff[i].role));
        json_end_object(out);
    }
    json_end_array(out);
}

/* The registers that any of the shop's POS has at a location. */
static void
put_registers(struct json_out *out, const struct demo_shop *shop, const struct demo_made *made,
              int location)
{
    json_put_array(out, "registers");
    for (int i = 0; i < DEMO_POS_MAX && shop->pos[i].vendor != NULL; i++) {
        if (shop->pos[i].location != location) continue;
        for (int r = 0; r < DEMO_REGISTERS_MAX && shop->pos[i].registers[r] != NULL; r++) {
            json_put_object(out, NULL);
            json_put_id(out, "id", ID_register, made->pos[i].registers[r].v);
            json_put_text(out, "vendor_register", str_of(shop->pos[i].registers[r]));
            json_end_object(out);
        }
    }
    json_end_array(out);
}

static void
put_locations(struct json_out *out, const struct demo_shop *shop, const struct demo_made *made)
{
    json_put_array(out, "locations");
    for (int i = 0; i < DEMO_LOCATIONS_MAX && shop->locations[i].name != NULL; i++) {
        json_put_object(out, NULL);
        json_put_id(out, "id", ID_location, made->locations[i].v);
        json_put_text(out, "name", str_of(shop->locations[i].name));
        put_registers(out, shop, made, i);
        json_end_object(out);
    }
    json_end_array(out);
}

static const char *
program_type_name(enum program_type type)
{
    switch (type) {
    case PROGRAM_POINTS:
        return "points";
    case PROGRAM_STAMPS:
        return "stamps";
    case PROGRAM_CASHBACK:
        return "cashback";
    }
    return "";
}

static void
put_programs(struct json_out *out, const struct demo_made *made)
{
    const struct program *program = &made->program;

    json_put_array(out, "programs");
    json_put_object(out, NULL);
    json_put_id(out, "id", ID_program, program->id.v);
    json_put_text(out, "type", str_of(program_type_name(program->type)));
    json_put_array(out, "reward_tiers");
    for (int i = 0; i < program->tier_count; i++) {
        json_put_object(out, NULL);
        json_put_id(out, "id", ID_tier, program->tiers[i].id.v);
        json_put_text(out, "name", program->tiers[i].name);
        json_put_int(out, "points", program->tiers[i].points);
        json_end_object(out);
    }
    json_end_array(out);
    json_end_object(out);
    json_end_array(out);
}

static void
put_tablets(struct json_out *out, const struct demo_shop *shop, const struct demo_made *made)
{
    json_put_array(out, "tablets");
    for (int i = 0; i < DEMO_TABLETS_MAX && shop->tablets[i].name != NULL; i++) {
        const struct demo_tablet *tablet = &shop->tablets[i];

        json_put_object(out, NULL);
        json_put_id(out, "id", ID_tablet, made->tablets[i].id.v);
        json_put_text(out, "name", str_of(tablet->name));
        json_put_text(out, "pairing_code", made->tablets[i].pairing_code);
        json_put_id(out, "location_id", ID_location, made->locations[tablet->location].v);
        json_put_id(out, "register_id", ID_register,
                    made->pos[tablet->pos].registers[tablet->reg].v);
        json_end_object(out);
    }
    json_end_array(out);
}

static struct str
webhook_path(struct ctx *ctx, const char *vendor, integration_id id)
{
    return str_format(ctx->arena, "/hooks/%s/%.*s", vendor,
                      STR_ARG(id_format(ctx->arena, ID_integration, id.v)));
}

static void
put_pos(struct ctx *ctx, struct json_out *out, const struct demo_shop *shop,
        const struct demo_made *made)
{
    json_put_array(out, "pos");
    for (int i = 0; i < DEMO_POS_MAX && shop->pos[i].vendor != NULL; i++) {
        const struct demo_pos *pos = &shop->pos[i];

        json_put_object(out, NULL);
        json_put_text(out, "vendor", str_of(pos->vendor));
        json_put_text(out, "webhook_path", webhook_path(ctx, pos->vendor, made->pos[i].id));
        json_put_text(out, "secret", made->pos[i].secret);
        json_put_text(out, "establishment", str_of(pos->establishment));
        json_put_id(out, "location_id", ID_location, made->locations[pos->location].v);
        json_end_object(out);
    }
    json_end_array(out);
}

static void
print_json(struct ctx *ctx, const struct demo *demo)
{
    struct json_out out;

    json_out_open(&out, ctx->arena);
    json_put_object(&out, NULL);
    json_put_array(&out, "merchants");
    for (int i = 0; i < demo_shop_count; i++) {
        const struct demo_shop *shop = &demo_shops[i];
        const struct demo_made *made = &demo->made[i];

        json_put_object(&out, NULL);
        json_put_id(&out, "id", ID_merchant, made->id.v);
        json_put_text(&out, "name", str_of(shop->name));
        json_put_text(&out, "slug", str_of(shop->slug));
        json_put_text(&out, "currency", str_of(shop->currency));
        if (demo->with_history) json_put_text(&out, "tablet_pin", STR(DEMO_TABLET_PIN));
        json_put_text(&out, "api_key", made->api_key);
        put_staff(&out, shop, demo->password);
        put_locations(&out, shop, made);
        put_programs(&out, made);
        put_tablets(&out, shop, made);
        put_pos(ctx, &out, shop, made);
        put_apps(ctx, &out, shop);
        json_end_object(&out);
    }
    json_end_array(&out);
    json_end_object(&out);
    printf("%.*s\n", STR_ARG(json_out_text(&out)));
}

static void
print_shop(struct ctx *ctx, const struct demo_shop *shop, const struct demo_made *made)
{
    printf("\n%s (%.*s)\n", shop->name, STR_ARG(id_format(ctx->arena, ID_merchant, made->id.v)));
    for (int i = 0; i < DEMO_STAFF_MAX && shop->staff[i].name != NULL; i++) {
        printf("  %-12s %s\n", shop->staff[i].role, shop->staff[i].email);
    }
    for (int i = 0; i < DEMO_TABLETS_MAX && shop->tablets[i].name != NULL; i++) {
        printf("  %-12s %.*s  %s\n", "tablet", STR_ARG(made->tablets[i].pairing_code),
               shop->tablets[i].name);
    }
    for (int i = 0; i < DEMO_POS_MAX && shop->pos[i].vendor != NULL; i++) {
        const char *vendor = shop->pos[i].vendor;

        printf("  %-12s %.*s  secret %.*s\n", vendor,
               STR_ARG(webhook_path(ctx, vendor, made->pos[i].id)), STR_ARG(made->pos[i].secret));
    }
    printf("  %-12s %.*s\n", "api key", STR_ARG(made->api_key));
}

static void
print_text(struct ctx *ctx, const struct demo *demo)
{
    printf("Filled with %d shops. The password of everybody in them: %.*s\n", demo_shop_count,
           STR_ARG(demo->password));
    for (int i = 0; i < demo_shop_count; i++) {
        print_shop(ctx, &demo_shops[i], &demo->made[i]);
    }
    printf("\nPairing codes are typed on a tablet, each once, within 30 days.\n");
    if (demo->with_history) printf("The PIN that leaves a tablet's screen: " DEMO_TABLET_PIN "\n");
}

int
cmd_demo(struct ctx *ctx, int argc, char **argv)
{
    bool as_json = false;
    struct demo demo = {0};
    const struct cmd_flag flags[] = {
        {.name = "--json", .given = &as_json},
        {.name = "--history", .given = &demo.with_history},
    };

    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), NULL, 0)) return CMD_WRONG_USAGE;

    enum err err = cmd_open_db(ctx);
    if (err == OK) err = demo_fill(ctx, &demo);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, "the demo was not filled in");

    if (as_json)
        print_json(ctx, &demo);
    else
        print_text(ctx, &demo);
    return CMD_OK;
}
