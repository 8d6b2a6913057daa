/* authenticate — who asks: the token is looked up, and the page's CSRF token with a cookie. */
#include "api/handlers.h"

enum err
api_authenticate(struct ctx *ctx, struct http_auth *auth)
{
    if (auth->token.len == 0) return fail(ctx, ERR_UNAUTHENTICATED, "no token");
    return credentials_check(ctx, auth->token, auth->csrf, auth->from_cookie && auth->changes);
}
