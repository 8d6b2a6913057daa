/*
 * settle — see accounts_settle_order in accounts.h.
 *
 * An earning remembers, for one order, what its basis earned and what refunds took back. Settling
 * computes both anew from the order as it is now, and moves the difference: so a message told twice
 * moves nothing, and what comes out of order ends the same.
 */
#include "core/loyalty/settle.h"
#include "base/calc.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/earnings_store.h"
#include "core/loyalty/points.h"
#include "core/loyalty/programs_store.h"
#include <inttypes.h>
#include <string.h>

/* floor(amount x part / whole); amounts are within 10^12, so the result is too. */
static int64_t
share(int64_t amount, int64_t part, int64_t whole)
{
    int64_t result = 0;
    bool fits = whole == 0 || calc_mul_div(amount, part, whole, ROUND_DOWN, &result);

    ASSERT(fits);
    return result;
}

/*
 * Makes the earning that of a larger order: the points and carry of what is new. Its tax may not
 * grow faster than its total, or what was counted once would be counted again later.
 */
static enum err
grow(struct ctx *ctx, struct membership *member, const struct order_earning *order,
     struct earning *earning)
{
    struct program *program = &member->program;
    int64_t growth = order->total_minor - earning->basis.total_minor;
    struct purchase now = {
        .total_minor = order->total_minor,
        .tax_minor = calc_min(order->tax_minor, earning->basis.tax_minor + growth),
    };

    TRY(programs_store_list_rules(ctx, program, earning->version));
    struct accrual accrual =
        programs_calculate_growth(program, &earning->basis, &now, member->account.carry);
    if (accrual.points > PROGRAM_POINTS_MAX - earning->points) {
        return fail(ctx, ERR_FIELD_RANGE, "order %" PRId64 " would earn %" PRId64, order->order.v,
                    accrual.points);
    }
    earning->basis = now;
    earning->points += accrual.points;
    earning->spend_points += accrual.spend_points;
    earning->spend_minor += accrual.spend_minor;
    earning->rule_points = accrual.rule_points;
    earning->rule_amount = accrual.rule_amount;
    earning->carry_given += accrual.carry_after - member->account.carry;
    return OK;
}

/*
 * Sets what refunds take back: a share of the points by the money refunded, rounded for the
 * customer; and of the carry, the share of what was counted less what the points taken were worth.
 * So after a whole refund points and carry are as if the order had never been, and after a part of
 * it they are together worth what was kept, however the parts were cut.
 */
static void
refund(const struct order_earning *order, struct earning *earning)
{
    int64_t basis = earning->basis.total_minor;
    int64_t kept = calc_max(0, order->total_minor - calc_max(0, order->refunded_minor));
    int64_t refunded = basis - calc_min(basis, kept);
    int64_t taken = share(earning->points, refunded, basis);
    int64_t spend_taken = share(earning->spend_points, taken, earning->points);
    int64_t worth = share(spend_taken, earning->rule_amount, earning->rule_points);

    earning->refunded_minor = refunded;
    earning->taken_back = taken;
    earning->carry_taken = share(earning->spend_minor, refunded, basis) - worth;
}

/* Compared as bytes below: whole numbers only, so there is nothing between them. */
_Static_assert(sizeof(struct earning) == 17 * sizeof(int64_t), "struct earning has padding");

/* How an earning changed. */
struct change {
    struct earning before, after;
    int64_t points; /* net: given less taken back */
    struct points_move move;
};

static void
compare(struct change *change)
{
    const struct earning *before = &change->before;
    struct earning *after = &change->after;
    int64_t given_back = calc_max(0, before->taken_back - after->taken_back);
    /* A refund that is undone gives back what was taken, not what had been dropped. */
    int64_t undropped = calc_min(before->dropped, given_back);

    after->dropped = before->dropped - undropped;
    change->points = after->points - after->taken_back - (before->points - before->taken_back);
    change->points -= undropped;

    bool earns = change->points > 0 && after->points > before->points;
    change->move = (struct points_move){
        .reason = earns ? REASON_EARN : REASON_REFUND,
        .contra = BOOK_EARNED,
        .prefer_lot = before->lot,
        .carry_added =
            (after->carry_given - after->carry_taken) - (before->carry_given - before->carry_taken),
        .lifetime_added = earns ? change->points : 0,
    };
}

