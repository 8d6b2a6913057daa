/*
 * smtp — hands e-mails to a submission server, by libcurl. Never used inside a transaction.
 *
 * A message is plain text in UTF-8, as RFC 5322 wants it: header values are encoded (RFC 2047), so
 * that nothing in them can begin another header, and the body is base64.
 */
#pragma once
#include "base/ctx.h"

struct smtp_server {
    const char *url;             /* "smtp://host:587", "smtps://host:465" */
    const char *user, *password; /* "" : nobody asks */
    bool may_be_plain;           /* smtp:// without STARTTLS, for a relay on this machine */
};
struct smtp_mail {
    struct str from, to; /* addresses in their normal form */
    struct str subject, body;
    struct str id;      /* of the message, unique for ever: the part before the @ */
    int64_t created_us; /* its Date */
};

/*
 * The message as it is sent, lines ended by CR LF; in the arena.
 */
struct str smtp_format(struct arena *arena, const struct smtp_mail *mail);

/*
 * Hands it over, once.
 * Errors:   ERR_MESSAGE_REJECTED    the server will not take it, today or ever (5xx)
 *           ERR_PEER_UNREACHABLE    it could not be reached, or says to come back (4xx)
 */
MUST_USE enum err smtp_send(struct ctx *ctx, const struct smtp_server *server,
                            const struct smtp_mail *mail);
