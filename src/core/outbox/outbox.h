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
    int64_t next_us;   /* waiting: not tried before */
    struct str reason; /* why it failed: an error's name; empty: it did not */
};

const char *outbox_channel_name(enum outbox_channel channel); /* "sms" */
const char *outbox_state_name(enum outbox_state state);       /* "waiting" */

/* Whether there is a way out for this channel on this server. */
bool outbox_has_channel(const struct settings *settings, enum outbox_channel channel);
/*
 * Leaves a message, to be delivered after the commit. Fills id, state and times.
 *
 * Within:   a transaction
 * Requires: an address in its normal form (phone_parse, email_parse)
 * Errors:   ERR_CHANNEL_OFF   there is no way out for this channel
 */
MUST_USE enum err outbox_add(struct ctx *ctx, struct outbox_message *message);
/* The newest first, older than `before` (0: from the newest), at most limit. */
MUST_USE enum err outbox_list(struct ctx *ctx, message_id before, int limit,
                              struct outbox_message **messages, int *count);

/* ---- for the dispatcher: take in one transaction, send outside of any, settle in another ---- */
/* Any merchant with a message whose time has come; 0: there is none. */
MUST_USE enum err outbox_find_due_merchant(struct ctx *ctx, merchant_id *merchant);
/*
 * Takes ctx->merchant's due messages, at most max: they are "unknown" until they are settled, and
 * nobody else takes them. One past its time fails instead.
 * Within: a transaction
 */
MUST_USE enum err outbox_take(struct ctx *ctx, int max, struct outbox_message **messages,
                              int *count);
/* Hands a taken message over and notes in it what came of it: sent, failed, or waiting to be tried
 * again later. No database is used. */
void outbox_send(struct ctx *ctx, struct outbox_message *message);
/* Stores what came of it. Within: a transaction. Repeat: harmless. */
MUST_USE enum err outbox_settle(struct ctx *ctx, const struct outbox_message *messages, int count);
/* Forgets messages made before this time, at most max; tells how many. */
MUST_USE enum err outbox_forget(struct ctx *ctx, int64_t before_us, int max, int64_t *forgotten);

/* The part of telling a person all that is known of them that is this module's: what was written to
 * them. The text of a code is left out: it lets in whoever reads it. */
struct dossier;
MUST_USE enum err outbox_export_customer(struct ctx *ctx, customer_id customer,
                                         struct dossier *dossier);
/* The part of erasing a customer that is this module's: what was written to them, or to these
 * addresses before they were known, is emptied, and what still waits never leaves. */
MUST_USE enum err outbox_erase_customer(struct ctx *ctx, customer_id customer, struct str phone,
                                        struct str email);
