/* streams_test — server-sent events: nothing lost, nothing doubled. See streams.h. */
#include "db/db.h"
#include "http/streams.h"
#include "support/served.h"
#include "support/test.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- the routes of the test ---- */
struct stream_ask {
    struct str topic;
    int64_t after;
};

static enum err
parse_stream(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct stream_ask *ask = into;
    struct str after = http_query(ctx, req, "after");

    ask->topic = http_query(ctx, req, "topic");
    ask->after = after.len > 0 ? strtoll(str_z(ctx->arena, after), NULL, 10) : -1;
    return OK;
}

static enum err
run_stream(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct stream_ask *ask = parsed;
    const struct http_stream_wish wish = {
        .topics = {ask->topic, STR("all")}, .topic_count = 2, .after = ask->after};

    http_stream(reply, ctx, &wish);
    return OK;
}

static const struct route routes[] = {
    {READ, GET, "/stream", AUTH_REQUIRED, 0, sizeof(struct stream_ask), parse_stream,
     .run = run_stream, .stream = true},
};

static _Atomic int64_t merchant; /* read by the server's threads */
static atomic_bool is_removed;   /* the token "removed" */

static enum err
authenticate(struct ctx *ctx, struct http_auth *auth)
{
    if (is_removed && str_is(auth->token, STR("removed"))) {
        return fail(ctx, ERR_UNAUTHENTICATED, "removed");
    }
    ctx->merchant.v = str_is(auth->token, STR("other")) ? 999 : merchant;
    ctx->actor = (struct actor){.kind = ACTOR_KEY, .id = 1};
    return OK;
}

static struct served *
start(void)
{
    const struct served_options options = {
        .routes = routes, .route_count = 1, .authenticate = authenticate};
    struct served *served = served_open(&options);

    merchant = served->w.ctx.merchant.v;
    return served;
}

/* ---- putting events ---- */
struct emission {
    const char *topic;
    int first, count; /* events are named "e<number>" */
    int padding;      /* bytes more in each body */
};

static enum err
emit_all(struct ctx *ctx, void *arg)
{
    const struct emission *emission = arg;
    char *padding = arena_alloc(ctx->arena, (size_t)emission->padding + 1);

    memset(padding, '1', (size_t)emission->padding);
    for (int i = 0; i < emission->count; i++) {
        struct str name = str_format(ctx->arena, "e%d", emission->first + i);
        struct str body = str_format(ctx->arena, "{\"n\":%d%s%s}", emission->first + i,
                                     emission->padding > 0 ? ",\"pad\":" : "", padding);
        TRY(write_live_event(ctx, str_of(emission->topic), name, body));
    }
    return OK;
}

static void
emit(struct served *served, const char *topic, int first, int count)
{
    struct emission emission = {topic, first, count, 0};

    EXPECT_OK(write_lane_run(served->lane, &served->w.ctx, emit_all, &emission));
}

/* ---- listening ---- */
struct listener {
    int fd;
    struct chunked seen;
};

static struct listener *
listen_to(struct served *served, const char *query, const char *headers)
{
    struct listener *listener = calloc(1, sizeof *listener);
    char request[512];

    listener->fd = served_connect(served);
    snprintf(request, sizeof request,
             "GET /stream?%s HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer me\r\n%s\r\n", query,
             headers);
    served_send(listener->fd, request);
    EXPECT_TRUE(served_await(listener->fd, "retry: 3000\n\n", &listener->seen));
    return listener;
}

static bool
hears(struct listener *listener, const char *text)
{
    return served_await(listener->fd, text, &listener->seen);
}

static bool
has(const struct listener *listener, const char *text)
{
    return strstr(listener->seen.text, text) != NULL;
}

/* Whether the stream ends before five more signs of life. */
static bool
ends(struct listener *listener)
{
    char part[256];
    ssize_t got = 1;

    for (int i = 0; i < 5 && got > 0; i++)
        got = read(listener->fd, part, sizeof part);
    return got == 0;
}

static void
hang_up(struct listener *listener)
{
    close(listener->fd);
    free(listener);
}

