/* liability_store — see liability_store.h. */
#include "core/insight/liability_store.h"
#include "base/list.h"
#include "base/zone.h"
#include "core/ledger/ledger.h"
#include "db/db.h"

/* ---- how far is counted ---- */
DB_SQL(find_mark, "SELECT seq, time_zone FROM liability_mark WHERE merchant_id = $1");

enum err
liability_store_find_mark(struct ctx *ctx, struct liability_mark *mark)
{
    struct db_rows *rows = db_query(ctx, &find_mark, DB_BIND(db_int(ctx->merchant.v)));

    *mark = (struct liability_mark){0};
    if (db_next(rows)) {
        mark->seq = db_col_int(rows, 0);
        mark->zone = db_col_text(rows, 1);
        mark->exists = true;
    }
    return db_done(rows);
}

DB_SQL(add_mark, "INSERT INTO liability_mark (merchant_id, seq, time_zone)"
                 " VALUES ($1, $2, $3)"
                 " ON CONFLICT (merchant_id) DO NOTHING");
/* Two nodes may have counted the same: the second one finds the mark moved. */
DB_SQL(move_mark, "UPDATE liability_mark"
                  "   SET seq = $2, time_zone = $3"
                  " WHERE merchant_id = $1 AND seq = $4 AND time_zone = $5");

enum err
liability_store_move_mark(struct ctx *ctx, const struct liability_mark *before,
                          const struct liability_mark *after, bool *moved)
{
    int64_t changed = 0;

    if (before->exists) {
        TRY(db_change(ctx, &move_mark,
                      DB_BIND(db_int(ctx->merchant.v), db_int(after->seq), db_text(after->zone),
                              db_int(before->seq), db_text(before->zone)),
                      &changed));
    } else {
        TRY(db_change(ctx, &add_mark,
                      DB_BIND(db_int(ctx->merchant.v), db_int(after->seq), db_text(after->zone)),
                      &changed));
    }
    *moved = changed == 1;
    return OK;
}

DB_SQL(find_newest, "SELECT COALESCE(MAX(seq), 0) FROM ledger_transfer WHERE merchant_id = $1");

