/* audit — see audit.h. */
#include "core/loyalty/audit.h"
#include "core/loyalty/audit_store.h"
#include "core/merchants/merchants.h"
#include <inttypes.h>
#include <stdio.h>

/* How a comparison's differences are worded: "reward rew_…: points 10, its transfer took 9". */
/* clang-format off */
static const struct comparison {
    loyalty_comparison *compare;
    enum id_kind kind;
    const char *subject, *is, *should_be;
} comparisons[] = {
    {loyalty_compare_taken,    ID_reward,   "reward",   "points", "its transfer took"},
    {loyalty_compare_given_up, ID_reward,   "reward",   "to be given back", "was given back"},
    {loyalty_compare_earnings, ID_order,    "order",    "earned", "its events say"},
    {loyalty_compare_events,   ID_transfer, "event",    "points", "its transfer moved"},
    {loyalty_compare_promoted, ID_transfer, "event",    "points", "its promotion gave"},
    {loyalty_compare_pending,  ID_account,  "account",  "pending", "its earnings say"},
    {loyalty_compare_parts,    ID_order,    "order",    "earned", "its rules gave"},
    {loyalty_compare_heads,    ID_transfer, "transfer", "reason", "it has no event:"},
    {loyalty_compare_links,    ID_transfer, "event",    "previous", "its account has none such:"},
    {loyalty_compare_chains,   ID_account,  "account",  "events", "linked in its history"},
};
/* clang-format on */
enum { COMPARISON_COUNT = sizeof comparisons / sizeof comparisons[0] };

struct told {
    ledger_audit_tell *tell;
    void *self;
    struct loyalty_audit *found;
};

static void
tell_differences(struct ctx *ctx, struct told *told, const struct comparison *how,
                 const struct loyalty_difference *differences, int count)
{
    char sentence[256];

    for (int i = 0; i < count; i++) {
        struct str id = id_format(ctx->arena, how->kind, differences[i].subject);

        snprintf(sentence, sizeof sentence, "%s %.*s: %s %" PRId64 ", %s %" PRId64, how->subject,
                 STR_ARG(id), how->is, differences[i].is, how->should_be, differences[i].should_be);
        told->tell(told->self, sentence);
    }
    told->found->differences += count;
}

static enum err
compare(struct ctx *ctx, struct told *told, const struct comparison *how)
{
    struct loyalty_difference differences[LEDGER_AUDIT_TOLD];
    int count;

    TRY(how->compare(ctx, differences, &count));
    tell_differences(ctx, told, how, differences, count);
    return OK;
}

/* In pages, since the sums of a page's accounts are all in memory at once. */
static enum err
compare_carries(struct ctx *ctx, struct told *told)
{
    static const struct comparison how = {NULL, ID_account, "account", "carry", "its earnings say"};
    struct loyalty_difference differences[LEDGER_AUDIT_TOLD];
    account_id after = {0}, last;
    int count;

    TRY(loyalty_audit_next_page(ctx, after, &last));
    while (last.v != 0) {
        TRY(loyalty_compare_carry(ctx, after, last, differences, &count));
        tell_differences(ctx, told, &how, differences, count);
        after = last;
        TRY(loyalty_audit_next_page(ctx, after, &last));
    }
    return OK;
}

static enum err
audit_merchant(struct ctx *ctx, struct told *told)
{
    told->found->merchants++;
    TRY(loyalty_audit_count(ctx, told->found));
    for (int i = 0; i < COMPARISON_COUNT; i++) {
        TRY(compare(ctx, told, &comparisons[i]));
    }
    return compare_carries(ctx, told);
}

enum err
loyalty_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self, struct loyalty_audit *found)
{
    struct told told = {tell, self, found};
    merchant_id before = ctx->merchant;
    struct merchant *merchants;
    enum err err = OK;
    int count;

    TRY(merchants_list(ctx, &merchants, &count));
    for (int i = 0; i < count && err == OK; i++) {
        ctx->merchant = merchants[i].id;
        err = audit_merchant(ctx, &told);
    }
    ctx->merchant = before;
    return err;
}
