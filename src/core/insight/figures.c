/* figures — see figures.h. */
#include "core/insight/figures.h"
#include "base/calc.h"
#include "core/insight/figures_store.h"
#include "db/write_lane.h"

struct counted {
    customer_id customer;
    struct listing before, after;
};
struct figures {
    int64_t before_seq, until_seq, newest_seq;
    struct counted *customers;
    int count;
};

static enum err
count_one(struct ctx *ctx, struct counted *counted)
{
    struct listing *after = &counted->after;

    TRY(listing_find(ctx, counted->customer, &counted->before));
    TRY(figures_store_count_orders(ctx, counted->customer, &after->counts));
    return figures_store_list_balances(ctx, counted->customer, &after->balances,
                                       &after->balance_count);
}

enum err
figures_prepare(struct ctx *ctx, struct figures **prepared)
{
    struct figures *figures = ARENA_NEW(ctx->arena, struct figures);
    customer_id *changed;
    int64_t first_seq;

    *prepared = NULL;
    TRY(figures_store_find_mark(ctx, &figures->before_seq));
    TRY(figures_store_find_next(ctx, figures->before_seq, &first_seq));
    if (first_seq == 0) return OK;
    TRY(figures_store_find_newest(ctx, &figures->newest_seq));
    figures->until_seq = calc_min(figures->newest_seq, first_seq + FIGURES_PAGE - 1);
    const struct figures_span span = {figures->before_seq, figures->until_seq};
    TRY(figures_store_list_changed(ctx, span, &changed, &figures->count));
    figures->customers =
        arena_alloc(ctx->arena, sizeof *figures->customers * (size_t)(figures->count + 1));
    for (int i = 0; i < figures->count; i++) {
        figures->customers[i] = (struct counted){.customer = changed[i]};
        TRY(count_one(ctx, &figures->customers[i]));
    }
    *prepared = figures;
    return OK;
}

enum err
figures_write(struct ctx *ctx, const struct figures *prepared, bool *more)
{
    bool moved;

    *more = false;
    TRY(figures_store_move_mark(ctx, prepared->before_seq, prepared->until_seq, &moved));
    if (!moved) return OK;
    for (int i = 0; i < prepared->count; i++) {
        const struct counted *counted = &prepared->customers[i];

        TRY(listing_put(ctx, counted->customer, &counted->before, &counted->after));
    }
    TRY(listing_forget_touches(ctx, prepared->until_seq));
    *more = prepared->until_seq < prepared->newest_seq;
    return prepared->count == 0 ? OK : write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}
