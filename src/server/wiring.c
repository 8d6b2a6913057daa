/* wiring — see wiring.h. */
#include "server/wiring.h"
#include "api/handlers.h"
#include "api/witness.h"
#include "base/log.h"
#include "base/settings.h"
#include "db/db.h"
#include "db/migrate.h"
#include "jobs/erasure_file.h"
#include "jobs/jobs.h"
#include <stdatomic.h>
#include <stdlib.h>

struct wiring {
    struct write_lane *lane;
    struct jobs *jobs;
    /* The lane is there first, and tells its events to whoever is there. */
    _Atomic(struct http_server *) http;
};

static void
publish(void *arg, const struct live_event *events, int count)
{
    struct wiring *wiring = arg;
    struct http_server *http = wiring->http;

    if (http != NULL) http_publish(http, events, count);
}

/* The database knows all that the journal's file had. */
static enum err
file_erasures_anew(struct ctx *ctx, void *arg)
{
    (void)arg;
    return erasure_file_anew(ctx);
}

static enum err
bring_schema_up_to_date(struct ctx *ctx)
{
    int ran = 0;

    TRY(db_open(ctx, ctx->settings->db, DB_READ_WRITE, &ctx->db));
    enum err err = migrate_run(ctx, &ran);
    if (err == OK && !erasure_file_exists(ctx->settings->erasure_file)) {
        err = db_tx(ctx, file_erasures_anew, NULL);
    }
    db_close(ctx->db);
    ctx->db = NULL;
    if (err == OK && ran > 0) LOG(LOG_INFO, "migrated", LOG_INT("migrations", ran));
    return err;
}

static enum err
open_http(struct ctx *ctx, struct wiring *wiring)
{
    const struct settings *settings = ctx->settings;
    const struct http_options options = {
        .listen = settings->listen,
        .db_url = settings->db,
        .routes = api_routes,
        .route_count = api_route_count,
        .authenticate = api_authenticate,
        .witness = {.write = api_witness, .has_written = api_witness_has},
        .lane = wiring->lane,
        .ids = ctx->ids,
        .settings = settings,
        .threads = (int)settings->threads,
        .report_threads = (int)settings->report_threads,
        .connections_max = (int)settings->connections_max,
        .stream_keepalive_s = (int)settings->stream_keepalive_s,
        .behind_proxy = settings->behind_proxy != 0,
    };
    struct http_server *http = NULL;

    TRY(http_open(ctx, &options, &http));
    wiring->http = http;
    return OK;
}

static enum err
open_all(struct ctx *ctx, struct wiring *wiring)
{
    const struct write_lane_options lane = {
        .db_url = ctx->settings->db,
        .queue_max = (int)ctx->settings->queue_max,
        .batch_max = (int)ctx->settings->batch_max,
        .listener = publish,
        .listener_self = wiring,
    };

    TRY(bring_schema_up_to_date(ctx));
    TRY(write_lane_open(ctx, &lane, &wiring->lane));
    TRY(open_http(ctx, wiring));
    return jobs_open(ctx, wiring->lane, &wiring->jobs);
}

enum err
wiring_open(struct ctx *ctx, struct wiring **wiring)
{
    struct wiring *made = calloc(1, sizeof *made);

    ASSERT(made != NULL);
    enum err err = open_all(ctx, made);
    if (err != OK) {
        wiring_close(made);
        return err;
    }
    *wiring = made;
    return OK;
}

int
wiring_port(const struct wiring *wiring)
{
    return http_port(wiring->http);
}

void
wiring_close(struct wiring *wiring)
{
    struct http_server *http = wiring->http;

    if (wiring->jobs != NULL) jobs_close(wiring->jobs);
    if (http != NULL) http_stop(http);
    if (wiring->lane != NULL) write_lane_close(wiring->lane);
    if (http != NULL) http_close(http);
    free(wiring);
}
