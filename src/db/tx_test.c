/* tx_test — both engines keep the promises of db.h: transactions, savepoints, what is lost. */
#include "db/db.h"
#include "support/things.h"

DB_SQL(find_thing, "SELECT number, words, yes, bytes"
                   "  FROM thing"
                   " WHERE id = $1");
DB_SQL(count_things, "SELECT CAST(COUNT(*) AS BIGINT) FROM thing");
DB_SQL(list_things, "SELECT id FROM thing WHERE id >= $1 ORDER BY id");
DB_SQL(raise_number, "UPDATE thing SET number = number + $2 WHERE id <= $1");

static enum err
add_and_wait(struct ctx *ctx, int64_t id)
{
    TRY(things_add(ctx, id, 1, ""));
    return db_flush(ctx);
}

TEST(a_rolled_back_transaction_leaves_nothing)
{
    struct world w = things_open();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_TRUE(db_in_tx(w.ctx.db));
    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    db_rollback(&w.ctx);
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    EXPECT_INT(0, things_count(&w.ctx));
    world_close(&w);
}

TEST(a_savepoint_rolled_back_keeps_what_came_before)
{
    struct world w = things_open();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_savepoint_release(&w.ctx));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 2, 1, ""));
    EXPECT_OK(db_savepoint_rollback(&w.ctx));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(1, things_count(&w.ctx));
    world_close(&w);
}

TEST(after_a_failure_only_a_rollback_may_follow)
{
    struct world w = things_open();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_ERR(ERR_DB_CONSTRAINT, add_and_wait(&w.ctx, 1));
    EXPECT_ERR(ERR_DB_FAILED, things_add(&w.ctx, 2, 1, ""));
    EXPECT_ERR(ERR_DB_FAILED, db_savepoint_release(&w.ctx));
    EXPECT_OK(db_savepoint_rollback(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 3, 1, ""));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(2, things_count(&w.ctx));
    world_close(&w);
}

TEST(a_transaction_with_a_failure_in_it_does_not_commit)
{
    struct world w = things_open();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_ERR(ERR_DB_CONSTRAINT, add_and_wait(&w.ctx, 1));
    EXPECT_ERR(ERR_DB_FAILED, db_commit(&w.ctx));
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    EXPECT_INT(0, things_count(&w.ctx));
    world_close(&w);
}

/* On PostgreSQL the failure is known only when something waits for it. */
TEST(a_failure_that_nobody_waited_for_is_told_by_what_waits_next)
{
    struct world w = things_open();
    int64_t changed;

    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    for (int what = 0; what < 4; what++) {
        EXPECT_OK(db_begin(&w.ctx));
        EXPECT_OK(db_savepoint(&w.ctx));
        EXPECT_OK(things_add(&w.ctx, 2, 1, ""));
        enum err err = things_add(&w.ctx, 1, 1, "");
        if (err == OK) err = things_add(&w.ctx, 3, 1, "");
        if (err == OK && what == 0) err = db_flush(&w.ctx);
        if (err == OK && what == 1) err = db_savepoint_release(&w.ctx);
        if (err == OK && what == 2) err = db_done(db_query(&w.ctx, &count_things, NULL, 0));
        if (err == OK && what == 3) {
            err = db_change(&w.ctx, &raise_number, DB_BIND(db_int(1), db_int(1)), &changed);
        }
        EXPECT_ERR(ERR_DB_CONSTRAINT, err);
        EXPECT_TRUE(strstr(w.ctx.detail, "add_thing") != NULL);
        EXPECT_OK(db_savepoint_rollback(&w.ctx));
        EXPECT_OK(db_commit(&w.ctx));
        EXPECT_INT(1, things_count(&w.ctx));
    }
    world_close(&w);
}

TEST(a_failure_that_only_the_commit_waits_for_undoes_it_all)
{
    struct world w = things_open();

    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 2, 1, ""));
    enum err err = things_add(&w.ctx, 1, 1, "");
    enum err committed = db_commit(&w.ctx);
    EXPECT_ERR(ERR_DB_CONSTRAINT, err == OK ? committed : err);
    EXPECT_TRUE(committed != OK);
    EXPECT_INT(1, things_count(&w.ctx));
    world_close(&w);
}

TEST(more_than_can_wait_at_once_is_written_all_the_same)
{
    struct world w = things_open();

    EXPECT_OK(db_begin(&w.ctx));
    for (int64_t id = 1; id <= 500; id++) {
        EXPECT_OK(things_add(&w.ctx, id, 1, "some words that fill the connection's buffer"));
        if (id % 77 == 0) EXPECT_INT(id, things_count(&w.ctx));
    }
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(500, things_count(&w.ctx));
    world_close(&w);
}

