/* workers — see workers.h. */
#include "http/workers.h"
#include "base/clock.h"
#include "db/db.h"
#include <stdlib.h>
#include <unistd.h>

enum { REPORT_MS = 20000, WATCH_EVERY_US = 50000 };

struct worker {
    struct workers *workers;
    pthread_t thread;
    struct reader reader;

    /* Under the lock, while work is in a snapshot. */
    struct db *db;  /* NULL otherwise */
    int64_t due_us; /* when it is stopped; monotonic */
};

struct workers {
    struct http_server *server;
    int64_t limit_us; /* for one piece of work */
    pthread_mutex_t lock;
    pthread_cond_t wake;  /* of workers */
    pthread_cond_t begun; /* of the watcher: somebody has work, or it is over */
    pthread_t watcher;
    bool has_watcher;
    struct exchange *first, *last;
    int waiting;
    bool stopping;
    int count;
    struct worker each[];
};

static struct exchange *
take(struct worker *worker)
{
    struct workers *workers = worker->workers;

    pthread_mutex_lock(&workers->lock);
    while (workers->first == NULL && !workers->stopping) {
        pthread_cond_wait(&workers->wake, &workers->lock);
    }
    struct exchange *exchange = workers->first;
    if (exchange != NULL) {
        workers->first = exchange->next;
        workers->waiting--;
    }
    pthread_mutex_unlock(&workers->lock);
    return exchange;
}

static void *
run_worker(void *arg)
{
    struct worker *worker = arg;

    for (struct exchange *exchange; (exchange = take(worker)) != NULL;) {
        exchange_work(exchange, worker);
    }
    reader_close(&worker->reader);
    return NULL;
}

enum err
worker_begin(struct worker *worker, struct ctx *ctx)
{
    struct workers *workers = worker->workers;

    TRY(reader_begin(&worker->reader, ctx));
    pthread_mutex_lock(&workers->lock);
    worker->db = ctx->db;
    worker->due_us = clock_monotonic_us() + workers->limit_us;
    pthread_mutex_unlock(&workers->lock);
    pthread_cond_signal(&workers->begun);
    return OK;
}

void
worker_end(struct worker *worker, struct ctx *ctx)
{
    pthread_mutex_lock(&worker->workers->lock);
    worker->db = NULL;
    pthread_mutex_unlock(&worker->workers->lock);
    reader_end(&worker->reader, ctx);
}

/* ---- the watcher: stops what takes too long ---- */
/* The lock is held, so that nobody's next work is stopped for the last. Tells if there is any. */
static bool
stop_late(struct workers *workers)
{
    bool any = false;

    for (int i = 0; i < workers->count; i++) {
        struct worker *worker = &workers->each[i];

        if (worker->db == NULL) continue;
        any = true;
        if (clock_monotonic_us() >= worker->due_us) db_interrupt(worker->db);
    }
    return any;
}

static void *
run_watcher(void *arg)
{
    struct workers *workers = arg;

    pthread_mutex_lock(&workers->lock);
    while (!workers->stopping) {
        if (stop_late(workers)) {
            pthread_mutex_unlock(&workers->lock);
            usleep(WATCH_EVERY_US);
            pthread_mutex_lock(&workers->lock);
        } else {
            pthread_cond_wait(&workers->begun, &workers->lock);
        }
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

/* ---- opening and closing ---- */
static bool
start_threads(struct workers *workers, int wanted)
{
    for (int i = 0; i < wanted; i++) {
        struct worker *worker = &workers->each[i];

        worker->workers = workers;
        worker->reader.db_url = workers->server->options.db_url;
        if (pthread_create(&worker->thread, NULL, run_worker, worker) != 0) return false;
        /* The watcher looks at those counted. */
        pthread_mutex_lock(&workers->lock);
        workers->count++;
        pthread_mutex_unlock(&workers->lock);
    }
    workers->has_watcher = pthread_create(&workers->watcher, NULL, run_watcher, workers) == 0;
    return workers->has_watcher;
}

enum err
workers_open(struct ctx *ctx, struct http_server *server, struct workers **workers)
{
    const struct http_options *options = &server->options;
    size_t threads = (size_t)options->report_threads;
    struct workers *made = calloc(1, sizeof *made + sizeof made->each[0] * threads);

    ASSERT(made != NULL);
    made->server = server;
    made->limit_us = (options->report_ms > 0 ? options->report_ms : REPORT_MS) * INT64_C(1000);
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, NULL);
    pthread_cond_init(&made->begun, NULL);
    if (!start_threads(made, options->report_threads)) {
        workers_close(made);
        return fail(ctx, ERR_BUSY, "no thread for workers");
    }
    *workers = made;
    return OK;
}

enum err
workers_submit(struct workers *workers, struct exchange *exchange)
{
    bool fits;

    exchange->next = NULL;
    pthread_mutex_lock(&workers->lock);
    fits = workers->waiting < WORKERS_WAITING_MAX;
    if (fits) {
        if (workers->first == NULL) {
            workers->first = exchange;
        } else {
            workers->last->next = exchange;
        }
        workers->last = exchange;
        workers->waiting++;
    }
    pthread_mutex_unlock(&workers->lock);
    if (!fits) return ERR_BUSY;
    pthread_cond_signal(&workers->wake);
    return OK;
}

void
workers_close(struct workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    workers->stopping = true;
    pthread_mutex_unlock(&workers->lock);
    pthread_cond_broadcast(&workers->wake);
    pthread_cond_broadcast(&workers->begun);
    if (workers->has_watcher) pthread_join(workers->watcher, NULL);
    for (int i = 0; i < workers->count; i++)
        pthread_join(workers->each[i].thread, NULL);
    pthread_cond_destroy(&workers->begun);
    pthread_cond_destroy(&workers->wake);
    pthread_mutex_destroy(&workers->lock);
    free(workers);
}
