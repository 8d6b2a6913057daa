/* zone_test — local days, on the days when the clocks change, too. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/zone.h"
#include "support/test.h"

static struct arena arena;

static int64_t
at(const char *text)
{
    int64_t at_us = -1;

    EXPECT_OK(clock_parse(str_of(text), &at_us));
    return at_us;
}

static int64_t
day(const char *text)
{
    int64_t number = -1;

    EXPECT_OK(zone_day_parse(&arena, str_of(text), &number));
    return number;
}

static void
expect_start(const char *zone, const char *local, const char *utc)
{
    int64_t start_us = -1;

    zone_day_starts(str_of(zone), day(local), 1, &start_us);
    EXPECT_STR(clock_format(&arena, at(utc)), clock_format(&arena, start_us));
}

TEST(zones_have_names_of_the_tz_database)
{
    EXPECT_TRUE(zone_is_known(STR("Europe/Paris")));
    EXPECT_TRUE(zone_is_known(STR("UTC")));
    EXPECT_TRUE(zone_is_known(STR("America/Argentina/Buenos_Aires")));
    EXPECT_TRUE(!zone_is_known(STR("")));
    EXPECT_TRUE(!zone_is_known(STR("Europe/Lutetia")));
    EXPECT_TRUE(!zone_is_known(STR("GMT+25")));
    EXPECT_TRUE(!zone_is_known(STR("../../etc/passwd")));
    EXPECT_TRUE(!zone_is_known(STR("Europe/Pàris")));
    EXPECT_TRUE(!zone_is_known(
        STR("a-name-that-is-longer-than-any-zone-on-this-earth-has-ever-been-called")));
}

TEST(days_are_written_and_read)
{
    arena_open(&arena, 1 << 20);
    EXPECT_STR("1970-01-01", zone_day_format(&arena, 0));
    EXPECT_STR("2026-11-22", zone_day_format(&arena, day("2026-11-22")));
    EXPECT_INT(1, day("2024-03-01") - day("2024-02-29"));
    arena_close(&arena);
}

TEST(what_is_no_day_is_refused)
{
    int64_t number;

    arena_open(&arena, 1 << 20);
    EXPECT_ERR(ERR_TIME_MALFORMED, zone_day_parse(&arena, STR(""), &number));
    EXPECT_ERR(ERR_TIME_MALFORMED, zone_day_parse(&arena, STR("2026-02-30"), &number));
    EXPECT_ERR(ERR_TIME_MALFORMED, zone_day_parse(&arena, STR("2026-11-2"), &number));
    EXPECT_ERR(ERR_TIME_MALFORMED, zone_day_parse(&arena, STR("2026-11-22T"), &number));
    EXPECT_ERR(ERR_TIME_MALFORMED, zone_day_parse(&arena, STR("0001-01-01"), &number));
    arena_close(&arena);
}

TEST(a_day_begins_at_local_midnight)
{
    arena_open(&arena, 1 << 20);
    expect_start("Europe/Paris", "2026-11-22", "2026-11-21T23:00:00Z");
    expect_start("Europe/Paris", "2026-07-14", "2026-07-13T22:00:00Z");
    expect_start("America/New_York", "2026-11-22", "2026-11-22T05:00:00Z");
    expect_start("Asia/Kathmandu", "2026-11-22", "2026-11-21T18:15:00Z");
    arena_close(&arena);
}

TEST(a_day_of_summer_time_has_23_or_25_hours)
{
    int64_t starts[3];

    arena_open(&arena, 1 << 20);
    zone_day_starts(STR("Europe/Paris"), day("2026-03-29"), 2, starts);
    EXPECT_INT(23 * CLOCK_HOUR_US, starts[1] - starts[0]);
    zone_day_starts(STR("Europe/Paris"), day("2026-10-25"), 2, starts);
    EXPECT_INT(25 * CLOCK_HOUR_US, starts[1] - starts[0]);
    /* In São Paulo the clocks went from 23:59:59 to 1:00: the day had no midnight. */
    zone_day_starts(STR("America/Sao_Paulo"), day("2018-11-04"), 2, starts);
    EXPECT_INT(23 * CLOCK_HOUR_US, starts[1] - starts[0]);
    arena_close(&arena);
}

TEST(a_time_is_on_its_local_day)
{
    struct str paris = STR("Europe/Paris");

    arena_open(&arena, 1 << 20);
    EXPECT_INT(day("2026-11-22"), zone_day_at(paris, at("2026-11-21T23:00:00Z")));
    EXPECT_INT(day("2026-11-21"), zone_day_at(paris, at("2026-11-21T22:59:59.999999Z")));
    EXPECT_INT(day("2026-10-25"), zone_day_at(paris, at("2026-10-25T22:59:59Z")));
    EXPECT_INT(-1, zone_day_at(STR("America/New_York"), 0));
    arena_close(&arena);
}

TEST(every_day_of_ten_years_begins_on_itself_and_ends_before_the_next)
{
    static const char *const zones[] = {"Europe/Paris", "America/Sao_Paulo", "Africa/Cairo",
                                        "Pacific/Apia", "Australia/Lord_Howe"};
    enum { DAYS = 3653 };
    static int64_t starts[DAYS];

    arena_open(&arena, 1 << 20);
    for (size_t z = 0; z < sizeof zones / sizeof zones[0]; z++) {
        int64_t first = day("2012-01-01"); /* Samoa had left a day out just before */

        zone_day_starts(str_of(zones[z]), first, DAYS, starts);
        for (int i = 0; i < DAYS; i += 7) {
            EXPECT_INT(first + i, zone_day_at(str_of(zones[z]), starts[i]));
            EXPECT_INT(first + i - 1, zone_day_at(str_of(zones[z]), starts[i] - 1));
        }
    }
    arena_close(&arena);
}

TESTS(RUN(zones_have_names_of_the_tz_database), RUN(days_are_written_and_read),
      RUN(what_is_no_day_is_refused), RUN(a_day_begins_at_local_midnight),
      RUN(a_day_of_summer_time_has_23_or_25_hours), RUN(a_time_is_on_its_local_day),
      RUN(every_day_of_ten_years_begins_on_itself_and_ends_before_the_next))
