/* integrations — a merchant's connections to POS vendors; see orders.h. */
#include "base/hash.h"
#include "base/settings.h"
#include "core/merchants/merchants.h"
#include "core/orders/integrations_store.h"
#include "core/orders/order_state.h"

/* A sealed secret opens in its own row only. */
static struct str
place_of(struct ctx *ctx, integration_id id)
{
    return str_format(ctx->arena, "integration %lld %lld", (long long)ctx->merchant.v,
                      (long long)id.v);
}

enum err
integrations_add(struct ctx *ctx, struct integration *integration)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(ctx->settings);
    integration->link = pos_link_find(integration->vendor);
    if (!integration->link) return fail_field(ctx, ERR_FIELD_VALUE, "vendor");
    if (integration->id.v == 0) integration->id.v = id_next(ctx);

    struct str sealed = seal(ctx->arena, ctx->settings->server_key, integration->secret,
                             place_of(ctx, integration->id));
    return integrations_store_add(ctx, integration, sealed);
}

enum err
integrations_find(struct ctx *ctx, integration_id id, struct integration *integration)
{
    struct str sealed;

    ASSERT(ctx->settings);
    TRY(integrations_store_find(ctx, id, integration, &sealed));
    if (!integration->active) return fail(ctx, ERR_INTEGRATION_INACTIVE, "switched off");
    integration->link = pos_link_find(integration->vendor);
    if (!integration->link) {
        return fail(ctx, ERR_INTEGRATION_UNKNOWN, "vendor %.*s", STR_ARG(integration->vendor));
    }
    enum err err = unseal(ctx->arena, ctx->settings->server_key, sealed, place_of(ctx, id),
                          &integration->secret);
    if (err == ERR_SECRET_UNREADABLE) return fail(ctx, err, "integration %lld", (long long)id.v);
    return err;
}

enum err
integrations_associate(struct ctx *ctx, integration_id id, struct str establishment,
                       location_id location)
{
    struct integration integration;
    struct location found;
    merchant_id merchant = ctx->merchant;
    struct str sealed;

    TRY(integrations_store_find(ctx, id, &integration, &sealed));
    if (ctx->merchant.v != merchant.v) {
        ctx->merchant = merchant;
        return fail(ctx, ERR_INTEGRATION_UNKNOWN, "another merchant's");
    }
    integration.link = pos_link_find(integration.vendor);
    if (!integration.link) return fail(ctx, ERR_INTEGRATION_UNKNOWN, "no such vendor");
    TRY(locations_find(ctx, location, &found));
    TRY(integrations_store_associate(ctx, id, establishment, found.id));
    return order_state_place_kept(ctx, &integration, establishment);
}
