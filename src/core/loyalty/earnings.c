/* earnings — see earnings.h; and points that ripen, see settle.h. */
#include "core/loyalty/earnings.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/earnings_store.h"
#include "core/loyalty/points.h"
#include "core/loyalty/programs_store.h"
#include "core/loyalty/settling.h"
#include <inttypes.h>

/* ---- telling ---- */

static void
add_line(struct earning_told *told, struct earning_line line)
{
    ASSERT(told->line_count < EARNING_LINES_MAX);
    told->lines[told->line_count++] = line;
}

static struct earning_line
line_of(const struct accrual_part *part)
{
    return (struct earning_line){
        .basis = part->basis,
        .points = part->points,
        .capped = part->capped,
        .reason = part->reason,
    };
}

static void
add_rules(const struct slot *slot, const struct accrual *accrual, struct earning_told *told)
{
    for (int i = 0; i < slot->member.program.rule_count && i < accrual->part_count; i++) {
        struct earning_line line = line_of(&accrual->parts[i]);

        line.rule = &slot->member.program.rules[i];
        add_line(told, line);
    }
}

static void
add_sums(const struct accrual *accrual, struct earning_told *told)
{
    for (int i = 0; i < accrual->part_count; i++) {
        bool is_promotion = accrual->promotion.v != 0 && i == accrual->part_count - 1;
        int64_t taken = accrual_taken(&accrual->parts[i]);

        *(is_promotion ? &told->promotion_points : &told->points) +=
            accrual->parts[i].points - taken;
        told->taken_back += taken;
    }
}

/* Every promotion that runs, the one that counts with what it gives. */
static void
add_chances(const struct slot *slot, struct earning_told *told)
{
    const struct accrual *accrual = &slot->accrual;

    for (int i = 0; i < slot->chance_count; i++) {
        const struct promotion *promotion = slot->chances[i].promotion;
        struct earning_line line = {.reason = slot->chances[i].reason};

        if (promotion->id.v == accrual->promotion.v) {
            line = line_of(&accrual->parts[accrual->part_count - 1]);
        }
        line.promotion = promotion->id;
        line.promotion_name = promotion->name;
        add_line(told, line);
    }
}

/* ---- what it would earn ---- */

/* Why the whole program gives nothing; GIVEN: it may give. */
static enum err
why_nothing(struct ctx *ctx, struct settling *settling, const struct slot *slot,
            enum accrual_reason *reason)
{
    const struct program *program = &slot->member.program;
    int64_t day = 0;

    *reason = ACCRUAL_GIVEN;
    if (program->ends_on != 0) TRY(settling_find_day(ctx, settling, &day));
    bool has_ended = program->ends_on != 0 && day > program->ends_on;
    if (!programs_earns(program, day)) {
        *reason = has_ended ? ACCRUAL_PROGRAM_ENDED : ACCRUAL_PROGRAM_INACTIVE;
    } else if (settling->order->total_minor < program->minimum_minor) {
        *reason = ACCRUAL_BELOW_MINIMUM;
    }
    return OK;
}

static enum err
tell(struct ctx *ctx, struct settling *settling, struct slot *slot, struct earning_told *told)
{
    enum accrual_reason reason;

    *told = (struct earning_told){.program = slot->member.program.id};
    TRY(why_nothing(ctx, settling, slot, &reason));
    if (settling->order->total_minor <= 0) reason = ACCRUAL_NOTHING_QUALIFIES;
    if (reason != ACCRUAL_GIVEN) {
        for (int i = 0; i < slot->member.program.rule_count; i++) {
            add_line(told, (struct earning_line){.rule = &slot->member.program.rules[i],
                                                 .reason = reason});
        }
        return OK;
    }
    slot->grows = true;
    TRY(settling_compute(ctx, settling, slot));
    add_rules(slot, &slot->accrual, told);
    add_chances(slot, told);
    add_sums(&slot->accrual, told);
    return OK;
}

