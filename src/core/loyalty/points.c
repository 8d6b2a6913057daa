/* points — see points.h. */
#include "core/loyalty/points.h"
#include "base/calc.h"
#include "base/clock.h"
#include <inttypes.h>
#include <string.h>

#define OWED_FLOOR (-LEDGER_BALANCE_MAX)

enum err
points_find(struct ctx *ctx, account_id id, struct membership *member)
{
    TRY(accounts_store_find(ctx, id, member));
    while (member->merged_into.v != 0) {
        TRY(accounts_store_find(ctx, member->merged_into, member));
    }
    if (member->account.id.v == 0) return fail(ctx, ERR_ACCOUNT_UNKNOWN, "account %" PRId64, id.v);
    return OK;
}

static enum err
add_after(struct ctx *ctx, const struct membership *member, struct loyalty_event *event,
          struct loyalty_event *companion)
{
    const struct events_added added = {event, companion, member->last_event};

    return events_add_after(ctx, &member->account, &added);
}

static enum err
add_one_by_one(struct ctx *ctx, const struct membership *member, struct loyalty_event *event,
               struct loyalty_event *companion)
{
    struct loyalty_event promoted = *event;

    TRY(events_add(ctx, &member->account, event));
    if (companion->points == 0) return OK;
    promoted.id = companion->id;
    promoted.type = EVENT_ACCUMULATE_PROMOTION_POINTS;
    promoted.points = companion->points;
    TRY(events_add(ctx, &member->account, &promoted));
    *companion = promoted;
    return OK;
}

/* Posts the lines under the event's id, and notes the event. */
static enum err
post(struct ctx *ctx, const struct membership *member, const struct points_move *move,
     const struct ledger_line *lines, int line_count, struct loyalty_event *event)
{
    struct ledger_transfer transfer = {
        .id = {id_next(ctx)},
        .unit = member->account.program.v,
        .reason = move->reason,
        .lines = lines,
        .line_count = line_count,
    };
    bool has_points = line_count > 0 && lines[0].book == BOOK_POINTS;
    bool has_note = move->carry_added != 0 || move->lifetime_added != 0;

    if (has_points) {
        transfer.carry_added = move->carry_added;
        transfer.lifetime_added = move->lifetime_added;
    } else if (has_note) {
        TRY(ledger_note_earning(ctx, member->account.id, move->carry_added, move->lifetime_added));
    }
    if (line_count == 0) return OK;

    struct loyalty_event companion = {0};
    bool has_companion = event->type == EVENT_ACCUMULATE_POINTS && move->promoted > 0;

    if (has_companion) companion = (struct loyalty_event){{id_next(ctx)}, .points = move->promoted};
    /* The transfer's own statement notes the newest event, where it moves the account's points. */
    bool notes = has_points && move->is_fresh;
    if (notes) transfer.last_event = has_companion ? companion.id.v : transfer.id.v;
    TRY(ledger_post(ctx, &transfer));
    event->id = transfer.id;
    event->seq = transfer.seq;
    TRY((notes ? add_after : add_one_by_one)(ctx, member, event, &companion));
    if (has_companion && move->companion != NULL) *move->companion = companion;
    return OK;
}

/* Lines being put together; room for all that giving ever needs. */
struct giving {
    struct ledger_line lines[5];
    int count;
};

static void
add_line(struct giving *giving, int64_t owner, enum ledger_book book, int64_t amount)
{
    if (amount == 0) return;
    giving->lines[giving->count++] =
        (struct ledger_line){.owner = owner, .book = book, .amount = amount};
}

/* Into a new lot, once nothing is owed any more. */
static void
add_received(const struct ctx *ctx, const struct membership *member, int64_t points,
             struct giving *giving)
{
    int64_t days = member->program.expiry_days;
    int64_t repaid = calc_min(points, -member->owed);
    int64_t expires_us = days == 0 ? LEDGER_NEVER : ctx->now_us + days * CLOCK_DAY_US;

    ASSERT(points > 0);
    ASSERT(member->owed <= 0);
    /* What ripens after the end of its program ends with it. */
    if (programs_is_over(&member->program, ctx->now_us)) expires_us = ctx->now_us;
    if (points > repaid) {
        add_line(giving, member->account.id.v, BOOK_POINTS, points - repaid);
        giving->lines[0].expires_us = expires_us;
    }
    add_line(giving, member->account.id.v, BOOK_OWED, repaid);
}

/* The shop's side: what its rules gave, and its promotion. */
static void
add_given(const struct membership *member, int64_t points, const struct points_move *move,
          struct giving *giving)
{
    int64_t program = member->account.program.v;

    ASSERT(move->promoted >= 0);
    ASSERT(move->promoted <= points);
    add_line(giving, program, move->contra, -(points - move->promoted));
    add_line(giving, program, BOOK_PROMOTED, -move->promoted);
}

