/* periods_test — times of the week that an iCalendar event tells, and what is taken of one. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/periods.h"
#include "base/zone.h"
#include "support/test.h"

static struct arena arena;

static struct period
period(const char *text)
{
    struct period read = {0};

    arena_open(&arena, 1 << 20);
    EXPECT_OK(period_parse(&arena, str_of(text), &read));
    arena_close(&arena);
    return read;
}

/* A local time, told as one of UTC. */
static int64_t
local(const char *text)
{
    int64_t at_us = 0;

    EXPECT_OK(clock_parse(str_of(text), &at_us));
    return at_us;
}

static bool
covers(const struct period *period, const char *text)
{
    return period_covers(period, local(text));
}

static void
expect_same(const char *written, const char *expected)
{
    struct period read = period(written);

    arena_open(&arena, 1 << 20);
    struct str text = period_format(&arena, &read);
    EXPECT_STR(expected, text);
    arena_close(&arena);
}

static void
expect_day(const char *text, int64_t day)
{
    arena_open(&arena, 1 << 20);
    struct str written = zone_day_format(&arena, day);
    EXPECT_STR(text, written);
    arena_close(&arena);
}

#define TUESDAYS                                                                                   \
    "BEGIN:VEVENT\nDTSTART:20220816T160000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;BYDAY=TU\nEND:VEVENT"

TEST(a_weekly_period_covers_its_hours_on_its_days_from_its_first_one_on)
{
    struct period p = period(TUESDAYS);

    EXPECT_TRUE(covers(&p, "2022-08-16T16:00:00Z"));
    EXPECT_TRUE(covers(&p, "2022-08-16T17:59:59.999999Z"));
    EXPECT_TRUE(!covers(&p, "2022-08-16T15:59:59.999999Z"));
    EXPECT_TRUE(!covers(&p, "2022-08-16T18:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2022-08-09T17:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2022-08-17T17:00:00Z"));
    EXPECT_TRUE(covers(&p, "2026-11-24T17:00:00Z"));
    expect_day("2022-08-16", period_first_day(&p));
    EXPECT_INT(0, period_last_day(&p));
}

TEST(a_daily_period_is_each_day_until_its_last)
{
    struct period p =
        period("DTSTART:20261201T080000\nDURATION:PT30M\nRRULE:FREQ=DAILY;UNTIL=20261203T120000");

    EXPECT_TRUE(covers(&p, "2026-12-01T08:29:00Z"));
    EXPECT_TRUE(covers(&p, "2026-12-03T08:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2026-12-04T08:00:00Z"));
    expect_day("2026-12-03", period_last_day(&p));
    p = period("DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261203");
    EXPECT_TRUE(covers(&p, "2026-12-03T08:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2026-12-04T08:00:00Z"));
    p = period("DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261203T075959");
    EXPECT_TRUE(!covers(&p, "2026-12-03T08:00:00Z"));
    expect_day("2026-12-02", period_last_day(&p));
}

TEST(without_a_rule_it_is_once)
{
    struct period p = period("DTSTART:20261224T200000\nDURATION:PT6H");

    EXPECT_TRUE(covers(&p, "2026-12-24T20:00:00Z"));
    EXPECT_TRUE(covers(&p, "2026-12-25T01:59:59Z"));
    EXPECT_TRUE(!covers(&p, "2026-12-25T02:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2026-12-31T20:00:00Z"));
    expect_day("2026-12-24", period_first_day(&p));
    expect_day("2026-12-25", period_last_day(&p));
}

TEST(a_night_belongs_to_the_day_it_began_on)
{
    struct period p =
        period("DTSTART:20261127T220000\nDURATION:PT4H\nRRULE:FREQ=WEEKLY;BYDAY=FR,SA");

    EXPECT_TRUE(covers(&p, "2026-11-28T01:00:00Z"));
    EXPECT_TRUE(covers(&p, "2026-11-29T01:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2026-11-30T01:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2026-11-27T01:00:00Z"));
}

TEST(a_whole_day_has_no_gap)
{
    struct period p = period("DTSTART:20261101T000000\nDURATION:P1D\nRRULE:FREQ=DAILY");

    EXPECT_TRUE(covers(&p, "2026-11-01T00:00:00Z"));
    EXPECT_TRUE(covers(&p, "2026-11-01T23:59:59.999999Z"));
    EXPECT_TRUE(covers(&p, "2026-11-02T00:00:00Z"));
    EXPECT_TRUE(!covers(&p, "2026-10-31T23:59:59Z"));
}