/* An account's membership of its program; without one, the program's as somebody new has it. */
static enum err
open_slot(struct ctx *ctx, program_id program, account_id account, struct slot *slot)
{
    *slot = (struct slot){0};
    if (account.v == 0) {
        TRY(programs_find_rules(ctx, program, &slot->member.program));
    } else {
        TRY(points_find(ctx, account, &slot->member));
        if (program.v != 0 && slot->member.program.id.v != program.v) {
            return fail_field(ctx, ERR_ACCOUNT_UNKNOWN, "loyalty_account_id");
        }
        if (program.v == 0 && !slot->member.program.is_main) {
            return fail_field(ctx, ERR_ACCOUNT_UNKNOWN, "loyalty_account_id");
        }
    }
    slot->member.has_promotions = true;
    return OK;
}

enum err
earnings_calculate(struct ctx *ctx, const struct order_earning *order, program_id program,
                   account_id account, struct earning_told *told)
{
    struct slot *slot = ARENA_ARRAY(ctx->arena, struct slot, 1);
    struct settling settling = {.order = order, .slots = slot, .count = 1};

    TRY(open_slot(ctx, program, account, slot));
    TRY(settling_read_rules(ctx, &settling));
    return tell(ctx, &settling, slot, told);
}

/* A slot for each program that is not closed, with the customer's account there. */
static enum err
open_slots(struct ctx *ctx, struct settling *settling, customer_id customer)
{
    struct program *programs = ARENA_ARRAY(ctx->arena, struct program, PROGRAMS_MAX);
    struct membership *members = ARENA_ARRAY(ctx->arena, struct membership, PROGRAMS_MAX);
    int member_count = 0;

    TRY(programs_store_list(ctx, PROGRAMS_OPEN, PROGRAMS_MAX, programs, &settling->count));
    if (customer.v != 0) {
        TRY(accounts_list_of(ctx, customer, members, &member_count));
    }
    settling->slots = ARENA_ARRAY(ctx->arena, struct slot, (size_t)settling->count);
    for (int i = 0; i < settling->count; i++) {
        struct slot *slot = &settling->slots[i];

        for (int j = 0; j < member_count; j++) {
            if (members[j].program.id.v == programs[i].id.v) slot->member = members[j];
        }
        slot->member.program = programs[i];
        slot->member.has_promotions = true;
    }
    return OK;
}

enum err
earnings_calculate_all(struct ctx *ctx, const struct order_earning *order, customer_id customer,
                       struct earning_told **told, int *count)
{
    struct settling settling = {.order = order};

    TRY(open_slots(ctx, &settling, customer));
    if (settling.count > 0) TRY(settling_read_rules(ctx, &settling));
    *told = ARENA_ARRAY(ctx->arena, struct earning_told, (size_t)settling.count);
    *count = settling.count;
    for (int i = 0; i < settling.count; i++) {
        TRY(tell(ctx, &settling, &settling.slots[i], &(*told)[i]));
    }
    return OK;
}

enum err
earnings_preview(struct ctx *ctx, const struct order_earning *order, int64_t *points, bool *gives)
{
    struct earning_told *told;
    program_id main_program;
    int count;

    *points = 0;
    *gives = false;
    TRY(programs_store_find_main(ctx, &main_program));
    TRY(earnings_calculate_all(ctx, order, (customer_id){0}, &told, &count));
    for (int i = 0; i < count; i++) {
        int64_t given = told[i].points + told[i].promotion_points;

        if (given > 0) *gives = true;
        if (told[i].program.v == main_program.v) *points = given;
    }
    return OK;
}

/* ---- what it earned ---- */

static enum err
find_earning(struct ctx *ctx, account_id account, order_id order, struct earning *earning)
{
    struct earning earnings[PROGRAMS_MAX];
    int count;

    TRY(earnings_store_list(ctx, order, earnings, &count));
    for (int i = 0; i < count; i++) {
        if (earnings[i].account.v != account.v) continue;
        *earning = earnings[i];
        return OK;
    }
    return fail(ctx, ERR_ORDER_UNKNOWN, "order %" PRId64 " earned nothing there", order.v);
}

