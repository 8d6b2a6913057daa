/* outbox — see outbox.h. */
#include "base/clock.h"
#include "core/outbox/outbox_sender.h"
#include "core/outbox/outbox_store.h"

/* Between tries: half a minute, then four times as long each time, at most four hours. */
#define FIRST_WAIT_US (30 * CLOCK_SECOND_US)
#define WAIT_MAX_US   (4 * CLOCK_HOUR_US)

bool
outbox_has_channel(const struct settings *settings, enum outbox_channel channel)
{
    return outbox_sender_find(settings, channel) != NULL;
}

enum err
outbox_add(struct ctx *ctx, struct outbox_message *message)
{
    ASSERT(message->address.len > 0);
    ASSERT(message->expires_us > ctx->now_us);
    if (!outbox_has_channel(ctx->settings, message->channel)) {
        return fail(ctx, ERR_CHANNEL_OFF, "%s", outbox_channel_name(message->channel));
    }
    message->id = (message_id){id_next(ctx)};
    message->state = OUTBOX_WAITING;
    message->attempts = 0;
    message->created_us = message->updated_us = ctx->now_us;
    return outbox_store_add(ctx, message);
}

enum err
outbox_list(struct ctx *ctx, message_id before, int limit, struct outbox_message **messages,
            int *count)
{
    return outbox_store_list(ctx, before, limit, messages, count);
}

enum err
outbox_find_due_merchant(struct ctx *ctx, merchant_id *merchant)
{
    return outbox_store_find_due_merchant(ctx, merchant);
}

enum err
outbox_take(struct ctx *ctx, int max, struct outbox_message **messages, int *count)
{
    int taken = 0;

    TRY(outbox_store_list_due(ctx, max, messages, count));
    for (int i = 0; i < *count; i++) {
        struct outbox_message *message = &(*messages)[i];

        message->state = message->expires_us <= ctx->now_us ? OUTBOX_FAILED : OUTBOX_UNKNOWN;
        message->reason = message->state == OUTBOX_FAILED ? STR("EXPIRED") : STR("");
        message->attempts++;
        TRY(outbox_store_change(ctx, message, OUTBOX_WAITING));
        if (message->state == OUTBOX_UNKNOWN) (*messages)[taken++] = *message;
    }
    *count = taken;
    return OK;
}

static int64_t
wait_after(int64_t attempts)
{
    int64_t wait_us = FIRST_WAIT_US;

    for (int64_t i = 1; i < attempts && wait_us < WAIT_MAX_US; i++)
        wait_us *= 4;
    return wait_us < WAIT_MAX_US ? wait_us : WAIT_MAX_US;
}

void
outbox_send(struct ctx *ctx, struct outbox_message *message)
{
    const struct outbox_sender *sender = outbox_sender_find(ctx->settings, message->channel);
    enum err err = sender == NULL ? ERR_CHANNEL_OFF : sender->send(ctx, message);

    ASSERT(message->state == OUTBOX_UNKNOWN);
    message->reason = err == OK ? STR("") : str_of(err_name(err));
    message->next_us = ctx->now_us + wait_after(message->attempts);
    if (err == OK) {
        message->state = OUTBOX_SENT;
    } else if (err == ERR_PEER_UNREACHABLE && message->next_us < message->expires_us) {
        message->state = OUTBOX_WAITING;
    } else {
        message->state = OUTBOX_FAILED;
    }
}

enum err
outbox_settle(struct ctx *ctx, const struct outbox_message *messages, int count)
{
    for (int i = 0; i < count; i++) {
        TRY(outbox_store_change(ctx, &messages[i], OUTBOX_UNKNOWN));
    }
    return OK;
}

enum err
outbox_forget(struct ctx *ctx, int64_t before_us, int max, int64_t *forgotten)
{
    return outbox_store_remove(ctx, id_floor_at(before_us), max, forgotten);
}

enum err
outbox_erase_customer(struct ctx *ctx, customer_id customer, struct str phone, struct str email)
{
    TRY(outbox_store_erase_customer(ctx, customer));
    TRY(outbox_store_erase_address(ctx, phone));
    return outbox_store_erase_address(ctx, email);
}
