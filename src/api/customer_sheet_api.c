/* customer_sheet_api — all that staff see of a customer on one page, but for what happened. */
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/customers/tags.h"
#include "core/insight/insight.h"

enum { REWARDS_SHOWN = 30 };

static enum err
put_accounts(struct ctx *ctx, struct json_out *out, const struct loyalty_account *accounts,
             int count)
{
    json_put_array(out, "accounts");
    for (int i = 0; i < count; i++) {
        struct program program;

        TRY(programs_find_rules(ctx, accounts[i].program, &program));
        json_put_object(out, NULL);
        TRY(json_put_account_fields(ctx, out, &accounts[i]));
        json_put_object(out, "program");
        json_put_program_fields(out, &program);
        json_end_object(out);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

static enum err
put_rewards_of(struct ctx *ctx, struct json_out *out, account_id account, enum reward_status status)
{
    struct reward_query query = {.account = account, .status = status, .limit = REWARDS_SHOWN};
    struct merchant merchant;
    struct reward *rewards;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(rewards_search(ctx, &query, &rewards, &count));
    for (int i = 0; i < count; i++)
        json_put_reward(out, NULL, &rewards[i], merchant.currency);
    return OK;
}

/* Those that can be used come first, then those that were. */
static enum err
put_rewards(struct ctx *ctx, struct json_out *out, const struct loyalty_account *accounts,
            int count)
{
    json_put_array(out, "rewards");
    for (int i = 0; i < count; i++)
        TRY(put_rewards_of(ctx, out, accounts[i].id, REWARD_ISSUED));
    for (int i = 0; i < count; i++)
        TRY(put_rewards_of(ctx, out, accounts[i].id, REWARD_REDEEMED));
    json_end_array(out);
    return OK;
}

enum err
json_put_cards(struct ctx *ctx, struct json_out *out, customer_id customer)
{
    struct card_seen *cards;
    int count;

    TRY(cards_list(ctx, customer, &cards, &count));
    json_put_array(out, "cards");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_id(out, "id", ID_card, cards[i].id.v);
        json_put_text_if(out, "brand", cards[i].brand);
        json_put_text_if(out, "last_4", cards[i].last_4);
        json_put_time(out, "linked_at", cards[i].linked_us);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

static enum err
put_tags(struct ctx *ctx, struct json_out *out, customer_id customer)
{
    tag_id *ids;
    int count;

    TRY(tags_list_of(ctx, customer, &ids, &count));
    json_put_array(out, "tags");
    for (int i = 0; i < count; i++) {
        struct tag tag;

        TRY(tags_find(ctx, ids[i], &tag));
        json_put_object(out, NULL);
        json_put_id(out, "id", ID_tag, tag.id.v);
        json_put_text(out, "name", tag.name);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

static enum err
put_consents(struct ctx *ctx, struct json_out *out, customer_id customer)
{
    struct consent_seen *consents;
    int count;

    TRY(consents_list(ctx, customer, &consents, &count));
    json_put_array(out, "consents");
    for (int i = 0; i < count; i++) {
        const struct consent *consent = &consents[i].consent;

        json_put_object(out, NULL);
        json_put_text(out, "purpose", consent->purpose);
        json_put_text(out, "state", consent->state);
        json_put_text(out, "notice_version", consent->notice_version);
        json_put_text(out, "language", consent->language);
        json_put_text_if(out, "source", consent->source);
        json_put_time(out, "at", consents[i].at_us);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

static enum err
put_figures(struct ctx *ctx, struct json_out *out, customer_id customer)
{
    struct insight_sheet sheet;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    TRY(insight_read_sheet(ctx, customer, &sheet));
    json_put_object(out, "figures");
    json_put_int(out, "orders", sheet.orders);
    json_put_time(out, "last_order_at", sheet.last_order_us);
    json_put_money(out, "average_money", sheet.average_minor, merchant.currency);
    json_put_money(out, "total_money", sheet.total_minor, merchant.currency);
    json_put_int(out, "rewards_taken", sheet.rewards_taken);
    json_put_int(out, "rewards_used", sheet.rewards_used);
    json_put_int(out, "rewards_available", sheet.rewards_available);
    json_put_money(out, "cashback_money", sheet.cashback_minor, merchant.currency);
    json_put_money(out, "cashback_earned_money", sheet.cashback_earned_minor, merchant.currency);
    json_put_money(out, "credit_money", sheet.credit_minor, merchant.currency);
    json_end_object(out);
    return OK;
}

enum err
api_customer_summary(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    customer_id id = {*(const int64_t *)parsed};
    struct json_out *out = &reply->out;
    struct loyalty_account *accounts;
    struct customer customer;
    int count;

    TRY(customers_find(ctx, id, &customer));
    id = customer.id;
    const struct account_query query = {
        .customers = &id.v, .customer_count = 1, .limit = PROGRAMS_MAX};
    TRY(accounts_search(ctx, &query, &accounts, &count));
    json_put_customer(out, "customer", &customer);
    TRY(put_accounts(ctx, out, accounts, count));
    TRY(put_rewards(ctx, out, accounts, count));
    TRY(json_put_credit_notes(ctx, out, id, CREDIT_ALL));
    TRY(json_put_cards(ctx, out, id));
    TRY(put_consents(ctx, out, id));
    TRY(put_tags(ctx, out, id));
    return put_figures(ctx, out, id);
}
