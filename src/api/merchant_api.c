/* merchant_api — what a merchant sets about itself: its name, its address, its colour, its PIN. */
#include "api/addresses.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/hash.h"

enum { PIN_LEN_MIN = 4, PIN_LEN_MAX = 8, COLOR_LEN = 7 };

static void
put_merchant(struct ctx *ctx, struct json_out *out, const struct merchant *merchant)
{
    json_put_object(out, "merchant");
    json_put_merchant_fields(out, merchant, FILES_PATH);
    json_put_bool(out, "tablet_pin_set", merchant->tablet_pin_hash.len > 0);
    json_put_text(out, "app_url", address_of_app(ctx, merchant->slug));
    json_end_object(out);
}

enum err
api_merchant_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct merchant merchant;

    (void)parsed;
    TRY(merchants_find(ctx, &merchant));
    put_merchant(ctx, &reply->out, &merchant);
    return OK;
}

static bool
is_pin(struct str pin)
{
    if (pin.len < PIN_LEN_MIN || pin.len > PIN_LEN_MAX) return false;
    for (size_t i = 0; i < pin.len; i++) {
        if (pin.at[i] < '0' || pin.at[i] > '9') return false;
    }
    return true;
}

enum err
api_merchant_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct merchant_request *request = into;
    struct merchant_change *change = &request->change;
    /* clang-format off */
    const struct json_field fields[] = {
        {"merchant.name", JSON_FIELD_TEXT, &change->name, .min = 1, .max = 200},
        {"merchant.language", JSON_FIELD_TEXT, &change->language, .min = 2, .max = 20},
        {"merchant.time_zone", JSON_FIELD_TEXT, &change->time_zone, .min = 1, .max = 64},
        {"merchant.brand_color", JSON_FIELD_TEXT, &change->brand_color,
         .min = COLOR_LEN, .max = COLOR_LEN, .nulled = &change->without_color},
        {"merchant.slug", JSON_FIELD_TEXT, &change->slug, .min = 1, .max = 100},
        {"merchant.tablet_pin", JSON_FIELD_TEXT, &request->pin, .min = 1, .max = 100},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (request->pin.len > 0 && !is_pin(request->pin)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "merchant.tablet_pin");
    }
    return OK;
}

/* Slow on purpose, so off the HTTP threads and out of the writer. */
enum err
api_merchant_change_prepare(struct ctx *ctx, void *parsed)
{
    struct merchant_request *request = parsed;

    if (request->pin.len == 0) return OK;
    return password_hash(ctx->arena, request->pin, &request->change.tablet_pin_hash);
}

enum err
api_merchant_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct merchant_request *request = parsed;
    struct merchant merchant;

    enum err err = merchants_change(ctx, &request->change, &merchant);
    if (err != OK && ctx->field != NULL) {
        ctx->field = str_format(ctx->arena, "merchant.%s", ctx->field).at;
    }
    TRY(err);
    put_merchant(ctx, &reply->out, &merchant);
    return OK;
}
