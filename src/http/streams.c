/* streams — see streams.h. How a stream begins is in stream_start.c. */
#include "http/streams.h"
#include "base/clock.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { STREAM_MAGIC = 0x5354524d, TABLE_SIZE = 4096, SLOTS_MAX = 64, RESPONSE_BLOCK_LEN = 128 };
_Static_assert((TABLE_SIZE & (TABLE_SIZE - 1)) == 0, "chains are chosen by a mask");

/* An event as it is sent, shared by all backlogs that hold it. */
struct shared_event {
    merchant_id merchant;
    int64_t seq;
    struct str topic; /* behind the text */
    int holders;
    size_t len;
    char text[];
};

struct backlog_item {
    struct backlog_item *next;
    struct shared_event *event;
};

struct subscription {
    struct stream *stream;
    struct subscription *next, **link; /* in its chain of the table */
    struct str topic;                  /* in the stream's topic_text */
};

struct stream {
    unsigned magic;
    struct streams *streams;
    struct MHD_Connection *connection;
    merchant_id merchant;
    struct stream *next, **link; /* in its slot */
    int64_t born_us;             /* monotonic */
    int64_t seq_sent;
    struct backlog_item *first, *last;
    size_t offset; /* of the first item's text, sent already */
    int backlog;
    bool greeted, ping, ending, suspended;
    struct stream_proof proof; /* of who listens; its token lies behind the topics' texts */
    int topic_count;
    struct subscription topics[]; /* and the topics' texts behind them */
};

struct streams {
    pthread_mutex_t lock;
    struct subscription *table[TABLE_SIZE]; /* by merchant and topic */
    /* Each second one slot's streams are pinged, so that 10,000 are not at once. */
    struct stream *slots[SLOTS_MAX];
    int slot_count, slot_next, slot_pinged;
    atomic_int count;
    bool ending;

    pthread_t thread;
    pthread_mutex_t inbox_lock; /* never held together with the other */
    pthread_cond_t inbox_filled;
    struct backlog_item *inbox, **inbox_end;
    bool stopping;
};

/* ---- events ---- */
static struct shared_event *
make_event(const struct live_event *from)
{
    size_t most = from->name.len + from->body.len + from->topic.len + 64;
    struct shared_event *event = malloc(sizeof *event + most);

    ASSERT(event != NULL);
    int len = snprintf(event->text, most, "id: %" PRId64 "\nevent: %.*s\ndata: %.*s\n\n", from->seq,
                       STR_ARG(from->name), STR_ARG(from->body));
    ASSERT(len > 0);
    ASSERT((size_t)len + from->topic.len <= most);
    char *topic = event->text + len;
    if (from->topic.len > 0) memcpy(topic, from->topic.at, from->topic.len);
    event->topic = (struct str){topic, from->topic.len};
    event->merchant = from->merchant;
    event->seq = from->seq;
    event->holders = 1;
    event->len = (size_t)len;
    return event;
}

static struct shared_event *
make_resync(int64_t seq)
{
    const struct live_event event = {.seq = seq, .name = STR("resync"), .body = STR("{}")};

    return make_event(&event);
}

static void
let_go(struct shared_event *event)
{
    if (--event->holders == 0) free(event);
}

static struct backlog_item *
make_item(struct shared_event *event)
{
    struct backlog_item *item = malloc(sizeof *item);

    ASSERT(item != NULL);
    *item = (struct backlog_item){.event = event};
    return item;
}

/* ---- one stream's backlog; the lock is held ---- */
static void
drop_first(struct stream *stream)
{
    struct backlog_item *item = stream->first;

    stream->first = item->next;
    if (stream->first == NULL) stream->last = NULL;
    stream->offset = 0;
    stream->backlog--;
    let_go(item->event);
    free(item);
}

static void
append(struct stream *stream, struct shared_event *event)
{
    struct backlog_item *item = make_item(event);

    event->holders++;
    if (stream->first == NULL) {
        stream->first = item;
    } else {
        stream->last->next = item;
    }
    stream->last = item;
    stream->backlog++;
}

/* An event that is half sent stays, or its other half would be missing. */
static void
replace_backlog(struct stream *stream, int64_t seq)
{
    struct shared_event *resync = make_resync(seq);
    struct backlog_item *half = stream->offset > 0 ? stream->first : NULL;
    struct backlog_item *item = half != NULL ? half->next : stream->first;

    while (item != NULL) {
        struct backlog_item *next = item->next;

        let_go(item->event);
        free(item);
        item = next;
    }
    stream->first = stream->last = half;
    stream->backlog = half != NULL;
    if (half != NULL) half->next = NULL;
    append(stream, resync);
    let_go(resync);
}

