/* intake_test — files of customers: once only, in steps that may be interrupted, and forgotten. */
#include "base/clock.h"
#include "core/customers/customers.h"
#include "core/people/people.h"
#include "db/db.h"
#include "db/write_lane.h"
#include "support/intaking.h"
#include "support/test.h"
#include <stdio.h>

static void
expect_whole(const struct intake_pass *pass)
{
    EXPECT_INT(pass->rows, pass->added + pass->by_phone + pass->by_email + pass->by_reference +
                               pass->again + pass->twice + pass->refused);
    EXPECT_INT(pass->points_after, pass->points_before + pass->points_moved);
}

/* ---- once only ---- */

TEST(the_same_file_once_more_gives_nothing_twice)
{
    const struct str file = STR(INTAKING_HEADER "06 12 34 56 78;;;;30\n06 12 34 56 79;;;;5\n");
    struct club club = club_open();

    intaking_all(&club.world, file, INTAKING_COLUMNS);
    struct intaking again = intaking_upload(&club.world, file);
    struct intake_sample sample;
    EXPECT_OK(intake_look(&club.world.ctx, &again.intake, &sample));
    EXPECT_TRUE(sample.is_known);
    intaking_check(&club.world, &again, INTAKING_COLUMNS);
    EXPECT_INT(2, again.intake.passes[INTAKE_CHECK].again);
    EXPECT_INT(0, again.intake.passes[INTAKE_CHECK].points);
    intaking_run(&club.world, &again);
    EXPECT_INT(2, again.intake.passes[INTAKE_RUN].again);
    EXPECT_INT(35, intaking_sum(&club));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(a_file_whose_points_were_forgotten_gives_them_the_second_time)
{
    const struct str file = STR(INTAKING_HEADER "06 12 34 56 78;;;;30\n");
    struct club club = club_open();

    intaking_all(&club.world, file, "phone,given_name,family_name,email,");
    EXPECT_INT(0, intaking_sum(&club));
    struct intaking told = intaking_all(&club.world, file, INTAKING_COLUMNS);
    EXPECT_INT(1, told.intake.passes[INTAKE_RUN].by_phone);
    EXPECT_INT(30, intaking_sum(&club));
    club_close(&club);
}

/* ---- many rows ---- */

/* Of 33 rows one is rubbish, each in another way; rows differ in how they write a number. */
static struct str
make_rows(struct world *w, int count)
{
    static const char *const rubbish[] = {
        "06 12;X;;;1\n",     ";;;nowhere;1\n",   "0700000000;\"open;;;1\n", "\xff\xfe\x80;;;;1\n",
        "0700000000;;;;x\n", ";;;;\"\"\"1\"x\n", "just some words\n",
    };
    size_t room = (size_t)count * 64 + sizeof INTAKING_HEADER;
    char *text = arena_alloc(w->ctx.arena, room);
    size_t len = (size_t)snprintf(text, room, INTAKING_HEADER);

    for (int i = 0; i < count; i++) {
        if (i % 33 == 7) {
            len += (size_t)snprintf(text + len, room - len, "%s", rubbish[i / 33 % 7]);
            continue;
        }
        len += (size_t)snprintf(text + len, room - len,
                                i % 2 ? "+336%08d;Élise;N°%d;;%d\n" : "06%08d;Jo;N%d;;%d\n",
                                10000000 + i, i, i % 100);
    }
    return (struct str){text, len};
}

/* As another program would have written it; beyond ASCII there is "é" and "°" alone. */
static struct str
in_utf16(struct world *w, struct str text)
{
    char *bytes = arena_alloc(w->ctx.arena, 2 * text.len + 2);
    size_t len = 2;

    memcpy(bytes, "\xFF\xFE", 2);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.at[i];

        bool is_begun = byte == 0xC2 || byte == 0xC3;
        bytes[len] = is_begun ? (char)(text.at[++i] + (byte - 0xC2) * 64) : (char)byte;
        len += 2;
    }
    return (struct str){bytes, len};
}

static struct str
in_windows_1252(struct world *w, struct str text)
{
    struct str units = in_utf16(w, text);
    char *bytes = arena_alloc(w->ctx.arena, units.len / 2);

    for (size_t i = 2; i < units.len; i += 2)
        bytes[i / 2 - 1] = units.at[i];
    return (struct str){bytes, units.len / 2 - 1};
}

