/* promotions — see promotions.h. */
#include "core/loyalty/promotions.h"
#include "base/calc.h"
#include "base/clock.h"
#include "base/list.h"
#include "base/zone.h"
#include "core/loyalty/promotions_store.h"
#include "core/merchants/merchants.h"
#include "db/write_lane.h"
#include <inttypes.h>

static enum err
find_local(struct ctx *ctx, int64_t at_us, int64_t *local_us)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    *local_us = zone_local_at(merchant.time_zone, at_us);
    return OK;
}

enum err
promotions_find_today(struct ctx *ctx, int64_t *today)
{
    int64_t local_us;

    TRY(find_local(ctx, ctx->now_us, &local_us));
    *today = local_us / CLOCK_DAY_US;
    return OK;
}

enum promotion_status
promotions_status(const struct promotion *promotion, int64_t today)
{
    if (promotion->canceled_us != 0) return PROMOTION_CANCELED;
    if (today < promotion->start_on) return PROMOTION_SCHEDULED;
    return promotion->end_on != 0 && today > promotion->end_on ? PROMOTION_ENDED : PROMOTION_ACTIVE;
}

/* ---- adding ---- */

static void
assert_promotion(const struct promotion *promotion)
{
    ASSERT(promotion->name.len > 0);
    ASSERT(promotion->is_multiplier == (promotion->multiplier > PROMOTION_ONCE));
    ASSERT(promotion->is_multiplier == (promotion->addition == 0));
    ASSERT(promotion->minimum_minor >= 0);
    ASSERT(promotion->limit_times >= 0);
    ASSERT(promotion->scope_count <= SCOPE_MAX);
    ASSERT(promotion->time_count > 0);
    ASSERT(promotion->time_count <= PROMOTION_TIMES_MAX);
}

/* From the first of its times to the last; without a last if one of them has none. */
static void
set_days(struct promotion *promotion)
{
    promotion->start_on = INT64_MAX;
    promotion->end_on = 0;
    for (int i = 0; i < promotion->time_count; i++) {
        int64_t last = period_last_day(&promotion->times[i]);

        promotion->start_on = calc_min(promotion->start_on, period_first_day(&promotion->times[i]));
        if (last == 0 || (i > 0 && promotion->end_on == 0)) {
            promotion->end_on = 0;
            continue;
        }
        promotion->end_on = calc_max(promotion->end_on, last);
    }
}

/* As at Square: what is for some articles stands on rules that are for a visit or for money. */
static bool
can_qualify(const struct program *program)
{
    for (int i = 0; i < program->rule_count; i++) {
        enum accrual_kind kind = program->rules[i].kind;

        if (kind == ACCRUAL_VISIT || kind == ACCRUAL_SPEND) return true;
    }
    return false;
}