static void
wake(struct stream *stream)
{
    if (!stream->suspended) return;
    stream->suspended = false;
    MHD_resume_connection(stream->connection);
}

/* ---- the registry; the lock is held ---- */
static unsigned
chain_of(merchant_id merchant, struct str topic)
{
    uint64_t hash = (uint64_t)merchant.v ^ UINT64_C(0xcbf29ce484222325); /* FNV-1a */

    for (size_t i = 0; i < topic.len; i++) {
        hash = (hash ^ (unsigned char)topic.at[i]) * UINT64_C(0x100000001b3);
    }
    return (unsigned)(hash >> 20) & (TABLE_SIZE - 1);
}

static void
subscribe(struct streams *streams, struct subscription *subscription)
{
    struct stream *stream = subscription->stream;
    struct subscription **chain = &streams->table[chain_of(stream->merchant, subscription->topic)];

    subscription->next = *chain;
    subscription->link = chain;
    if (*chain != NULL) (*chain)->link = &subscription->next;
    *chain = subscription;
}

static void
remove_from_chains(struct stream *stream)
{
    for (int i = 0; i < stream->topic_count; i++) {
        struct subscription *subscription = &stream->topics[i];

        *subscription->link = subscription->next;
        if (subscription->next != NULL) subscription->next->link = subscription->link;
    }
    *stream->link = stream->next;
    if (stream->next != NULL) stream->next->link = stream->link;
}

static struct stream *
make_stream(const struct exchange *exchange, const struct http_stream_wish *wish)
{
    size_t subscriptions = sizeof(struct subscription) * (size_t)wish->topic_count;
    struct str token = exchange->request.token;
    size_t texts = token.len;

    for (int i = 0; i < wish->topic_count; i++)
        texts += wish->topics[i].len;
    struct stream *stream = calloc(1, sizeof *stream + subscriptions + texts);
    ASSERT(stream != NULL);
    char *text = (char *)stream + sizeof *stream + subscriptions;
    stream->magic = STREAM_MAGIC;
    stream->connection = exchange->connection;
    stream->merchant = exchange->ctx.merchant;
    stream->born_us = clock_monotonic_us();
    stream->topic_count = wish->topic_count;
    for (int i = 0; i < wish->topic_count; i++) {
        struct str topic = wish->topics[i];

        memcpy(text, topic.at, topic.len);
        stream->topics[i].stream = stream;
        stream->topics[i].topic = (struct str){text, topic.len};
        text += topic.len;
    }
    if (token.len > 0) memcpy(text, token.at, token.len);
    stream->proof = (struct stream_proof){
        .server = exchange->server,
        .route = exchange->request.route,
        .merchant = stream->merchant,
        .token = {text, token.len},
    };
    return stream;
}

struct stream *
streams_add(struct streams *streams, struct exchange *exchange, const struct http_stream_wish *wish)
{
    struct stream *stream = make_stream(exchange, wish);

    stream->streams = streams;
    pthread_mutex_lock(&streams->lock);
    if (streams->ending) {
        pthread_mutex_unlock(&streams->lock);
        free(stream);
        return NULL;
    }
    for (int i = 0; i < stream->topic_count; i++)
        subscribe(streams, &stream->topics[i]);
    struct stream **slot = &streams->slots[streams->slot_next];
    streams->slot_next = (streams->slot_next + 1) % streams->slot_count;
    stream->next = *slot;
    stream->link = slot;
    if (*slot != NULL) (*slot)->link = &stream->next;
    *slot = stream;
    streams->count++;
    pthread_mutex_unlock(&streams->lock);
    return stream;
}

bool
streams_watches(const struct stream *stream, struct str topic)
{
    for (int i = 0; i < stream->topic_count; i++) {
        if (str_is(stream->topics[i].topic, topic)) return true;
    }
    return false;
}

void
streams_put_first(struct stream *stream, int64_t seq_sent, const struct live_event *events,
                  int count)
{
    struct streams *streams = stream->streams;

    pthread_mutex_lock(&streams->lock);
    stream->seq_sent = seq_sent;
    ASSERT(stream->offset == 0); /* nothing was sent yet */
    for (int i = count - 1; i >= 0; i--) {
        struct backlog_item *item = make_item(make_event(&events[i]));

        item->next = stream->first;
        stream->first = item;
        if (stream->last == NULL) stream->last = item;
        stream->backlog++;
    }
    pthread_mutex_unlock(&streams->lock);
}

