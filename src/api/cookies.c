/* see cookies.h */
#include "api/cookies.h"
#include "base/clock.h"
#include "base/settings.h"
#include "core/merchants/slugs.h"
#include "http/http.h"

/* Without TLS a browser would not send a Secure cookie back. */
static const char *
secure(const struct ctx *ctx)
{
    return str_starts(str_of(ctx->settings->public_url), STR("https:")) ? "; Secure" : "";
}

static struct str
format(struct ctx *ctx, const char *name, const char *path, struct str token, int64_t keep_us)
{
    return str_format(ctx->arena, "%s=%.*s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name,
                      STR_ARG(token), path, (long long)(keep_us / CLOCK_SECOND_US), secure(ctx));
}

struct str
cookie_format(struct ctx *ctx, enum cookie cookie, struct str token, int64_t keep_us)
{
    if (cookie == COOKIE_DEVICE) {
        return format(ctx, HTTP_COOKIE_DEVICE, "/v2/tablet", token, keep_us);
    }
    return format(ctx, HTTP_COOKIE_SESSION, "/", token, keep_us);
}

struct str
cookie_format_customer(struct ctx *ctx, struct str slug, struct str token, int64_t keep_us)
{
    const char *path = str_format(ctx->arena, "/v2/app/%.*s", STR_ARG(slug)).at;

    ASSERT(slug_is_valid(slug)); /* or it could say where else the cookie goes */
    return format(ctx, HTTP_COOKIE_CUSTOMER, path, token, keep_us);
}
