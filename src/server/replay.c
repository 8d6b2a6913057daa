/* replay — see replay.h. */
#include "server/replay.h"
#include "core/merchants/merchants.h"
#include "core/people/erasure.h"
#include "db/db.h"
#include "db/rewrite.h"
#include "db/write_lane.h"
#include "jobs/erasure_file.h"

enum { SCRATCH_MAX = 64 << 20 };

/* One transaction's part of the work. */
struct page {
    struct erasure_replay replay;
    int64_t after;
};

static enum err
replay_page(struct ctx *ctx, void *arg)
{
    struct page *page = arg;

    TRY(db_lock_shard(ctx, db_shard_of(ctx->merchant)));
    ctx->batch = write_batch_begin(ctx);
    TRY(erasure_replay(ctx, &page->replay, &page->after));
    return write_batch_end(ctx);
}

/* Each page in an arena of its own: a million customers would outgrow the command's. */
static enum err
replay_merchant(struct ctx *ctx, struct page *page)
{
    struct arena scratch, *before = ctx->arena;
    enum err err;

    page->after = 0;
    do {
        struct page next = *page;

        arena_open(&scratch, SCRATCH_MAX);
        ctx->arena = &scratch;
        err = db_tx(ctx, replay_page, &next);
        ctx->arena = before;
        ctx->batch = NULL;
        arena_close(&scratch);
        if (err == OK) *page = next;
    } while (err == OK && page->after != 0);
    return err;
}

static enum err
read_journal(struct ctx *ctx, const char *path, struct page *page, int64_t *lines)
{
    struct erasure *erasures = NULL;
    int count = 0;

    *lines = -1;
    if (path == NULL || path[0] == '\0' || !erasure_file_exists(path)) return OK;
    TRY(erasure_file_read(ctx, path, &erasures, &count));
    page->replay.journal = erasures;
    page->replay.count = *lines = count;
    return OK;
}

enum err
replay_erasures(struct ctx *ctx, const char *path, struct replay_figures *figures)
{
    struct page page = {.after = 0};
    struct merchant *merchants;
    int count;

    TRY(read_journal(ctx, path, &page, &figures->journal));
    TRY(merchants_list(ctx, &merchants, &count));
    ctx->actor = (struct actor){.kind = ACTOR_SYSTEM};
    for (int i = 0; i < count; i++) {
        ctx->merchant = merchants[i].id;
        TRY(replay_merchant(ctx, &page));
    }
    figures->looked_at = page.replay.looked_at;
    figures->erased = page.replay.erased;
    return figures->erased > 0 ? rewrite_database(ctx) : OK;
}
