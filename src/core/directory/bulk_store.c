/* bulk_store — see bulk_store.h. */
#include "core/directory/bulk_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(add_bulk, "INSERT INTO bulk_task (merchant_id, id, kind, state, filter, tag_id, actor_kind,"
                 "                       actor_id, created_us, updated_us, format)"
                 " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10)");

enum err
bulk_store_add(struct ctx *ctx, const struct bulk *bulk, struct str filter)
{
    return db_exec(ctx, &add_bulk,
                   DB_BIND(db_int(ctx->merchant.v), db_int(bulk->id.v),
                           db_text(str_of(bulk_kind_name(bulk->kind))),
                           db_text(str_of(bulk_state_name(bulk->state))), db_text(filter),
                           db_int_or_null(bulk->tag.v), db_int((int64_t)ctx->actor.kind),
                           db_int(ctx->actor.id), db_int(ctx->now_us),
                           db_text(str_of(bulk_format_name(bulk->format)))));
}

#define COLUMNS                                                                                    \
    "id, kind, state, filter, tag_id, total, done, changed, size, after_id, created_us, "          \
    "updated_us, format, making"

static int
place_of(struct str name, const char *(*name_of)(int), int count)
{
    for (int i = 0; i < count; i++) {
        if (str_is(name, str_of(name_of(i)))) return i;
    }
    ASSERT(!"a name that the table's check lets in");
    return 0;
}

static const char *
kind_name(int kind)
{
    return bulk_kind_name((enum bulk_kind)kind);
}

static const char *
state_name(int state)
{
    return bulk_state_name((enum bulk_state)state);
}

static const char *
format_name(int format)
{
    return bulk_format_name((enum bulk_format)format);
}

static struct bulk
read_bulk(struct db_rows *rows)
{
    return (struct bulk){
        .id = {db_col_int(rows, 0)},
        .kind = (enum bulk_kind)place_of(db_col_text(rows, 1), kind_name, BULK_KIND_COUNT),
        .state = (enum bulk_state)place_of(db_col_text(rows, 2), state_name, BULK_STATE_COUNT),
        .tag = {db_col_int(rows, 4)},
        .total = db_col_int(rows, 5),
        .done = db_col_int(rows, 6),
        .changed = db_col_int(rows, 7),
        .size = db_col_int(rows, 8),
        .after = db_col_int(rows, 9),
        .created_us = db_col_int(rows, 10),
        .updated_us = db_col_int(rows, 11),
        .format = (enum bulk_format)place_of(db_col_text(rows, 12), format_name, BULK_FORMAT_COUNT),
        .making = db_col_bool(rows, 13),
    };
}

static enum err
read_one(struct db_rows *rows, struct bulk *bulk, struct str *filter)
{
    *bulk = (struct bulk){0};
    *filter = STR("");
    if (db_next(rows)) {
        *bulk = read_bulk(rows);
        *filter = db_col_text(rows, 3);
    }
    return db_done(rows);
}

DB_SQL(find_bulk, "SELECT " COLUMNS "  FROM bulk_task WHERE merchant_id = $1 AND id = $2");

enum err
bulk_store_find(struct ctx *ctx, bulk_id id, struct bulk *bulk, struct str *filter)
{
    struct db_rows *rows =
        db_query(ctx, &find_bulk, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    TRY(read_one(rows, bulk, filter));
    if (bulk->id.v != 0) return OK;
    return fail(ctx, ERR_BULK_UNKNOWN, "bulk %lld", (long long)id.v);
}

DB_SQL(find_running_bulk, "SELECT " COLUMNS "  FROM bulk_task"
                          " WHERE merchant_id = $1 AND state IN ('running', 'undoing') AND id > 0"
                          " ORDER BY id"
                          " LIMIT 1");

enum err
bulk_store_find_running(struct ctx *ctx, struct bulk *bulk, struct str *filter)
{
    return read_one(db_query(ctx, &find_running_bulk, DB_BIND(db_int(ctx->merchant.v))), bulk,
                    filter);
}

DB_SQL(list_bulk, "SELECT " COLUMNS "  FROM bulk_task"
                  " WHERE merchant_id = $1 AND id > 0"
                  " ORDER BY id DESC"
                  " LIMIT $2");

enum err
bulk_store_list(struct ctx *ctx, int max, struct bulk **list, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_bulk, DB_BIND(db_int(ctx->merchant.v), db_int(max)));

    *list = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *list, *count, read_bulk(rows));
    }
    return db_done(rows);
}

DB_SQL(move_bulk, "UPDATE bulk_task"
                  "   SET state = $5, total = $6, done = $7, changed = $8, size = $9,"
                  "       after_id = $10, updated_us = $11, making = $12,"
                  "       filter = CASE WHEN $5 = 'running' THEN filter ELSE '' END"
                  " WHERE merchant_id = $1 AND id = $2 AND state = $3 AND after_id = $4");

enum err
bulk_store_move(struct ctx *ctx, const struct bulk *before, const struct bulk *after, bool *moved)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &move_bulk,
                  DB_BIND(db_int(ctx->merchant.v), db_int(before->id.v),
                          db_text(str_of(bulk_state_name(before->state))), db_int(before->after),
                          db_text(str_of(bulk_state_name(after->state))), db_int(after->total),
                          db_int(after->done), db_int(after->changed), db_int(after->size),
                          db_int(after->after), db_int(ctx->now_us), db_bool(after->making)),
                  &changed));
    *moved = changed == 1;
    return OK;
}

