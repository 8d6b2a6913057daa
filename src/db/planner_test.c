/* planner_test — a migrated SQLite database knows that a merchant is many rows. */
#include "db/db.h"
#include "db/migrate.h"
#include "db/planner.h"
#include "support/test.h"
#include "support/world.h"

DB_SQL(find_figures, "SELECT stat"
                     "  FROM sqlite_stat1"
                     " WHERE tbl = $1 AND idx = $2");

static struct str
figures_of(struct world *w, struct str table, struct str key)
{
    struct str figures = STR("");
    struct db_rows *rows = db_query(&w->ctx, &find_figures, DB_BIND(db_text(table), db_text(key)));

    if (db_next(rows)) figures = db_col_text(rows, 0);
    EXPECT_OK(db_done(rows));
    return figures;
}

TEST(migrating_tells_the_planner_of_every_key)
{
    struct world w = world_open();

    if (db_engine_of(w.ctx.db) == DB_SQLITE) {
        EXPECT_STR("1000000 1000000 1",
                   figures_of(&w, STR("loyalty_account"), STR("loyalty_account")));
        EXPECT_STR("1000000 1000000 19 1",
                   figures_of(&w, STR("loyalty_account"), STR("loyalty_account_by_phone")));
        EXPECT_STR("1000000 1", figures_of(&w, STR("program"), STR("program_main")));
    }
    world_close(&w);
}

TEST(telling_it_again_changes_nothing)
{
    struct world w = world_open();

    if (db_engine_of(w.ctx.db) == DB_SQLITE) {
        WORLD_TX(&w) EXPECT_OK(planner_tell(&w.ctx));
        EXPECT_STR("1000000 1000000 1000000 1",
                   figures_of(&w, STR("order_head"), STR("order_by_vendor")));
    }
    world_close(&w);
}

/* As a restored database is: its schema is there, and migrating finds nothing to run. */
TEST(a_database_that_was_not_told_is_told_when_it_is_next_migrated)
{
    struct world w = world_open();
    bool told = false;
    int ran;

    if (db_engine_of(w.ctx.db) == DB_SQLITE) {
        EXPECT_OK(db_run_script(&w.ctx, "DROP TABLE sqlite_stat1"));
        EXPECT_OK(planner_is_told(&w.ctx, &told));
        EXPECT_TRUE(!told);
        EXPECT_OK(migrate_run(&w.ctx, &ran));
        EXPECT_INT(0, ran);
        EXPECT_OK(planner_is_told(&w.ctx, &told));
        EXPECT_TRUE(told);
    }
    world_close(&w);
}

TESTS(RUN(migrating_tells_the_planner_of_every_key), RUN(telling_it_again_changes_nothing),
      RUN(a_database_that_was_not_told_is_told_when_it_is_next_migrated))
