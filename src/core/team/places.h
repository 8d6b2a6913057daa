/*
 * places — where somebody of the team works: at some of the merchant's locations, or at all.
 *
 * Who works at some gives points, sells and refunds there and nowhere else. Customers are the
 * merchant's, and are seen everywhere.
 */
#pragma once
#include "core/team/team.h"

enum { PLACES_MAX = 50 };

/* Of a member; none: everywhere. */
MUST_USE enum err places_list(struct ctx *ctx, team_member_id id, location_id **places, int *count);
/*
 * These and no others; none: everywhere.
 * Within:   a transaction
 * Repeat:   harmless
 * Errors:   ERR_LOCATION_UNKNOWN, ERR_LOCATION_FORBIDDEN   (location_ids) where ctx->actor is not,
 *           whom nobody may send further than they go themselves
 */
MUST_USE enum err places_change(struct ctx *ctx, team_member_id id, const location_id *places,
                                int count);
/* Whether ctx->actor works wherever this member does.
 * Errors: ERR_LOCATION_FORBIDDEN   (location_ids) */
MUST_USE enum err places_check_member(struct ctx *ctx, team_member_id id);
/* Takes away all of a member's. Within: a transaction. Repeat: harmless. */
MUST_USE enum err places_remove(struct ctx *ctx, team_member_id id);

/* Whether ctx->actor may act at this location; 0: at none in particular.
 * Errors: ERR_LOCATION_FORBIDDEN */
MUST_USE enum err places_check(struct ctx *ctx, location_id location);
/* Whether ctx->actor works at some places only. */
MUST_USE enum err places_are_limited(struct ctx *ctx, bool *limited);
/* Where ctx->actor works, when nobody said which location is meant: the first of theirs; stays as
 * it is for who works everywhere. */
MUST_USE enum err places_choose(struct ctx *ctx, location_id *location);