/* ---- sending: libmicrohttpd asks for bytes, on the connection's thread ---- */
static size_t
put(char *into, size_t room, const char *text)
{
    size_t len = strlen(text);

    ASSERT(len <= room);
    memcpy(into, text, len);
    return len;
}

/* Copies as much of the backlog as there is room for. */
static size_t
put_backlog(struct stream *stream, char *into, size_t room)
{
    size_t len = 0;

    while (stream->first != NULL && len < room) {
        const struct shared_event *event = stream->first->event;

        /* Read from the kept events already, and then published too. */
        if (stream->offset == 0 && event->seq <= stream->seq_sent) {
            drop_first(stream);
            continue;
        }
        size_t part = event->len - stream->offset;
        if (part > room - len) part = room - len;
        memcpy(into + len, event->text + stream->offset, part);
        len += part;
        stream->offset += part;
        if (stream->offset < event->len) break;
        stream->seq_sent = event->seq;
        drop_first(stream);
    }
    return len;
}

/* With each sign of life, whoever listens must still be allowed to. The database is asked, so the
 * lock is not held meanwhile. */
static bool
is_refuted(struct stream *stream)
{
    pthread_mutex_lock(&stream->streams->lock);
    bool is_due = stream->ping;
    pthread_mutex_unlock(&stream->streams->lock);
    return is_due && !stream_proof_holds(&stream->proof);
}

static ssize_t
read_stream(void *arg, uint64_t position, char *into, size_t room)
{
    struct stream *stream = arg;
    size_t len = 0;

    (void)position;
    ASSERT(stream->magic == STREAM_MAGIC);
    if (room < 32) return 0; /* the smallest buffer of libmicrohttpd is larger */
    if (is_refuted(stream)) return MHD_CONTENT_READER_END_OF_STREAM;
    pthread_mutex_lock(&stream->streams->lock);
    if (!stream->greeted) {
        char greeting[32];

        snprintf(greeting, sizeof greeting, "retry: %d\n\n", STREAM_RETRY_MS);
        len = put(into, room, greeting);
        stream->greeted = true;
    }
    len += put_backlog(stream, into + len, room - len);
    if (len == 0 && stream->ping) len = put(into, room, ": ping\n\n");
    stream->ping = false;
    bool ends = len == 0 && stream->ending;
    if (len == 0 && !ends) {
        stream->suspended = true;
        MHD_suspend_connection(stream->connection);
    }
    pthread_mutex_unlock(&stream->streams->lock);
    return ends ? MHD_CONTENT_READER_END_OF_STREAM : (ssize_t)len;
}

static void
free_stream(void *arg)
{
    struct stream *stream = arg;
    struct streams *streams = stream->streams;

    ASSERT(stream->magic == STREAM_MAGIC);
    pthread_mutex_lock(&streams->lock);
    remove_from_chains(stream);
    while (stream->first != NULL)
        drop_first(stream);
    streams->count--;
    pthread_mutex_unlock(&streams->lock);
    stream->magic = 0;
    free(stream);
}

void
streams_drop(struct stream *stream)
{
    free_stream(stream);
}

struct MHD_Response *
streams_respond(struct stream *stream)
{
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, RESPONSE_BLOCK_LEN, read_stream, stream, free_stream);

    if (response == NULL) free_stream(stream);
    return response;
}

/* ---- handing out: the thread of streams ---- */
static void
deliver(struct streams *streams, struct shared_event *event)
{
    unsigned chain = chain_of(event->merchant, event->topic);

    pthread_mutex_lock(&streams->lock);
    for (struct subscription *at = streams->table[chain]; at != NULL; at = at->next) {
        struct stream *stream = at->stream;

        if (stream->merchant.v != event->merchant.v || !str_is(at->topic, event->topic)) continue;
        if (stream->backlog >= STREAM_BACKLOG_MAX) {
            replace_backlog(stream, event->seq);
        } else {
            append(stream, event);
        }
        wake(stream);
    }
    let_go(event);
    pthread_mutex_unlock(&streams->lock);
}

