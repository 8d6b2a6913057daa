/* pins_store — the SQL of pins.h. */
#pragma once
#include "base/hash.h"
#include "core/team/pins.h"

/* id 0: nobody's. */
MUST_USE enum err pins_store_find(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                  team_member_id *id);
/* hash_len 0: none any more. */
MUST_USE enum err pins_store_change(struct ctx *ctx, team_member_id id, const uint8_t *hash,
                                    size_t hash_len);
/* serving 0: who signed in. */
MUST_USE enum err pins_store_serve(struct ctx *ctx, const uint8_t token_hash[static HASH_LEN],
                                   team_member_id serving);
