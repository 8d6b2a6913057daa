/* tags_store — see tags_store.h. */
#include "core/customers/tags_store.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(add_tag, "INSERT INTO tag (merchant_id, id, name, folded, created_us, updated_us)"
                " VALUES ($1, $2, $3, $4, $5, $6)");

enum err
tags_store_add(struct ctx *ctx, const struct tag *tag, struct str folded)
{
    return db_exec(ctx, &add_tag,
                   DB_BIND(db_int(ctx->merchant.v), db_int(tag->id.v), db_text(tag->name),
                           db_text(folded), db_int(tag->created_us), db_int(tag->updated_us)));
}

DB_SQL(change_tag, "UPDATE tag SET name = $3, folded = $4, updated_us = $5"
                   " WHERE merchant_id = $1 AND id = $2");

enum err
tags_store_change(struct ctx *ctx, const struct tag *tag, struct str folded)
{
    return db_exec(ctx, &change_tag,
                   DB_BIND(db_int(ctx->merchant.v), db_int(tag->id.v), db_text(tag->name),
                           db_text(folded), db_int(tag->updated_us)));
}

DB_SQL(take_off_all, "DELETE FROM customer_tag WHERE merchant_id = $1 AND tag_id = $2");
DB_SQL(remove_tag, "DELETE FROM tag WHERE merchant_id = $1 AND id = $2");

enum err
tags_store_remove(struct ctx *ctx, tag_id id)
{
    TRY(db_exec(ctx, &take_off_all, DB_BIND(db_int(ctx->merchant.v), db_int(id.v))));
    return db_exec(ctx, &remove_tag, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

static struct tag
read_tag(struct db_rows *rows)
{
    return (struct tag){
        .id = {db_col_int(rows, 0)},
        .name = db_col_text(rows, 1),
        .created_us = db_col_int(rows, 2),
        .updated_us = db_col_int(rows, 3),
        .customers = db_col_int(rows, 4),
    };
}

DB_SQL(find_tag, "SELECT id, name, created_us, updated_us, 0"
                 "  FROM tag WHERE merchant_id = $1 AND id = $2");

enum err
tags_store_find(struct ctx *ctx, tag_id id, struct tag *tag)
{
    struct db_rows *rows = db_query(ctx, &find_tag, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *tag = read_tag(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_TAG_UNKNOWN, "tag %lld", (long long)id.v);
}

DB_SQL(find_tag_name, "SELECT id FROM tag WHERE merchant_id = $1 AND folded = $2");

enum err
tags_store_find_name(struct ctx *ctx, struct str folded, tag_id *id)
{
    struct db_rows *rows =
        db_query(ctx, &find_tag_name, DB_BIND(db_int(ctx->merchant.v), db_text(folded)));

    id->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(count_tags, "SELECT COUNT(*) FROM tag WHERE merchant_id = $1");

enum err
tags_store_count(struct ctx *ctx, int64_t *count)
{
    struct db_rows *rows = db_query(ctx, &count_tags, DB_BIND(db_int(ctx->merchant.v)));

    *count = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(list_tags, "SELECT g.id, g.name, g.created_us, g.updated_us,"
                  "       (SELECT COUNT(*) FROM customer_tag AS t"
                  "         WHERE t.merchant_id = $1 AND t.tag_id = g.id)"
                  "  FROM tag AS g"
                  " WHERE g.merchant_id = $1"
                  " ORDER BY g.folded");

enum err
tags_store_list(struct ctx *ctx, struct tag **tags, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_tags, DB_BIND(db_int(ctx->merchant.v)));

    *tags = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *tags, *count, read_tag(rows));
    }
    return db_done(rows);
}

/* ---- who has them ---- */
DB_SQL(put_on, "INSERT INTO customer_tag (merchant_id, customer_id, tag_id)"
               " VALUES ($1, $2, $3)"
               " ON CONFLICT (merchant_id, customer_id, tag_id) DO NOTHING");

enum err
tags_store_put_on(struct ctx *ctx, customer_id customer, tag_id tag, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &put_on, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(tag.v)),
                  &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(take_off, "DELETE FROM customer_tag"
                 " WHERE merchant_id = $1 AND customer_id = $2 AND tag_id = $3");

enum err
tags_store_take_off(struct ctx *ctx, customer_id customer, tag_id tag, bool *changed)
{
    int64_t count = 0;

    TRY(db_change(ctx, &take_off,
                  DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(tag.v)), &count));
    *changed = count == 1;
    return OK;
}

DB_SQL(list_tags_of, "SELECT tag_id FROM customer_tag"
                     " WHERE merchant_id = $1 AND customer_id = $2"
                     " ORDER BY tag_id");

enum err
tags_store_list_of(struct ctx *ctx, customer_id customer, tag_id **tags, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_tags_of, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *tags = NULL;
    *count = 0;
    while (db_next(rows)) {
        const tag_id tag = {db_col_int(rows, 0)};

        LIST_ADD(ctx->arena, *tags, *count, tag);
    }
    return db_done(rows);
}

DB_SQL(forget_tags_of, "DELETE FROM customer_tag WHERE merchant_id = $1 AND customer_id = $2");

enum err
tags_store_forget_customer(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &forget_tags_of, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}
