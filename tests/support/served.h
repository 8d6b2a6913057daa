/*
 * served — a server for tests of the http layer: a world, a write lane, routes of the test's own,
 * and a client that speaks bytes.
 */
#pragma once
#include "http/http.h"
#include "support/world.h"

struct served {
    struct world w;
    struct write_lane *lane;
    struct http_server *http;
    _Atomic(struct http_server *) listener;
};

struct served_options {
    const struct route *routes;
    int route_count;
    http_authenticator *authenticate;
    int queue_max, connections_max; /* 0: plenty */
    bool behind_proxy;
};
struct served *served_open(const struct served_options *options);
void served_close(struct served *served);

/* ---- the client ---- */
struct reply {
    int status;
    char head[4096], body[64 << 10];
    size_t body_len;
};
/* A connection; the caller closes it. */
int served_connect(struct served *served);
void served_send(int fd, const char *text);
/* Reads one reply; status 0: the connection ended without one. */
void served_read(int fd, struct reply *reply);
/* A connection, a request, its reply. */
void served_ask(struct served *served, const char *request, struct reply *reply);
/* A reply that comes in chunks and may have no end. */
struct chunked {
    char head[2048], text[128 << 10]; /* the text: of the body, without the chunks' sizes */
    size_t head_len, text_len;
    size_t left; /* of the chunk that is being read */
};
/* Reads until the body has the text; false: it ended, or did not come within seconds. What was read
 * long before may be forgotten. */
bool served_await(int fd, const char *text, struct chunked *seen);
/* A reply's header; "" when absent. Valid until the next call. */
const char *served_header(const struct reply *reply, const char *name);