/* ---- whom it changed ---- */
DB_SQL(add_bulk_change, "INSERT INTO bulk_change (merchant_id, task_id, customer_id)"
                        " VALUES ($1, $2, $3)"
                        " ON CONFLICT (merchant_id, task_id, customer_id) DO NOTHING");

enum err
bulk_store_add_change(struct ctx *ctx, bulk_id id, customer_id customer)
{
    return db_exec(ctx, &add_bulk_change,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(customer.v)));
}

DB_SQL(list_bulk_changes, "SELECT customer_id FROM bulk_change"
                          " WHERE merchant_id = $1 AND task_id = $2 AND customer_id > $3"
                          " ORDER BY customer_id"
                          " LIMIT $4");

enum err
bulk_store_list_changes(struct ctx *ctx, bulk_id id, customer_id after, int max,
                        customer_id **customers, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_bulk_changes,
                 DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(after.v), db_int(max)));

    *customers = NULL;
    *count = 0;
    while (db_next(rows)) {
        const customer_id customer = {db_col_int(rows, 0)};

        LIST_ADD(ctx->arena, *customers, *count, customer);
    }
    return db_done(rows);
}

/* ---- an export's file ---- */
DB_SQL(read_piece, "SELECT bytes FROM bulk_export"
                   " WHERE merchant_id = $1 AND task_id = $2 AND number = $3");

enum err
bulk_store_read_piece(struct ctx *ctx, bulk_id id, int64_t number, struct str *piece, bool *found)
{
    struct db_rows *rows =
        db_query(ctx, &read_piece, DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(number)));

    *found = db_next(rows);
    *piece = *found ? db_col_text(rows, 0) : STR("");
    return db_done(rows);
}

DB_SQL(put_piece, "INSERT INTO bulk_export (merchant_id, task_id, number, bytes)"
                  " VALUES ($1, $2, $3, $4)"
                  " ON CONFLICT (merchant_id, task_id, number) DO UPDATE"
                  "   SET bytes = excluded.bytes");

enum err
bulk_store_put_piece(struct ctx *ctx, bulk_id id, int64_t number, struct str piece)
{
    ASSERT(piece.len > 0);
    ASSERT(piece.len <= BULK_PIECE_LEN);
    return db_exec(ctx, &put_piece,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(number),
                           db_bytes(piece.at, piece.len)));
}

DB_SQL(remove_gathered,
       "DELETE FROM bulk_export"
       " WHERE merchant_id = $1 AND task_id = $2"
       "   AND number IN (SELECT number FROM bulk_export"
       "                   WHERE merchant_id = $1 AND task_id = $2 AND number < 0 LIMIT $3)");

enum err
bulk_store_remove_gathered(struct ctx *ctx, bulk_id id, int max, int64_t *removed)
{
    return db_change(ctx, &remove_gathered,
                     DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(max)), removed);
}

DB_SQL(remove_pieces, "DELETE FROM bulk_export WHERE merchant_id = $1");

enum err
bulk_store_remove_pieces(struct ctx *ctx)
{
    return db_exec(ctx, &remove_pieces, DB_BIND(db_int(ctx->merchant.v)));
}

DB_SQL(cancel_exports, "UPDATE bulk_task SET state = 'canceled', filter = ''"
                       " WHERE merchant_id = $1 AND kind = 'export' AND state = 'running'"
                       "   AND id > 0");

enum err
bulk_store_cancel_exports(struct ctx *ctx)
{
    return db_exec(ctx, &cancel_exports, DB_BIND(db_int(ctx->merchant.v)));
}

DB_SQL(empty_exports, "UPDATE bulk_task SET size = 0"
                      " WHERE merchant_id = $1 AND id < $2 AND kind = 'export' AND size > 0");

enum err
bulk_store_empty_exports(struct ctx *ctx, bulk_id before)
{
    return db_exec(ctx, &empty_exports, DB_BIND(db_int(ctx->merchant.v), db_int(before.v)));
}

/* ---- forgetting ---- */
DB_SQL(remove_old_pieces,
       "DELETE FROM bulk_export"
       " WHERE merchant_id = $1"
       "   AND (task_id, number) IN (SELECT task_id, number FROM bulk_export"
       "                              WHERE merchant_id = $1 AND task_id < $2 LIMIT $3)");

enum err
bulk_store_remove_old_pieces(struct ctx *ctx, bulk_id before, int max, int64_t *removed)
{
    return db_change(ctx, &remove_old_pieces,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before.v), db_int(max)), removed);
}

DB_SQL(remove_changes,
       "DELETE FROM bulk_change"
       " WHERE merchant_id = $1"
       "   AND (task_id, customer_id) IN (SELECT task_id, customer_id FROM bulk_change"
       "                                   WHERE merchant_id = $1 AND task_id < $2 LIMIT $3)");

enum err
bulk_store_remove_changes(struct ctx *ctx, bulk_id before, int max, int64_t *removed)
{
    return db_change(ctx, &remove_changes,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before.v), db_int(max)), removed);
}

DB_SQL(remove_old_bulk, "DELETE FROM bulk_task"
                        " WHERE merchant_id = $1"
                        "   AND id IN (SELECT id FROM bulk_task"
                        "               WHERE merchant_id = $1 AND id < $2 LIMIT $3)");

enum err
bulk_store_remove_old(struct ctx *ctx, bulk_id before, int max, int64_t *removed)
{
    return db_change(ctx, &remove_old_bulk,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before.v), db_int(max)), removed);
}
