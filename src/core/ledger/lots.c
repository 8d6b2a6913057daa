/* lots — see ledger.h. Which lots points are taken from, and when they expire. */
#include "base/calc.h"
#include "core/ledger/ledger.h"
#include "core/ledger/ledger_store.h"
#include <stdlib.h>

enum { PAGE = 64 };

/* A spending in the making. */
struct choice {
    struct ledger_spending *spending;
    int64_t wanted;
    int room;
};

static void
take_from(struct ctx *ctx, struct choice *choice, const struct ledger_line *lot)
{
    struct ledger_spending *spending = choice->spending;
    int64_t amount = calc_min(lot->amount, choice->wanted - spending->taken);

    if (spending->line_count == choice->room) {
        spending->lines = ledger_store_grow(ctx, spending->lines, &choice->room);
    }
    struct ledger_line *line = &spending->lines[spending->line_count++];
    *line = *lot;
    line->amount = -amount;
    spending->taken += amount;
}

static void
take_page(struct ctx *ctx, struct choice *choice, const struct ledger_line *lots, int count,
          int64_t but_not)
{
    struct ledger_spending *spending = choice->spending;

    for (int i = 0; i < count && spending->taken < choice->wanted; i++) {
        if (lots[i].lot == but_not) continue;
        spending->has_more = spending->line_count == LEDGER_LOTS_MAX;
        if (spending->has_more) return;
        take_from(ctx, choice, &lots[i]);
    }
}

enum err
ledger_choose_lots(struct ctx *ctx, account_id account, int64_t wanted, int64_t prefer_lot,
                   struct ledger_spending *spending)
{
    struct choice choice = {.spending = spending, .wanted = wanted};
    struct ledger_line lots[PAGE];
    struct ledger_line after = {.owner = account.v};
    int count = PAGE;

    ASSERT(wanted >= 0);
    *spending = (struct ledger_spending){0};
    if (prefer_lot != 0) {
        bool exists;

        TRY(ledger_store_find_lot(ctx, account.v, prefer_lot, &lots[0], &exists));
        take_page(ctx, &choice, lots, exists ? 1 : 0, 0);
    }
    while (count == PAGE && spending->taken < wanted && !spending->has_more) {
        TRY(ledger_store_list_lots(ctx, &after, PAGE, lots, &count));
        take_page(ctx, &choice, lots, count, prefer_lot);
        if (count > 0) after = lots[count - 1];
    }
    return OK;
}

static int
by_owner(const void *a, const void *b)
{
    const struct ledger_line *x = a;
    const struct ledger_line *y = b;

    if (x->owner != y->owner) return x->owner < y->owner ? -1 : 1;
    if (x->expires_us != y->expires_us) return x->expires_us < y->expires_us ? -1 : 1;
    return x->lot < y->lot ? -1 : x->lot > y->lot;
}

enum err
ledger_list_due(struct ctx *ctx, account_id account, int max, struct ledger_line **lines,
                int *line_count)
{
    ASSERT(max > 0);
    ASSERT(max <= LEDGER_LOTS_MAX);
    *lines = ARENA_ARRAY(ctx->arena, struct ledger_line, (size_t)max);
    TRY(ledger_store_list_due(ctx, account.v, max, *lines, line_count));
    for (int i = 0; i < *line_count; i++) {
        (*lines)[i].amount = -(*lines)[i].amount;
    }
    qsort(*lines, (size_t)*line_count, sizeof **lines, by_owner);
    return OK;
}

enum err
ledger_list_deadlines(struct ctx *ctx, account_id account, int max,
                      struct ledger_deadline **deadlines, int *count)
{
    ASSERT(max > 0);
    *deadlines = ARENA_ARRAY(ctx->arena, struct ledger_deadline, (size_t)max);
    return ledger_store_list_deadlines(ctx, account.v, max, *deadlines, count);
}
