/* programs — see programs.h. */
#include "core/loyalty/programs.h"
#include "core/loyalty/programs_store.h"
#include "db/db.h"
#include <inttypes.h>

bool
programs_earns(const struct program *program, int64_t today)
{
    bool has_ended = program->ends_on != 0 && today > program->ends_on;

    return program->active && program->closing_us == 0 && program->closed_us == 0 && !has_ended;
}

bool
programs_is_over(const struct program *program, int64_t now_us)
{
    return program->closing_us != 0 && now_us >= program->closing_us;
}

bool
programs_offers(const struct program *program, int64_t now_us)
{
    return program->active && !programs_is_over(program, now_us);
}

static void
assert_rules(const struct accrual_rule *rules, int rule_count)
{
    ASSERT(rule_count >= 0);
    ASSERT(rule_count <= PROGRAM_RULES_MAX);
    for (int i = 0; i < rule_count; i++) {
        bool is_of_articles =
            rules[i].kind == ACCRUAL_ITEM_VARIATION || rules[i].kind == ACCRUAL_CATEGORY;

        ASSERT(rules[i].points > 0);
        ASSERT(rules[i].amount_minor >= (rules[i].kind == ACCRUAL_SPEND));
        ASSERT(rules[i].scope_count >= is_of_articles);
        ASSERT(rules[i].scope_count <= SCOPE_MAX);
    }
}

static enum err
add_tiers(struct ctx *ctx, struct program *program)
{
    for (int i = 0; i < program->tier_count; i++) {
        struct reward_tier *tier = &program->tiers[i];

        ASSERT(tier->points > 0);
        if (tier->id.v == 0) tier->id.v = id_next(ctx);
        tier->program = program->id;
        tier->created_us = ctx->now_us;
        TRY(programs_store_add_tier(ctx, tier));
    }
    return OK;
}

enum err
programs_add(struct ctx *ctx, struct program *program)
{
    ASSERT(db_in_tx(ctx->db));
    ASSERT(program->tier_count <= PROGRAM_TIERS_MAX);
    ASSERT(program->minimum_minor >= 0);
    ASSERT(program->expiry_days >= 0);
    assert_rules(program->rules, program->rule_count);

    if (program->id.v == 0) program->id.v = id_next(ctx);
    program->version = 1;
    program->created_us = ctx->now_us;
    program->updated_us = ctx->now_us;
    TRY(programs_store_add(ctx, program));
    for (int i = 0; i < program->rule_count; i++) {
        TRY(programs_store_add_rule(ctx, program, i, &program->rules[i]));
    }
    return add_tiers(ctx, program);
}

enum err
programs_change_rules(struct ctx *ctx, program_id id, const struct accrual_rule *rules,
                      int rule_count)
{
    struct program program;

    ASSERT(db_in_tx(ctx->db));
    assert_rules(rules, rule_count);
    TRY(programs_find_rules(ctx, id, &program));
    program.version++;
    for (int i = 0; i < rule_count; i++) {
        TRY(programs_store_add_rule(ctx, &program, i, &rules[i]));
    }
    return programs_store_change_version(ctx, program.id, program.version);
}

static enum err
change_status(struct ctx *ctx, program_id id, bool active)
{
    bool changed;

    TRY(programs_store_change_status(ctx, id, active, &changed));
    if (!changed) return fail(ctx, ERR_PROGRAM_UNKNOWN, "program %" PRId64, id.v);
    return OK;
}

enum err
programs_suspend(struct ctx *ctx, program_id id)
{
    return change_status(ctx, id, false);
}

enum err
programs_resume(struct ctx *ctx, program_id id)
{
    return change_status(ctx, id, true);
}

enum err
programs_find_rules(struct ctx *ctx, program_id id, struct program *program)
{
    if (id.v == 0) TRY(programs_store_find_main(ctx, &id));
    TRY(programs_store_find(ctx, id, program));
    if (program->id.v == 0) return fail(ctx, ERR_PROGRAM_UNKNOWN, "program %" PRId64, id.v);
    return programs_store_list_rules(ctx, program, program->version);
}

enum err
programs_find(struct ctx *ctx, program_id id, struct program *program)
{
    TRY(programs_find_rules(ctx, id, program));
    return programs_store_list_tiers(ctx, program);
}

static enum err
list_plain(struct ctx *ctx, enum programs_wanted wanted, struct program **programs, int *count)
{
    int max = wanted == PROGRAMS_ALL ? PROGRAMS_PAGE_MAX : PROGRAMS_MAX;

    *programs = ARENA_ARRAY(ctx->arena, struct program, (size_t)max);
    return programs_store_list(ctx, wanted, max, *programs, count);
}

enum err
programs_list_rules(struct ctx *ctx, struct program **programs, int *count)
{
    TRY(list_plain(ctx, PROGRAMS_OPEN, programs, count));
    return programs_store_list_all_rules(ctx, *programs, *count);
}

enum err
programs_list(struct ctx *ctx, struct program **programs, int *count)
{
    TRY(programs_list_rules(ctx, programs, count));
    for (int i = 0; i < *count; i++)
        TRY(programs_store_list_tiers(ctx, &(*programs)[i]));
    return OK;
}

enum err
programs_list_all(struct ctx *ctx, struct program **programs, int *count)
{
    TRY(list_plain(ctx, PROGRAMS_ALL, programs, count));
    for (int i = 0; i < *count; i++) {
        TRY(programs_store_list_rules(ctx, &(*programs)[i], (*programs)[i].version));
        TRY(programs_store_list_tiers(ctx, &(*programs)[i]));
    }
    return OK;
}
