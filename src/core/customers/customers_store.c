/* customers_store — the customers and their words; lists of them are in search_store.c, consents,
 * cards and links in cards_store.c. See customers_store.h. */
#include "core/customers/customers_store.h"
#include "db/db.h"

DB_SQL(add_customer,
       "INSERT INTO customer (merchant_id, id, version, given_name, family_name, company_name,"
       "                      nickname, email, phone, birthday, address, note, reference_id,"
       "                      source, created_us, updated_us)"
       " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)");

enum err
customers_store_add(struct ctx *ctx, const struct customer *customer)
{
    return db_exec(ctx, &add_customer,
                   DB_BIND(db_int(ctx->merchant.v), db_int(customer->id.v),
                           db_int(customer->version), db_text(customer->given_name),
                           db_text(customer->family_name), db_text(customer->company_name),
                           db_text(customer->nickname), db_text(customer->email),
                           db_text(customer->phone), db_text(customer->birthday),
                           db_text(customer->address_json), db_text(customer->note),
                           db_text(customer->reference_id), db_text(customer->source),
                           db_int(customer->created_us), db_int(customer->updated_us)));
}

struct customer
customers_store_read(struct db_rows *rows)
{
    return (struct customer){
        .id = {db_col_int(rows, 0)},
        .version = db_col_int(rows, 1),
        .given_name = db_col_text(rows, 2),
        .family_name = db_col_text(rows, 3),
        .company_name = db_col_text(rows, 4),
        .nickname = db_col_text(rows, 5),
        .email = db_col_text(rows, 6),
        .phone = db_col_text(rows, 7),
        .birthday = db_col_text(rows, 8),
        .address_json = db_col_text(rows, 9),
        .note = db_col_text(rows, 10),
        .reference_id = db_col_text(rows, 11),
        .source = db_col_text(rows, 12),
        .created_us = db_col_int(rows, 13),
        .updated_us = db_col_int(rows, 14),
    };
}

DB_SQL(find_customer, "SELECT " CUSTOMER_COLUMNS "  FROM customer c"
                      " WHERE c.merchant_id = $1 AND c.id = $2");

enum err
customers_store_find(struct ctx *ctx, customer_id id, struct customer *customer)
{
    struct db_rows *rows =
        db_query(ctx, &find_customer, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *customer = customers_store_read(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_CUSTOMER_UNKNOWN, "customer %lld", (long long)id.v);
}

DB_SQL(change_customer,
       "UPDATE customer"
       "   SET version = $4, given_name = $5, family_name = $6, company_name = $7, nickname = $8,"
       "       email = $9, phone = $10, birthday = $11, address = $12, note = $13,"
       "       reference_id = $14, updated_us = $15"
       " WHERE merchant_id = $1 AND id = $2 AND version = $3");

enum err
customers_store_change(struct ctx *ctx, const struct customer *customer, int64_t before,
                       bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &change_customer,
                  DB_BIND(db_int(ctx->merchant.v), db_int(customer->id.v), db_int(before),
                          db_int(customer->version), db_text(customer->given_name),
                          db_text(customer->family_name), db_text(customer->company_name),
                          db_text(customer->nickname), db_text(customer->email),
                          db_text(customer->phone), db_text(customer->birthday),
                          db_text(customer->address_json), db_text(customer->note),
                          db_text(customer->reference_id), db_int(customer->updated_us)),
                  &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(remove_customer, "DELETE FROM customer"
                        " WHERE merchant_id = $1 AND id = $2");

enum err
customers_store_remove(struct ctx *ctx, customer_id id)
{
    return db_exec(ctx, &remove_customer, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

/* ---- words ---- */
DB_SQL(add_word, "INSERT INTO customer_word (merchant_id, word, customer_id)"
                 " VALUES ($1, $2, $3)"
                 " ON CONFLICT (merchant_id, word, customer_id) DO NOTHING");

enum err
customers_store_add_word(struct ctx *ctx, struct str word, customer_id id)
{
    return db_exec(ctx, &add_word, DB_BIND(db_int(ctx->merchant.v), db_text(word), db_int(id.v)));
}

DB_SQL(remove_word, "DELETE FROM customer_word"
                    " WHERE merchant_id = $1 AND word = $2 AND customer_id = $3");

enum err
customers_store_remove_word(struct ctx *ctx, struct str word, customer_id id)
{
    return db_exec(ctx, &remove_word,
                   DB_BIND(db_int(ctx->merchant.v), db_text(word), db_int(id.v)));
}

DB_SQL(find_by_word, "SELECT MIN(customer_id)"
                     "  FROM customer_word"
                     " WHERE merchant_id = $1 AND word >= $2 AND word < $3");

enum err
customers_store_find_by_word(struct ctx *ctx, struct word_range range, customer_id *id)
{
    struct db_rows *rows =
        db_query(ctx, &find_by_word,
                 DB_BIND(db_int(ctx->merchant.v), db_text(range.from), db_text(range.until)));

    id->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}
