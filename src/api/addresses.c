/* addresses — see addresses.h. */
#include "api/addresses.h"
#include "base/settings.h"

struct str
address_of_server(struct ctx *ctx)
{
    struct str base = str_of(ctx->settings->public_url);

    if (base.len == 0) base = str_format(ctx->arena, "http://%s", ctx->settings->listen);
    if (base.at[base.len - 1] == '/') base.len--;
    return base;
}

struct str
address_of_app(struct ctx *ctx, struct str slug)
{
    struct str server = address_of_server(ctx);

    return str_format(ctx->arena, "%.*s/app/%.*s/", STR_ARG(server), STR_ARG(slug));
}

struct str
address_of_sign_in(struct ctx *ctx, struct str slug, struct str token)
{
    struct str app = address_of_app(ctx, slug);

    return str_format(ctx->arena, "%.*s#in=%.*s", STR_ARG(app), STR_ARG(token));
}

struct str
address_of_password_page(struct ctx *ctx)
{
    struct str server = address_of_server(ctx);

    return str_format(ctx->arena, "%.*s/dashboard/password#", STR_ARG(server));
}
