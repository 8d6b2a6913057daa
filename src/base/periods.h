/*
 * periods — times of the week, as an iCalendar event (RFC 5545) tells them: "Tuesdays from four to
 * six, until the end of the year". Read by libical.
 *
 * Local times of some place that the caller knows: microseconds since 1970 of its wall clock, as
 * zone_local_at gives them. Of a VEVENT what Square takes is taken: DTSTART without a zone,
 * DURATION of at most a day, and RRULE by day or by week with BYDAY and UNTIL.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <stdbool.h>
#include <stdint.h>

struct arena;

enum { PERIOD_EVERY_DAY = 127, PERIOD_TEXT_MAX = 400 };

struct period {
    int64_t starts_us; /* the first time, local */
    int64_t lasts_us;  /* each time; at most a day */
    unsigned days;     /* of the week that it comes back on: bit 0 is Monday; 0: it is once */
    int64_t until_us;  /* the last start, local; 0: no end */
};

/*
 * Errors:   ERR_FIELD_VALUE   not a VEVENT, or one with more than is taken
 */
MUST_USE enum err period_parse(struct arena *arena, struct str text, struct period *period);
/* "BEGIN:VEVENT\nDTSTART:20221104T100000\nDURATION:PT8H\nRRULE:FREQ=WEEKLY;BYDAY=FR\nEND:VEVENT" */
struct str period_format(struct arena *arena, const struct period *period);

/* Whether a local time is within one of its times; their ends are not. */
bool period_covers(const struct period *period, int64_t local_us);
/* Days of zone.h: its first, and the last it reaches into; 0: it has no end. */
int64_t period_first_day(const struct period *period);
int64_t period_last_day(const struct period *period);
