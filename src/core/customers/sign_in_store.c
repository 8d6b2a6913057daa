/* sign_in_store — see sign_in_store.h. */
#include "core/customers/sign_in_store.h"
#include "db/db.h"

/* ---- card codes ---- */
DB_SQL(add_card_code, "INSERT INTO card_code (merchant_id, code, customer_id)"
                      " VALUES ($1, $2, $3)");

enum err
sign_in_store_add_card_code(struct ctx *ctx, struct str code, customer_id customer)
{
    return db_exec(ctx, &add_card_code,
                   DB_BIND(db_int(ctx->merchant.v), db_text(code), db_int(customer.v)));
}

DB_SQL(read_card_code, "SELECT code"
                       "  FROM card_code"
                       " WHERE merchant_id = $1 AND customer_id = $2");

enum err
sign_in_store_read_card_code(struct ctx *ctx, customer_id customer, struct str *code)
{
    struct db_rows *rows =
        db_query(ctx, &read_card_code, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *code = db_next(rows) ? db_col_text(rows, 0) : STR("");
    return db_done(rows);
}

DB_SQL(find_card_code, "SELECT COALESCE(a.customer_id, c.customer_id)"
                       "  FROM card_code AS c"
                       "  LEFT JOIN customer_alias AS a"
                       "    ON a.merchant_id = c.merchant_id AND a.id = c.customer_id"
                       " WHERE c.merchant_id = $1 AND c.code = $2");

enum err
sign_in_store_find_card_code(struct ctx *ctx, struct str code, customer_id *customer)
{
    struct db_rows *rows =
        db_query(ctx, &find_card_code, DB_BIND(db_int(ctx->merchant.v), db_text(code)));

    customer->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(remove_card_code, "DELETE FROM card_code"
                         " WHERE merchant_id = $1 AND customer_id = $2");

enum err
sign_in_store_remove_card_code(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &remove_card_code, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}

/* ---- links ---- */
DB_SQL(add_sign_in_link, "INSERT INTO sign_in_link (merchant_id, token_hash, customer_id,"
                         "                          expires_us)"
                         " VALUES ($1, $2, $3, $4)");

enum err
sign_in_store_add_link(struct ctx *ctx, const uint8_t hash[static HASH_LEN], customer_id customer,
                       int64_t expires_us)
{
    return db_exec(ctx, &add_sign_in_link,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN), db_int(customer.v),
                           db_int(expires_us)));
}

DB_SQL(take_sign_in_link, "DELETE FROM sign_in_link"
                          " WHERE merchant_id = $1 AND token_hash = $2"
                          " RETURNING customer_id, expires_us");

enum err
sign_in_store_take_link(struct ctx *ctx, const uint8_t hash[static HASH_LEN], customer_id *customer,
                        int64_t *expires_us)
{
    struct db_rows *rows = db_query(ctx, &take_sign_in_link,
                                    DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN)));

    customer->v = 0;
    *expires_us = 0;
    if (db_next(rows)) {
        customer->v = db_col_int(rows, 0);
        *expires_us = db_col_int(rows, 1);
    }
    return db_done(rows);
}

DB_SQL(remove_sign_in_links, "DELETE FROM sign_in_link"
                             " WHERE merchant_id = $1 AND customer_id = $2");

enum err
sign_in_store_remove_links(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &remove_sign_in_links,
                   DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}

DB_SQL(forget_sign_in_links, "DELETE FROM sign_in_link"
                             " WHERE merchant_id = $1"
                             "   AND token_hash IN (SELECT token_hash"
                             "                        FROM sign_in_link"
                             "                       WHERE merchant_id = $1 AND expires_us < $2"
                             "                       LIMIT $3)");

enum err
sign_in_store_forget_links(struct ctx *ctx, int64_t before_us, int max, int64_t *forgotten)
{
    return db_change(ctx, &forget_sign_in_links,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before_us), db_int(max)), forgotten);
}

