/* write_lane_test — see write_lane.h. */
#include "db/db.h"
#include "db/write_lane.h"
#include "support/test.h"
#include "support/world.h"
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { QUEUE_MAX = 64, TASKS_MAX = 40 };

/* ---- statements of the tests ---- */
DB_SQL(add_fact, "INSERT INTO server_fact (name, value) VALUES ($1, $2)");
DB_SQL(count_facts, "SELECT COUNT(*) FROM server_fact WHERE value = $1");
DB_SQL(list_seqs, "SELECT seq, name FROM live_event WHERE merchant_id = $1 ORDER BY seq");
DB_SQL(find_seq, "SELECT seq FROM merchant_seq WHERE merchant_id = $1");
DB_SQL(add_orphan, "INSERT INTO test_child (parent) VALUES (7)");

static int64_t
number(struct ctx *ctx, struct db_rows *rows)
{
    int64_t n = db_next(rows) ? db_col_int(rows, 0) : -1;

    (void)ctx;
    while (db_next(rows)) {
    }
    EXPECT_OK(db_done(rows));
    return n;
}

static int64_t
facts(struct world *w, const char *value)
{
    return number(&w->ctx, db_query(&w->ctx, &count_facts, DB_BIND(db_text(str_of(value)))));
}

/* ---- a lane, and tasks that wait behind a gate so that they make one batch ---- */
struct gate {
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool entered, open;
    int ended;
};

struct job {
    struct write_task task;
    struct arena arena;
    struct ctx ctx;
    struct gate *gate;
    const char *name;
    enum err refuse; /* what its run gives in the end */
    bool keeps, is_done;
    enum err result;
};

struct lane_world {
    struct world w;
    struct write_lane *lane;
    struct gate gate;
    struct job jobs[TASKS_MAX];
    int job_count;
    int64_t heard[TASKS_MAX];
    int heard_count;
};

static void
hear(void *self, const struct live_event *events, int count)
{
    struct lane_world *lw = self;

    for (int i = 0; i < count; i++)
        lw->heard[lw->heard_count++] = events[i].seq;
}

static struct lane_world *
open_lane(int batch_max)
{
    struct lane_world *lw = calloc(1, sizeof *lw);

    lw->w = world_open();
    pthread_mutex_init(&lw->gate.lock, NULL);
    pthread_cond_init(&lw->gate.changed, NULL);
    const struct write_lane_options options = {
        .db_url = lw->w.url,
        .queue_max = QUEUE_MAX,
        .batch_max = batch_max,
        .listener = hear,
        .listener_self = lw,
    };
    EXPECT_OK(write_lane_open(&lw->w.ctx, &options, &lw->lane));
    return lw;
}

static void
close_lane(struct lane_world *lw)
{
    if (lw->lane != NULL) write_lane_close(lw->lane);
    for (int i = 0; i < lw->job_count; i++)
        arena_close(&lw->jobs[i].arena);
    world_close(&lw->w);
    free(lw);
}

static void
note_done(struct write_task *task, enum err result)
{
    struct job *job = task->arg;

    pthread_mutex_lock(&job->gate->lock);
    job->is_done = true;
    job->result = result;
    job->gate->ended++;
    pthread_cond_broadcast(&job->gate->changed);
    pthread_mutex_unlock(&job->gate->lock);
}

static enum err
submit(struct lane_world *lw, const struct job *like, struct job **submitted)
{
    struct job *job = &lw->jobs[lw->job_count];

    ASSERT(lw->job_count < TASKS_MAX);
    *job = *like;
    arena_open(&job->arena, ARENA_REQUEST_MAX);
    job->ctx = lw->w.ctx;
    job->ctx.arena = &job->arena;
    job->ctx.db = NULL;
    job->gate = &lw->gate;
    job->task.merchant = lw->w.ctx.merchant;
    job->task.ctx = &job->ctx;
    job->task.done = note_done;
    job->task.arg = job;
    enum err err = write_lane_submit(lw->lane, &job->task);
    if (err == OK) lw->job_count++;
    *submitted = job;
    return err;
}

