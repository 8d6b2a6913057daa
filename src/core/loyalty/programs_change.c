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
    struct program *others;
    program_id main = {0};
    int count;

    TRY(programs_list_rules(ctx, &others, &count));
    if (count == PROGRAMS_MAX) return fail(ctx, ERR_PROGRAMS_FULL, "%d programs", count);
    for (int i = 0; i < count; i++) {
        if (others[i].is_main && others[i].closing_us == 0) main = others[i].id;
    }
    program->is_main = false;
    TRY(programs_add(ctx, program));
    if (main.v == 0) TRY(programs_store_set_main(ctx, program->id));
    program->is_main = main.v == 0;
    return tell(ctx);
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

enum err
programs_change(struct ctx *ctx, program_id id, const struct program_change *change,
                struct program *program)
{
    const struct program *to = &change->to;

    ASSERT(db_in_tx(ctx->db));
    TRY(programs_find(ctx, id, program));
    if (program->closed_us != 0) return fail(ctx, ERR_PROGRAM_CLOSED, "change");
    if ((change->fields & PROGRAM_RULES) && !are_same_rules(program, to)) {
        TRY(programs_change_rules(ctx, program->id, to->rules, to->rule_count));
        TRY(programs_find(ctx, program->id, program));
    }
    change_fields(program, change->fields, to);
    assert_values(program);
    program->updated_us = ctx->now_us;
    TRY(programs_store_change(ctx, program));
    return tell(ctx);
}
