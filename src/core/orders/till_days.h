/*
 * till_days — the days of a location's till: who was there first, and who closed the day with its
 * summary.
 *
 * Days are the location's own. A day opens by itself, with the first who opens the till or sells at
 * it. Closing is a note that the summary was read, no closing of books: what is sold later counts
 * all the same, and the day can be closed again. What a day comes to is in insight/till_summary.h.
 */
#pragma once
#include "core/merchants/merchants.h"

struct till_day {
    location_id location;
    int64_t day; /* as zone_day_at counts them, where the location is */
    int64_t opened_us, closed_us;
    team_member_id opened_by, closed_by; /* 0: not by a member of the team */
};
/*
 * Whose day is meant (0: the first where ctx->actor works), when they may see it.
 * Errors: ERR_LOCATION_UNKNOWN, ERR_LOCATION_FORBIDDEN
 */
MUST_USE enum err till_days_choose(struct ctx *ctx, location_id id, struct location *location);
/* opened_us and closed_us stay 0 where it was not. */
MUST_USE enum err till_days_find(struct ctx *ctx, location_id location, int64_t day,
                                 struct till_day *found);
/*
 * Notes that the till is used today.
 * Within:   a write batch
 * Repeat:   harmless: the first stays
 */
MUST_USE enum err till_days_open(struct ctx *ctx, const struct location *location);
/*
 * Notes that today was closed now.
 * Within:   a write batch
 * Repeat:   harmless: the last stays
 * Errors:   those of till_days_choose
 */
MUST_USE enum err till_days_close(struct ctx *ctx, location_id location, struct till_day *closed);