/* Events seen, in order: each id must be larger than the last. -1: out of order or doubled. */
static int
count_in_order(const char *seen)
{
    int64_t last = -1;
    int count = 0;

    for (const char *at = seen; (at = strstr(at, "id: ")) != NULL; at += 4) {
        int64_t id = strtoll(at + 4, NULL, 10);
        if (id <= last) return -1;
        last = id;
        count++;
    }
    return count;
}

/* ---- the promises ---- */
TEST(an_event_reaches_those_who_watch_its_topic)
{
    struct served *served = start();
    struct listener *one = listen_to(served, "topic=one", "");
    struct listener *two = listen_to(served, "topic=two", "");

    EXPECT_TRUE(strstr(one->seen.head, "HTTP/1.1 200") == one->seen.head);
    EXPECT_TRUE(strstr(one->seen.head, "Content-Type: text/event-stream; charset=utf-8") != NULL);
    emit(served, "one", 1, 1);
    emit(served, "all", 2, 1);
    EXPECT_TRUE(hears(one, "id: 2\nevent: e2\ndata: {\"n\":2}\n\n"));
    EXPECT_TRUE(has(one, "id: 1\nevent: e1\ndata: {\"n\":1}\n\n"));
    EXPECT_TRUE(hears(two, "event: e2\n"));
    EXPECT_TRUE(!has(two, "event: e1\n"));
    hang_up(one);
    hang_up(two);
    served_close(served);
}

TEST(another_merchants_events_are_not_heard)
{
    struct served *served = start();
    struct listener *other = calloc(1, sizeof *other);

    other->fd = served_connect(served);
    served_send(other->fd, "GET /stream?topic=one HTTP/1.1\r\nHost: t\r\n"
                           "Authorization: Bearer other\r\n\r\n");
    EXPECT_TRUE(hears(other, "retry: 3000"));
    emit(served, "one", 1, 1);
    EXPECT_TRUE(hears(other, ": ping\n\n")); /* a second later */
    EXPECT_TRUE(!has(other, "event: e1"));
    hang_up(other);
    served_close(served);
}

TEST(an_idle_stream_shows_a_sign_of_life)
{
    struct served *served = start();
    struct listener *one = listen_to(served, "topic=one", "");

    EXPECT_TRUE(hears(one, ": ping\n\n"));
    hang_up(one);
    served_close(served);
}

TEST(a_stream_ends_with_the_credential_that_began_it)
{
    struct served *served = start();
    struct listener *stays = listen_to(served, "topic=one", "");
    struct listener *goes = calloc(1, sizeof *goes);

    is_removed = false;
    goes->fd = served_connect(served);
    served_send(goes->fd, "GET /stream?topic=one HTTP/1.1\r\nHost: t\r\n"
                          "Authorization: Bearer removed\r\n\r\n");
    EXPECT_TRUE(hears(goes, ": ping\n\n"));
    is_removed = true;
    EXPECT_TRUE(ends(goes));
    emit(served, "one", 1, 1);
    EXPECT_TRUE(hears(stays, "event: e1\n"));
    hang_up(stays);
    hang_up(goes);
    served_close(served);
}

TEST(a_stream_that_comes_back_gets_what_it_missed_once)
{
    struct served *served = start();

    emit(served, "one", 1, 5);
    emit(served, "two", 6, 5);
    emit(served, "all", 11, 2);
    struct listener *one = listen_to(served, "topic=one", "Last-Event-ID: 3\r\n");
    emit(served, "one", 13, 1);
    EXPECT_TRUE(hears(one, "event: e13\n"));
    EXPECT_TRUE(!has(one, "event: e3\n"));
    EXPECT_TRUE(!has(one, "event: e6\n"));
    EXPECT_INT(5, count_in_order(one->seen.text)); /* 4 5 11 12 13 */
    hang_up(one);
    one = listen_to(served, "topic=one&after=4", "");
    EXPECT_TRUE(hears(one, "event: e13\n"));
    EXPECT_INT(4, count_in_order(one->seen.text));
    hang_up(one);
    /* The browser's header is newer than the address of its page. */
    one = listen_to(served, "topic=one&after=0", "Last-Event-ID: 12\r\n");
    EXPECT_TRUE(hears(one, "event: e13\n"));
    EXPECT_INT(1, count_in_order(one->seen.text));
    hang_up(one);
    served_close(served);
}

