/* outbox — see outbox.h. */
#include "base/settings.h"
#include "core/outbox/outbox_store.h"

/* A demo shows its messages to whoever plays with it, instead of sending them. */
bool
outbox_has_channel(const struct settings *settings, enum outbox_channel channel)
{
    ASSERT(channel == OUTBOX_SMS || channel == OUTBOX_EMAIL);
    return settings->demo != 0;
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

static void
deliver(struct ctx *ctx, struct outbox_message *message)
{
    if (message->expires_us <= ctx->now_us) {
        message->state = OUTBOX_FAILED;
        message->reason = STR("EXPIRED");
    } else if (!outbox_has_channel(ctx->settings, message->channel)) {
        message->state = OUTBOX_FAILED;
        message->reason = str_of(err_name(ERR_CHANNEL_OFF));
    } else {
        message->state = OUTBOX_SENT;
        message->attempts++;
    }
}

enum err
outbox_deliver(struct ctx *ctx, int max, int *delivered)
{
    struct outbox_message *messages;

    TRY(outbox_store_list_due(ctx, max, &messages, delivered));
    for (int i = 0; i < *delivered; i++) {
        deliver(ctx, &messages[i]);
        TRY(outbox_store_change(ctx, &messages[i]));
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
