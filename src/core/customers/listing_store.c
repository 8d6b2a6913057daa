/* listing_store — see listing_store.h. */
#include "core/customers/listing_store.h"
#include "base/list.h"
#include "db/db.h"

/* ---- with the customer ---- */
DB_SQL(add_listing, "INSERT INTO customer_listing (merchant_id, customer_id, sort_name,"
                    "                              birth_month, source, created_us)"
                    " VALUES ($1, $2, $3, $4, $5, $6)"
                    " ON CONFLICT (merchant_id, customer_id) DO NOTHING");

enum err
listing_store_add(struct ctx *ctx, const struct listing_row *row)
{
    return db_exec(ctx, &add_listing,
                   DB_BIND(db_int(ctx->merchant.v), db_int(row->id.v), db_text(row->sort_name),
                           db_int(row->birth_month), db_text(row->source),
                           db_int(row->created_us)));
}

DB_SQL(change_listing, "UPDATE customer_listing"
                       "   SET sort_name = $3, birth_month = $4"
                       " WHERE merchant_id = $1 AND customer_id = $2");

enum err
listing_store_change(struct ctx *ctx, const struct listing_row *row)
{
    return db_exec(ctx, &change_listing,
                   DB_BIND(db_int(ctx->merchant.v), db_int(row->id.v), db_text(row->sort_name),
                           db_int(row->birth_month)));
}

DB_SQL(remove_listing, "DELETE FROM customer_listing"
                       " WHERE merchant_id = $1 AND customer_id = $2");

enum err
listing_store_remove(struct ctx *ctx, customer_id id)
{
    return db_exec(ctx, &remove_listing, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

DB_SQL(remove_balances, "DELETE FROM customer_balance"
                        " WHERE merchant_id = $1 AND customer_id = $2");

enum err
listing_store_remove_balances(struct ctx *ctx, customer_id id)
{
    return db_exec(ctx, &remove_balances, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

/* ---- touched ---- */
DB_SQL(add_touch, "INSERT INTO customer_touch (merchant_id, seq, customer_id)"
                  " VALUES ($1, $2, $3)");

enum err
listing_store_touch(struct ctx *ctx, int64_t seq, customer_id id)
{
    return db_exec(ctx, &add_touch, DB_BIND(db_int(ctx->merchant.v), db_int(seq), db_int(id.v)));
}

DB_SQL(forget_touches, "DELETE FROM customer_touch WHERE merchant_id = $1 AND seq <= $2");

enum err
listing_store_forget_touches(struct ctx *ctx, int64_t until_seq)
{
    return db_exec(ctx, &forget_touches, DB_BIND(db_int(ctx->merchant.v), db_int(until_seq)));
}

/* ---- counted ---- */
DB_SQL(find_listing, "SELECT visits, spend_minor, first_visit_us, last_visit_us, location_id,"
                     "       sort_name <> ''"
                     "  FROM customer_listing"
                     " WHERE merchant_id = $1 AND customer_id = $2");

enum err
listing_store_find(struct ctx *ctx, customer_id id, struct listing *listing)
{
    struct db_rows *rows =
        db_query(ctx, &find_listing, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *listing = (struct listing){0};
    if (db_next(rows)) {
        listing->counts = (struct listing_counts){
            .visits = db_col_int(rows, 0),
            .spend_minor = db_col_int(rows, 1),
            .first_visit_us = db_col_int(rows, 2),
            .last_visit_us = db_col_int(rows, 3),
            .location = {db_col_int(rows, 4)},
        };
        listing->is_named = db_col_bool(rows, 5);
        listing->exists = true;
    }
    return db_done(rows);
}

DB_SQL(list_balances, "SELECT program_id, balance"
                      "  FROM customer_balance"
                      " WHERE merchant_id = $1 AND customer_id = $2"
                      " ORDER BY program_id");

enum err
listing_store_list_balances(struct ctx *ctx, customer_id id, struct listing_balance **balances,
                            int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_balances, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));

    *balances = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct listing_balance balance = {{db_col_int(rows, 0)}, db_col_int(rows, 1)};

        LIST_ADD(ctx->arena, *balances, *count, balance);
    }
    return db_done(rows);
}

DB_SQL(put_counts, "UPDATE customer_listing"
                   "   SET visits = $3, spend_minor = $4, first_visit_us = $5, last_visit_us = $6,"
                   "       location_id = $7"
                   " WHERE merchant_id = $1 AND customer_id = $2");

enum err
listing_store_put_counts(struct ctx *ctx, customer_id id, const struct listing_counts *counts)
{
    return db_exec(ctx, &put_counts,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(counts->visits),
                           db_int(counts->spend_minor), db_int(counts->first_visit_us),
                           db_int(counts->last_visit_us), db_int(counts->location.v)));
}

DB_SQL(put_balance, "INSERT INTO customer_balance (merchant_id, customer_id, program_id, balance)"
                    " VALUES ($1, $2, $3, $4)"
                    " ON CONFLICT (merchant_id, customer_id, program_id) DO UPDATE"
                    "   SET balance = excluded.balance");

enum err
listing_store_put_balance(struct ctx *ctx, customer_id id, const struct listing_balance *balance)
{
    return db_exec(ctx, &put_balance,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(balance->program.v),
                           db_int(balance->balance)));
}

DB_SQL(remove_balance, "DELETE FROM customer_balance"
                       " WHERE merchant_id = $1 AND customer_id = $2 AND program_id = $3");

enum err
listing_store_remove_balance(struct ctx *ctx, customer_id id, program_id program)
{
    return db_exec(ctx, &remove_balance,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(program.v)));
}
