/*
 * http — from a socket to a handler and back, in three lanes. Knows no loyalty.
 *
 * A handler calls one operation of src/core and writes the reply body. It never sets a status:
 * OK gives the route's success status, an error the status of its kind and Square's errors array
 * made from err.def.
 */
#pragma once
#include "base/ctx.h"
#include "base/json.h"
#include "db/write_lane.h"

enum http_lane {
    READ,   /* at once, on the HTTP thread, on its own read snapshot */
    WRITE,  /* parsed here, run by the writer in a savepoint, answered after the commit */
    REPORT, /* on the slow pool, on a read snapshot, with a time limit */
};
enum http_method { GET, POST, PUT, DELETE_ };

enum { HTTP_PATH_IDS_MAX = 4, HTTP_QUERY_MAX = 16 };

struct http_request {
    struct str path;
    struct str body;
    struct str raw_query; /* behind "?", as it was sent */
    /* Path segments matched by {name}, in order of appearance, not yet parsed. */
    struct str segment[HTTP_PATH_IDS_MAX];
    void *native; /* the http layer's */
    const struct route *route;
    /* What proved who asks: the bearer token, or the cookie that could ask this; "" when none. */
    struct str token;
    bool token_from_cookie;
};
struct str http_header(const struct http_request *req, const char *name); /* "" when absent */
/* A query parameter, decoded into the arena; "" when absent. */
struct str http_query(struct ctx *ctx, const struct http_request *req, const char *name);
/* Errors: ERR_ID_MALFORMED, the field being the segment's {name} */
MUST_USE enum err http_path_id(struct ctx *ctx, const struct http_request *req, int index,
                               enum id_kind kind, int64_t *id);
/* Reads the body by a field table; an absent body is an empty object. Closed: unknown fields are
 * refused. */
MUST_USE enum err http_read_json(struct ctx *ctx, const struct http_request *req,
                                 const struct json_field *fields, int count);

/* Cookies that carry a token, for pages, which cannot send an Authorization header everywhere. */
#define HTTP_COOKIE_SESSION  "habitue_session"
#define HTTP_COOKIE_DEVICE   "habitue_device"
#define HTTP_COOKIE_CUSTOMER "habitue_customer"

struct http_stream_wish;

/*
 * A body that lies in the database in pieces of one length, the last one shorter. They are read
 * while it is sent, one in memory at a time, each in a snapshot of its own. It never changes, so
 * that browsers may keep it.
 */
typedef enum err http_piece_reader(struct ctx *ctx, int64_t of, int64_t number, struct str *piece);
struct http_pieces {
    http_piece_reader *read; /* the piece with this number, from 0; NULL: no such body */
    int64_t of;              /* whose pieces */
    int64_t size, piece_len; /* bytes, more than 0 */
    const char *type;
    struct str etag; /* without its quotes; empty: nobody may keep it */
};

/* What a handler fills. */
struct http_reply {
    struct http_server *server; /* who answers; for http_metrics, http_is_stopping */
    struct json_out out;        /* the body, one JSON object; opened and closed by the http layer */
    struct str set_cookie[2];   /* whole header values */
    bool raw;                   /* body_text is sent instead of out, as body_type */
    const char *body_type;
    struct str body_text;
    struct http_pieces pieces; /* READ: sent instead of out, when there is a reader */
    int status;                /* 0: 200 */
    customer_id about; /* whose personal data the body holds, so that a kept copy can be erased */
    bool took;         /* TRACE_GAVE: this time nothing was given, something was taken away */
    const struct http_stream_wish *stream; /* set by http_stream */
};

typedef enum err http_parser(struct ctx *ctx, const struct http_request *req, void *into);
/* Finds who asks in what was parsed, when it is not in a credential (the signature of a webhook):
 * after parse, on the HTTP thread with its read connection. Fills ctx->merchant and ctx->actor. */
typedef enum err http_admitter(struct ctx *ctx, void *parsed);
/* Slow work between parse and run, on the worker pool with a read connection (password hashing). */
typedef enum err http_preparer(struct ctx *ctx, void *parsed);
typedef enum err http_handler(struct ctx *ctx, void *parsed, struct http_reply *reply);

enum route_auth {
    AUTH_REQUIRED, /* who asks is found first: 401 when nobody, 403 when permissions lack */
    AUTH_CUSTOMER, /* the same of a customer, signed in at the shop that the path's first {name} is
                    */
    AUTH_NONE,     /* health, sign-in, activation, hooks (which check their own signature) */
};

