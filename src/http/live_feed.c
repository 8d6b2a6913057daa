/* live_feed — see live_feed.h. */
#include "http/live_feed.h"
#include "base/log.h"
#include "db/db_listen.h"
#include "http/live_store.h"
#include <stdlib.h>
#include <unistd.h>

enum { WAIT_MS = 200, RETRY_MS = 1000, EVENTS_MAX = 512, FEED_ARENA_MAX = 16 << 20 };

struct live_feed {
    const char *db_url;
    struct streams *streams;
    struct arena arena;
    struct ctx ctx;
    struct reader reader;
    struct db_listen *listen; /* NULL while the connection is lost */
    atomic_bool stopping;
    pthread_t thread;
};

static enum err
publish(struct live_feed *feed, const struct db_notice *notice)
{
    struct live_page page = {.after = notice->first - 1, .until = notice->last, .max = EVENTS_MAX};
    struct live_event *events;
    int count = 0;

    if (streams_count(feed->streams) == 0) return OK;
    do {
        TRY(reader_begin(&feed->reader, &feed->ctx));
        enum err err = live_store_list(&feed->ctx, notice->merchant, &page, &events, &count);
        reader_end(&feed->reader, &feed->ctx);
        TRY(err);
        streams_publish(feed->streams, events, count);
        if (count > 0) page.after = events[count - 1].seq;
    } while (count == EVENTS_MAX);
    return OK;
}

static enum err
take_notices(struct live_feed *feed)
{
    struct db_notice notice;
    bool got = true;

    while (got && !feed->stopping) {
        TRY(db_listen_wait(&feed->ctx, feed->listen, WAIT_MS, &notice, &got));
        if (got) TRY(publish(feed, &notice));
        arena_reset(&feed->arena);
    }
    return OK;
}

/* What was committed meanwhile was told to nobody here: the streams come back and read it. */
static void
listen_again(struct live_feed *feed)
{
    usleep(RETRY_MS * 1000);
    if (db_listen_open(&feed->ctx, feed->db_url, &feed->listen) == OK) {
        LOG(LOG_INFO, "listening_again", LOG_TEXT("to", "live events"));
        streams_restart(feed->streams);
    }
    arena_reset(&feed->arena);
}

static void *
run_feed(void *arg)
{
    struct live_feed *feed = arg;

    while (!feed->stopping) {
        if (feed->listen == NULL) {
            listen_again(feed);
        } else if (take_notices(feed) != OK) {
            LOG(LOG_WARN, "not_listening", LOG_TEXT("detail", feed->ctx.detail));
            db_listen_close(feed->listen);
            feed->listen = NULL;
        }
    }
    return NULL;
}

static void
free_feed(struct live_feed *feed)
{
    if (feed->listen != NULL) db_listen_close(feed->listen);
    reader_close(&feed->reader);
    arena_close(&feed->arena);
    free(feed);
}

enum err
live_feed_open(struct ctx *ctx, const char *db_url, struct streams *streams,
               struct live_feed **feed)
{
    *feed = NULL;
    if (!str_starts(str_of(db_url), STR("postgres"))) return OK;

    struct live_feed *made = calloc(1, sizeof *made);
    ASSERT(made != NULL);
    made->db_url = db_url;
    made->streams = streams;
    made->reader.db_url = db_url;
    arena_open(&made->arena, FEED_ARENA_MAX);
    made->ctx = (struct ctx){.arena = &made->arena, .ids = ctx->ids, .settings = ctx->settings};
    enum err err = db_listen_open(ctx, db_url, &made->listen);
    if (err == OK && pthread_create(&made->thread, NULL, run_feed, made) != 0) {
        err = fail(ctx, ERR_BUSY, "no thread for live events");
    }
    if (err != OK) {
        free_feed(made);
        return err;
    }
    *feed = made;
    return OK;
}

void
live_feed_close(struct live_feed *feed)
{
    feed->stopping = true;
    pthread_join(feed->thread, NULL);
    free_feed(feed);
}
