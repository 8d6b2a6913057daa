/* merchants_store — the rows of merchants.h. */
#pragma once
#include "core/merchants/merchants.h"

MUST_USE enum err merchants_store_add(struct ctx *ctx, const struct merchant *merchant);
MUST_USE enum err merchants_store_find(struct ctx *ctx, struct merchant *merchant);
/* merchant->id stays as it is when there is none. */
MUST_USE enum err merchants_store_find_by_slug(struct ctx *ctx, struct str slug,
                                               struct merchant *merchant);
/* All that merchants_change can change. */
MUST_USE enum err merchants_store_change(struct ctx *ctx, const struct merchant *merchant);
MUST_USE enum err merchants_store_change_logo(struct ctx *ctx, file_id logo);
MUST_USE enum err merchants_store_list(struct ctx *ctx, struct merchant **merchants, int *count);
MUST_USE enum err merchants_store_read_seq(struct ctx *ctx, int64_t *seq);

MUST_USE enum err merchants_store_add_location(struct ctx *ctx, const struct location *location);
/* id 0: the first. */
MUST_USE enum err merchants_store_find_location(struct ctx *ctx, location_id id,
                                                struct location *location);
MUST_USE enum err merchants_store_list_locations(struct ctx *ctx, struct location **locations,
                                                 int *count);

/* added is false when the location has this register already. */
MUST_USE enum err merchants_store_add_register(struct ctx *ctx, const struct shop_register *reg,
                                               bool *added);
MUST_USE enum err merchants_store_find_register(struct ctx *ctx, register_id id,
                                                struct shop_register *reg);
MUST_USE enum err merchants_store_list_registers(struct ctx *ctx, struct shop_register **registers,
                                                 int *count);
/* By integration, location and vendor_register; reg->id stays 0 when there is none. */
MUST_USE enum err merchants_store_match_register(struct ctx *ctx, struct shop_register *reg);
MUST_USE enum err merchants_store_note_register_seen(struct ctx *ctx, register_id id,
                                                     int64_t at_us);
