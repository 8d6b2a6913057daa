/* seal_store — see seal_store.h. */
#include "core/ledger/seal_store.h"
#include "core/ledger/ledger_store.h"
#include "db/db.h"

/* A transfer that lost its lines is a row all the same: outer join. */
DB_SQL(list_postings, "SELECT t.id, t.seq, t.unit, t.reason, t.at_us,"
                      "       n.owner_id, n.book, n.amount, n.lot_id, n.expires_us"
                      "  FROM (SELECT id, seq, unit, reason, at_us"
                      "          FROM ledger_transfer"
                      "         WHERE merchant_id = $1 AND seq > $2 AND seq <= $3"
                      "         ORDER BY seq"
                      "         LIMIT $4) AS t"
                      "  LEFT JOIN ledger_line AS n ON n.merchant_id = $1 AND n.transfer_id = t.id"
                      " ORDER BY t.seq, n.line");

static struct ledger_posting
read_head(struct db_rows *rows)
{
    return (struct ledger_posting){
        .id = {db_col_int(rows, 0)},
        .seq = db_col_int(rows, 1),
        .unit = db_col_int(rows, 2),
        .reason = db_col_int(rows, 3),
        .at_us = db_col_int(rows, 4),
    };
}

static struct ledger_line
read_line(struct db_rows *rows)
{
    return (struct ledger_line){
        .owner = db_col_int(rows, 5),
        .book = (enum ledger_book)db_col_int(rows, 6),
        .amount = db_col_int(rows, 7),
        .lot = db_col_int(rows, 8),
        .expires_us = db_col_int(rows, 9),
    };
}

enum err
ledger_store_list_postings(struct ctx *ctx, struct ledger_span span, int max,
                           struct ledger_posting *postings, int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_postings,
        DB_BIND(db_int(ctx->merchant.v), db_int(span.after), db_int(span.last), db_int(max)));
    struct ledger_posting *posting = NULL;
    int room = 0;

    *count = 0;
    while (db_next(rows)) {
        if (posting == NULL || posting->id.v != db_col_int(rows, 0)) {
            ASSERT(*count < max);
            posting = &postings[(*count)++];
            *posting = read_head(rows);
            room = 0;
        }
        if (db_col_is_null(rows, 5)) continue;
        if (posting->line_count == room) {
            posting->lines = ledger_store_grow(ctx, posting->lines, &room);
        }
        posting->lines[posting->line_count++] = read_line(rows);
    }
    return db_done(rows);
}

DB_SQL(count_postings, "SELECT COUNT(*)"
                       "  FROM ledger_transfer"
                       " WHERE merchant_id = $1 AND seq > $2");

enum err
ledger_store_count_postings(struct ctx *ctx, int64_t after_seq, int64_t *count)
{
    struct db_rows *rows =
        db_query(ctx, &count_postings, DB_BIND(db_int(ctx->merchant.v), db_int(after_seq)));

    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(add_seal, "INSERT INTO ledger_seal (merchant_id, number, first_seq, last_seq, transfers,"
                 "                         root, previous, sealed_us, public_key, signature)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

enum err
ledger_store_add_seal(struct ctx *ctx, const struct ledger_seal *seal)
{
    return db_exec(ctx, &add_seal,
                   DB_BIND(db_int(ctx->merchant.v), db_int(seal->number), db_int(seal->first_seq),
                           db_int(seal->last_seq), db_int(seal->transfers),
                           db_bytes(seal->root, sizeof seal->root),
                           db_bytes(seal->previous, sizeof seal->previous), db_int(seal->sealed_us),
                           db_bytes(seal->public_key, sizeof seal->public_key),
                           db_bytes(seal->signature, sizeof seal->signature)));
}

/* Bytes of another length than ours were not written by us: they become zeros, and fit nothing. */
static void
copy_bytes(struct db_rows *rows, int column, uint8_t *bytes, size_t len)
{
    struct str stored = db_col_text(rows, column);

    memset(bytes, 0, len);
    if (stored.len == len) memcpy(bytes, stored.at, len);
}

static struct ledger_seal
read_seal(struct db_rows *rows)
{
    struct ledger_seal seal = {
        .number = db_col_int(rows, 0),
        .first_seq = db_col_int(rows, 1),
        .last_seq = db_col_int(rows, 2),
        .transfers = db_col_int(rows, 3),
        .sealed_us = db_col_int(rows, 6),
    };

    copy_bytes(rows, 4, seal.root, sizeof seal.root);
    copy_bytes(rows, 5, seal.previous, sizeof seal.previous);
    copy_bytes(rows, 7, seal.public_key, sizeof seal.public_key);
    copy_bytes(rows, 8, seal.signature, sizeof seal.signature);
    return seal;
}

DB_SQL(find_last_seal, "SELECT number, first_seq, last_seq, transfers, root, previous, sealed_us,"
                       "       public_key, signature"
                       "  FROM ledger_seal"
                       " WHERE merchant_id = $1"
                       " ORDER BY number DESC"
                       " LIMIT 1");

enum err
ledger_store_find_last_seal(struct ctx *ctx, struct ledger_seal *seal)
{
    struct db_rows *rows = db_query(ctx, &find_last_seal, DB_BIND(db_int(ctx->merchant.v)));

    *seal = (struct ledger_seal){0};
    if (db_next(rows)) *seal = read_seal(rows);
    return db_done(rows);
}

DB_SQL(list_seals, "SELECT number, first_seq, last_seq, transfers, root, previous, sealed_us,"
                   "       public_key, signature"
                   "  FROM ledger_seal"
                   " WHERE merchant_id = $1 AND number > $2"
                   " ORDER BY number"
                   " LIMIT $3");

enum err
ledger_store_list_seals(struct ctx *ctx, int64_t after_number, int max, struct ledger_seal *seals,
                        int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_seals, DB_BIND(db_int(ctx->merchant.v), db_int(after_number), db_int(max)));

    *count = 0;
    while (db_next(rows))
        seals[(*count)++] = read_seal(rows);
    return db_done(rows);
}

DB_SQL(put_seal_key, "INSERT INTO server_fact (name, value)"
                     " VALUES ('seal_key', $1)"
                     "     ON CONFLICT (name) DO UPDATE SET value = excluded.value");

enum err
ledger_store_put_seal_key(struct ctx *ctx, struct str hex)
{
    return db_exec(ctx, &put_seal_key, DB_BIND(db_text(hex)));
}

DB_SQL(find_seal_key, "SELECT value FROM server_fact WHERE name = 'seal_key'");

enum err
ledger_store_find_seal_key(struct ctx *ctx, struct str *hex)
{
    struct db_rows *rows = db_query(ctx, &find_seal_key, NULL, 0);

    *hex = db_next(rows) ? db_col_text(rows, 0) : STR("");
    return db_done(rows);
}
