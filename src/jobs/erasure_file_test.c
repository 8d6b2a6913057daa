/* erasure_file_test — the journal's file survives what happens to files. */
#include "jobs/erasure_file.h"
#include "support/test.h"
#include "support/world.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
path_of(struct world *w, const char *name)
{
    const char *folder = getenv("TMPDIR");

    return str_format(w->ctx.arena, "%s/%s.%d", folder ? folder : "/tmp", name, (int)getpid()).at;
}

static struct erasure
erasure_of(struct world *w, int64_t customer)
{
    struct erasure erasure = {.merchant = w->ctx.merchant, .at_us = w->ctx.now_us};

    erasure_hash(w->ctx.merchant, (customer_id){customer}, erasure.hash);
    return erasure;
}

static void
write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "a");

    EXPECT_TRUE(file != NULL);
    EXPECT_TRUE(fputs(text, file) >= 0);
    EXPECT_INT(0, fclose(file));
}

TEST(what_is_added_is_read_and_the_file_is_its_owners_alone)
{
    struct world w = world_open();
    const char *path = path_of(&w, "added");
    struct erasure first = erasure_of(&w, 1), second = erasure_of(&w, 2), *read;
    struct stat file;
    int count;

    EXPECT_TRUE(!erasure_file_exists(path));
    EXPECT_OK(erasure_file_add(&w.ctx, path, &first, 1));
    EXPECT_OK(erasure_file_add(&w.ctx, path, &second, 1));
    EXPECT_OK(erasure_file_read(&w.ctx, path, &read, &count));
    EXPECT_INT(2, count);
    EXPECT_TRUE(memcmp(read[1].hash, second.hash, HASH_LEN) == 0);
    EXPECT_INT(second.at_us, read[1].at_us);
    EXPECT_INT(w.ctx.merchant.v, read[1].merchant.v);
    EXPECT_INT(0, stat(path, &file));
    EXPECT_INT(0600, (int)(file.st_mode & 0777));
    unlink(path);
    world_close(&w);
}

TEST(half_a_line_that_a_crash_left_is_taken_away)
{
    struct world w = world_open();
    const char *path = path_of(&w, "half");
    struct erasure first = erasure_of(&w, 1), second = erasure_of(&w, 2), *read;
    int count;

    EXPECT_OK(erasure_file_add(&w.ctx, path, &first, 1));
    write_text(path, "2026-03-02T10:00:00.000Z mer_0c4n8");
    EXPECT_OK(erasure_file_read(&w.ctx, path, &read, &count));
    EXPECT_INT(1, count);
    EXPECT_OK(erasure_file_add(&w.ctx, path, &second, 1));
    EXPECT_OK(erasure_file_read(&w.ctx, path, &read, &count));
    EXPECT_INT(2, count);
    unlink(path);
    world_close(&w);
}

TEST(a_file_that_is_something_else_is_refused)
{
    struct world w = world_open();
    const char *path = path_of(&w, "else");
    struct erasure *read;
    int count;

    EXPECT_ERR(ERR_FILE_FAILED, erasure_file_read(&w.ctx, path, &read, &count));
    write_text(path, "Anna +33612345678\n");
    EXPECT_ERR(ERR_JOURNAL_UNREADABLE, erasure_file_read(&w.ctx, path, &read, &count));
    unlink(path);
    EXPECT_ERR(ERR_FILE_FAILED,
               erasure_file_add(&w.ctx, "/nowhere/at/all", &(struct erasure){0}, 0));
    world_close(&w);
}

TESTS(RUN(what_is_added_is_read_and_the_file_is_its_owners_alone),
      RUN(half_a_line_that_a_crash_left_is_taken_away),
      RUN(a_file_that_is_something_else_is_refused))
