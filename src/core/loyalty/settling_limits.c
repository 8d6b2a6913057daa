/* settling_limits — promotions, caps, visits a day and cooldowns; see settling.h. */
#include "base/calc.h"
#include "base/clock.h"
#include "base/zone.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/settling.h"
#include "core/merchants/merchants.h"

enum { THIS_DAY, THIS_MONTH, LAST_MONTH, PERIODS };

/* ---- days ---- */

int64_t
settling_closed_us(const struct ctx *ctx, const struct settling *settling)
{
    return settling->order->closed_us == 0 ? ctx->now_us : settling->order->closed_us;
}

static enum err
find_moment(struct ctx *ctx, struct settling *settling)
{
    struct merchant merchant;

    if (settling->has_moment) return OK;
    settling->has_moment = true;
    TRY(merchants_find(ctx, &merchant));
    settling->local_us = zone_local_at(merchant.time_zone, settling_closed_us(ctx, settling));
    return OK;
}

enum err
settling_find_day(struct ctx *ctx, struct settling *settling, int64_t *day)
{
    TRY(find_moment(ctx, settling));
    *day = settling->local_us / CLOCK_DAY_US;
    return OK;
}

/* 2026-11-22 as 20261122. */
static int64_t
day_number(struct ctx *ctx, int64_t day)
{
    struct str text = zone_day_format(ctx->arena, day);
    int64_t number = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '-') number = number * 10 + (text.at[i] - '0');
    }
    return number;
}

static int64_t
month_before(int64_t month)
{
    return month % 100 == 1 ? month - 100 + 11 : month - 1;
}

/* ---- promotions ---- */

static enum err
read_uses(struct ctx *ctx, struct settling *settling, const struct slot *slot,
          struct promotion_chance *chance)
{
    const struct promotion *promotion = chance->promotion;
    int64_t day = 0;

    if (promotion->limit_times == 0 || slot->member.account.id.v == 0) return OK;
    if (promotion->limit_per_day) {
        TRY(settling_find_day(ctx, settling, &day));
        day = day_number(ctx, day);
    }
    return counts_store_read_uses(ctx, promotion->id, slot->member.account.id, day, &chance->times);
}

static enum err
read_running(struct ctx *ctx, struct settling *settling)
{
    if (settling->has_running) return OK;
    settling->has_running = true;
    TRY(find_moment(ctx, settling));
    const struct promotion_moment at = {settling_closed_us(ctx, settling), settling->local_us};

    return promotions_list_running(ctx, &at, &settling->running, &settling->running_count);
}

static enum err
choose(struct ctx *ctx, struct settling *settling, struct slot *slot)
{
    TRY(read_running(ctx, settling));
    slot->chances = ARENA_ARRAY(ctx->arena, struct promotion_chance, PROMOTIONS_MAX);
    /* More can only have been canceled and made anew on the order's day: the oldest count. */
    for (int i = 0; i < settling->running_count && slot->chance_count < PROMOTIONS_MAX; i++) {
        const struct promotion *promotion = &settling->running[i];

        if (promotion->program.v != slot->member.program.id.v) continue;
        struct promotion_chance *chance = &slot->chances[slot->chance_count++];

        chance->promotion = promotion;
        TRY(read_uses(ctx, settling, slot, chance));
    }
    TRY(settling_read_lines(ctx, settling, slot));
    accrual_promote(&slot->accrual, &settling->basket, slot->chances, slot->chance_count);
    return OK;
}

/* The one of its first time, whatever runs now; it has its part also when it gives no more. */
static enum err
keep(struct ctx *ctx, struct settling *settling, struct slot *slot)
{
    struct promotion *promotion = ARENA_ARRAY(ctx->arena, struct promotion, 1);
    struct promotion_chance *chance = ARENA_ARRAY(ctx->arena, struct promotion_chance, 1);
    struct accrual *accrual = &slot->accrual;

    TRY(promotions_find_any(ctx, slot->before.promotion, promotion));
    *chance = (struct promotion_chance){.promotion = promotion};
    slot->chances = chance;
    slot->chance_count = 1;
    TRY(settling_read_lines(ctx, settling, slot));
    accrual_promote(accrual, &settling->basket, chance, 1);
    if (accrual->promotion.v != 0) return OK;
    accrual->promotion = promotion->id;
    accrual->parts[accrual->part_count++] = (struct accrual_part){.reason = chance->reason};
    return OK;
}

enum err
settling_promote(struct ctx *ctx, struct settling *settling, struct slot *slot)
{
    if (slot->before.promotion.v != 0) return keep(ctx, settling, slot);
    if (!slot->grows || !slot->member.has_promotions) return OK;
    return choose(ctx, settling, slot);
}

/* ---- limits ---- */

static bool
has_counts(const struct program *program)
{
    return program->cap_day > 0 || program->cap_month > 0 || program->visits_day > 0 ||
           program->cooldown_minutes > 0;
}

static enum err
read_counts(struct ctx *ctx, struct settling *settling, const struct slot *slot,
            struct earning_count counts[static PERIODS])
{
    int64_t day;

