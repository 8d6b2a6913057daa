/* second_factor_store — the SQL of second_factor.h. */
#pragma once
#include "base/hash.h"
#include "core/team/second_factor.h"

struct second_factor_row {
    struct str secret_sealed;  /* empty: none is in use */
    struct str offered_sealed; /* empty: none is offered */
    int64_t last_step, since_us;
};
/* All empty when there is no row. */
MUST_USE enum err second_factor_store_find(struct ctx *ctx, team_member_id member,
                                           struct second_factor_row *row);
MUST_USE enum err second_factor_store_offer(struct ctx *ctx, team_member_id member,
                                            struct str sealed);
/* What was offered is in use, its code of this step used. */
MUST_USE enum err second_factor_store_confirm(struct ctx *ctx, team_member_id member, int64_t step);
/* False: the code of this step, or of a later one, was used meanwhile. */
MUST_USE enum err second_factor_store_use_step(struct ctx *ctx, team_member_id member, int64_t step,
                                               bool *used);
MUST_USE enum err second_factor_store_remove(struct ctx *ctx, team_member_id member);
MUST_USE enum err second_factor_store_list(struct ctx *ctx, team_member_id **members, int *count);

MUST_USE enum err second_factor_store_add_code(struct ctx *ctx, team_member_id member,
                                               const uint8_t hash[static HASH_LEN]);
/* False: there is no such code. */
MUST_USE enum err second_factor_store_use_code(struct ctx *ctx, team_member_id member,
                                               const uint8_t hash[static HASH_LEN], bool *used);
MUST_USE enum err second_factor_store_count_codes(struct ctx *ctx, team_member_id member,
                                                  int64_t *count);
MUST_USE enum err second_factor_store_remove_codes(struct ctx *ctx, team_member_id member);
