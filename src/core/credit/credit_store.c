/* credit_store — see credit_store.h. */
#include "core/credit/credit_store.h"
#include "core/ledger/ledger.h"
#include "db/db.h"

_Static_assert(BOOK_MONEY == 3, "the join below names the book by number");

DB_SQL(add_note, "INSERT INTO credit_note"
                 "  (merchant_id, id, customer_id, code, amount_minor, reason, note, order_id,"
                 "   reward_id, expires_us, created_us)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

enum err
credit_store_add(struct ctx *ctx, const struct credit_note *note)
{
    return db_exec(ctx, &add_note,
                   DB_BIND(db_int(ctx->merchant.v), db_int(note->id.v),
                           db_int_or_null(note->customer.v), db_text(note->code),
                           db_int(note->amount_minor), db_text(credit_reason_name(note->reason)),
                           db_text(note->note), db_int_or_null(note->order.v),
                           db_int_or_null(note->reward.v), db_int_or_null(note->expires_us),
                           db_int(note->created_us)));
}

#define COLUMNS                                                                                    \
    "c.id, c.customer_id, c.code, c.amount_minor, a.balance, c.reason, c.note, c.order_id,"        \
    " c.reward_id, c.expires_us, c.ended_us, c.created_us"
#define TABLES                                                                                     \
    " credit_note AS c"                                                                            \
    "  JOIN ledger_account AS a"                                                                   \
    "    ON a.merchant_id = c.merchant_id AND a.owner_id = c.id AND a.book = 3"                    \
    "   AND a.expires_us = 0 AND a.lot_id = 0"

static enum credit_reason
reason_of(struct str name)
{
    if (str_is(name, STR("refund"))) return CREDIT_REFUND;
    return str_is(name, STR("reward")) ? CREDIT_REWARD : CREDIT_GESTURE;
}

static enum err
read_notes(struct db_rows *rows, struct credit_note *notes, int *count)
{
    *count = 0;
    while (db_next(rows)) {
        notes[(*count)++] = (struct credit_note){
            .id = {db_col_int(rows, 0)},
            .customer = {db_col_int(rows, 1)},
            .code = db_col_text(rows, 2),
            .amount_minor = db_col_int(rows, 3),
            .balance_minor = db_col_int(rows, 4),
            .reason = reason_of(db_col_text(rows, 5)),
            .note = db_col_text(rows, 6),
            .order = {db_col_int(rows, 7)},
            .reward = {db_col_int(rows, 8)},
            .expires_us = db_col_int(rows, 9),
            .ended_us = db_col_int(rows, 10),
            .created_us = db_col_int(rows, 11),
        };
    }
    return db_done(rows);
}

static enum err
read_note(struct db_rows *rows, struct credit_note *note)
{
    int count;

    *note = (struct credit_note){0};
    return read_notes(rows, note, &count);
}

DB_SQL(find_note, "SELECT " COLUMNS "  FROM " TABLES " WHERE c.merchant_id = $1 AND c.id = $2");

enum err
credit_store_find(struct ctx *ctx, credit_note_id id, struct credit_note *note)
{
    return read_note(db_query(ctx, &find_note, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))),
                     note);
}

DB_SQL(find_code, "SELECT " COLUMNS "  FROM " TABLES " WHERE c.merchant_id = $1 AND c.code = $2");

enum err
credit_store_find_code(struct ctx *ctx, struct str code, struct credit_note *note)
{
    return read_note(db_query(ctx, &find_code, DB_BIND(db_int(ctx->merchant.v), db_text(code))),
                     note);
}

/* A reward that was put back and used again has become several. */
DB_SQL(find_by_reward, "SELECT " COLUMNS "  FROM " TABLES
                       " WHERE c.merchant_id = $1 AND c.customer_id = $2 AND c.reward_id = $3"
                       " ORDER BY c.id DESC"
                       " LIMIT 1");

enum err
credit_store_find_reward(struct ctx *ctx, customer_id customer, reward_id reward,
                         struct credit_note *note)
{
    return read_note(
        db_query(ctx, &find_by_reward,
                 DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(reward.v))),
        note);
}

DB_SQL(list_all,
       "SELECT " COLUMNS "  FROM " TABLES " WHERE c.merchant_id = $1 AND c.customer_id = $2"
       " ORDER BY c.id DESC"
       " LIMIT $3");
