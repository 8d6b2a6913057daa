/* taxes_store — see taxes_store.h. */
#include "core/catalog/taxes_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(add_tax, "INSERT INTO catalog_tax (merchant_id, id, version, name, rate, included, deleted,"
                "                         created_us, updated_us)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

enum err
taxes_store_add(struct ctx *ctx, const struct tax *tax)
{
    return db_exec(ctx, &add_tax,
                   DB_BIND(db_int(ctx->merchant.v), db_int(tax->id.v), db_int(tax->version),
                           db_text(tax->name), db_int(tax->rate), db_bool(tax->included),
                           db_bool(tax->deleted), db_int(tax->created_us),
                           db_int(tax->updated_us)));
}

DB_SQL(change_tax, "UPDATE catalog_tax"
                   "   SET version = $4, name = $5, rate = $6, included = $7, deleted = $8,"
                   "       updated_us = $9"
                   " WHERE merchant_id = $1 AND id = $2 AND version = $3");

enum err
taxes_store_change(struct ctx *ctx, const struct tax *before, const struct tax *after,
                   bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &change_tax,
                  DB_BIND(db_int(ctx->merchant.v), db_int(after->id.v), db_int(before->version),
                          db_int(after->version), db_text(after->name), db_int(after->rate),
                          db_bool(after->included), db_bool(after->deleted),
                          db_int(after->updated_us)),
                  &count));
    *changed = count == 1;
    return OK;
}

#define TAX_COLUMNS "id, version, name, rate, included, deleted, created_us, updated_us"

static struct tax
read_tax(struct db_rows *rows)
{
    return (struct tax){
        .id = {db_col_int(rows, 0)},
        .version = db_col_int(rows, 1),
        .name = db_col_text(rows, 2),
        .rate = db_col_int(rows, 3),
        .included = db_col_bool(rows, 4),
        .deleted = db_col_bool(rows, 5),
        .created_us = db_col_int(rows, 6),
        .updated_us = db_col_int(rows, 7),
    };
}

DB_SQL(find_tax, "SELECT " TAX_COLUMNS "  FROM catalog_tax"
                 " WHERE merchant_id = $1 AND id = $2");

enum err
taxes_store_find(struct ctx *ctx, tax_id id, struct tax *tax)
{
    struct db_rows *rows = db_query(ctx, &find_tax, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *tax = read_tax(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_TAX_UNKNOWN, "tax %lld", (long long)id.v);
}

DB_SQL(list_taxes, "SELECT " TAX_COLUMNS "  FROM catalog_tax"
                   " WHERE merchant_id = $1 AND NOT deleted"
                   " ORDER BY rate, name, id");

enum err
taxes_store_list(struct ctx *ctx, struct tax **taxes, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_taxes, DB_BIND(db_int(ctx->merchant.v)));

    *taxes = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *taxes, *count, read_tax(rows));
    }
    return db_done(rows);
}
