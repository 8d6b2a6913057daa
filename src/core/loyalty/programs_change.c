/* programs_change — what a merchant does with its programs; see programs.h. */
#include "core/loyalty/programs.h"
#include "core/loyalty/programs_store.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
programs_create(struct ctx *ctx, struct program *program)
{
    program_id ids[PROGRAMS_MAX];
    int count;

    TRY(programs_store_list(ctx, ids, &count));
    if (count == PROGRAMS_MAX) return fail(ctx, ERR_PROGRAMS_FULL, "%d programs", count);
    program->is_main = count == 0;
    TRY(programs_add(ctx, program));
    return tell(ctx);
}

/* ---- changing a program ---- */

static bool
are_same_rules(const struct program *program, const struct program_change *change)
{
    if (program->rule_count != change->rule_count) return false;
    for (int i = 0; i < change->rule_count; i++) {
        const struct accrual_rule *a = &program->rules[i];
        const struct accrual_rule *b = &change->rules[i];

        if (a->kind != b->kind || a->points != b->points) return false;
        if (a->amount_minor != b->amount_minor || a->before_tax != b->before_tax) return false;
    }
    return true;
}

static void
replace(struct str *text, struct str by)
{
    if (by.len > 0) *text = by;
}

enum err
programs_change(struct ctx *ctx, program_id id, const struct program_change *change,
                struct program *program)
{
    ASSERT(db_in_tx(ctx->db));
    ASSERT(change->minimum_minor >= 0);
    ASSERT(change->expiry_days >= 0);
    ASSERT(change->expiry_days <= PROGRAM_EXPIRY_DAYS_MAX);

    TRY(programs_find(ctx, id, program));
    if (change->changes_rules && !are_same_rules(program, change)) {
        TRY(programs_change_rules(ctx, program->id, change->rules, change->rule_count));
        TRY(programs_find(ctx, program->id, program));
    }
    replace(&program->name, change->name);
    replace(&program->term_one, change->term_one);
    replace(&program->term_other, change->term_other);
    if (change->changes_minimum) program->minimum_minor = change->minimum_minor;
    if (change->changes_expiry) program->expiry_days = change->expiry_days;
    if (change->changes_status) program->active = change->active;
    program->updated_us = ctx->now_us;
    TRY(programs_store_change(ctx, program));
    return tell(ctx);
}

/* ---- tiers ---- */

enum err
programs_add_tier(struct ctx *ctx, struct reward_tier *tier)
{
    struct program program;

    ASSERT(tier->points > 0);
    ASSERT(tier->name.len > 0);
    TRY(programs_find(ctx, tier->program, &program));
    if (program.tier_count == PROGRAM_TIERS_MAX) {
        return fail(ctx, ERR_TIERS_FULL, "%d tiers", program.tier_count);
    }
    tier->id.v = id_next(ctx);
    tier->program = program.id;
    tier->active = true;
    tier->created_us = ctx->now_us;
    TRY(programs_store_add_tier(ctx, tier));
    return tell(ctx);
}

/* A tier of this program, offered or not. */
static enum err
find_any_tier(struct ctx *ctx, program_id program, tier_id id, struct reward_tier *tier)
{
    struct program found;

    TRY(programs_find_rules(ctx, program, &found));
    TRY(programs_store_find_tier(ctx, id, tier));
    if (tier->id.v != 0 && tier->program.v == found.id.v) return OK;
    return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64, id.v);
}

enum err
programs_replace_tier(struct ctx *ctx, struct reward_tier *tier)
{
    struct reward_tier before;

    TRY(find_any_tier(ctx, tier->program, tier->id, &before));
    if (!before.active) return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64, before.id.v);
    if (tier->name.len == 0) tier->name = before.name;
    if (tier->points == 0) tier->points = before.points;
    if (tier->points == before.points && str_is(tier->name, before.name)) {
        *tier = before;
        return OK;
    }
    TRY(programs_store_withdraw_tier(ctx, before.id));
    return programs_add_tier(ctx, tier);
}

enum err
programs_withdraw_tier(struct ctx *ctx, program_id program, tier_id id)
{
    struct reward_tier tier;

    TRY(find_any_tier(ctx, program, id, &tier));
    if (!tier.active) return OK;
    TRY(programs_store_withdraw_tier(ctx, id));
    return tell(ctx);
}
