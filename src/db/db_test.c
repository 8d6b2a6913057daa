/* db_test — both engines keep the promises of db.h: types and statements. */
#include "db/db.h"
#include "support/things.h"
#include <pthread.h>
#include <stdio.h>
#include <sys/stat.h>

DB_SQL(add_thing, "INSERT INTO thing (id, number, words, yes, bytes)"
                  " VALUES ($1, $2, $3, $4, $5)");
DB_SQL(find_thing, "SELECT number, words, yes, bytes"
                   "  FROM thing"
                   " WHERE id = $1");
DB_SQL(list_things, "SELECT id FROM thing WHERE id >= $1 ORDER BY id");
DB_SQL(name_things, "SELECT words FROM thing ORDER BY words");
DB_SQL(swap, "SELECT $2, $1, $2");
DB_SQL(add_part, "INSERT INTO part (id, thing_id) VALUES ($1, $2)");
DB_SQL(raise_number, "UPDATE thing SET number = number + $2 WHERE id <= $1");
DB_SQL(raise_returning, "UPDATE thing SET number = number + $2 WHERE id = $1 RETURNING number");
DB_SQL(mistaken, "SELECT no_such_column FROM thing");

/* ---- types ---- */

TEST(every_type_comes_back_as_it_went_in)
{
    struct world w = things_open();
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
    struct world w = things_open();

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
    struct world w = things_open();
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
    struct world w = things_open();
    const struct str bad[] = {STR("a\0b"), STR("\xff"), STR("caf\xe9")};

    for (int i = 0; i < 3; i++) {
        EXPECT_ERR(ERR_FIELD_VALUE, db_exec(&w.ctx, &add_thing,
                                            DB_BIND(db_int(1), db_int(1), db_text(bad[i]),
                                                    db_bool(true), db_bytes("", 0))));
    }
    EXPECT_INT(0, things_count(&w.ctx));
    world_close(&w);
}

