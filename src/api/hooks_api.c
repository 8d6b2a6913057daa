/*
 * hooks_api — what POS vendors tell us. They have no session and no key: the signature over the
 * body says who they are, and is checked before anything is written.
 */
#include "api/addresses.h"
#include "api/handlers.h"

static struct str
url_of(struct ctx *ctx, const struct http_request *req)
{
    struct str base = address_of_server(ctx);

    return str_format(ctx->arena, "%.*s%.*s", STR_ARG(base), STR_ARG(req->path));
}

static enum err
parse_hook(struct ctx *ctx, const struct http_request *req, struct str vendor, struct hook *hook)
{
    hook->link = pos_link_find(vendor);
    ASSERT(hook->link);
    TRY(http_path_id(ctx, req, 0, ID_integration, &hook->integration.id.v));
    hook->delivery = (struct pos_delivery){
        .url = url_of(ctx, req),
        .signature = http_header(req, hook->link->signature_header),
        .body = req->body,
    };
    return OK;
}

API_PARSER(hook_feed)
{
    return parse_hook(ctx, req, STR("feed"), into);
}

API_PARSER(hook_square)
{
    return parse_hook(ctx, req, STR("square"), into);
}

/* Whose it is, whether it is really theirs, and what it says. */
enum err
api_hook_admit(struct ctx *ctx, void *parsed)
{
    struct hook *hook = parsed;

    TRY(integrations_find(ctx, hook->integration.id, &hook->integration));
    if (hook->integration.link != hook->link) {
        return fail(ctx, ERR_INTEGRATION_UNKNOWN, "another vendor's");
    }
    TRY(hook->link->read(ctx, hook->integration.secret, &hook->delivery, &hook->message));
    ctx->actor = (struct actor){.kind = ACTOR_POS, .id = hook->integration.id.v};
    return OK;
}

API_HANDLER(hook)
{
    const struct hook *hook = parsed;
    struct order order;

    TRY(orders_receive(ctx, &hook->integration, &hook->message, &order));
    /* Nothing for us, or a refund whose sale has not come yet: received all the same. */
    if (order.id.v == 0) return OK;
    json_put_object(&reply->out, "order");
    json_put_id(&reply->out, "id", ID_order, order.id.v);
    json_put_text(&reply->out, "status", order.status);
    json_end_object(&reply->out);
    return OK;
}
