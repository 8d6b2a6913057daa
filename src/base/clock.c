/* clock — see clock.h. */
#include "base/clock.h"
#include "base/arena.h"
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#define YEAR_9999_END_US INT64_C(253402300799999999)
#define YEAR_2200_END_US INT64_C(7289654399999999)

static int64_t
read_us(clockid_t clock)
{
    struct timespec now;

    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * CLOCK_SECOND_US + now.tv_nsec / 1000;
}

int64_t
clock_now_us(void)
{
    return read_us(CLOCK_REALTIME);
}

int64_t
clock_monotonic_us(void)
{
    return read_us(CLOCK_MONOTONIC);
}

struct date {
    int64_t year, month, day;
};

/*
 * Days since 1970-01-01 and back, in the Gregorian calendar. Years are counted from March, so
 * that the leap day is a year's last; 400 years always have 146,097 days.
 */
static int64_t
days_of(struct date date)
{
    int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    int64_t era = year / 400;
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + date.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

    return era * 146097 + day_of_era - 719468;
}

static struct date
date_of(int64_t days)
{
    days += 719468;
    int64_t era = days / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    struct date date = {
        .year = year_of_era + era * 400,
        .month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9,
        .day = day_of_year - (153 * month_from_march + 2) / 5 + 1,
    };

    if (date.month <= 2) date.year++;
    return date;
}

struct str
clock_format(struct arena *arena, int64_t at_us)
{
    at_us = at_us < 0 ? 0 : at_us > YEAR_9999_END_US ? YEAR_9999_END_US : at_us;
    struct date date = date_of(at_us / CLOCK_DAY_US);
    int64_t ms = at_us % CLOCK_DAY_US / 1000;

    return str_format(arena,
                      "%04" PRId64 "-%02" PRId64 "-%02" PRId64 "T%02" PRId64 ":%02" PRId64
                      ":%02" PRId64 ".%03" PRId64 "Z",
                      date.year, date.month, date.day, ms / 3600000, ms / 60000 % 60,
                      ms / 1000 % 60, ms % 1000);
}

/* Takes exactly count digits off the front of *text. */
static bool
take_digits(struct str *text, int count, int64_t min, int64_t max, int64_t *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        if (text->len == 0 || text->at[0] < '0' || text->at[0] > '9') return false;
        *value = *value * 10 + (text->at[0] - '0');
        text->at++;
        text->len--;
    }
    return *value >= min && *value <= max;
}

/* Takes one of these characters; RFC 3339 lets T and Z be small letters. */
static char
take_one_of(struct str *text, const char *wanted)
{
    if (text->len == 0 || text->at[0] == '\0' || !strchr(wanted, text->at[0])) return '\0';
    text->len--;
    return *text->at++;
}

static bool
take_date(struct str *text, struct date *date)
{
    static const int lengths[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    if (!take_digits(text, 4, 1969, 2201, &date->year)) return false;
    if (!take_one_of(text, "-")) return false;
    if (!take_digits(text, 2, 1, 12, &date->month)) return false;
    if (!take_one_of(text, "-")) return false;
    if (!take_digits(text, 2, 1, lengths[date->month - 1], &date->day)) return false;
    bool is_leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);
    return date->month != 2 || date->day != 29 || is_leap;
}

static bool
take_time(struct str *text, int64_t *time_us)
{
    int64_t hour, minute, second;
    int64_t unit_us = CLOCK_SECOND_US;

    if (!take_digits(text, 2, 0, 23, &hour)) return false;
    if (!take_one_of(text, ":")) return false;
    if (!take_digits(text, 2, 0, 59, &minute)) return false;
    if (!take_one_of(text, ":")) return false;
    if (!take_digits(text, 2, 0, 59, &second)) return false;
    *time_us = hour * CLOCK_HOUR_US + minute * CLOCK_MINUTE_US + second * CLOCK_SECOND_US;
    if (!take_one_of(text, ".")) return true;

    int64_t digit;
    if (!take_digits(text, 1, 0, 9, &digit)) return false;
    do {
        unit_us /= 10; /* 0 from the seventh digit on: they are dropped */
        *time_us += digit * unit_us;
    } while (take_digits(text, 1, 0, 9, &digit));
    return true;
}

static bool
take_offset(struct str *text, int64_t *offset_us)
{
    int64_t hours, minutes;

    *offset_us = 0;
    if (take_one_of(text, "Zz")) return true;
    char sign = take_one_of(text, "+-");
    if (!sign) return false;
    if (!take_digits(text, 2, 0, 23, &hours)) return false;
    if (!take_one_of(text, ":")) return false;
    if (!take_digits(text, 2, 0, 59, &minutes)) return false;
    *offset_us = hours * CLOCK_HOUR_US + minutes * CLOCK_MINUTE_US;
    if (sign == '-') *offset_us = -*offset_us;
    return true;
}

enum err
clock_parse(struct str text, int64_t *at_us)
{
    struct date date;
    int64_t time_us, offset_us;

    if (!take_date(&text, &date)) return ERR_TIME_MALFORMED;
    if (!take_one_of(&text, "Tt")) return ERR_TIME_MALFORMED;
    if (!take_time(&text, &time_us)) return ERR_TIME_MALFORMED;
    if (!take_offset(&text, &offset_us)) return ERR_TIME_MALFORMED;
    if (text.len != 0) return ERR_TIME_MALFORMED;

    int64_t at = days_of(date) * CLOCK_DAY_US + time_us - offset_us;
    if (at < 0 || at > YEAR_2200_END_US) return ERR_TIME_MALFORMED;
    *at_us = at;
    return OK;
}