static enum err
store(struct ctx *ctx, const struct change *change)
{
    bool done;

    if (change->before.account.v == 0) {
        TRY(earnings_store_add(ctx, &change->after, &done));
    } else {
        TRY(earnings_store_change(ctx, &change->before, &change->after, &done));
    }
    if (!done) return fail(ctx, ERR_DB_BUSY, "order %" PRId64, change->after.order.v);
    return OK;
}

/* Moves the points and carry, and stores the earning. */
static enum err
apply(struct ctx *ctx, const struct membership *member, const struct order_earning *order,
      struct change *change)
{
    struct earning *after = &change->after;
    bool earns = change->move.reason == REASON_EARN;
    struct loyalty_event event = {
        .type = earns ? EVENT_ACCUMULATE_POINTS : EVENT_ADJUST_POINTS,
        .rule_version = after->version,
        .location = order->location,
        .order = order->order,
        .reason = earns ? STR("") : STR("refund"),
    };

    if (change->points > 0) {
        TRY(points_give(ctx, member, change->points, &change->move, &event));
        after->lot = event.id.v;
    } else if (change->points < 0) {
        change->move.rest = member->program.on_refund == REFUND_OWED ? REST_OWED : REST_DROPPED;
        TRY(points_take(ctx, member, -change->points, &change->move, &event));
        after->dropped += event.points - change->points;
        change->points = event.points;
    } else if (change->move.carry_added != 0) {
        TRY(ledger_note_earning(ctx, member->account.id, change->move.carry_added, 0));
    }
    return store(ctx, change);
}

/* A first time must be worth it; then an order may grow, but not while the program sleeps. */
static bool
may_grow(const struct program *program, const struct order_earning *order,
         const struct earning *earning)
{
    if (!program->active || order->total_minor <= earning->basis.total_minor) return false;
    return earning->account.v != 0 || order->total_minor >= program->minimum_minor;
}

enum err
accounts_settle_order(struct ctx *ctx, const struct order_earning *order, account_id account,
                      int64_t *points, int64_t *changed)
{
    struct membership member;
    struct change change;

    *points = 0;
    *changed = 0;
    TRY(points_find(ctx, account, &member));
    TRY(earnings_store_find(ctx, order->order, member.account.program, &change.before));
    bool known = change.before.account.v != 0;
    if (known && change.before.account.v != account.v) {
        return fail(ctx, ERR_ORDER_ALREADY_CLAIMED, "order %" PRId64, order->order.v);
    }
    change.after = change.before;
    if (!known) {
        change.after.account = account;
        change.after.version = member.program.version;
    }
    bool grows = may_grow(&member.program, order, &change.before);
    if (!grows && !known) return OK;

    if (grows) TRY(grow(ctx, &member, order, &change.after));
    refund(order, &change.after);
    compare(&change);
    *points = change.after.points;
    if (memcmp(&change.before, &change.after, sizeof change.before) == 0) return OK;
    TRY(apply(ctx, &member, order, &change));
    *changed = change.points;
    return OK;
}

enum err
accounts_preview_order(struct ctx *ctx, const struct order_earning *order, int64_t *points)
{
    struct program program;

    *points = 0;
    enum err err = programs_find_rules(ctx, (program_id){0}, &program);
    if (err == ERR_PROGRAM_UNKNOWN) return OK;
    if (err != OK || !program.active) return err;

    struct accrual accrual = programs_calculate(&program, order->total_minor, order->tax_minor, 0);
    int64_t refunded = calc_min(calc_max(0, order->refunded_minor), order->total_minor);
    *points = accrual.points;
    if (order->total_minor > 0) *points -= share(accrual.points, refunded, order->total_minor);
    return OK;
}