static enum err
add_promotion(struct ctx *ctx, const struct accrual *accrual, struct earning_told *told)
{
    struct promotion promotion;

    if (accrual->promotion.v == 0) return OK;
    TRY(promotions_find_any(ctx, accrual->promotion, &promotion));
    struct earning_line line = line_of(&accrual->parts[accrual->part_count - 1]);

    line.promotion = promotion.id;
    line.promotion_name = promotion.name;
    add_line(told, line);
    return OK;
}

enum err
earnings_explain(struct ctx *ctx, account_id account, order_id order, struct earning_told *told)
{
    struct slot *slot = ARENA_ARRAY(ctx->arena, struct slot, 1);
    const struct accrual *accrual = &slot->accrual;

    TRY(points_find(ctx, account, &slot->member));
    TRY(find_earning(ctx, slot->member.account.id, order, &slot->after));
    TRY(programs_store_list_rules(ctx, &slot->member.program, slot->after.version));
    TRY(earnings_store_list_parts(ctx, &slot->after, &slot->accrual));
    *told = (struct earning_told){
        .program = slot->member.program.id,
        .ripe_us = slot->after.ripe_us,
    };
    add_rules(slot, accrual, told);
    TRY(add_promotion(ctx, accrual, told));
    /* Of the whole, which is what counts: orders from before there were parts have none. */
    told->taken_back = slot->after.taken_back;
    int64_t promoted_taken =
        accrual->promotion.v == 0 ? 0 : accrual_taken(&accrual->parts[accrual->part_count - 1]);
    told->promotion_points = slot->after.promotion_points - promoted_taken;
    told->points = slot->after.points - slot->after.taken_back - told->promotion_points;
    return OK;
}

enum err
earnings_list_settled(struct ctx *ctx, order_id order, account_id account, struct settled *settled)
{
    struct earning earnings[PROGRAMS_MAX];
    int count;

    *settled = (struct settled){.own = {.account = account}};
    TRY(earnings_store_list(ctx, order, earnings, &count));
    settled->others = ARENA_ARRAY(ctx->arena, struct settled_account, (size_t)count);
    for (int i = 0; i < count; i++) {
        const struct earning *earning = &earnings[i];
        const struct settled_account told = {
            .account = earning->account,
            .program = earning->program,
            .points = earning->points,
            .promotion_points = earning->promotion_points,
            .ripe_us = earning->ripe_us,
        };

        if (earning->account.v == account.v) {
            settled->own = told;
        } else if (told.points > 0) {
            settled->others[settled->other_count++] = told;
        }
    }
    return OK;
}

/* ---- pending points ---- */

enum err
earnings_list_pending(struct ctx *ctx, account_id account, int max, struct pending_points **pending,
                      int *count)
{
    ASSERT(max > 0);
    *pending = ARENA_ARRAY(ctx->arena, struct pending_points, (size_t)max);
    return earnings_store_list_pending(ctx, account, max, *pending, count);
}

static enum err
ripen(struct ctx *ctx, const struct earning *earning)
{
    int64_t points = earning->points - earning->taken_back;
    struct earning after = *earning;
    struct loyalty_event event = {
        .type = EVENT_ACCUMULATE_POINTS,
        .rule_version = earning->version,
        .order = earning->order,
    };
    struct membership member;
    bool done;

    after.ripe_us = 0;
    if (points > 0) {
        TRY(points_find(ctx, earning->account, &member));
        TRY(points_ripen(ctx, &member, points, &event));
        after.lot = event.id.v;
        if (programs_is_over(&member.program, ctx->now_us)) TRY(points_expire_due(ctx, &member));
    }
    TRY(earnings_store_change(ctx, earning, &after, &done));
    return done ? OK : fail(ctx, ERR_DB_BUSY, "order %" PRId64, earning->order.v);
}

enum err
accounts_ripen(struct ctx *ctx, int max, int *ripened)
{
    struct earning *earnings = ARENA_ARRAY(ctx->arena, struct earning, (size_t)max);

    ASSERT(max > 0);
    TRY(earnings_store_list_ripe(ctx, max, earnings, ripened));
    for (int i = 0; i < *ripened; i++) {
        TRY(ripen(ctx, &earnings[i]));
    }
    return OK;
}
