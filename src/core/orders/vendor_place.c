/* vendor_place — see vendor_place.h. */
#include "core/orders/vendor_place.h"
#include "base/words.h"
#include "core/orders/api_orders.h"
#include "core/orders/integrations_store.h"
#include "core/team/places.h"
#include "db/write_lane.h"

/* One writer at a time works for a merchant, so that two who open it at once make one. */
static enum err
open_integration(struct ctx *ctx, struct str vendor, struct integration *integration)
{
    integration_id id;

    TRY(integrations_store_match(ctx, vendor, &id));
    if (id.v != 0) return integrations_find(ctx, id, integration);
    *integration = (struct integration){.vendor = vendor, .active = true};
    return integrations_add(ctx, integration);
}

static const char *
word_for(struct str vendor)
{
    if (str_is(vendor, STR(TILL_VENDOR))) return WORDS_KEY("till.register");
    ASSERT(str_is(vendor, STR(API_VENDOR)));
    return WORDS_KEY("api.register");
}

static enum err
make_register(struct ctx *ctx, struct str vendor, struct vendor_place *place)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    place->reg = (struct shop_register){
        .location = place->location.id,
        .integration = place->integration.id,
        .vendor_register = vendor,
        .name = words_text(ctx->arena, merchant.language, word_for(vendor), NULL, 0),
        .seen_us = ctx->now_us,
    };
    TRY(registers_add(ctx, &place->reg));
    TRY(integrations_associate(ctx, place->integration.id,
                               id_format(ctx->arena, ID_location, place->location.id.v),
                               place->location.id));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
vendor_place_open(struct ctx *ctx, struct str vendor, location_id location,
                  struct vendor_place *place)
{
    *place = (struct vendor_place){0};
    TRY(places_choose(ctx, &location));
    TRY(places_check(ctx, location));
    TRY(locations_find(ctx, location, &place->location));
    TRY(open_integration(ctx, vendor, &place->integration));
    TRY(registers_match(ctx, place->integration.id, place->location.id, vendor, &place->reg));
    return place->reg.id.v != 0 ? OK : make_register(ctx, vendor, place);
}
