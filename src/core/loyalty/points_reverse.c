/* points_reverse — see points.h. */
#include "core/loyalty/points.h"

static bool
is_lot(const struct membership *member, const struct ledger_line *line)
{
    return line->owner == member->account.id.v && line->book == BOOK_POINTS;
}

static enum err
expire_if_over(struct ctx *ctx, const struct membership *member, struct ledger_line *lines,
               int count)
{
    struct program program;
    int lots = 0;

    TRY(programs_find_rules(ctx, member->account.program, &program));
    if (!programs_is_over(&program, ctx->now_us)) return OK;
    for (int i = 0; i < count; i++) {
        if (!is_lot(member, &lines[i])) continue;
        lines[lots] = lines[i];
        lines[lots++].amount = -lines[i].amount;
    }
    return lots == 0 ? OK : points_expire_lots(ctx, member, lines, lots);
}

enum err
points_reverse(struct ctx *ctx, const struct membership *member,
               const struct points_reverse *reverse, struct loyalty_event *event)
{
    struct ledger_line *lines;
    int count;

    TRY(ledger_list_lines(ctx, reverse->of, &lines, &count));
    event->points = 0;
    for (int i = 0; i < count; i++) {
        lines[i].amount = -lines[i].amount;
        /* It was taken from this account, or from one that has become a part of it since. */
        if (lines[i].book == BOOK_POINTS) lines[i].owner = member->account.id.v;
        if (is_lot(member, &lines[i])) event->points += lines[i].amount;
    }
    struct ledger_transfer transfer = {
        .id = reverse->as,
        .unit = member->account.program.v,
        .reason = reverse->reason,
        .lines = lines,
        .line_count = count,
    };
    TRY(ledger_post(ctx, &transfer));
    event->id = transfer.id;
    event->seq = transfer.seq;
    TRY(events_add(ctx, &member->account, event));
    return expire_if_over(ctx, member, lines, count);
}
