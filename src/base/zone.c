/* zone — see zone.h. */
#include "base/zone.h"
#include "base/arena.h"
#include "base/clock.h"
#include <unicode/ucal.h>
#include <unicode/ustring.h>

enum { ZONE_NAME_MAX = 64, DAY_TEXT_LEN = 10 };
#define MS_US       1000
#define MS_ROUND(x) ((int64_t)(x)) /* ICU counts milliseconds in a double, exactly */

/* A zone's name as ICU wants it: UTF-16. No zone has a name that is longer, or not ASCII. */
struct zone_name {
    UChar at[ZONE_NAME_MAX];
    int32_t len;
};

static bool
read_name(struct str zone, struct zone_name *name)
{
    if (zone.len == 0 || zone.len >= ZONE_NAME_MAX) return false;
    for (size_t i = 0; i < zone.len; i++) {
        if ((unsigned char)zone.at[i] >= 0x80) return false;
        name->at[i] = (UChar)zone.at[i];
    }
    name->len = (int32_t)zone.len;
    return true;
}

bool
zone_is_known(struct str zone)
{
    UErrorCode error = U_ZERO_ERROR;
    UChar canonical[ZONE_NAME_MAX];
    struct zone_name name;
    UBool is_listed = 0;

    if (!read_name(zone, &name)) return false;
    ucal_getCanonicalTimeZoneID(name.at, name.len, canonical, ZONE_NAME_MAX, &is_listed, &error);
    return U_SUCCESS(error) && is_listed;
}

static UCalendar *
open_calendar(struct str zone)
{
    UErrorCode error = U_ZERO_ERROR;
    struct zone_name name;
    bool is_name = read_name(zone, &name);

    ASSERT(is_name);
    UCalendar *calendar = ucal_open(name.at, name.len, "en", UCAL_GREGORIAN, &error);
    ASSERT(U_SUCCESS(error));
    ucal_setAttribute(calendar, UCAL_SKIPPED_WALL_TIME, UCAL_WALLTIME_NEXT_VALID);
    ucal_setAttribute(calendar, UCAL_REPEATED_WALL_TIME, UCAL_WALLTIME_FIRST);
    return calendar;
}

int64_t
zone_local_at(struct str zone, int64_t at_us)
{
    UCalendar *calendar = open_calendar(zone);
    UErrorCode error = U_ZERO_ERROR;

    ucal_setMillis(calendar, (UDate)(at_us / MS_US), &error);
    int64_t offset_ms = ucal_get(calendar, UCAL_ZONE_OFFSET, &error);
    offset_ms += ucal_get(calendar, UCAL_DST_OFFSET, &error);
    ASSERT(U_SUCCESS(error));
    ucal_close(calendar);
    return at_us + offset_ms * MS_US;
}

int64_t
zone_day_at(struct str zone, int64_t at_us)
{
    int64_t local_us = zone_local_at(zone, at_us);

    return local_us >= 0 ? local_us / CLOCK_DAY_US : -1 - (-1 - local_us) / CLOCK_DAY_US;
}

void
zone_day_starts(struct str zone, int64_t first, int count, int64_t *starts_us)
{
    UCalendar *calendar = open_calendar(zone);
    UErrorCode error = U_ZERO_ERROR;

    for (int i = 0; i < count; i++) {
        /* The calendar counts on from the first of January itself. */
        ucal_clear(calendar);
        ucal_setDateTime(calendar, 1970, UCAL_JANUARY, (int32_t)(1 + first + i), 0, 0, 0, &error);
        starts_us[i] = MS_ROUND(ucal_getMillis(calendar, &error)) * MS_US;
    }
    ASSERT(U_SUCCESS(error));
    ucal_close(calendar);
}

struct str
zone_day_format(struct arena *arena, int64_t day)
{
    struct str text = clock_format(arena, day * CLOCK_DAY_US);

    return (struct str){text.at, DAY_TEXT_LEN};
}

enum err
zone_day_parse(struct arena *arena, struct str text, int64_t *day)
{
    int64_t at_us;

    if (text.len != DAY_TEXT_LEN) return ERR_TIME_MALFORMED;
    TRY(clock_parse(str_format(arena, "%.*sT00:00:00Z", STR_ARG(text)), &at_us));
    *day = at_us / CLOCK_DAY_US;
    return OK;
}