DB_SQL(list_spendable, "SELECT " COLUMNS "  FROM " TABLES
                       " WHERE c.merchant_id = $1 AND c.customer_id = $2 AND c.ended_us IS NULL"
                       "   AND (c.expires_us IS NULL OR c.expires_us > $4) AND a.balance > 0"
                       " ORDER BY c.expires_us NULLS LAST, c.id"
                       " LIMIT $3");

enum err
credit_store_list(struct ctx *ctx, customer_id customer, enum credit_which which,
                  struct credit_note *notes, int *count)
{
    if (which == CREDIT_ALL) {
        return read_notes(
            db_query(ctx, &list_all,
                     DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(CREDIT_LIST_MAX))),
            notes, count);
    }
    return read_notes(db_query(ctx, &list_spendable,
                               DB_BIND(db_int(ctx->merchant.v), db_int(customer.v),
                                       db_int(CREDIT_LIST_MAX), db_int(ctx->now_us))),
                      notes, count);
}

DB_SQL(list_due, "SELECT " COLUMNS "  FROM " TABLES
                 " WHERE c.merchant_id = $1 AND c.expires_us IS NOT NULL AND c.ended_us IS NULL"
                 "   AND c.expires_us <= $2"
                 " ORDER BY c.expires_us"
                 " LIMIT $3");

enum err
credit_store_list_due(struct ctx *ctx, int max, struct credit_note *notes, int *count)
{
    return read_notes(db_query(ctx, &list_due,
                               DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(max))),
                      notes, count);
}

DB_SQL(end_note, "UPDATE credit_note"
                 "   SET ended_us = $3"
                 " WHERE merchant_id = $1 AND id = $2 AND ended_us IS NULL");

enum err
credit_store_end(struct ctx *ctx, credit_note_id id, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &end_note,
                  DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us)), &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(reopen_note, "UPDATE credit_note"
                    "   SET ended_us = NULL, expires_us = $3"
                    " WHERE merchant_id = $1 AND id = $2");

enum err
credit_store_reopen(struct ctx *ctx, credit_note_id id, int64_t expires_us)
{
    return db_exec(ctx, &reopen_note,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int_or_null(expires_us)));
}

DB_SQL(erase_notes, "UPDATE credit_note"
                    "   SET note = ''"
                    " WHERE merchant_id = $1 AND customer_id = $2");

enum err
credit_store_erase(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &erase_notes, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}

/* ---- merging ---- */
DB_SQL(note_notes, "INSERT INTO customer_merge_part (merchant_id, merge_id, kind, object_id)"
                   " SELECT $1, $2, 'credit_note', id"
                   "   FROM credit_note"
                   "  WHERE merchant_id = $1 AND customer_id = $3 AND customer_id IS NOT NULL");
DB_SQL(move_notes, "UPDATE credit_note"
                   "   SET customer_id = $2"
                   " WHERE merchant_id = $1 AND customer_id = $3 AND customer_id IS NOT NULL");

enum err
credit_store_merge(struct ctx *ctx, const struct credit_merge *merge)
{
    TRY(db_exec(ctx, &note_notes,
                DB_BIND(db_int(ctx->merchant.v), db_int(merge->id.v), db_int(merge->merged.v))));
    return db_exec(
        ctx, &move_notes,
        DB_BIND(db_int(ctx->merchant.v), db_int(merge->survivor.v), db_int(merge->merged.v)));
}

DB_SQL(return_notes, "UPDATE credit_note"
                     "   SET customer_id = $4"
                     " WHERE merchant_id = $1 AND customer_id = $3 AND customer_id IS NOT NULL"
                     "   AND id IN (SELECT object_id"
                     "                FROM customer_merge_part"
                     "               WHERE merchant_id = $1 AND merge_id = $2"
                     "                 AND kind = 'credit_note')");

enum err
credit_store_unmerge(struct ctx *ctx, const struct credit_merge *merge)
{
    return db_exec(ctx, &return_notes,
                   DB_BIND(db_int(ctx->merchant.v), db_int(merge->id.v), db_int(merge->survivor.v),
                           db_int(merge->merged.v)));
}
