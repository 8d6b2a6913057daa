/* tablets_api — the counter tablet as its device asks: becoming one, what it shows, what it is
 * told; leaving. */
#include "api/addresses.h"
#include "api/app_shapes.h"
#include "api/cookies.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/clock.h"
#include "base/hash.h"
#include "core/legal/notices.h"
#include "core/loyalty/promotions.h"

#define DEVICE_KEEP_US (400 * CLOCK_DAY_US) /* the longest that browsers keep a cookie */

/* ---- becoming a tablet ---- */

/* The cookie, and what goes with it. */
enum err
api_tablet_welcome(struct ctx *ctx, struct http_reply *reply, const struct tablet *tablet,
                   const struct credential *credential)
{
    TRY(json_put_tablet(ctx, &reply->out, "tablet", tablet));
    json_put_text(&reply->out, "csrf_token", credential->csrf);
    reply->set_cookie[0] = cookie_format(ctx, COOKIE_DEVICE, credential->token, DEVICE_KEEP_US);
    return OK;
}

enum err
api_tablet_activate_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    const struct json_field fields[] = {
        {"code", JSON_FIELD_TEXT, into, .required = true, .max = 20},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_tablet_activate(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct str *code = parsed;
    struct credential credential;
    struct tablet tablet;

    TRY(tablets_activate(ctx, *code, &tablet, &credential));
    return api_tablet_welcome(ctx, reply, &tablet, &credential);
}

/* The device is no tablet any more, and its browser forgets that it was. */
enum err
api_tablet_leave(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct session_request *request = parsed;

    reply->set_cookie[0] = cookie_format(ctx, COOKIE_DEVICE, STR(""), 0);
    return tablets_leave(ctx, request->token);
}

/* ---- its staff menu ---- */

#define TABLET_PIN STR("tablet_pin")
enum { PIN_MAX_LEN = 20 };

enum err
api_tablet_unlock_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct pin_try *told = into;
    const struct json_field fields[] = {
        {"pin", JSON_FIELD_TEXT, &told->pin, .required = true, .max = PIN_MAX_LEN},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* Guesses are counted for each tablet: one that a child plays with locks no other. */
static struct str
this_tablet(struct ctx *ctx)
{
    return id_format(ctx->arena, ID_tablet, ctx->actor.id);
}

enum err
api_tablet_unlock_prepare(struct ctx *ctx, void *parsed)
{
    struct pin_try *told = parsed;
    struct merchant merchant;

    TRY(lockout_check(ctx, TABLET_PIN, this_tablet(ctx), ERR_PIN_LOCKED));
    TRY(merchants_find(ctx, &merchant));
    if (merchant.tablet_pin_hash.len == 0) return fail(ctx, ERR_PIN_NOT_SET, "no PIN");
    told->matches = password_matches(merchant.tablet_pin_hash, told->pin);
    return OK;
}

enum err
api_tablet_unlock(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct pin_try *told = parsed;
    struct str who = this_tablet(ctx);

    (void)reply;
    /* Again, in the writer: many guesses at once all passed the first check. */
    TRY(lockout_check(ctx, TABLET_PIN, who, ERR_PIN_LOCKED));
    if (told->matches) return lockout_clear(ctx, TABLET_PIN, who);
    enum err err = lockout_count(ctx, TABLET_PIN, who, ERR_PIN_WRONG, ERR_PIN_LOCKED);
    ctx->field = "pin";
    return err;
}

/* ---- what it shows ---- */

static enum err
put_promotions(struct ctx *ctx, struct json_out *out, program_id program)
{
    struct promotion *promotions;
    struct promotion_moment now;
    int count;

    TRY(promotions_find_moment(ctx, ctx->now_us, &now));
    TRY(promotions_list_running(ctx, &now, &promotions, &count));
    json_put_array(out, "promotions");
    for (int i = 0; i < count; i++) {
        if (promotions[i].program.v != program.v) continue;
        json_put_object(out, NULL);
        json_put_text(out, "name", promotions[i].name);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

/* Of those that can be earned in: what the claims of orders name. */
static enum err
put_programs(struct ctx *ctx, struct json_out *out)
{
    struct program *programs;
    int count;

    TRY(programs_list_rules(ctx, &programs, &count));
    json_put_array(out, "programs");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_program_fields(out, &programs[i]);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

/* null where there is none yet: customers can have their card all the same. */
static enum err
put_main_program(struct ctx *ctx, struct json_out *out)
{
    struct program program;

    enum err err = programs_find_rules(ctx, (program_id){0}, &program);
    if (err == ERR_PROGRAM_UNKNOWN) {
        json_put_null(out, "program");
        return put_promotions(ctx, out, (program_id){0});
    }
    TRY(err);
    json_put_object(out, "program");
    json_put_program_fields(out, &program);
    json_end_object(out);
    return put_promotions(ctx, out, program.active ? program.id : (program_id){0});
}

/* A tablet that no register was chosen for has no orders: they go strictly by register. */
static enum err
put_waiting_orders(struct ctx *ctx, struct json_out *out, const struct tablet *tablet)
{
    struct order *orders = NULL;
    int count = 0;

    if (tablet->reg.v != 0) TRY(orders_list_waiting(ctx, tablet->reg, &orders, &count));
    json_put_array(out, "orders");
    for (int i = 0; i < count; i++) {
        json_put_waiting_order(out, NULL, &orders[i]);
    }
    json_end_array(out);
    return OK;
}

enum err
api_tablet_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct session_request *request = parsed;
    struct json_out *out = &reply->out;
    struct merchant merchant;
    struct tablet tablet;
    int64_t seq;

    TRY(tablets_find(ctx, (tablet_id){ctx->actor.id}, &tablet));
    TRY(merchants_find(ctx, &merchant));
    TRY(merchants_read_seq(ctx, &seq));
    TRY(json_put_tablet(ctx, out, "tablet", &tablet));
    json_put_merchant(out, "merchant", &merchant, TABLET_FILES_PATH);
    TRY(put_main_program(ctx, out));
    TRY(put_programs(ctx, out));
    TRY(json_put_notice(ctx, out, merchant.language));
    json_put_text(out, "app_url", address_of_app(ctx, merchant.slug));
    json_put_bool(out, "pin_set", merchant.tablet_pin_hash.len > 0);
    TRY(put_waiting_orders(ctx, out, &tablet));
    json_put_time(out, "server_time", ctx->now_us);
    json_put_int(out, "seq", seq);
    json_put_text(out, "csrf_token", credentials_csrf(ctx->arena, request->token));
    return OK;
}

/* ---- claiming ---- */

enum err
api_tablet_claim_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct claim_request *request = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"order_id", JSON_FIELD_ID, &request->order.v, .required = true, .id_kind = ID_order},
        {"phone_number", JSON_FIELD_TEXT, &request->phone, .required = true, .max = 40},
        {"consent.notice_version", JSON_FIELD_TEXT, &request->notice_version, .max = 20},
        {"consent.language", JSON_FIELD_TEXT, &request->language, .max = 20},
        {"consent.card_link", JSON_FIELD_BOOL, &request->link_card},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (request->notice_version.len + request->language.len > 0 &&
        !notice_exists(request->notice_version, request->language)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "consent.notice_version");
    }
    return api_phone_parse(ctx, &request->phone, "phone_number");
}

enum err
api_tablet_claim(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct claim_request *request = parsed;
    struct claim_order order = {
        .order = request->order,
        .phone = request->phone,
        .notice_version = request->notice_version,
        .language = request->language,
        .link_card = request->link_card,
    };
    struct tablet tablet;
    struct claim claim;

    TRY(tablets_find(ctx, (tablet_id){ctx->actor.id}, &tablet));
    /* Register 0 would mean any. */
    if (tablet.reg.v == 0) return fail_field(ctx, ERR_ORDER_UNKNOWN, "order_id");
    order.reg = tablet.reg;
    TRY(api_phone_finish(ctx, &order.phone, "phone_number"));
    TRY(orders_claim(ctx, &order, &claim));
    json_put_object(&reply->out, "claim");
    json_put_claim_fields(&reply->out, &claim);
    /* Whoever has just given a number that nobody here had may open its card. Of any other number
     * a tablet cannot know who typed it. */
    if (claim.newcomer.v != 0) TRY(json_put_sign_in(ctx, &reply->out, claim.newcomer));
    reply->about = claim.newcomer;
    json_end_object(&reply->out);
    return OK;
}
