/* reward_shapes — rewards and credit notes in JSON; see shapes.h */
#include "api/shapes.h"
#include "base/quantity.h"

const char *
reward_status_name(enum reward_status status)
{
    switch (status) {
    case REWARD_ISSUED:
        return "ISSUED";
    case REWARD_REDEEMED:
        return "REDEEMED";
    case REWARD_DELETED:
        return "DELETED";
    }
    ASSERT(!"a status without a name");
    return "";
}

static struct str
kind_name(enum tier_kind kind)
{
    switch (kind) {
    case TIER_OTHER:
        return STR("other");
    case TIER_PERCENTAGE:
        return STR("percentage");
    case TIER_AMOUNT:
        return STR("amount");
    case TIER_ITEM:
        return STR("item");
    case TIER_CREDIT:
        return STR("credit");
    }
    ASSERT(!"a kind without a name");
    return STR("");
}

static void
put_money_if(struct json_out *out, const char *key, int64_t minor, struct str currency)
{
    if (minor > 0) json_put_money(out, key, minor, currency);
}

/* What it is good for, as its tier says it. */
static void
put_terms(struct json_out *out, const struct reward *reward, struct str currency)
{
    json_put_text(out, "kind", kind_name(reward->kind));
    if (reward->kind == TIER_PERCENTAGE) {
        /* Millionths of the whole: a hundred times as many of a hundredth. */
        json_put_text(out, "percentage", quantity_format(out->arena, reward->value * 100));
    } else {
        put_money_if(out, "amount_money", reward->value, currency);
    }
    put_money_if(out, "max_discount_money", reward->max_minor, currency);
    put_money_if(out, "minimum_amount_money", reward->minimum_minor, currency);
}

void
json_put_reward(struct json_out *out, const char *key, const struct reward *reward,
                struct str currency)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_reward, reward->id.v);
    json_put_text(out, "status", str_of(reward_status_name(reward->status)));
    json_put_id(out, "loyalty_account_id", ID_account, reward->account.v);
    json_put_id(out, "reward_tier_id", ID_tier, reward->tier.v);
    json_put_int(out, "points", reward->points);
    json_put_id(out, "order_id", ID_order, reward->order.v);
    json_put_time(out, "created_at", reward->created_us);
    json_put_time(out, "updated_at", reward->updated_us);
    json_put_time(out, "redeemed_at", reward->redeemed_us);
    /* ours */
    json_put_text_if(out, "name", reward->tier_name);
    put_terms(out, reward, currency);
    json_put_text_if(out, "code", reward->code);
    json_put_time(out, "expires_at", reward->expires_us);
    json_put_time(out, "expired_at", reward->expired_us);
    json_put_id(out, "used_order_id", ID_order, reward->used_order.v);
    json_end_object(out);
}

void
json_put_credit_note(struct json_out *out, const char *key, const struct credit_note *note,
                     struct str currency)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_credit_note, note->id.v);
    json_put_id(out, "customer_id", ID_customer, note->customer.v);
    json_put_text(out, "code", note->code);
    json_put_money(out, "amount_money", note->amount_minor, currency);
    json_put_money(out, "balance_money", note->balance_minor, currency);
    json_put_text(out, "reason", credit_reason_name(note->reason));
    json_put_text_if(out, "note", note->note);
    json_put_id(out, "order_id", ID_order, note->order.v);
    json_put_id(out, "reward_id", ID_reward, note->reward.v);
    json_put_time(out, "expires_at", note->expires_us);
    json_put_time(out, "ended_at", note->ended_us);
    json_put_time(out, "created_at", note->created_us);
    json_end_object(out);
}

enum err
json_put_reward_done(struct ctx *ctx, struct json_out *out, const struct reward *reward)
{
    struct merchant merchant;
    struct credit_note note;

    TRY(merchants_find(ctx, &merchant));
    json_put_reward(out, "reward", reward, merchant.currency);
    if (reward->credit_note.v == 0) return OK;
    TRY(credit_find(ctx, reward->credit_note, &note));
    json_put_credit_note(out, "credit_note", &note, merchant.currency);
    return OK;
}

enum err
json_put_credit_notes(struct ctx *ctx, struct json_out *out, customer_id customer,
                      enum credit_which which)
{
    struct merchant merchant;
    struct credit_note *notes;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(credit_list(ctx, customer, which, &notes, &count));
    json_put_array(out, "credit_notes");
    for (int i = 0; i < count; i++)
        json_put_credit_note(out, NULL, &notes[i], merchant.currency);
    json_end_array(out);
    return OK;
}