static struct job *
submit_as(struct lane_world *lw, const struct job *like, enum err wanted)
{
    struct job *job;

    EXPECT_ERR(wanted, submit(lw, like, &job));
    return job;
}

static void
await_ended(struct lane_world *lw, int count)
{
    pthread_mutex_lock(&lw->gate.lock);
    while (lw->gate.ended < count)
        pthread_cond_wait(&lw->gate.changed, &lw->gate.lock);
    pthread_mutex_unlock(&lw->gate.lock);
}

static enum err
hold_gate(struct ctx *ctx, void *arg)
{
    struct job *job = arg;

    (void)ctx;
    pthread_mutex_lock(&job->gate->lock);
    job->gate->entered = true;
    pthread_cond_broadcast(&job->gate->changed);
    while (!job->gate->open)
        pthread_cond_wait(&job->gate->changed, &job->gate->lock);
    pthread_mutex_unlock(&job->gate->lock);
    return OK;
}

/* Keeps the writer busy until open_gate, so that what is submitted meanwhile is one batch. */
static void
shut_gate(struct lane_world *lw)
{
    submit_as(lw, &(struct job){.task.run = hold_gate}, OK);
    pthread_mutex_lock(&lw->gate.lock);
    while (!lw->gate.entered)
        pthread_cond_wait(&lw->gate.changed, &lw->gate.lock);
    pthread_mutex_unlock(&lw->gate.lock);
}

static void
open_gate(struct lane_world *lw)
{
    pthread_mutex_lock(&lw->gate.lock);
    lw->gate.open = true;
    pthread_cond_broadcast(&lw->gate.changed);
    pthread_mutex_unlock(&lw->gate.lock);
    await_ended(lw, lw->job_count);
}

/* ---- what tasks do ---- */
static enum err
write_fact(struct ctx *ctx, void *arg)
{
    struct job *job = arg;

    TRY(db_exec(ctx, &add_fact, DB_BIND(db_text(str_of(job->name)), db_text(STR("test")))));
    if (job->refuse == OK) return OK;
    return job->keeps ? fail_keep(ctx, job->refuse, "kept") : fail(ctx, job->refuse, "refused");
}

static enum err
write_event(struct ctx *ctx, void *arg)
{
    struct job *job = arg;

    TRY(write_live_event(ctx, STR("merchant"), str_of(job->name), STR("{}")));
    return job->refuse == OK ? OK : fail(ctx, job->refuse, "refused");
}

static enum err
write_orphan(struct ctx *ctx, void *arg)
{
    (void)arg;
    return db_exec(ctx, &add_orphan, NULL, 0);
}

static enum err
eat_memory(struct ctx *ctx, void *arg)
{
    TRY(write_fact(ctx, arg));
    arena_alloc(ctx->arena, ARENA_REQUEST_MAX + 1);
    return OK;
}

/* ---- the promises ---- */
TEST(what_waits_becomes_one_transaction)
{
    struct lane_world *lw = open_lane(0);
    char names[10][8];

    shut_gate(lw);
    for (int i = 0; i < 10; i++) {
        snprintf(names[i], sizeof names[i], "f%d", i);
        submit_as(lw, &(struct job){.task.run = write_fact, .name = names[i]}, OK);
    }
    open_gate(lw);
    struct write_lane_figures figures = write_lane_read_figures(lw->lane);
    EXPECT_INT(2, figures.batches); /* the gate's, and theirs */
    EXPECT_INT(11, figures.tasks);
    EXPECT_INT(0, figures.waiting);
    EXPECT_INT(10, facts(&lw->w, "test"));
    close_lane(lw);
}

