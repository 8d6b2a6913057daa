/* holds_store — see ledger_store.h. Money set aside. */
#include "core/ledger/ledger_store.h"
#include "db/db.h"

DB_SQL(add_hold, "INSERT INTO ledger_hold"
                 "  (merchant_id, id, owner_id, book, unit, amount, state, created_us, expires_us)"
                 " VALUES ($1, $2, $3, $4, $5, $6, 'pending', $7, $8)"
                 " ON CONFLICT (merchant_id, id) DO NOTHING");

enum err
ledger_store_add_hold(struct ctx *ctx, const struct ledger_hold *hold, bool *added)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &add_hold,
                  DB_BIND(db_int(ctx->merchant.v), db_int(hold->id.v), db_int(hold->owner),
                          db_int(hold->book), db_int(hold->unit), db_int(hold->amount),
                          db_int(ctx->now_us), db_int(hold->expires_us)),
                  &changed));
    *added = changed == 1;
    return OK;
}

DB_SQL(find_hold, "SELECT owner_id, book, unit, amount, expires_us, state, posted, transfer_id"
                  "  FROM ledger_hold"
                  " WHERE merchant_id = $1 AND id = $2");

enum err
ledger_store_find_hold(struct ctx *ctx, hold_id id, struct ledger_hold_row *row)
{
    struct db_rows *rows =
        db_query(ctx, &find_hold, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *row = (struct ledger_hold_row){.hold = {.id = id}};
    if (db_next(rows)) {
        struct str state = db_col_text(rows, 5);

        row->hold.owner = db_col_int(rows, 0);
        row->hold.book = (enum ledger_book)db_col_int(rows, 1);
        row->hold.unit = db_col_int(rows, 2);
        row->hold.amount = db_col_int(rows, 3);
        row->hold.expires_us = db_col_int(rows, 4);
        row->state = str_is(state, STR("pending"))  ? HOLD_PENDING
                     : str_is(state, STR("posted")) ? HOLD_POSTED
                                                    : HOLD_VOIDED;
        row->posted = db_col_int(rows, 6);
        row->transfer.v = db_col_int(rows, 7);
        row->exists = true;
    }
    return db_done(rows);
}

DB_SQL(end_hold_posted, "UPDATE ledger_hold"
                        "   SET state = 'posted', posted = $3, transfer_id = $4"
                        " WHERE merchant_id = $1 AND id = $2 AND state = 'pending'"
                        "   AND amount >= $3 AND expires_us > $5");

enum err
ledger_store_end_hold_posted(struct ctx *ctx, const struct ledger_hold_posting *posting,
                             bool *ended)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &end_hold_posted,
                  DB_BIND(db_int(ctx->merchant.v), db_int(posting->hold.v), db_int(posting->amount),
                          db_int(posting->as.v), db_int(ctx->now_us)),
                  &changed));
    *ended = changed == 1;
    return OK;
}

DB_SQL(end_hold_voided, "UPDATE ledger_hold"
                        "   SET state = 'voided'"
                        " WHERE merchant_id = $1 AND id = $2 AND state = 'pending'");

enum err
ledger_store_end_hold_voided(struct ctx *ctx, hold_id id, bool *ended)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &end_hold_voided, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)), &changed));
    *ended = changed == 1;
    return OK;
}

/* Freeing is always possible; setting aside needs an open account with enough in it. */
DB_SQL(move_held, "UPDATE ledger_account"
                  "   SET held = held + $4"
                  " WHERE merchant_id = $1 AND owner_id = $2 AND book = $3"
                  "   AND expires_us = 0 AND lot_id = 0 AND unit = $5"
                  "   AND ($4 < 0 OR (closed = FALSE AND balance - held - $4 >= floor))");

enum err
ledger_store_move_held(struct ctx *ctx, const struct ledger_move *move, bool *moved)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &move_held,
                  DB_BIND(db_int(ctx->merchant.v), db_int(move->owner), db_int(move->book),
                          db_int(move->amount), db_int(move->unit)),
                  &changed));
    *moved = changed == 1;
    return OK;
}

DB_SQL(list_due_holds, "SELECT id"
                       "  FROM ledger_hold"
                       " WHERE merchant_id = $1 AND state = 'pending' AND expires_us <= $2"
                       " ORDER BY expires_us"
                       " LIMIT $3");

enum err
ledger_store_list_due_holds(struct ctx *ctx, int max, hold_id *ids, int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_due_holds, DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        ids[(*count)++].v = db_col_int(rows, 0);
    }
    return db_done(rows);
}