DB_SQL(prune, "DELETE FROM live_event WHERE merchant_id = $1 AND seq < 4");
DB_SQL(mark, "UPDATE live_event SET topic = '', name = '', body = ''"
             " WHERE merchant_id = $1 AND seq = 4");

static enum err
prune_some(struct ctx *ctx, void *arg)
{
    (void)arg;
    TRY(db_exec(ctx, &prune, DB_BIND(db_int(ctx->merchant.v))));
    return db_exec(ctx, &mark, DB_BIND(db_int(ctx->merchant.v)));
}

TEST(a_stream_that_was_away_too_long_is_told_to_reload)
{
    struct served *served = start();

    emit(served, "one", 1, 6);
    EXPECT_OK(write_lane_run(served->lane, &served->w.ctx, prune_some, NULL));
    struct listener *one = listen_to(served, "topic=one&after=3", "");
    EXPECT_TRUE(hears(one, "id: 6\nevent: resync\ndata: {}\n\n"));
    emit(served, "one", 7, 1);
    EXPECT_TRUE(hears(one, "event: e7\n"));
    EXPECT_INT(2, count_in_order(one->seen.text));
    hang_up(one);
    one = listen_to(served, "topic=one&after=4", ""); /* all that followed is kept */
    EXPECT_TRUE(hears(one, "event: e7\n"));
    EXPECT_INT(3, count_in_order(one->seen.text));
    hang_up(one);
    served_close(served);
}

TEST(a_stream_that_knows_the_future_is_told_to_reload)
{
    struct served *served = start();

    emit(served, "one", 1, 2); /* a backup from before the client's last event was restored */
    struct listener *one = listen_to(served, "topic=one&after=500", "");
    EXPECT_TRUE(hears(one, "id: 2\nevent: resync\n"));
    emit(served, "one", 3, 1);
    EXPECT_TRUE(hears(one, "id: 3\nevent: e3\n"));
    hang_up(one);
    served_close(served);
}

TEST(a_stream_that_missed_very_much_is_told_to_reload)
{
    struct served *served = start();

    emit(served, "one", 1, STREAM_CATCH_UP_MAX + 1);
    struct listener *one = listen_to(served, "topic=one&after=0", "");
    EXPECT_TRUE(hears(one, "event: resync\n"));
    EXPECT_INT(1, count_in_order(one->seen.text));
    hang_up(one);
    one = listen_to(served, "topic=one&after=1", "");
    EXPECT_TRUE(hears(one, "event: e257\n"));
    EXPECT_INT(STREAM_CATCH_UP_MAX, count_in_order(one->seen.text));
    hang_up(one);
    served_close(served);
}

TEST(a_slow_stream_is_told_to_reload_and_the_others_go_on)
{
    struct served *served = start();
    struct listener *slow = listen_to(served, "topic=one", "");
    struct listener *fast = listen_to(served, "topic=one", "");
    char last[64];
    int sent = 0;

    /* More than sockets hold, while one of the two reads nothing. */
    for (int round = 0; round < 100; round++) {
        struct emission emission = {"one", sent + 1, 100, 1000};

        EXPECT_OK(write_lane_run(served->lane, &served->w.ctx, emit_all, &emission));
        arena_reset(served->w.ctx.arena);
        sent += 100;
        snprintf(last, sizeof last, "event: e%d\n", sent);
        EXPECT_TRUE(hears(fast, last));
    }
    EXPECT_TRUE(hears(slow, "event: resync"));
    emit(served, "one", ++sent, 1);
    snprintf(last, sizeof last, "event: e%d\n", sent);
    EXPECT_TRUE(hears(slow, last));
    hang_up(slow);
    hang_up(fast);
    served_close(served);
}

