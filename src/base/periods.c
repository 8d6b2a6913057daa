/* periods — see periods.h. */
#include "base/periods.h"
#include "base/arena.h"
#include "base/clock.h"
#include <libical/ical.h>
#include <strings.h>

/* 1970 to 2200, as everywhere; none of Square's promotions was made before there were any. */
#define LOCAL_MAX (INT64_C(84006) * CLOCK_DAY_US)

/* ---- reading ---- */

/* A time of the wall clock: one with a zone, or a day alone, is none. */
static enum err
read_local(struct icaltimetype time, int64_t *local_us)
{
    if (icaltime_is_null_time(time) || time.is_date || time.zone != NULL) return ERR_FIELD_VALUE;
    /* "the 32nd" would be read as the first of the next month. */
    struct icaltimetype normal = icaltime_normalize(time);
    if (icaltime_compare_date_only(time, normal) != 0) return ERR_FIELD_VALUE;
    if (time.hour != normal.hour || time.minute != normal.minute) return ERR_FIELD_VALUE;
    if (time.second != normal.second) return ERR_FIELD_VALUE;
    *local_us = (int64_t)icaltime_as_timet(time) * CLOCK_SECOND_US;
    return *local_us < 0 || *local_us > LOCAL_MAX ? ERR_FIELD_VALUE : OK;
}

/* Until a day means: until its end. */
static enum err
read_until(struct icaltimetype until, struct period *period)
{
    bool is_day = until.is_date;

    if (icaltime_is_null_time(until)) return OK;
    until.is_date = 0;
    TRY(read_local(until, &period->until_us));
    if (is_day) period->until_us += CLOCK_DAY_US - CLOCK_SECOND_US;
    return OK;
}

static unsigned
day_bit(int64_t local_us)
{
    enum { FIRST_WAS_THURSDAY = 3 };

    return 1U << ((local_us / CLOCK_DAY_US + FIRST_WAS_THURSDAY) % 7);
}

static bool
has_other_parts(const struct icalrecurrencetype *rule)
{
    const short *const others[] = {
        rule->by_second,   rule->by_minute,  rule->by_hour,  rule->by_month_day,
        rule->by_year_day, rule->by_week_no, rule->by_month, rule->by_set_pos,
    };

    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        if (others[i][0] != ICAL_RECURRENCE_ARRAY_MAX) return true;
    }
    return rule->interval != 1 || rule->count != 0;
}

static enum err
read_rule(const struct icalrecurrencetype *rule, struct period *period)
{
    bool is_weekly = rule->freq == ICAL_WEEKLY_RECURRENCE;

    if (!is_weekly && rule->freq != ICAL_DAILY_RECURRENCE) return ERR_FIELD_VALUE;
    if (has_other_parts(rule)) return ERR_FIELD_VALUE;
    for (int i = 0; rule->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++) {
        /* libical counts from Sunday, its first; "the second Friday" is of months. */
        int day = icalrecurrencetype_day_day_of_week(rule->by_day[i]);

        if (day < ICAL_SUNDAY_WEEKDAY || day > ICAL_SATURDAY_WEEKDAY) return ERR_FIELD_VALUE;
        if (icalrecurrencetype_day_position(rule->by_day[i]) != 0) return ERR_FIELD_VALUE;
        period->days |= 1U << (day + 5) % 7;
    }
    if (period->days == 0) period->days = is_weekly ? day_bit(period->starts_us) : PERIOD_EVERY_DAY;
    return read_until(rule->until, period);
}

static enum err
read_duration(struct icaldurationtype duration, struct period *period)
{
    if (icaldurationtype_is_bad_duration(duration) || duration.is_neg) return ERR_FIELD_VALUE;
    /* Each by itself first: their sum is an int. */
    if (duration.weeks > 0 || duration.days > 1 || duration.hours > 24) return ERR_FIELD_VALUE;
    if (duration.minutes > 24 * 60 || duration.seconds > 24 * 3600) return ERR_FIELD_VALUE;
    period->lasts_us = icaldurationtype_as_int(duration) * CLOCK_SECOND_US;
    return period->lasts_us <= 0 || period->lasts_us > CLOCK_DAY_US ? ERR_FIELD_VALUE : OK;
}

