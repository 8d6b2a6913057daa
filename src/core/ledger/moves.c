/* moves — see moves.h. */
#include "core/ledger/moves.h"
#include "core/ledger/ledger_store.h"
#include "db/db.h"

enum err
ledger_list_lots(struct ctx *ctx, const struct ledger_line *after, int max,
                 struct ledger_lot **lots, int *count)
{
    ASSERT(max > 0);
    ASSERT(max <= LEDGER_LOTS_MAX);
    *lots = ARENA_ARRAY(ctx->arena, struct ledger_lot, (size_t)max);
    return ledger_store_list_made(ctx, after, max, *lots, count);
}

enum err
ledger_move_lifetime(struct ctx *ctx, const struct ledger_lifetime_move *move)
{
    int64_t id = id_next(ctx);

    ASSERT(db_in_tx(ctx->db));
    ASSERT(move->lifetime >= 0);
    if (move->carry == 0 && move->lifetime == 0) return OK;
    TRY(ledger_note_earning(ctx, move->from, -move->carry, -move->lifetime));
    TRY(ledger_note_earning(ctx, move->into, move->carry, move->lifetime));
    if (move->lifetime == 0) return OK;
    TRY(ledger_store_add_lifetime(ctx, move->from.v, id, -move->lifetime));
    return ledger_store_add_lifetime(ctx, move->into.v, id, move->lifetime);
}
