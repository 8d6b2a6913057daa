/* jobs — see jobs.h. */
#include "jobs/jobs.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/settings.h"
#include "core/merchants/merchants.h"
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
    bool for_server; /* once, instead of for each merchant */
};

enum { EVERY_SEAL = 0 /* as often as the setting says */ };

static const struct job table[] = {
    {"deliver_messages", 1, .prepare = job_deliver_prepare, .write = job_deliver_write,
     .for_server = true},
    {"expire_claims", 30, job_expire_claims},
    {"expire_points", 300, job_expire_points},
    {"prune_events", 60, job_prune_events},
    {"prune_replies", 600, job_prune_replies},
    {"prune_credentials", 3600, job_prune_credentials},
    {"prune_messages", 3600, job_prune_messages},
    {"prune_sign_ins", 600, job_prune_sign_ins},
    {"prune_lockouts", 600, job_prune_lockouts, .for_server = true},
    {"seal_transfers", EVERY_SEAL, .prepare = job_seal_prepare, .write = job_seal_write},
};
enum { JOB_COUNT = sizeof table / sizeof table[0], STEPS_MAX = 1000, JOBS_ARENA_MAX = 64 << 20 };

struct jobs {
    struct write_lane *lane;
    struct id_source *ids;
    const struct settings *settings;
    struct db *reader; /* the thread's own */
    pthread_mutex_t lock;
    pthread_cond_t stop;
    bool stopping;
    pthread_t thread;
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
prepare_step(struct jobs *jobs, struct ctx *ctx, struct step *step)
{
    ctx->db = jobs->reader;
    enum err err = db_snapshot_begin(ctx);
    if (err == OK) {
        err = step->job->prepare(ctx, &step->prepared);
        db_snapshot_end(ctx);
    }
    ctx->db = NULL;
    return err;
}

static enum err
take_step(struct jobs *jobs, struct ctx *ctx, struct step *step)
{
    if (step->job->prepare != NULL) {
        step->more = false;
        step->prepared = NULL;
        TRY(prepare_step(jobs, ctx, step));
        if (step->prepared == NULL) return OK;
    }
    return write_lane_run(jobs->lane, ctx, run_step, step);
}

static void
run_for(struct jobs *jobs, const struct job *job, merchant_id merchant)
{
    struct step step = {.job = job, .more = true};
    struct arena arena;
    enum err err = OK;

    arena_open(&arena, ARENA_REQUEST_MAX);
    for (int i = 0; i < STEPS_MAX && step.more && err == OK && !is_stopping(jobs); i++) {
        struct ctx ctx = make_ctx(jobs, &arena);

        ctx.merchant = merchant;
        err = take_step(jobs, &ctx, &step);
        if (err != OK) {
            LOG(LOG_WARN, "job_failed", LOG_TEXT("job", job->name),
                LOG_TEXT("error", err_name(err)), LOG_TEXT("detail", ctx.detail));
        }
        arena_reset(&arena);
    }
    arena_close(&arena);
}

static enum err
list_merchants(struct ctx *ctx, void *arg)
{
    struct merchants *merchants = arg;

    return merchants_list(ctx, &merchants->at, &merchants->count);
}

static void
run_job(struct jobs *jobs, const struct job *job)
{
    struct merchants merchants = {0};
    struct arena arena;

    if (job->for_server) {
        run_for(jobs, job, (merchant_id){0});
        return;
    }
    arena_open(&arena, JOBS_ARENA_MAX);
    struct ctx ctx = make_ctx(jobs, &arena);
    /* Asked of the writer, which has a connection: a list this short needs none of its own. */
    enum err err = write_lane_run(jobs->lane, &ctx, list_merchants, &merchants);
    if (err != OK) {
        LOG(LOG_WARN, "job_failed", LOG_TEXT("job", job->name), LOG_TEXT("error", err_name(err)));
    }
    for (int i = 0; i < merchants.count && err == OK; i++)
        run_for(jobs, job, merchants.at[i].id);
    arena_close(&arena);
}

/* Sleeps until a job is due; false: stop. */
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

static int64_t
every_s(const struct jobs *jobs, const struct job *job)
{
    return job->every_s == EVERY_SEAL ? jobs->settings->seal_every_s : job->every_s;
}

static void *
run_jobs(void *arg)
{
    struct jobs *jobs = arg;
    int64_t due_us[JOB_COUNT];
    int next = 0;

    /* Not all at once, and none in the first moments of a server. */
    for (int i = 0; i < JOB_COUNT; i++) {
        due_us[i] = every_s(jobs, &table[i]) == 0
                        ? INT64_MAX
                        : clock_monotonic_us() + (5 + i) * CLOCK_SECOND_US;
    }
    while (await(jobs, due_us[next])) {
        run_job(jobs, &table[next]);
        due_us[next] = clock_monotonic_us() + every_s(jobs, &table[next]) * CLOCK_SECOND_US;
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
        return credentials_note_used(ctx, id, at_us);
    case NOTE_TABLET_SEEN:
        return tablets_note_seen(ctx, (tablet_id){id}, at_us);
    }
    return OK;
}

enum err
jobs_open(struct ctx *ctx, struct write_lane *lane, struct jobs **jobs)
{
    struct jobs *made = calloc(1, sizeof *made);
    pthread_condattr_t attributes;

    ASSERT(made != NULL);
    made->lane = lane;
    made->ids = ctx->ids;
    made->settings = ctx->settings;
    enum err err = db_open(ctx, ctx->settings->db, DB_READ_ONLY, &made->reader);
    if (err != OK) {
        free(made);
        return err;
    }
    write_lane_on_note(lane, flush_note);
    pthread_mutex_init(&made->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&made->stop, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&made->thread, NULL, run_jobs, made) != 0) {
        db_close(made->reader);
        free(made);
        return fail(ctx, ERR_BUSY, "no thread for jobs");
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
    pthread_cond_signal(&jobs->stop);
    pthread_join(jobs->thread, NULL);
    pthread_cond_destroy(&jobs->stop);
    pthread_mutex_destroy(&jobs->lock);
    db_close(jobs->reader);
    free(jobs);
}
