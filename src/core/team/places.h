/*
 * places — where somebody of the team works: at some of the merchant's locations, or at all.
 *
 * Who works at some gives points, sells, refunds and sets up tablets there and nowhere else, and
 * sees what was sold there, and what was done there or by themselves. Customers are the merchant's,
 * and are seen everywhere, with what they earned and what is owed to them.
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
/* ctx->actor, if they work at some places only; 0: everywhere, as who is nobody's staff. Figures
 * and lists of several places leave out all others (team_place). */
MUST_USE enum err places_find_limited(struct ctx *ctx, team_member_id *limited);
/* Where ctx->actor works, when nobody said which location is meant: the first of theirs; stays as
 * it is for who works everywhere. */
MUST_USE enum err places_choose(struct ctx *ctx, location_id *location);
