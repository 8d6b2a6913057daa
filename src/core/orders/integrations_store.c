/* integrations_store — see integrations_store.h. */
#include "core/orders/integrations_store.h"
#include "base/clock.h"
#include "base/list.h"
#include "db/db.h"

DB_SQL(add_integration, "INSERT INTO integration (merchant_id, id, vendor, active, secret_sealed,"
                        "                         created_us)"
                        " VALUES ($1, $2, $3, $4, $5, $6)");

enum err
integrations_store_add(struct ctx *ctx, const struct integration *integration, struct str sealed)
{
    return db_exec(ctx, &add_integration,
                   DB_BIND(db_int(ctx->merchant.v), db_int(integration->id.v),
                           db_text(integration->vendor), db_bool(integration->active),
                           db_bytes(sealed.at, sealed.len), db_int(ctx->now_us)));
}

DB_SQL(find_integration, "SELECT merchant_id, vendor, active, secret_sealed"
                         "  FROM integration"
                         " WHERE id = $1");

enum err
integrations_store_find(struct ctx *ctx, integration_id id, struct integration *integration,
                        struct str *sealed)
{
    struct db_rows *rows = db_query(ctx, &find_integration, DB_BIND(db_int(id.v)));
    bool found = db_next(rows);

    if (found) {
        ctx->merchant.v = db_col_int(rows, 0);
        *integration = (struct integration){
            .id = id, .vendor = db_col_text(rows, 1), .active = db_col_bool(rows, 2)};
        *sealed = db_col_text(rows, 3);
    }
    TRY(db_done(rows));
    return found ? OK : fail(ctx, ERR_INTEGRATION_UNKNOWN, "integration %lld", (long long)id.v);
}

DB_SQL(list_integrations, "SELECT id, vendor, active"
                          "  FROM integration"
                          " WHERE merchant_id = $1"
                          " ORDER BY id");

enum err
integrations_store_list(struct ctx *ctx, struct integration **integrations, int *count)
{
    struct db_rows *rows = db_query(ctx, &list_integrations, DB_BIND(db_int(ctx->merchant.v)));

    *integrations = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct integration integration = {.id = {db_col_int(rows, 0)},
                                                .vendor = db_col_text(rows, 1),
                                                .active = db_col_bool(rows, 2)};
        LIST_ADD(ctx->arena, *integrations, *count, integration);
    }
    return db_done(rows);
}

DB_SQL(match_integration, "SELECT id"
                          "  FROM integration"
                          " WHERE merchant_id = $1 AND vendor = $2"
                          " ORDER BY id"
                          " LIMIT 1");

enum err
integrations_store_match(struct ctx *ctx, struct str vendor, integration_id *id)
{
    struct db_rows *rows =
        db_query(ctx, &match_integration, DB_BIND(db_int(ctx->merchant.v), db_text(vendor)));

    id->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

DB_SQL(find_establishment,
       "SELECT location_id, seen_us"
       "  FROM integration_location"
       " WHERE merchant_id = $1 AND integration_id = $2 AND establishment = $3");
DB_SQL(note_establishment,
       "INSERT INTO integration_location (merchant_id, integration_id, establishment, seen_us)"
       " VALUES ($1, $2, $3, $4)"
       " ON CONFLICT (merchant_id, integration_id, establishment) DO UPDATE"
       "   SET seen_us = EXCLUDED.seen_us");

enum err
integrations_store_see_establishment(struct ctx *ctx, integration_id id, struct str establishment,
                                     location_id *location)
{
    int64_t seen_us = 0;
    struct db_rows *rows =
        db_query(ctx, &find_establishment,
                 DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_text(establishment)));

    *location = (location_id){0};
    if (db_next(rows)) {
        location->v = db_col_int(rows, 0);
        seen_us = db_col_int(rows, 1);
    }
    TRY(db_done(rows));
    /* When it last sent something is for people; a minute is exact enough, and saves a write. */
    if (ctx->now_us - seen_us <= CLOCK_MINUTE_US) return OK;
    return db_exec(ctx, &note_establishment,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_text(establishment),
                           db_int(ctx->now_us)));
}

DB_SQL(associate, "INSERT INTO integration_location (merchant_id, integration_id, establishment,"
                  "                                  location_id, seen_us)"
                  " VALUES ($1, $2, $3, $4, 0)"
                  " ON CONFLICT (merchant_id, integration_id, establishment) DO UPDATE"
                  "   SET location_id = EXCLUDED.location_id");

enum err
integrations_store_associate(struct ctx *ctx, integration_id id, struct str establishment,
                             location_id location)
{
    return db_exec(ctx, &associate,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_text(establishment),
                           db_int_or_null(location.v)));
}
