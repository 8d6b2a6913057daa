/*
 * zone — a place's calendar: which day it is there, and when that day begins. By ICU.
 *
 * A day is the number of days since 1970-01-01 of the local calendar. Where the clocks change, a
 * day has 23 or 25 hours; where they jump over midnight, it begins at the first time there is.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <stdint.h>

struct arena;

/* Whether this is the name of a zone in the tz database: "Europe/Paris". */
bool zone_is_known(struct str zone);

/* The wall clock at a time: microseconds since 1970-01-01 there, as if it were in UTC.
 * Requires: a zone that is known (asserted). */
int64_t zone_local_at(struct str zone, int64_t at_us);
/* The local day at a time. Requires: a zone that is known (asserted). */
int64_t zone_day_at(struct str zone, int64_t at_us);
/* When `count` days begin, from `first` on. Requires: a zone that is known (asserted). */
void zone_day_starts(struct str zone, int64_t first, int count, int64_t *starts_us);

struct str zone_day_format(struct arena *arena, int64_t day); /* "2026-11-22" */
/* Errors: ERR_TIME_MALFORMED   not that, or before 1970 or after 2200 */
MUST_USE enum err zone_day_parse(struct arena *arena, struct str text, int64_t *day);
