/* write_lane — see write_lane.h. Sequences and events are in write_batch.c, notes in write_notes.c.
 */
#include "db/write_lane.h"
#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"
#include "db/write_batch.h"
#include "db/write_notes.h"
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum {
    BATCH_MAX = 256,
    BATCH_MAX_POSTGRES = 50, /* its subtransaction cache holds 64 */
    ALONE_TRIES = 3,         /* of a task, after its batch lost a race */
    LANE_ARENA_MAX = 64 << 20,
};
#define NOTES_EVERY_US CLOCK_MINUTE_US

struct queue {
    struct write_task *first, *last;
};

struct write_lane {
    char *db_url;
    int queue_max, batch_max;
    bool is_sharded; /* PostgreSQL */
    write_listener *listener;
    void *listener_self;
    write_note_flush *flush_note;

    /* The thread's own. */
    struct arena arena;
    struct ctx ctx;
    int64_t notes_due_us; /* monotonic */
    enum err lost_with;   /* why the last transaction was lost */
    struct write_task *tasks[BATCH_MAX];
    enum err results[BATCH_MAX];
    pthread_t thread;
    struct notes notes;

    /* Under the lock. SQLite has one queue; PostgreSQL one for each shard, served in turn. */
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct queue queues[DB_SHARDS];
    int next_queue;
    bool asleep, stopping;
    struct write_lane_figures figures;
};

/* What became of a transaction. */
enum outcome {
    COMMITTED,
    RACE_LOST, /* rolled back; worth another try, task by task */
    LOST,      /* rolled back, and nothing of it stays */
};

/* ---- the queue ---- */
static int
queue_of(const struct write_lane *lane, merchant_id merchant)
{
    return lane->is_sharded ? db_shard_of(merchant) : 0;
}

enum err
write_lane_submit(struct write_lane *lane, struct write_task *task)
{
    struct queue *queue = &lane->queues[queue_of(lane, task->merchant)];
    enum err err = OK;
    bool wake = false;

    ASSERT(task->ctx != NULL);
    ASSERT(task->run != NULL);
    task->next = NULL;
    pthread_mutex_lock(&lane->lock);
    if (lane->stopping) {
        err = ERR_STOPPING;
    } else if (lane->figures.waiting >= lane->queue_max) {
        lane->figures.refused++;
        err = ERR_BUSY;
    } else {
        if (queue->first == NULL) {
            queue->first = task;
        } else {
            queue->last->next = task;
        }
        queue->last = task;
        lane->figures.waiting++;
        /* A busy writer looks at the queue by itself; only a sleeping one costs a system call. */
        wake = lane->asleep;
        lane->asleep = false;
    }
    pthread_mutex_unlock(&lane->lock);
    if (wake) pthread_cond_signal(&lane->wake);
    return err;
}

/* Sleeps until there is a task, it is time for the notes, or the lane stops. The lock is held. */
static void
await_work(struct write_lane *lane)
{
    struct timespec until = {.tv_sec = lane->notes_due_us / CLOCK_SECOND_US + 1};

    while (lane->figures.waiting == 0 && !lane->stopping) {
        lane->asleep = true;
        if (pthread_cond_timedwait(&lane->wake, &lane->lock, &until) != 0) break;
    }
    lane->asleep = false;
}

/* Moves what waits in the next queue to lane->tasks, at most batch_max; false: stop. */
static bool
take_batch(struct write_lane *lane, int *count)
{
    *count = 0;
    pthread_mutex_lock(&lane->lock);
    await_work(lane);
    bool more = lane->figures.waiting > 0 || !lane->stopping;
    for (int i = 0; i < DB_SHARDS && *count == 0; i++) {
        struct queue *queue = &lane->queues[lane->next_queue];

        lane->next_queue = (lane->next_queue + 1) % DB_SHARDS;
        while (queue->first != NULL && *count < lane->batch_max) {
            lane->tasks[(*count)++] = queue->first;
            queue->first = queue->first->next;
        }
    }
    lane->figures.waiting -= *count;
    pthread_mutex_unlock(&lane->lock);
    return more;
}

/* ---- a transaction ---- */
/* Runs a task in its savepoint. *lost: not the task but the whole transaction has come to an end.
 */
