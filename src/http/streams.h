/*
 * streams — server-sent events: who listens to which topics, and what waits to be sent to each.
 *
 * An idle stream is a suspended connection and a small struct. A published event is rendered once
 * and shared; a stream's backlog holds pointers. A stream whose backlog is full, because its
 * network is slow, is told to reload ("resync") instead.
 *
 * Nothing is lost or doubled between the events kept and the live ones: a stream is registered
 * first, then reads what is kept; what comes meanwhile waits behind it, and is left out when its
 * seq was read already. A merchant's events are committed in the order of seq, so whatever the
 * reading did not see is published after it.
 */
#pragma once
#include "http/exchange.h"

enum {
    STREAM_BACKLOG_MAX = 512,  /* events waiting for one stream */
    STREAM_CATCH_UP_MAX = 256, /* kept events sent to a stream that comes back; more: resync */
    STREAM_RETRY_MS = 3000,    /* how long a browser waits before it comes back */
    STREAM_LIFE_S = 3600,      /* then it is to come back, and to prove again who it is */
};

struct streams;

/* Starts the thread that hands events out and keeps idle streams alive. */
MUST_USE enum err streams_open(struct ctx *ctx, int keepalive_s, struct streams **streams);
/* Queues events for whom they concern. Any thread; does not wait for the network. */
void streams_publish(struct streams *streams, const struct live_event *events, int count);
/* Makes all of them come back, and so read what is kept: events may have been missed. */
void streams_restart(struct streams *streams);
int streams_count(struct streams *streams);
/* Ends all of them, and refuses new ones. */
void streams_end(struct streams *streams);
/* Requires: no stream left. */
void streams_close(struct streams *streams);

/* Answers an exchange, whose handler called http_stream, with a stream. */
enum MHD_Result streams_start(struct exchange *exchange);

/* ---- stream_proof.c ---- */
/* By what a stream's listener was let in. */
struct stream_proof {
    struct http_server *server;
    const struct route *route;
    merchant_id merchant;
    struct str token;
};
/*
 * Would it let them in again? A session that ended, a tablet that was replaced or a key that was
 * removed would not. On a connection's thread; when the database cannot be asked, it holds.
 */
bool stream_proof_holds(const struct stream_proof *proof);

/* ---- for stream_start.c ---- */
struct stream;

/* Registers a stream; NULL when they are ending. */
struct stream *streams_add(struct streams *streams, struct exchange *exchange,
                           const struct http_stream_wish *wish);
bool streams_watches(const struct stream *stream, struct str topic);
/* Puts events in front of what was published meanwhile. seq_sent: what the client
 * has before them. */
void streams_put_first(struct stream *stream, int64_t seq_sent, const struct live_event *events,
                       int count);
/* Takes a stream back that was never answered. */
void streams_drop(struct stream *stream);
/* The body of the stream's reply; owns the stream. */
struct MHD_Response *streams_respond(struct stream *stream);
