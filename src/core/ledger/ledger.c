/* ledger — see ledger.h. */
#include "core/ledger/ledger.h"
#include "core/ledger/ledger_store.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

_Static_assert(LEDGER_LINES_MAX *LEDGER_AMOUNT_MAX < INT64_MAX / 2, "sums of lines may overflow");
_Static_assert(LEDGER_LOTS_MAX + 8 <= LEDGER_LINES_MAX, "no room for the other side's lines");

static bool
is_same_account(const struct ledger_line *a, const struct ledger_line *b)
{
    return a->owner == b->owner && a->book == b->book;
}

static bool
has_row(const struct ledger_line *line)
{
    return line->book < BOOK_CONTRA;
}

static void
assert_line(const struct ledger_line *line)
{
    ASSERT(line->owner != 0);
    ASSERT(line->book != BOOK_NONE);
    ASSERT(line->amount != 0);
    ASSERT(line->amount >= -LEDGER_AMOUNT_MAX);
    ASSERT(line->amount <= LEDGER_AMOUNT_MAX);
    if (line->book == BOOK_POINTS) {
        ASSERT(line->expires_us > 0);
        ASSERT(line->lot != 0 || line->amount > 0);
    } else {
        ASSERT(line->lot == 0);
        ASSERT(line->expires_us == 0);
    }
}

/* Lines come from our own code, never from a request, so a bad one is a bug. */
static void
assert_balanced(const struct ledger_transfer *transfer)
{
    int64_t sum = 0;

    ASSERT(transfer->id.v > 0);
    ASSERT(transfer->unit != 0);
    ASSERT(transfer->reason != REASON_NONE);
    ASSERT(transfer->line_count >= 2);
    ASSERT(transfer->line_count <= LEDGER_LINES_MAX);
    for (int i = 0; i < transfer->line_count; i++) {
        assert_line(&transfer->lines[i]);
        sum += transfer->lines[i].amount;
    }
    ASSERT(sum == 0);
}

static bool
is_same_line(const struct ledger_transfer *transfer, const struct ledger_line *line,
             const struct ledger_line *posted)
{
    int64_t lot = line->book == BOOK_POINTS && line->lot == 0 ? transfer->id.v : line->lot;

    return is_same_account(line, posted) && line->amount == posted->amount && lot == posted->lot &&
           line->expires_us == posted->expires_us;
}

/* The id was posted before: fine if it was this very transfer, an error if not. */
static enum err
check_repeat(struct ctx *ctx, struct ledger_transfer *transfer)
{
    struct ledger_posted posted;
    struct ledger_line *lines;
    int line_count;

    TRY(ledger_store_find_transfer(ctx, transfer->id, &posted));
    TRY(ledger_store_list_lines(ctx, transfer->id, transfer->line_count + 1, &lines, &line_count));
    bool same = posted.unit == transfer->unit && posted.reason == transfer->reason &&
                line_count == transfer->line_count;
    for (int i = 0; same && i < line_count; i++) {
        same = is_same_line(transfer, &transfer->lines[i], &lines[i]);
    }
    if (!same) return fail(ctx, ERR_LEDGER_ID_REUSED, "transfer %" PRId64, transfer->id.v);
    transfer->seq = posted.seq;
    return OK;
}

/* The move changed no row. Says why, in the order that ledger.h promises. */
static enum err
explain_refusal(struct ctx *ctx, const struct ledger_move *move)
{
    struct ledger_account account;

    TRY(ledger_store_find_account(ctx, move->owner, move->book, &account));
    if (!account.exists) {
        return fail(ctx, ERR_LEDGER_ACCOUNT_UNKNOWN, "owner %" PRId64 " book %d", move->owner,
                    move->book);
    }
    if (account.unit != move->unit) {
        return fail(ctx, ERR_LEDGER_UNIT_DIFFERS, "owner %" PRId64, move->owner);
    }
    if (account.closed) return fail(ctx, ERR_LEDGER_ACCOUNT_CLOSED, "owner %" PRId64, move->owner);
    /* Not asserted: another till may have changed the account since. The refusal stands. */
    return fail(ctx, move->amount < 0 ? ERR_LEDGER_SHORT : ERR_LEDGER_FULL,
                "owner %" PRId64 " has %" PRId64 ", the transfer moves %" PRId64, move->owner,
                account.balance, move->amount);
}