TEST(rows_left_open_are_closed_with_their_savepoint)
{
    struct world w = things_open();

    EXPECT_OK(db_begin(&w.ctx));
    for (int64_t id = 1; id <= 3; id++)
        EXPECT_OK(things_add(&w.ctx, id, 1, ""));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_TRUE(db_next(db_query(&w.ctx, &list_things, DB_BIND(db_int(1)))));
    EXPECT_TRUE(db_next(db_query(&w.ctx, &list_things, DB_BIND(db_int(2)))));
    EXPECT_OK(db_savepoint_rollback(&w.ctx));
    EXPECT_TRUE(db_next(db_query(&w.ctx, &list_things, DB_BIND(db_int(1)))));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(3, things_count(&w.ctx));
    world_close(&w);
}

/* Raises one number in a transaction of its own, and fails the first times as a lost race would. */
struct racer {
    int tries, losses;
};

static enum err
race(struct ctx *ctx, void *arg)
{
    struct racer *racer = arg;

    racer->tries++;
    TRY(db_exec(ctx, &raise_number, DB_BIND(db_int(1), db_int(1))));
    if (racer->tries <= racer->losses) return fail(ctx, ERR_DB_BUSY, "lost");
    return OK;
}

TEST(a_lost_race_is_run_again_and_counts_once)
{
    struct world w = things_open();
    struct racer racer = {.losses = 2};

    EXPECT_OK(things_add(&w.ctx, 1, 0, ""));
    EXPECT_OK(db_tx(&w.ctx, race, &racer));
    EXPECT_INT(3, racer.tries);
    struct db_rows *rows = db_query(&w.ctx, &find_thing, DB_BIND(db_int(1)));
    EXPECT_TRUE(db_next(rows));
    EXPECT_INT(1, db_col_int(rows, 0));
    EXPECT_OK(db_done(rows));
    world_close(&w);
}

TEST(a_race_that_is_always_lost_is_given_up)
{
    struct world w = things_open();
    struct racer racer = {.losses = 1000};

    EXPECT_ERR(ERR_DB_BUSY, db_tx(&w.ctx, race, &racer));
    EXPECT_INT(DB_TX_TRIES, racer.tries);
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    world_close(&w);
}

TEST(a_snapshot_does_not_see_what_is_committed_meanwhile)
{
    struct world w = things_open();
    struct ctx reader = w.ctx;

    reader.db = world_connect(&w, DB_READ_ONLY);
    EXPECT_OK(db_snapshot_begin(&reader));
    EXPECT_INT(0, things_count(&reader));
    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_INT(0, things_count(&reader));
    db_snapshot_end(&reader);
    EXPECT_INT(1, things_count(&reader));
    db_close(reader.db);
    world_close(&w);
}

DB_SQL(end_others, "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT) FROM pg_stat_activity"
                   " WHERE datname = current_database() AND pid <> pg_backend_pid()");

TEST(a_lost_connection_loses_the_transaction_and_the_next_gets_another)
{
    struct world w = things_open();
    struct ctx other = w.ctx;

    if (db_engine_of(w.ctx.db) == DB_SQLITE) { /* has no connection to lose */
        world_close(&w);
        return;
    }
    other.db = world_connect(&w, DB_READ_WRITE);
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_TRUE(!db_tx_lost(&w.ctx));
    EXPECT_OK(db_done(db_query(&other, &end_others, NULL, 0)));
    EXPECT_ERR(ERR_DB_BUSY, add_and_wait(&w.ctx, 2));
    EXPECT_TRUE(db_tx_lost(&w.ctx));
    db_rollback(&w.ctx);
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 3, 1, ""));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(1, things_count(&w.ctx));

    /* The same while idle: nobody notices. */
    EXPECT_OK(db_done(db_query(&other, &end_others, NULL, 0)));
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(db_commit(&w.ctx));
    db_close(other.db);
    world_close(&w);
}

