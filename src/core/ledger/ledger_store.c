/* ledger_store — see ledger_store.h. Accounts, transfers and lines. */
#include "core/ledger/ledger_store.h"
#include "db/db.h"
#include <string.h>

DB_SQL(add_account, "INSERT INTO ledger_account (merchant_id, owner_id, book, unit, floor)"
                    " VALUES ($1, $2, $3, $4, $5)"
                    " ON CONFLICT (merchant_id, owner_id, book, expires_us, lot_id) DO NOTHING");

enum err
ledger_store_add_account(struct ctx *ctx, int64_t owner, enum ledger_book book, int64_t unit,
                         int64_t floor)
{
    return db_exec(
        ctx, &add_account,
        DB_BIND(db_int(ctx->merchant.v), db_int(owner), db_int(book), db_int(unit), db_int(floor)));
}

DB_SQL(find_account, "SELECT unit, balance, held, carry, lifetime, floor, closed"
                     "  FROM ledger_account"
                     " WHERE merchant_id = $1 AND owner_id = $2 AND book = $3"
                     "   AND expires_us = 0 AND lot_id = 0");

enum err
ledger_store_find_account(struct ctx *ctx, int64_t owner, enum ledger_book book,
                          struct ledger_account *account)
{
    struct db_rows *rows =
        db_query(ctx, &find_account, DB_BIND(db_int(ctx->merchant.v), db_int(owner), db_int(book)));

    *account = (struct ledger_account){0};
    if (db_next(rows)) {
        *account = (struct ledger_account){
            .unit = db_col_int(rows, 0),
            .balance = db_col_int(rows, 1),
            .held = db_col_int(rows, 2),
            .carry = db_col_int(rows, 3),
            .lifetime = db_col_int(rows, 4),
            .floor = db_col_int(rows, 5),
            .closed = db_col_bool(rows, 6),
            .exists = true,
        };
    }
    return db_done(rows);
}

/*
 * The floor is checked by the database, in the same statement that moves the balance, so that two
 * tills spending the last points at once cannot both succeed. There is no SELECT … FOR UPDATE to do
 * it with: SQLite has none.
 */
DB_SQL(move_balance, "UPDATE ledger_account"
                     "   SET balance = balance + $4, carry = carry + $6, lifetime = lifetime + $7,"
                     "       last_event_id = CASE WHEN $8 = 0 THEN last_event_id ELSE $8 END"
                     " WHERE merchant_id = $1 AND owner_id = $2 AND book = $3"
                     "   AND expires_us = 0 AND lot_id = 0 AND unit = $5 AND closed = FALSE"
                     "   AND balance + $4 - held >= floor"
                     "   AND balance + $4 <= CASE book WHEN 2 THEN 0 ELSE 1000000000000000 END");

enum err
ledger_store_move(struct ctx *ctx, const struct ledger_move *move, bool *moved)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &move_balance,
                  DB_BIND(db_int(ctx->merchant.v), db_int(move->owner), db_int(move->book),
                          db_int(move->amount), db_int(move->unit), db_int(move->carry_added),
                          db_int(move->lifetime_added), db_int(move->last_event)),
                  &changed));
    *moved = changed == 1;
    return OK;
}

DB_SQL(note_earning, "UPDATE ledger_account"
                     "   SET carry = carry + $3, lifetime = lifetime + $4"
                     " WHERE merchant_id = $1 AND owner_id = $2 AND book = 1"
                     "   AND expires_us = 0 AND lot_id = 0");

enum err
ledger_store_note(struct ctx *ctx, int64_t owner, int64_t carry_added, int64_t lifetime_added,
                  bool *noted)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &note_earning,
                  DB_BIND(db_int(ctx->merchant.v), db_int(owner), db_int(carry_added),
                          db_int(lifetime_added)),
                  &changed));
    *noted = changed == 1;
    return OK;
}

DB_SQL(add_transfer, "INSERT INTO ledger_transfer (merchant_id, id, seq, unit, reason, at_us)"
                     " VALUES ($1, $2, $3, $4, $5, $6)"
                     " ON CONFLICT (merchant_id, id) DO NOTHING");

enum err
ledger_store_add_transfer(struct ctx *ctx, const struct ledger_transfer *transfer, bool *added)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &add_transfer,
                  DB_BIND(db_int(ctx->merchant.v), db_int(transfer->id.v), db_int(transfer->seq),
                          db_int(transfer->unit), db_int(transfer->reason), db_int(ctx->now_us)),
                  &changed));
    *added = changed == 1;
    return OK;
}