    TRY(settling_find_day(ctx, settling, &day));
    counts[THIS_DAY] = (struct earning_count){.period = day_number(ctx, day)};
    counts[THIS_MONTH] = (struct earning_count){.period = counts[THIS_DAY].period / 100};
    counts[LAST_MONTH] = (struct earning_count){.period = month_before(counts[THIS_MONTH].period)};
    if (slot->member.account.id.v == 0) return OK;
    return counts_store_read(ctx, slot->member.account.id, counts);
}

static void
narrow(struct accrual_room *room, int64_t cap, int64_t counted, enum accrual_reason reason)
{
    int64_t left = calc_max(0, cap - counted);

    if (cap == 0 || left >= room->points) return;
    *room = (struct accrual_room){left, reason};
}

/* Whether the order comes too soon after another one, or too often on its day. */
static enum accrual_reason
too_soon(const struct ctx *ctx, const struct settling *settling, const struct program *program,
         const struct earning_count counts[static PERIODS])
{
    int64_t last_us = calc_max(counts[THIS_MONTH].last_us, counts[LAST_MONTH].last_us);
    int64_t after_us = settling_closed_us(ctx, settling) - last_us;

    if (program->visits_day > 0 && counts[THIS_DAY].times >= program->visits_day) {
        return ACCRUAL_VISITS_DAY;
    }
    /* One that is told late may lie before the last. */
    if (after_us < 0) after_us = -after_us;
    bool is_soon = last_us != 0 && after_us < program->cooldown_minutes * CLOCK_MINUTE_US;
    return is_soon ? ACCRUAL_COOLDOWN : ACCRUAL_GIVEN;
}

bool
settling_has_limits(const struct program *program)
{
    return program->cap_purchase > 0 || has_counts(program);
}

bool
settling_is_blocked(const struct accrual *accrual)
{
    enum accrual_reason reason = accrual->part_count > 0 ? accrual->parts[0].reason : ACCRUAL_GIVEN;

    return reason == ACCRUAL_COOLDOWN || reason == ACCRUAL_VISITS_DAY;
}

enum err
settling_limit(struct ctx *ctx, struct settling *settling, struct slot *slot)
{
    const struct program *program = &slot->member.program;
    const struct earning *before = &slot->before;
    struct accrual_room room = {LEDGER_AMOUNT_MAX, ACCRUAL_GIVEN};
    struct earning_count counts[PERIODS];
    int64_t own = before->points - before->taken_back;

    narrow(&room, program->cap_purchase, 0, ACCRUAL_CAP_PURCHASE);
    /* What was earned before there were such limits is not counted by them. */
    bool counts_now = has_counts(program) && (!slot_is_known(slot) || before->counted_day != 0);
    if (counts_now) {
        TRY(read_counts(ctx, settling, slot, counts));
        if (before->counted_day == 0) slot->after.counted_day = counts[THIS_DAY].period;
        enum accrual_reason reason = too_soon(ctx, settling, program, counts);
        if (reason != ACCRUAL_GIVEN && !slot_is_known(slot)) {
            accrual_block(&slot->accrual, reason);
            return OK;
        }
        narrow(&room, program->cap_day, counts[THIS_DAY].points - own, ACCRUAL_CAP_DAY);
        narrow(&room, program->cap_month, counts[THIS_MONTH].points - own, ACCRUAL_CAP_MONTH);
    }
    /* A limit that came, or filled up, since then takes nothing away. */
    room.points = calc_max(room.points, before->points);
    accrual_cap(&slot->accrual, room);
    return OK;
}

/* ---- counting ---- */

static bool
was_promoted(const struct accrual *accrual)
{
    if (accrual->promotion.v == 0) return false;
    const struct accrual_part *part = &accrual->parts[accrual->part_count - 1];
    return part->points > accrual_taken(part);
}

/* A promotion that is wholly given back has not been used. */
static enum err
count_use(struct ctx *ctx, struct settling *settling, const struct slot *slot)
{
    bool was = was_promoted(&slot->was);
    bool is = was_promoted(&slot->accrual);
    const struct promotion *promotion = NULL;
    int64_t day = 0;

    if (was == is) return OK;
    for (int i = 0; i < slot->chance_count; i++) {
        bool is_it = slot->chances[i].promotion->id.v == slot->accrual.promotion.v;

        if (is_it) promotion = slot->chances[i].promotion;
    }
    ASSERT(promotion != NULL);
    if (promotion->limit_times == 0) return OK;
    if (promotion->limit_per_day) {
        TRY(settling_find_day(ctx, settling, &day));
        day = day_number(ctx, day);
    }
    return is ? counts_store_add_use(ctx, promotion->id, slot->after.account, day)
              : counts_store_remove_use(ctx, promotion->id, slot->after.account, day);
}

enum err
settling_count(struct ctx *ctx, struct settling *settling, const struct slot *slot)
{
    const struct earning *after = &slot->after;
    int64_t had = slot->before.points - slot->before.taken_back;
    int64_t has = after->points - after->taken_back;
    struct earning_count more = {
        .period = after->counted_day,
        .points = has - had,
        .times = (has > 0) - (had > 0),
        .last_us = has > 0 && had == 0 ? settling_closed_us(ctx, settling) : 0,
    };

    TRY(count_use(ctx, settling, slot));
    if (after->counted_day == 0 || (more.points == 0 && more.times == 0)) return OK;
    TRY(counts_store_add(ctx, after->account, &more));
    more.period /= 100;
    return counts_store_add(ctx, after->account, &more);
}
