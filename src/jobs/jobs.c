/* jobs — see jobs.h. */
#include "jobs/jobs.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/merchants/merchants.h"
#include "core/people/retention.h"
#include "core/team/sessions.h"
#include "core/team/tablets.h"
#include "core/team/team.h"
#include "db/db.h"
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct job {
    const char *name;
    int64_t every_s;
    job_step *step; /* or both of the other kind: */
    job_prepare *prepare;
    job_write *write;
    job_call *call; /* with settle after it: it calls others */
    job_write *settle;
    job_call *leave; /* it makes a file */
    bool for_server; /* once, instead of for each merchant */
};

enum { EVERY_SEAL = 0 /* as often as the setting says */ };

static const struct job table[] = {
    {"deliver_messages", 1, .prepare = job_deliver_prepare, .write = job_deliver_write,
     .call = job_deliver_call, .settle = job_deliver_settle, .for_server = true},
    {"file_erasures", 5, .prepare = job_file_erasures_prepare, .call = job_file_erasures_call,
     .settle = job_file_erasures_settle, .for_server = true},
    {"rewrite_database", 60, .prepare = job_rewrite_prepare, .call = job_rewrite_call,
     .settle = job_rewrite_settle, .for_server = true},
    /* What somebody may be looking at goes first. */
    {"count_customers", 3, .prepare = job_count_customers_prepare,
     .write = job_count_customers_write},
    {"bulk", 1, .prepare = job_bulk_prepare, .write = job_bulk_write},
    {"make_workbook", 1, .prepare = job_workbook_prepare, .call = job_workbook_call,
     .settle = job_workbook_settle, .leave = job_workbook_leave},
    {"import_customers", 1, .prepare = job_import_prepare, .write = job_import_write},
    {"expire_claims", 30, job_expire_claims},
    {"ripen_points", 60, job_ripen_points},
    {"expire_points", 300, job_expire_points},
    {"expire_rewards", 300, job_expire_rewards},
    {"expire_credit_notes", 300, job_expire_credit_notes},
    {"close_programs", 60, job_close_programs},
    {"suspect", 600, .prepare = job_suspect_prepare, .write = job_suspect_write},
    {"retain_customers", 86400, .prepare = job_retain_prepare, .write = job_retain_write},
    {"prune_events", 60, job_prune_events},
    {"prune_replies", 600, job_prune_replies},
    {"prune_credentials", 3600, job_prune_credentials},
    {"prune_messages", 3600, job_prune_messages},
    {"prune_trail", 3600, job_prune_trail},
    {"prune_sign_ins", 600, job_prune_sign_ins},
    {"prune_merges", 3600, job_prune_merges},
    {"prune_lockouts", 600, job_prune_lockouts, .for_server = true},
    {"seal_transfers", EVERY_SEAL, .prepare = job_seal_prepare, .write = job_seal_write},
    {"count_liability", 300, .prepare = job_count_liability_prepare,
     .write = job_count_liability_write},
    {"prune_bulk", 300, job_prune_bulk},
};
enum { JOB_COUNT = sizeof table / sizeof table[0], JOBS_ARENA_MAX = 64 << 20 };

/*
 * What nobody waits for must not make anybody wait: a job that has more to do leaves the writer to
 * requests for so many times as long as its step took, which was the longer the more of them there
 * were. After so many steps the other jobs have their turn, and then it goes on.
 */
enum { REST_STEPS = 4, STEPS_MAX = 100 };

/* Jobs that call others wait for them, and keep no other job waiting; nor do those that make files,
 * which take long. */
enum worker_kind { WORKER_AT_HOME, WORKER_CALLING, WORKER_MAKING, WORKER_COUNT };
struct worker {
    struct jobs *jobs;
    enum worker_kind kind;
    struct db *reader; /* the thread's own */
    pthread_t thread;
};

struct jobs {
    struct write_lane *lane;
    struct id_source *ids;
    const struct settings *settings;
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool stopping;
    struct worker workers[WORKER_COUNT];
};

/* One step, as the write lane is given it. */
struct step {
    const struct job *job;
    void *prepared;
    bool more;
};

struct merchants {
    struct merchant *at;
    int count;
};

static bool
is_stopping(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    bool stopping = jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return stopping;
}

static struct ctx
make_ctx(const struct jobs *jobs, struct arena *arena)
{
    return (struct ctx){
        .arena = arena,
        .ids = jobs->ids,
        .settings = jobs->settings,
        .now_us = clock_now_us(),
        .actor = {.kind = ACTOR_SYSTEM},
    };
}

