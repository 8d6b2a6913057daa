/*
 * settle — see settle.h.
 *
 * An earning remembers, for one order in one program, what each rule made of it and what refunds
 * took back. Settling computes both anew from the order as it is now, and moves the difference: so
 * a message told twice moves nothing, and what comes out of order ends the same.
 */
#include "core/loyalty/settle.h"
#include "base/calc.h"
#include "base/clock.h"
#include "core/loyalty/points.h"
#include "core/loyalty/settling.h"
#include <inttypes.h>
#include <string.h>

/* ---- what was there ---- */

static struct slot *
find_slot(struct settling *settling, program_id program)
{
    for (int i = 0; i < settling->count; i++) {
        if (settling->slots[i].member.program.id.v == program.v) return &settling->slots[i];
    }
    return NULL;
}

/* A slot for each program, with the customer's account there. */
static enum err
open_slots(struct ctx *ctx, struct settling *settling, account_id account, struct slot **own)
{
    struct membership *members = ARENA_ARRAY(ctx->arena, struct membership, ACCOUNTS_EARNING_MAX);

    TRY(accounts_store_list_earning(ctx, account, settling_closed_us(ctx, settling), members,
                                    &settling->count));
    settling->slots = ARENA_ARRAY(ctx->arena, struct slot, (size_t)settling->count);
    *own = NULL;
    for (int i = 0; i < settling->count; i++) {
        struct slot *slot = &settling->slots[i];

        slot->member = members[i];
        slot->before =
            (struct earning){.order = settling->order->order, .program = members[i].program.id};
        if (members[i].account.id.v == account.v) *own = slot;
    }
    return OK;
}

/* Of an account that was merged meanwhile, those of whom it belongs to now. */
static enum err
open_own_slots(struct ctx *ctx, struct settling *settling, account_id account, struct slot **own)
{
    struct membership member;

    TRY(open_slots(ctx, settling, account, own));
    if (*own != NULL) return OK;
    TRY(points_find(ctx, account, &member));
    TRY(open_slots(ctx, settling, member.account.id, own));
    return *own != NULL ? OK : fail(ctx, ERR_ACCOUNT_UNKNOWN, "account %" PRId64, account.v);
}

/* What the order earned before; another's in this account's own program is another's order. */
static enum err
read_earnings(struct ctx *ctx, struct settling *settling, const struct slot *own)
{
    struct earning earnings[PROGRAMS_MAX];
    int count;

    TRY(earnings_store_list(ctx, settling->order->order, earnings, &count));
    for (int i = 0; i < count; i++) {
        struct slot *slot = find_slot(settling, earnings[i].program);

        if (slot == NULL) continue;
        bool is_theirs = earnings[i].account.v == slot->member.account.id.v;
        if (slot == own && !is_theirs) {
            return fail(ctx, ERR_ORDER_ALREADY_CLAIMED, "order %" PRId64, settling->order->order.v);
        }
        slot->before = earnings[i];
        TRY(earnings_store_list_parts(ctx, &slot->before, &slot->was));
    }
    return OK;
}

/* ---- which programs it is settled in ---- */

/*
 * Whether it may earn more than it did: a first time must be worth it; then an order may grow, but
 * not while the program sleeps.
 */
static enum err
may_grow(struct ctx *ctx, struct settling *settling, const struct slot *slot, bool *grows)
{
    const struct order_earning *order = settling->order;
    const struct program *program = &slot->member.program;
    bool is_told = order->told_us == 0 || program->created_us <= order->told_us;
    int64_t was_minor = slot_is_known(slot) ? slot->before.basis_minor : order->settled_minor;
    int64_t day = 0;

    if (program->ends_on != 0) TRY(settling_find_day(ctx, settling, &day));
    *grows = programs_earns(program, day) && order->total_minor > was_minor;
    if (!slot_is_known(slot) && order->total_minor < program->minimum_minor) *grows = false;
    if (!slot_is_known(slot) && !is_told) *grows = false;
    return OK;
}

/* Another customer's earning, one that came too soon, and one of a program that is over stay. */
static bool
stays(const struct ctx *ctx, const struct slot *slot)
{
    bool is_theirs = !slot_is_known(slot) || slot->before.account.v == slot->member.account.id.v;

    return !is_theirs || settling_is_blocked(&slot->was) ||
           programs_is_over(&slot->member.program, ctx->now_us);
}