TEST(a_batch_takes_no_more_than_its_maximum)
{
    struct lane_world *lw = open_lane(4);
    char names[10][8];

    shut_gate(lw);
    for (int i = 0; i < 10; i++) {
        snprintf(names[i], sizeof names[i], "f%d", i);
        submit_as(lw, &(struct job){.task.run = write_fact, .name = names[i]}, OK);
    }
    open_gate(lw);
    EXPECT_INT(4, write_lane_read_figures(lw->lane).batches); /* 1, then 4 + 4 + 2 */
    EXPECT_INT(10, facts(&lw->w, "test"));
    close_lane(lw);
}

TEST(a_refusal_rolls_back_only_itself)
{
    struct lane_world *lw = open_lane(0);

    shut_gate(lw);
    submit_as(lw, &(struct job){.task.run = write_fact, .name = "a"}, OK);
    struct job *refused = submit_as(
        lw, &(struct job){.task.run = write_fact, .name = "b", .refuse = ERR_POINTS_SHORT}, OK);
    struct job *broken =
        submit_as(lw, &(struct job){.task.run = write_fact, .name = "a"}, OK); /* the name again */
    struct job *last = submit_as(lw, &(struct job){.task.run = write_fact, .name = "c"}, OK);
    open_gate(lw);
    EXPECT_ERR(ERR_POINTS_SHORT, refused->result);
    EXPECT_ERR(ERR_DB_CONSTRAINT, broken->result);
    EXPECT_ERR(OK, last->result);
    EXPECT_INT(2, facts(&lw->w, "test"));
    EXPECT_INT(2, write_lane_read_figures(lw->lane).batches);
    close_lane(lw);
}

TEST(an_error_marked_keep_keeps_what_was_written)
{
    struct lane_world *lw = open_lane(0);

    struct job *kept = submit_as(
        lw,
        &(struct job){
            .task.run = write_fact, .name = "a", .refuse = ERR_PAIRING_CODE_WRONG, .keeps = true},
        OK);
    await_ended(lw, 1);
    EXPECT_ERR(ERR_PAIRING_CODE_WRONG, kept->result);
    EXPECT_INT(1, facts(&lw->w, "test"));
    close_lane(lw);
}

TEST(sequences_have_no_gaps_when_tasks_are_rolled_back)
{
    struct lane_world *lw = open_lane(0);
    int64_t wanted = 1;

    shut_gate(lw);
    for (int i = 0; i < 12; i++) {
        enum err refuse = i % 3 == 1 ? ERR_POINTS_SHORT : OK;
        submit_as(lw, &(struct job){.task.run = write_event, .name = "e", .refuse = refuse}, OK);
    }
    open_gate(lw);
    struct ctx *ctx = &lw->w.ctx;
    struct db_rows *rows = db_query(ctx, &list_seqs, DB_BIND(db_int(ctx->merchant.v)));
    while (db_next(rows))
        EXPECT_INT(wanted++, db_col_int(rows, 0));
    EXPECT_OK(db_done(rows));
    EXPECT_INT(9, wanted); /* 8 of the 12 */
    EXPECT_INT(8, number(ctx, db_query(ctx, &find_seq, DB_BIND(db_int(ctx->merchant.v)))));
    close_lane(lw);
}

TEST(the_next_batch_goes_on_where_the_last_ended)
{
    struct lane_world *lw = open_lane(1);

    for (int i = 0; i < 5; i++) {
        submit_as(lw, &(struct job){.task.run = write_event, .name = "e"}, OK);
    }
    await_ended(lw, 5);
    struct ctx *ctx = &lw->w.ctx;
    EXPECT_INT(5, number(ctx, db_query(ctx, &find_seq, DB_BIND(db_int(ctx->merchant.v)))));
    close_lane(lw);
}

