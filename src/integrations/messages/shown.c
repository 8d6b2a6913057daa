/* shown — messages of a demo: they stay in the outbox, where its pages show them. */
#include "base/settings.h"
#include "integrations/registry.h"

static bool
is_set_up(const struct settings *settings)
{
    return settings->demo != 0;
}

static enum err
send(struct ctx *ctx, const struct outbox_message *message)
{
    (void)ctx;
    (void)message;
    return OK;
}

const struct outbox_sender sender_shown_sms = {"shown", OUTBOX_SMS, is_set_up, send};
const struct outbox_sender sender_shown_email = {"shown", OUTBOX_EMAIL, is_set_up, send};
