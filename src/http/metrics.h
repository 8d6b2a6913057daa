/*
 * metrics — counters of what the server answered, as Prometheus text.
 *
 * Counted by route pattern, never by path, so that no id becomes a label. Any thread may count.
 */
#pragma once
#include "http/http.h"
#include <stdatomic.h>

/* Beside the routes of the table: the web's files, and what met no route. */
enum { METRICS_FILES = HTTP_ROUTES_MAX, METRICS_NOWHERE, METRICS_ROWS };
enum { METRICS_STATUSES = 16, METRICS_BUCKETS = 12 };

struct metrics {
    atomic_llong requests[METRICS_ROWS][METRICS_STATUSES];
    /* By lane: how many took at most so long; the last bucket has no limit. */
    atomic_llong took[REPORT + 1][METRICS_BUCKETS];
    atomic_llong took_us_total[REPORT + 1];
};

/* row: the route's place in the table, or one of METRICS_… */
void metrics_count(struct metrics *metrics, int row, int status);
void metrics_time(struct metrics *metrics, enum http_lane lane, int64_t took_us);

struct metrics_gauge {
    const char *name, *type, *help;
    int64_t value;
};
struct str metrics_text(struct metrics *metrics, struct arena *arena, const struct route *routes,
                        int route_count, const struct metrics_gauge *gauges, int gauge_count);
