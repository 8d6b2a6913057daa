/* world_write — the writing half of world.h, which needs the write lane. */
#include "db/write_lane.h"
#include "support/world.h"
#include <stdio.h>

static void
must(struct world *w, enum err err)
{
    if (err != OK) fprintf(stderr, "%s: %s\n", err_name(err), w->ctx.detail);
    ASSERT(err == OK);
}

bool
world_begin(struct world *w)
{
    must(w, db_begin(&w->ctx));
    must(w, db_lock_shard(&w->ctx, db_shard_of(w->ctx.merchant)));
    w->ctx.batch = write_batch_begin(&w->ctx);
    return true;
}

bool
world_end(struct world *w)
{
    must(w, write_batch_end(&w->ctx));
    must(w, db_commit(&w->ctx));
    w->ctx.batch = NULL;
    return false;
}

enum err
world_write(struct world *w, enum err (*body)(struct ctx *ctx, void *arg), void *arg)
{
    w->ctx.keep = false;
    world_begin(w);
    must(w, db_savepoint(&w->ctx));
    enum err err = body(&w->ctx, arg);
    enum err late = err == OK || w->ctx.keep ? db_flush(&w->ctx) : OK;
    if (late != OK) {
        err = late;
        w->ctx.keep = false;
    }
    if (err == OK || w->ctx.keep) {
        must(w, db_savepoint_release(&w->ctx));
        world_end(w);
        return err;
    }
    db_rollback(&w->ctx);
    w->ctx.batch = NULL;
    return err;
}
