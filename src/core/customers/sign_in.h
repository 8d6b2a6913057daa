/*
 * sign_in — how a customer shows who they are: with a one-time code that was sent to their
 * telephone or e-mail address, or with a link that somebody who knows them shows as a QR code.
 *
 * A code proves an address; whose it is, core/people looks up. A link names its customer, whom
 * whoever made it vouches for. Both are stored as hashes, and used once.
 */
#pragma once
#include "base/ctx.h"
#include "core/outbox/outbox.h"

/* ---- one-time codes ---- */
enum { SIGN_IN_CODE_LEN = 6, SIGN_IN_CODE_TRIES = 5, SIGN_IN_CODES_AN_HOUR = 4 };
#define SIGN_IN_CODE_KEEP_US   (10 * INT64_C(60000000))
#define SIGN_IN_CODE_RESEND_US (30 * INT64_C(1000000))

struct sign_in_address {
    enum outbox_channel channel; /* OUTBOX_SMS: text is a telephone number */
    struct str text;             /* in its normal form: phone_parse, email_parse */
};
struct sign_in_code {
    struct sign_in_address to;
    struct str language;  /* to be written in; BCP 47 */
    customer_id customer; /* whom it is for, when that is known; 0: not */
    /* filled */
    int64_t expires_us;
    int64_t resend_us; /* before this, asking again sends nothing */
};
/*
 * Sends a code; one that is on its way already ends. Asked again at once (a double tap), it sends
 * nothing and answers as before.
 *
 * Within:   a write batch
 * Errors:   ERR_CODE_TOO_MANY   SIGN_IN_CODES_AN_HOUR went to this address in the last hour
 */
MUST_USE enum err sign_in_codes_send(struct ctx *ctx, struct sign_in_code *code);
/*
 * Uses the code of an address up. Spaces in it do not count.
 *
 * Within:   a transaction
 * Errors:   ERR_CODE_EXPIRED   none was sent, it was used, is too old, or was guessed too often;
 *                              KEEP and counted when this was the last guess
 *           ERR_CODE_WRONG     KEEP, counted
 */
MUST_USE enum err sign_in_codes_take(struct ctx *ctx, const struct sign_in_address *address,
                                     struct str code);

/* Forgets the code of an address, and how many were sent to it. */
MUST_USE enum err sign_in_codes_remove(struct ctx *ctx, const struct sign_in_address *address);

/* ---- links ---- */
#define SIGN_IN_LINK_KEEP_US (5 * INT64_C(60000000))
/*
 * A token that signs this customer in once, within keep_us. Their older ones end.
 * Within:   a transaction
 * Requires: a customer that exists
 */
MUST_USE enum err sign_in_links_add(struct ctx *ctx, customer_id customer, int64_t keep_us,
                                    struct str *token);
/*
 * Uses a link up.
 * Within:   a transaction
 * Errors:   ERR_LINK_EXPIRED   used, too old, or never made here
 */
MUST_USE enum err sign_in_links_take(struct ctx *ctx, struct str token, customer_id *customer);

/* Ends a customer's link, if there is one. */
MUST_USE enum err sign_in_links_end(struct ctx *ctx, customer_id customer);

/*
 * Forgets what ended: at most max codes and as many links; gives the larger number. What was
 * counted of an address stays for its hour.
 */
MUST_USE enum err sign_in_forget(struct ctx *ctx, int max, int64_t *forgotten);
