/* orders_store — the orders themselves; their lines, payments and refunds are in parts_store.c.
 * See orders_store.h. */
#include "core/orders/orders_store.h"
#include "base/list.h"
#include "db/db.h"

static const struct str status_names[] = {
    [ORDER_OPEN] = {"OPEN", 4},
    [ORDER_COMPLETED] = {"COMPLETED", 9},
    [ORDER_CANCELED] = {"CANCELED", 8},
};
static const struct str claim_names[] = {
    [CLAIM_NONE] = {"none", 4},         [CLAIM_WAITING] = {"waiting", 7},
    [CLAIM_CLAIMED] = {"claimed", 7},   [CLAIM_EXPIRED] = {"expired", 7},
    [CLAIM_CANCELED] = {"canceled", 8},
};

struct str
order_status_name(enum order_status status)
{
    return status_names[status];
}

struct str
order_claim_name(enum claim_state claim)
{
    return claim_names[claim];
}

/* The place of a name in one of the lists above; the table's CHECK allows no other. */
static int
place_of(const struct str *names, int count, struct str name)
{
    for (int i = 0; i < count; i++) {
        if (str_is(names[i], name)) return i;
    }
    ASSERT(!"a name that the table allows");
    return 0;
}
#define PLACE_OF(names, name) place_of((names), sizeof(names) / sizeof((names)[0]), (name))

static struct order_row
read_order(struct db_rows *rows)
{
    return (struct order_row){
        .id = {db_col_int(rows, 0)},
        .integration = {db_col_int(rows, 1)},
        .vendor_order = db_col_text(rows, 2),
        .status = (enum order_status)PLACE_OF(status_names, db_col_text(rows, 3)),
        .establishment = db_col_text(rows, 4),
        .vendor_register = db_col_text(rows, 5),
        .location = {db_col_int(rows, 6)},
        .reg = {db_col_int(rows, 7)},
        .currency = db_col_text(rows, 8),
        .total_minor = db_col_int(rows, 9),
        .tax_minor = db_col_int(rows, 10),
        .tip_minor = db_col_int(rows, 11),
        .refunded_minor = db_col_int(rows, 12),
        .closed_us = db_col_int(rows, 13),
        .received_us = db_col_int(rows, 14),
        .updated_us = db_col_int(rows, 15),
        .external_customer = db_col_text(rows, 16),
        .card = {db_col_text(rows, 17), db_col_text(rows, 18), db_col_text(rows, 19)},
        .claim = (enum claim_state)PLACE_OF(claim_names, db_col_text(rows, 20)),
        .claim_until_us = db_col_int(rows, 21),
        .account = {db_col_int(rows, 22)},
        .points = db_col_int(rows, 23),
        .team_member = {db_col_int(rows, 24)},
    };
}

DB_SQL(find_order, "SELECT " ORDER_COLUMNS "  FROM order_head"
                   " WHERE merchant_id = $1 AND id = $2");