TEST(a_second_writer_waits_only_so_long)
{
    struct world w = things_open();
    struct ctx other = w.ctx;
    bool on_sqlite = db_engine_of(w.ctx.db) == DB_SQLITE;

    other.db = world_connect(&w, DB_READ_WRITE);
    EXPECT_OK(
        db_run_script(&other, on_sqlite ? "PRAGMA busy_timeout = 1" : "SET lock_timeout = '1ms'"));
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(db_lock_shard(&w.ctx, 3));
    if (on_sqlite) {
        EXPECT_ERR(ERR_DB_BUSY, db_begin(&other));
    } else {
        EXPECT_OK(db_begin(&other));
        EXPECT_OK(db_lock_shard(&other, 4));
        EXPECT_ERR(ERR_DB_BUSY, db_lock_shard(&other, 3));
        db_rollback(&other);
    }
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_OK(db_begin(&other));
    EXPECT_OK(db_lock_shard(&other, 3));
    db_rollback(&other);
    db_close(other.db);
    world_close(&w);
}

TEST(a_full_disk_loses_the_transaction_and_nothing_else)
{
    struct world w = things_open();
    static char large[60000];
    enum err err = OK;

    if (db_engine_of(w.ctx.db) == DB_POSTGRES) { /* has no limit that a test could set */
        world_close(&w);
        return;
    }
    memset(large, 'x', sizeof large - 1);
    EXPECT_OK(things_add(&w.ctx, 1, 1, "before"));
    EXPECT_OK(db_run_script(&w.ctx, "PRAGMA max_page_count = 40"));
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(db_savepoint(&w.ctx));
    for (int64_t id = 2; err == OK && id < 20; id++)
        err = things_add(&w.ctx, id, 1, large);
    EXPECT_ERR(ERR_DB_FAILED, err);
    EXPECT_ERR(ERR_DB_FAILED, things_add(&w.ctx, 100, 1, ""));
    EXPECT_ERR(ERR_DB_FAILED, db_commit(&w.ctx));
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    EXPECT_OK(db_run_script(&w.ctx, "PRAGMA max_page_count = 4000"));
    EXPECT_INT(1, things_count(&w.ctx));
    EXPECT_OK(things_add(&w.ctx, 2, 1, large));
    world_close(&w);
}

TEST(a_database_that_sorts_by_a_language_is_refused)
{
    struct world w = world_open_empty();
    struct db *db = NULL;

    if (db_engine_of(w.ctx.db) == DB_SQLITE) { /* always sorts by bytes */
        world_close(&w);
        return;
    }
    EXPECT_OK(db_run_script(&w.ctx, "CREATE DATABASE sorts_in_english TEMPLATE template0"
                                    " ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en'"
                                    " LC_COLLATE 'C' LC_CTYPE 'C'"));
    struct str server = {w.url, (size_t)(strrchr(w.url, '/') - w.url)};
    struct str url = str_format(w.ctx.arena, "%.*s/sorts_in_english", STR_ARG(server));
    EXPECT_ERR(ERR_DB_FAILED, db_open(&w.ctx, url.at, DB_READ_WRITE, &db));
    EXPECT_TRUE(strstr(w.ctx.detail, "collate C") != NULL);
    EXPECT_OK(db_run_script(&w.ctx, "DROP DATABASE sorts_in_english"));
    world_close(&w);
}

TEST(merchants_are_spread_over_all_shards)
{
    struct world w = world_open_empty();
    unsigned used = 0;

    for (int i = 0; i < 1000; i++) {
        world_advance(&w, 60000000);
        used |= 1u << db_shard_of((merchant_id){id_next(&w.ctx)});
    }
    EXPECT_INT((1 << DB_SHARDS) - 1, used);
    world_close(&w);
}

TESTS(RUN(a_rolled_back_transaction_leaves_nothing),
      RUN(a_savepoint_rolled_back_keeps_what_came_before),
      RUN(after_a_failure_only_a_rollback_may_follow),
      RUN(a_transaction_with_a_failure_in_it_does_not_commit),
      RUN(a_failure_that_nobody_waited_for_is_told_by_what_waits_next),
      RUN(a_failure_that_only_the_commit_waits_for_undoes_it_all),
      RUN(more_than_can_wait_at_once_is_written_all_the_same),
      RUN(rows_left_open_are_closed_with_their_savepoint),
      RUN(a_lost_race_is_run_again_and_counts_once), RUN(a_race_that_is_always_lost_is_given_up),
      RUN(a_snapshot_does_not_see_what_is_committed_meanwhile),
      RUN(a_lost_connection_loses_the_transaction_and_the_next_gets_another),
      RUN(a_second_writer_waits_only_so_long),
      RUN(a_full_disk_loses_the_transaction_and_nothing_else),
      RUN(a_database_that_sorts_by_a_language_is_refused),
      RUN(merchants_are_spread_over_all_shards))