TEST(the_listener_hears_committed_events_in_order)
{
    struct lane_world *lw = open_lane(0);

    shut_gate(lw);
    submit_as(lw, &(struct job){.task.run = write_event, .name = "a"}, OK);
    submit_as(lw, &(struct job){.task.run = write_event, .name = "b", .refuse = ERR_POINTS_SHORT},
              OK);
    submit_as(lw, &(struct job){.task.run = write_event, .name = "c"}, OK);
    open_gate(lw);
    enum db_engine engine = db_engine_of(lw->w.ctx.db);
    write_lane_close(lw->lane); /* the listener is called after `done` */
    lw->lane = NULL;
    /* On PostgreSQL events come by NOTIFY, which src/http/live_feed.c hears. */
    EXPECT_INT(engine == DB_SQLITE ? 2 : 0, lw->heard_count);
    for (int i = 0; i < lw->heard_count; i++)
        EXPECT_INT(i + 1, lw->heard[i]);
    close_lane(lw);
}

TEST(nobody_is_told_yes_when_the_commit_fails)
{
    struct lane_world *lw = open_lane(0);

    /* A constraint that is looked at when the transaction ends. */
    EXPECT_OK(db_run_script(&lw->w.ctx,
                            "CREATE TABLE test_parent (id BIGINT NOT NULL PRIMARY KEY);"
                            "CREATE TABLE test_child (parent BIGINT NOT NULL"
                            " REFERENCES test_parent (id) DEFERRABLE INITIALLY DEFERRED);"));
    shut_gate(lw);
    struct job *first = submit_as(lw, &(struct job){.task.run = write_fact, .name = "a"}, OK);
    struct job *orphan = submit_as(lw, &(struct job){.task.run = write_orphan}, OK);
    struct job *last = submit_as(lw, &(struct job){.task.run = write_fact, .name = "b"}, OK);
    open_gate(lw);
    EXPECT_TRUE(first->result != OK);
    EXPECT_TRUE(orphan->result != OK);
    EXPECT_TRUE(last->result != OK);
    EXPECT_INT(0, facts(&lw->w, "test"));
    EXPECT_INT(1, write_lane_read_figures(lw->lane).commit_failures);

    /* And the lane goes on. */
    submit_as(lw, &(struct job){.task.run = write_fact, .name = "a"}, OK);
    await_ended(lw, lw->job_count);
    EXPECT_INT(1, facts(&lw->w, "test"));
    close_lane(lw);
}

static enum err
shrink_disk(struct ctx *ctx, void *arg)
{
    (void)arg;
    return db_run_script(ctx, "PRAGMA max_page_count = 1"); /* as small as it already is */
}

static enum err
write_much(struct ctx *ctx, void *arg)
{
    char *text = arena_alloc(ctx->arena, 1 << 20);

    memset(text, 'x', 1 << 20);
    TRY(write_fact(ctx, arg));
    return db_exec(ctx, &add_fact,
                   DB_BIND(db_text(STR("much")), db_text((struct str){text, 1 << 20})));
}

TEST(a_full_disk_loses_the_whole_batch_and_nobody_is_told_yes)
{
    struct lane_world *lw = open_lane(0);

    if (db_engine_of(lw->w.ctx.db) == DB_SQLITE) {
        EXPECT_OK(write_lane_run(lw->lane, &lw->w.ctx, shrink_disk, NULL));
        shut_gate(lw);
        struct job *first = submit_as(lw, &(struct job){.task.run = write_fact, .name = "a"}, OK);
        struct job *full = submit_as(lw, &(struct job){.task.run = write_much, .name = "b"}, OK);
        struct job *last = submit_as(lw, &(struct job){.task.run = write_fact, .name = "c"}, OK);
        open_gate(lw);
        EXPECT_ERR(ERR_DB_BUSY, first->result);
        EXPECT_ERR(ERR_DB_BUSY, full->result);
        EXPECT_ERR(ERR_DB_BUSY, last->result);
        EXPECT_INT(0, facts(&lw->w, "test"));
    }
    close_lane(lw);
}

