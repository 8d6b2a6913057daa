/* audit — see audit.h. */
#include "core/loyalty/audit.h"
#include "core/loyalty/audit_store.h"
#include "core/merchants/merchants.h"

/* clang-format off */
static const struct audit_check checks[] = {
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
enum { CHECK_COUNT = sizeof checks / sizeof checks[0] };

/* In pages, since the sums of a page's accounts are all in memory at once. */
static enum err
compare_carries(struct ctx *ctx, struct audit_told *told)
{
    static const struct audit_check check = {NULL, ID_account, "account", "carry",
                                             "its earnings say"};
    struct audit_difference differences[LEDGER_AUDIT_TOLD];
    account_id after = {0}, last;
    int count;

    TRY(loyalty_audit_next_page(ctx, after, &last));
    while (last.v != 0) {
        TRY(loyalty_compare_carry(ctx, after, last, differences, &count));
        audit_tell(ctx, &check, differences, count, told);
        after = last;
        TRY(loyalty_audit_next_page(ctx, after, &last));
    }
    return OK;
}

static enum err
audit_merchant(struct ctx *ctx, struct loyalty_audit *found, struct audit_told *told)
{
    found->merchants++;
    TRY(loyalty_audit_count(ctx, found));
    TRY(audit_run(ctx, checks, CHECK_COUNT, told));
    return compare_carries(ctx, told);
}

enum err
loyalty_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self, struct loyalty_audit *found)
{
    struct audit_told told = {tell, self, 0};
    merchant_id before = ctx->merchant;
    struct merchant *merchants;
    enum err err = OK;
    int count;

    TRY(merchants_list(ctx, &merchants, &count));
    for (int i = 0; i < count && err == OK; i++) {
        ctx->merchant = merchants[i].id;
        err = audit_merchant(ctx, found, &told);
    }
    ctx->merchant = before;
    found->differences += told.differences;
    return err;
}
