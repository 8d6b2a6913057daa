/* bulk_store — the rows of bulk.h. For this module only. */
#pragma once
#include "core/directory/bulk.h"

MUST_USE enum err bulk_store_add(struct ctx *ctx, const struct bulk *bulk, struct str filter);
/* filter: as it is kept; "" when it is over. */
MUST_USE enum err bulk_store_find(struct ctx *ctx, bulk_id id, struct bulk *bulk,
                                  struct str *filter);
/* The one that is running or being undone; id 0: none. */
MUST_USE enum err bulk_store_find_running(struct ctx *ctx, struct bulk *bulk, struct str *filter);
MUST_USE enum err bulk_store_list(struct ctx *ctx, int max, struct bulk **list, int *count);
/* Moves it on from where `before` says it is; keeps its filter while it runs. */
MUST_USE enum err bulk_store_move(struct ctx *ctx, const struct bulk *before,
                                  const struct bulk *after, bool *moved);

MUST_USE enum err bulk_store_add_change(struct ctx *ctx, bulk_id id, customer_id customer);
MUST_USE enum err bulk_store_list_changes(struct ctx *ctx, bulk_id id, customer_id after, int max,
                                          customer_id **customers, int *count);

MUST_USE enum err bulk_store_read_piece(struct ctx *ctx, bulk_id id, int64_t number,
                                        struct str *piece, bool *found);
MUST_USE enum err bulk_store_put_piece(struct ctx *ctx, bulk_id id, int64_t number,
                                       struct str piece);
/* What is gathered for a workbook lies beside it, below 0. */
static inline int64_t
bulk_store_gathered(int64_t number)
{
    return -1 - number;
}
/* What was gathered for a workbook, at most so many pieces. */
MUST_USE enum err bulk_store_remove_gathered(struct ctx *ctx, bulk_id id, int max,
                                             int64_t *removed);
/* All pieces of the merchant's exports. */
MUST_USE enum err bulk_store_remove_pieces(struct ctx *ctx);
/* Those of exports older than this, at most so many. */
MUST_USE enum err bulk_store_remove_old_pieces(struct ctx *ctx, bulk_id before, int max,
                                               int64_t *removed);
/* No export has a file any more that is older than this. */
MUST_USE enum err bulk_store_empty_exports(struct ctx *ctx, bulk_id before);
MUST_USE enum err bulk_store_cancel_exports(struct ctx *ctx);
MUST_USE enum err bulk_store_remove_changes(struct ctx *ctx, bulk_id before, int max,
                                            int64_t *removed);
MUST_USE enum err bulk_store_remove_old(struct ctx *ctx, bulk_id before, int max, int64_t *removed);
