/* promotions_store — the SQL of promotions. For this module only. */
#pragma once
#include "core/loyalty/promotions.h"

MUST_USE enum err promotions_store_add(struct ctx *ctx, const struct promotion *promotion);
MUST_USE enum err promotions_store_cancel(struct ctx *ctx, promotion_id id);

/* Those below give promotions without what has to be bought, which is read by the last. */
/* id 0 in *promotion when there is none. */
MUST_USE enum err promotions_store_find(struct ctx *ctx, promotion_id id,
                                        struct promotion *promotion);
struct promotions_at {
    program_id program;
    int64_t at_us; /* not canceled by then */
    int64_t day;   /* not over on it, of zone.h */
};
/* The oldest first, at most max. */
MUST_USE enum err promotions_store_list_open(struct ctx *ctx, const struct promotions_at *at,
                                             int max, struct promotion **promotions, int *count);
/* Of all programs (the one in *at is not looked at), the oldest first; and what has to be bought.
 */
MUST_USE enum err promotions_store_list_all_open(struct ctx *ctx, const struct promotions_at *at,
                                                 int max, struct promotion **promotions,
                                                 int *count);
MUST_USE enum err promotions_store_list_all_scopes(struct ctx *ctx, const struct promotions_at *at,
                                                   struct promotion *promotions, int count);
/* Newest first, those made before one (0: from the newest on); at most max. */
MUST_USE enum err promotions_store_list(struct ctx *ctx, program_id program, int64_t before,
                                        int max, struct promotion **promotions, int *count);
MUST_USE enum err promotions_store_list_scope(struct ctx *ctx, struct promotion *promotion);
