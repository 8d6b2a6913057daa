/* db_test — both engines keep the promises of db.h. */
#include "db/db.h"
#include "db/migrate.h"
#include "support/test.h"
#include "support/world.h"
#include <pthread.h>

/* ---- a table of every type ---- */
DB_SQL(add_thing, "INSERT INTO thing (id, number, words, yes, bytes)"
                  " VALUES ($1, $2, $3, $4, $5)");
DB_SQL(find_thing, "SELECT number, words, yes, bytes"
                   "  FROM thing"
                   " WHERE id = $1");
DB_SQL(count_things, "SELECT CAST(COUNT(*) AS BIGINT) FROM thing");
DB_SQL(list_things, "SELECT id FROM thing WHERE id >= $1 ORDER BY id");
DB_SQL(name_things, "SELECT words FROM thing ORDER BY words");
DB_SQL(swap, "SELECT $2, $1, $2");
DB_SQL(add_part, "INSERT INTO part (id, thing_id) VALUES ($1, $2)");
DB_SQL(raise_number, "UPDATE thing SET number = number + $2 WHERE id <= $1");
DB_SQL(raise_returning, "UPDATE thing SET number = number + $2 WHERE id = $1 RETURNING number");
DB_SQL(mistaken, "SELECT no_such_column FROM thing");

static const char tables[] =
    "CREATE TABLE thing (id BIGINT NOT NULL PRIMARY KEY, number BIGINT, words TEXT,"
    "                    yes BOOLEAN, bytes BYTEA, CHECK (number < 1000));"
    "CREATE TABLE part (id BIGINT NOT NULL PRIMARY KEY,"
    "                   thing_id BIGINT NOT NULL REFERENCES thing (id));";

static struct world
open_tables(void)
{
    struct world w = world_open_empty();

    EXPECT_OK(db_run_script(&w.ctx, tables));
    return w;
}

static enum err
add(struct ctx *ctx, int64_t id, int64_t number, const char *words)
{
    return db_exec(ctx, &add_thing,
                   DB_BIND(db_int(id), db_int(number), db_text(str_of(words)), db_bool(true),
                           db_bytes(NULL, 0)));
}

static int64_t
count(struct ctx *ctx)
{
    struct db_rows *rows = db_query(ctx, &count_things, NULL, 0);

    EXPECT_TRUE(db_next(rows));
    int64_t found = db_col_int(rows, 0);
    EXPECT_OK(db_done(rows));
    return found;
}

/* ---- types ---- */

TEST(every_type_comes_back_as_it_went_in)
{
    struct world w = open_tables();
    const char bytes[] = {0, 1, '\xff', 0};

    EXPECT_OK(db_exec(&w.ctx, &add_thing,
                      DB_BIND(db_int(INT64_MIN), db_int(-7), db_text(STR("é 🥐 'x'")),
                              db_bool(true), db_bytes(bytes, sizeof bytes))));
    struct db_rows *rows = db_query(&w.ctx, &find_thing, DB_BIND(db_int(INT64_MIN)));
    EXPECT_TRUE(db_next(rows));
    EXPECT_INT(-7, db_col_int(rows, 0));
    EXPECT_STR("é 🥐 'x'", db_col_text(rows, 1));
    EXPECT_TRUE(db_col_bool(rows, 2));
    EXPECT_STR(((struct str){bytes, sizeof bytes}), db_col_text(rows, 3));
    EXPECT_TRUE(!db_next(rows));
    EXPECT_OK(db_done(rows));
    world_close(&w);
}

TEST(null_is_not_the_empty_value)
{
    struct world w = open_tables();

    EXPECT_OK(db_exec(&w.ctx, &add_thing,
                      DB_BIND(db_int(1), db_int_or_null(0), db_text_or_null(STR("")),
                              db_bool(false), db_bytes_or_null(NULL, 0))));
    EXPECT_OK(db_exec(
        &w.ctx, &add_thing,
        DB_BIND(db_int(2), db_int(0), db_text(STR("")), db_bool(false), db_bytes(NULL, 0))));
    for (int64_t id = 1; id <= 2; id++) {
        struct db_rows *rows = db_query(&w.ctx, &find_thing, DB_BIND(db_int(id)));
        EXPECT_TRUE(db_next(rows));
        EXPECT_INT(id == 1, db_col_is_null(rows, 0));
        EXPECT_INT(id == 1, db_col_is_null(rows, 1));
        EXPECT_INT(id == 1, db_col_is_null(rows, 3));
        EXPECT_INT(0, db_col_int(rows, 0));
        EXPECT_STR("", db_col_text(rows, 1));
        EXPECT_STR("", db_col_text(rows, 3));
        EXPECT_OK(db_done(rows));
    }
    world_close(&w);
}

