/* attention_store — see attention_store.h. */
#include "core/insight/attention_store.h"
#include "db/db.h"

void
attention_add(struct attention_list *list, struct attention attention)
{
    if (list->count < ATTENTION_MAX) list->at[list->count++] = attention;
}

DB_SQL(list_unshown_registers,
       "SELECT r.id, r.name, r.seen_us"
       "  FROM register AS r"
       "  JOIN integration AS i ON i.merchant_id = r.merchant_id AND i.id = r.integration_id"
       " WHERE r.merchant_id = $1 AND r.seen_us >= $2 AND i.active AND i.vendor <> 'till'"
       "   AND NOT EXISTS (SELECT 1 FROM tablet AS t"
       "                    WHERE t.merchant_id = r.merchant_id AND t.register_id = r.id)"
       " ORDER BY r.id"
       " LIMIT $3");

enum err
attention_store_add_registers(struct ctx *ctx, int64_t seen_from_us, struct attention_list *list)
{
    struct db_rows *rows =
        db_query(ctx, &list_unshown_registers,
                 DB_BIND(db_int(ctx->merchant.v), db_int(seen_from_us), db_int(ATTENTION_MAX)));

    while (db_next(rows)) {
        attention_add(list, (struct attention){.kind = ATTENTION_REGISTER_WITHOUT_TABLET,
                                               .id_kind = ID_register,
                                               .id = db_col_int(rows, 0),
                                               .name = db_col_text(rows, 1),
                                               .since_us = db_col_int(rows, 2)});
    }
    return db_done(rows);
}

/* The orders kept for it wait for its location: they have none. */
DB_SQL(list_unlinked, "SELECT e.establishment, e.seen_us,"
                      "       (SELECT COUNT(*) FROM order_head AS o"
                      "         WHERE o.merchant_id = e.merchant_id"
                      "           AND o.integration_id = e.integration_id"
                      "           AND o.establishment = e.establishment"
                      "           AND o.location_id IS NULL)"
                      "  FROM integration_location AS e"
                      " WHERE e.merchant_id = $1 AND e.location_id IS NULL"
                      " ORDER BY e.integration_id, e.establishment"
                      " LIMIT $2");

enum err
attention_store_add_establishments(struct ctx *ctx, struct attention_list *list)
{
    struct db_rows *rows =
        db_query(ctx, &list_unlinked, DB_BIND(db_int(ctx->merchant.v), db_int(ATTENTION_MAX)));

    while (db_next(rows)) {
        attention_add(list, (struct attention){.kind = ATTENTION_ESTABLISHMENT_UNLINKED,
                                               .name = db_col_text(rows, 0),
                                               .since_us = db_col_int(rows, 1),
                                               .count = db_col_int(rows, 2)});
    }
    return db_done(rows);
}

DB_SQL(count_expired, "SELECT COUNT(*), MIN(closed_us)"
                      "  FROM order_head"
                      " WHERE merchant_id = $1 AND closed_us >= $2 AND claim_state = 'expired'");

enum err
attention_store_add_expired(struct ctx *ctx, int64_t closed_from_us, struct attention_list *list)
{
    struct db_rows *rows =
        db_query(ctx, &count_expired, DB_BIND(db_int(ctx->merchant.v), db_int(closed_from_us)));
    struct attention expired = {.kind = ATTENTION_ORDERS_EXPIRED};

    if (db_next(rows)) {
        expired.count = db_col_int(rows, 0);
        expired.since_us = db_col_int(rows, 1);
    }
    if (expired.count > 0) attention_add(list, expired);
    return db_done(rows);
}

DB_SQL(find_any_customer, "SELECT id"
                          "  FROM customer"
                          " WHERE merchant_id = $1 AND id > 0"
                          " LIMIT 1");

enum err
attention_store_add_no_customer(struct ctx *ctx, struct attention_list *list)
{
    struct db_rows *rows = db_query(ctx, &find_any_customer, DB_BIND(db_int(ctx->merchant.v)));

    if (!db_next(rows)) attention_add(list, (struct attention){.kind = ATTENTION_NO_CUSTOMER});
    return db_done(rows);
}