enum err
liability_store_find_newest(struct ctx *ctx, int64_t *seq)
{
    struct db_rows *rows = db_query(ctx, &find_newest, DB_BIND(db_int(ctx->merchant.v)));

    *seq = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* ---- transfers, added up ---- */
static void
add_moved(struct liability_flows *flows, enum ledger_reason reason, int64_t moved)
{
    switch (reason) {
    case REASON_EARN:
    case REASON_RIPEN:
    case REASON_CREDIT:
        flows->issued += moved;
        return;
    case REASON_TAKE:
    case REASON_GIVE_UP:
    case REASON_SPEND:
    case REASON_UNSPEND:
        flows->redeemed -= moved;
        return;
    case REASON_EXPIRE:
    case REASON_CREDIT_END:
        flows->expired -= moved;
        return;
    case REASON_REFUND:
        flows->returned -= moved;
        return;
    case REASON_ADJUST:
    case REASON_MERGE: /* between customers: 0 in sum */
    case REASON_NONE:
    case REASON_HOLD_POSTED: /* a wallet's: the statement leaves them out */
    case REASON_TOP_UP:
        break;
    }
    /* By hand; also what has a reason that this program does not know: it moved all the same. */
    flows->adjusted += moved;
}

/*
 * Local days begin at a quarter of an hour everywhere, so transfers are added up by quarters of an
 * hour, and these are put on their day. Books: points and owed are a balance, money is a credit
 * note's where the reason is one of theirs, and a wallet's otherwise; pending points are apart.
 */
#define QUARTER_US (15 * INT64_C(60000000))
_Static_assert(QUARTER_US == 900000000, "the statement divides by it");
_Static_assert(BOOK_POINTS == 1 && BOOK_OWED == 2 && BOOK_MONEY == 3 && BOOK_PENDING == 4,
               "the statement names them");
_Static_assert(REASON_HOLD_POSTED == 7 && REASON_TOP_UP == 8, "the statement leaves them out");

DB_SQL(add_up_transfers,
       "SELECT t.unit, t.at_us / 900000000 AS quarter, t.reason,"
       "       CAST(SUM(CASE WHEN n.book IN (1, 2, 3) THEN n.amount ELSE 0 END) AS BIGINT),"
       "       CAST(SUM(CASE WHEN n.book = 2 THEN -n.amount ELSE 0 END) AS BIGINT),"
       "       CAST(SUM(CASE WHEN n.book = 4 THEN n.amount ELSE 0 END) AS BIGINT)"
       "  FROM ledger_transfer AS t"
       "  JOIN ledger_line AS n ON n.merchant_id = t.merchant_id AND n.transfer_id = t.id"
       " WHERE t.merchant_id = $1 AND t.seq > $2 AND t.seq <= $3 AND t.reason NOT IN (7, 8)"
       " GROUP BY t.unit, t.at_us / 900000000, t.reason"
       " ORDER BY t.unit, quarter");

/* The row of this unit and day: the last one, or a new one behind it. */
static struct liability_row *
row_of(struct ctx *ctx, struct liability_rows *rows, int64_t unit, int64_t day)
{
    struct liability_row row = {.unit = unit, .day = day};

    if (rows->count > 0) {
        struct liability_row *last = &rows->at[rows->count - 1];

        if (last->unit == unit && last->day == day) return last;
        ASSERT(last->unit < unit || (last->unit == unit && last->day < day));
    }
    LIST_ADD(ctx->arena, rows->at, rows->count, row);
    return &rows->at[rows->count - 1];
}

/* A day of a zone, and when it is: most transfers are on the day of the one before. */
struct local_day {
    int64_t day, starts_us[2]; /* and when the next one does */
};

static int64_t
day_at(struct local_day *last, struct str zone, int64_t at_us)
{
    if (at_us < last->starts_us[0] || at_us >= last->starts_us[1]) {
        last->day = zone_day_at(zone, at_us);
        zone_day_starts(zone, last->day, 2, last->starts_us);
    }
    return last->day;
}

enum err
liability_store_add_up(struct ctx *ctx, const struct liability_span *span,
                       struct liability_rows *rows)
{
    struct local_day last = {0};
    struct db_rows *found = db_query(
        ctx, &add_up_transfers,
        DB_BIND(db_int(ctx->merchant.v), db_int(span->after_seq), db_int(span->until_seq)));

    *rows = (struct liability_rows){0};
    while (db_next(found)) {
        int64_t day = day_at(&last, span->zone, db_col_int(found, 1) * QUARTER_US);
        struct liability_row *row = row_of(ctx, rows, db_col_int(found, 0), day);

        add_moved(&row->flows, (enum ledger_reason)db_col_int(found, 2), db_col_int(found, 3));
        row->owed += db_col_int(found, 4);
        row->pending += db_col_int(found, 5);
    }
    return db_done(found);
}

/* ---- the rows for each day ---- */
DB_SQL(add_to_day,
       "INSERT INTO liability_day (merchant_id, unit, day, issued, redeemed, expired, returned,"
       "                           adjusted, owed, pending)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
       " ON CONFLICT (merchant_id, unit, day) DO UPDATE"
       "   SET issued = liability_day.issued + excluded.issued,"
       "       redeemed = liability_day.redeemed + excluded.redeemed,"
       "       expired = liability_day.expired + excluded.expired,"
       "       returned = liability_day.returned + excluded.returned,"
       "       adjusted = liability_day.adjusted + excluded.adjusted,"
       "       owed = liability_day.owed + excluded.owed,"
       "       pending = liability_day.pending + excluded.pending");

enum err
liability_store_add_to_day(struct ctx *ctx, const struct liability_row *row)
{
    const struct liability_flows *flows = &row->flows;

    return db_exec(ctx, &add_to_day,
                   DB_BIND(db_int(ctx->merchant.v), db_int(row->unit), db_int(row->day),
                           db_int(flows->issued), db_int(flows->redeemed), db_int(flows->expired),
                           db_int(flows->returned), db_int(flows->adjusted), db_int(row->owed),
                           db_int(row->pending)));
}

DB_SQL(forget_days, "DELETE FROM liability_day WHERE merchant_id = $1");

enum err
liability_store_forget_days(struct ctx *ctx)
{
    return db_exec(ctx, &forget_days, DB_BIND(db_int(ctx->merchant.v)));
}

/* Rows of (unit, day, issued, redeemed, expired, returned, adjusted, owed, pending). */
static enum err
read_rows(struct ctx *ctx, struct db_rows *found, struct liability_rows *rows)
{
    *rows = (struct liability_rows){0};
    while (db_next(found)) {
        struct liability_row row = {
            .unit = db_col_int(found, 0),
            .day = db_col_int(found, 1),
            .flows = {.issued = db_col_int(found, 2),
                      .redeemed = db_col_int(found, 3),
                      .expired = db_col_int(found, 4),
                      .returned = db_col_int(found, 5),
                      .adjusted = db_col_int(found, 6)},
            .owed = db_col_int(found, 7),
            .pending = db_col_int(found, 8),
        };

        LIST_ADD(ctx->arena, rows->at, rows->count, row);
    }
    return db_done(found);
}

DB_SQL(sum_before, "SELECT unit, MAX(day), CAST(SUM(issued) AS BIGINT),"
                   "       CAST(SUM(redeemed) AS BIGINT), CAST(SUM(expired) AS BIGINT),"
                   "       CAST(SUM(returned) AS BIGINT), CAST(SUM(adjusted) AS BIGINT),"
                   "       CAST(SUM(owed) AS BIGINT), CAST(SUM(pending) AS BIGINT)"
                   "  FROM liability_day"
                   " WHERE merchant_id = $1 AND day < $2"
                   " GROUP BY unit"
                   " ORDER BY unit");

enum err
liability_store_sum_before(struct ctx *ctx, int64_t day, struct liability_rows *rows)
{
    return read_rows(ctx, db_query(ctx, &sum_before, DB_BIND(db_int(ctx->merchant.v), db_int(day))),
                     rows);
}

DB_SQL(list_days, "SELECT unit, day, issued, redeemed, expired, returned, adjusted, owed, pending"
                  "  FROM liability_day"
                  " WHERE merchant_id = $1 AND day >= $2 AND day <= $3"
                  " ORDER BY unit, day");

enum err
liability_store_list_days(struct ctx *ctx, int64_t first, int64_t last, struct liability_rows *rows)
{
    return read_rows(
        ctx,
        db_query(ctx, &list_days, DB_BIND(db_int(ctx->merchant.v), db_int(first), db_int(last))),
        rows);
}
