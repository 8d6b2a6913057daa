/* merging — see merging.h. */
#include "core/orders/merging.h"
#include "core/loyalty/merging.h"
#include "core/orders/merging_store.h"
#include "db/db.h"
#include <inttypes.h>

enum err
orders_note_merge(struct ctx *ctx, merge_id merge, customer_id merged)
{
    int64_t count;

    ASSERT(db_in_tx(ctx->db));
    TRY(merged_orders_store_note(ctx, merge, merged, ORDERS_MERGED_MAX + 1, &count));
    if (count <= ORDERS_MERGED_MAX) return OK;
    return fail(ctx, ERR_MERGE_TOO_LARGE, "customer %" PRId64, merged.v);
}

enum err
orders_follow_merge(struct ctx *ctx, merge_id merge)
{
    struct account_pair *pairs;
    int count;

    ASSERT(db_in_tx(ctx->db));
    TRY(accounts_list_pairs(ctx, merge, &pairs, &count));
    for (int i = 0; i < count; i++) {
        TRY(merged_orders_store_move(ctx, merge, pairs[i].from, pairs[i].into));
    }
    return OK;
}

enum err
orders_unmerge(struct ctx *ctx, merge_id merge)
{
    struct account_pair *pairs;
    int count;

    ASSERT(db_in_tx(ctx->db));
    TRY(accounts_list_pairs(ctx, merge, &pairs, &count));
    for (int i = 0; i < count; i++) {
        TRY(merged_orders_store_move(ctx, merge, pairs[i].into, pairs[i].from));
    }
    return OK;
}
