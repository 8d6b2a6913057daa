/* programs_close_store — see programs_close_store.h. */
#include "core/loyalty/programs_close_store.h"
#include "db/db.h"

DB_SQL(set_closing, "UPDATE program"
                    "   SET closing_us = $3, updated_us = $4"
                    " WHERE merchant_id = $1 AND id = $2 AND closed_us IS NULL");

enum err
programs_store_set_closing(struct ctx *ctx, program_id id, int64_t closing_us)
{
    return db_exec(ctx, &set_closing,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int_or_null(closing_us),
                           db_int(ctx->now_us)));
}

DB_SQL(set_closed, "UPDATE program"
                   "   SET closed_us = $3, updated_us = $3, is_main = FALSE"
                   " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_set_closed(struct ctx *ctx, program_id id)
{
    return db_exec(ctx, &set_closed,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(ctx->now_us)));
}

DB_SQL(find_closing, "SELECT id, emptied_id"
                     "  FROM program"
                     " WHERE merchant_id = $1 AND closing_us <= $2 AND closed_us IS NULL"
                     " ORDER BY id"
                     " LIMIT 1");

enum err
programs_store_find_closing(struct ctx *ctx, struct closing_program *closing)
{
    struct db_rows *rows =
        db_query(ctx, &find_closing, DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us)));

    *closing = (struct closing_program){0};
    if (db_next(rows)) {
        closing->id.v = db_col_int(rows, 0);
        closing->emptied.v = db_col_int(rows, 1);
    }
    return db_done(rows);
}

DB_SQL(list_left, "SELECT id"
                  "  FROM loyalty_account"
                  " WHERE merchant_id = $1 AND program_id = $2 AND id > $3"
                  " ORDER BY id"
                  " LIMIT $4");

enum err
programs_store_list_left(struct ctx *ctx, const struct closing_program *closing, int max,
                         account_id **accounts, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_left,
                                    DB_BIND(db_int(ctx->merchant.v), db_int(closing->id.v),
                                            db_int(closing->emptied.v), db_int(max)));

    *accounts = ARENA_ARRAY(ctx->arena, account_id, (size_t)max);
    *count = 0;
    while (db_next(rows)) {
        (*accounts)[(*count)++].v = db_col_int(rows, 0);
    }
    return db_done(rows);
}

DB_SQL(note_emptied, "UPDATE program"
                     "   SET emptied_id = $3"
                     " WHERE merchant_id = $1 AND id = $2");

enum err
programs_store_note_emptied(struct ctx *ctx, program_id id, account_id account)
{
    return db_exec(ctx, &note_emptied,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(account.v)));
}
