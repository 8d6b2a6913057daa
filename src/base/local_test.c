/* local_test — what people of a language read. */
#include "base/arena.h"
#include "base/local.h"
#include "support/test.h"

#define AT_US INT64_C(1772445600000000) /* Monday 2026-03-02, 10:00 UTC */
/* ICU parts thousands with a narrow space that does not break, and the sign with a wide one. */
#define NARROW "\xe2\x80\xaf"
#define WIDE   "\xc2\xa0"

static struct arena
open_arena(void)
{
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    return arena;
}

TEST(a_time_is_told_where_the_shop_is)
{
    struct arena arena = open_arena();

    EXPECT_STR("2 mars 2026, 11:00", local_time(&arena, STR("fr"), STR("Europe/Paris"), AT_US));
    EXPECT_STR("2 mar 2026, 5:00", local_time(&arena, STR("es"), STR("America/Toronto"), AT_US));
    arena_close(&arena);
}

TEST(money_has_its_sign_and_decimals)
{
    struct arena arena = open_arena();

    EXPECT_STR("1" NARROW "250,50" WIDE "€", local_money(&arena, STR("fr"), STR("EUR"), 125050));
    EXPECT_STR("-€0.05", local_money(&arena, STR("en"), STR("EUR"), -5));
    EXPECT_STR("¥500", local_money(&arena, STR("en"), STR("JPY"), 500));
    arena_close(&arena);
}

TEST(numbers_have_their_thousands_parted)
{
    struct arena arena = open_arena();

    EXPECT_STR("-1" NARROW "250", local_number(&arena, STR("fr"), -1250));
    EXPECT_STR("0", local_number(&arena, STR("en"), 0));
    arena_close(&arena);
}

TESTS(RUN(a_time_is_told_where_the_shop_is), RUN(money_has_its_sign_and_decimals),
      RUN(numbers_have_their_thousands_parted))
