/* merchants_store — see merchants_store.h. */
#include "core/merchants/merchants_store.h"
#include "base/list.h"
#include "db/db.h"

/* ---- merchants ---- */
DB_SQL(add_merchant, "INSERT INTO merchant (id, name, currency, country, language, time_zone,"
                     "                      slug, brand_color, tablet_pin_hash, created_us)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");

enum err
merchants_store_add(struct ctx *ctx, const struct merchant *merchant)
{
    return db_exec(ctx, &add_merchant,
                   DB_BIND(db_int(merchant->id.v), db_text(merchant->name),
                           db_text(merchant->currency), db_text(merchant->country),
                           db_text(merchant->language), db_text(merchant->time_zone),
                           db_text(merchant->slug), db_text(merchant->brand_color),
                           db_text(merchant->tablet_pin_hash), db_int(merchant->created_us)));
}

#define MERCHANT_COLUMNS                                                                           \
    "id, name, currency, country, language, time_zone, slug, brand_color, tablet_pin_hash,"        \
    "       logo_file_id, created_us, second_factor_required"

static struct merchant
read_merchant(struct db_rows *rows)
{
    return (struct merchant){
        .id = {db_col_int(rows, 0)},
        .name = db_col_text(rows, 1),
        .currency = db_col_text(rows, 2),
        .country = db_col_text(rows, 3),
        .language = db_col_text(rows, 4),
        .time_zone = db_col_text(rows, 5),
        .slug = db_col_text(rows, 6),
        .brand_color = db_col_text(rows, 7),
        .tablet_pin_hash = db_col_text(rows, 8),
        .logo = {db_col_int(rows, 9)},
        .created_us = db_col_int(rows, 10),
        .second_factor_required = db_col_bool(rows, 11),
    };
}

DB_SQL(find_merchant, "SELECT " MERCHANT_COLUMNS "  FROM merchant"
                      " WHERE id = $1");

enum err
merchants_store_find(struct ctx *ctx, struct merchant *merchant)
{
    struct db_rows *rows = db_query(ctx, &find_merchant, DB_BIND(db_int(ctx->merchant.v)));
    bool found = db_next(rows);

    if (found) *merchant = read_merchant(rows);
    TRY(db_done(rows));
    return found ? OK
                 : fail(ctx, ERR_MERCHANT_UNKNOWN, "merchant %lld", (long long)ctx->merchant.v);
}

DB_SQL(find_merchant_by_slug, "SELECT " MERCHANT_COLUMNS "  FROM merchant"
                              " WHERE slug = $1 AND slug <> ''");

enum err
merchants_store_find_by_slug(struct ctx *ctx, struct str slug, struct merchant *merchant)
{
    struct db_rows *rows = db_query(ctx, &find_merchant_by_slug, DB_BIND(db_text(slug)));

    if (db_next(rows)) *merchant = read_merchant(rows);
    return db_done(rows);
}

DB_SQL(change_merchant, "UPDATE merchant"
                        "   SET name = $2, language = $3, time_zone = $4, slug = $5,"
                        "       brand_color = $6, tablet_pin_hash = $7,"
                        "       second_factor_required = $8"
                        " WHERE id = $1");

enum err
merchants_store_change(struct ctx *ctx, const struct merchant *merchant)
{
    int64_t changed;

    return db_change(ctx, &change_merchant,
                     DB_BIND(db_int(merchant->id.v), db_text(merchant->name),
                             db_text(merchant->language), db_text(merchant->time_zone),
                             db_text(merchant->slug), db_text(merchant->brand_color),
                             db_text(merchant->tablet_pin_hash),
                             db_bool(merchant->second_factor_required)),
                     &changed);
}

DB_SQL(change_logo, "UPDATE merchant"
                    "   SET logo_file_id = $2"
                    " WHERE id = $1");

enum err
merchants_store_change_logo(struct ctx *ctx, file_id logo)
{
    int64_t changed;

    TRY(db_change(ctx, &change_logo, DB_BIND(db_int(ctx->merchant.v), db_int_or_null(logo.v)),
                  &changed));
    if (changed > 0) return OK;
    return fail(ctx, ERR_MERCHANT_UNKNOWN, "merchant %lld", (long long)ctx->merchant.v);
}

DB_SQL(list_merchants, "SELECT " MERCHANT_COLUMNS "  FROM merchant"
                       " ORDER BY id");

enum err
merchants_store_list(struct ctx *ctx, struct merchant **merchants, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_merchants, NULL, 0);

    *merchants = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *merchants, *count, read_merchant(rows));
    }
    return db_done(rows);
}

DB_SQL(read_seq, "SELECT seq"
                 "  FROM merchant_seq"
                 " WHERE merchant_id = $1");