DB_SQL(find_transfer, "SELECT seq, unit, reason"
                      "  FROM ledger_transfer"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
ledger_store_find_transfer(struct ctx *ctx, transfer_id id, struct ledger_posted *posted)
{
    struct db_rows *rows =
        db_query(ctx, &find_transfer, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *posted = (struct ledger_posted){0};
    if (db_next(rows)) {
        posted->seq = db_col_int(rows, 0);
        posted->unit = db_col_int(rows, 1);
        posted->reason = (enum ledger_reason)db_col_int(rows, 2);
        posted->exists = true;
    }
    return db_done(rows);
}

DB_SQL(add_line, "INSERT INTO ledger_line"
                 "  (merchant_id, transfer_id, line, owner_id, book, amount, lot_id, expires_us)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

/* Nearly every transfer has two lines, and a statement costs more than a row. */
DB_SQL(add_two_lines,
       "INSERT INTO ledger_line"
       "  (merchant_id, transfer_id, line, owner_id, book, amount, lot_id, expires_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8),"
       "        ($1, $2, $9, $10, $11, $12, $13, $14)");

/* A promotion's lines are the third of three. */
DB_SQL(add_three_lines,
       "INSERT INTO ledger_line"
       "  (merchant_id, transfer_id, line, owner_id, book, amount, lot_id, expires_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8),"
       "        ($1, $2, $9, $10, $11, $12, $13, $14),"
       "        ($1, $2, $15, $16, $17, $18, $19, $20)");

static int64_t
lot_of(const struct ledger_transfer *transfer, const struct ledger_line *line)
{
    if (line->book != BOOK_POINTS) return 0;
    return line->lot == 0 ? transfer->id.v : line->lot;
}

enum { LINE_ARGS = 6, LINES_AT_ONCE = 3 };

enum err
ledger_store_add_lines(struct ctx *ctx, const struct ledger_transfer *transfer, int first,
                       int count)
{
    static const struct db_sql *const statements[] = {&add_line, &add_two_lines, &add_three_lines};
    struct db_arg args[2 + LINE_ARGS * LINES_AT_ONCE] = {db_int(ctx->merchant.v),
                                                         db_int(transfer->id.v)};
    struct db_arg *arg = args + 2;

    ASSERT(count >= 1);
    ASSERT(count <= LINES_AT_ONCE);
    for (int i = first; i < first + count; i++) {
        const struct ledger_line *line = &transfer->lines[i];

        *arg++ = db_int(i);
        *arg++ = db_int(line->owner);
        *arg++ = db_int(line->book);
        *arg++ = db_int(line->amount);
        *arg++ = db_int_or_null(lot_of(transfer, line));
        *arg++ = db_int_or_null(line->expires_us);
    }
    return db_exec(ctx, statements[count - 1], args, (int)(arg - args));
}

struct ledger_line *
ledger_store_grow(struct ctx *ctx, const struct ledger_line *lines, int *room)
{
    int more = *room == 0 ? 8 : 2 * *room;
    struct ledger_line *grown = ARENA_ARRAY(ctx->arena, struct ledger_line, (size_t)more);

    if (*room > 0) memcpy(grown, lines, (size_t)*room * sizeof *lines);
    *room = more;
    return grown;
}

DB_SQL(list_lines, "SELECT owner_id, book, amount, lot_id, expires_us"
                   "  FROM ledger_line"
                   " WHERE merchant_id = $1 AND transfer_id = $2"
                   " ORDER BY line"
                   " LIMIT $3");

enum err
ledger_store_list_lines(struct ctx *ctx, transfer_id id, int max, struct ledger_line **lines,
                        int *line_count)
{
    struct db_rows *rows =
        db_query(ctx, &list_lines, DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(max)));

    int room = 0;

    *line_count = 0;
    while (db_next(rows)) {
        if (*line_count == room) *lines = ledger_store_grow(ctx, *lines, &room);
        (*lines)[(*line_count)++] = (struct ledger_line){
            .owner = db_col_int(rows, 0),
            .book = (enum ledger_book)db_col_int(rows, 1),
            .amount = db_col_int(rows, 2),
            .lot = db_col_int(rows, 3),
            .expires_us = db_col_int(rows, 4),
        };
    }
    return db_done(rows);
}

DB_SQL(sum_contra, "SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT)"
                   "  FROM ledger_line"
                   " WHERE merchant_id = $1 AND owner_id = $2 AND book = $3");

enum err
ledger_store_sum_contra(struct ctx *ctx, int64_t owner, enum ledger_book book, int64_t *sum)
{
    struct db_rows *rows =
        db_query(ctx, &sum_contra, DB_BIND(db_int(ctx->merchant.v), db_int(owner), db_int(book)));

    *sum = 0;
    if (db_next(rows)) *sum = db_col_int(rows, 0);
    return db_done(rows);
}
