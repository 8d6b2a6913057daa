/*
 * lots_store — see ledger_store.h. Open lots: what is left of each earning; rows of ledger_account
 * beside their account, with a lot_id.
 */
#include "core/ledger/ledger_store.h"
#include "core/ledger/moves.h"
#include "db/db.h"

/* A reward given up refills lots whose rows went when they were emptied. */
DB_SQL(fill_lot, "INSERT INTO ledger_account"
                 "  (merchant_id, owner_id, book, expires_us, lot_id, unit, balance, floor)"
                 " VALUES ($1, $2, 1, $3, $4, $6, $5, 0)"
                 " ON CONFLICT (merchant_id, owner_id, book, expires_us, lot_id)"
                 " DO UPDATE SET balance = ledger_account.balance + excluded.balance");

enum err
ledger_store_fill_lot(struct ctx *ctx, const struct ledger_line *line, int64_t unit)
{
    ASSERT(line->amount > 0);
    return db_exec(ctx, &fill_lot,
                   DB_BIND(db_int(ctx->merchant.v), db_int(line->owner), db_int(line->expires_us),
                           db_int(line->lot), db_int(line->amount), db_int(unit)));
}

DB_SQL(remove_lot, "DELETE FROM ledger_account"
                   " WHERE merchant_id = $1 AND owner_id = $2 AND book = 1"
                   "   AND expires_us = $3 AND lot_id = $4 AND balance = $5");

DB_SQL(shrink_lot, "UPDATE ledger_account"
                   "   SET balance = balance - $5"
                   " WHERE merchant_id = $1 AND owner_id = $2 AND book = 1"
                   "   AND expires_us = $3 AND lot_id = $4 AND balance > $5");

enum err
ledger_store_empty_lot(struct ctx *ctx, const struct ledger_line *line, bool *taken)
{
    int64_t changed = 0;

    ASSERT(line->amount < 0);
    /* All of a spending's lots but the last are emptied, so that is tried first. */
    TRY(db_change(ctx, &remove_lot,
                  DB_BIND(db_int(ctx->merchant.v), db_int(line->owner), db_int(line->expires_us),
                          db_int(line->lot), db_int(-line->amount)),
                  &changed));
    if (changed == 0) {
        TRY(db_change(ctx, &shrink_lot,
                      DB_BIND(db_int(ctx->merchant.v), db_int(line->owner),
                              db_int(line->expires_us), db_int(line->lot), db_int(-line->amount)),
                      &changed));
    }
    *taken = changed == 1;
    return OK;
}

/* Reads rows of (owner, expiry, lot, remaining). */
static enum err
read_lots(struct db_rows *rows, struct ledger_line *lots, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        lots[(*count)++] = (struct ledger_line){
            .owner = db_col_int(rows, 0),
            .book = BOOK_POINTS,
            .expires_us = db_col_int(rows, 1),
            .lot = db_col_int(rows, 2),
            .amount = db_col_int(rows, 3),
        };
    }
    return db_done(rows);
}

DB_SQL(list_lots, "SELECT owner_id, expires_us, lot_id, balance"
                  "  FROM ledger_account"
                  " WHERE merchant_id = $1 AND owner_id = $2 AND book = 1"
                  "   AND (expires_us, lot_id) > ($3, $4)"
                  " ORDER BY expires_us, lot_id"
                  " LIMIT $5");

enum err
ledger_store_list_lots(struct ctx *ctx, const struct ledger_line *after, int max,
                       struct ledger_line *lots, int *count)
{
    return read_lots(db_query(ctx, &list_lots,
                              DB_BIND(db_int(ctx->merchant.v), db_int(after->owner),
                                      db_int(after->expires_us), db_int(after->lot), db_int(max))),
                     lots, count);
}

/* A lot's id is that of the transfer which made it, and that transfer's line knows its expiry; the
 * account it was made on may have been merged into this one since. */
DB_SQL(find_lot, "SELECT l.owner_id, l.expires_us, l.lot_id, l.balance"
                 "  FROM ledger_line AS n"
                 "  JOIN ledger_account AS l"
                 "    ON l.merchant_id = n.merchant_id AND l.owner_id = $2"
                 "   AND l.book = 1 AND l.expires_us = n.expires_us AND l.lot_id = n.lot_id"
                 " WHERE n.merchant_id = $1 AND n.transfer_id = $3 AND n.lot_id = $3"
                 " LIMIT 1");