static enum err
run_task(struct write_lane *lane, struct write_task *task, bool *lost)
{
    struct ctx *ctx = task->ctx;
    enum err ended;

    ctx->db = lane->ctx.db;
    ctx->batch = lane->ctx.batch;
    ctx->keep = false;
    write_batch_mark(ctx->batch);
    *lost = db_savepoint(ctx) != OK;
    if (*lost) return ERR_DB_BUSY;

    enum err result = task->run(ctx, task->arg);
    if (result == OK || ctx->keep) { /* what was only sent may still fail */
        enum err late = db_flush(ctx);
        if (late != OK) {
            result = late;
            ctx->keep = false;
        }
    }
    if (arena_outgrown(ctx->arena)) {
        result = ERR_BODY_TOO_LARGE;
        ctx->keep = false;
    }
    *lost = result != OK && ((lane->is_sharded && result == ERR_DB_BUSY) || db_tx_lost(ctx));
    if (*lost) return ERR_DB_BUSY;

    if (result == OK || ctx->keep) {
        ended = db_savepoint_release(ctx);
    } else {
        ended = db_savepoint_rollback(ctx);
        write_batch_undo(ctx->batch);
    }
    *lost = ended != OK;
    return result;
}

/* Notes are worth little: one that fails is forgotten, together with those beside it. */
static bool
flush_notes(struct write_lane *lane)
{
    struct ctx *ctx = &lane->ctx;
    struct note *notes = ARENA_ARRAY(&lane->arena, struct note, NOTES_MAX);
    int64_t now_us = clock_monotonic_us();
    enum err err = OK;

    if (now_us < lane->notes_due_us || lane->flush_note == NULL) return true;
    lane->notes_due_us = now_us + NOTES_EVERY_US;
    int count = notes_take(&lane->notes, notes);
    if (count == 0) return true;
    if (db_savepoint(ctx) != OK) return false;
    for (int i = 0; i < count && err == OK; i++) {
        ctx->merchant = notes[i].merchant;
        err = lane->flush_note(ctx, notes[i].kind, notes[i].merchant, notes[i].id, notes[i].at_us);
    }
    if (err != OK) LOG(LOG_WARN, "notes_dropped", LOG_TEXT("error", err_name(err)));
    return (err == OK ? db_savepoint_release(ctx) : db_savepoint_rollback(ctx)) == OK;
}

/* The transaction is over. `with` is what its tasks are told, unless they are tried again. */
static enum outcome
lose(struct write_lane *lane, const char *at, enum err with)
{
    lane->lost_with = with;
    LOG(LOG_WARN, "batch_lost", LOG_TEXT("at", at), LOG_TEXT("detail", lane->ctx.detail));
    return LOST;
}

static enum outcome
give_up(struct write_lane *lane, const char *at)
{
    /* A race is an engine's word for "again"; a disk that is full would only fail again. */
    bool race = lane->is_sharded && !db_tx_lost(&lane->ctx);

    db_rollback(&lane->ctx);
    enum outcome outcome = lose(lane, at, ERR_DB_BUSY);
    return race ? RACE_LOST : outcome;
}

static enum outcome
commit(struct write_lane *lane)
{
    int64_t start_us = clock_monotonic_us();

    enum err err = db_commit(&lane->ctx);
    pthread_mutex_lock(&lane->lock);
    lane->figures.commit_us_total += clock_monotonic_us() - start_us;
    if (err != OK) lane->figures.commit_failures++;
    pthread_mutex_unlock(&lane->lock);
    if (err == OK) return COMMITTED;
    if (!lane->is_sharded) return lose(lane, "commit", ERR_DB_BUSY);
    if (err == ERR_DB_BUSY) return RACE_LOST;
    if (err != ERR_DB_FAILED) return lose(lane, "commit", ERR_DB_BUSY);
    /* The connection broke before the answer came: it may be done, so "nothing was changed" would
     * be a lie. An idempotency key finds out. */
    return lose(lane, "commit", ERR_DB_FAILED);
}

