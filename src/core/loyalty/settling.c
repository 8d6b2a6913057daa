/* settling — see settling.h. */
#include "core/loyalty/settling.h"
#include "base/calc.h"
#include "core/loyalty/programs_store.h"
#include "db/write_lane.h"
#include <inttypes.h>
#include <string.h>

/* ---- reading ---- */

static bool
is_of_articles(const struct slot *slot)
{
    const struct program *program = &slot->member.program;

    for (int i = 0; i < program->rule_count; i++) {
        if (program->rules[i].scope_count > 0) return true;
    }
    for (int i = 0; i < slot->chance_count; i++) {
        if (slot->chances[i].promotion->scope_count > 0) return true;
    }
    return false;
}

enum err
settling_read_lines(struct ctx *ctx, struct settling *settling, const struct slot *slot)
{
    const struct order_earning *order = settling->order;

    if (settling->has_lines || order->read_lines == NULL || !is_of_articles(slot)) return OK;
    settling->has_lines = true;
    return order->read_lines(ctx, order, &settling->basket);
}

static int64_t
version_of(const struct slot *slot)
{
    return slot_is_known(slot) ? slot->before.version : slot->member.program.version;
}

/* A version's rules never change, so the batch's next orders have them from the first. */
struct kept_rules {
    struct accrual_rule rules[PROGRAM_RULES_MAX];
    int count;
};

static struct kept_key
key_of(const struct slot *slot)
{
    static const char name;

    return (struct kept_key){&name, slot->member.program.id.v, version_of(slot)};
}

static bool
has_kept_rules(const struct ctx *ctx, struct slot *slot)
{
    const struct kept_key key = key_of(slot);
    const struct kept_rules *kept = write_kept(ctx, &key);

    if (kept == NULL) return false;
    memcpy(slot->member.program.rules, kept->rules, sizeof kept->rules);
    slot->member.program.rule_count = kept->count;
    return true;
}

static void
keep_rules(struct ctx *ctx, const struct slot *slot)
{
    struct kept_rules *kept = ARENA_NEW(write_arena(ctx), struct kept_rules);
    const struct kept_key key = key_of(slot);

    memcpy(kept->rules, slot->member.program.rules, sizeof kept->rules);
    kept->count = slot->member.program.rule_count;
    write_keep(ctx, &key, kept);
}

/* Those of all programs in one query, unless there is only one; older versions one by one. */
static enum err
read_rules(struct ctx *ctx, struct settling *settling)
{
    struct program *programs = ARENA_ARRAY(ctx->arena, struct program, (size_t)settling->count);

    for (int i = 0; i < settling->count; i++) {
        programs[i] = settling->slots[i].member.program;
    }
    if (settling->count > 1) TRY(programs_store_list_all_rules(ctx, programs, settling->count));
    for (int i = 0; i < settling->count; i++) {
        struct slot *slot = &settling->slots[i];
        bool is_read = settling->count > 1 && version_of(slot) == programs[i].version;

        if (!is_read) TRY(programs_store_list_rules(ctx, &programs[i], version_of(slot)));
        slot->member.program = programs[i];
        keep_rules(ctx, slot);
    }
    return OK;
}

enum err
settling_read_rules(struct ctx *ctx, struct settling *settling)
{
    struct arena *own = ctx->arena;
    bool has_all = true;

    for (int i = 0; i < settling->count && has_all; i++)
        has_all = has_kept_rules(ctx, &settling->slots[i]);
    if (has_all) return OK;
    ctx->arena = write_arena(ctx);
    enum err err = read_rules(ctx, settling);
    ctx->arena = own;
    return err;
}

/* ---- what the order is now ---- */

/*
 * Its basket. The tax may not grow faster than the total, or what was counted once would be counted
 * again later.
 */
static struct basket
basket_now(const struct settling *settling, const struct slot *slot)
{
    const struct order_earning *order = settling->order;
    struct basket basket = settling->basket;
    int64_t growth = calc_max(0, order->total_minor - slot->before.basis_minor);

    basket.total_minor = calc_max(0, order->total_minor);
    basket.tax_minor = order->tax_minor;
    basket.refunded_minor = calc_min(calc_max(0, order->refunded_minor), basket.total_minor);
    if (slot_is_known(slot)) {
        basket.tax_minor = calc_min(order->tax_minor, slot->before.tax_minor + growth);
    }
    return basket;
}

static int64_t
before_caps(const struct accrual_part *part)
{
    return part->points + part->capped;
}

static bool
is_as_before(const struct slot *slot)
{
    if (slot->was.part_count != slot->accrual.part_count) return false;
    for (int i = 0; i < slot->accrual.part_count; i++) {
        if (before_caps(&slot->was.parts[i]) != before_caps(&slot->accrual.parts[i])) return false;
    }
    return true;
}

