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
/* Reads until the text has been seen, at most some seconds; what was read is added to `seen`. */
bool served_await(int fd, const char *text, char *seen, size_t room);
/* A reply's header; "" when absent. Valid until the next call. */
const char *served_header(const struct reply *reply, const char *name);
