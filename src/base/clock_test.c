/* clock_test — RFC 3339 in and out. */
#include "base/arena.h"
#include "base/clock.h"
#include "support/test.h"

static struct arena arena;

static int64_t
parsed(const char *text)
{
    int64_t at_us = -1;

    EXPECT_OK(clock_parse(str_of(text), &at_us));
    return at_us;
}

TEST(times_are_written_in_utc_with_milliseconds)
{
    arena_open(&arena, 1 << 20);
    EXPECT_STR("1970-01-01T00:00:00.000Z", clock_format(&arena, 0));
    EXPECT_STR("2024-02-29T23:59:59.999Z", clock_format(&arena, INT64_C(1709251199999999)));
    EXPECT_STR("2026-03-02T10:00:00.120Z", clock_format(&arena, INT64_C(1772445600120456)));
    arena_close(&arena);
}

TEST(times_that_have_no_text_get_the_nearest)
{
    arena_open(&arena, 1 << 20);
    EXPECT_STR("1970-01-01T00:00:00.000Z", clock_format(&arena, -1));
    EXPECT_STR("9999-12-31T23:59:59.999Z", clock_format(&arena, INT64_MAX));
    arena_close(&arena);
}

TEST(every_day_from_1970_to_2200_is_read_back)
{
    arena_open(&arena, 16 << 20);
    for (int64_t day = 0; day < 84371; day++) {
        int64_t at_us = day * CLOCK_DAY_US + 45296789000;
        int64_t again = 0;
        EXPECT_OK(clock_parse(clock_format(&arena, at_us), &again));
        EXPECT_INT(at_us, again);
    }
    EXPECT_STR("2200-12-31T12:34:56.789Z",
               clock_format(&arena, INT64_C(84370) * CLOCK_DAY_US + 45296789000));
    arena_close(&arena);
}

TEST(offsets_fractions_and_small_letters_are_understood)
{
    int64_t ten = parsed("2026-03-02T10:00:00Z");

    EXPECT_INT(INT64_C(1772445600000000), ten);
    EXPECT_INT(ten, parsed("2026-03-02T11:00:00+01:00"));
    EXPECT_INT(ten, parsed("2026-03-01T21:30:00-12:30"));
    EXPECT_INT(ten, parsed("2026-03-02t10:00:00z"));
    EXPECT_INT(ten, parsed("2026-03-02T10:00:00-00:00"));
    EXPECT_INT(ten + 500000, parsed("2026-03-02T10:00:00.5Z"));
    EXPECT_INT(ten + 123456, parsed("2026-03-02T10:00:00.12345678901234567890Z"));
    EXPECT_INT(ten + 1, parsed("2026-03-02T10:00:00.000001Z"));
    EXPECT_INT(0, parsed("1970-01-01T01:00:00+01:00"));
    EXPECT_INT(0, parsed("1969-12-31T23:00:00-01:00"));
}

TEST(what_is_not_rfc_3339_is_refused)
{
    const struct str bad[] = {
        STR(""),
        STR("2026-03-02"),
        STR("2026-03-02T10:00:00"),  /* no zone */
        STR("2026-03-02 10:00:00Z"), /* no T */
        STR("2026-03-02T10:00Z"),    /* no seconds */
        STR("2026-3-02T10:00:00Z"),  /* one digit */
        STR("2026-02-29T10:00:00Z"), /* not a leap year */
        STR("2100-02-29T10:00:00Z"), /* nor this */
        STR("2026-04-31T10:00:00Z"),
        STR("2026-13-01T10:00:00Z"),
        STR("2026-00-01T10:00:00Z"),
        STR("2026-01-00T10:00:00Z"),
        STR("2026-01-01T24:00:00Z"),
        STR("2026-01-01T23:60:00Z"),
        STR("2026-01-01T23:59:60Z"), /* leap seconds are not ours */
        STR("2026-01-01T23:59:59.Z"),
        STR("2026-01-01T23:59:59+1:00"),
        STR("2026-01-01T23:59:59+0100"),
        STR("2026-01-01T23:59:59+24:00"),
        STR("2026-01-01T23:59:59Z "),
        STR("2026-01-01T23:59:59ZZ"),
        STR("2026-01-01T23:59:59\0"),
        STR("-026-01-01T23:59:59Z"),
        STR("1969-12-31T23:59:59Z"), /* before 1970 */
        STR("2201-01-01T00:00:00Z"),
        STR("9999-01-01T00:00:00Z"),
    };
    int64_t at_us;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        EXPECT_ERR(ERR_TIME_MALFORMED, clock_parse(bad[i], &at_us));
}

TESTS(RUN(times_are_written_in_utc_with_milliseconds), RUN(times_that_have_no_text_get_the_nearest),
      RUN(every_day_from_1970_to_2200_is_read_back),
      RUN(offsets_fractions_and_small_letters_are_understood), RUN(what_is_not_rfc_3339_is_refused))