TEST(a_full_queue_refuses_at_once)
{
    struct lane_world *lw = open_lane(0);
    struct write_lane *lane = lw->lane;
    const struct write_lane_options options = {.db_url = lw->w.url, .queue_max = 2};

    EXPECT_OK(write_lane_open(&lw->w.ctx, &options, &lw->lane));
    shut_gate(lw);
    submit_as(lw, &(struct job){.task.run = write_fact, .name = "a"}, OK);
    submit_as(lw, &(struct job){.task.run = write_fact, .name = "b"}, OK);
    submit_as(lw, &(struct job){.task.run = write_fact, .name = "c"}, ERR_BUSY);
    open_gate(lw);
    EXPECT_INT(1, write_lane_read_figures(lw->lane).refused);
    EXPECT_INT(2, facts(&lw->w, "test"));
    write_lane_close(lane);
    close_lane(lw);
}

TEST(closing_finishes_what_was_accepted)
{
    struct lane_world *lw = open_lane(3);
    char names[20][8];

    for (int i = 0; i < 20; i++) {
        snprintf(names[i], sizeof names[i], "f%d", i);
        submit_as(lw, &(struct job){.task.run = write_fact, .name = names[i]}, OK);
    }
    write_lane_close(lw->lane);
    lw->lane = NULL;
    EXPECT_INT(20, lw->gate.ended);
    EXPECT_INT(20, facts(&lw->w, "test"));
    close_lane(lw);
}

static void *
close_it(void *lane)
{
    write_lane_close(lane);
    return NULL;
}

TEST(a_lane_that_closes_takes_nothing_more)
{
    struct lane_world *lw = open_lane(0);
    struct job *job;
    enum err err = OK;
    pthread_t closer;

    shut_gate(lw);
    pthread_create(&closer, NULL, close_it, lw->lane);
    /* Until the closer comes to it, tasks are accepted, and will be done. */
    while (err == OK && lw->job_count < TASKS_MAX) {
        err = submit(lw, &(struct job){.task.run = write_event, .name = "e"}, &job);
        usleep(2000);
    }
    EXPECT_ERR(ERR_STOPPING, err);
    open_gate(lw);
    pthread_join(closer, NULL);
    lw->lane = NULL;
    close_lane(lw);
}

TEST(a_task_that_outgrows_its_memory_is_refused_and_rolled_back)
{
    struct lane_world *lw = open_lane(0);

    struct job *greedy = submit_as(lw, &(struct job){.task.run = eat_memory, .name = "a"}, OK);
    submit_as(lw, &(struct job){.task.run = write_fact, .name = "b"}, OK);
    await_ended(lw, 2);
    EXPECT_ERR(ERR_BODY_TOO_LARGE, greedy->result);
    EXPECT_INT(1, facts(&lw->w, "test"));
    close_lane(lw);
}

TEST(run_waits_for_the_commit)
{
    struct lane_world *lw = open_lane(0);
    struct job job = {.name = "a"};

    EXPECT_OK(write_lane_run(lw->lane, &lw->w.ctx, write_fact, &job));
    EXPECT_INT(1, facts(&lw->w, "test"));
    EXPECT_ERR(ERR_DB_CONSTRAINT, write_lane_run(lw->lane, &lw->w.ctx, write_fact, &job));
    close_lane(lw);
}

/* ---- notes ---- */
static int64_t noted_us;
static int noted;

static enum err
flush(struct ctx *ctx, enum write_note kind, merchant_id merchant, int64_t id, int64_t at_us)
{
    (void)ctx;
    (void)merchant;
    if (kind == NOTE_TABLET_SEEN && id == 5) noted_us = at_us;
    noted++;
    return OK;
}