/* Its one property of a kind, without parameters. */
static icalproperty *
find_property(icalcomponent *event, icalproperty_kind kind)
{
    icalproperty *found = icalcomponent_get_first_property(event, kind);

    if (found == NULL || icalcomponent_get_next_property(event, kind) != NULL) return NULL;
    return icalproperty_get_first_parameter(found, ICAL_ANY_PARAMETER) == NULL ? found : NULL;
}

static enum err
read_event(icalcomponent *event, struct period *period)
{
    icalproperty *start = find_property(event, ICAL_DTSTART_PROPERTY);
    icalproperty *duration = find_property(event, ICAL_DURATION_PROPERTY);
    icalproperty *rule = find_property(event, ICAL_RRULE_PROPERTY);
    int known = (start != NULL) + (duration != NULL) + (rule != NULL);

    if (start == NULL || duration == NULL) return ERR_FIELD_VALUE;
    if (icalcomponent_count_properties(event, ICAL_ANY_PROPERTY) != known) return ERR_FIELD_VALUE;
    if (icalcomponent_count_components(event, ICAL_ANY_COMPONENT) != 0) return ERR_FIELD_VALUE;

    TRY(read_local(icalproperty_get_dtstart(start), &period->starts_us));
    TRY(read_duration(icalproperty_get_duration(duration), period));
    if (rule == NULL) return OK;
    struct icalrecurrencetype recurrence = icalproperty_get_rrule(rule);
    return read_rule(&recurrence, period);
}

/* The last of its starts; 0: there is none that is the last, -1: there is none at all. */
static int64_t
last_start(const struct period *period)
{
    int64_t time_of_day = period->starts_us % CLOCK_DAY_US;

    if (period->days == 0) return period->starts_us;
    if (period->until_us == 0) return 0;
    int64_t last = period->until_us - period->until_us % CLOCK_DAY_US + time_of_day;
    if (last > period->until_us) last -= CLOCK_DAY_US;
    while (last >= period->starts_us && (period->days & day_bit(last)) == 0)
        last -= CLOCK_DAY_US;
    return last >= period->starts_us ? last : -1;
}

/* What is between the lines that begin and end an event; Square lets both be left out. */
static struct str
without_frame(struct str text)
{
    const struct str begin = STR("BEGIN:VEVENT"), end = STR("END:VEVENT");

    text = str_trim(text);
    if (!str_starts(text, begin) || text.len < begin.len + end.len) return text;
    const char *last = text.at + text.len - end.len;
    if (memcmp(last, end.at, end.len) != 0) return text;
    return str_trim((struct str){text.at + begin.len, text.len - begin.len - end.len});
}

/*
 * Whether each line is one of those that are taken. libical says on stderr what it thinks of some
 * others, such as an END without its BEGIN.
 */
static bool
has_known_lines(struct str text)
{
    static const char *const names[] = {"DTSTART", "DURATION", "RRULE"};

    while (text.len > 0) {
        const char *newline = memchr(text.at, '\n', text.len);
        size_t len = newline == NULL ? text.len : (size_t)(newline - text.at) + 1;
        bool is_known = false;

        for (int i = 0; i < 3; i++) {
            size_t name_len = strlen(names[i]);
            is_known |= len > name_len && strncasecmp(text.at, names[i], name_len) == 0;
        }
        if (!is_known) return false;
        text = (struct str){text.at + len, text.len - len};
    }
    return true;
}