/* What earns the same before caps is capped as it was. */
static void
keep_caps(struct slot *slot)
{
    for (int i = 0; i < slot->accrual.part_count; i++) {
        const struct accrual_part *was = &slot->was.parts[i];
        struct accrual_part *part = &slot->accrual.parts[i];

        part->points = was->points;
        part->capped = was->capped;
        if (was->capped > 0) part->reason = was->reason;
    }
}

/* An order that may not earn more has no part that does, and none that counts more. */
static void
keep_within(struct slot *slot)
{
    int count = (int)calc_min(slot->was.part_count, slot->accrual.part_count);

    for (int i = 0; i < count; i++) {
        const struct accrual_part *was = &slot->was.parts[i];
        struct accrual_part *part = &slot->accrual.parts[i];
        int64_t kept = part->basis - part->refunded;

        if (part->basis > was->basis) {
            part->basis = was->basis;
            part->refunded = calc_max(0, was->basis - kept);
        }
        int64_t points = calc_min(before_caps(part), before_caps(was));
        part->points = calc_min(points, was->points);
        part->capped = points - part->points;
        if (part->capped > 0) part->reason = was->reason;
    }
}

/* ---- what it should have earned ---- */

/*
 * What a refund takes from the carry: of what the rule counted the share given back, less what the
 * points taken for it were worth. So after a whole refund points and carry are as if the order had
 * never been, and after a part of it they are together worth what was kept, however it was cut.
 * Points that a cap took off were worth something, too.
 */
static int64_t
carry_taken(const struct accrual_part *part, const struct accrual_rule *rule)
{
    int64_t taken = calc_share(before_caps(part), part->refunded, part->basis, ROUND_DOWN);

    return part->refunded - calc_share(taken, rule->amount_minor, rule->points, ROUND_DOWN);
}

static void
fill_carry(struct slot *slot)
{
    const struct accrual *accrual = &slot->accrual;
    struct earning *after = &slot->after;

    if (accrual->carrying < 0 || settling_is_blocked(accrual)) return;
    const struct accrual_part *part = &accrual->parts[accrual->carrying];
    const struct accrual_rule *rule = &slot->member.program.rules[accrual->carrying];

    after->spend_points = part->points;
    after->spend_minor = part->basis;
    after->rule_points = rule->points;
    after->rule_amount = rule->amount_minor;
    after->carry_given += accrual->carry_after - slot->member.account.carry;
    after->carry_taken = carry_taken(part, rule);
}

static void
fill_after(const struct basket *basket, struct slot *slot)
{
    struct earning *after = &slot->after;
    int64_t kept = basket->total_minor - basket->refunded_minor;

    if (slot->grows && basket->total_minor > after->basis_minor) {
        after->basis_minor = basket->total_minor;
        after->tax_minor = basket->tax_minor;
    }
    after->refunded_minor = after->basis_minor - calc_min(after->basis_minor, kept);
    after->points = accrual_points(&slot->accrual);
    after->promotion = slot->accrual.promotion;
    after->promotion_points = accrual_promotion_points(&slot->accrual);
    after->taken_back = accrual_taken_back(&slot->accrual);
    fill_carry(slot);
}

static struct accrual_before
counted_before(const struct slot *slot)
{
    struct accrual_before before = {
        .spend_minor = slot->before.spend_minor,
        .spend_points = slot->before.spend_points,
        .grows = slot->grows,
    };

    for (int i = 0; i < slot->member.program.rule_count && i < slot->was.part_count; i++) {
        if (slot->member.program.rules[i].kind != ACCRUAL_SPEND) continue;
        before.spend_points = before_caps(&slot->was.parts[i]);
        break;
    }
    return before;
}

enum err
settling_compute(struct ctx *ctx, struct settling *settling, struct slot *slot)
{
    const struct accrual_before before = counted_before(slot);

    TRY(settling_read_lines(ctx, settling, slot));
    struct basket basket = basket_now(settling, slot);
    slot->accrual =
        accrual_calculate(&slot->member.program, &basket, slot->member.account.carry, &before);
    settling->basket.total_minor = basket.total_minor;
    settling->basket.tax_minor = basket.tax_minor;
    settling->basket.refunded_minor = basket.refunded_minor;
    TRY(settling_promote(ctx, settling, slot));
    if (slot_is_known(slot) && is_as_before(slot)) {
        keep_caps(slot);
    } else if (slot_is_known(slot) && !slot->grows) {
        keep_within(slot);
    } else if (settling_has_limits(&slot->member.program)) {
        TRY(settling_limit(ctx, settling, slot));
    }
    if (accrual_points(&slot->accrual) > PROGRAM_POINTS_MAX) {
        return fail(ctx, ERR_FIELD_RANGE, "order %" PRId64 " would earn %" PRId64,
                    settling->order->order.v, accrual_points(&slot->accrual));
    }
    fill_after(&basket, slot);
    return OK;
}
