/* places_store — the SQL of places.h. */
#pragma once
#include "core/team/places.h"

MUST_USE enum err places_store_list(struct ctx *ctx, team_member_id id, location_id **places,
                                    int *count);
MUST_USE enum err places_store_add(struct ctx *ctx, team_member_id id, location_id place);
MUST_USE enum err places_store_remove(struct ctx *ctx, team_member_id id);