enum err
period_parse(struct arena *arena, struct str text, struct period *period)
{
    struct str inner = without_frame(text);

    *period = (struct period){0};
    if (text.len > PERIOD_TEXT_MAX || !str_is_text(text)) return ERR_FIELD_VALUE;
    if (!has_known_lines(inner)) return ERR_FIELD_VALUE;
    struct str whole = str_format(arena, "BEGIN:VEVENT\n%.*s\nEND:VEVENT\n", STR_ARG(inner));
    icalcomponent *event = icalparser_parse_string(whole.at);
    if (event == NULL) return ERR_FIELD_VALUE;

    bool is_event = icalcomponent_isa(event) == ICAL_VEVENT_COMPONENT;
    enum err err = is_event ? read_event(event, period) : ERR_FIELD_VALUE;
    icalcomponent_free(event);
    return err == OK && last_start(period) < 0 ? ERR_FIELD_VALUE : err;
}

/* ---- writing ---- */

static struct str
format_local(struct arena *arena, int64_t local_us)
{
    struct icaltimetype time =
        icaltime_from_timet_with_zone((time_t)(local_us / CLOCK_SECOND_US), 0, NULL);

    return str_format(arena, "%04d%02d%02dT%02d%02d%02d", time.year, time.month, time.day,
                      time.hour, time.minute, time.second);
}

/* "PT1H30M" */
static struct str
format_duration(struct arena *arena, int64_t lasts_us)
{
    int64_t seconds = lasts_us / CLOCK_SECOND_US;
    long long hours = seconds / 3600, minutes = seconds / 60 % 60, rest = seconds % 60;
    struct str text = STR("PT");

    if (hours > 0) text = str_format(arena, "%.*s%lldH", STR_ARG(text), hours);
    if (minutes > 0) text = str_format(arena, "%.*s%lldM", STR_ARG(text), minutes);
    if (rest > 0) text = str_format(arena, "%.*s%lldS", STR_ARG(text), rest);
    return text;
}

static struct str
format_rule(struct arena *arena, const struct period *period)
{
    static const char names[7][3] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
    struct str text = STR("FREQ=DAILY");

    if (period->days != PERIOD_EVERY_DAY) {
        text = STR("FREQ=WEEKLY;BYDAY");
        for (int i = 0, count = 0; i < 7; i++) {
            if ((period->days & 1U << i) == 0) continue;
            text = str_format(arena, "%.*s%c%s", STR_ARG(text), count++ == 0 ? '=' : ',', names[i]);
        }
    }
    if (period->until_us == 0) return text;
    return str_format(arena, "%.*s;UNTIL=%.*s", STR_ARG(text),
                      STR_ARG(format_local(arena, period->until_us)));
}

struct str
period_format(struct arena *arena, const struct period *period)
{
    struct str text = str_format(arena, "BEGIN:VEVENT\nDTSTART:%.*s\nDURATION:%.*s\n",
                                 STR_ARG(format_local(arena, period->starts_us)),
                                 STR_ARG(format_duration(arena, period->lasts_us)));

    if (period->days != 0) {
        text = str_format(arena, "%.*sRRULE:%.*s\n", STR_ARG(text),
                          STR_ARG(format_rule(arena, period)));
    }
    return str_format(arena, "%.*sEND:VEVENT", STR_ARG(text));
}

/* ---- asking ---- */

static bool
starts_at(const struct period *period, int64_t local_us)
{
    if (period->days == 0) return local_us == period->starts_us;
    if (local_us < period->starts_us || (period->days & day_bit(local_us)) == 0) return false;
    return period->until_us == 0 || local_us <= period->until_us;
}

bool
period_covers(const struct period *period, int64_t local_us)
{
    int64_t today = local_us - local_us % CLOCK_DAY_US + period->starts_us % CLOCK_DAY_US;

    if (local_us < 0) return false;
    /* Or the evening before, over midnight. */
    for (int64_t start = today; start >= today - CLOCK_DAY_US; start -= CLOCK_DAY_US) {
        bool is_within = local_us >= start && local_us - start < period->lasts_us;

        if (is_within && start >= 0 && starts_at(period, start)) return true;
    }
    return false;
}

int64_t
period_first_day(const struct period *period)
{
    return period->starts_us / CLOCK_DAY_US;
}

int64_t
period_last_day(const struct period *period)
{
    int64_t last = last_start(period);

    return last <= 0 && period->days != 0 ? 0 : (last + period->lasts_us - 1) / CLOCK_DAY_US;
}
