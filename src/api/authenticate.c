/* authenticate — who asks: the token is looked up, and the page's CSRF token with a cookie. */
#include "api/handlers.h"

/* A customer of one shop is nobody at another, whatever cookie a page there is sent. */
static enum err
check_shop(struct ctx *ctx, struct str shop)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (str_is(merchant.slug, shop)) return OK;
    ctx->merchant = (merchant_id){0};
    ctx->actor = (struct actor){0};
    return fail(ctx, ERR_UNAUTHENTICATED, "another shop's customer");
}

enum err
api_authenticate(struct ctx *ctx, struct http_auth *auth)
{
    if (auth->token.len == 0) return fail(ctx, ERR_UNAUTHENTICATED, "no token");
    /* A page elsewhere can make a browser send its cookie, but not a header. */
    bool may_be_forged = auth->from_cookie && auth->changes;

    TRY(credentials_check(ctx, auth->token, auth->csrf,
                          may_be_forged ? CSRF_CHECKED : CSRF_IGNORED));
    if (auth->shop.len > 0 && ctx->actor.kind == ACTOR_CUSTOMER) {
        TRY(check_shop(ctx, auth->shop));
    }
    if (ctx->actor.session != 0) {
        write_lane_note(auth->lane, NOTE_SESSION_USED, ctx->merchant, ctx->actor.session,
                        ctx->now_us);
    } else {
        write_lane_note(auth->lane, NOTE_CREDENTIAL_USED, ctx->merchant, ctx->actor.id,
                        ctx->now_us);
    }
    if (ctx->actor.kind == ACTOR_TABLET) {
        write_lane_note(auth->lane, NOTE_TABLET_SEEN, ctx->merchant, ctx->actor.id, ctx->now_us);
    }
    return OK;
}