enum err
merchants_store_read_seq(struct ctx *ctx, int64_t *seq)
{
    struct db_rows *rows = db_query(ctx, &read_seq, DB_BIND(db_int(ctx->merchant.v)));

    *seq = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* ---- locations ---- */
DB_SQL(add_location, "INSERT INTO location (merchant_id, id, name, currency, country, language,"
                     "                      time_zone, status, created_us)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");

enum err
merchants_store_add_location(struct ctx *ctx, const struct location *location)
{
    return db_exec(ctx, &add_location,
                   DB_BIND(db_int(ctx->merchant.v), db_int(location->id.v), db_text(location->name),
                           db_text(location->currency), db_text(location->country),
                           db_text(location->language), db_text(location->time_zone),
                           db_text(location->active ? STR("ACTIVE") : STR("INACTIVE")),
                           db_int(location->created_us)));
}

#define LOCATION_COLUMNS "id, name, currency, country, language, time_zone, status, created_us"

static struct location
read_location(struct db_rows *rows)
{
    return (struct location){
        .id = {db_col_int(rows, 0)},
        .name = db_col_text(rows, 1),
        .currency = db_col_text(rows, 2),
        .country = db_col_text(rows, 3),
        .language = db_col_text(rows, 4),
        .time_zone = db_col_text(rows, 5),
        .active = str_is(db_col_text(rows, 6), STR("ACTIVE")),
        .created_us = db_col_int(rows, 7),
    };
}

DB_SQL(find_location, "SELECT " LOCATION_COLUMNS "  FROM location"
                      " WHERE merchant_id = $1"
                      "   AND ($2 = 0 OR id = $2)"
                      " ORDER BY id"
                      " LIMIT 1");

enum err
merchants_store_find_location(struct ctx *ctx, location_id id, struct location *location)
{
    struct db_rows *rows =
        db_query(ctx, &find_location, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *location = read_location(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_LOCATION_UNKNOWN, "location %lld", (long long)id.v);
}

DB_SQL(list_locations, "SELECT " LOCATION_COLUMNS "  FROM location"
                       " WHERE merchant_id = $1"
                       " ORDER BY id");

enum err
merchants_store_list_locations(struct ctx *ctx, struct location **locations, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_locations, DB_BIND(db_int(ctx->merchant.v)));

    *locations = NULL;
    *count = 0;
    while (db_next(rows)) {
        LIST_ADD(ctx->arena, *locations, *count, read_location(rows));
    }
    return db_done(rows);
}

/* ---- registers ---- */
DB_SQL(add_register, "INSERT INTO register (merchant_id, id, location_id, integration_id, name,"
                     "                      vendor_register, seen_us)"
                     " VALUES ($1, $2, $3, $4, $5, $6, $7)"
                     " ON CONFLICT (merchant_id, integration_id, location_id, vendor_register)"
                     " DO NOTHING"
                     " RETURNING id");

enum err
merchants_store_add_register(struct ctx *ctx, const struct shop_register *reg, bool *added)
{
    struct db_rows *rows =
        db_query(ctx, &add_register,
                 DB_BIND(db_int(ctx->merchant.v), db_int(reg->id.v), db_int(reg->location.v),
                         db_int(reg->integration.v), db_text(reg->name),
                         db_text(reg->vendor_register), db_int(reg->seen_us)));

    *added = db_next(rows);
    return db_done(rows);
}

#define REGISTER_COLUMNS "id, location_id, integration_id, name, vendor_register, seen_us"

static struct shop_register
read_register(struct db_rows *rows)
{
    return (struct shop_register){
        .id = {db_col_int(rows, 0)},
        .location = {db_col_int(rows, 1)},
        .integration = {db_col_int(rows, 2)},
        .name = db_col_text(rows, 3),
        .vendor_register = db_col_text(rows, 4),
        .seen_us = db_col_int(rows, 5),
    };
}

DB_SQL(find_register, "SELECT " REGISTER_COLUMNS "  FROM register"
                      " WHERE merchant_id = $1 AND id = $2");

enum err
merchants_store_find_register(struct ctx *ctx, register_id id, struct shop_register *reg)
{
    struct db_rows *rows =
        db_query(ctx, &find_register, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
    bool found = db_next(rows);

    if (found) *reg = read_register(rows);
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_REGISTER_UNKNOWN, "register %lld", (long long)id.v);
}

/* Which vendor's a register is, its integration says. */
DB_SQL(list_registers, "SELECT r.id, r.location_id, r.integration_id, r.name, r.vendor_register,"
                       "       r.seen_us, i.vendor"
                       "  FROM register r"
                       "  JOIN integration i"
                       "    ON i.merchant_id = r.merchant_id AND i.id = r.integration_id"
                       " WHERE r.merchant_id = $1"
                       " ORDER BY r.id");

enum err
merchants_store_list_registers(struct ctx *ctx, struct shop_register **registers, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_registers, DB_BIND(db_int(ctx->merchant.v)));

    *registers = NULL;
    *count = 0;
    while (db_next(rows)) {
        struct shop_register reg = read_register(rows);

        reg.vendor = db_col_text(rows, 6);
        LIST_ADD(ctx->arena, *registers, *count, reg);
    }
    return db_done(rows);
}

DB_SQL(match_register, "SELECT " REGISTER_COLUMNS "  FROM register"
                       " WHERE merchant_id = $1 AND integration_id = $2 AND location_id = $3"
                       "   AND vendor_register = $4");

enum err
merchants_store_match_register(struct ctx *ctx, struct shop_register *reg)
{
    struct db_rows *rows =
        db_query(ctx, &match_register,
                 DB_BIND(db_int(ctx->merchant.v), db_int(reg->integration.v),
                         db_int(reg->location.v), db_text(reg->vendor_register)));

    if (db_next(rows)) *reg = read_register(rows);
    return db_done(rows);
}

DB_SQL(note_register_seen, "UPDATE register"
                           "   SET seen_us = $3"
                           " WHERE merchant_id = $1 AND id = $2 AND seen_us < $3");

enum err
merchants_store_note_register_seen(struct ctx *ctx, register_id id, int64_t at_us)
{
    return db_exec(ctx, &note_register_seen,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(at_us)));
}
