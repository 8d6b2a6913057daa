/* see cookies.h */
#include "api/cookies.h"
#include "base/clock.h"
#include "base/settings.h"
#include "http/http.h"

/* Without TLS a browser would not send a Secure cookie back. */
static const char *
secure(const struct ctx *ctx)
{
    return str_starts(str_of(ctx->settings->public_url), STR("https:")) ? "; Secure" : "";
}

struct str
cookie_format(struct ctx *ctx, enum cookie cookie, struct str token, int64_t keep_us)
{
    const char *name = cookie == COOKIE_DEVICE ? HTTP_COOKIE_DEVICE : HTTP_COOKIE_SESSION;
    const char *path = cookie == COOKIE_DEVICE ? "/v2/tablet" : "/";

    return str_format(ctx->arena, "%s=%.*s; Path=%s; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name,
                      STR_ARG(token), path, (long long)(keep_us / CLOCK_SECOND_US), secure(ctx));
}
