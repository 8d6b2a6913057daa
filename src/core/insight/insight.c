/* insight — days and sheets; what needs attention is in attention.c. See insight.h. */
#include "core/insight/insight.h"
#include "base/zone.h"
#include "core/insight/insight_store.h"
#include "core/team/places.h"

static void
add_up(const struct insight_figures *figures, int count, struct insight_figures *sum)
{
    *sum = (struct insight_figures){0};
    for (int i = 0; i < count; i++) {
        sum->orders += figures[i].orders;
        sum->visits += figures[i].visits;
        sum->revenue_minor += figures[i].revenue_minor;
        sum->points_earned += figures[i].points_earned;
        sum->points_spent += figures[i].points_spent;
        sum->rewards_used += figures[i].rewards_used;
        sum->customers_new += figures[i].customers_new;
    }
}

enum err
insight_read_days(struct ctx *ctx, const struct insight_period *period,
                  struct insight_figures **days, struct insight_figures *totals,
                  struct insight_figures *before)
{
    int day_count = (int)(period->last - period->first) + 1;
    int both = 2 * day_count;
    int64_t *starts_us = ARENA_ARRAY(ctx->arena, int64_t, (size_t)both + 1);
    struct insight_bins bins = {
        .starts_us = starts_us,
        .bin_count = both,
        .figures = ARENA_ARRAY(ctx->arena, struct insight_figures, (size_t)both),
    };

    ASSERT(ctx->merchant.v != 0);
    ASSERT(period->last >= period->first);
    ASSERT(period->last - period->first < INSIGHT_DAYS_MAX);
    TRY(places_find_limited(ctx, &bins.of));
    zone_day_starts(period->zone, period->first - day_count, both + 1, starts_us);
    TRY(insight_store_add_orders(ctx, &bins));
    TRY(insight_store_add_events(ctx, &bins));
    TRY(insight_store_add_customers(ctx, &bins));
    *days = bins.figures + day_count;
    add_up(*days, day_count, totals);
    add_up(bins.figures, day_count, before);
    return OK;
}

enum err
insight_read_sheet(struct ctx *ctx, customer_id customer, struct insight_sheet *sheet)
{
    *sheet = (struct insight_sheet){0};
    TRY(insight_store_read_orders_of(ctx, customer, sheet));
    TRY(insight_store_read_rewards_of(ctx, customer, sheet));
    TRY(insight_store_read_cashback_of(ctx, customer, sheet));
    TRY(insight_store_read_credit_of(ctx, customer, sheet));
    if (sheet->orders > 0) sheet->average_minor = sheet->total_minor / sheet->orders;
    return OK;
}

enum err
insight_find_actor_name(struct ctx *ctx, int64_t id, struct str *name)
{
    return insight_store_find_actor_name(ctx, id, name);
}
