/* outbox — the job that hands messages over to their channels. See jobs.h, core/outbox/outbox.h. */
#include "core/outbox/outbox.h"
#include "base/log.h"
#include "jobs/jobs.h"

/* Few at a time, so that a slow server holds few back when we are told to stop. */
enum { MESSAGES_MAX = 4 };

struct delivery {
    merchant_id merchant;
    struct outbox_message *messages;
    int count;
};

/* Most of the time nothing waits: that is found without asking the writer. */
enum err
job_deliver_prepare(struct ctx *ctx, void **prepared)
{
    struct delivery *delivery = ARENA_NEW(ctx->arena, struct delivery);

    TRY(outbox_find_due_merchant(ctx, &delivery->merchant));
    if (delivery->merchant.v != 0) *prepared = delivery;
    return OK;
}

enum err
job_deliver_write(struct ctx *ctx, void *prepared, bool *more)
{
    struct delivery *delivery = prepared;

    ctx->merchant = delivery->merchant;
    *more = true; /* perhaps of another merchant */
    return outbox_take(ctx, MESSAGES_MAX, &delivery->messages, &delivery->count);
}

void
job_deliver_call(struct ctx *ctx, void *prepared)
{
    struct delivery *delivery = prepared;

    for (int i = 0; i < delivery->count; i++) {
        struct outbox_message *message = &delivery->messages[i];

        outbox_send(ctx, message);
        if (message->state == OUTBOX_SENT) continue;
        LOG(LOG_WARN, "message_not_sent",
            LOG_TEXT("channel", outbox_channel_name(message->channel)),
            LOG_TEXT("state", outbox_state_name(message->state)), LOG_TEXT("detail", ctx->detail));
    }
}

enum err
job_deliver_settle(struct ctx *ctx, void *prepared, bool *more)
{
    const struct delivery *delivery = prepared;

    ctx->merchant = delivery->merchant;
    *more = true;
    return outbox_settle(ctx, delivery->messages, delivery->count);
}