static void
expect_rows(struct club *club, struct str file, int rows)
{
    struct world *w = &club->world;
    int64_t points = 0, bad = 0;

    for (int i = 0; i < rows; i++) {
        bad += i % 33 == 7;
        points += i % 33 == 7 ? 0 : i % 100;
    }
    struct intaking told = intaking_upload(w, file);
    intaking_check(w, &told, INTAKING_COLUMNS);
    const struct intake_pass *found = &told.intake.passes[INTAKE_CHECK];
    EXPECT_INT(rows, found->rows);
    EXPECT_INT(bad, found->refused + found->twice);
    EXPECT_INT(points, found->points);
    intaking_run(w, &told);
    const struct intake_pass *done = &told.intake.passes[INTAKE_RUN];
    expect_whole(done);
    EXPECT_INT(rows - bad, done->added);
    EXPECT_INT(points, done->points_moved);
    EXPECT_INT(points, intaking_sum(club));
    EXPECT_STR("Élise", intaking_customer(w, "+33610000001").given_name);
    club_expect_honest(club);
}

TEST(twenty_thousand_rows_with_rubbish_come_to_what_they_tell)
{
    enum { ROWS = 20000 };
    struct club club = club_open();
    struct str file = make_rows(&club.world, ROWS);

    EXPECT_TRUE(file.len > 2 * INTAKE_PART_LEN);
    expect_rows(&club, file, ROWS);
    club_close(&club);
}

TEST(other_alphabets_come_to_the_same)
{
    enum { ROWS = 6000 };
    struct str (*const writers[])(struct world * w, struct str text) = {in_utf16, in_windows_1252};

    for (size_t i = 0; i < sizeof writers / sizeof writers[0]; i++) {
        struct club club = club_open();

        expect_rows(&club, writers[i](&club.world, make_rows(&club.world, ROWS)), ROWS);
        club_close(&club);
    }
}

TEST(what_was_interrupted_goes_on_where_it_was)
{
    enum { ROWS = 1000 };
    struct club club = club_open();
    struct world *w = &club.world;
    struct intaking told = intaking_upload(w, make_rows(w, ROWS)), lost = {0};
    struct intake_step *prepared;

    intaking_check(w, &told, INTAKING_COLUMNS);
    told.change = intake_begin_run;
    EXPECT_OK(world_write(w, intaking_change, &told));
    for (int i = 0; i < 3; i++)
        EXPECT_TRUE(intaking_step(w));
    /* A step whose transaction is lost, and one that is taken after another did it. */
    EXPECT_OK(intake_prepare_step(&w->ctx, &prepared));
    lost.step = prepared;
    EXPECT_OK(db_begin(&w->ctx));
    write_batch_begin(&w->ctx);
    EXPECT_OK(intake_take_step(&w->ctx, prepared, &lost.more));
    db_rollback(&w->ctx);
    EXPECT_TRUE(intaking_step(w));
    EXPECT_OK(world_write(w, intaking_take_step, &lost));
    intaking_work(w, &told);
    EXPECT_INT(INTAKE_DONE, told.intake.state);
    expect_whole(&told.intake.passes[INTAKE_RUN]);
    EXPECT_INT(ROWS, told.intake.passes[INTAKE_RUN].rows);
    EXPECT_INT(told.intake.passes[INTAKE_CHECK].points, intaking_sum(&club));
    club_expect_honest(&club);
    club_close(&club);
}

TEST(what_was_cancelled_is_completed_by_the_same_file)
{
    struct club club = club_open();
    struct world *w = &club.world;
    struct str rows = make_rows(w, 1000);
    struct intaking told = intaking_upload(w, rows);

    intaking_check(w, &told, INTAKING_COLUMNS);
    int64_t points = told.intake.passes[INTAKE_CHECK].points;
    told.change = intake_begin_run;
    EXPECT_OK(world_write(w, intaking_change, &told));
    for (int i = 0; i < 3; i++)
        EXPECT_TRUE(intaking_step(w));
    told.change = intake_cancel;
    EXPECT_OK(world_write(w, intaking_change, &told));
    EXPECT_ERR(ERR_IMPORT_STATE, world_write(w, intaking_change, &told));
    intaking_work(w, &told);
    EXPECT_TRUE(told.intake.cleared);
    EXPECT_TRUE(intaking_sum(&club) > 0);
    EXPECT_TRUE(intaking_sum(&club) < points);
    struct intaking again = intaking_all(w, rows, INTAKING_COLUMNS);
    EXPECT_TRUE(again.intake.passes[INTAKE_RUN].again > 0);
    EXPECT_INT(points, intaking_sum(&club));
    club_expect_honest(&club);
    club_close(&club);
}

/* ---- what is refused, and what is forgotten ---- */