/* What is written down of it when it was done: see struct http_witness. */
enum route_trace {
    TRACE_BY_LANE, /* WRITE: that something changed; the others: nothing */
    TRACE_GAVE,    /* WRITE: that somebody was given something */
    TRACE_LOOKED,  /* READ, REPORT: that it was looked at */
    TRACE_NOTHING, /* WRITE: nothing, it changes nothing that anybody owns */
};

struct route {
    enum http_lane lane;
    enum http_method method;
    const char *path; /* "{customer}" takes one segment */
    enum route_auth auth;
    uint64_t needs; /* PERM_* bits the caller must hold, all of them */
    size_t parsed_size;
    http_parser *parse;     /* may be NULL */
    http_admitter *admit;   /* may be NULL; where auth finds who asks, there is no need */
    http_preparer *prepare; /* may be NULL */
    http_handler *run;
    bool idempotent; /* WRITE: body's "idempotency_key" is honoured: same key and body gives the
                        kept reply */
    bool stream; /* READ: run fills nothing; the connection becomes an SSE stream (http_stream_*) */
    size_t body_max;   /* bytes; 0: JSON_BODY_MAX */
    size_t memory_max; /* bytes for all that it reads and replies; 0: ARENA_REQUEST_MAX */
    bool without_db;   /* READ without a connection: answers although the database does not */
    const char *name;  /* of the operation, for ever: "customer_change" */
    enum route_trace trace;
};

/*
 * Finds who asks. Runs on the HTTP thread with its read connection, once per request.
 * Fills ctx->merchant and ctx->actor. from_cookie tells whether CSRF must be checked.
 * Errors:   ERR_UNAUTHENTICATED   no credential, or not a valid one
 */
struct http_auth {
    struct str token; /* bearer token or cookie's value */
    bool from_cookie;
    struct str csrf;         /* the header's value */
    struct str shop;         /* AUTH_CUSTOMER: whose customer it has to be; "" otherwise */
    bool changes;            /* not GET */
    struct write_lane *lane; /* for write_lane_note: that it was used */
};
typedef enum err http_authenticator(struct ctx *ctx, struct http_auth *auth);

/*
 * Writes down what was done, for all routes in one place.
 *
 * write: after a WRITE route's run, in its savepoint, so that both are there or neither. Of a route
 * that is TRACE_LOOKED, in a task of its own, and the reply leaves after its commit: nothing is
 * seen that was not written down. has_written: asked first, in the snapshot of such a read.
 */
struct http_witness {
    enum err (*write)(struct ctx *ctx, const struct http_request *req,
                      const struct http_reply *reply);
    enum err (*has_written)(struct ctx *ctx, const struct http_request *req,
                            const struct http_reply *reply, bool *has_written);
};

/* ---- streams ---- */
/*
 * A stream route's run fills this: which topics of ctx->merchant, and from which sequence. A
 * Last-Event-ID header wins over `after`, as a browser sends it when it comes back.
 */
enum { HTTP_TOPICS_MAX = 4, HTTP_TOPIC_LEN_MAX = 64 };
struct http_stream_wish {
    struct str topics[HTTP_TOPICS_MAX];
    int topic_count;
    int64_t after; /* send events later than this; -1: only new ones */
};
/* In a stream route's run: the reply is a stream of these. */
void http_stream(struct http_reply *reply, struct ctx *ctx, const struct http_stream_wish *wish);

/* ---- the server ---- */
struct http_server;
enum { HTTP_ROUTES_MAX = 256 };
struct http_options {
    const char *listen; /* "127.0.0.1:8080", "[::1]:0" */
    const char *db_url;
    const struct route *routes;
    int route_count;
    http_authenticator *authenticate;
    struct http_witness witness; /* may be empty */
    struct write_lane *lane;
    struct id_source *ids;
    const struct settings *settings;
    int threads, report_threads, connections_max;
    int report_ms; /* how long a report may take; 0: 20 s */
    int stream_keepalive_s;
    bool behind_proxy; /* the caller's address is what the proxy in front says it is */
};
MUST_USE enum err http_open(struct ctx *ctx, const struct http_options *options,
                            struct http_server **server);
int http_port(const struct http_server *server);
bool http_is_stopping(const struct http_server *server);
/* The write lane's listener: wakes the streams that watch these topics. */
void http_publish(void *server, const struct live_event *events, int count);
/*
 * Stops listening, answers what was accepted, ends streams. The lane must still be open: it does
 * what was accepted. Close the lane next, and the server last: the lane publishes to it.
 */
void http_stop(struct http_server *server);
void http_close(struct http_server *server);
/* Prometheus text of counters and of the lane; used by /metrics. */
struct str http_metrics(struct http_server *server, struct arena *arena);