TEST(texts_are_sorted_by_their_bytes)
{
    struct world w = things_open();
    const char *const sorted[] = {"A b", "Ab", "B", "a", "z", "é"};

    for (int i = 5; i >= 0; i--) {
        EXPECT_OK(things_add(&w.ctx, i, 0, sorted[i]));
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
    struct world w = things_open();
    int64_t seen = 0;

    for (int64_t id = 1; id <= 3; id++)
        EXPECT_OK(things_add(&w.ctx, id, 0, ""));
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
    struct world w = things_open();
    int64_t changed = -1;

    for (int64_t id = 1; id <= 3; id++)
        EXPECT_OK(things_add(&w.ctx, id, 0, ""));
    EXPECT_OK(db_change(&w.ctx, &raise_number, DB_BIND(db_int(2), db_int(5)), &changed));
    EXPECT_INT(2, changed);
    EXPECT_OK(db_change(&w.ctx, &raise_number, DB_BIND(db_int(0), db_int(5)), &changed));
    EXPECT_INT(0, changed);
    world_close(&w);
}

TEST(a_change_is_made_even_if_its_rows_are_not_read)
{
    struct world w = things_open();

    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_OK(db_done(db_query(&w.ctx, &raise_returning, DB_BIND(db_int(1), db_int(2)))));
    struct db_rows *rows = db_query(&w.ctx, &raise_returning, DB_BIND(db_int(1), db_int(0)));
    EXPECT_TRUE(db_next(rows));
    EXPECT_INT(3, db_col_int(rows, 0));
    EXPECT_OK(db_done(rows));
    world_close(&w);
}

TEST(what_a_constraint_refuses_is_told_as_that)
{
    struct world w = things_open();

    EXPECT_OK(things_add(&w.ctx, 1, 1, ""));
    EXPECT_ERR(ERR_DB_CONSTRAINT, things_add(&w.ctx, 1, 1, ""));    /* key */
    EXPECT_ERR(ERR_DB_CONSTRAINT, things_add(&w.ctx, 2, 1000, "")); /* check */
    EXPECT_ERR(ERR_DB_CONSTRAINT,
               db_exec(&w.ctx, &add_part, DB_BIND(db_int(1), db_int(9)))); /* foreign key */
    EXPECT_ERR(ERR_DB_CONSTRAINT,
               db_exec(&w.ctx, &add_part, DB_BIND(db_int(1), db_int_or_null(0)))); /* not null */
    EXPECT_OK(db_exec(&w.ctx, &add_part, DB_BIND(db_int(1), db_int(1))));
    world_close(&w);
}

DB_SQL(remove_things, "DELETE FROM thing");

static bool
file_has(struct ctx *ctx, const char *path, struct str wanted)
{
    FILE *file = fopen(path, "rb");
    bool found = false;

    EXPECT_TRUE(file != NULL);
    char *content = arena_alloc(ctx->arena, 4 << 20);
    size_t len = fread(content, 1, 4 << 20, file);
    fclose(file);
    for (size_t i = 0; i + wanted.len <= len && !found; i++)
        found = memcmp(content + i, wanted.at, wanted.len) == 0;
    return found;
}

TEST(what_was_removed_is_gone_from_the_file)
{
    struct world w = things_open();
    static char words[40000]; /* on pages of their own, which become free */

    if (db_engine_of(w.ctx.db) == DB_POSTGRES) { /* its files are VACUUM's business */
        world_close(&w);
        return;
    }
    for (size_t i = 0; i + 12 < sizeof words; i += 12)
        memcpy(words + i, "+33612345678", 12);
    for (int64_t id = 0; id < 50; id++)
        EXPECT_OK(things_add(&w.ctx, id, 0, id % 2 ? words : "+33612345678"));
    const char *path = str_z(w.ctx.arena, str_of(db_place(w.ctx.db)));
    db_close(w.ctx.db); /* writes the log into the file, and removes it */
    EXPECT_TRUE(file_has(&w.ctx, path, STR("+33612345678")));
    w.ctx.db = world_connect(&w, DB_READ_WRITE);
    EXPECT_OK(db_exec(&w.ctx, &remove_things, NULL, 0));
    db_close(w.ctx.db);
    EXPECT_TRUE(!file_has(&w.ctx, path, STR("+33612345678")));
    w.ctx.db = world_connect(&w, DB_READ_WRITE);
    world_close(&w);
}

TEST(a_statement_that_cannot_be_prepared_fails_with_its_name)
{
    struct world w = things_open();

    EXPECT_ERR(ERR_DB_FAILED, db_exec(&w.ctx, &mistaken, NULL, 0));
    EXPECT_TRUE(strstr(w.ctx.detail, "mistaken") != NULL);
    EXPECT_INT(0, things_count(&w.ctx));
    world_close(&w);
}

TEST(a_reading_connection_cannot_write)
{
    struct world w = things_open();
    struct db *writer = w.ctx.db;

    w.ctx.db = world_connect(&w, DB_READ_ONLY);
    EXPECT_ERR(ERR_DB_FAILED, things_add(&w.ctx, 1, 1, ""));
    EXPECT_INT(0, things_count(&w.ctx));
    db_close(w.ctx.db);
    w.ctx.db = writer;
    world_close(&w);
}

TEST(only_its_owner_can_read_a_new_file)
{
    struct world w = things_open();
    static const char *const endings[] = {"", "-wal", "-shm"};

    for (int i = 0; i < 3 && db_engine_of(w.ctx.db) == DB_SQLITE; i++) {
        struct stat status;
        struct str path = str_format(w.ctx.arena, "%s%s", db_place(w.ctx.db), endings[i]);
        EXPECT_INT(0, stat(path.at, &status));
        EXPECT_INT(0600, status.st_mode & 0777);
    }
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
    struct world w = things_open();
    struct interrupter interrupter = {.db = w.ctx.db};
    pthread_t thread;

    EXPECT_INT(0, pthread_create(&thread, NULL, interrupt, &interrupter));
    enum err err = db_exec(&w.ctx, &count_forever, NULL, 0);
    interrupter.is_over = true;
    pthread_join(thread, NULL);
    EXPECT_ERR(ERR_TIMED_OUT, err);
    EXPECT_INT(0, things_count(&w.ctx));
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

TESTS(RUN(every_type_comes_back_as_it_went_in), RUN(null_is_not_the_empty_value),
      RUN(parameters_are_bound_by_name_whatever_their_order),
      RUN(a_text_that_is_not_text_is_refused_on_both_engines), RUN(texts_are_sorted_by_their_bytes),
      RUN(a_statement_may_be_used_again_while_its_rows_are_read),
      RUN(a_change_tells_how_many_rows_it_changed),
      RUN(a_change_is_made_even_if_its_rows_are_not_read),
      RUN(what_a_constraint_refuses_is_told_as_that), RUN(what_was_removed_is_gone_from_the_file),
      RUN(a_statement_that_cannot_be_prepared_fails_with_its_name),
      RUN(a_reading_connection_cannot_write), RUN(only_its_owner_can_read_a_new_file),
      RUN(an_address_of_no_known_engine_is_refused),
      RUN(a_statement_can_be_stopped_from_another_thread),
      RUN(each_world_has_a_merchant_and_a_database_of_its_own))
