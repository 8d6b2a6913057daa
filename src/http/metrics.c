/* metrics — see metrics.h. */
#include "http/metrics.h"
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

/* What we answer with; anything else is counted as 0. */
static const int statuses[METRICS_STATUSES] = {0,   200, 201, 301, 304, 400, 401, 403,
                                               404, 405, 409, 413, 429, 500, 503, 204};
static const int64_t bucket_us[METRICS_BUCKETS] = {
    500, 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000, INT64_MAX};
static const char *const lane_names[] = {[READ] = "read", [WRITE] = "write", [REPORT] = "report"};
static const char *const method_names[] = {
    [GET] = "GET", [POST] = "POST", [PUT] = "PUT", [DELETE_] = "DELETE"};

void
metrics_count(struct metrics *metrics, int row, int status)
{
    int column = METRICS_STATUSES - 1;

    ASSERT(row >= 0);
    ASSERT(row < METRICS_ROWS);
    while (column > 0 && statuses[column] != status)
        column--;
    atomic_fetch_add_explicit(&metrics->requests[row][column], 1, memory_order_relaxed);
}

void
metrics_time(struct metrics *metrics, enum http_lane lane, int64_t took_us)
{
    int bucket = 0;

    while (took_us > bucket_us[bucket])
        bucket++;
    atomic_fetch_add_explicit(&metrics->took[lane][bucket], 1, memory_order_relaxed);
    atomic_fetch_add_explicit(&metrics->took_us_total[lane], took_us, memory_order_relaxed);
}

/* ---- the text ---- */
struct text {
    struct arena *arena;
    char *at;
    size_t len, room;
};

static void PRINTF_LIKE(2, 3) put(struct text *text, const char *format, ...)
{
    char line[512];
    va_list args;

    va_start(args, format);
    int len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    ASSERT(len >= 0);
    ASSERT((size_t)len < sizeof line);
    if (text->room - text->len < (size_t)len) {
        char *bigger = arena_alloc(text->arena, 2 * text->room);
        memcpy(bigger, text->at, text->len);
        text->at = bigger;
        text->room *= 2;
    }
    memcpy(text->at + text->len, line, (size_t)len);
    text->len += (size_t)len;
}

static void
put_row(struct text *text, struct metrics *metrics, int row, const char *method, const char *path)
{
    for (int i = 0; i < METRICS_STATUSES; i++) {
        long long count = atomic_load_explicit(&metrics->requests[row][i], memory_order_relaxed);

        if (count == 0) continue;
        put(text, "habitue_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %lld\n", method,
            path, statuses[i], count);
    }
}

static void
put_times(struct text *text, struct metrics *metrics, enum http_lane lane)
{
    const char *name = lane_names[lane];
    long long sum = 0;

    for (int i = 0; i < METRICS_BUCKETS; i++) {
        sum += atomic_load_explicit(&metrics->took[lane][i], memory_order_relaxed);
        if (i == METRICS_BUCKETS - 1) {
            put(text, "habitue_request_seconds_bucket{lane=\"%s\",le=\"+Inf\"} %lld\n", name, sum);
        } else {
            put(text,
                "habitue_request_seconds_bucket{lane=\"%s\",le=\"%" PRId64 ".%04" PRId64
                "\"} %lld\n",
                name, bucket_us[i] / 1000000, bucket_us[i] % 1000000 / 100, sum);
        }
    }
    long long total_us = atomic_load_explicit(&metrics->took_us_total[lane], memory_order_relaxed);
    put(text, "habitue_request_seconds_sum{lane=\"%s\"} %lld.%06lld\n", name, total_us / 1000000,
        total_us % 1000000);
    put(text, "habitue_request_seconds_count{lane=\"%s\"} %lld\n", name, sum);
}

struct str
metrics_text(struct metrics *metrics, struct arena *arena, const struct route *routes,
             int route_count, const struct metrics_gauge *gauges, int gauge_count)
{
    struct text text = {.arena = arena, .room = 8192};

    text.at = arena_alloc(arena, text.room);
    put(&text, "# HELP habitue_requests_total Requests answered.\n"
               "# TYPE habitue_requests_total counter\n");
    for (int i = 0; i < route_count; i++) {
        put_row(&text, metrics, i, method_names[routes[i].method], routes[i].path);
    }
    put_row(&text, metrics, METRICS_FILES, "GET", "(file)");
    put_row(&text, metrics, METRICS_NOWHERE, "", "(none)");
    put(&text, "# HELP habitue_request_seconds From the whole request to its reply, by lane.\n"
               "# TYPE habitue_request_seconds histogram\n");
    for (enum http_lane lane = READ; lane <= REPORT; lane++)
        put_times(&text, metrics, lane);
    for (int i = 0; i < gauge_count; i++) {
        put(&text, "# HELP %s %s\n# TYPE %s %s\n%s %" PRId64 "\n", gauges[i].name, gauges[i].help,
            gauges[i].name, gauges[i].type, gauges[i].name, gauges[i].value);
    }
    return (struct str){text.at, text.len};
}