/* Leaves the slots that there is something to settle in; *own is NULL when it is not among them. */
static enum err
choose_slots(struct ctx *ctx, struct settling *settling, struct slot **own)
{
    int count = settling->count;
    struct slot *kept = NULL;

    settling->count = 0;
    for (int i = 0; i < count; i++) {
        struct slot *slot = &settling->slots[i];

        TRY(may_grow(ctx, settling, slot, &slot->grows));
        if (stays(ctx, slot) || (!slot->grows && !slot_is_known(slot))) continue;
        slot->after = slot->before;
        if (!slot_is_known(slot)) {
            slot->after.version = slot->member.program.version;
            if (slot->member.program.ripen_days > 0) {
                slot->after.ripe_us = ctx->now_us + slot->member.program.ripen_days * CLOCK_DAY_US;
            }
        }
        settling->slots[settling->count] = *slot;
        if (slot == *own) kept = &settling->slots[settling->count];
        settling->count++;
    }
    *own = kept;
    return OK;
}

/* ---- how it changed ---- */

/* Compared as bytes below: whole numbers only, so there is nothing between them. */
_Static_assert(sizeof(struct earning) == 21 * sizeof(int64_t), "struct earning has padding");

struct change {
    int64_t points; /* net: given less taken back */
    struct points_move move;
    bool earns;
    struct loyalty_event event, companion; /* id 0: none */
};

static int64_t
promoted_net(const struct accrual *accrual)
{
    if (accrual->promotion.v == 0) return 0;
    const struct accrual_part *part = &accrual->parts[accrual->part_count - 1];
    return part->points - accrual_taken(part);
}

static void
compare(struct slot *slot, struct change *change)
{
    const struct earning *before = &slot->before;
    struct earning *after = &slot->after;
    int64_t given_back = calc_max(0, before->taken_back - after->taken_back);
    /* A refund that is undone gives back what was taken, not what had been dropped. */
    int64_t undropped = calc_min(before->dropped, given_back);

    after->dropped = before->dropped - undropped;
    change->points = after->points - after->taken_back - (before->points - before->taken_back);
    change->points -= undropped;
    change->earns = change->points > 0 && after->points > before->points;
    int64_t promoted = promoted_net(&slot->accrual) - promoted_net(&slot->was);

    change->event = change->companion = (struct loyalty_event){0};
    change->move = (struct points_move){
        .reason = change->earns ? REASON_EARN : REASON_REFUND,
        .contra = BOOK_EARNED,
        .prefer_lot = before->lot,
        .promoted = change->earns ? calc_max(0, calc_min(promoted, change->points)) : 0,
        .carry_added =
            (after->carry_given - after->carry_taken) - (before->carry_given - before->carry_taken),
        .lifetime_added = change->earns ? change->points : 0,
        .companion = &change->companion,
        .is_fresh = true,
    };
}

static bool
is_nothing(const struct slot *slot)
{
    int64_t capped = 0;

    for (int i = 0; i < slot->accrual.part_count; i++) {
        capped += slot->accrual.parts[i].capped;
    }
    return !slot_is_known(slot) && slot->after.points == 0 && capped == 0 &&
           slot->after.carry_given == 0;
}

/* ---- applying it ---- */

static enum err
move_pending(struct ctx *ctx, struct slot *slot, struct change *change)
{
    struct loyalty_event *event = &change->event;

    event->type = EVENT_OTHER;
    event->reason = change->earns ? STR("pending") : STR("refund");
    if (change->points > 0) {
        return points_give_pending(ctx, &slot->member, change->points, &change->move, event);
    }
    return points_take_pending(ctx, &slot->member, -change->points, &change->move, event);
}

static enum err
move_points(struct ctx *ctx, struct slot *slot, struct change *change)
{
    struct loyalty_event *event = &change->event;
    struct earning *after = &slot->after;

    if (change->points > 0) {
        TRY(points_give(ctx, &slot->member, change->points, &change->move, event));
        after->lot = event->id.v;
        return OK;
    }
    change->move.rest = slot->member.program.on_refund == REFUND_OWED ? REST_OWED : REST_DROPPED;
    TRY(points_take(ctx, &slot->member, -change->points, &change->move, event));
    after->dropped += event->points - change->points;
    change->points = event->points;
    return OK;
}

static bool
is_same_part(const struct accrual_part *a, const struct accrual_part *b)
{
    return a->basis == b->basis && a->refunded == b->refunded && a->points == b->points &&
           a->capped == b->capped && a->reason == b->reason;
}

/* Those that are not as they were; stored when all programs are settled. */
static void
collect_parts(struct settling *settling, const struct slot *slot)
{
    int count = (int)calc_max(slot->accrual.part_count, slot->was.part_count);

    for (int i = 0; i < count; i++) {
        const struct accrual_part *part = &slot->accrual.parts[i];
        bool is_rule = i < slot->member.program.rule_count;

        if (i < slot->was.part_count && is_same_part(part, &slot->was.parts[i])) continue;
        settling->parts[settling->part_count++] = (struct earning_part){
            .program = slot->member.program.id,
            .position = i,
            .source = is_rule ? EARNING_OF_RULE : EARNING_OF_PROMOTION,
            .is = *part,
        };
    }
}

