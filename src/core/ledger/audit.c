/* audit — see audit.h. */
#include "core/ledger/audit.h"
#include "core/ledger/audit_store.h"
#include <inttypes.h>
#include <stdio.h>

struct told {
    ledger_audit_tell *tell;
    void *self;
    struct ledger_audit *found;
};

/* How a comparison's differences are worded: "account acc_…, book 1: balance 12, its lines 11". */
struct comparison {
    ledger_comparison *compare;
    enum id_kind kind;
    const char *subject, *part, *is, *should_be;
};

/* clang-format off */
static const struct comparison by_account[] = {
    {ledger_compare_balances, ID_account, "account", "book", "balance", "its lines say"},
    {ledger_compare_floors,   ID_account, "account", "book", "free balance", "its floor is"},
    {ledger_compare_held,     ID_account, "account", "book", "held", "its pending holds say"},
    {ledger_compare_points,   ID_account, "account", "book", "balance", "its lots say"},
    {ledger_compare_lots,     ID_account, "account", "lot", "remaining", "its lines say"},
    {ledger_compare_lifetime, ID_account, "account", "book", "lifetime", "its earnings say"},
};
static const struct comparison by_merchant[] = {
    {ledger_compare_lot_origins, ID_account,  "account",  "lot",  "remaining", "nothing made it:"},
    {ledger_compare_units,       ID_account,  "account",  "book", "unit", "its transfer's is"},
    {ledger_compare_line_heads,  ID_transfer, "transfer", "line", "amount", "it has no head:"},
    {ledger_compare_postings,    ID_hold,     "hold",     "book", "posted", "it says"},
};
/* clang-format on */
enum {
    BY_ACCOUNT_COUNT = sizeof by_account / sizeof by_account[0],
    BY_MERCHANT_COUNT = sizeof by_merchant / sizeof by_merchant[0],
};

static void
tell_difference(struct ctx *ctx, struct told *told, const struct comparison *how,
                const struct ledger_difference *difference)
{
    char sentence[256];
    struct str id = id_format(ctx->arena, how->kind, difference->subject);

    snprintf(sentence, sizeof sentence, "%s %.*s, %s %" PRId64 ": %s %" PRId64 ", %s %" PRId64,
             how->subject, STR_ARG(id), how->part, difference->part, how->is, difference->is,
             how->should_be, difference->should_be);
    told->tell(told->self, sentence);
    told->found->differences++;
}

static enum err
compare(struct ctx *ctx, struct told *told, const struct comparison *how,
        const struct ledger_range *range)
{
    struct ledger_difference differences[LEDGER_AUDIT_TOLD];
    int count;

    TRY(how->compare(ctx, range, differences, &count));
    for (int i = 0; i < count; i++) {
        tell_difference(ctx, told, how, &differences[i]);
    }
    return OK;
}

static enum err
audit_transfers(struct ctx *ctx, struct told *told)
{
    static const struct comparison how = {NULL,    ID_transfer, "transfer",
                                          "lines", "sum",       "it should be"};
    struct ledger_sum sums[1000];
    int64_t after = 0;
    int count;

    do {
        TRY(ledger_audit_list_sums(ctx, after, sizeof sums / sizeof sums[0], sums, &count));
        for (int i = 0; i < count; i++) {
            struct ledger_difference difference = {sums[i].transfer, sums[i].lines, sums[i].sum, 0};

            if (sums[i].sum != 0 || sums[i].lines < 2) {
                tell_difference(ctx, told, &how, &difference);
            }
            told->found->lines += sums[i].lines;
        }
        told->found->transfers += count;
        if (count > 0) after = sums[count - 1].transfer;
    } while (count > 0);
    return OK;
}

static enum err
audit_merchant(struct ctx *ctx, struct told *told)
{
    struct ledger_range range = {0};
    bool any;

    TRY(ledger_audit_count(ctx, told->found));
    TRY(audit_transfers(ctx, told));
    for (int i = 0; i < BY_MERCHANT_COUNT; i++) {
        TRY(compare(ctx, told, &by_merchant[i], &range));
    }
    TRY(ledger_audit_next_range(ctx, &range, &any));
    while (any) {
        for (int i = 0; i < BY_ACCOUNT_COUNT; i++) {
            TRY(compare(ctx, told, &by_account[i], &range));
        }
        TRY(ledger_audit_next_range(ctx, &range, &any));
    }
    return OK;
}

enum err
ledger_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self, struct ledger_audit *found)
{
    struct told told = {tell, self, found};
    merchant_id before = ctx->merchant;
    merchant_id merchant = {0};
    enum err err;

    do {
        err = ledger_next_merchant(ctx, merchant, &merchant);
        if (err != OK || merchant.v == 0) break;
        ctx->merchant = merchant;
        found->merchants++;
        err = audit_merchant(ctx, &told);
    } while (err == OK);
    ctx->merchant = before;
    return err;
}
