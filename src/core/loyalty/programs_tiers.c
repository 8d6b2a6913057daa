/* programs_tiers — see programs_tiers.h. */
#include "core/loyalty/programs.h"
#include "core/loyalty/programs_store.h"
#include "db/write_lane.h"
#include <inttypes.h>

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

enum err
programs_add_tier(struct ctx *ctx, struct reward_tier *tier)
{
    struct program program;

    ASSERT(tier->points > 0);
    ASSERT(tier->name.len > 0);
    TRY(programs_find(ctx, tier->program, &program));
    TRY(programs_check_refs(ctx, tier->objects, tier->object_count, "tier"));
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

/* What a tier is, apart from its stock. */
static bool
is_same_tier(const struct reward_tier *a, const struct reward_tier *b)
{
    return a->points == b->points && str_is(a->name, b->name) && a->kind == b->kind &&
           a->value == b->value && a->max_minor == b->max_minor &&
           a->minimum_minor == b->minimum_minor && a->valid_days == b->valid_days &&
           a->per_customer == b->per_customer &&
           programs_are_same_refs(a->objects, a->object_count, b->objects, b->object_count);
}

/* The tier before, with what the change tells. */
static struct reward_tier
changed(const struct reward_tier *before, const struct tier_change *change)
{
    const struct reward_tier *to = &change->to;
    struct reward_tier tier = *before;
    unsigned fields = change->fields;

    if (fields & TIER_NAME) tier.name = to->name;
    if (fields & TIER_POINTS) tier.points = to->points;
    if (fields & TIER_VALUE) tier.kind = to->kind;
    if (fields & TIER_VALUE) tier.value = to->value;
    if (fields & TIER_MAX) tier.max_minor = to->max_minor;
    if (fields & TIER_MINIMUM) tier.minimum_minor = to->minimum_minor;
    if (fields & TIER_OBJECTS) tier.objects = to->objects;
    if (fields & TIER_OBJECTS) tier.object_count = to->object_count;
    if (fields & TIER_VALIDITY) tier.valid_days = to->valid_days;
    if (fields & TIER_STOCK) tier.has_stock = to->has_stock;
    if (fields & TIER_STOCK) tier.stock = to->stock;
    if (fields & TIER_PER_CUSTOMER) tier.per_customer = to->per_customer;
    return tier;
}

enum err
programs_replace_tier(struct ctx *ctx, const struct tier_change *change, struct reward_tier *tier)
{
    struct reward_tier before;

    TRY(find_any_tier(ctx, change->to.program, change->to.id, &before));
    if (!before.active) return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64, before.id.v);
    *tier = changed(&before, change);
    if (!is_same_tier(tier, &before)) {
        TRY(programs_store_withdraw_tier(ctx, before.id));
        return programs_add_tier(ctx, tier);
    }
    if (tier->has_stock == before.has_stock && tier->stock == before.stock) return OK;
    TRY(programs_store_change_stock(ctx, tier));
    return tell(ctx);
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

enum err
programs_find_tier_taken(struct ctx *ctx, tier_id id, struct reward_tier *tier)
{
    TRY(programs_store_find_tier(ctx, id, tier));
    if (tier->id.v == 0) return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64, id.v);
    return OK;
}

enum err
programs_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier)
{
    TRY(programs_find_tier_taken(ctx, id, tier));
    if (!tier->active) return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64, id.v);
    return OK;
}

enum err
programs_take_stock(struct ctx *ctx, tier_id id, bool *taken)
{
    return programs_store_move_stock(ctx, id, -1, taken);
}

enum err
programs_return_stock(struct ctx *ctx, tier_id id)
{
    bool moved;

    TRY(programs_store_move_stock(ctx, id, 1, &moved));
    if (!moved) return fail(ctx, ERR_TIER_UNKNOWN, "tier %" PRId64, id.v);
    return OK;
}