TEST(parameters_are_bound_by_name_whatever_their_order)
{
    struct world w = open_tables();
    struct db_rows *rows = db_query(&w.ctx, &swap, DB_BIND(db_int(1), db_text(STR("two"))));

    EXPECT_TRUE(db_next(rows));
    EXPECT_STR("two", db_col_text(rows, 0));
    EXPECT_INT(1, db_col_int(rows, 1));
    EXPECT_STR("two", db_col_text(rows, 2));
    EXPECT_OK(db_done(rows));
    world_close(&w);
}

TEST(a_text_that_is_not_text_is_refused_on_both_engines)
{
    struct world w = open_tables();
    const struct str bad[] = {STR("a\0b"), STR("\xff"), STR("caf\xe9")};

    for (int i = 0; i < 3; i++) {
        EXPECT_ERR(ERR_FIELD_VALUE, db_exec(&w.ctx, &add_thing,
                                            DB_BIND(db_int(1), db_int(1), db_text(bad[i]),
                                                    db_bool(true), db_bytes("", 0))));
    }
    EXPECT_INT(0, count(&w.ctx));
    world_close(&w);
}

TEST(texts_are_sorted_by_their_bytes)
{
    struct world w = open_tables();
    const char *const sorted[] = {"A b", "Ab", "B", "a", "z", "é"};

    for (int i = 5; i >= 0; i--) {
        EXPECT_OK(add(&w.ctx, i, 0, sorted[i]));
    }
    struct db_rows *rows = db_query(&w.ctx, &name_things, NULL, 0);
    for (int i = 0; i < 6; i++) {
        EXPECT_TRUE(db_next(rows));
        EXPECT_STR(sorted[i], db_col_text(rows, 0));
    }
    EXPECT_OK(db_done(rows));
    world_close(&w);
}

/* ---- statements ---- */

TEST(a_statement_may_be_used_again_while_its_rows_are_read)
{
    struct world w = open_tables();
    int64_t seen = 0;

    for (int64_t id = 1; id <= 3; id++)
        EXPECT_OK(add(&w.ctx, id, 0, ""));
    struct db_rows *outer = db_query(&w.ctx, &list_things, DB_BIND(db_int(1)));
    while (db_next(outer)) {
        struct db_rows *inner = db_query(&w.ctx, &list_things,
                                         DB_BIND(db_col_is_null(outer, 0) ? db_int(0) : db_int(2)));
        while (db_next(inner))
            seen += db_col_int(outer, 0) * 100 + db_col_int(inner, 0);
        EXPECT_OK(db_done(inner));
    }
    EXPECT_OK(db_done(outer));
    EXPECT_INT((1 + 2 + 3) * 2 * 100 + 3 * (2 + 3), seen);
    world_close(&w);
}

TEST(a_change_tells_how_many_rows_it_changed)
{
    struct world w = open_tables();
    int64_t changed = -1;

    for (int64_t id = 1; id <= 3; id++)
        EXPECT_OK(add(&w.ctx, id, 0, ""));
    EXPECT_OK(db_change(&w.ctx, &raise_number, DB_BIND(db_int(2), db_int(5)), &changed));
    EXPECT_INT(2, changed);
    EXPECT_OK(db_change(&w.ctx, &raise_number, DB_BIND(db_int(0), db_int(5)), &changed));
    EXPECT_INT(0, changed);
    world_close(&w);
}

TEST(a_change_is_made_even_if_its_rows_are_not_read)
{
    struct world w = open_tables();

    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_done(db_query(&w.ctx, &raise_returning, DB_BIND(db_int(1), db_int(2)))));
    struct db_rows *rows = db_query(&w.ctx, &raise_returning, DB_BIND(db_int(1), db_int(0)));
    EXPECT_TRUE(db_next(rows));
    EXPECT_INT(3, db_col_int(rows, 0));
    EXPECT_OK(db_done(rows));
    world_close(&w);
}

TEST(what_a_constraint_refuses_is_told_as_that)
{
    struct world w = open_tables();

    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_ERR(ERR_DB_CONSTRAINT, add(&w.ctx, 1, 1, ""));    /* key */
    EXPECT_ERR(ERR_DB_CONSTRAINT, add(&w.ctx, 2, 1000, "")); /* check */
    EXPECT_ERR(ERR_DB_CONSTRAINT,
               db_exec(&w.ctx, &add_part, DB_BIND(db_int(1), db_int(9)))); /* foreign key */
    EXPECT_ERR(ERR_DB_CONSTRAINT,
               db_exec(&w.ctx, &add_part, DB_BIND(db_int(1), db_int_or_null(0)))); /* not null */
    EXPECT_OK(db_exec(&w.ctx, &add_part, DB_BIND(db_int(1), db_int(1))));
    world_close(&w);
}

