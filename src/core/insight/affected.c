/* affected — see affected.h. */
#include "core/insight/affected.h"
#include "base/zone.h"
#include "core/insight/affected_store.h"
#include "core/merchants/merchants.h"
#include <inttypes.h>

static const char *const names[AFFECTED_CODE_COUNT] = {
    [AFFECTED_POINTS_KEPT] = "POINTS_KEPT",
    [AFFECTED_PENDING_KEPT] = "PENDING_KEPT",
    [AFFECTED_REWARDS_USABLE] = "REWARDS_USABLE",
    [AFFECTED_WAITING_NEW] = "WAITING_BY_NEW_RULES",
    [AFFECTED_NEW_RULES] = "NEW_RULES",
    [AFFECTED_EARNS_NOTHING] = "EARNS_NOTHING",
    [AFFECTED_OFFERS_NOTHING] = "OFFERS_NOTHING",
    [AFFECTED_ENDS] = "EARNS_FOR_DAYS",
    [AFFECTED_POINTS_END] = "POINTS_END",
    [AFFECTED_MAIN_PASSES] = "MAIN_PASSES_ON",
    [AFFECTED_NO_PROGRAM_LEFT] = "NO_PROGRAM_LEFT",
};

const char *
affected_name(enum affected_code code)
{
    ASSERT(code < AFFECTED_CODE_COUNT);
    return names[code];
}

static void
say(struct affected *affected, enum affected_code code, int64_t count)
{
    ASSERT(affected->sentence_count < AFFECTED_CODE_COUNT);
    affected->sentences[affected->sentence_count++] = (struct affected_sentence){code, count};
}

/* The same where there is nobody to say it of. */
static void
say_if_any(struct affected *affected, enum affected_code code, int64_t count)
{
    if (count > 0) say(affected, code, count);
}

static enum err
count(struct ctx *ctx, const struct program *program, struct affected *affected)
{
    *affected = (struct affected){0};
    if (program->closed_us != 0) {
        return fail(ctx, ERR_PROGRAM_CLOSED, "program %" PRId64, program->id.v);
    }
    TRY(affected_store_sum_points(ctx, program->id, affected));
    TRY(affected_store_count_rewards(ctx, program->id, &affected->rewards_issued));
    return affected_store_count_waiting(ctx, &affected->waiting_orders);
}

/* ---- a change ---- */

static void
say_end(const struct program *after, int64_t today, struct affected *affected)
{
    if (after->ends_on < today) {
        say(affected, AFFECTED_EARNS_NOTHING, 0);
    } else {
        say(affected, AFFECTED_ENDS, after->ends_on - today + 1);
    }
}

enum err
affected_by_change(struct ctx *ctx, program_id id, const struct program_change *change,
                   struct affected *affected)
{
    struct program before, after;
    struct merchant merchant;

    TRY(programs_find(ctx, id, &before));
    TRY(count(ctx, &before, affected));
    TRY(merchants_find(ctx, &merchant));
    affected->new_rules = programs_apply(change, &before, &after);
    say_if_any(affected, AFFECTED_POINTS_KEPT, affected->accounts);
    say_if_any(affected, AFFECTED_PENDING_KEPT, affected->pending_points);
    say_if_any(affected, AFFECTED_REWARDS_USABLE, affected->rewards_issued);
    if (affected->new_rules) {
        say(affected, AFFECTED_NEW_RULES, before.version + 1);
        say_if_any(affected, AFFECTED_WAITING_NEW, affected->waiting_orders);
    }
    if (before.active && !after.active) {
        say(affected, AFFECTED_EARNS_NOTHING, 0);
        say(affected, AFFECTED_OFFERS_NOTHING, 0);
    } else if (after.ends_on != 0 && after.ends_on != before.ends_on) {
        say_end(&after, zone_day_at(merchant.time_zone, ctx->now_us), affected);
    }
    return OK;
}

/* ---- deleting ---- */

enum err
affected_by_closing(struct ctx *ctx, program_id id, struct affected *affected)
{
    struct program before, *programs;
    int program_count, left = 0;

    TRY(programs_find(ctx, id, &before));
    TRY(count(ctx, &before, affected));
    TRY(programs_list_rules(ctx, &programs, &program_count));
    for (int i = 0; i < program_count; i++)
        left += programs[i].id.v != before.id.v && programs[i].closing_us == 0;
    say(affected, AFFECTED_EARNS_NOTHING, 0);
    say_if_any(affected, AFFECTED_POINTS_END, affected->points);
    say_if_any(affected, AFFECTED_REWARDS_USABLE, affected->rewards_issued);
    if (left == 0) {
        say(affected, AFFECTED_NO_PROGRAM_LEFT, 0);
    } else if (before.is_main) {
        say(affected, AFFECTED_MAIN_PASSES, left);
    }
    return OK;
}