/* Runs tasks as one transaction. Their results stand in `results` when it gives COMMITTED. */
static enum outcome
run_batch(struct write_lane *lane, struct write_task **tasks, enum err *results, int count)
{
    struct write_batch *batch = lane->ctx.batch;
    bool lost = false;

    lane->lost_with = ERR_DB_BUSY;
    lane->ctx.now_us = clock_now_us();
    lane->ctx.detail[0] = '\0';
    write_batch_open(batch, &lane->arena);
    if (db_begin(&lane->ctx) != OK) return lose(lane, "begin", ERR_DB_BUSY);
    if (count > 0 && write_batch_lock(&lane->ctx, db_shard_of(tasks[0]->merchant)) != OK) {
        return give_up(lane, "lock");
    }
    for (int i = 0; i < count; i++) {
        results[i] = run_task(lane, tasks[i], &lost);
        if (!lost) continue;
        memcpy(lane->ctx.detail, tasks[i]->ctx->detail, sizeof lane->ctx.detail);
        return give_up(lane, "task");
    }
    if (!flush_notes(lane)) return give_up(lane, "notes");
    if (write_batch_store(&lane->ctx) != OK) return give_up(lane, "sequences");
    return commit(lane);
}

/* ---- after it ---- */
static void
publish(struct write_lane *lane)
{
    const struct write_batch *batch = lane->ctx.batch;

    /* On PostgreSQL events come back by NOTIFY, see write_batch.c. */
    if (batch->event_count == 0 || lane->listener == NULL) return;
    if (lane->is_sharded) return;
    lane->listener(lane->listener_self, batch->events, batch->event_count);
}

static void
end_task(struct write_task *task, enum err result)
{
    task->ctx->db = NULL;
    task->ctx->batch = NULL;
    task->done(task, result); /* the task may be gone after this */
}

static void
run_alone(struct write_lane *lane, struct write_task *task)
{
    enum outcome outcome = RACE_LOST;
    enum err result = ERR_DB_BUSY;

    for (int i = 0; i < ALONE_TRIES && outcome == RACE_LOST; i++) {
        outcome = run_batch(lane, &task, &result, 1);
    }
    end_task(task, outcome == COMMITTED ? result : lane->lost_with);
    if (outcome == COMMITTED) publish(lane);
}

static void
run_and_answer(struct write_lane *lane, int count)
{
    enum outcome outcome = run_batch(lane, lane->tasks, lane->results, count);

    pthread_mutex_lock(&lane->lock);
    if (count > 0) lane->figures.batches++;
    lane->figures.tasks += count;
    pthread_mutex_unlock(&lane->lock);

    for (int i = 0; i < count; i++) {
        if (outcome == RACE_LOST) {
            run_alone(lane, lane->tasks[i]);
        } else {
            end_task(lane->tasks[i], outcome == COMMITTED ? lane->results[i] : lane->lost_with);
        }
    }
    if (outcome == COMMITTED) publish(lane);
    arena_reset(&lane->arena);
}

static bool
has_notes_due(struct write_lane *lane)
{
    pthread_mutex_lock(&lane->notes.lock);
    bool has = lane->notes.count > 0;
    pthread_mutex_unlock(&lane->notes.lock);
    return has && clock_monotonic_us() >= lane->notes_due_us;
}

static void *
run_lane(void *arg)
{
    struct write_lane *lane = arg;
    struct write_batch batch;
    int count = 0;

    lane->ctx.batch = &batch;
    while (take_batch(lane, &count)) {
        if (count > 0 || has_notes_due(lane)) run_and_answer(lane, count);
        if (clock_monotonic_us() >= lane->notes_due_us) {
            lane->notes_due_us = clock_monotonic_us() + NOTES_EVERY_US;
        }
    }
    lane->notes_due_us = 0;
    if (has_notes_due(lane)) run_and_answer(lane, 0);
    lane->ctx.batch = NULL;
    return NULL;
}

/* ---- opening and closing ---- */
static void
free_lane(struct write_lane *lane)
{
    if (lane->ctx.db != NULL) db_close(lane->ctx.db);
    arena_close(&lane->arena);
    notes_close(&lane->notes);
    pthread_cond_destroy(&lane->wake);
    pthread_mutex_destroy(&lane->lock);
    free(lane->db_url);
    free(lane);
}