enum err
promotions_add(struct ctx *ctx, struct promotion *promotion)
{
    struct promotion *open;
    struct program program;
    int64_t today;
    int count;

    assert_promotion(promotion);
    TRY(programs_find_rules(ctx, promotion->program, &program));
    if (promotion->scope_count > 0 && !can_qualify(&program)) {
        return fail(ctx, ERR_PROMOTION_SCOPE, "program %" PRId64, program.id.v);
    }
    TRY(programs_check_refs(ctx, promotion->scope, promotion->scope_count, "loyalty_promotion"));
    TRY(promotions_find_today(ctx, &today));
    set_days(promotion);
    promotion->program = program.id;
    promotion->canceled_us = 0;
    if (promotions_status(promotion, today) == PROMOTION_ENDED) {
        return fail(ctx, ERR_PROMOTION_ENDED, "its last day was %" PRId64, promotion->end_on);
    }
    const struct promotions_at at = {program.id, ctx->now_us, today};
    TRY(promotions_store_list_open(ctx, &at, PROMOTIONS_MAX, &open, &count));
    if (count == PROMOTIONS_MAX) return fail(ctx, ERR_PROMOTIONS_FULL, "%d promotions", count);
    promotion->id.v = id_next(ctx);
    promotion->created_us = ctx->now_us;
    promotion->updated_us = ctx->now_us;
    TRY(promotions_store_add(ctx, promotion));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

/* ---- finding ---- */

enum err
promotions_find_any(struct ctx *ctx, promotion_id id, struct promotion *promotion)
{
    TRY(promotions_store_find(ctx, id, promotion));
    if (promotion->id.v == 0) return fail(ctx, ERR_PROMOTION_UNKNOWN, "promotion %" PRId64, id.v);
    return promotions_store_list_scope(ctx, promotion);
}

enum err
promotions_find(struct ctx *ctx, program_id program, promotion_id id, struct promotion *promotion)
{
    struct program found;

    TRY(programs_find_rules(ctx, program, &found));
    TRY(promotions_find_any(ctx, id, promotion));
    if (promotion->program.v == found.id.v) return OK;
    return fail(ctx, ERR_PROMOTION_UNKNOWN, "promotion %" PRId64, id.v);
}

enum err
promotions_cancel(struct ctx *ctx, program_id program, promotion_id id, struct promotion *promotion)
{
    int64_t today;

    TRY(promotions_find(ctx, program, id, promotion));
    if (promotion->canceled_us != 0) return OK;
    TRY(promotions_find_today(ctx, &today));
    if (promotions_status(promotion, today) == PROMOTION_ENDED) {
        return fail(ctx, ERR_PROMOTION_ENDED, "promotion %" PRId64, id.v);
    }
    TRY(promotions_store_cancel(ctx, id));
    promotion->canceled_us = ctx->now_us;
    promotion->updated_us = ctx->now_us;
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

/* Of a page, those that the query wants. */
static void
keep_wanted(const struct promotion_query *query, int64_t today, struct promotion *page, int *count)
{
    int kept = 0;

    for (int i = 0; i < *count; i++) {
        if (query->any_status || promotions_status(&page[i], today) == query->status) {
            page[kept++] = page[i];
        }
    }
    *count = kept;
}

enum err
promotions_search(struct ctx *ctx, const struct promotion_query *query,
                  struct promotion **promotions, int *count)
{
    struct program program;
    int64_t today, before = query->before;
    int read;

    ASSERT(query->limit >= 1);
    ASSERT(query->limit <= PROMOTIONS_PAGE_MAX);
    TRY(programs_find_rules(ctx, query->program, &program));
    TRY(promotions_find_today(ctx, &today));
    *promotions = ARENA_ARRAY(ctx->arena, struct promotion, (size_t)query->limit);
    *count = 0;
    /* The status is of the day that it is, so no index has it: pages are read until one is full. */
    do {
        struct promotion *page;

        TRY(promotions_store_list(ctx, program.id, before, query->limit, &page, &read));
        if (read > 0) before = page[read - 1].id.v;
        int kept = read;
        keep_wanted(query, today, page, &kept);
        for (int i = 0; i < kept && *count < query->limit; i++)
            (*promotions)[(*count)++] = page[i];
    } while (read == query->limit && *count < query->limit);
    for (int i = 0; i < *count; i++)
        TRY(promotions_store_list_scope(ctx, &(*promotions)[i]));
    return OK;
}

/* ---- running ---- */

static bool
is_running(const struct promotion *promotion, int64_t local_us)
{
    for (int i = 0; i < promotion->time_count; i++) {
        if (period_covers(&promotion->times[i], local_us)) return true;
    }
    return false;
}

enum err
promotions_find_moment(struct ctx *ctx, int64_t at_us, struct promotion_moment *moment)
{
    moment->at_us = at_us;
    return find_local(ctx, at_us, &moment->local_us);
}

/* Those that are canceled are few on a day, but not limited. */
enum { OF_DAY_MAX = 10 * PROGRAMS_MAX * PROMOTIONS_MAX };

/* The promotions of a local day, and what has to be bought; with those canceled on it. */
struct of_day {
    struct promotion *promotions;
    int count;
};

static enum err
read_of_day(struct ctx *ctx, int64_t day, struct of_day *found)
{
    /* Nowhere is a day's beginning earlier than this. */
    const struct promotions_at when = {.at_us = (day - 1) * CLOCK_DAY_US, .day = day};

    TRY(promotions_store_list_all_open(ctx, &when, OF_DAY_MAX, &found->promotions, &found->count));
    if (found->count == 0) return OK;
    return promotions_store_list_all_scopes(ctx, &when, found->promotions, found->count);
}

static enum err
find_of_day(struct ctx *ctx, int64_t day, const struct of_day **found)
{
    static const char name;
    const struct kept_key key = {&name, 0, day};
    struct of_day *kept = write_kept(ctx, &key);
    struct arena *own = ctx->arena;
    enum err err = OK;

    if (kept == NULL) {
        ctx->arena = write_arena(ctx);
        kept = ARENA_NEW(ctx->arena, struct of_day);
        err = read_of_day(ctx, day, kept);
        ctx->arena = own;
        if (err == OK) write_keep(ctx, &key, kept);
    }
    *found = kept;
    return err;
}

enum err
promotions_list_running(struct ctx *ctx, const struct promotion_moment *at,
                        struct promotion **promotions, int *count)
{
    const struct of_day *open;

    *promotions = NULL;
    *count = 0;
    TRY(find_of_day(ctx, at->local_us / CLOCK_DAY_US, &open));
    for (int i = 0; i < open->count; i++) {
        const struct promotion *promotion = &open->promotions[i];
        bool is_canceled = promotion->canceled_us != 0 && promotion->canceled_us <= at->at_us;

        if (is_canceled || !is_running(promotion, at->local_us)) continue;
        LIST_ADD(ctx->arena, *promotions, *count, *promotion);
    }
    return OK;
}
