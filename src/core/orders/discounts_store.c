/* discounts_store — see discounts_store.h. */
#include "core/orders/discounts_store.h"
#include "db/db.h"

DB_SQL(add_discount, "INSERT INTO order_discount"
                     "  (merchant_id, order_id, position, kind, subject_id, amount_minor,"
                     "   transfer_id)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7)");

enum err
discounts_store_add(struct ctx *ctx, order_id order, int position,
                    const struct order_discount *discount)
{
    return db_exec(ctx, &add_discount,
                   DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(position),
                           db_text(order_discount_name(discount->kind)), db_int(discount->subject),
                           db_int(discount->amount_minor), db_int_or_null(discount->transfer.v)));
}

DB_SQL(note_sum, "UPDATE order_head"
                 "   SET discount_minor = $3"
                 " WHERE merchant_id = $1 AND id = $2");

enum err
discounts_store_note_sum(struct ctx *ctx, order_id order, int64_t sum_minor)
{
    return db_exec(ctx, &note_sum,
                   DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(sum_minor)));
}

/* As the column's CHECK writes them. */
static enum order_discount_kind
kind_of(struct str name)
{
    if (str_is(name, STR("reward"))) return ORDER_DISCOUNT_REWARD;
    return str_is(name, STR("credit")) ? ORDER_DISCOUNT_CREDIT : ORDER_DISCOUNT_CREDIT_NOTE;
}

DB_SQL(list_discounts,
       "SELECT d.kind, d.subject_id, d.amount_minor, d.transfer_id, d.returned_us, t.name"
       "  FROM order_discount AS d"
       "  LEFT JOIN reward AS r"
       "    ON r.merchant_id = d.merchant_id AND r.id = d.subject_id AND d.kind = 'reward'"
       "  LEFT JOIN reward_tier AS t ON t.merchant_id = r.merchant_id AND t.id = r.tier_id"
       " WHERE d.merchant_id = $1 AND d.order_id = $2"
       " ORDER BY d.position"
       " LIMIT $3");

enum err
discounts_store_list(struct ctx *ctx, order_id order, struct order_discount *discounts, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_discounts,
                 DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(ORDER_DISCOUNTS_MAX)));

    *count = 0;
    while (db_next(rows)) {
        discounts[(*count)++] = (struct order_discount){
            .kind = kind_of(db_col_text(rows, 0)),
            .subject = db_col_int(rows, 1),
            .amount_minor = db_col_int(rows, 2),
            .transfer = {db_col_int(rows, 3)},
            .returned_us = db_col_int(rows, 4),
            .name = db_col_text(rows, 5),
        };
    }
    return db_done(rows);
}

DB_SQL(return_discount, "UPDATE order_discount"
                        "   SET returned_us = $4"
                        " WHERE merchant_id = $1 AND order_id = $2 AND position = $3"
                        "   AND returned_us IS NULL");

enum err
discounts_store_return(struct ctx *ctx, order_id order, int position, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(
        ctx, &return_discount,
        DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(position), db_int(ctx->now_us)),
        &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(note_returned, "UPDATE order_discount"
                      "   SET returned_id = $4"
                      " WHERE merchant_id = $1 AND order_id = $2 AND position = $3");

enum err
discounts_store_note_returned(struct ctx *ctx, order_id order, int position, transfer_id returned)
{
    return db_exec(
        ctx, &note_returned,
        DB_BIND(db_int(ctx->merchant.v), db_int(order.v), db_int(position), db_int(returned.v)));
}