static enum err
run_step(struct ctx *ctx, void *arg)
{
    struct step *step = arg;

    step->more = false;
    if (step->job->write != NULL) return step->job->write(ctx, step->prepared, &step->more);
    return step->job->step(ctx, &step->more);
}

static enum err
settle_step(struct ctx *ctx, void *arg)
{
    struct step *step = arg;

    return step->job->settle(ctx, step->prepared, &step->more);
}

static enum err
prepare_step(struct worker *worker, struct ctx *ctx, struct step *step)
{
    ctx->db = worker->reader;
    enum err err = db_snapshot_begin(ctx);
    if (err == OK) {
        err = step->job->prepare(ctx, &step->prepared);
        db_snapshot_end(ctx);
    }
    ctx->db = NULL;
    return err;
}

/* Sleeps until then; false: stop. */
static bool
await(struct jobs *jobs, int64_t until_us)
{
    struct timespec until = {.tv_sec = until_us / CLOCK_SECOND_US,
                             .tv_nsec = until_us % CLOCK_SECOND_US * 1000};
    int waited = 0;

    pthread_mutex_lock(&jobs->lock);
    while (!jobs->stopping && waited == 0) {
        waited = pthread_cond_timedwait(&jobs->stop, &jobs->lock, &until);
    }
    bool goes_on = !jobs->stopping;
    pthread_mutex_unlock(&jobs->lock);
    return goes_on;
}

/* What a call made is stored bit by bit; stopped, it is made again another time. */
static enum err
settle_all(struct worker *worker, struct ctx *ctx, struct step *step)
{
    struct arena arena;
    enum err err = OK;
    bool goes_on = true;

    arena_open(&arena, JOBS_STEP_MEMORY_MAX);
    while (goes_on) {
        struct ctx of_bit = make_ctx(worker->jobs, &arena);
        int64_t begun_us = clock_monotonic_us();

        of_bit.merchant = ctx->merchant;
        step->more = false;
        err = write_lane_run(worker->jobs->lane, &of_bit, settle_step, step);
        arena_reset(&arena);
        int64_t now_us = clock_monotonic_us();
        goes_on = err == OK && step->more &&
                  await(worker->jobs, now_us + REST_STEPS * (now_us - begun_us));
    }
    arena_close(&arena);
    return err;
}

static enum err
take_step(struct worker *worker, struct ctx *ctx, struct step *step)
{
    if (step->job->prepare != NULL) {
        step->more = false;
        step->prepared = NULL;
        TRY(prepare_step(worker, ctx, step));
        if (step->prepared == NULL) return OK;
    }
    if (step->job->step != NULL || step->job->write != NULL) {
        TRY(write_lane_run(worker->jobs->lane, ctx, run_step, step));
    }
    if (step->job->call == NULL) return OK;
    step->job->call(ctx, step->prepared);
    if (step->job->leave == NULL) {
        return write_lane_run(worker->jobs->lane, ctx, settle_step, step);
    }
    enum err err = settle_all(worker, ctx, step);
    step->job->leave(ctx, step->prepared);
    return err;
}

/* Gives whether there is more of it to do. */
static bool
run_for(struct worker *worker, const struct job *job, merchant_id merchant)
{
    struct jobs *jobs = worker->jobs;
    struct step step = {.job = job, .more = true};
    struct arena arena;
    enum err err = OK;

    arena_open(&arena, JOBS_STEP_MEMORY_MAX);
    for (int i = 0; i < STEPS_MAX && step.more && err == OK && !is_stopping(jobs); i++) {
        struct ctx ctx = make_ctx(jobs, &arena);
        int64_t begun_us = clock_monotonic_us();

        ctx.merchant = merchant;
        err = take_step(worker, &ctx, &step);
        if (err != OK) {
            LOG(LOG_WARN, "job_failed", LOG_TEXT("job", job->name),
                LOG_TEXT("error", err_name(err)), LOG_TEXT("detail", ctx.detail));
        }
        arena_reset(&arena);
        int64_t now_us = clock_monotonic_us();
        if (step.more && worker->kind == WORKER_AT_HOME)
            await(jobs, now_us + REST_STEPS * (now_us - begun_us));
    }
    arena_close(&arena);
    return step.more && err == OK;
}

static enum err
list_merchants(struct ctx *ctx, void *arg)
{
    struct merchants *merchants = arg;

    return merchants_list(ctx, &merchants->at, &merchants->count);
}