static void *
emit_many(void *arg)
{
    struct served *served = arg;
    struct ctx ctx = served->w.ctx;
    struct arena arena;

    arena_open(&arena, ARENA_REQUEST_MAX);
    ctx.arena = &arena;
    for (int i = 0; i < 200; i++) {
        struct emission emission = {"one", i + 1, 1, 0};
        ASSERT(write_lane_run(served->lane, &ctx, emit_all, &emission) == OK);
        arena_reset(&arena);
    }
    arena_close(&arena);
    return NULL;
}

TEST(nothing_is_lost_or_doubled_between_what_is_kept_and_what_is_live)
{
    struct served *served = start();
    struct listener *all[20];
    pthread_t writer;

    /* Streams that begin at any moment while events are committed. */
    pthread_create(&writer, NULL, emit_many, served);
    for (int i = 0; i < 20; i++) {
        all[i] = listen_to(served, "topic=one&after=0", "");
        usleep(2000);
    }
    pthread_join(writer, NULL);
    for (int i = 0; i < 20; i++) {
        EXPECT_TRUE(hears(all[i], "event: e200\n"));
        EXPECT_INT(200, count_in_order(all[i]->seen.text));
        hang_up(all[i]);
    }
    served_close(served);
}

TEST(another_nodes_events_are_heard)
{
    struct served *served = start();
    struct world *w = &served->w;
    struct listener *one = listen_to(served, "topic=one", "");
    const struct write_lane_options options = {.db_url = w->url, .queue_max = 10};
    struct emission first = {"one", 1, 3, 0};
    struct write_lane *other;

    /* Only PostgreSQL has more than one server. Here they take turns: one order, whoever writes. */
    if (db_engine_of(w->ctx.db) == DB_POSTGRES) {
        EXPECT_OK(write_lane_open(&w->ctx, &options, &other));
        EXPECT_OK(write_lane_run(other, &w->ctx, emit_all, &first));
        emit(served, "one", 4, 1);
        struct emission second = {"one", 5, 1, 0};
        EXPECT_OK(write_lane_run(other, &w->ctx, emit_all, &second));
        EXPECT_TRUE(hears(one, "event: e5\n"));
        EXPECT_INT(5, count_in_order(one->seen.text));
        write_lane_close(other);
    }
    hang_up(one);
    served_close(served);
}

TEST(closing_ends_streams)
{
    struct served *served = start();
    struct listener *one = listen_to(served, "topic=one", "");
    char byte;

    http_stop(served->http);
    while (read(one->fd, &byte, 1) > 0) {
    }
    EXPECT_INT(0, read(one->fd, &byte, 1));
    hang_up(one);
    served_close(served);
}

TEST(a_client_that_leaves_is_forgotten)
{
    struct served *served = start();
    struct listener *one = listen_to(served, "topic=one", "");
    struct str text;

    hang_up(one);
    for (int i = 0; i < 400; i++) {
        text = http_metrics(served->http, served->w.ctx.arena);
        if (strstr(str_z(served->w.ctx.arena, text), "habitue_streams 0\n")) break;
        usleep(10000);
    }
    EXPECT_TRUE(strstr(str_z(served->w.ctx.arena, text), "habitue_streams 0\n") != NULL);
    served_close(served);
}

TESTS(RUN(an_event_reaches_those_who_watch_its_topic), RUN(another_merchants_events_are_not_heard),
      RUN(an_idle_stream_shows_a_sign_of_life),
      RUN(a_stream_ends_with_the_credential_that_began_it),
      RUN(a_stream_that_comes_back_gets_what_it_missed_once),
      RUN(a_stream_that_was_away_too_long_is_told_to_reload),
      RUN(a_stream_that_knows_the_future_is_told_to_reload),
      RUN(a_stream_that_missed_very_much_is_told_to_reload),
      RUN(a_slow_stream_is_told_to_reload_and_the_others_go_on),
      RUN(nothing_is_lost_or_doubled_between_what_is_kept_and_what_is_live),
      RUN(another_nodes_events_are_heard), RUN(closing_ends_streams),
      RUN(a_client_that_leaves_is_forgotten))