static struct write_lane *
make_lane(const struct ctx *ctx, const struct write_lane_options *options)
{
    struct write_lane *lane = calloc(1, sizeof *lane);
    pthread_condattr_t attributes;

    ASSERT(lane != NULL);
    lane->db_url = strdup(options->db_url);
    ASSERT(lane->db_url != NULL);
    lane->queue_max = options->queue_max;
    lane->listener = options->listener;
    lane->listener_self = options->listener_self;
    lane->notes_due_us = clock_monotonic_us() + NOTES_EVERY_US;
    arena_open(&lane->arena, LANE_ARENA_MAX);
    lane->ctx = (struct ctx){.arena = &lane->arena,
                             .ids = ctx->ids,
                             .settings = ctx->settings,
                             .actor = {.kind = ACTOR_SYSTEM}};
    notes_open(&lane->notes);
    pthread_mutex_init(&lane->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&lane->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    return lane;
}

enum err
write_lane_open(struct ctx *ctx, const struct write_lane_options *options, struct write_lane **lane)
{
    ASSERT(options->queue_max > 0);
    ASSERT(options->batch_max >= 0);
    struct write_lane *made = make_lane(ctx, options);

    enum err err = db_open(ctx, options->db_url, DB_READ_WRITE, &made->ctx.db);
    if (err != OK) {
        free_lane(made);
        return err;
    }
    made->is_sharded = db_engine_of(made->ctx.db) == DB_POSTGRES;
    int most = made->is_sharded ? BATCH_MAX_POSTGRES : BATCH_MAX;
    bool fits = options->batch_max > 0 && options->batch_max < most;
    made->batch_max = fits ? options->batch_max : most;
    if (pthread_create(&made->thread, NULL, run_lane, made) != 0) {
        free_lane(made);
        return fail(ctx, ERR_BUSY, "no thread for the write lane");
    }
    *lane = made;
    return OK;
}

void
write_lane_close(struct write_lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    ASSERT(!lane->stopping);
    lane->stopping = true;
    pthread_mutex_unlock(&lane->lock);
    pthread_cond_signal(&lane->wake);
    pthread_join(lane->thread, NULL);
    free_lane(lane);
}

/* ---- waiting for a task ---- */
struct waiter {
    struct write_task task; /* first: what `done` is given */
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool is_ended;
    enum err result;
};
_Static_assert(offsetof(struct waiter, task) == 0, "a task's address is its waiter's");

static void
wake_waiter(struct write_task *task, enum err result)
{
    struct waiter *waiter = (struct waiter *)task;

    /* Signalled under the lock: once it is given up, the waiter's stack may be gone. */
    pthread_mutex_lock(&waiter->lock);
    waiter->result = result;
    waiter->is_ended = true;
    pthread_cond_signal(&waiter->ended);
    pthread_mutex_unlock(&waiter->lock);
}

enum err
write_lane_run(struct write_lane *lane, struct ctx *ctx, enum err (*run)(struct ctx *, void *),
               void *arg)
{
    struct waiter waiter = {
        .task =
            {.merchant = ctx->merchant, .ctx = ctx, .run = run, .done = wake_waiter, .arg = arg},
    };
    struct db *db = ctx->db;
    struct write_batch *batch = ctx->batch;

    ASSERT(!pthread_equal(pthread_self(), lane->thread));
    pthread_mutex_init(&waiter.lock, NULL);
    pthread_cond_init(&waiter.ended, NULL);
    enum err err = write_lane_submit(lane, &waiter.task);
    if (err == OK) {
        pthread_mutex_lock(&waiter.lock);
        while (!waiter.is_ended)
            pthread_cond_wait(&waiter.ended, &waiter.lock);
        pthread_mutex_unlock(&waiter.lock);
        err = waiter.result;
        ctx->db = db;
        ctx->batch = batch;
    }
    pthread_cond_destroy(&waiter.ended);
    pthread_mutex_destroy(&waiter.lock);
    return err;
}

/* ---- notes and figures ---- */
void
write_lane_on_note(struct write_lane *lane, write_note_flush *flush)
{
    lane->flush_note = flush;
}

void
write_lane_note(struct write_lane *lane, enum write_note kind, merchant_id merchant, int64_t id,
                int64_t at_us)
{
    struct note note = {.kind = kind, .merchant = merchant, .id = id, .at_us = at_us};

    notes_add(&lane->notes, &note);
}

struct write_lane_figures
write_lane_read_figures(struct write_lane *lane)
{
    pthread_mutex_lock(&lane->lock);
    struct write_lane_figures figures = lane->figures;
    pthread_mutex_unlock(&lane->lock);
    return figures;
}