static bool
run_job(struct worker *worker, const struct job *job)
{
    struct jobs *jobs = worker->jobs;
    struct merchants merchants = {0};
    struct arena arena;
    bool more = false;

    if (job->for_server) return run_for(worker, job, (merchant_id){0});
    arena_open(&arena, JOBS_ARENA_MAX);
    struct ctx ctx = make_ctx(jobs, &arena);
    /* Asked of the writer, which has a connection: a list this short needs none of its own. */
    enum err err = write_lane_run(jobs->lane, &ctx, list_merchants, &merchants);
    if (err != OK) {
        LOG(LOG_WARN, "job_failed", LOG_TEXT("job", job->name), LOG_TEXT("error", err_name(err)));
    }
    for (int i = 0; i < merchants.count && err == OK; i++)
        more |= run_for(worker, job, merchants.at[i].id);
    arena_close(&arena);
    return more;
}

static enum worker_kind
worker_of(const struct job *job)
{
    if (job->leave != NULL) return WORKER_MAKING;
    return job->call != NULL ? WORKER_CALLING : WORKER_AT_HOME;
}

static int64_t
every_s(const struct jobs *jobs, const struct job *job)
{
    return job->every_s == EVERY_SEAL ? jobs->settings->seal_every_s : job->every_s;
}

static void *
run_jobs(void *arg)
{
    struct worker *worker = arg;
    struct jobs *jobs = worker->jobs;
    int64_t due_us[JOB_COUNT];
    int next = 0;

    /* Not all at once, and none in the first moments of a server. */
    for (int i = 0; i < JOB_COUNT; i++) {
        bool is_mine = worker_of(&table[i]) == worker->kind;
        int wait_s = worker->kind == WORKER_AT_HOME ? 5 + i : 0;

        due_us[i] = is_mine && every_s(jobs, &table[i]) > 0
                        ? clock_monotonic_us() + wait_s * CLOCK_SECOND_US
                        : INT64_MAX;
        if (due_us[i] < due_us[next]) next = i;
    }
    while (await(jobs, due_us[next])) {
        /* From its beginning: what falls due while it runs is not put off. */
        int64_t begun_us = clock_monotonic_us();
        int64_t wait_s = run_job(worker, &table[next]) ? 0 : every_s(jobs, &table[next]);

        due_us[next] = begun_us + wait_s * CLOCK_SECOND_US;
        for (int i = 0; i < JOB_COUNT; i++) {
            if (due_us[i] < due_us[next]) next = i;
        }
    }
    return NULL;
}

/* What reads wanted noted. */
static enum err
flush_note(struct ctx *ctx, enum write_note kind, merchant_id merchant, int64_t id, int64_t at_us)
{
    ctx->merchant = merchant;
    switch (kind) {
    case NOTE_CREDENTIAL_USED:
        TRY(credentials_note_used(ctx, id, at_us));
        return retention_note_contact(ctx, (customer_id){id}, at_us); /* if it was a customer's */
    case NOTE_SESSION_USED:
        return sessions_note_used(ctx, (session_id){id}, at_us);
    case NOTE_TABLET_SEEN:
        return tablets_note_seen(ctx, (tablet_id){id}, at_us);
    }
    return OK;
}

static enum err
start(struct ctx *ctx, struct jobs *jobs, struct worker *worker)
{
    worker->jobs = jobs;
    TRY(db_open(ctx, ctx->settings->db, DB_READ_ONLY, &worker->reader));
    if (pthread_create(&worker->thread, NULL, run_jobs, worker) == 0) return OK;
    db_close(worker->reader);
    worker->reader = NULL;
    return fail(ctx, ERR_BUSY, "no thread for jobs");
}

enum err
jobs_open(struct ctx *ctx, struct write_lane *lane, struct jobs **jobs)
{
    struct jobs *made = calloc(1, sizeof *made);
    pthread_condattr_t attributes;
    enum err err = OK;

    ASSERT(made != NULL);
    made->lane = lane;
    made->ids = ctx->ids;
    made->settings = ctx->settings;
    write_lane_on_note(lane, flush_note);
    pthread_mutex_init(&made->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&made->stop, &attributes);
    pthread_condattr_destroy(&attributes);
    for (int i = 0; i < WORKER_COUNT && err == OK; i++) {
        made->workers[i].kind = (enum worker_kind)i;
        err = start(ctx, made, &made->workers[i]);
    }
    if (err != OK) {
        jobs_close(made);
        return err;
    }
    *jobs = made;
    return OK;
}

void
jobs_close(struct jobs *jobs)
{
    pthread_mutex_lock(&jobs->lock);
    jobs->stopping = true;
    pthread_mutex_unlock(&jobs->lock);
    pthread_cond_broadcast(&jobs->stop);
    for (int i = 0; i < WORKER_COUNT; i++) {
        if (jobs->workers[i].reader == NULL) continue; /* it was not started */
        pthread_join(jobs->workers[i].thread, NULL);
        db_close(jobs->workers[i].reader);
    }
    pthread_cond_destroy(&jobs->stop);
    pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}