static void
ping_slot(struct streams *streams)
{
    int64_t now_us = clock_monotonic_us();

    pthread_mutex_lock(&streams->lock);
    streams->slot_pinged = (streams->slot_pinged + 1) % streams->slot_count;
    for (struct stream *at = streams->slots[streams->slot_pinged]; at != NULL; at = at->next) {
        at->ping = true;
        at->ending |= now_us - at->born_us > STREAM_LIFE_S * CLOCK_SECOND_US;
        wake(at);
    }
    pthread_mutex_unlock(&streams->lock);
}

/* All that was published since; empty when a second went by, or when the end is near. */
static struct backlog_item *
await_inbox(struct streams *streams, int64_t until_us, bool *stopping)
{
    struct timespec until = {.tv_sec = until_us / CLOCK_SECOND_US,
                             .tv_nsec = until_us % CLOCK_SECOND_US * 1000};

    pthread_mutex_lock(&streams->inbox_lock);
    while (streams->inbox == NULL && !streams->stopping) {
        if (pthread_cond_timedwait(&streams->inbox_filled, &streams->inbox_lock, &until) != 0) {
            break;
        }
    }
    struct backlog_item *items = streams->inbox;
    streams->inbox = NULL;
    streams->inbox_end = &streams->inbox;
    *stopping = streams->stopping;
    pthread_mutex_unlock(&streams->inbox_lock);
    return items;
}

static void *
run_streams(void *arg)
{
    struct streams *streams = arg;
    int64_t ping_us = clock_monotonic_us() + CLOCK_SECOND_US;
    bool stopping = false;

    while (!stopping) {
        struct backlog_item *item = await_inbox(streams, ping_us, &stopping);

        while (item != NULL) {
            struct backlog_item *next = item->next;

            deliver(streams, item->event);
            free(item);
            item = next;
        }
        if (clock_monotonic_us() < ping_us) continue;
        ping_slot(streams);
        ping_us += CLOCK_SECOND_US;
    }
    return NULL;
}

void
streams_publish(struct streams *streams, const struct live_event *events, int count)
{
    if (streams->count == 0) return;
    pthread_mutex_lock(&streams->inbox_lock);
    for (int i = 0; i < count; i++) {
        struct backlog_item *item = make_item(make_event(&events[i]));

        *streams->inbox_end = item;
        streams->inbox_end = &item->next;
    }
    pthread_mutex_unlock(&streams->inbox_lock);
    pthread_cond_signal(&streams->inbox_filled);
}

/* ---- all of them ---- */
void
streams_restart(struct streams *streams)
{
    pthread_mutex_lock(&streams->lock);
    for (int i = 0; i < streams->slot_count; i++) {
        for (struct stream *at = streams->slots[i]; at != NULL; at = at->next) {
            at->ending = true;
            wake(at);
        }
    }
    pthread_mutex_unlock(&streams->lock);
}

void
streams_end(struct streams *streams)
{
    pthread_mutex_lock(&streams->lock);
    streams->ending = true;
    pthread_mutex_unlock(&streams->lock);
    streams_restart(streams);
}

int
streams_count(struct streams *streams)
{
    return streams->count;
}

enum err
streams_open(struct ctx *ctx, int keepalive_s, struct streams **streams)
{
    struct streams *made = calloc(1, sizeof *made);
    pthread_condattr_t attributes;

    ASSERT(made != NULL);
    ASSERT(keepalive_s > 0);
    made->slot_count = keepalive_s < SLOTS_MAX ? keepalive_s : SLOTS_MAX;
    made->inbox_end = &made->inbox;
    pthread_mutex_init(&made->lock, NULL);
    pthread_mutex_init(&made->inbox_lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&made->inbox_filled, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&made->thread, NULL, run_streams, made) != 0) {
        free(made);
        return fail(ctx, ERR_BUSY, "no thread for streams");
    }
    *streams = made;
    return OK;
}

void
streams_close(struct streams *streams)
{
    pthread_mutex_lock(&streams->inbox_lock);
    streams->stopping = true;
    pthread_mutex_unlock(&streams->inbox_lock);
    pthread_cond_signal(&streams->inbox_filled);
    pthread_join(streams->thread, NULL);
    /* Waits for the last stream to let go of the lock that is destroyed here. */
    pthread_mutex_lock(&streams->lock);
    ASSERT(streams->count == 0);
    pthread_mutex_unlock(&streams->lock);
    pthread_cond_destroy(&streams->inbox_filled);
    pthread_mutex_destroy(&streams->inbox_lock);
    pthread_mutex_destroy(&streams->lock);
    free(streams);
}
