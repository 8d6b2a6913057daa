/*
 * merchants — the tenants, their locations, and the registers (tills) that orders come from.
 *
 * Everything below a merchant is found through ctx->merchant; what another merchant has is
 * unknown. A register is the vendor's: one till of one location, as a POS integration names it,
 * learned from the orders that come.
 */
#pragma once
#include "base/ctx.h"

struct merchant {
    merchant_id id;
    struct str name, currency, country, language, time_zone; /* "EUR", "FR", "fr", "Europe/Paris" */
    struct str slug;        /* "le-fournil", in addresses: see slugs.h; no two merchants have one */
    struct str brand_color; /* "#8a3b12"; empty: ours */
    /* Of password_hash(): what lets staff out of the tablet's screen; empty: none chosen. */
    struct str tablet_pin_hash;
    file_id logo;                /* 0: none; merchants_add does not look at it, nor at the next */
    bool second_factor_required; /* of everybody who works there: see team/second_factor.h */
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
    struct str name, vendor_register; /* what we call it; the vendor's id of it */
    struct str vendor;                /* whose it is: "square"; filled by registers_list alone */
    int64_t seen_us;                  /* its last order, to the minute */
};

/*
 * Fills id and created_us when 0, and slug when empty: made from the name, with a number when
 * another merchant has that one. Does not change ctx->merchant.
 * Within:   a transaction
 * Errors:   ERR_DB_CONSTRAINT   the slug is another's
 */
MUST_USE enum err merchants_add(struct ctx *ctx, struct merchant *merchant);
/* ctx->merchant itself. Errors: ERR_MERCHANT_UNKNOWN */
MUST_USE enum err merchants_find(struct ctx *ctx, struct merchant *merchant);
/* Whose slug it is. Does not change ctx->merchant, which may be any. Errors: ERR_MERCHANT_UNKNOWN
 */
MUST_USE enum err merchants_find_by_slug(struct ctx *ctx, struct str slug,
                                         struct merchant *merchant);
/* What is to become of ctx->merchant; an empty text leaves what there is. */
struct merchant_change {
    struct str name, language, time_zone, brand_color, slug, tablet_pin_hash;
    bool without_color; /* back to our colour */
    bool changes_second_factor, second_factor_required;
};
/*
 * Changes ctx->merchant, and gives it as it is now. Those who look at it are told.
 * Within:   a transaction with a batch
 * Repeat:   harmless
 * Errors:   ERR_MERCHANT_UNKNOWN
 *           ERR_FIELD_VALUE   with the field: an empty name; not a language that the server
 *                             writes in, a zone of the tz database, "#" and six small
 *                             hexadecimal digits, a valid slug
 *           ERR_SLUG_TAKEN
 */
MUST_USE enum err merchants_change(struct ctx *ctx, const struct merchant_change *change,
                                   struct merchant *merchant);
/* A file of its own, or 0: none. Within: a transaction. Errors: ERR_MERCHANT_UNKNOWN */
MUST_USE enum err merchants_change_logo(struct ctx *ctx, file_id logo);
/* All there are; for jobs and the command line. */
MUST_USE enum err merchants_list(struct ctx *ctx, struct merchant **merchants, int *count);
/* The last merchant_seq of a committed change of ctx->merchant; 0: none yet. A screen that reads
 * its state and this in one snapshot misses nothing when it streams from there. */
MUST_USE enum err merchants_read_seq(struct ctx *ctx, int64_t *seq);

/* Fills id and created_us when 0. Within: a transaction. */
MUST_USE enum err locations_add(struct ctx *ctx, struct location *location);
/* id 0: the merchant's first. Errors: ERR_LOCATION_UNKNOWN */
MUST_USE enum err locations_find(struct ctx *ctx, location_id id, struct location *location);
/* All of ctx->merchant, oldest first. */
MUST_USE enum err locations_list(struct ctx *ctx, struct location **locations, int *count);

/* Fills id when 0. Within: a transaction. Errors: ERR_DB_CONSTRAINT   the location has this one */
MUST_USE enum err registers_add(struct ctx *ctx, struct shop_register *reg);
/* Errors: ERR_REGISTER_UNKNOWN */
MUST_USE enum err registers_find(struct ctx *ctx, register_id id, struct shop_register *reg);
/* All of ctx->merchant, oldest first. */
MUST_USE enum err registers_list(struct ctx *ctx, struct shop_register **registers, int *count);
/* The register with the vendor's id at this location; id 0: there is none. */
MUST_USE enum err registers_match(struct ctx *ctx, integration_id integration, location_id location,
                                  struct str vendor_register, struct shop_register *reg);
/*
 * The register with the vendor's id at this location, made when first seen; notes when it was.
 * Within: a transaction. Repeat: harmless.
 */
MUST_USE enum err registers_see(struct ctx *ctx, integration_id integration, location_id location,
                                struct str vendor_register, register_id *id);
