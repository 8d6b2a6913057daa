/* handing — see handing.h. */
#include "core/loyalty/handing.h"
#include "core/ledger/ledger.h"
#include "core/loyalty/earnings_store.h"
#include "core/loyalty/points.h"
#include "core/loyalty/promotions.h"
#include "db/db.h"
#include <inttypes.h>

/* One program's part of it. */
struct hand {
    const struct earning_handing *handing;
    const struct earning *earning;
    struct membership from, into;
    int64_t points; /* that go */
};

/* Their account in the program, opened as a purchase would. */
static enum err
find_receiver(struct ctx *ctx, struct hand *hand)
{
    struct account_order wanted = {
        .program = hand->earning->program,
        .customer = hand->handing->into,
        .phone = hand->handing->phone,
    };
    struct loyalty_account account;

    enum err err = accounts_find_by_customer(ctx, wanted.program, wanted.customer, &account);
    if (err == ERR_ACCOUNT_UNKNOWN) {
        err = accounts_create(ctx, &wanted, &account);
        if (err == ERR_PHONE_TAKEN) {
            wanted.phone = STR("");
            err = accounts_create(ctx, &wanted, &account);
        }
    }
    TRY(err);
    return points_find(ctx, account.id, &hand->into);
}

static enum err
move_pending(struct ctx *ctx, struct hand *hand)
{
    const struct points_move taking = {.reason = REASON_REFUND, .contra = BOOK_EARNED};
    const struct points_move giving = {
        .reason = REASON_EARN, .contra = BOOK_EARNED, .lifetime_added = hand->points};
    struct loyalty_event taken = {
        .type = EVENT_OTHER, .order = hand->earning->order, .reason = STR("handed over")};
    struct loyalty_event given = taken;

    given.reason = STR("handed on");
    TRY(points_take_pending(ctx, &hand->from, hand->points, &taking, &taken));
    return points_give_pending(ctx, &hand->into, hand->points, &giving, &given);
}

/* Gives the lot that they lie in now, and what the first one keeps of them. */
static enum err
move_points(struct ctx *ctx, struct hand *hand, int64_t *lot, int64_t *kept)
{
    bool owes = hand->from.program.on_refund == REFUND_OWED;
    const struct points_move taking = {
        .reason = REASON_REFUND,
        .contra = BOOK_EARNED,
        .prefer_lot = hand->earning->lot,
        .rest = owes ? REST_OWED : REST_DROPPED,
    };
    const struct points_move giving = {
        .reason = REASON_EARN, .contra = BOOK_EARNED, .lifetime_added = hand->points};
    struct loyalty_event taken = {
        .type = EVENT_ADJUST_POINTS,
        .order = hand->earning->order,
        .location = hand->handing->location,
        .rule_version = hand->earning->version,
        .reason = STR("handed over"),
    };
    struct loyalty_event given = taken;

    given.type = EVENT_ACCUMULATE_POINTS;
    given.reason = STR("handed on");
    TRY(points_take(ctx, &hand->from, hand->points, &taking, &taken));
    TRY(points_give(ctx, &hand->into, hand->points, &giving, &given));
    *lot = given.id.v;
    *kept = hand->points + taken.points;
    return OK;
}

/* ---- limits ---- */

static enum err
move_count(struct ctx *ctx, const struct hand *hand, int64_t period)
{
    const struct earning_count less = {.period = period, .points = -hand->points, .times = -1};
    const struct earning_count more = {.period = period, .points = hand->points, .times = 1};

    TRY(counts_store_add(ctx, hand->from.account.id, &less));
    return counts_store_add(ctx, hand->into.account.id, &more);
}

/* A promotion that gave something of it was used by the second, and not by the first. */
static enum err
move_use(struct ctx *ctx, const struct hand *hand)
{
    struct promotion promotion;

    if (hand->earning->promotion_points == 0) return OK;
    TRY(promotions_find_any(ctx, hand->earning->promotion, &promotion));
    if (promotion.limit_times == 0 || promotion.limit_per_day) return OK;
    TRY(counts_store_remove_use(ctx, promotion.id, hand->from.account.id, 0));
    return counts_store_add_use(ctx, promotion.id, hand->into.account.id, 0);
}

static enum err
move_counts(struct ctx *ctx, const struct hand *hand)
{
    int64_t day = hand->earning->counted_day;

    TRY(move_use(ctx, hand));
    if (day == 0 || hand->points == 0) return OK;
    TRY(move_count(ctx, hand, day));
    return move_count(ctx, hand, day / 100);
}

/* ---- handing over ---- */

static enum err
hand_over(struct ctx *ctx, struct hand *hand)
{
    const struct earning *earning = hand->earning;
    int64_t carry = earning->carry_given - earning->carry_taken;
    struct earning_move move = {.lot = earning->lot, .kept = earning->dropped};
    int64_t kept = 0;

    hand->points = earning->points - earning->taken_back;
    TRY(points_expire_due(ctx, &hand->from));
    TRY(find_receiver(ctx, hand));
    if (hand->points > 0 && earning->ripe_us != 0) {
        TRY(move_pending(ctx, hand));
    } else if (hand->points > 0) {
        TRY(move_points(ctx, hand, &move.lot, &kept));
    }
    move.kept += kept;
    move.into = hand->into.account.id;
    TRY(ledger_note_earning(ctx, hand->from.account.id, -carry, 0));
    TRY(ledger_note_earning(ctx, hand->into.account.id, carry, 0));
    TRY(move_counts(ctx, hand));
    return earnings_store_hand_over(ctx, earning, &move);
}

enum err
earnings_hand_over(struct ctx *ctx, const struct earning_handing *handing)
{
    struct earning *earnings = ARENA_ARRAY(ctx->arena, struct earning, PROGRAMS_MAX);
    int count;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(handing->from.v != handing->into.v);
    TRY(earnings_store_list(ctx, handing->order, earnings, &count));
    for (int i = 0; i < count; i++) {
        struct hand *hand = ARENA_NEW(ctx->arena, struct hand);

        hand->handing = handing;
        hand->earning = &earnings[i];
        TRY(points_find(ctx, earnings[i].account, &hand->from));
        bool is_theirs = hand->from.account.customer.v == handing->from.v;
        if (!is_theirs || programs_is_over(&hand->from.program, ctx->now_us)) continue;
        TRY(hand_over(ctx, hand));
    }
    return OK;
}