TEST(a_statement_that_cannot_be_prepared_fails_with_its_name)
{
    struct world w = open_tables();

    EXPECT_ERR(ERR_DB_FAILED, db_exec(&w.ctx, &mistaken, NULL, 0));
    EXPECT_TRUE(strstr(w.ctx.detail, "mistaken") != NULL);
    EXPECT_INT(0, count(&w.ctx));
    world_close(&w);
}

TEST(a_reading_connection_cannot_write)
{
    struct world w = open_tables();
    struct db *writer = w.ctx.db;

    w.ctx.db = world_connect(&w, DB_READ_ONLY);
    EXPECT_ERR(ERR_DB_FAILED, add(&w.ctx, 1, 1, ""));
    EXPECT_INT(0, count(&w.ctx));
    db_close(w.ctx.db);
    w.ctx.db = writer;
    world_close(&w);
}

TEST(an_address_of_no_known_engine_is_refused)
{
    struct world w = world_open_empty();
    struct db *db;

    EXPECT_ERR(ERR_DB_FAILED, db_open(&w.ctx, "mysql://here", DB_READ_WRITE, &db));
    EXPECT_ERR(ERR_DB_FAILED, db_open(&w.ctx, "sqlite:/nowhere/at/all.db", DB_READ_WRITE, &db));
    EXPECT_ERR(ERR_DB_FAILED,
               db_open(&w.ctx, "postgres://nobody@127.0.0.1:1/x", DB_READ_WRITE, &db));
    EXPECT_TRUE(db == NULL);
    world_close(&w);
}

DB_SQL(count_forever, "WITH RECURSIVE number (n) AS"
                      " (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM number WHERE n > 0)"
                      " SELECT CAST(COUNT(*) AS BIGINT) FROM number WHERE n < 0");

struct interrupter {
    struct db *db;
    _Atomic bool is_over;
};

/* Again and again: the first may come before the statement has begun. */
static void *
interrupt(void *arg)
{
    struct interrupter *interrupter = arg;

    while (!interrupter->is_over)
        db_interrupt(interrupter->db);
    return NULL;
}

TEST(a_statement_can_be_stopped_from_another_thread)
{
    struct world w = open_tables();
    struct interrupter interrupter = {.db = w.ctx.db};
    pthread_t thread;

    EXPECT_INT(0, pthread_create(&thread, NULL, interrupt, &interrupter));
    enum err err = db_exec(&w.ctx, &count_forever, NULL, 0);
    interrupter.is_over = true;
    pthread_join(thread, NULL);
    EXPECT_ERR(ERR_TIMED_OUT, err);
    EXPECT_INT(0, count(&w.ctx));
    world_close(&w);
}

/* ---- transactions ---- */

static enum err
add_and_wait(struct ctx *ctx, int64_t id)
{
    TRY(add(ctx, id, 1, ""));
    return db_flush(ctx);
}

TEST(a_rolled_back_transaction_leaves_nothing)
{
    struct world w = open_tables();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_TRUE(db_in_tx(w.ctx.db));
    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    db_rollback(&w.ctx);
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    EXPECT_INT(0, count(&w.ctx));
    world_close(&w);
}

TEST(a_savepoint_rolled_back_keeps_what_came_before)
{
    struct world w = open_tables();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_savepoint_release(&w.ctx));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_OK(add(&w.ctx, 2, 1, ""));
    EXPECT_OK(db_savepoint_rollback(&w.ctx));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(1, count(&w.ctx));
    world_close(&w);
}

TEST(after_a_failure_only_a_rollback_may_follow)
{
    struct world w = open_tables();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_ERR(ERR_DB_CONSTRAINT, add_and_wait(&w.ctx, 1));
    EXPECT_ERR(ERR_DB_FAILED, add(&w.ctx, 2, 1, ""));
    EXPECT_ERR(ERR_DB_FAILED, db_savepoint_release(&w.ctx));
    EXPECT_OK(db_savepoint_rollback(&w.ctx));
    EXPECT_OK(add(&w.ctx, 3, 1, ""));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(2, count(&w.ctx));
    world_close(&w);
}

TEST(a_transaction_with_a_failure_in_it_does_not_commit)
{
    struct world w = open_tables();

    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_ERR(ERR_DB_CONSTRAINT, add_and_wait(&w.ctx, 1));
    EXPECT_ERR(ERR_DB_FAILED, db_commit(&w.ctx));
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    EXPECT_INT(0, count(&w.ctx));
    world_close(&w);
}