TEST(notes_are_merged_and_flushed_before_closing)
{
    struct lane_world *lw = open_lane(0);
    merchant_id merchant = lw->w.ctx.merchant;

    noted = 0;
    noted_us = 0;
    write_lane_on_note(lw->lane, flush);
    write_lane_note(lw->lane, NOTE_TABLET_SEEN, merchant, 5, 100);
    write_lane_note(lw->lane, NOTE_TABLET_SEEN, merchant, 5, 300);
    write_lane_note(lw->lane, NOTE_TABLET_SEEN, merchant, 5, 200);
    for (int i = 0; i < 1000; i++) {
        write_lane_note(lw->lane, NOTE_CREDENTIAL_USED, merchant, 1000 + i, i);
    }
    write_lane_close(lw->lane);
    lw->lane = NULL;
    EXPECT_INT(300, noted_us); /* the newest */
    EXPECT_INT(256, noted);    /* the rest did not fit, and was forgotten */
    close_lane(lw);
}

/* ---- outside the lane ---- */
static enum err
put_two(struct ctx *ctx, void *arg)
{
    int64_t *seqs = arg;

    write_batch_begin(ctx);
    TRY(write_next_seq(ctx, &seqs[0]));
    TRY(write_live_event(ctx, STR("merchant"), STR("e"), STR("{}")));
    TRY(write_next_seq(ctx, &seqs[1]));
    return write_batch_end(ctx);
}

/* However often it is said: three changes of one batch make the merchant's people look once. */
TEST(a_hint_is_told_once_in_a_batch)
{
    struct world w = world_open();
    int64_t before = 0;
    int64_t after = 0;

    EXPECT_OK(db_begin(&w.ctx));
    write_batch_begin(&w.ctx);
    EXPECT_OK(write_next_seq(&w.ctx, &before));
    for (int i = 0; i < 3; i++)
        EXPECT_OK(write_live_hint(&w.ctx, LIVE_MERCHANT, LIVE_ACTIVITY));
    EXPECT_OK(write_live_hint(&w.ctx, LIVE_MERCHANT, LIVE_SETTINGS));
    EXPECT_OK(write_live_hint(&w.ctx, STR("tablet:1"), LIVE_SETTINGS));
    EXPECT_OK(write_next_seq(&w.ctx, &after));
    EXPECT_INT(3, after - before - 1);
    EXPECT_OK(write_batch_end(&w.ctx));
    EXPECT_OK(db_commit(&w.ctx));
    world_close(&w);
}

TEST(code_outside_the_lane_has_the_same_sequences)
{
    struct lane_world *lw = open_lane(0);
    int64_t seqs[2] = {0};

    submit_as(lw, &(struct job){.task.run = write_event, .name = "e"}, OK);
    await_ended(lw, 1);
    EXPECT_OK(db_tx(&lw->w.ctx, put_two, seqs));
    EXPECT_INT(2, seqs[0]);
    EXPECT_INT(4, seqs[1]);
    EXPECT_OK(db_tx(&lw->w.ctx, put_two, seqs));
    EXPECT_INT(5, seqs[0]);
    close_lane(lw);
}

TESTS(RUN(what_waits_becomes_one_transaction), RUN(a_batch_takes_no_more_than_its_maximum),
      RUN(a_refusal_rolls_back_only_itself), RUN(an_error_marked_keep_keeps_what_was_written),
      RUN(sequences_have_no_gaps_when_tasks_are_rolled_back),
      RUN(the_next_batch_goes_on_where_the_last_ended),
      RUN(the_listener_hears_committed_events_in_order),
      RUN(nobody_is_told_yes_when_the_commit_fails),
      RUN(a_full_disk_loses_the_whole_batch_and_nobody_is_told_yes),
      RUN(a_full_queue_refuses_at_once), RUN(closing_finishes_what_was_accepted),
      RUN(a_lane_that_closes_takes_nothing_more),
      RUN(a_task_that_outgrows_its_memory_is_refused_and_rolled_back),
      RUN(run_waits_for_the_commit), RUN(notes_are_merged_and_flushed_before_closing),
      RUN(a_hint_is_told_once_in_a_batch), RUN(code_outside_the_lane_has_the_same_sequences))
