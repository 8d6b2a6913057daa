/*
 * exchange — one request and its reply, as the http layer's own files see it.
 *
 * Its life: made when the request line is there, filled as the body comes, dispatched to its lane,
 * answered, and given back to the thread that its connection belongs to when the reply has left.
 */
#pragma once
#include "http/files.h"
#include "http/http.h"
#include "http/idempotency.h"
#include "http/metrics.h"
#include "http/reader.h"
#include "http/router.h"
#include <microhttpd.h>
#include <pthread.h>

struct exchange;
struct live_feed;
struct streams;
struct worker;
struct workers;

/* What a thread of libmicrohttpd keeps between requests. */
struct http_thread {
    struct http_thread *next; /* in server->threads */
    struct reader reader;
    struct exchange *spare; /* exchanges for reuse */
    int spare_count;
};

struct http_server {
    struct http_options options;
    struct arena arena; /* lives as long as the server */
    struct router router;
    struct files files;
    struct metrics metrics;
    struct workers *workers;
    struct streams *streams;
    struct live_feed *feed; /* NULL on SQLite */
    struct MHD_Daemon *daemon;
    int port;
    atomic_int active;  /* exchanges dispatched and not yet sent */
    atomic_int waiting; /* of them, suspended: a worker or the writer has them */
    atomic_bool stopping;

    pthread_key_t thread_key; /* of each thread's struct http_thread */
    pthread_mutex_t lock;     /* for threads */
    struct http_thread *threads;
};

enum exchange_state {
    EXCHANGE_NEW,     /* the headers are not read yet */
    EXCHANGE_BODY,    /* the body is coming */
    EXCHANGE_WAITING, /* suspended: a worker or the writer has it */
    EXCHANGE_SENT,    /* its reply is queued, or its stream has begun */
};

enum { EXCHANGE_MAGIC = 0x45584348 };

struct exchange {
    unsigned magic;
    enum exchange_state state;
    struct http_server *server;
    struct http_thread *thread;
    struct MHD_Connection *connection;
    struct exchange *next; /* spare, or in a worker's queue */

    struct arena arena;
    struct ctx ctx;
    struct http_request request;
    struct http_reply reply;
    const char *method;
    unsigned methods;                  /* that the path answers */
    int64_t started_us, dispatched_us; /* monotonic */
    int64_t request_id;
    bool is_active; /* counted in server->active */

    char *body; /* malloc'ed: the arena would keep each step of its growth */
    size_t body_room, body_max;
    bool body_too_large, head_too_large;

    void *parsed;
    merchant_id merchant; /* as authenticated: a repeated run begins with it */
    struct str once_key;
    struct once once;
    struct write_task task;
    bool is_look; /* read, and to be written down before it is answered */

    /* Set by whoever wakes the connection, after the rest: from then on it is the connection's. */
    atomic_bool is_ended;
    enum err result;
    int status;
};

/* The calling thread's; made at its first request. */
struct http_thread *http_thread_of(struct http_server *server);

/* request.c */
void exchange_read_remote(struct exchange *exchange);
/* Whether a proxy in front may have seen its body end elsewhere, and so another request after it.
 */
bool exchange_is_ambiguous(const struct exchange *exchange);
/* dispatch.c: chooses the lane and runs it, or suspends. Gives what libmicrohttpd wants. */
enum MHD_Result exchange_dispatch(struct exchange *exchange);
/* dispatch.c: the connection was resumed with a result. */
enum MHD_Result exchange_finish(struct exchange *exchange);
/* dispatch.c: on a worker's thread. */
void exchange_work(struct exchange *exchange, struct worker *worker);
/* pieces.c: the response to a reply that has pieces. */
struct MHD_Response *exchange_pieces(struct exchange *exchange);
/* reply.c */
enum MHD_Result exchange_send(struct exchange *exchange);
int http_status_of(enum err err);
