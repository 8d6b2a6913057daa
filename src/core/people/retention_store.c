/* retention_store — see retention_store.h. */
#include "core/people/retention_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(find_retention, "SELECT months, active, changed_us, checked_id"
                       "  FROM retention"
                       " WHERE merchant_id = $1");

enum err
retention_store_find(struct ctx *ctx, struct retention_row *row)
{
    struct db_rows *rows = db_query(ctx, &find_retention, DB_BIND(db_int(ctx->merchant.v)));

    *row = (struct retention_row){0};
    if (db_next(rows)) {
        row->retention = (struct retention){.months = db_col_int(rows, 0),
                                            .active = db_col_bool(rows, 1),
                                            .changed_us = db_col_int(rows, 2)};
        row->checked_id = db_col_int(rows, 3);
    }
    return db_done(rows);
}

/* Everybody is looked at anew: other months mean other people. */
DB_SQL(put_retention, "INSERT INTO retention (merchant_id, months, active, changed_us)"
                      " VALUES ($1, $2, $3, $4)"
                      " ON CONFLICT (merchant_id) DO UPDATE"
                      "   SET months = EXCLUDED.months, active = EXCLUDED.active,"
                      "       changed_us = EXCLUDED.changed_us, checked_id = 0");

enum err
retention_store_put(struct ctx *ctx, const struct retention *wanted)
{
    return db_exec(ctx, &put_retention,
                   DB_BIND(db_int(ctx->merchant.v), db_int(wanted->months), db_bool(wanted->active),
                           db_int(wanted->changed_us)));
}

DB_SQL(note_checked, "UPDATE retention"
                     "   SET checked_id = $2"
                     " WHERE merchant_id = $1");

enum err
retention_store_check(struct ctx *ctx, int64_t checked_id)
{
    return db_exec(ctx, &note_checked, DB_BIND(db_int(ctx->merchant.v), db_int(checked_id)));
}

/* ---- what people did ---- */
DB_SQL(list_traces, "SELECT c.id, c.given_name, c.family_name, c.company_name, c.created_us,"
                    "       COALESCE((SELECT k.at_us"
                    "                   FROM customer_contact k"
                    "                  WHERE k.merchant_id = $1 AND k.customer_id = c.id), 0),"
                    "       COALESCE((SELECT MAX(CASE WHEN s.used_us > s.created_us THEN s.used_us"
                    "                                 ELSE s.created_us END)"
                    "                   FROM credential s"
                    "                  WHERE s.merchant_id = $1 AND s.subject_id = c.id), 0),"
                    "       COALESCE((SELECT MAX(o.closed_us)"
                    "                   FROM loyalty_account a"
                    "                   JOIN order_head o ON o.merchant_id = a.merchant_id"
                    "                    AND o.account_id = a.id"
                    "                  WHERE a.merchant_id = $1 AND a.customer_id = c.id), 0),"
                    "       COALESCE((SELECT MAX(l.last_event_id)"
                    "                   FROM loyalty_account a"
                    "                   JOIN ledger_account l ON l.merchant_id = a.merchant_id"
                    "                    AND l.owner_id = a.id AND l.book = 1 AND l.expires_us = 0"
                    "                    AND l.lot_id = 0"
                    "                  WHERE a.merchant_id = $1 AND a.customer_id = c.id), 0)"
                    "  FROM customer c"
                    " WHERE c.merchant_id = $1 AND c.id > $2 AND c.created_us < $3"
                    " ORDER BY c.id"
                    " LIMIT $4");

enum err
retention_store_list(struct ctx *ctx, int64_t after, int64_t created_before_us, int max,
                     struct trace_row **rows, int *count)
{
    struct db_rows *found = db_query(
        ctx, &list_traces,
        DB_BIND(db_int(ctx->merchant.v), db_int(after), db_int(created_before_us), db_int(max)));

    *rows = NULL;
    *count = 0;
    while (db_next(found)) {
        const struct trace_row row = {
            .customer = {.id = {db_col_int(found, 0)},
                         .given_name = db_col_text(found, 1),
                         .family_name = db_col_text(found, 2),
                         .company_name = db_col_text(found, 3)},
            .created_us = db_col_int(found, 4),
            .contact_us = db_col_int(found, 5),
            .session_us = db_col_int(found, 6),
            .order_us = db_col_int(found, 7),
            .event_id = db_col_int(found, 8),
        };
        LIST_ADD(ctx->arena, *rows, *count, row);
    }
    return db_done(found);
}

/* Never goes back in time. */
DB_SQL(put_contact, "INSERT INTO customer_contact (merchant_id, customer_id, at_us)"
                    " SELECT merchant_id, id, CAST($3 AS BIGINT)"
                    "   FROM customer"
                    "  WHERE merchant_id = $1 AND id = $2"
                    " ON CONFLICT (merchant_id, customer_id) DO UPDATE"
                    "   SET at_us = EXCLUDED.at_us"
                    " WHERE customer_contact.at_us < EXCLUDED.at_us");

enum err
retention_store_put_contact(struct ctx *ctx, customer_id customer, int64_t at_us)
{
    return db_exec(ctx, &put_contact,
                   DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(at_us)));
}

DB_SQL(find_contact, "SELECT at_us"
                     "  FROM customer_contact"
                     " WHERE merchant_id = $1 AND customer_id = $2");

enum err
retention_store_find_contact(struct ctx *ctx, customer_id customer, int64_t *at_us)
{
    struct db_rows *rows =
        db_query(ctx, &find_contact, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *at_us = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(remove_contact, "DELETE FROM customer_contact"
                       " WHERE merchant_id = $1 AND customer_id = $2");

enum err
retention_store_remove_contact(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &remove_contact, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}
