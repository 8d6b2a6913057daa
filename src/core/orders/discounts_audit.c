/* discounts_audit — see discounts_audit.h. */
#include "core/orders/discounts_audit.h"
#include "core/merchants/merchants.h"
#include "core/orders/discounts_audit_store.h"

/* clang-format off */
static const struct audit_check checks[] = {
    {discounts_compare_made,     ID_credit_note, "credit note", "amount", "was made as"},
    {discounts_compare_ended,    ID_credit_note, "credit note", "ended with", "should have"},
    {discounts_compare_sums,     ID_order,       "order",       "taken off", "its discounts say"},
    {discounts_compare_lines,    ID_order,       "order",       "taken off", "its lines bear"},
    {discounts_compare_spent,    ID_order,       "order",       "credit", "its transfer paid"},
    {discounts_compare_returned, ID_order,       "order",       "to be given back", "was given back"},
    {discounts_compare_used,     ID_reward,      "reward",      "used on", "the order says"},
    {discounts_compare_undone,   ID_order,       "order",       "undone, but keeps", "should keep"},
};
/* clang-format on */
enum { CHECK_COUNT = sizeof checks / sizeof checks[0] };

enum err
discounts_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self, struct discounts_audit *found)
{
    struct audit_told told = {tell, self, 0};
    merchant_id before = ctx->merchant;
    struct merchant *merchants;
    enum err err = OK;
    int count;

    TRY(merchants_list(ctx, &merchants, &count));
    for (int i = 0; i < count && err == OK; i++) {
        ctx->merchant = merchants[i].id;
        err = discounts_audit_count(ctx, found);
        if (err == OK) err = audit_run(ctx, checks, CHECK_COUNT, &told);
    }
    ctx->merchant = before;
    found->differences += told.differences;
    return err;
}