enum err
orders_store_find(struct ctx *ctx, order_id id, struct order_row *row)
{
    struct db_rows *rows =
        db_query(ctx, &find_order, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *row = read_order(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_ORDER_UNKNOWN, "order %lld", (long long)id.v);
}

DB_SQL(match_order, "SELECT " ORDER_COLUMNS "  FROM order_head"
                    " WHERE merchant_id = $1 AND integration_id = $2 AND vendor_order = $3");

enum err
orders_store_match(struct ctx *ctx, integration_id integration, struct str vendor_order,
                   struct order_row *row)
{
    struct db_rows *rows =
        db_query(ctx, &match_order,
                 DB_BIND(db_int(ctx->merchant.v), db_int(integration.v), db_text(vendor_order)));

    *row = (struct order_row){.integration = integration, .vendor_order = vendor_order};
    if (db_next(rows)) *row = read_order(rows);
    return db_done(rows);
}

DB_SQL(add_order,
       "INSERT INTO order_head (merchant_id, id, integration_id, vendor_order, status,"
       "       establishment, vendor_register, location_id, register_id, currency, total_minor,"
       "       tax_minor, tip_minor, refunded_minor, closed_us, received_us, updated_us,"
       "       external_customer, card_hash, card_brand, card_last_4, claim_state,"
       "       claim_until_us, account_id, points, team_member_id)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
       "         $19, $20, $21, $22, $23, $24, $25, $26)"
       " ON CONFLICT (merchant_id, integration_id, vendor_order) DO NOTHING");

enum err
orders_store_add(struct ctx *ctx, const struct order_row *row, bool *added)
{
    int64_t count = 0;

    TRY(db_change(
        ctx, &add_order,
        DB_BIND(db_int(ctx->merchant.v), db_int(row->id.v), db_int(row->integration.v),
                db_text(row->vendor_order), db_text(status_names[row->status]),
                db_text(row->establishment), db_text(row->vendor_register),
                db_int_or_null(row->location.v), db_int_or_null(row->reg.v), db_text(row->currency),
                db_int(row->total_minor), db_int(row->tax_minor), db_int(row->tip_minor),
                db_int(row->refunded_minor), db_int(row->closed_us), db_int(row->received_us),
                db_int(row->updated_us), db_text(row->external_customer),
                db_bytes_or_null(row->card.hash.at, row->card.hash.len), db_text(row->card.brand),
                db_text(row->card.last_4), db_text(claim_names[row->claim]),
                db_int(row->claim_until_us), db_int_or_null(row->account.v), db_int(row->points),
                db_int_or_null(row->team_member.v)),
        &count));
    *added = count == 1;
    return OK;
}

DB_SQL(change_order,
       "UPDATE order_head"
       "   SET status = $3, establishment = $4, vendor_register = $5, location_id = $6,"
       "       register_id = $7, total_minor = $8, tax_minor = $9, tip_minor = $10,"
       "       refunded_minor = $11, closed_us = $12, updated_us = $13, external_customer = $14,"
       "       card_hash = $15, card_brand = $16, card_last_4 = $17, claim_state = $18,"
       "       claim_until_us = $19, account_id = $20, points = $21"
       " WHERE merchant_id = $1 AND id = $2");

enum err
orders_store_change(struct ctx *ctx, const struct order_row *row)
{
    return db_exec(
        ctx, &change_order,
        DB_BIND(db_int(ctx->merchant.v), db_int(row->id.v), db_text(status_names[row->status]),
                db_text(row->establishment), db_text(row->vendor_register),
                db_int_or_null(row->location.v), db_int_or_null(row->reg.v),
                db_int(row->total_minor), db_int(row->tax_minor), db_int(row->tip_minor),
                db_int(row->refunded_minor), db_int(row->closed_us), db_int(row->updated_us),
                db_text(row->external_customer),
                db_bytes_or_null(row->card.hash.at, row->card.hash.len), db_text(row->card.brand),
                db_text(row->card.last_4), db_text(claim_names[row->claim]),
                db_int(row->claim_until_us), db_int_or_null(row->account.v), db_int(row->points)));
}

DB_SQL(change_claim, "UPDATE order_head"
                     "   SET claim_state = $3, account_id = $4, points = $5"
                     " WHERE merchant_id = $1 AND id = $2");

enum err
orders_store_change_claim(struct ctx *ctx, const struct order_row *row)
{
    return db_exec(ctx, &change_claim,
                   DB_BIND(db_int(ctx->merchant.v), db_int(row->id.v),
                           db_text(claim_names[row->claim]), db_int_or_null(row->account.v),
                           db_int(row->points)));
}

enum err
orders_store_read_page(struct ctx *ctx, struct db_rows *page, struct order_row **rows, int *count)
{
    *rows = NULL;
    *count = 0;
    while (db_next(page)) {
        LIST_ADD(ctx->arena, *rows, *count, read_order(page));
    }
    return db_done(page);
}

DB_SQL(list_waiting, "SELECT " ORDER_COLUMNS "  FROM order_head"
                     " WHERE merchant_id = $1 AND register_id = $2 AND claim_state = 'waiting'"
                     "   AND claim_until_us > $3"
                     " ORDER BY closed_us DESC, id DESC"
                     " LIMIT $4");

enum err
orders_store_list_waiting(struct ctx *ctx, register_id reg, int max, struct order_row **rows,
                          int *count)
{
    return orders_store_read_page(
        ctx,
        db_query(ctx, &list_waiting,
                 DB_BIND(db_int(ctx->merchant.v), db_int(reg.v), db_int(ctx->now_us), db_int(max))),
        rows, count);
}

DB_SQL(list_overdue, "SELECT " ORDER_COLUMNS "  FROM order_head"
                     " WHERE merchant_id = $1 AND claim_state = 'waiting' AND claim_until_us <= $2"
                     " ORDER BY register_id, closed_us"
                     " LIMIT $3");

enum err
orders_store_list_overdue(struct ctx *ctx, int max, struct order_row **rows, int *count)
{
    return orders_store_read_page(
        ctx,
        db_query(ctx, &list_overdue,
                 DB_BIND(db_int(ctx->merchant.v), db_int(ctx->now_us), db_int(max))),
        rows, count);
}

DB_SQL(list_unplaced, "SELECT " ORDER_COLUMNS "  FROM order_head"
                      " WHERE merchant_id = $1 AND integration_id = $2 AND establishment = $3"
                      "   AND location_id IS NULL"
                      " ORDER BY id"
                      " LIMIT $4");

enum err
orders_store_list_unplaced(struct ctx *ctx, integration_id integration, struct str establishment,
                           int max, struct order_row **rows, int *count)
{
    return orders_store_read_page(ctx,
                                  db_query(ctx, &list_unplaced,
                                           DB_BIND(db_int(ctx->merchant.v), db_int(integration.v),
                                                   db_text(establishment), db_int(max))),
                                  rows, count);
}
