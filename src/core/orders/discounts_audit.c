/* discounts_audit — see discounts_audit.h. */
#include "core/orders/discounts_audit.h"
#include "core/merchants/merchants.h"
#include "core/orders/discounts_audit_store.h"
#include <inttypes.h>
#include <stdio.h>

/* How a comparison's differences are worded: "credit note cre_…: amount 500, was made as 400". */
/* clang-format off */
static const struct comparison {
    discounts_comparison *compare;
    enum id_kind kind;
    const char *subject, *is, *should_be;
} comparisons[] = {
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
enum { COMPARISON_COUNT = sizeof comparisons / sizeof comparisons[0] };

struct told {
    ledger_audit_tell *tell;
    void *self;
    struct discounts_audit *found;
};

static enum err
compare(struct ctx *ctx, struct told *told, const struct comparison *how)
{
    struct discounts_difference differences[LEDGER_AUDIT_TOLD];
    char sentence[256];
    int count;

    TRY(how->compare(ctx, differences, &count));
    for (int i = 0; i < count; i++) {
        struct str id = id_format(ctx->arena, how->kind, differences[i].subject);

        snprintf(sentence, sizeof sentence, "%s %.*s: %s %" PRId64 ", %s %" PRId64, how->subject,
                 STR_ARG(id), how->is, differences[i].is, how->should_be, differences[i].should_be);
        told->tell(told->self, sentence);
    }
    told->found->differences += count;
    return OK;
}

static enum err
audit_merchant(struct ctx *ctx, struct told *told)
{
    TRY(discounts_audit_count(ctx, told->found));
    for (int i = 0; i < COMPARISON_COUNT; i++)
        TRY(compare(ctx, told, &comparisons[i]));
    return OK;
}

enum err
discounts_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self, struct discounts_audit *found)
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
