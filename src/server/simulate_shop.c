/* simulate_shop — the shop to play, from what `habitue demo --json` printed. See simulate.h. */
#include "server/simulate.h"

/* The vendor's name of a register; empty when the location has no such register. */
static enum err
read_register(struct ctx *ctx, struct json_member location, struct str wanted,
              struct str *vendor_register)
{
    json_t *registers = NULL;
    const struct json_field fields[] = {
        {"registers", JSON_FIELD_LIST, &registers, .required = true}};

    TRY(json_read_member(ctx, location, JSON_OPEN, JSON_FIELDS(fields)));
    for (int i = 0; i < (int)json_array_size(registers); i++) {
        struct str id, name;
        const struct json_field members[] = {
            {"id", JSON_FIELD_TEXT, &id, .required = true},
            {"vendor_register", JSON_FIELD_TEXT, &name, .required = true},
        };

        TRY(json_read_member(ctx, (struct json_member){registers, "registers", i}, JSON_OPEN,
                             JSON_FIELDS(members)));
        if (str_is(id, wanted)) *vendor_register = name;
    }
    return OK;
}

/* A tablet becomes a counter when its register is one of the feed's location. */
static enum err
read_tablet(struct ctx *ctx, struct json_member tablet, struct json_member location,
            struct sim_shop *shop)
{
    struct str reg, code, vendor_register = STR("");
    const struct json_field fields[] = {
        {"register_id", JSON_FIELD_TEXT, &reg, .required = true},
        {"pairing_code", JSON_FIELD_TEXT, &code, .required = true},
    };

    TRY(json_read_member(ctx, tablet, JSON_OPEN, JSON_FIELDS(fields)));
    TRY(read_register(ctx, location, reg, &vendor_register));
    if (vendor_register.len == 0 || shop->counter_count == SIM_COUNTERS_MAX) return OK;
    shop->counters[shop->counter_count++] = (struct sim_shop_counter){code, vendor_register};
    return OK;
}

/* The feed among the shop's POS, and which of the locations it stands in. */
static enum err
read_feed(struct ctx *ctx, const json_t *pos, struct sim_shop *shop)
{
    for (int i = 0; i < (int)json_array_size(pos); i++) {
        struct str vendor;
        const struct json_field fields[] = {
            {"vendor", JSON_FIELD_TEXT, &vendor, .required = true},
            {"webhook_path", JSON_FIELD_TEXT, &shop->feed_path, .required = true},
            {"secret", JSON_FIELD_TEXT, &shop->feed_secret, .required = true},
            {"establishment", JSON_FIELD_TEXT, &shop->establishment, .required = true},
            {"location_id", JSON_FIELD_TEXT, &shop->location, .required = true},
        };

        TRY(json_read_member(ctx, (struct json_member){pos, "pos", i}, JSON_OPEN,
                             JSON_FIELDS(fields)));
        if (str_is(vendor, STR("feed"))) return OK;
    }
    return fail(ctx, ERR_FIELD_VALUE, "the first merchant has no feed");
}

static enum err
find_location(struct ctx *ctx, const json_t *locations, struct str wanted,
              struct json_member *location)
{
    for (int i = 0; i < (int)json_array_size(locations); i++) {
        struct str id;
        const struct json_field fields[] = {{"id", JSON_FIELD_TEXT, &id, .required = true}};

        *location = (struct json_member){locations, "locations", i};
        TRY(json_read_member(ctx, *location, JSON_OPEN, JSON_FIELDS(fields)));
        if (str_is(id, wanted)) return OK;
    }
    return fail(ctx, ERR_FIELD_VALUE, "the feed's location is not among the locations");
}

enum err
sim_read_shop(struct ctx *ctx, const char *demo_path, struct sim_shop *shop)
{
    json_t *root, *merchants, *locations, *tablets, *pos;
    struct json_member location;
    struct str content;
    const struct json_field top[] = {
        {"merchants", JSON_FIELD_LIST, &merchants, .required = true},
    };
    const struct json_field fields[] = {
        {"api_key", JSON_FIELD_TEXT, &shop->api_key, .required = true},
        {"currency", JSON_FIELD_TEXT, &shop->currency, .required = true},
        {"locations", JSON_FIELD_LIST, &locations, .required = true},
        {"tablets", JSON_FIELD_LIST, &tablets, .required = true},
        {"pos", JSON_FIELD_LIST, &pos, .required = true},
    };

    *shop = (struct sim_shop){0};
    TRY(sim_read_file(ctx, demo_path, &content));
    TRY(json_parse(ctx, content, &root));
    TRY(json_read_fields(ctx, root, JSON_OPEN, JSON_FIELDS(top)));
    if (json_array_size(merchants) == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "merchants");
    TRY(json_read_member(ctx, (struct json_member){merchants, "merchants", 0}, JSON_OPEN,
                         JSON_FIELDS(fields)));
    TRY(read_feed(ctx, pos, shop));
    TRY(find_location(ctx, locations, shop->location, &location));
    for (int i = 0; i < (int)json_array_size(tablets); i++) {
        TRY(read_tablet(ctx, (struct json_member){tablets, "tablets", i}, location, shop));
    }
    if (shop->counter_count == 0)
        return fail(ctx, ERR_FIELD_VALUE, "no tablet at the feed's tills");
    return OK;
}
