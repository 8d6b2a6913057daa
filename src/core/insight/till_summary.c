/* till_summary — see till_summary.h. */
#include "core/insight/till_summary.h"
#include "base/list.h"
#include "base/zone.h"
#include "core/insight/till_summary_store.h"
#include <stdlib.h>

/* Clocks change by a quarter of an hour or more everywhere, and a day is at most 25 hours. */
#define QUARTER_US (15 * INT64_C(60000000))
#define HOUR_US    (4 * QUARTER_US)
enum { QUARTERS_MAX = 104 };

struct counting {
    struct ctx *ctx;
    struct till_summary *summary;
    int hour_of[QUARTERS_MAX]; /* of each quarter of an hour since the day began, its hour there */
};

static void
add_to(struct till_sum *sum, const struct till_sale *sale)
{
    sum->baskets++;
    sum->total_minor += sale->total_minor;
}

static void
add_to_server(struct counting *counting, const struct till_sale *sale)
{
    struct till_summary *summary = counting->summary;
    struct till_server fresh = {.id = sale->team_member};

    for (int i = 0; i < summary->server_count; i++) {
        if (summary->servers[i].id.v != sale->team_member.v) continue;
        add_to(&summary->servers[i].sum, sale);
        return;
    }
    add_to(&fresh.sum, sale);
    LIST_ADD(counting->ctx->arena, summary->servers, summary->server_count, fresh);
}

static void
add_sale(void *self, const struct till_sale *sale)
{
    struct counting *counting = self;
    struct till_summary *summary = counting->summary;

    if (sale->is_void) {
        add_to(&summary->voids, sale);
        return;
    }
    int64_t quarter = (sale->closed_us - summary->from_us) / QUARTER_US;
    ASSERT(quarter < QUARTERS_MAX);
    add_to(&summary->sum, sale);
    add_to(&summary->hours[counting->hour_of[quarter]], sale);
    add_to_server(counting, sale);
    summary->known += sale->is_known;
    summary->points += sale->points;
}

static int
most_first(const void *a, const void *b)
{
    const struct till_server *x = a, *y = b;

    if (x->sum.total_minor != y->sum.total_minor) {
        return x->sum.total_minor < y->sum.total_minor ? 1 : -1;
    }
    return x->id.v < y->id.v ? -1 : x->id.v > y->id.v;
}

static void
find_hours(struct counting *counting, struct str zone)
{
    for (int i = 0; i < QUARTERS_MAX; i++) {
        int64_t local_us = zone_local_at(zone, counting->summary->from_us + i * QUARTER_US);

        counting->hour_of[i] = (int)(local_us / HOUR_US % TILL_HOURS);
    }
}

enum err
till_summary_read(struct ctx *ctx, location_id location, struct str zone, int64_t day,
                  struct till_summary *summary)
{
    struct counting counting = {.ctx = ctx, .summary = summary};
    struct till_span span = {.location = location};
    int64_t starts_us[2];

    zone_day_starts(zone, day, 2, starts_us);
    *summary = (struct till_summary){.from_us = starts_us[0], .until_us = starts_us[1]};
    TRY(till_summary_store_find(ctx, &span.till));
    if (span.till.v == 0) return OK;
    span.from_us = summary->from_us;
    span.until_us = summary->until_us;
    find_hours(&counting, zone);
    TRY(till_summary_store_read_sales(ctx, &span, add_sale, &counting));
    if (summary->server_count > 1) {
        qsort(summary->servers, (size_t)summary->server_count, sizeof *summary->servers,
              most_first);
    }
    TRY(till_summary_store_count_people(ctx, &span, summary));
    TRY(till_summary_store_sum_discounts(ctx, &span, summary));
    return till_summary_store_sum_refunds(ctx, &span, summary);
}
