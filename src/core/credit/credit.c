/* credit — see credit.h. */
#include "core/credit/credit.h"
#include "base/calc.h"
#include "base/code.h"
#include "base/currency.h"
#include "core/credit/credit_store.h"
#include "core/ledger/ledger.h"
#include "core/merchants/merchants.h"
#include "db/db.h"
#include "db/write_lane.h"
#include <inttypes.h>

struct str
credit_reason_name(enum credit_reason reason)
{
    switch (reason) {
    case CREDIT_REFUND:
        return STR("refund");
    case CREDIT_REWARD:
        return STR("reward");
    case CREDIT_GESTURE:
        return STR("gesture");
    }
    ASSERT(!"a reason without a name");
    return STR("");
}

/* ---- moving money ---- */

static enum err
currency_unit(struct ctx *ctx, int64_t *unit)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    *unit = currency_number(merchant.currency);
    ASSERT(*unit != 0);
    return OK;
}

struct movement {
    credit_note_id note;
    int64_t amount_minor; /* positive: the note grows */
    enum ledger_reason reason;
    enum ledger_book contra; /* the merchant's */
};

static enum err
post(struct ctx *ctx, const struct movement *movement, transfer_id *id)
{
    const struct ledger_line lines[] = {
        {.owner = movement->note.v, .book = BOOK_MONEY, .amount = movement->amount_minor},
        {.owner = ctx->merchant.v, .book = movement->contra, .amount = -movement->amount_minor},
    };
    struct ledger_transfer transfer = {
        .id = {id_next(ctx)}, .reason = movement->reason, .lines = lines, .line_count = 2};

    TRY(currency_unit(ctx, &transfer.unit));
    TRY(ledger_post(ctx, &transfer));
    if (id != NULL) *id = transfer.id;
    return write_live_hint(ctx, LIVE_MERCHANT, LIVE_ACTIVITY);
}

enum err
credit_issue(struct ctx *ctx, struct credit_note *note)
{
    const struct movement made = {.note = {id_next(ctx)},
                                  .amount_minor = note->amount_minor,
                                  .reason = REASON_CREDIT,
                                  .contra = BOOK_NOTES};
    int64_t unit;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(note->amount_minor > 0);
    ASSERT(note->amount_minor <= CREDIT_AMOUNT_MAX);
    note->id = made.note;
    note->code = code_new(ctx->arena);
    note->balance_minor = note->amount_minor;
    note->ended_us = 0;
    note->created_us = ctx->now_us;
    TRY(currency_unit(ctx, &unit));
    TRY(credit_store_add(ctx, note));
    TRY(ledger_open_account(ctx, note->id.v, BOOK_MONEY, unit, 0));
    return post(ctx, &made, NULL);
}

/* ---- finding ---- */

static enum err
check_found(struct ctx *ctx, const struct credit_note *note)
{
    return note->id.v != 0 ? OK : fail(ctx, ERR_CREDIT_NOTE_UNKNOWN, "no such note here");
}

enum err
credit_find(struct ctx *ctx, credit_note_id id, struct credit_note *note)
{
    TRY(credit_store_find(ctx, id, note));
    return check_found(ctx, note);
}

enum err
credit_find_by_code(struct ctx *ctx, struct str text, struct credit_note *note)
{
    char code[CODE_LEN];

    *note = (struct credit_note){0};
    if (code_parse(text, STR(CREDIT_CODE_PREFIX), code)) {
        TRY(credit_store_find_code(ctx, (struct str){code, sizeof code}, note));
    }
    return check_found(ctx, note);
}

enum err
credit_find_by_reward(struct ctx *ctx, customer_id customer, reward_id reward,
                      struct credit_note *note)
{
    ASSERT(reward.v != 0);
    return credit_store_find_reward(ctx, customer, reward, note);
}

enum err
credit_list(struct ctx *ctx, customer_id customer, enum credit_which which,
            struct credit_note **notes, int *count)
{
    ASSERT(customer.v != 0);
    *notes = ARENA_ARRAY(ctx->arena, struct credit_note, CREDIT_LIST_MAX);
    return credit_store_list(ctx, customer, which, *notes, count);
}

/* ---- ending ---- */

