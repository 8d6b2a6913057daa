/* race — see race.h. */
#include "support/race.h"
#include "db/write_lane.h"
#include <pthread.h>

struct racer {
    struct ctx ctx;
    struct arena arena;
    race_body *body;
    int number;
    void *arg;
};

static void *
run(void *arg)
{
    struct racer *racer = arg;

    racer->body(&racer->ctx, racer->number, racer->arg);
    return NULL;
}

void
race_run(struct world *w, int racers, race_body *body, void *arg)
{
    struct racer all[RACERS_MAX] = {0};
    pthread_t threads[RACERS_MAX];

    ASSERT(racers <= RACERS_MAX);
    for (int i = 0; i < racers; i++) {
        arena_open(&all[i].arena, ARENA_REQUEST_MAX);
        all[i].ctx = w->ctx;
        all[i].ctx.arena = &all[i].arena;
        all[i].ctx.db = world_connect(w, DB_READ_WRITE);
        all[i].body = body;
        all[i].number = i;
        all[i].arg = arg;
    }
    for (int i = 0; i < racers; i++) {
        ASSERT(pthread_create(&threads[i], NULL, run, &all[i]) == 0);
    }
    for (int i = 0; i < racers; i++) {
        pthread_join(threads[i], NULL);
        db_close(all[i].ctx.db);
        arena_close(&all[i].arena);
    }
}

enum err
race_write(struct ctx *ctx, enum err (*body)(struct ctx *ctx, void *arg), void *arg)
{
    enum err err;

    do {
        arena_reset(ctx->arena);
        err = db_begin(ctx);
        if (err != OK) continue;
        ctx->batch = write_batch_begin(ctx);
        err = body(ctx, arg);
        if (err == OK) err = write_batch_end(ctx);
        if (err == OK) err = db_commit(ctx);
        if (err != OK) db_rollback(ctx);
        ctx->batch = NULL;
    } while (err == ERR_DB_BUSY);
    return err;
}
