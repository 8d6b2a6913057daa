/*
 * outbox_sender — what the outbox needs from a way out of the server: it takes a message, or says
 * that it cannot.
 *
 * Each is one file in src/integrations/messages that fills in this struct, and one row in
 * src/integrations/registry.c.
 */
#pragma once
#include "core/outbox/outbox.h"

struct outbox_sender {
    const char *name; /* "smtp" */
    enum outbox_channel channel;
    bool (*is_set_up)(const struct settings *settings);
    /*
     * Hands a message over, once. Outside of any transaction; may take as long as the other side.
     * Errors: ERR_MESSAGE_REJECTED   it will never be taken
     *         ERR_PEER_UNREACHABLE   not now
     */
    enum err (*send)(struct ctx *ctx, const struct outbox_message *message);
};
/* The one that this server is set up for; NULL: none is. In integrations/registry.c. */
const struct outbox_sender *outbox_sender_find(const struct settings *settings,
                                               enum outbox_channel channel);
