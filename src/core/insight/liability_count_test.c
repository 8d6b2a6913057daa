/* liability_count_test — the days' rows: counted once, whatever happens, and always the ledger's.
 */
#include "base/clock.h"
#include "support/owing.h"
#include "support/test.h"
#include <string.h>

static int64_t
count_rows(struct club *club)
{
    DB_SQL(count_days, "SELECT COUNT(*) FROM liability_day WHERE merchant_id = $1");
    struct ctx *ctx = &club->world.ctx;
    struct db_rows *rows = db_query(ctx, &count_days, DB_BIND(db_int(ctx->merchant.v)));
    int64_t found = db_next(rows) ? db_col_int(rows, 0) : -1;

    EXPECT_OK(db_done(rows));
    return found;
}

TEST(figures_are_the_same_before_and_after_they_are_counted)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    club_order(&club, anna, 1, 3000, 0);
    EXPECT_INT(30, owing_today(&club).units.closing);
    EXPECT_INT(1, owing_count(&club));
    EXPECT_INT(1, count_rows(&club));
    EXPECT_INT(30, owing_today(&club).units.closing);
    club_order(&club, anna, 2, 500, 0);
    EXPECT_INT(35, owing_today(&club).units.flows.issued);
    EXPECT_INT(1, owing_count(&club));
    EXPECT_INT(0, owing_count(&club));
    EXPECT_INT(1, count_rows(&club));
    EXPECT_INT(35, owing_today(&club).units.flows.issued);
    club_close(&club);
}

TEST(a_transfer_of_a_day_that_was_counted_is_added_to_it)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);
    char told[256];

    club_order(&club, anna, 1, 1000, 0);
    world_advance(&club.world, CLOCK_DAY_US);
    club_order(&club, anna, 2, 2000, 0);
    EXPECT_INT(1, owing_count(&club));
    club.world.ctx.now_us -= CLOCK_DAY_US; /* it was asked for before, and committed late */
    club_order(&club, anna, 3, 400, 0);
    for (int counted = 0; counted < 2; counted++) {
        struct liability points = owing_between(&club, monday, monday + 1);

        EXPECT_INT(14, points.days[0].closing);
        EXPECT_INT(34, points.days[1].closing);
        EXPECT_INT(counted == 0, owing_count(&club));
    }
    EXPECT_INT(0, owing_audit(&club, told, sizeof told));
    club_close(&club);
}

TEST(more_than_a_page_is_counted_in_steps)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");

    club_order(&club, anna, 1, 1000, 0);
    /* As if so many other changes had been committed between the two. */
    owing_run(&club, "UPDATE merchant_seq SET seq = seq + 50000");
    club_order(&club, anna, 2, 2000, 0);
    EXPECT_INT(3, owing_count(&club));
    EXPECT_INT(30, owing_today(&club).units.closing);
    EXPECT_INT(0, owing_count(&club));
    club_close(&club);
}

struct twice {
    struct liability_count *prepared;
    bool more;
};

static enum err
count(struct ctx *ctx, void *arg)
{
    struct twice *twice = arg;

    return liability_count_write(ctx, twice->prepared, &twice->more);
}

TEST(what_two_nodes_counted_is_written_once)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    struct twice one, two;
    char told[256];

    for (int i = 0; i < 2; i++) { /* with no mark yet, and with one */
        club_order(&club, anna, i + 1, 1000, 0);
        EXPECT_OK(liability_count_prepare(&club.world.ctx, &one.prepared));
        EXPECT_OK(liability_count_prepare(&club.world.ctx, &two.prepared));
        EXPECT_OK(world_write(&club.world, count, &one));
        EXPECT_OK(world_write(&club.world, count, &two));
        EXPECT_INT(10 * (i + 1), owing_today(&club).units.closing);
        EXPECT_INT(0, owing_audit(&club, told, sizeof told));
    }
    club_close(&club);
}

TEST(in_another_zone_the_days_are_counted_anew)
{
    struct club club = club_open();
    account_id anna = club_join(&club, "+33612345678");
    int64_t monday = owing_day(&club);
    struct liability *list;
    int found;
    char told[256];

    world_advance(&club.world, 12 * CLOCK_HOUR_US); /* 23:00 in Paris; in Tokyo it is Tuesday */
    club_order(&club, anna, 1, 1000, 0);
    EXPECT_INT(1, owing_count(&club));
    owing_run(&club, "UPDATE merchant SET time_zone = 'Asia/Tokyo'");
    const struct liability_period tuesday = {
        .zone = STR("Asia/Tokyo"), .first = monday + 1, .last = monday + 1};
    for (int counted = 0; counted < 2; counted++) {
        EXPECT_OK(liability_read(&club.world.ctx, &tuesday, (program_id){0}, &list, &found));
        EXPECT_INT(0, list[0].units.opening);
        EXPECT_INT(10, list[0].units.flows.issued);
        EXPECT_INT(0, owing_audit(&club, told, sizeof told));
        EXPECT_INT(counted == 0, owing_count(&club));
    }
    EXPECT_INT(1, count_rows(&club));
    club_close(&club);
}

TEST(the_audit_tells_a_day_that_is_not_the_ledgers)
{
    static const struct {
        const char *damage, *told;
    } cases[] = {
        {"UPDATE liability_day SET issued = issued + 1", "issued 11, the ledger says 10"},
        {"UPDATE liability_day SET pending = 5", "pending 5, the ledger says 0"},
        {"UPDATE liability_day SET day = day + 1", "issued 0, the ledger says 10"},
        {"DELETE FROM liability_day", "2026-03-02: issued 0, the ledger says 10"},
        {"INSERT INTO liability_day SELECT merchant_id, unit, day - 9, 1, 0, 0, 0, 0, 0, 0"
         "  FROM liability_day",
         "2026-02-21: issued 1, the ledger says 0"},
        {"UPDATE ledger_line SET amount = amount * 2", "issued 10, the ledger says 20"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct club club = club_open();
        account_id anna = club_join(&club, "+33612345678");
        char told[256];

        club_order(&club, anna, 1, 1000, 0);
        EXPECT_INT(1, owing_count(&club));
        EXPECT_INT(0, owing_audit(&club, told, sizeof told));
        owing_run(&club, cases[i].damage);
        EXPECT_TRUE(owing_audit(&club, told, sizeof told) > 0);
        if (strstr(told, cases[i].told) == NULL) EXPECT_STR(cases[i].told, str_of(told));
        club_close(&club);
    }
}

TESTS(RUN(figures_are_the_same_before_and_after_they_are_counted),
      RUN(a_transfer_of_a_day_that_was_counted_is_added_to_it),
      RUN(more_than_a_page_is_counted_in_steps), RUN(what_two_nodes_counted_is_written_once),
      RUN(in_another_zone_the_days_are_counted_anew),
      RUN(the_audit_tells_a_day_that_is_not_the_ledgers))
