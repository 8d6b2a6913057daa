/* tablets_store — the rows of tablets.h. */
#pragma once
#include "base/hash.h"
#include "core/team/tablets.h"

MUST_USE enum err tablets_store_add(struct ctx *ctx, const struct tablet *tablet);
MUST_USE enum err tablets_store_find(struct ctx *ctx, tablet_id id, struct tablet *tablet);
MUST_USE enum err tablets_store_list(struct ctx *ctx, struct tablet **tablets, int *count);
/* Name, location and register. found is false when there is no such tablet. */
MUST_USE enum err tablets_store_change(struct ctx *ctx, const struct tablet *tablet, bool *found);
MUST_USE enum err tablets_store_remove(struct ctx *ctx, tablet_id id, bool *found);
MUST_USE enum err tablets_store_note_seen(struct ctx *ctx, tablet_id id, int64_t at_us);

MUST_USE enum err tablets_store_remove_codes(struct ctx *ctx, tablet_id id);
/* added is false when another tablet has this very code. */
MUST_USE enum err tablets_store_add_code(struct ctx *ctx, tablet_id id,
                                         const uint8_t hash[static HASH_LEN], int64_t expires_us,
                                         bool *added);
/* Uses a code up, whatever its age; id stays 0 when there is none. Fills ctx->merchant. */
MUST_USE enum err tablets_store_take_code(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                          tablet_id *id, int64_t *expires_us);
