/* points_merge — see points.h. */
#include "base/calc.h"
#include "core/loyalty/points.h"

#define OWED_FLOOR (-LEDGER_BALANCE_MAX)
/* Of each kind in one transfer, so that no line of it, nor their sum, is too large. */
#define PAGE_MAX (LEDGER_AMOUNT_MAX / 4)
_Static_assert(PROGRAM_POINTS_MAX <= PAGE_MAX, "a lot may not fit a page");

/* What one transfer takes from an account and the next gives to another. */
struct page {
    const struct ledger_line *lots; /* amounts are what goes */
    int lot_count;
    int64_t in_lots, owed, pending; /* owed: 0 or less */
};

static struct page
next_page(struct points_bundle *left)
{
    struct page page = {
        .lots = left->lots,
        .owed = calc_max(left->owed, -PAGE_MAX),
        .pending = calc_min(left->pending, PAGE_MAX),
    };

    while (page.lot_count < left->lot_count && page.lot_count < LEDGER_LOTS_MAX) {
        int64_t more = left->lots[page.lot_count].amount;

        if (page.lot_count > 0 && page.in_lots + more > PAGE_MAX) break;
        page.in_lots += more;
        page.lot_count++;
    }
    left->lots += page.lot_count;
    left->lot_count -= page.lot_count;
    left->owed -= page.owed;
    left->pending -= page.pending;
    return page;
}

static bool
is_empty(const struct points_bundle *left)
{
    return left->lot_count == 0 && left->owed == 0 && left->pending == 0;
}

/* sign -1: out of the account; 1: into it. */
static enum err
post(struct ctx *ctx, const struct membership *member, const struct page *page, int sign,
     struct str reason)
{
    struct ledger_line *lines =
        ARENA_ARRAY(ctx->arena, struct ledger_line, (size_t)page->lot_count + 3);
    struct loyalty_event event = {
        .type = EVENT_OTHER, .reason = reason, .points = sign * (page->in_lots + page->owed)};
    struct ledger_transfer transfer = {
        .unit = member->account.program.v, .reason = REASON_MERGE, .lines = lines};
    int64_t owner = member->account.id.v;
    int64_t sum = page->in_lots + page->owed + page->pending;
    int count = 0;

    for (int i = 0; i < page->lot_count; i++) {
        lines[count] = page->lots[i];
        lines[count].owner = owner;
        lines[count++].amount = sign * page->lots[i].amount;
    }
    if (page->owed != 0) {
        lines[count++] = (struct ledger_line){owner, BOOK_OWED, sign * page->owed, 0, 0};
    }
    if (page->pending != 0) {
        lines[count++] = (struct ledger_line){owner, BOOK_PENDING, sign * page->pending, 0, 0};
    }
    if (sum != 0) {
        lines[count++] =
            (struct ledger_line){member->account.program.v, BOOK_MERGED, -sign * sum, 0, 0};
    }
    if (count > 0) {
        transfer.id.v = id_next(ctx);
        transfer.line_count = count;
        TRY(ledger_post(ctx, &transfer));
        event.id = transfer.id;
        event.seq = transfer.seq;
    }
    return events_add(ctx, &member->account, &event);
}

enum err
points_move_to(struct ctx *ctx, const struct membership *from, const struct membership *into,
               const struct points_bundle *bundle, struct str reason)
{
    struct points_bundle left = *bundle;
    int64_t program = into->account.program.v;

    ASSERT(from->account.program.v == program);
    ASSERT(left.owed <= 0);
    ASSERT(left.pending >= 0);
    if (left.owed != 0) {
        TRY(ledger_open_account(ctx, into->account.id.v, BOOK_OWED, program, OWED_FLOOR));
    }
    if (left.pending != 0) {
        TRY(ledger_open_account(ctx, into->account.id.v, BOOK_PENDING, program, 0));
    }
    do {
        const struct page page = next_page(&left);

        TRY(post(ctx, from, &page, -1, reason));
        TRY(post(ctx, into, &page, 1, reason));
    } while (!is_empty(&left));
    return OK;
}
