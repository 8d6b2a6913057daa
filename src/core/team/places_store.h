/* places_store — the SQL of places.h. */
#pragma once
#include "core/team/places.h"

MUST_USE enum err places_store_list(struct ctx *ctx, int64_t holder, location_id **places,
                                    int *count);
MUST_USE enum err places_store_add(struct ctx *ctx, int64_t holder, location_id place);
MUST_USE enum err places_store_remove(struct ctx *ctx, int64_t holder);
