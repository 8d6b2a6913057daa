/* till_discounts — see till_discounts.h. */
#include "core/orders/till_discounts.h"
#include "core/credit/credit.h"
#include "core/customers/customers.h"
#include "core/loyalty/rewards.h"
#include "core/loyalty/spending.h"
#include <stdlib.h>

_Static_assert(SALE_REWARDS_MAX + SALE_NOTES_MAX + 1 <= ORDER_DISCOUNTS_MAX,
               "no room for them all");

/* A reward of the sale, with its terms. */
struct told_reward {
    struct reward reward;
    struct reward_tier tier;
    const char *field;
};

/* ---- finding ---- */

static const char *
field_of(struct ctx *ctx, const char *list, int index)
{
    return str_format(ctx->arena, "sale.%s[%d]", list, index).at;
}

/* The field at fault of what is not there; another error as it is. */
static enum err
fail_absent(struct ctx *ctx, enum err err, const char *field)
{
    return err_kind(err) == KIND_MISSING ? fail_field(ctx, err, field) : err;
}

/* What counts first comes first; of equals, what was taken first. */
static int
by_rank(const void *a, const void *b)
{
    const struct told_reward *x = a, *y = b;
    int rank = discount_rank(x->tier.kind) - discount_rank(y->tier.kind);

    if (rank != 0) return rank;
    return x->reward.id.v < y->reward.id.v ? -1 : x->reward.id.v > y->reward.id.v;
}

static enum err
find_rewards(struct ctx *ctx, const struct sale *sale, struct told_reward *rewards)
{
    for (int i = 0; i < sale->reward_count; i++) {
        rewards[i].field = field_of(ctx, "rewards", i);
        enum err err = rewards_find(ctx, (reward_id){sale->rewards[i]}, &rewards[i].reward);
        TRY(fail_absent(ctx, err, rewards[i].field));
        TRY(programs_find_tier_taken(ctx, rewards[i].reward.tier, &rewards[i].tier));
        for (int k = 0; k < i; k++) {
            if (sale->rewards[k] != sale->rewards[i]) continue;
            return fail_field(ctx, ERR_FIELD_VALUE, rewards[i].field);
        }
    }
    qsort(rewards, (size_t)sale->reward_count, sizeof *rewards, by_rank);
    return OK;
}

static enum err
find_note(struct ctx *ctx, const struct sale_note *told, struct credit_note *note)
{
    return told->id.v != 0 ? credit_find(ctx, told->id, note)
                           : credit_find_by_code(ctx, told->code, note);
}

static enum err
find_notes(struct ctx *ctx, const struct sale *sale, struct credit_note *notes)
{
    for (int i = 0; i < sale->note_count; i++) {
        const char *field = field_of(ctx, "credit_notes", i);

        TRY(fail_absent(ctx, find_note(ctx, &sale->notes[i], &notes[i]), field));
        for (int k = 0; k < i; k++) {
            if (notes[k].id.v == notes[i].id.v) return fail_field(ctx, ERR_FIELD_VALUE, field);
        }
    }
    return OK;
}

/* ---- taking off ---- */

/* Notes on a discount that it cannot be used; gives other errors. */
static enum err
note_refusal(enum err err, struct sale_discount *discount)
{
    enum err_kind kind = err_kind(err);

    if (kind != KIND_REFUSED) return err;
    discount->refusal = err;
    discount->reason = str_of(err_name(err));
    return OK;
}

static enum err
plan_reward(struct ctx *ctx, const struct told_reward *told, struct discount_basket *basket,
            struct sale_discount *discount)
{
    static const char *const reasons[] = {"", "BELOW_MINIMUM", "NOTHING_QUALIFIES", "NOTHING_LEFT"};
    enum discount_reason reason;

    *discount = (struct sale_discount){
        .taken = {.kind = ORDER_DISCOUNT_REWARD,
                  .subject = told->reward.id.v,
                  .name = told->reward.tier_name},
        .field = told->field,
    };
    TRY(note_refusal(rewards_check(ctx, &told->reward), discount));
    if (discount->refusal != OK) return OK;
    discount->taken.amount_minor = discount_by_tier(&told->tier, basket, &reason);
    discount->reason = str_of(reasons[reason]);
    if (reason != DISCOUNT_GIVEN) discount->refusal = ERR_REWARD_GIVES_NOTHING;
    return OK;
}

static enum err
plan_note(struct ctx *ctx, const struct sale_note *told, const struct credit_note *note,
          struct discount_basket *basket, struct sale_discount *discount)
{
    int64_t wanted_minor = told->amount_minor > 0 ? told->amount_minor : note->balance_minor;

    discount->taken =
        (struct order_discount){.kind = ORDER_DISCOUNT_CREDIT_NOTE, .subject = note->id.v};
    TRY(note_refusal(credit_check(ctx, note, wanted_minor), discount));
    if (discount->refusal != OK) return OK;
    discount->taken.amount_minor = discount_by_credit(wanted_minor, basket);
    if (discount->taken.amount_minor == 0) discount->reason = STR("NOTHING_LEFT");
    return OK;
}

