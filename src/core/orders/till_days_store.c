/* till_days_store — see till_days_store.h. */
#include "core/orders/till_days_store.h"
#include "db/db.h"

DB_SQL(find_day, "SELECT opened_us, opened_by, closed_us, closed_by"
                 "  FROM till_day"
                 " WHERE merchant_id = $1 AND location_id = $2 AND day = $3");

enum err
till_days_store_find(struct ctx *ctx, location_id location, int64_t day, struct till_day *found)
{
    struct db_rows *rows =
        db_query(ctx, &find_day, DB_BIND(db_int(ctx->merchant.v), db_int(location.v), db_int(day)));

    *found = (struct till_day){.location = location, .day = day};
    if (db_next(rows)) {
        found->opened_us = db_col_int(rows, 0);
        found->opened_by.v = db_col_int(rows, 1);
        found->closed_us = db_col_int(rows, 2);
        found->closed_by.v = db_col_int(rows, 3);
    }
    return db_done(rows);
}

DB_SQL(add_day, "INSERT INTO till_day (merchant_id, location_id, day, opened_us, opened_by)"
                " VALUES ($1, $2, $3, $4, $5)"
                " ON CONFLICT (merchant_id, location_id, day) DO NOTHING");

enum err
till_days_store_add(struct ctx *ctx, const struct till_day *day)
{
    return db_exec(ctx, &add_day,
                   DB_BIND(db_int(ctx->merchant.v), db_int(day->location.v), db_int(day->day),
                           db_int(day->opened_us), db_int_or_null(day->opened_by.v)));
}

DB_SQL(close_day, "UPDATE till_day"
                  "   SET closed_us = $4, closed_by = $5"
                  " WHERE merchant_id = $1 AND location_id = $2 AND day = $3");

enum err
till_days_store_close(struct ctx *ctx, const struct till_day *day)
{
    return db_exec(ctx, &close_day,
                   DB_BIND(db_int(ctx->merchant.v), db_int(day->location.v), db_int(day->day),
                           db_int(day->closed_us), db_int_or_null(day->closed_by.v)));
}
