/* places_store — see places_store.h. */
#include "core/team/places_store.h"
#include "db/db.h"

DB_SQL(list_places, "SELECT location_id"
                    "  FROM team_place"
                    " WHERE merchant_id = $1 AND member_id = $2"
                    " ORDER BY location_id"
                    " LIMIT $3");

enum err
places_store_list(struct ctx *ctx, team_member_id id, location_id **places, int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_places, DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(PLACES_MAX)));

    *places = ARENA_ARRAY(ctx->arena, location_id, PLACES_MAX);
    for (*count = 0; *count < PLACES_MAX && db_next(rows); (*count)++)
        (*places)[*count].v = db_col_int(rows, 0);
    return db_done(rows);
}

DB_SQL(add_place, "INSERT INTO team_place (merchant_id, member_id, location_id)"
                  " VALUES ($1, $2, $3)"
                  " ON CONFLICT (merchant_id, member_id, location_id) DO NOTHING");

enum err
places_store_add(struct ctx *ctx, team_member_id id, location_id place)
{
    return db_exec(ctx, &add_place,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id.v), db_int(place.v)));
}

DB_SQL(remove_places, "DELETE FROM team_place"
                      " WHERE merchant_id = $1 AND member_id = $2");

enum err
places_store_remove(struct ctx *ctx, team_member_id id)
{
    return db_exec(ctx, &remove_places, DB_BIND(db_int(ctx->merchant.v), db_int(id.v)));
}
