/*
 * http_client — asks other servers, by libcurl.
 *
 * A client keeps its connection and its cookies between requests; it belongs to one thread at a
 * time. Never used inside a transaction.
 */
#pragma once
#include "base/ctx.h"

struct http_client;

enum { HTTP_CLIENT_HEADERS_MAX = 6, HTTP_CLIENT_REPLY_MAX = 4 << 20 };

struct http_ask {
    const char *method; /* "POST" */
    const char *url;
    struct str body;                              /* empty: none is sent */
    const char *headers[HTTP_CLIENT_HEADERS_MAX]; /* "Name: value"; ends at the first NULL */
    int timeout_ms;                               /* 0: 30 seconds */
};

struct http_answer {
    int status;
    struct str body; /* in the ctx's arena */
};

/* Errors: ERR_PEER_UNREACHABLE   libcurl cannot be started */
MUST_USE enum err http_client_open(struct ctx *ctx, struct http_client **client);
void http_client_close(struct http_client *client); /* may be NULL */

/*
 * Asks once. Any status is OK; the caller judges it.
 * Errors:   ERR_PEER_UNREACHABLE   no answer, or one too long; it may or may not have been acted
 *                                  on
 */
MUST_USE enum err http_client_send(struct ctx *ctx, struct http_client *client,
                                   const struct http_ask *ask, struct http_answer *answer);

/*
 * Asks the same on two clients at once: as a nervous network delivers a message twice.
 * Errors:   ERR_PEER_UNREACHABLE   one of them got no answer
 */
MUST_USE enum err http_client_send_twice(struct ctx *ctx, struct http_client *const clients[2],
                                         const struct http_ask *ask, struct http_answer answers[2]);
