/* programs_close — see programs_close.h. */
#include "core/loyalty/programs_close.h"
#include "base/zone.h"
#include "core/loyalty/points.h"
#include "core/loyalty/programs_close_store.h"
#include "core/loyalty/programs_store.h"
#include "core/merchants/merchants.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

/* The main program is the oldest that goes on; while none does, it stays what it was. One that is
 * taken back is the main one again when it was. */
static enum err
pass_main_on(struct ctx *ctx)
{
    struct program *programs;
    const struct program *oldest = NULL;
    int count;

    TRY(programs_list_rules(ctx, &programs, &count));
    for (int i = 0; i < count; i++) {
        if (programs[i].closing_us != 0) continue;
        if (oldest == NULL || programs[i].id.v < oldest->id.v) oldest = &programs[i];
    }
    if (oldest == NULL || oldest->is_main) return OK;
    return programs_store_set_main(ctx, oldest->id);
}

static enum err
find_open(struct ctx *ctx, program_id id, struct program *program)
{
    TRY(programs_find_rules(ctx, id, program));
    if (programs_is_over(program, ctx->now_us)) {
        return fail(ctx, ERR_PROGRAM_CLOSED, "program %" PRId64, program->id.v);
    }
    return OK;
}

static enum err
set_closing(struct ctx *ctx, program_id id, int64_t closing_us, struct program *program)
{
    TRY(programs_store_set_closing(ctx, id, closing_us));
    TRY(pass_main_on(ctx));
    TRY(write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS));
    return programs_find(ctx, id, program);
}

enum err
programs_close(struct ctx *ctx, program_id id, int64_t points_until, struct program *program)
{
    struct merchant merchant;
    int64_t closing_us;

    TRY(find_open(ctx, id, program));
    TRY(merchants_find(ctx, &merchant));
    int64_t today = zone_day_at(merchant.time_zone, ctx->now_us);
    if (points_until < today || points_until > today + PROGRAM_DAYS_MAX) {
        return fail_field(ctx, ERR_FIELD_RANGE, "points_until");
    }
    zone_day_starts(merchant.time_zone, points_until + 1, 1, &closing_us);
    return set_closing(ctx, program->id, closing_us, program);
}

enum err
programs_reopen(struct ctx *ctx, program_id id, struct program *program)
{
    TRY(find_open(ctx, id, program));
    return set_closing(ctx, program->id, 0, program);
}

/* ---- emptying ---- */

/* Each transfer takes what fits into one. */
static enum err
expire_account(struct ctx *ctx, account_id account)
{
    struct ledger_spending left;
    struct membership member;

    TRY(points_find(ctx, account, &member));
    do {
        TRY(ledger_choose_lots(ctx, account, LEDGER_AMOUNT_MAX, 0, &left));
        if (left.line_count == 0) return OK;
        TRY(points_expire_lots(ctx, &member, left.lines, left.line_count));
    } while (left.has_more);
    return OK;
}

enum err
programs_empty_closing(struct ctx *ctx, int max, bool *more)
{
    struct closing_program closing;
    account_id *accounts;
    int count;

    ASSERT(max > 0);
    *more = false;
    TRY(programs_store_find_closing(ctx, &closing));
    if (closing.id.v == 0) return OK;

    *more = true;
    TRY(programs_store_list_left(ctx, &closing, max, &accounts, &count));
    for (int i = 0; i < count; i++)
        TRY(expire_account(ctx, accounts[i]));
    if (count == max) return programs_store_note_emptied(ctx, closing.id, accounts[count - 1]);
    TRY(programs_store_set_closed(ctx, closing.id));
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_SETTINGS);
}