/* On PostgreSQL the failure is known only when something waits for it. */
TEST(a_failure_that_nobody_waited_for_is_told_by_what_waits_next)
{
    struct world w = open_tables();
    int64_t changed;

    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    for (int what = 0; what < 4; what++) {
        EXPECT_OK(db_begin(&w.ctx));
        EXPECT_OK(db_savepoint(&w.ctx));
        EXPECT_OK(add(&w.ctx, 2, 1, ""));
        enum err err = add(&w.ctx, 1, 1, "");
        if (err == OK) err = add(&w.ctx, 3, 1, "");
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
        EXPECT_INT(1, count(&w.ctx));
    }
    world_close(&w);
}

TEST(a_failure_that_only_the_commit_waits_for_undoes_it_all)
{
    struct world w = open_tables();

    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(add(&w.ctx, 2, 1, ""));
    enum err err = add(&w.ctx, 1, 1, "");
    enum err committed = db_commit(&w.ctx);
    EXPECT_ERR(ERR_DB_CONSTRAINT, err == OK ? committed : err);
    EXPECT_TRUE(committed != OK);
    EXPECT_INT(1, count(&w.ctx));
    world_close(&w);
}

TEST(more_than_can_wait_at_once_is_written_all_the_same)
{
    struct world w = open_tables();

    EXPECT_OK(db_begin(&w.ctx));
    for (int64_t id = 1; id <= 500; id++) {
        EXPECT_OK(add(&w.ctx, id, 1, "some words that fill the connection's buffer"));
        if (id % 77 == 0) EXPECT_INT(id, count(&w.ctx));
    }
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(500, count(&w.ctx));
    world_close(&w);
}

TEST(rows_left_open_are_closed_with_their_savepoint)
{
    struct world w = open_tables();

    EXPECT_OK(db_begin(&w.ctx));
    for (int64_t id = 1; id <= 3; id++)
        EXPECT_OK(add(&w.ctx, id, 1, ""));
    EXPECT_OK(db_savepoint(&w.ctx));
    EXPECT_TRUE(db_next(db_query(&w.ctx, &list_things, DB_BIND(db_int(1)))));
    EXPECT_TRUE(db_next(db_query(&w.ctx, &list_things, DB_BIND(db_int(2)))));
    EXPECT_OK(db_savepoint_rollback(&w.ctx));
    EXPECT_TRUE(db_next(db_query(&w.ctx, &list_things, DB_BIND(db_int(1)))));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(3, count(&w.ctx));
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
    struct world w = open_tables();
    struct racer racer = {.losses = 2};

    EXPECT_OK(add(&w.ctx, 1, 0, ""));
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
    struct world w = open_tables();
    struct racer racer = {.losses = 1000};

    EXPECT_ERR(ERR_DB_BUSY, db_tx(&w.ctx, race, &racer));
    EXPECT_INT(DB_TX_TRIES, racer.tries);
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    world_close(&w);
}

TEST(a_snapshot_does_not_see_what_is_committed_meanwhile)
{
    struct world w = open_tables();
    struct ctx reader = w.ctx;

    reader.db = world_connect(&w, DB_READ_ONLY);
    EXPECT_OK(db_snapshot_begin(&reader));
    EXPECT_INT(0, count(&reader));
    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_INT(0, count(&reader));
    db_snapshot_end(&reader);
    EXPECT_INT(1, count(&reader));
    db_close(reader.db);
    world_close(&w);
}

DB_SQL(end_others, "SELECT CAST(COUNT(pg_terminate_backend(pid)) AS BIGINT) FROM pg_stat_activity"
                   " WHERE datname = current_database() AND pid <> pg_backend_pid()");

TEST(a_lost_connection_loses_the_transaction_and_the_next_gets_another)
{
    struct world w = open_tables();
    struct ctx other = w.ctx;

    if (db_engine_of(w.ctx.db) == DB_SQLITE) { /* has no connection to lose */
        world_close(&w);
        return;
    }
    other.db = world_connect(&w, DB_READ_WRITE);
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(add(&w.ctx, 1, 1, ""));
    EXPECT_TRUE(!db_tx_lost(&w.ctx));
    EXPECT_OK(db_done(db_query(&other, &end_others, NULL, 0)));
    EXPECT_ERR(ERR_DB_BUSY, add_and_wait(&w.ctx, 2));
    EXPECT_TRUE(db_tx_lost(&w.ctx));
    db_rollback(&w.ctx);
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(add(&w.ctx, 3, 1, ""));
    EXPECT_OK(db_commit(&w.ctx));
    EXPECT_INT(1, count(&w.ctx));

    /* The same while idle: nobody notices. */
    EXPECT_OK(db_done(db_query(&other, &end_others, NULL, 0)));
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(db_commit(&w.ctx));
    db_close(other.db);
    world_close(&w);
}