enum err
points_give(struct ctx *ctx, const struct membership *member, int64_t points,
            const struct points_move *move, struct loyalty_event *event)
{
    struct giving giving = {0};

    add_received(ctx, member, points, &giving);
    add_given(member, points, move, &giving);
    event->points = points - move->promoted;
    if (event->points == 0) {
        ASSERT(event->type == EVENT_ACCUMULATE_POINTS);
        event->type = EVENT_ACCUMULATE_PROMOTION_POINTS;
        event->points = points;
    }
    return post(ctx, member, move, giving.lines, giving.count, event);
}

/* ---- pending ---- */

enum err
points_give_pending(struct ctx *ctx, const struct membership *member, int64_t points,
                    const struct points_move *move, struct loyalty_event *event)
{
    struct giving giving = {0};

    ASSERT(points > 0);
    ASSERT(event->type == EVENT_OTHER);
    TRY(ledger_open_account(ctx, member->account.id.v, BOOK_PENDING, member->account.program.v, 0));
    add_line(&giving, member->account.id.v, BOOK_PENDING, points);
    add_given(member, points, move, &giving);
    event->points = 0;
    return post(ctx, member, move, giving.lines, giving.count, event);
}

enum err
points_take_pending(struct ctx *ctx, const struct membership *member, int64_t points,
                    const struct points_move *move, struct loyalty_event *event)
{
    struct giving giving = {0};

    ASSERT(points > 0);
    ASSERT(event->type == EVENT_OTHER);
    add_line(&giving, member->account.id.v, BOOK_PENDING, -points);
    add_line(&giving, member->account.program.v, move->contra, points);
    event->points = 0;
    return post(ctx, member, move, giving.lines, giving.count, event);
}

enum err
points_ripen(struct ctx *ctx, const struct membership *member, int64_t points,
             struct loyalty_event *event)
{
    static const struct points_move move = {.reason = REASON_RIPEN};
    struct giving giving = {0};

    add_received(ctx, member, points, &giving);
    add_line(&giving, member->account.id.v, BOOK_PENDING, -points);
    event->points = points;
    return post(ctx, member, &move, giving.lines, giving.count, event);
}

/* ---- taking ---- */

enum err
points_take(struct ctx *ctx, const struct membership *member, int64_t points,
            const struct points_move *move, struct loyalty_event *event)
{
    struct ledger_spending spending;
    int64_t owed = 0;

    ASSERT(points > 0);
    TRY(ledger_choose_lots(ctx, member->account.id, points, move->prefer_lot, &spending));
    if (spending.taken < points && move->rest == REST_OWED) {
        /* Also what lies in too many lots: points and debt grow alike, the balance is right. */
        owed = points - spending.taken;
    } else if (spending.has_more) {
        return fail(ctx, ERR_LEDGER_TOO_MANY_LOTS, "account %" PRId64 ", %" PRId64 " points",
                    member->account.id.v, points);
    } else if (spending.taken < points && move->rest == REST_REFUSED) {
        return fail(ctx, ERR_POINTS_SHORT, "account %" PRId64 " has %" PRId64 " of %" PRId64,
                    member->account.id.v, spending.taken, points);
    }
    int count = spending.line_count;
    struct ledger_line *lines = ARENA_ARRAY(ctx->arena, struct ledger_line, (size_t)count + 2);

    if (count > 0) memcpy(lines, spending.lines, (size_t)count * sizeof *lines);
    if (owed > 0) {
        TRY(ledger_open_account(ctx, member->account.id.v, BOOK_OWED, member->account.program.v,
                                OWED_FLOOR));
        lines[count++] =
            (struct ledger_line){.owner = member->account.id.v, .book = BOOK_OWED, .amount = -owed};
    }
    event->points = -(spending.taken + owed);
    if (event->points != 0) {
        lines[count++] = (struct ledger_line){
            .owner = member->account.program.v, .book = move->contra, .amount = -event->points};
    }
    return post(ctx, member, move, lines, count, event);
}

enum err
points_expire_lots(struct ctx *ctx, const struct membership *member, const struct ledger_line *lots,
                   int count)
{
    static const struct points_move move = {.reason = REASON_EXPIRE, .contra = BOOK_EXPIRED};
    struct loyalty_event event = {.type = EVENT_EXPIRE_POINTS};
    struct ledger_line *lines = ARENA_ARRAY(ctx->arena, struct ledger_line, (size_t)count + 1);

    for (int i = 0; i < count; i++) {
        ASSERT(lots[i].owner == member->account.id.v);
        lines[i] = lots[i];
        event.points += lots[i].amount;
    }
    lines[count] = (struct ledger_line){
        .owner = member->account.program.v, .book = BOOK_EXPIRED, .amount = -event.points};
    return post(ctx, member, &move, lines, count + 1, &event);
}

enum err
points_expire_due(struct ctx *ctx, struct membership *member)
{
    struct ledger_line *lots;
    int count;

    do {
        TRY(ledger_list_due(ctx, member->account.id, ACCOUNTS_EXPIRE_MAX, &lots, &count));
        if (count == 0) return OK;
        TRY(points_expire_lots(ctx, member, lots, count));
        TRY(points_find(ctx, member->account.id, member));
    } while (count == ACCOUNTS_EXPIRE_MAX);
    return OK;
}
