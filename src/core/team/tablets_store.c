/* tablets_store — see tablets_store.h. */
#include "core/team/tablets_store.h"
#include "base/list.h"
#include "db/db.h"

/* ---- tablets ---- */
DB_SQL(add_tablet, "INSERT INTO tablet (merchant_id, id, location_id, register_id, name, seen_us,"
                   "                    created_us)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7)");

enum err
tablets_store_add(struct ctx *ctx, const struct tablet *tablet)
{
    return db_exec(ctx, &add_tablet,
                   DB_BIND(db_int(ctx->merchant.v), db_int(tablet->id.v),
                           db_int(tablet->location.v), db_int_or_null(tablet->reg.v),
                           db_text(tablet->name), db_int(tablet->seen_us),
                           db_int(tablet->created_us)));
}

#define TABLET_COLUMNS                                                                             \
    "t.id, t.location_id, t.register_id, t.name, t.seen_us, t.created_us,"                         \
    " EXISTS (SELECT 1 FROM credential c"                                                          \
    "          WHERE c.merchant_id = t.merchant_id AND c.subject_id = t.id AND c.kind = 'dev')"

static struct tablet
read_tablet(struct db_rows *rows)
{
    return (struct tablet){
        .id = {db_col_int(rows, 0)},
        .location = {db_col_int(rows, 1)},
        .reg = {db_col_int(rows, 2)},
        .name = db_col_text(rows, 3),
        .seen_us = db_col_int(rows, 4),
        .created_us = db_col_int(rows, 5),
        .paired = db_col_bool(rows, 6),
    };
}

DB_SQL(find_tablet, "SELECT " TABLET_COLUMNS "  FROM tablet t"
                    " WHERE t.merchant_id = $1 AND t.id = $2");

enum err
tablets_store_find(struct ctx *ctx, tablet_id id, struct tablet *tablet)
{
    struct db_rows *rows =
        db_query(ctx, &find_tablet, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *tablet = read_tablet(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_TABLET_UNKNOWN, "tablet %lld", (long long)id.v);
}

DB_SQL(list_tablets, "SELECT " TABLET_COLUMNS "  FROM tablet t"
                     " WHERE t.merchant_id = $1"
                     " ORDER BY t.id");

enum err
tablets_store_list(struct ctx *ctx, struct tablet **tablets, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_tablets, DB_BIND(db_int(ctx->merchant.v)));

    *tablets = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *tablets, *count, read_tablet(rows));
    }
    return db_done(rows);
}

DB_SQL(change_tablet, "UPDATE tablet"
                      "   SET location_id = $3, register_id = $4, name = $5"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
tablets_store_change(struct ctx *ctx, const struct tablet *tablet, bool *found)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &change_tablet,
                  DB_BIND(db_int(ctx->merchant.v), db_int(tablet->id.v), db_int(tablet->location.v),
                          db_int_or_null(tablet->reg.v), db_text(tablet->name)),
                  &changed));
    *found = changed == 1;
    return OK;
}

DB_SQL(remove_tablet, "DELETE FROM tablet"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
tablets_store_remove(struct ctx *ctx, tablet_id id, bool *found)
{
    int64_t changed = 0;

    TRY(db_change(ctx, &remove_tablet, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)), &changed));
    *found = changed == 1;
    return OK;
}

DB_SQL(note_tablet_seen, "UPDATE tablet"
                         "   SET seen_us = $3"
                         " WHERE merchant_id = $1 AND id = $2 AND seen_us < $3");

enum err
tablets_store_note_seen(struct ctx *ctx, tablet_id id, int64_t at_us)
{
    return db_exec(ctx, &note_tablet_seen,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(at_us)));
}

/* ---- codes ---- */
DB_SQL(remove_codes, "DELETE FROM pairing_code"
                     " WHERE merchant_id = $1 AND tablet_id = $2");

enum err
tablets_store_remove_codes(struct ctx *ctx, tablet_id id)
{
    return db_exec(ctx, &remove_codes, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}

DB_SQL(add_code, "INSERT INTO pairing_code (merchant_id, code_hash, tablet_id, expires_us)"
                 " VALUES ($1, $2, $3, $4)"
                 " ON CONFLICT (code_hash) DO NOTHING"
                 " RETURNING tablet_id");

enum err
tablets_store_add_code(struct ctx *ctx, tablet_id id, const uint8_t hash[static HASH_LEN],
                       int64_t expires_us, bool *added)
{
    struct db_rows *rows = db_query(ctx, &add_code,
                                    DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN),
                                            db_int(id.v), db_int(expires_us)));

    *added = db_next(rows);
    return db_done(rows);
}

/* In one statement, so that two tablets cannot both use it. */
DB_SQL(take_code, "DELETE FROM pairing_code"
                  " WHERE code_hash = $1"
                  " RETURNING merchant_id, tablet_id, expires_us");

enum err
tablets_store_take_code(struct ctx *ctx, const uint8_t hash[static HASH_LEN], tablet_id *id,
                        int64_t *expires_us)
{
    struct db_rows *rows = db_query(ctx, &take_code, DB_BIND(db_bytes(hash, HASH_LEN)));

    *id = (tablet_id){0};
    *expires_us = 0;
    if (db_next(rows)) {
        ctx->merchant.v = db_col_int(rows, 0);
        id->v = db_col_int(rows, 1);
        *expires_us = db_col_int(rows, 2);
    }
    return db_done(rows);
}