TEST(a_week_without_days_is_the_day_it_began_on)
{
    struct period p = period("DTSTART:20261122T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY");

    EXPECT_TRUE(covers(&p, "2026-11-29T10:30:00Z"));
    EXPECT_TRUE(!covers(&p, "2026-11-28T10:30:00Z"));
}

TEST(a_period_is_written_as_square_writes_it)
{
    expect_same(TUESDAYS, TUESDAYS);
    expect_same("DTSTART:20220816T160000\nRRULE:BYDAY=TU;FREQ=WEEKLY\nDURATION:PT120M", TUESDAYS);
    expect_same("BEGIN:VEVENT\r\nDTSTART:20261201T080000\r\nDURATION:P1D\r\nEND:VEVENT\r\n",
                "BEGIN:VEVENT\nDTSTART:20261201T080000\nDURATION:PT24H\nEND:VEVENT");
    expect_same("DTSTART:20261201T080000\nDURATION:PT1H30M20S\n"
                "RRULE:FREQ=WEEKLY;BYDAY=SU,MO;UNTIL=20270101",
                "BEGIN:VEVENT\nDTSTART:20261201T080000\nDURATION:PT1H30M20S\n"
                "RRULE:FREQ=WEEKLY;BYDAY=MO,SU;UNTIL=20270101T235959\nEND:VEVENT");
    expect_same(
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY",
        "BEGIN:VEVENT\nDTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY\nEND:VEVENT");
}

TEST(what_is_more_than_times_of_the_week_is_refused)
{
    static const char *const bad[] = {
        "",
        "hello",
        "BEGIN:VEVENT\nEND:VEVENT",
        "BEGIN:VTODO\nDTSTART:20261201T080000\nDURATION:PT1H\nEND:VTODO",
        "DTSTART:20261201T080000",
        "DURATION:PT1H",
        "DTSTART:20261201\nDURATION:PT1H",
        "DTSTART:20261201T080000Z\nDURATION:PT1H",
        "DTSTART;TZID=Europe/Paris:20261201T080000\nDURATION:PT1H",
        "DTSTART:20261201T080000\nDTSTART:20261202T080000\nDURATION:PT1H",
        "DTSTART:20261201T080000\nDURATION:PT1H\nSUMMARY:Happy hour",
        "DTSTART:20261201T080000\nDURATION:PT25H",
        "DTSTART:20261201T080000\nDURATION:P2D",
        "DTSTART:20261201T080000\nDURATION:P1W",
        "DTSTART:20261201T080000\nDURATION:-PT1H",
        "DTSTART:20261201T080000\nDURATION:PT0S",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=MONTHLY",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=HOURLY",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=2",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=2FR",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=XX",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=FR;BYHOUR=9",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261201T075959",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20261203T080000Z",
        "DTSTART:20261201T080000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20261203",
        "DTSTART:20261232T080000\nDURATION:PT1H",
        "DTSTART:20261201T240000\nDURATION:PT1H",
        "DTSTART:20261201T086000\nDURATION:PT1H",
        "DTSTART:19691201T080000\nDURATION:PT1H",
        "DTSTART:99991201T080000\nDURATION:PT1H",
        TUESDAYS "\n" TUESDAYS,
        "END:VEVENT",
        "DTSTART:20261201T080000\nDURATION:PT1H\nend : x\nEND:VEVENT",
        "DTSTART:20261201T080000\nDURATION:PT1H\nBEGIN:VALARM\nEND:VALARM",
        "BEGIN:VEVENT\nDTSTART:20261201T080000\nDURATION:PT1H",
    };

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct period read;

        arena_open(&arena, 1 << 20);
        enum err err = period_parse(&arena, str_of(bad[i]), &read);
        arena_close(&arena);
        EXPECT_ERR(ERR_FIELD_VALUE, err);
    }
}

TESTS(RUN(a_weekly_period_covers_its_hours_on_its_days_from_its_first_one_on),
      RUN(a_daily_period_is_each_day_until_its_last), RUN(without_a_rule_it_is_once),
      RUN(a_night_belongs_to_the_day_it_began_on), RUN(a_whole_day_has_no_gap),
      RUN(a_week_without_days_is_the_day_it_began_on), RUN(a_period_is_written_as_square_writes_it),
      RUN(what_is_more_than_times_of_the_week_is_refused))
