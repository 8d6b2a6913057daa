/*
 * vendor_place — where the vendors of our own stand: an integration, and a register at each
 * location, made when they are first used. For this module only.
 */
#pragma once
#include "core/merchants/merchants.h"
#include "core/orders/orders.h"

struct vendor_place {
    struct integration integration;
    struct location location;
    struct shop_register reg;
};
/*
 * Opens a vendor's place at a location (0: the first where ctx->actor works). The register is
 * called by the word "<vendor>.register" of the merchant's language.
 * Within:   a write batch
 * Repeat:   harmless: it is the same place
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_LOCATION_FORBIDDEN, ERR_INTEGRATION_INACTIVE
 */
MUST_USE enum err vendor_place_open(struct ctx *ctx, struct str vendor, location_id location,
                                    struct vendor_place *place);
