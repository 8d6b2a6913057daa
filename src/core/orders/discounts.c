/* discounts — see discounts.h. */
#include "core/orders/discounts.h"
#include "core/credit/credit.h"
#include "core/loyalty/rewards.h"
#include "core/loyalty/spending.h"
#include "core/orders/discounts_store.h"
#include "db/db.h"

struct str
order_discount_name(enum order_discount_kind kind)
{
    switch (kind) {
    case ORDER_DISCOUNT_REWARD:
        return STR("reward");
    case ORDER_DISCOUNT_CREDIT:
        return STR("credit");
    case ORDER_DISCOUNT_CREDIT_NOTE:
        return STR("credit_note");
    }
    ASSERT(!"a kind without a name");
    return STR("");
}

static enum err
spend_credit(struct ctx *ctx, const struct order_discounts *taken, struct order_discount *discount)
{
    const struct spend_order order = {
        .account = {discount->subject},
        .amount_minor = discount->amount_minor,
        .order = taken->order,
        .location = taken->location,
    };
    struct loyalty_event event;

    TRY(accounts_spend(ctx, &order, &event));
    discount->transfer = event.id;
    return OK;
}

static enum err
take(struct ctx *ctx, const struct order_discounts *taken, struct order_discount *discount)
{
    const struct reward_on_order use = {{discount->subject}, taken->order, taken->location};

    switch (discount->kind) {
    case ORDER_DISCOUNT_REWARD:
        return rewards_redeem_on(ctx, &use);
    case ORDER_DISCOUNT_CREDIT:
        return spend_credit(ctx, taken, discount);
    case ORDER_DISCOUNT_CREDIT_NOTE:
        return credit_spend(ctx, (credit_note_id){discount->subject}, discount->amount_minor,
                            &discount->transfer);
    }
    ASSERT(!"a kind that nothing takes");
    return OK;
}

enum err
discounts_take(struct ctx *ctx, const struct order_discounts *taken)
{
    int64_t sum_minor = 0;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(taken->order.v != 0);
    ASSERT(taken->count <= ORDER_DISCOUNTS_MAX);
    for (int i = 0; i < taken->count; i++) {
        TRY(take(ctx, taken, &taken->discounts[i]));
        TRY(discounts_store_add(ctx, taken->order, i, &taken->discounts[i]));
        sum_minor += taken->discounts[i].amount_minor;
    }
    return sum_minor == 0 ? OK : discounts_store_note_sum(ctx, taken->order, sum_minor);
}

enum err
discounts_list(struct ctx *ctx, order_id order, struct order_discount **discounts, int *count)
{
    *discounts = ARENA_ARRAY(ctx->arena, struct order_discount, ORDER_DISCOUNTS_MAX);
    return discounts_store_list(ctx, order, *discounts, count);
}

/* ---- giving back ---- */

static enum err
give_back(struct ctx *ctx, order_id order, const struct order_discount *discount,
          transfer_id *returned)
{
    const struct spend_return spent = {{discount->subject}, discount->transfer, order};
    struct loyalty_event event;

    switch (discount->kind) {
    case ORDER_DISCOUNT_REWARD:
        return rewards_reopen(ctx, (reward_id){discount->subject}, order);
    case ORDER_DISCOUNT_CREDIT:
        TRY(accounts_unspend(ctx, &spent, &event));
        *returned = event.id;
        return OK;
    case ORDER_DISCOUNT_CREDIT_NOTE:
        return credit_give_back(ctx, (credit_note_id){discount->subject}, discount->transfer,
                                returned);
    }
    ASSERT(!"a kind that nothing gives back");
    return OK;
}

enum err
discounts_return(struct ctx *ctx, order_id order)
{
    struct order_discount *discounts;
    int count;

    ASSERT(db_in_tx(ctx->db));
    ASSERT(order.v != 0);
    TRY(discounts_list(ctx, order, &discounts, &count));
    for (int i = 0; i < count; i++) {
        transfer_id returned = {0};
        bool changed = false;

        if (discounts[i].returned_us == 0) TRY(discounts_store_return(ctx, order, i, &changed));
        if (!changed) continue;
        TRY(give_back(ctx, order, &discounts[i], &returned));
        if (returned.v != 0) TRY(discounts_store_note_returned(ctx, order, i, returned));
    }
    return OK;
}
