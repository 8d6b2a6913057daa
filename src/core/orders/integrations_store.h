/* integrations_store — the rows of integrations, in orders.h. */
#pragma once
#include "core/orders/orders.h"

MUST_USE enum err integrations_store_add(struct ctx *ctx, const struct integration *integration,
                                         struct str sealed);
/* By id alone: fills ctx->merchant, vendor and active. */
MUST_USE enum err integrations_store_find(struct ctx *ctx, integration_id id,
                                          struct integration *integration, struct str *sealed);
/* All of the merchant's, without their secrets. */
MUST_USE enum err integrations_store_list(struct ctx *ctx, struct integration **integrations,
                                          int *count);
/* The merchant's integration of a vendor, the oldest; 0: none. */
MUST_USE enum err integrations_store_match(struct ctx *ctx, struct str vendor, integration_id *id);
/* The location that an establishment is associated with; 0: none. Notes that it was seen. */
MUST_USE enum err integrations_store_see_establishment(struct ctx *ctx, integration_id id,
                                                       struct str establishment,
                                                       location_id *location);
MUST_USE enum err integrations_store_associate(struct ctx *ctx, integration_id id,
                                               struct str establishment, location_id location);
