/* merchants — the tenants, their locations, registers, tablets' configurations. */
#pragma once
#include "base/ctx.h"

struct merchant {
    merchant_id id;
    struct str name, currency, country, language, time_zone;
    int64_t created_us;
};
struct location {
    location_id id;
    struct str name, currency, country, language, time_zone;
    bool active;
    int64_t created_us;
};
struct shop_register {
    register_id id;
    location_id location;
    integration_id integration;
    struct str name, vendor_register;
    int64_t seen_us;
};

MUST_USE enum err merchants_add(struct ctx *ctx, struct merchant *merchant); /* fills id when 0 */
MUST_USE enum err
merchants_find(struct ctx *ctx,
               struct merchant *merchant); /* ctx->merchant. ERR_MERCHANT_UNKNOWN */
MUST_USE enum err merchants_list(struct ctx *ctx, struct merchant **merchants,
                                 int *count); /* all; for jobs and the command line */
/* The last merchant_seq of a committed change of ctx->merchant; 0: none yet. A screen that reads
 * its state and this in one snapshot misses nothing when it streams from there. */
MUST_USE enum err merchants_read_seq(struct ctx *ctx, int64_t *seq);
MUST_USE enum err locations_add(struct ctx *ctx, struct location *location);
MUST_USE enum err
locations_find(struct ctx *ctx, location_id id,
               struct location *location); /* 0: the first. ERR_LOCATION_UNKNOWN */
MUST_USE enum err locations_list(struct ctx *ctx, struct location **locations, int *count);
MUST_USE enum err registers_add(struct ctx *ctx, struct shop_register *reg);
MUST_USE enum err registers_find(struct ctx *ctx, register_id id,
                                 struct shop_register *reg); /* ERR_REGISTER_UNKNOWN */
/* The register with the vendor's id at this location; made when first seen (A10). */
MUST_USE enum err registers_see(struct ctx *ctx, integration_id integration, location_id location,
                                struct str vendor_register, register_id *id);
