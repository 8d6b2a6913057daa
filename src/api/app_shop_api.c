/* app_shop_api — what anybody sees of a shop in the customers' app, before they sign in. */
#include "api/app_handlers.h"
#include "api/app_shapes.h"
#include "api/fields.h"
#include "api/shapes.h"
#include "base/settings.h"

/* As web/shared/tokens.css has them: what shows while the app opens. */
#define PAPER STR("#f8f2e7")
enum { LANGUAGE_LEN_MAX = 20 };

enum err
api_shop_admit(struct ctx *ctx, void *parsed)
{
    const struct str *shop = parsed;
    struct merchant merchant;

    TRY(merchants_find_by_slug(ctx, *shop, &merchant));
    ctx->merchant = merchant.id;
    return OK;
}

enum err
api_app_visit_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"language"};
    struct shop_visit *visit = into;

    visit->shop = req->segment[0];
    TRY(api_query_only(ctx, req, API_NAMES(names)));
    visit->language = http_query(ctx, req, "language");
    if (visit->language.len <= LANGUAGE_LEN_MAX) return OK;
    return fail_field(ctx, ERR_FIELD_TOO_LONG, "language");
}

enum err
api_app_file_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct shop_visit *visit = into;

    visit->shop = req->segment[0];
    return http_path_id(ctx, req, 1, ID_file, &visit->file.v);
}

static void
put_channels(struct ctx *ctx, struct json_out *out)
{
    json_put_array(out, "channels");
    if (outbox_has_channel(ctx->settings, OUTBOX_SMS)) {
        json_put_text(out, NULL, str_of(outbox_channel_name(OUTBOX_SMS)));
    }
    if (outbox_has_channel(ctx->settings, OUTBOX_EMAIL)) {
        json_put_text(out, NULL, str_of(outbox_channel_name(OUTBOX_EMAIL)));
    }
    json_end_array(out);
}

/* One that is not offered at the moment may be one that is still being thought of. */
static enum err
put_programs(struct ctx *ctx, struct json_out *out, struct str currency)
{
    struct program *programs;
    int count;

    TRY(programs_list(ctx, &programs, &count));
    json_put_array(out, "programs");
    for (int i = 0; i < count; i++) {
        if (!programs[i].active) continue;
        json_put_app_program(out, NULL, &programs[i], currency);
    }
    json_end_array(out);
    return OK;
}

static const char *
path_of(struct ctx *ctx, const char *before, struct str slug, const char *behind)
{
    return str_format(ctx->arena, "%s%.*s%s", before, STR_ARG(slug), behind).at;
}

enum err
api_app_shop_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct shop_visit *visit = parsed;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    struct str language = visit->language.len > 0 ? visit->language : merchant.language;
    json_put_merchant(&reply->out, "merchant", &merchant,
                      path_of(ctx, "/v2/app/", merchant.slug, "/files"));
    TRY(put_programs(ctx, &reply->out, merchant.currency));
    TRY(json_put_notice(ctx, &reply->out, language));
    put_channels(ctx, &reply->out);
    json_put_bool(&reply->out, "demo", ctx->settings->demo != 0);
    return OK;
}

/* Of a merchant's files the logo alone is for everybody. */
enum err
api_app_file_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct shop_visit *visit = parsed;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (merchant.logo.v != visit->file.v) return fail(ctx, ERR_FILE_UNKNOWN, "not the logo");
    return api_file_show(ctx, &visit->file.v, reply);
}

/* ---- the app on a telephone's home screen ---- */

static void
put_icon(struct json_out *out, const char *src, const char *sizes, const char *purpose)
{
    json_put_object(out, NULL);
    json_put_text(out, "src", str_of(src));
    json_put_text(out, "sizes", str_of(sizes));
    json_put_text(out, "type", STR("image/png"));
    json_put_text(out, "purpose", str_of(purpose));
    json_end_object(out);
}

static void
put_manifest(struct ctx *ctx, struct json_out *out, const struct merchant *merchant)
{
    struct str place = str_of(path_of(ctx, "/app/", merchant->slug, "/"));
    bool has_color = merchant->brand_color.len > 0;

    json_put_object(out, NULL);
    json_put_text(out, "id", place);
    json_put_text(out, "name", merchant->name);
    json_put_text(out, "short_name", merchant->name);
    json_put_text(out, "lang", merchant->language);
    json_put_text(out, "start_url", place);
    json_put_text(out, "scope", place);
    json_put_text(out, "display", STR("standalone"));
    json_put_text(out, "background_color", PAPER);
    json_put_text(out, "theme_color", has_color ? merchant->brand_color : PAPER);
    json_put_array(out, "icons");
    put_icon(out, "/app/icon-192.png", "192x192", "any");
    put_icon(out, "/app/icon-512.png", "512x512", "any");
    put_icon(out, "/app/maskable-512.png", "512x512", "maskable");
    json_end_array(out);
    json_end_object(out);
}

enum err
api_app_manifest(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct merchant merchant;
    struct json_out out;

    (void)parsed;
    TRY(merchants_find(ctx, &merchant));
    json_out_open(&out, ctx->arena);
    put_manifest(ctx, &out, &merchant);
    reply->raw = true;
    reply->body_type = "application/manifest+json";
    reply->body_text = json_out_text(&out);
    return OK;
}