/* ---- codes ---- */
DB_SQL(find_sign_in_code, "SELECT code_hash, tries, sent, since_us, created_us, expires_us"
                          "  FROM sign_in_code"
                          " WHERE merchant_id = $1 AND address_hash = $2");

enum err
sign_in_store_find_code(struct ctx *ctx, const uint8_t address_hash[static HASH_LEN],
                        struct sign_in_code_row *row)
{
    struct db_rows *rows =
        db_query(ctx, &find_sign_in_code,
                 DB_BIND(db_int(ctx->merchant.v), db_bytes(address_hash, HASH_LEN)));

    *row = (struct sign_in_code_row){0};
    if (db_next(rows)) {
        *row = (struct sign_in_code_row){
            .found = true,
            .code_hash = db_col_text(rows, 0),
            .tries = db_col_int(rows, 1),
            .sent = db_col_int(rows, 2),
            .since_us = db_col_int(rows, 3),
            .created_us = db_col_int(rows, 4),
            .expires_us = db_col_int(rows, 5),
        };
    }
    return db_done(rows);
}

DB_SQL(put_sign_in_code, "INSERT INTO sign_in_code (merchant_id, address_hash, code_hash, tries,"
                         "                          sent, since_us, created_us, expires_us)"
                         " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
                         " ON CONFLICT (merchant_id, address_hash) DO UPDATE"
                         "   SET code_hash = EXCLUDED.code_hash, tries = EXCLUDED.tries,"
                         "       sent = EXCLUDED.sent, since_us = EXCLUDED.since_us,"
                         "       created_us = EXCLUDED.created_us,"
                         "       expires_us = EXCLUDED.expires_us");

enum err
sign_in_store_put_code(struct ctx *ctx, const uint8_t address_hash[static HASH_LEN],
                       const struct sign_in_code_row *row)
{
    return db_exec(ctx, &put_sign_in_code,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(address_hash, HASH_LEN),
                           db_bytes(row->code_hash.at, row->code_hash.len), db_int(row->tries),
                           db_int(row->sent), db_int(row->since_us), db_int(row->created_us),
                           db_int(row->expires_us)));
}

DB_SQL(count_sign_in_try, "UPDATE sign_in_code"
                          "   SET tries = tries + 1"
                          " WHERE merchant_id = $1 AND address_hash = $2");

enum err
sign_in_store_count_try(struct ctx *ctx, const uint8_t address_hash[static HASH_LEN])
{
    return db_exec(ctx, &count_sign_in_try,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(address_hash, HASH_LEN)));
}

DB_SQL(end_sign_in_code, "UPDATE sign_in_code"
                         "   SET code_hash = $3, expires_us = $4"
                         " WHERE merchant_id = $1 AND address_hash = $2");

enum err
sign_in_store_end_code(struct ctx *ctx, const uint8_t address_hash[static HASH_LEN])
{
    return db_exec(ctx, &end_sign_in_code,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(address_hash, HASH_LEN),
                           db_bytes("", 0), db_int(ctx->now_us)));
}

DB_SQL(remove_sign_in_code, "DELETE FROM sign_in_code"
                            " WHERE merchant_id = $1 AND address_hash = $2");

enum err
sign_in_store_remove_code(struct ctx *ctx, const uint8_t address_hash[static HASH_LEN])
{
    return db_exec(ctx, &remove_sign_in_code,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(address_hash, HASH_LEN)));
}

DB_SQL(forget_sign_in_codes, "DELETE FROM sign_in_code"
                             " WHERE merchant_id = $1"
                             "   AND address_hash IN (SELECT address_hash"
                             "                          FROM sign_in_code"
                             "                         WHERE merchant_id = $1 AND expires_us < $2"
                             "                         LIMIT $3)");

enum err
sign_in_store_forget_codes(struct ctx *ctx, int64_t before_us, int max, int64_t *forgotten)
{
    return db_change(ctx, &forget_sign_in_codes,
                     DB_BIND(db_int(ctx->merchant.v), db_int(before_us), db_int(max)), forgotten);
}
