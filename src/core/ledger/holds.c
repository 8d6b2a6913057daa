/* holds — see holds.h. */
#include "core/ledger/holds.h"
#include "core/ledger/ledger_store.h"
#include "db/db.h"
#include <inttypes.h>

static enum err
check_repeat(struct ctx *ctx, const struct ledger_hold *hold)
{
    struct ledger_hold_row row;

    TRY(ledger_store_find_hold(ctx, hold->id, &row));
    bool same = row.exists && row.hold.owner == hold->owner && row.hold.book == hold->book &&
                row.hold.unit == hold->unit && row.hold.amount == hold->amount;
    if (!same) return fail(ctx, ERR_LEDGER_ID_REUSED, "hold %" PRId64, hold->id.v);
    return OK;
}

static enum err
explain_refusal(struct ctx *ctx, const struct ledger_hold *hold)
{
    struct ledger_account account;

    TRY(ledger_store_find_account(ctx, hold->owner, hold->book, &account));
    if (!account.exists)
        return fail(ctx, ERR_LEDGER_ACCOUNT_UNKNOWN, "owner %" PRId64, hold->owner);
    if (account.unit != hold->unit) {
        return fail(ctx, ERR_LEDGER_UNIT_DIFFERS, "owner %" PRId64, hold->owner);
    }
    if (account.closed) return fail(ctx, ERR_LEDGER_ACCOUNT_CLOSED, "owner %" PRId64, hold->owner);
    return fail(ctx, ERR_LEDGER_SHORT, "owner %" PRId64 " has %" PRId64 ", %" PRId64 " held",
                hold->owner, account.balance, account.held);
}

/* Changes what an account holds by a whole hold: amount is its own, or minus it. */
static enum err
move_held(struct ctx *ctx, const struct ledger_hold *hold, int64_t amount)
{
    struct ledger_move move = {
        .owner = hold->owner, .book = hold->book, .unit = hold->unit, .amount = amount};
    bool moved;

    TRY(ledger_store_move_held(ctx, &move, &moved));
    return moved ? OK : explain_refusal(ctx, hold);
}

enum err
ledger_hold_create(struct ctx *ctx, const struct ledger_hold *hold)
{
    bool added;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(hold->book == BOOK_MONEY);
    ASSERT(hold->amount > 0);
    ASSERT(hold->amount <= LEDGER_AMOUNT_MAX);
    ASSERT(hold->expires_us > 0);

    TRY(ledger_store_add_hold(ctx, hold, &added));
    if (!added) return check_repeat(ctx, hold);
    return move_held(ctx, hold, hold->amount);
}

/* The hold could not be posted. Fine if it was by this very posting before. */
static enum err
check_posting(struct ctx *ctx, const struct ledger_hold_posting *posting,
              const struct ledger_hold_row *row)
{
    if (!row->exists) return fail(ctx, ERR_LEDGER_HOLD_UNKNOWN, "hold %" PRId64, posting->hold.v);
    if (row->state == HOLD_POSTED && row->posted == posting->amount &&
        row->transfer.v == posting->as.v) {
        return OK;
    }
    if (row->state == HOLD_PENDING && posting->amount > row->hold.amount) {
        return fail(ctx, ERR_LEDGER_SHORT, "hold %" PRId64 " is of %" PRId64, posting->hold.v,
                    row->hold.amount);
    }
    return fail(ctx, ERR_LEDGER_HOLD_ENDED, "hold %" PRId64, posting->hold.v);
}

enum err
ledger_hold_post(struct ctx *ctx, const struct ledger_hold_posting *posting)
{
    struct ledger_hold_row row;
    bool ended;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(posting->amount > 0);
    ASSERT(posting->contra >= BOOK_CONTRA);

    TRY(ledger_store_end_hold_posted(ctx, posting, &ended));
    TRY(ledger_store_find_hold(ctx, posting->hold, &row));
    if (!ended) return check_posting(ctx, posting, &row);

    TRY(move_held(ctx, &row.hold, -row.hold.amount));
    const struct ledger_line lines[] = {
        {.owner = row.hold.owner, .book = row.hold.book, .amount = -posting->amount},
        {.owner = posting->contra_owner, .book = posting->contra, .amount = posting->amount},
    };
    struct ledger_transfer transfer = {
        .id = posting->as,
        .unit = row.hold.unit,
        .reason = REASON_HOLD_POSTED,
        .lines = lines,
        .line_count = 2,
    };
    return ledger_post(ctx, &transfer);
}

enum err
ledger_hold_void(struct ctx *ctx, hold_id hold)
{
    struct ledger_hold_row row;
    bool ended;

    ASSERT(db_in_tx(ctx->db));
    TRY(ledger_store_end_hold_voided(ctx, hold, &ended));
    TRY(ledger_store_find_hold(ctx, hold, &row));
    if (!row.exists) return fail(ctx, ERR_LEDGER_HOLD_UNKNOWN, "hold %" PRId64, hold.v);
    if (row.state == HOLD_POSTED) return fail(ctx, ERR_LEDGER_HOLD_ENDED, "hold %" PRId64, hold.v);
    return ended ? move_held(ctx, &row.hold, -row.hold.amount) : OK;
}

enum err
ledger_holds_expire(struct ctx *ctx, int max, int *expired)
{
    hold_id *ids = ARENA_ARRAY(ctx->arena, hold_id, (size_t)max);

    ASSERT(max > 0);
    TRY(ledger_store_list_due_holds(ctx, max, ids, expired));
    for (int i = 0; i < *expired; i++) {
        TRY(ledger_hold_void(ctx, ids[i]));
    }
    return OK;
}