/* Whose money it is, must be who buys, where that was told. Either may have been merged since the
 * till saw them. */
static enum err
find_credit(struct ctx *ctx, const struct sale *sale, struct loyalty_account *account)
{
    customer_id buyer = sale->customer;

    enum err err = accounts_find(ctx, sale->credit_account, account);
    TRY(fail_absent(ctx, err, "sale.credit.account_id"));
    if (buyer.v == 0) return OK;
    TRY(customers_resolve(ctx, &buyer));
    bool is_theirs = buyer.v == account->customer.v;
    return is_theirs ? OK : fail_field(ctx, ERR_FIELD_VALUE, "sale.credit.account_id");
}

static enum err
plan_credit(struct ctx *ctx, const struct sale *sale, struct discount_basket *basket,
            struct sale_discount *discount)
{
    struct loyalty_account account;

    TRY(find_credit(ctx, sale, &account));
    const struct spend_order order = {.account = account.id, .amount_minor = sale->credit_minor};

    *discount = (struct sale_discount){
        .taken = {.kind = ORDER_DISCOUNT_CREDIT, .subject = account.id.v},
        .field = "sale.credit.amount_money",
    };
    TRY(note_refusal(accounts_check_spend(ctx, &order), discount));
    if (discount->refusal != OK) return OK;
    discount->taken.amount_minor = discount_by_credit(sale->credit_minor, basket);
    if (discount->taken.amount_minor == 0) discount->reason = STR("NOTHING_LEFT");
    return OK;
}

enum err
till_discounts_plan(struct ctx *ctx, const struct sale *sale, struct discount_basket *basket,
                    struct sale_discount **discounts, int *count)
{
    struct credit_note notes[SALE_NOTES_MAX];
    struct told_reward *rewards = ARENA_ARRAY(ctx->arena, struct told_reward, SALE_REWARDS_MAX);
    struct sale_discount *next = ARENA_ARRAY(ctx->arena, struct sale_discount, ORDER_DISCOUNTS_MAX);

    ASSERT(sale->reward_count <= SALE_REWARDS_MAX);
    ASSERT(sale->note_count <= SALE_NOTES_MAX);
    *discounts = next;
    TRY(find_rewards(ctx, sale, rewards));
    TRY(find_notes(ctx, sale, notes));
    for (int i = 0; i < sale->reward_count; i++)
        TRY(plan_reward(ctx, &rewards[i], basket, next++));
    for (int i = 0; i < sale->note_count; i++) {
        *next = (struct sale_discount){.field = field_of(ctx, "credit_notes", i)};
        TRY(plan_note(ctx, &sale->notes[i], &notes[i], basket, next++));
    }
    if (sale->credit_account.v != 0) TRY(plan_credit(ctx, sale, basket, next++));
    *count = (int)(next - *discounts);
    return OK;
}

/* ---- told again ---- */

/* The same, or one has become a part of the other since. */
static enum err
is_same_account(struct ctx *ctx, account_id told, account_id taken, bool *is_same)
{
    struct loyalty_account one, other;

    *is_same = told.v == taken.v;
    if (*is_same || told.v == 0) return OK;
    enum err err = accounts_find(ctx, told, &one);
    if (err == ERR_ACCOUNT_UNKNOWN) return OK;
    TRY(err);
    TRY(accounts_find(ctx, taken, &other));
    *is_same = one.id.v == other.id.v;
    return OK;
}

/* A reward that was used on an order is told; credit of which nothing was spent need not be there.
 */
static enum err
is_told(struct ctx *ctx, const struct sale *sale, const struct credit_note *notes,
        const struct order_discount *discount, bool *told)
{
    *told = false;
    switch (discount->kind) {
    case ORDER_DISCOUNT_REWARD:
        for (int i = 0; i < sale->reward_count; i++)
            *told = *told || sale->rewards[i] == discount->subject;
        return OK;
    case ORDER_DISCOUNT_CREDIT:
        return is_same_account(ctx, sale->credit_account, (account_id){discount->subject}, told);
    case ORDER_DISCOUNT_CREDIT_NOTE:
        for (int i = 0; i < sale->note_count; i++)
            *told = *told || notes[i].id.v == discount->subject;
        return OK;
    }
    ASSERT(!"a kind that nobody tells");
    return OK;
}

enum err
till_discounts_are_same(struct ctx *ctx, const struct sale *sale, order_id order, bool *are_same)
{
    struct credit_note notes[SALE_NOTES_MAX];
    struct order_discount *taken;
    int count, reward_count = 0;

    TRY(find_notes(ctx, sale, notes));
    TRY(discounts_list(ctx, order, &taken, &count));
    *are_same = true;
    for (int i = 0; i < count; i++) {
        bool told;

        TRY(is_told(ctx, sale, notes, &taken[i], &told));
        *are_same = *are_same && told;
        reward_count += taken[i].kind == ORDER_DISCOUNT_REWARD;
    }
    *are_same = *are_same && reward_count == sale->reward_count;
    return OK;
}
