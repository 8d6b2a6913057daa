/* stream_start — a stream's beginning: what its client missed, then live. See streams.h. */
#include "db/write_store.h"
#include "http/headers.h"
#include "http/live_store.h"
#include "http/streams.h"
#include <limits.h>
#include <stdlib.h>

enum { PAGE_LEN = 128, PAGES_MAX = 32 };

/* What a stream that comes back is sent first. */
struct catch_up {
    struct live_event events[STREAM_CATCH_UP_MAX];
    int count;
    int64_t seq_sent; /* before these */
    bool resync;      /* too much is missing, or it is not known what */
};

void
http_stream(struct http_reply *reply, struct ctx *ctx, const struct http_stream_wish *wish)
{
    struct http_stream_wish *copy = ARENA_NEW(ctx->arena, struct http_stream_wish);

    ASSERT(wish->topic_count > 0);
    ASSERT(wish->topic_count <= HTTP_TOPICS_MAX);
    *copy = *wish;
    for (int i = 0; i < wish->topic_count; i++) {
        ASSERT(wish->topics[i].len <= HTTP_TOPIC_LEN_MAX);
        copy->topics[i] = str_copy(ctx->arena, wish->topics[i]);
    }
    reply->stream = copy;
}

/* What a browser sends when it comes back by itself. Not a number: as if it were not there. */
static void
read_last_event_id(const struct exchange *exchange, int64_t *after)
{
    struct str text = http_header(&exchange->request, "Last-Event-ID");
    char *end;

    if (text.len == 0 || text.len > 18) return;
    long long value = strtoll(text.at, &end, 10);
    if (end == text.at + text.len && value >= 0) *after = value;
}

/* Takes the events of a page that the stream watches. */
static void
take_page(struct catch_up *catch_up, const struct stream *stream, const struct live_event *events,
          int count)
{
    for (int i = 0; i < count && !catch_up->resync; i++) {
        bool is_mark = events[i].topic.len == 0; /* events before it were pruned */
        bool is_full = catch_up->count == STREAM_CATCH_UP_MAX;

        catch_up->resync = is_mark;
        if (is_mark || !streams_watches(stream, events[i].topic)) continue;
        catch_up->resync = is_full;
        if (!is_full) catch_up->events[catch_up->count++] = events[i];
    }
}

static enum err
read_kept(struct ctx *ctx, const struct stream *stream, int64_t after, struct catch_up *catch_up)
{
    struct live_page page = {.after = after, .until = INT64_MAX, .max = PAGE_LEN};
    struct live_event *events;
    int64_t seq = 0;
    int count = PAGE_LEN;

    catch_up->seq_sent = after;
    TRY(write_store_find_seq(ctx, ctx->merchant, &seq));
    /* A client may know more than we do: the database was restored from a backup. */
    catch_up->resync = after > seq;
    for (int i = 0; i < PAGES_MAX && count == PAGE_LEN && !catch_up->resync; i++) {
        TRY(live_store_list(ctx, ctx->merchant, &page, &events, &count));
        take_page(catch_up, stream, events, count);
        if (count > 0) page.after = events[count - 1].seq;
    }
    if (count == PAGE_LEN) catch_up->resync = true;
    if (!catch_up->resync) return OK;
    catch_up->events[0] = (struct live_event){.seq = seq, .name = STR("resync"), .body = STR("{}")};
    catch_up->count = 1;
    catch_up->seq_sent = seq - 1;
    return OK;
}

static enum err
catch_up(struct exchange *exchange, struct stream *stream, int64_t after)
{
    struct reader *reader = &exchange->thread->reader;
    struct catch_up *catch_up = ARENA_NEW(&exchange->arena, struct catch_up);
    struct ctx *ctx = &exchange->ctx;

    /* A fresh snapshot: the handler's was taken before the stream was registered. */
    TRY(reader_begin(reader, ctx));
    enum err err = read_kept(ctx, stream, after, catch_up);
    reader_end(reader, ctx);
    if (err == OK) {
        streams_put_first(stream, catch_up->seq_sent, catch_up->events, catch_up->count);
    }
    return err;
}

static enum MHD_Result
refuse(struct exchange *exchange, enum err err)
{
    exchange->result = err;
    return exchange_send(exchange);
}

enum MHD_Result
streams_start(struct exchange *exchange)
{
    const struct http_stream_wish *wish = exchange->reply.stream;
    int64_t after;

    ASSERT(wish != NULL);
    after = wish->after;
    read_last_event_id(exchange, &after);
    struct stream *stream = streams_add(exchange->server->streams, exchange, wish);
    if (stream == NULL) return refuse(exchange, ERR_STOPPING);
    enum err err = after >= 0 ? catch_up(exchange, stream, after) : OK;
    if (err != OK) {
        streams_drop(stream);
        return refuse(exchange, err);
    }

    struct MHD_Response *response = streams_respond(stream);
    if (response == NULL) return MHD_NO;
    headers_put(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream; charset=utf-8");
    headers_put(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
    headers_put(response, "X-Accel-Buffering", "no");
    headers_put(response, "X-Content-Type-Options", "nosniff");
    exchange->status = MHD_HTTP_OK;
    exchange->state = EXCHANGE_SENT;
    enum MHD_Result queued = MHD_queue_response(exchange->connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return queued;
}