TEST(a_second_writer_waits_only_so_long)
{
    struct world w = open_tables();
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
    struct world w = open_tables();
    static char large[60000];
    enum err err = OK;

    if (db_engine_of(w.ctx.db) == DB_POSTGRES) { /* has no limit that a test could set */
        world_close(&w);
        return;
    }
    memset(large, 'x', sizeof large - 1);
    EXPECT_OK(add(&w.ctx, 1, 1, "before"));
    EXPECT_OK(db_run_script(&w.ctx, "PRAGMA max_page_count = 40"));
    EXPECT_OK(db_begin(&w.ctx));
    EXPECT_OK(db_savepoint(&w.ctx));
    for (int64_t id = 2; err == OK && id < 20; id++)
        err = add(&w.ctx, id, 1, large);
    EXPECT_ERR(ERR_DB_FAILED, err);
    EXPECT_ERR(ERR_DB_FAILED, add(&w.ctx, 100, 1, ""));
    EXPECT_ERR(ERR_DB_FAILED, db_commit(&w.ctx));
    EXPECT_TRUE(!db_in_tx(w.ctx.db));
    EXPECT_OK(db_run_script(&w.ctx, "PRAGMA max_page_count = 4000"));
    EXPECT_INT(1, count(&w.ctx));
    EXPECT_OK(add(&w.ctx, 2, 1, large));
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

/* ---- migrations ---- */

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

TEST(a_migration_that_fails_leaves_nothing_of_itself)
{
    struct world w = world_open_empty();
    const struct migration bad[] = {
        {1, "bad", "CREATE TABLE thing (id BIGINT); INSERT INTO nowhere (id) VALUES (1);"},
    };
    const struct migration good[] = {{1, "good", tables}};
    int ran;

    EXPECT_ERR(ERR_DB_FAILED, migrate_run_list(&w.ctx, bad, 1, &ran));
    EXPECT_OK(migrate_run_list(&w.ctx, good, 1, &ran));
    EXPECT_INT(0, count(&w.ctx));
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

DB_SQL(count_merchants, "SELECT CAST(COUNT(*) AS BIGINT) FROM merchant WHERE id = $1");

static enum err
expect_merchant(struct ctx *ctx, void *arg)
{
    struct db_rows *rows = db_query(ctx, &count_merchants, DB_BIND(db_int(ctx->merchant.v)));
    (void)arg;

    EXPECT_TRUE(db_next(rows));
    EXPECT_INT(1, db_col_int(rows, 0));
    return db_done(rows);
}

TEST(each_world_has_a_merchant_and_a_database_of_its_own)
{
    struct world one = world_open();
    struct world two = world_open();

    EXPECT_TRUE(strcmp(one.url, two.url) != 0);
    EXPECT_OK(world_write(&one, expect_merchant, NULL));
    WORLD_TX(&two) EXPECT_OK(expect_merchant(&two.ctx, NULL));
    world_close(&one);
    world_close(&two);
}

TESTS(RUN(each_world_has_a_merchant_and_a_database_of_its_own),
      RUN(every_type_comes_back_as_it_went_in), RUN(null_is_not_the_empty_value),
      RUN(parameters_are_bound_by_name_whatever_their_order),
      RUN(a_text_that_is_not_text_is_refused_on_both_engines), RUN(texts_are_sorted_by_their_bytes),
      RUN(a_statement_may_be_used_again_while_its_rows_are_read),
      RUN(a_change_tells_how_many_rows_it_changed),
      RUN(a_change_is_made_even_if_its_rows_are_not_read),
      RUN(what_a_constraint_refuses_is_told_as_that),
      RUN(a_statement_that_cannot_be_prepared_fails_with_its_name),
      RUN(a_reading_connection_cannot_write), RUN(a_statement_can_be_stopped_from_another_thread),
      RUN(an_address_of_no_known_engine_is_refused), RUN(a_rolled_back_transaction_leaves_nothing),
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
      RUN(merchants_are_spread_over_all_shards), RUN(migrations_run_once_and_repeating_is_harmless),
      RUN(an_edited_migration_is_refused), RUN(a_database_of_a_newer_program_is_refused),
      RUN(a_migration_that_fails_leaves_nothing_of_itself),
      RUN(the_schema_of_this_program_runs_and_is_then_complete))
