/* programs_change — what a merchant does with its programs; see programs.h. */
#include "base/zone.h"
#include "core/loyalty/programs.h"
#include "core/loyalty/programs_store.h"
#include "core/merchants/merchants.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <string.h>

static enum err
tell(struct ctx *ctx)
{
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}

/* ---- changing a program ---- */

static bool
is_same_rule(const struct accrual_rule *a, const struct accrual_rule *b)
{
    if (a->kind != b->kind || a->points != b->points) return false;
    if (a->amount_minor != b->amount_minor || a->before_tax != b->before_tax) return false;
    if (a->scope_excludes != b->scope_excludes) return false;
    return programs_are_same_refs(a->scope, a->scope_count, b->scope, b->scope_count);
}

static bool
are_same_rules(const struct program *a, const struct program *b)
{
    if (a->rule_count != b->rule_count) return false;
    for (int i = 0; i < a->rule_count; i++) {
        if (!is_same_rule(&a->rules[i], &b->rules[i])) return false;
    }
    return true;
}

static void
replace(struct str *text, struct str by)
{
    if (by.len > 0) *text = by;
}

/* Each field that is told, but for the rules. */
static void
change_fields(struct program *program, unsigned fields, const struct program *to)
{
    if (fields & PROGRAM_NAME) program->name = to->name;
    if (fields & PROGRAM_TERMS) replace(&program->term_one, to->term_one);
    if (fields & PROGRAM_TERMS) replace(&program->term_other, to->term_other);
    if (fields & PROGRAM_STATUS) program->active = to->active;
    if (fields & PROGRAM_MINIMUM) program->minimum_minor = to->minimum_minor;
    if (fields & PROGRAM_EXPIRY) program->expiry_days = to->expiry_days;
    if (fields & PROGRAM_NOTICE) program->notice_days = to->notice_days;
    if (fields & PROGRAM_RIPENING) program->ripen_days = to->ripen_days;
    if (fields & PROGRAM_REFUNDS) program->on_refund = to->on_refund;
    if (fields & PROGRAM_END) program->ends_on = to->ends_on;
    if (fields & PROGRAM_CAP_PURCHASE) program->cap_purchase = to->cap_purchase;
    if (fields & PROGRAM_CAP_DAY) program->cap_day = to->cap_day;
    if (fields & PROGRAM_CAP_MONTH) program->cap_month = to->cap_month;
    if (fields & PROGRAM_VISITS_DAY) program->visits_day = to->visits_day;
    if (fields & PROGRAM_COOLDOWN) program->cooldown_minutes = to->cooldown_minutes;
    if (fields & PROGRAM_VALUE) program->value_points = to->value_points;
    if (fields & PROGRAM_VALUE) program->value_minor = to->value_minor;
}

static void
assert_values(const struct program *program)
{
    ASSERT(program->minimum_minor >= 0);
    ASSERT(program->expiry_days >= 0);
    ASSERT(program->expiry_days <= PROGRAM_DAYS_MAX);
    ASSERT(program->ripen_days >= 0);
    ASSERT(program->cap_purchase >= 0);
}

bool
programs_apply(const struct program_change *change, const struct program *before,
               struct program *after)
{
    *after = *before;
    change_fields(after, change->fields, &change->to);
    if (!(change->fields & PROGRAM_RULES) || are_same_rules(before, &change->to)) return false;
    memcpy(after->rules, change->to.rules, sizeof after->rules);
    after->rule_count = change->to.rule_count;
    return true;
}

/* A day to come, or today: a program that is over before it is told so was meant otherwise. */
static enum err
check_end(struct ctx *ctx, const struct program *before, const struct program *after)
{
    struct merchant merchant;

    if (after->ends_on == 0 || (before != NULL && before->ends_on == after->ends_on)) return OK;
    TRY(merchants_find(ctx, &merchant));
    if (after->ends_on >= zone_day_at(merchant.time_zone, ctx->now_us)) return OK;
    return fail_field(ctx, ERR_FIELD_RANGE, "program.ends_on");
}

static enum err
check_rules(struct ctx *ctx, const struct program *program)
{
    for (int i = 0; i < program->rule_count; i++) {
        const struct accrual_rule *rule = &program->rules[i];

        TRY(programs_check_refs(ctx, rule->scope, rule->scope_count, "program.accrual_rules"));
    }
    return OK;
}

enum err
programs_change(struct ctx *ctx, program_id id, const struct program_change *change,
                struct program *program)
{
    struct program before;

    ASSERT(db_in_tx(ctx->db));
    TRY(programs_find(ctx, id, &before));
    if (programs_is_over(&before, ctx->now_us)) return fail(ctx, ERR_PROGRAM_CLOSED, "change");

    bool has_other_rules = programs_apply(change, &before, program);
    assert_values(program);
    TRY(check_end(ctx, &before, program));
    if (has_other_rules) {
        TRY(check_rules(ctx, program));
        TRY(programs_change_rules(ctx, program->id, program->rules, program->rule_count));
        program->version++;
    }
    program->updated_us = ctx->now_us;
    TRY(programs_store_change(ctx, program));
    return tell(ctx);
}

/* ---- another program ---- */

enum err
programs_create(struct ctx *ctx, struct program *program)
{
    struct program *others;
    program_id main = {0};
    int count;

    TRY(programs_list_rules(ctx, &others, &count));
    if (count == PROGRAMS_MAX) return fail(ctx, ERR_PROGRAMS_FULL, "%d programs", count);
    for (int i = 0; i < count; i++) {
        if (others[i].is_main && others[i].closing_us == 0) main = others[i].id;
    }
    TRY(check_end(ctx, NULL, program));
    TRY(check_rules(ctx, program));
    for (int i = 0; i < program->tier_count; i++) {
        const struct reward_tier *tier = &program->tiers[i];

        TRY(programs_check_refs(ctx, tier->objects, tier->object_count, "program.reward_tiers"));
    }
    program->is_main = false;
    TRY(programs_add(ctx, program));
    if (main.v == 0) TRY(programs_store_set_main(ctx, program->id));
    program->is_main = main.v == 0;
    return tell(ctx);
}
