/*
 * outbox — what leaves the server: written in the transaction that decides it, delivered after it.
 *
 * A handler never calls another company. It leaves a message here; once committed, the dispatcher
 * (src/jobs/outbox.c) hands it to the channel that the server is set up for, again and later when
 * that fails, and not at all once it is of no use. A message that was being handed over when the
 * server died is "unknown": whether to send it again is its purpose's to say.
 */
#pragma once
#include "base/ctx.h"

enum outbox_channel { OUTBOX_SMS, OUTBOX_EMAIL };
enum outbox_state { OUTBOX_WAITING, OUTBOX_SENT, OUTBOX_FAILED, OUTBOX_UNKNOWN };

struct outbox_message {
    message_id id;
    customer_id customer; /* who it is for; 0: nobody known yet */
    enum outbox_channel channel;
    struct str purpose;  /* "sign_in_code" */
    struct str address;  /* E.164, or an e-mail address */
    struct str language; /* BCP 47 */
    struct str subject;  /* empty for an SMS */
    struct str body;
    int64_t expires_us; /* of no use after */
    /* filled by the outbox */
    enum outbox_state state;
    int64_t attempts, created_us, updated_us;
    struct str reason; /* why it failed: an error's name; empty: it did not */
};

/*
 * Leaves a message, to be delivered after the commit. Fills id and the last four.
 * Within:   a write batch
 * Requires: an address in its normal form (phone_parse, email_parse)
 */
MUST_USE enum err outbox_add(struct ctx *ctx, struct outbox_message *message);

/* The newest first, before `before` (0: from the newest), at most limit. */
MUST_USE enum err outbox_list(struct ctx *ctx, message_id before, int limit,
                              struct outbox_message **messages, int *count);

/* Whether there is a way out for this channel on this server. */
bool outbox_has_channel(const struct settings *settings, enum outbox_channel channel);

/* The part of erasing a customer that is this module's: their messages are emptied. Those still
 * waiting never leave. */
MUST_USE enum err outbox_erase_customer(struct ctx *ctx, customer_id customer);