enum err
ledger_store_find_lot(struct ctx *ctx, int64_t owner, int64_t lot, struct ledger_line *found,
                      bool *exists)
{
    int count;

    TRY(read_lots(
        db_query(ctx, &find_lot, DB_BIND(db_int(ctx->merchant.v), db_int(owner), db_int(lot))),
        found, &count));
    *exists = count == 1;
    return OK;
}

/* The last conditions repeat ledger_lot_by_expiry's, or the engines would not use it. */
DB_SQL(list_due, "SELECT owner_id, expires_us, lot_id, balance"
                 "  FROM ledger_account"
                 " WHERE merchant_id = $1 AND expires_us <= $2"
                 "   AND expires_us > 0 AND expires_us < 9223372036854775807"
                 " ORDER BY expires_us, owner_id, lot_id"
                 " LIMIT $3");

DB_SQL(list_due_of, "SELECT owner_id, expires_us, lot_id, balance"
                    "  FROM ledger_account"
                    " WHERE merchant_id = $1 AND owner_id = $4 AND book = 1"
                    "   AND expires_us > 0 AND expires_us <= $2"
                    " ORDER BY expires_us, lot_id"
                    " LIMIT $3");

enum err
ledger_store_list_due(struct ctx *ctx, int64_t owner, int max, struct ledger_line *lots, int *count)
{
    if (owner == 0) {
        return read_lots(
            db_query(ctx, &list_due,
                     DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(max))),
            lots, count);
    }
    return read_lots(
        db_query(ctx, &list_due_of,
                 DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(max), db_int(owner))),
        lots, count);
}

DB_SQL(list_made, "SELECT l.expires_us, l.lot_id, l.balance, n.owner_id"
                  "  FROM ledger_account AS l"
                  "  JOIN ledger_line AS n"
                  "    ON n.merchant_id = l.merchant_id AND n.transfer_id = l.lot_id"
                  "   AND n.lot_id = l.lot_id"
                  " WHERE l.merchant_id = $1 AND l.owner_id = $2 AND l.book = 1"
                  "   AND (l.expires_us, l.lot_id) > ($3, $4)"
                  " ORDER BY l.expires_us, l.lot_id"
                  " LIMIT $5");

enum err
ledger_store_list_made(struct ctx *ctx, const struct ledger_line *after, int max,
                       struct ledger_lot *lots, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_made,
                 DB_BIND(db_int(ctx->merchant.v), db_int(after->owner), db_int(after->expires_us),
                         db_int(after->lot), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        lots[(*count)++] = (struct ledger_lot){
            .line = {.owner = after->owner,
                     .book = BOOK_POINTS,
                     .expires_us = db_col_int(rows, 0),
                     .lot = db_col_int(rows, 1),
                     .amount = db_col_int(rows, 2)},
            .made_on = {db_col_int(rows, 3)},
        };
    }
    return db_done(rows);
}

DB_SQL(add_lifetime, "INSERT INTO ledger_lifetime (merchant_id, owner_id, move_id, amount)"
                     " VALUES ($1, $2, $3, $4)");

enum err
ledger_store_add_lifetime(struct ctx *ctx, int64_t owner, int64_t move, int64_t amount)
{
    return db_exec(ctx, &add_lifetime,
                   DB_BIND(db_int(ctx->merchant.v), db_int(owner), db_int(move), db_int(amount)));
}

DB_SQL(list_deadlines, "SELECT expires_us, CAST(SUM(balance) AS BIGINT)"
                       "  FROM ledger_account"
                       " WHERE merchant_id = $1 AND owner_id = $2 AND book = 1"
                       "   AND expires_us > 0 AND expires_us < 9223372036854775807"
                       " GROUP BY expires_us"
                       " ORDER BY expires_us"
                       " LIMIT $3");

enum err
ledger_store_list_deadlines(struct ctx *ctx, int64_t owner, int max,
                            struct ledger_deadline *deadlines, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_deadlines,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(owner), db_int(max)));

    *count = 0;
    while (db_next(rows)) {
        deadlines[(*count)++] = (struct ledger_deadline){
            .expires_us = db_col_int(rows, 0),
            .points = db_col_int(rows, 1),
        };
    }
    return db_done(rows);
}
