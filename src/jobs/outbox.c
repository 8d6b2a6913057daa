/* outbox — the job that hands messages over to their channels. See jobs.h, core/outbox/outbox.h. */
#include "core/outbox/outbox.h"
#include "jobs/jobs.h"

enum { MESSAGES_MAX = 50 };

/* Most of the time nothing waits: that is found without asking the writer. */
enum err
job_deliver_prepare(struct ctx *ctx, void **prepared)
{
    merchant_id *merchant = ARENA_NEW(ctx->arena, merchant_id);

    TRY(outbox_find_due_merchant(ctx, merchant));
    if (merchant->v != 0) *prepared = merchant;
    return OK;
}

enum err
job_deliver_write(struct ctx *ctx, const void *prepared, bool *more)
{
    const merchant_id *merchant = prepared;
    int delivered = 0;

    ctx->merchant = *merchant;
    TRY(outbox_deliver(ctx, MESSAGES_MAX, &delivered));
    *more = delivered > 0; /* perhaps another merchant's */
    return OK;
}
