/* tablets_admin_api — the merchant's counter tablets, as the team sees and arranges them. */
#include "api/cookies.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/clock.h"

#define CODE_KEEP_US CLOCK_HOUR_US
enum { NAME_MAX_LEN = 60 };

enum err
api_tablet_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_tablet, into);
}

/* ---- listed ---- */

static void
put_listed(struct ctx *ctx, struct json_out *out, const char *key, const struct tablet *tablet,
           const struct tablet_place *place)
{
    json_put_object(out, key);
    json_put_tablet_fields(out, tablet, place);
    json_put_time(out, "seen_at", tablet->seen_us);
    json_put_bool(out, "online", tablets_is_online(ctx, tablet));
    json_put_bool(out, "paired", tablet->paired);
    json_end_object(out);
}

/* The merchant's locations and registers, read once for a whole list. */
struct places {
    struct location *locations;
    struct shop_register *registers;
    int location_count, register_count;
};

static enum err
read_places(struct ctx *ctx, struct places *places)
{
    TRY(locations_list(ctx, &places->locations, &places->location_count));
    return registers_list(ctx, &places->registers, &places->register_count);
}

static struct tablet_place
place_of(const struct places *places, const struct tablet *tablet)
{
    struct tablet_place place = {0};

    for (int i = 0; i < places->location_count; i++) {
        if (places->locations[i].id.v == tablet->location.v) place.location = places->locations[i];
    }
    for (int i = 0; i < places->register_count; i++) {
        if (places->registers[i].id.v == tablet->reg.v) place.reg = places->registers[i];
    }
    return place;
}

enum err
api_tablet_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct places places;
    struct tablet *tablets;
    int count;

    (void)parsed;
    TRY(tablets_list(ctx, &tablets, &count));
    TRY(read_places(ctx, &places));
    json_put_array(&reply->out, "tablets");
    for (int i = 0; i < count; i++) {
        const struct tablet_place place = place_of(&places, &tablets[i]);
        put_listed(ctx, &reply->out, NULL, &tablets[i], &place);
    }
    json_end_array(&reply->out);
    return OK;
}

enum err
api_register_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct json_out *out = &reply->out;
    struct shop_register *registers;
    int count;

    (void)parsed;
    TRY(registers_list(ctx, &registers, &count));
    json_put_array(out, "registers");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_id(out, "id", ID_register, registers[i].id.v);
        json_put_text(out, "name", registers[i].name);
        json_put_id(out, "location_id", ID_location, registers[i].location.v);
        json_put_text(out, "vendor", registers[i].vendor);
        json_put_text(out, "vendor_register", registers[i].vendor_register);
        json_put_time(out, "seen_at", registers[i].seen_us);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

/* ---- added, changed, taken away ---- */

static enum err
reply_with(struct ctx *ctx, struct http_reply *reply, tablet_id id)
{
    struct tablet_place place;
    struct tablet tablet;

    TRY(tablets_find(ctx, id, &tablet));
    TRY(tablet_place_find(ctx, &tablet, &place));
    put_listed(ctx, &reply->out, "tablet", &tablet, &place);
    return OK;
}

enum err
api_tablet_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tablet *tablet = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"tablet.name", JSON_FIELD_TEXT, &tablet->name, .required = true, .min = 1, .max = NAME_MAX_LEN},
        {"tablet.location_id", JSON_FIELD_ID, &tablet->location.v, .required = true, .id_kind = ID_location},
        {"tablet.register_id", JSON_FIELD_ID, &tablet->reg.v, .id_kind = ID_register},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_tablet_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct tablet tablet = *(const struct tablet *)parsed;

    TRY(tablets_add(ctx, &tablet));
    return reply_with(ctx, reply, tablet.id);
}

enum err
api_tablet_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct tablet_change *change = into;
    struct tablet *to = &change->to;
    bool no_register = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {"tablet.name", JSON_FIELD_TEXT, &to->name, .min = 1, .max = NAME_MAX_LEN, .given = &change->name},
        {"tablet.location_id", JSON_FIELD_ID, &to->location.v, .id_kind = ID_location, .given = &change->location},
        {"tablet.register_id", JSON_FIELD_ID, &to->reg.v, .id_kind = ID_register, .given = &change->reg,
         .nulled = &no_register},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_tablet, &to->id.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (no_register) change->reg = true;
    return OK;
}

enum err
api_tablet_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct tablet_change *change = parsed;
    struct tablet tablet;

    TRY(tablets_find(ctx, change->to.id, &tablet));
    if (change->name) tablet.name = change->to.name;
    if (change->location) tablet.location = change->to.location;
    if (change->reg) tablet.reg = change->to.reg;
    TRY(tablets_change(ctx, &tablet));
    return reply_with(ctx, reply, tablet.id);
}

enum err
api_tablet_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;

    (void)reply;
    return tablets_remove(ctx, (tablet_id){*id});
}

/* ---- which device it is ---- */

enum err
api_tablet_pairing_code(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct str code;

    TRY(tablets_make_code(ctx, (tablet_id){*id}, CODE_KEEP_US, &code));
    json_put_object(&reply->out, "pairing_code");
    json_put_text(&reply->out, "code", code);
    json_put_time(&reply->out, "expires_at", ctx->now_us + CODE_KEEP_US);
    json_end_object(&reply->out);
    return OK;
}

/* Whoever asks signed in on the device that is to be the tablet: the cookie is for that browser. */
enum err
api_tablet_appoint(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;
    struct credential credential;
    struct tablet tablet;

    TRY(tablets_appoint(ctx, (tablet_id){*id}, &tablet, &credential));
    return api_tablet_welcome(ctx, reply, &tablet, &credential);
}

enum err
api_tablet_identify(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;

    (void)reply;
    return tablets_identify(ctx, (tablet_id){*id});
}
