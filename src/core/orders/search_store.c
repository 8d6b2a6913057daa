/* search_store — the orders that staff look for, and their refunds. See orders_store.h. */
#include "base/list.h"
#include "core/orders/orders_store.h"
#include "core/orders/sheets.h"
#include "db/db.h"

/* One statement for each way in, so that each is a walk along its own index. */
#define FILTER                                                                                     \
    "   AND closed_us >= $2 AND closed_us < $3"                                                    \
    "   AND (closed_us, id) < ($4, $5)"                                                            \
    "   AND ($6 = '' OR claim_state = $6)"                                                         \
    "   AND ($7 = 0 OR location_id IN ($7, $8, $9, $10, $11, $12, $13, $14))"                      \
    "   AND ($16 = 0 OR location_id IN (SELECT p.location_id FROM team_place AS p"                 \
    "                                    WHERE p.merchant_id = $1 AND p.member_id = $16))"         \
    " ORDER BY closed_us DESC, id DESC"                                                            \
    " LIMIT $15"

DB_SQL(search_all, "SELECT " ORDER_COLUMNS "  FROM order_head"
                   " WHERE merchant_id = $1" FILTER);
DB_SQL(search_of_card,
       "SELECT " ORDER_COLUMNS "  FROM order_head"
       " WHERE merchant_id = $1 AND card_last_4 = $17 AND card_last_4 <> ''" FILTER);
DB_SQL(search_of_account, "SELECT " ORDER_COLUMNS "  FROM order_head"
                          " WHERE merchant_id = $1 AND account_id = $18"
                          "   AND ($17 = '' OR card_last_4 = $17)" FILTER);

enum err
orders_store_search(struct ctx *ctx, const struct order_filter *filter, struct order_row **rows,
                    int *count)
{
    int64_t place[ORDER_LOCATIONS_MAX] = {0};
    struct str claim = filter->in_any_state ? STR("") : order_claim_name(filter->claim);
    bool of_card = filter->card_last_4.len > 0, of_account = filter->account.v != 0;
    const struct db_sql *sql = of_account ? &search_of_account
                               : of_card  ? &search_of_card
                                          : &search_all;
    int arg_count = of_account ? 18 : of_card ? 17 : 16;

    ASSERT(filter->location_count <= ORDER_LOCATIONS_MAX);
    for (int i = 0; i < filter->location_count; i++)
        place[i] = filter->locations[i];
    const struct db_arg args[] = {
        db_int(ctx->merchant.v),
        db_int(filter->from_us),
        db_int(filter->until_us),
        db_int(filter->before_us),
        db_int(filter->before.v),
        db_text(claim),
        db_int(place[0]),
        db_int(place[1]),
        db_int(place[2]),
        db_int(place[3]),
        db_int(place[4]),
        db_int(place[5]),
        db_int(place[6]),
        db_int(place[7]),
        db_int(filter->limit),
        db_int(filter->of.v),
        db_text(filter->card_last_4),
        db_int(filter->account.v),
    };
    return orders_store_read_page(ctx, db_query(ctx, sql, args, arg_count), rows, count);
}

/* As sum_refunds, one by one. */
DB_SQL(list_refunds,
       "SELECT vendor_refund, amount_minor, at_us, reason, team_member_id, credit_note_id"
       "  FROM (SELECT vendor_refund, amount_minor, at_us, reason, team_member_id, credit_note_id"
       "          FROM order_refund"
       "         WHERE merchant_id = $1 AND integration_id = $2 AND vendor_order = $3"
       "           AND length(vendor_payment) = 0"
       "         UNION ALL"
       "        SELECT r.vendor_refund, r.amount_minor, r.at_us, r.reason, r.team_member_id,"
       "               r.credit_note_id"
       "          FROM order_payment p"
       "          JOIN order_refund r"
       "            ON r.merchant_id = p.merchant_id AND r.integration_id = p.integration_id"
       "           AND r.vendor_payment = p.vendor_payment"
       "         WHERE p.merchant_id = $1 AND p.order_id = $4) AS given_back"
       " ORDER BY at_us, vendor_refund"
       " LIMIT $5");

enum err
orders_store_list_refunds(struct ctx *ctx, const struct order_row *row, int max,
                          struct order_refund_seen **refunds, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_refunds,
                 DB_BIND(db_int(ctx->merchant.v), db_int(row->integration.v),
                         db_text(row->vendor_order), db_int(row->id.v), db_int(max)));

    *refunds = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct order_refund_seen refund = {
            .vendor_refund = db_col_text(rows, 0),
            .amount_minor = db_col_int(rows, 1),
            .at_us = db_col_int(rows, 2),
            .reason = db_col_text(rows, 3),
            .team_member = {db_col_int(rows, 4)},
            .credit_note = {db_col_int(rows, 5)},
        };
        LIST_ADD(ctx->arena, *refunds, *count, refund);
    }
    return db_done(rows);
}
