/* workers — see workers.h. */
#include "http/workers.h"
#include <stdlib.h>

struct workers {
    struct http_server *server;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct exchange *first, *last;
    int waiting;
    bool stopping;
    int thread_count;
    pthread_t threads[];
};

static struct exchange *
take(struct workers *workers)
{
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
    struct workers *workers = arg;
    struct reader reader = {.db_url = workers->server->options.db_url};

    for (struct exchange *exchange; (exchange = take(workers)) != NULL;) {
        exchange_work(exchange, &reader);
    }
    reader_close(&reader);
    return NULL;
}

enum err
workers_open(struct ctx *ctx, struct http_server *server, int threads, struct workers **workers)
{
    struct workers *made = calloc(1, sizeof *made + sizeof(pthread_t) * (size_t)threads);

    ASSERT(made != NULL);
    made->server = server;
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->wake, NULL);
    *workers = made;
    for (int i = 0; i < threads; i++) {
        if (pthread_create(&made->threads[i], NULL, run_worker, made) != 0) {
            workers_close(made);
            return fail(ctx, ERR_BUSY, "no thread for worker %d", i);
        }
        made->thread_count++;
    }
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
    for (int i = 0; i < workers->thread_count; i++)
        pthread_join(workers->threads[i], NULL);
    pthread_cond_destroy(&workers->wake);
    pthread_mutex_destroy(&workers->lock);
    free(workers);
}
