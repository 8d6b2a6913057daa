/* spending — see spending.h. */
#include "core/loyalty/spending.h"
#include "core/loyalty/points.h"
#include "core/team/places.h"
#include "db/db.h"
#include <inttypes.h>

static enum err
check(struct ctx *ctx, const struct spend_order *order, const struct membership *member)
{
    struct program program;

    if (order->amount_minor < 1 || order->amount_minor > PROGRAM_POINTS_MAX) {
        return fail(ctx, ERR_FIELD_RANGE, "%" PRId64 " to spend", order->amount_minor);
    }
    TRY(programs_find_rules(ctx, member->account.program, &program));
    if (program.type != PROGRAM_CASHBACK) {
        return fail(ctx, ERR_PROGRAM_NOT_CASHBACK, "program %" PRId64, program.id.v);
    }
    if (!programs_offers(&program, ctx->now_us)) {
        return fail(ctx, ERR_PROGRAM_INACTIVE, "program %" PRId64, program.id.v);
    }
    if (order->amount_minor <= member->account.balance) return OK;
    return fail(ctx, ERR_POINTS_SHORT, "account %" PRId64 " has %" PRId64 " of %" PRId64,
                order->account.v, member->account.balance, order->amount_minor);
}

enum err
accounts_check_spend(struct ctx *ctx, const struct spend_order *order)
{
    struct membership member;

    TRY(points_find(ctx, order->account, &member));
    return check(ctx, order, &member);
}

enum err
accounts_spend(struct ctx *ctx, const struct spend_order *order, struct loyalty_event *event)
{
    static const struct points_move move = {
        .reason = REASON_SPEND, .contra = BOOK_SPENT, .rest = REST_REFUSED};
    struct membership member;

    ASSERT(db_in_tx(ctx->db));
    TRY(places_check(ctx, order->location));
    TRY(points_find(ctx, order->account, &member));
    /* What is due but not yet expired must not pay anything. */
    TRY(points_expire_due(ctx, &member));
    TRY(check(ctx, order, &member));
    *event = (struct loyalty_event){
        .type = EVENT_OTHER,
        .location = order->location,
        .order = order->order,
        .reason = order->reason.len > 0 ? order->reason : STR("spent"),
    };
    enum err err = points_take(ctx, &member, order->amount_minor, &move, event);
    /* Another till was quicker since the balance was read. */
    return err == ERR_LEDGER_SHORT ? fail(ctx, ERR_POINTS_SHORT, "spent meanwhile") : err;
}

enum err
accounts_unspend(struct ctx *ctx, const struct spend_return *spent, struct loyalty_event *event)
{
    const struct points_reverse back = {
        .of = spent->spent_by, .as = {id_next(ctx)}, .reason = REASON_UNSPEND};
    struct membership member;

    ASSERT(db_in_tx(ctx->db));
    TRY(points_find(ctx, spent->account, &member));
    *event = (struct loyalty_event){
        .type = EVENT_OTHER, .order = spent->order, .reason = STR("order undone")};
    return points_reverse(ctx, &member, &back, event);
}