TEST(an_import_is_told_what_it_may_be)
{
    struct club club = club_open();
    struct world *w = &club.world;
    struct intaking told = {.bytes = STR("phone\n0612345678\n")};
    struct intake intake;

    EXPECT_ERR(ERR_IMPORT_UNKNOWN, intake_find(&w->ctx, (intake_id){5}, &intake));
    EXPECT_OK(world_write(w, intaking_add, &told));
    EXPECT_ERR(ERR_IMPORT_STATE, world_write(w, intaking_begin_check, &told));
    WORLD_TX(w)
    {
        EXPECT_ERR(ERR_IMPORT_PART,
                   intake_add_part(&w->ctx, told.intake.id, 0, STR("short"), &intake));
        EXPECT_ERR(ERR_IMPORT_PART,
                   intake_add_part(&w->ctx, told.intake.id, 1, told.bytes, &intake));
    }
    EXPECT_OK(world_write(w, intaking_add_parts, &told));
    EXPECT_OK(world_write(w, intaking_add_parts, &told)); /* a part once more is harmless */
    intaking_work(w, &told);
    static const char *const wrong[] = {"", "points", "phone,phone", "telephone", "given_name"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        told.choice.columns = str_of(wrong[i]);
        EXPECT_ERR(ERR_FIELD_VALUE, world_write(w, intaking_begin_check, &told));
    }
    told.choice = (struct intake_choice){.columns = STR("phone"), .country = STR("fr")};
    EXPECT_ERR(ERR_FIELD_VALUE, world_write(w, intaking_begin_check, &told));
    told.choice = (struct intake_choice){.columns = STR("phone,points"), .program = {9}};
    EXPECT_ERR(ERR_PROGRAM_UNKNOWN, world_write(w, intaking_begin_check, &told));
    told.bytes = (struct str){"", 0};
    EXPECT_ERR(ERR_FIELD_RANGE, world_write(w, intaking_add, &told));
    told.bytes.len = INTAKE_SIZE_MAX + 1;
    EXPECT_ERR(ERR_FIELD_RANGE, world_write(w, intaking_add, &told));
    club_close(&club);
}

TEST(a_file_without_rows_fails)
{
    struct club club = club_open();
    struct intaking told = intaking_upload(&club.world, STR(INTAKING_HEADER "\n;;;;\n"));

    told.choice.columns = STR(INTAKING_COLUMNS);
    EXPECT_OK(world_write(&club.world, intaking_begin_check, &told));
    intaking_work(&club.world, &told);
    EXPECT_INT(INTAKE_FAILED, told.intake.state);
    EXPECT_STR("IMPORT_EMPTY", told.intake.failure);
    club_close(&club);
}

DB_SQL(count_chunks, "SELECT CAST(COUNT(*) AS BIGINT) FROM file_chunk WHERE merchant_id = $1");
DB_SQL(count_keys, "SELECT CAST(COUNT(*) AS BIGINT) FROM customer_import_key"
                   " WHERE merchant_id = $1");
static int64_t
count_of(struct world *w, const struct db_sql *sql)
{
    struct db_rows *rows = db_query(&w->ctx, sql, DB_BIND(db_int(w->ctx.merchant.v)));
    int64_t count = db_next(rows) ? db_col_int(rows, 0) : -1;

    EXPECT_OK(db_done(rows));
    return count;
}

static enum err
remove_customer(struct ctx *ctx, void *arg)
{
    const customer_id *id = arg;

    return people_remove_customer(ctx, *id);
}

TEST(what_was_in_a_file_is_forgotten)
{
    const struct str file = STR(INTAKING_HEADER "06 12 34 56 78;;;;30\n06 12;Marie;;;5\n");
    struct club club = club_open();
    struct world *w = &club.world;

    struct intaking done = intaking_all(w, file, INTAKING_COLUMNS);
    EXPECT_INT(1, count_of(w, &count_chunks)); /* the rows that were refused, for a day */
    EXPECT_INT(0, count_of(w, &count_keys));
    customer_id id = intaking_customer(w, "+33612345678").id;
    EXPECT_OK(world_write(w, remove_customer, &id));
    intaking_work(w, &done);
    EXPECT_INT(0, count_of(w, &count_chunks));
    EXPECT_INT(0, done.intake.refused_size);

    struct intaking waiting = intaking_upload(w, file);
    world_advance(w, 8 * CLOCK_DAY_US);
    intaking_work(w, &waiting);
    EXPECT_INT(INTAKE_CANCELED, waiting.intake.state);
    world_advance(w, 2 * CLOCK_DAY_US);
    intaking_work(w, &waiting);
    EXPECT_INT(0, count_of(w, &count_chunks));
    club_close(&club);
}

TESTS(RUN(the_same_file_once_more_gives_nothing_twice),
      RUN(a_file_whose_points_were_forgotten_gives_them_the_second_time),
      RUN(twenty_thousand_rows_with_rubbish_come_to_what_they_tell),
      RUN(other_alphabets_come_to_the_same), RUN(what_was_interrupted_goes_on_where_it_was),
      RUN(what_was_cancelled_is_completed_by_the_same_file), RUN(an_import_is_told_what_it_may_be),
      RUN(a_file_without_rows_fails), RUN(what_was_in_a_file_is_forgotten))
