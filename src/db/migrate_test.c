/* migrate_test — migrations run once, whole, and unedited. */
#include "db/migrate.h"
#include "support/things.h"

static const struct migration first_two[] = {
    {1, "one", "CREATE TABLE one (id BIGINT NOT NULL PRIMARY KEY) /*sqlite:WITHOUT ROWID*/;"},
    {2, "two", "CREATE TABLE two (id BIGINT); INSERT INTO two (id) VALUES (2);"},
};

TEST(migrations_run_once_and_repeating_is_harmless)
{
    struct world w = world_open_empty();
    int ran;

    EXPECT_OK(migrate_run_list(&w.ctx, first_two, 1, &ran));
    EXPECT_INT(1, ran);
    EXPECT_OK(migrate_run_list(&w.ctx, first_two, 2, &ran));
    EXPECT_INT(1, ran);
    EXPECT_OK(migrate_run_list(&w.ctx, first_two, 2, &ran));
    EXPECT_INT(0, ran);
    world_close(&w);
}

TEST(an_edited_migration_is_refused)
{
    struct world w = world_open_empty();
    struct migration edited[] = {first_two[0], first_two[1]};
    int ran;

    EXPECT_OK(migrate_run_list(&w.ctx, first_two, 1, &ran));
    edited[0].text = "CREATE TABLE one (id BIGINT NOT NULL PRIMARY KEY);";
    EXPECT_ERR(ERR_DB_FAILED, migrate_run_list(&w.ctx, edited, 2, &ran));
    EXPECT_TRUE(strstr(w.ctx.detail, "0001_one") != NULL);
    world_close(&w);
}

TEST(a_database_of_a_newer_program_is_refused)
{
    struct world w = world_open_empty();
    int ran;

    EXPECT_OK(migrate_run_list(&w.ctx, first_two, 2, &ran));
    EXPECT_ERR(ERR_DB_FAILED, migrate_run_list(&w.ctx, first_two, 1, &ran));
    world_close(&w);
}

TEST(a_number_may_be_left_out_but_not_filled_in_afterwards)
{
    struct world w = world_open_empty();
    const struct migration late[] = {first_two[0],
                                     {2, "late", "CREATE TABLE late (id BIGINT);"},
                                     {4, "four", "CREATE TABLE four (id BIGINT);"}};
    const struct migration gap[] = {late[0], late[2]};
    int ran;

    EXPECT_OK(migrate_run_list(&w.ctx, gap, 2, &ran));
    EXPECT_INT(2, ran);
    EXPECT_OK(migrate_run_list(&w.ctx, gap, 2, &ran));
    EXPECT_INT(0, ran);
    EXPECT_ERR(ERR_DB_FAILED, migrate_run_list(&w.ctx, late, 3, &ran));
    EXPECT_STR("migration 0002 never ran, but a later one did", str_of(w.ctx.detail));
    world_close(&w);
}

TEST(a_migration_that_fails_leaves_nothing_of_itself)
{
    struct world w = world_open_empty();
    const struct migration bad[] = {
        {1, "bad", "CREATE TABLE thing (id BIGINT); INSERT INTO nowhere (id) VALUES (1);"},
    };
    const struct migration good[] = {{1, "good", things_tables}};
    int ran;

    EXPECT_ERR(ERR_DB_FAILED, migrate_run_list(&w.ctx, bad, 1, &ran));
    EXPECT_OK(migrate_run_list(&w.ctx, good, 1, &ran));
    EXPECT_INT(0, things_count(&w.ctx));
    world_close(&w);
}

TEST(the_schema_of_this_program_runs_and_is_then_complete)
{
    struct world w = world_open_empty();
    int ran;

    EXPECT_ERR(ERR_DB_FAILED, migrate_check(&w.ctx));
    EXPECT_OK(migrate_run(&w.ctx, &ran));
    EXPECT_INT(migration_count, ran);
    EXPECT_OK(migrate_check(&w.ctx));
    world_close(&w);
}

TESTS(RUN(migrations_run_once_and_repeating_is_harmless), RUN(an_edited_migration_is_refused),
      RUN(a_database_of_a_newer_program_is_refused),
      RUN(a_number_may_be_left_out_but_not_filled_in_afterwards),
      RUN(a_migration_that_fails_leaves_nothing_of_itself),
      RUN(the_schema_of_this_program_runs_and_is_then_complete))