static enum err
store(struct ctx *ctx, struct settling *settling, const struct slot *slot)
{
    bool done;

    if (slot_is_known(slot)) {
        TRY(earnings_store_change(ctx, &slot->before, &slot->after, &done));
    } else {
        TRY(earnings_store_add(ctx, &slot->after, &done));
    }
    if (!done) return fail(ctx, ERR_DB_BUSY, "order %" PRId64, slot->after.order.v);
    collect_parts(settling, slot);
    return settling_count(ctx, settling, slot);
}

/* Moves the points and carry, and stores the earning. */
static enum err
apply(struct ctx *ctx, struct settling *settling, struct slot *slot, struct change *change)
{
    change->event = (struct loyalty_event){
        .type = change->earns ? EVENT_ACCUMULATE_POINTS : EVENT_ADJUST_POINTS,
        .rule_version = slot->after.version,
        .location = settling->order->location,
        .order = settling->order->order,
        .reason = change->earns ? STR("") : STR("refund"),
    };
    bool is_pending = slot->after.ripe_us != 0;

    slot->after.account = slot->member.account.id;
    if (change->points != 0) {
        TRY((is_pending ? move_pending : move_points)(ctx, slot, change));
    } else if (change->move.carry_added != 0) {
        TRY(ledger_note_earning(ctx, slot->member.account.id, change->move.carry_added, 0));
    }
    return store(ctx, settling, slot);
}

static struct settled_account
outcome(const struct slot *slot, const struct change *change)
{
    bool is_pending = slot->after.ripe_us != 0;
    struct settled_account settled = {
        .account = slot->after.account,
        .program = slot->member.program.id,
        .points = slot->after.points,
        .promotion_points = slot->after.promotion_points,
        .changed = is_pending ? 0 : change->points,
        .pending_changed = is_pending ? change->points : 0,
        .ripe_us = slot->after.ripe_us,
    };

    if (change->event.id.v != 0) settled.events[settled.event_count++] = change->event;
    if (change->companion.id.v != 0) settled.events[settled.event_count++] = change->companion;
    for (int i = 0; i < settled.event_count; i++) {
        bool is_promotions = settled.events[i].type == EVENT_ACCUMULATE_PROMOTION_POINTS;

        if (is_promotions) settled.events[i].promotion = slot->after.promotion;
    }
    return settled;
}

static enum err
settle_slot(struct ctx *ctx, struct settling *settling, const struct loyalty_account *own,
            struct slot *slot, struct settled_account *settled)
{
    struct change change;
    bool is_new = false;

    *settled = (struct settled_account){.account = slot->member.account.id,
                                        .program = slot->member.program.id};
    TRY(settling_compute(ctx, settling, slot));
    if (is_nothing(slot)) return OK;
    if (slot->member.account.id.v == 0) {
        TRY(accounts_open_beside(ctx, own, slot->member.program.id, &slot->member.account,
                                 &is_new));
        if (!is_new) return OK;
    }
    compare(slot, &change);
    bool is_same = memcmp(&slot->before, &slot->after, sizeof slot->before) == 0;
    if (!is_same) TRY(apply(ctx, settling, slot, &change));
    *settled = outcome(slot, &change);
    settled->is_new = is_new;
    return OK;
}

enum err
accounts_settle_order(struct ctx *ctx, const struct order_earning *order, account_id account,
                      struct settled *settled)
{
    struct settling settling = {.order = order};
    struct slot *own;

    *settled = (struct settled){0};
    TRY(open_own_slots(ctx, &settling, account, &own));
    const struct loyalty_account owner = own->member.account;
    settled->own = (struct settled_account){.account = owner.id, .program = owner.program};
    TRY(read_earnings(ctx, &settling, own));
    TRY(choose_slots(ctx, &settling, &own));
    if (settling.count == 0) return OK;

    TRY(settling_read_rules(ctx, &settling));
    settling.parts =
        ARENA_ARRAY(ctx->arena, struct earning_part, (size_t)settling.count * ACCRUAL_PARTS_MAX);
    settled->others = ARENA_ARRAY(ctx->arena, struct settled_account, (size_t)settling.count);
    for (int i = 0; i < settling.count; i++) {
        struct slot *slot = &settling.slots[i];
        struct settled_account *one = &settled->others[settled->other_count];

        TRY(settle_slot(ctx, &settling, &owner, slot, one));
        if (slot == own) {
            settled->own = *one;
        } else if (one->points > 0 || one->event_count > 0) {
            settled->other_count++;
        }
    }
    return earnings_store_put_parts(ctx, order->order, settling.parts, settling.part_count);
}