static enum err
end(struct ctx *ctx, const struct credit_note *note)
{
    const struct movement left = {.note = note->id,
                                  .amount_minor = -note->balance_minor,
                                  .reason = REASON_CREDIT_END,
                                  .contra = BOOK_NOTES};
    bool changed;

    TRY(credit_store_end(ctx, note->id, &changed));
    if (!changed || note->balance_minor == 0) return OK;
    return post(ctx, &left, NULL);
}

/* ---- spending ---- */

enum err
credit_check(struct ctx *ctx, const struct credit_note *note, int64_t amount_minor)
{
    bool has_ended =
        note->ended_us != 0 || (note->expires_us != 0 && note->expires_us <= ctx->now_us);

    if (has_ended) return fail(ctx, ERR_CREDIT_NOTE_ENDED, "note %" PRId64, note->id.v);
    if (amount_minor <= note->balance_minor) return OK;
    return fail(ctx, ERR_CREDIT_SHORT, "note %" PRId64 " has %" PRId64, note->id.v,
                note->balance_minor);
}

enum err
credit_spend(struct ctx *ctx, credit_note_id id, int64_t amount_minor, transfer_id *transfer)
{
    const struct movement spent = {
        .note = id, .amount_minor = -amount_minor, .reason = REASON_SPEND, .contra = BOOK_SPENT};
    struct credit_note note;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(amount_minor > 0);
    TRY(credit_find(ctx, id, &note));
    TRY(credit_check(ctx, &note, amount_minor));
    /* Another till may have been quicker since it was read: the account's floor says no then. */
    enum err err = post(ctx, &spent, transfer);
    return err == ERR_LEDGER_SHORT ? fail(ctx, ERR_CREDIT_SHORT, "note %" PRId64, id.v) : err;
}

/* Until when a note counts that lay still from spent_us to now. */
static int64_t
expiry_after(const struct ctx *ctx, const struct credit_note *note, int64_t spent_us)
{
    return note->expires_us == 0 ? 0 : note->expires_us + (ctx->now_us - spent_us);
}

enum err
credit_give_back(struct ctx *ctx, credit_note_id id, transfer_id spent_by, transfer_id *transfer)
{
    struct movement back = {.note = id, .reason = REASON_UNSPEND, .contra = BOOK_SPENT};
    struct ledger_line *lines;
    struct credit_note note;
    int line_count;

    ASSERT(db_in_tx(ctx->db));
    TRY(credit_find(ctx, id, &note));
    TRY(ledger_list_lines(ctx, spent_by, &lines, &line_count));
    ASSERT(line_count == 2);
    ASSERT(lines[0].owner == id.v);
    back.amount_minor = -lines[0].amount;
    bool is_past = note.expires_us != 0 && note.expires_us <= ctx->now_us;
    if (is_past) TRY(end(ctx, &note)); /* what was not spent is lost, as it was to be */
    if (note.ended_us != 0 || is_past) {
        TRY(credit_store_reopen(ctx, id, expiry_after(ctx, &note, id_at_us(spent_by.v))));
    }
    return post(ctx, &back, transfer);
}

enum err
credit_end(struct ctx *ctx, credit_note_id id)
{
    struct credit_note note;

    ASSERT(db_in_tx(ctx->db));
    TRY(credit_find(ctx, id, &note));
    return end(ctx, &note);
}

enum err
credit_expire(struct ctx *ctx, int max, int *expired)
{
    struct credit_note *due = ARENA_ARRAY(ctx->arena, struct credit_note, (size_t)max);

    ASSERT(db_in_tx(ctx->db));
    ASSERT(max > 0);
    TRY(credit_store_list_due(ctx, max, due, expired));
    for (int i = 0; i < *expired; i++) {
        TRY(end(ctx, &due[i]));
    }
    return OK;
}

enum err
credit_erase_customer(struct ctx *ctx, customer_id customer)
{
    ASSERT(customer.v != 0);
    return credit_store_erase(ctx, customer);
}

enum err
credit_merge_customer(struct ctx *ctx, const struct credit_merge *merge)
{
    ASSERT(db_in_tx(ctx->db));
    return credit_store_merge(ctx, merge);
}

enum err
credit_unmerge_customer(struct ctx *ctx, const struct credit_merge *merge)
{
    ASSERT(db_in_tx(ctx->db));
    return credit_store_unmerge(ctx, merge);
}