/* One update for each person's account, whatever the number of its lots. */
static enum err
move_balances(struct ctx *ctx, const struct ledger_transfer *transfer)
{
    bool noted =
        transfer->carry_added == 0 && transfer->lifetime_added == 0 && transfer->last_event == 0;
    int next;

    for (int i = 0; i < transfer->line_count; i = next) {
        const struct ledger_line *line = &transfer->lines[i];
        struct ledger_move move = {
            .owner = line->owner, .book = line->book, .unit = transfer->unit};
        bool moved;

        for (next = i; next < transfer->line_count; next++) {
            if (!is_same_account(line, &transfer->lines[next])) break;
            move.amount += transfer->lines[next].amount;
        }
        if (!has_row(line)) continue;
        if (line->book == BOOK_POINTS && !noted) {
            move.carry_added = transfer->carry_added;
            move.lifetime_added = transfer->lifetime_added;
            move.last_event = transfer->last_event;
            noted = true;
        }
        TRY(ledger_store_move(ctx, &move, &moved));
        if (!moved) return explain_refusal(ctx, &move);
    }
    ASSERT(noted);
    return OK;
}

static enum err
move_lots(struct ctx *ctx, const struct ledger_transfer *transfer)
{
    for (int i = 0; i < transfer->line_count; i++) {
        struct ledger_line line = transfer->lines[i];
        bool taken = true;

        if (line.book != BOOK_POINTS) continue;
        if (line.lot == 0) line.lot = transfer->id.v;
        if (line.amount > 0) {
            TRY(ledger_store_fill_lot(ctx, &line, transfer->unit));
        } else {
            TRY(ledger_store_empty_lot(ctx, &line, &taken));
        }
        /* The lots were chosen in this transaction, so somebody else has been quicker. */
        if (!taken) return fail(ctx, ERR_DB_BUSY, "lot %" PRId64 " has changed", line.lot);
    }
    return OK;
}

enum err
ledger_post(struct ctx *ctx, struct ledger_transfer *transfer)
{
    bool added;

    ASSERT(db_in_tx(ctx->db));
    assert_balanced(transfer);

    TRY(write_next_seq(ctx, &transfer->seq));
    TRY(ledger_store_add_transfer(ctx, transfer, &added));
    if (!added) return check_repeat(ctx, transfer);

    TRY(move_balances(ctx, transfer));
    TRY(move_lots(ctx, transfer));
    for (int i = 0, next; i < transfer->line_count; i = next) {
        int left = transfer->line_count - i;

        next = i + (left == 3 ? 3 : left > 1 ? 2 : 1);
        TRY(ledger_store_add_lines(ctx, transfer, i, next - i));
    }
    return OK;
}

enum err
ledger_open_account(struct ctx *ctx, int64_t owner, enum ledger_book book, int64_t unit,
                    int64_t floor)
{
    ASSERT(db_in_tx(ctx->db));
    ASSERT(book > BOOK_NONE);
    ASSERT(book < BOOK_CONTRA);
    ASSERT(unit != 0);
    ASSERT(floor <= 0);
    return ledger_store_add_account(ctx, owner, book, unit, floor);
}

enum err
ledger_list_lines(struct ctx *ctx, transfer_id transfer, struct ledger_line **lines,
                  int *line_count)
{
    TRY(ledger_store_list_lines(ctx, transfer, LEDGER_LINES_MAX, lines, line_count));
    if (*line_count == 0) {
        return fail(ctx, ERR_LEDGER_TRANSFER_UNKNOWN, "transfer %" PRId64, transfer.v);
    }
    return OK;
}

enum err
ledger_read_balance(struct ctx *ctx, int64_t owner, enum ledger_book book,
                    struct ledger_balance *balance)
{
    struct ledger_account account;

    ASSERT(book < BOOK_CONTRA);
    TRY(ledger_store_find_account(ctx, owner, book, &account));
    *balance = (struct ledger_balance){
        .balance = account.balance,
        .held = account.held,
        .carry = account.carry,
        .lifetime = account.lifetime,
        .exists = account.exists,
    };
    return OK;
}

enum err
ledger_sum_contra(struct ctx *ctx, int64_t owner, enum ledger_book book, int64_t *sum)
{
    ASSERT(book >= BOOK_CONTRA);
    return ledger_store_sum_contra(ctx, owner, book, sum);
}

enum err
ledger_note_earning(struct ctx *ctx, account_id account, int64_t carry_added,
                    int64_t lifetime_added)
{
    bool noted;

    ASSERT(db_in_tx(ctx->db));
    TRY(ledger_store_note(ctx, account.v, carry_added, lifetime_added, &noted));
    if (!noted) return fail(ctx, ERR_LEDGER_ACCOUNT_UNKNOWN, "owner %" PRId64, account.v);
    return OK;
}
