/* accounts_export — a person's accounts, what happened to them, and their rewards. See accounts.h.
 */
#include "base/dossier.h"
#include "core/loyalty/accounts.h"
#include "core/loyalty/rewards.h"

enum { PAGE = 200 };

/* A person's accounts, with the programs they are in. */
struct held {
    struct loyalty_account *accounts;
    struct program *programs;
    int count;
};

static enum err
find_accounts(struct ctx *ctx, customer_id customer, struct held *held)
{
    const struct account_query query = {
        .customers = &customer.v, .customer_count = 1, .limit = PROGRAMS_MAX};

    TRY(accounts_search(ctx, &query, &held->accounts, &held->count));
    held->programs = ARENA_ARRAY(ctx->arena, struct program, (size_t)held->count + 1);
    for (int i = 0; i < held->count; i++)
        TRY(programs_find_rules(ctx, held->accounts[i].program, &held->programs[i]));
    return OK;
}

static struct str
program_of(const struct held *held, program_id program)
{
    for (int i = 0; i < held->count; i++) {
        if (held->programs[i].id.v == program.v) return held->programs[i].name;
    }
    return STR("");
}

static void
put_accounts(const struct held *held, struct dossier *dossier)
{
    dossier_section(dossier, WORDS_KEY("export.accounts"));
    for (int i = 0; i < held->count && dossier_row(dossier); i++) {
        const struct loyalty_account *account = &held->accounts[i];

        dossier_put_text(dossier, WORDS_KEY("export.program"), held->programs[i].name);
        dossier_put_text(dossier, WORDS_KEY("export.phone_number"), account->phone);
        dossier_put_number(dossier, WORDS_KEY("export.balance"), account->balance);
        dossier_put_number(dossier, WORDS_KEY("export.lifetime"), account->lifetime);
        dossier_put_time(dossier, WORDS_KEY("export.known_since"), account->enrolled_us);
    }
}

static enum err
put_events(struct ctx *ctx, customer_id customer, const struct held *held, struct dossier *dossier)
{
    struct event_query query = {.customer = customer, .limit = PAGE};
    struct loyalty_event *events;
    int count;

    dossier_section(dossier, WORDS_KEY("export.history"));
    do {
        TRY(accounts_search_events(ctx, &query, &events, &count));
        for (int i = 0; i < count; i++) {
            const struct loyalty_event *event = &events[i];

            query.before = event->id.v;
            if (!dossier_row(dossier)) return OK;
            dossier_put_time(dossier, WORDS_KEY("export.at"), event->at_us);
            dossier_put_code(dossier, WORDS_KEY("export.what"),
                             str_of(event_type_name(event->type)));
            dossier_put_number(dossier, WORDS_KEY("export.points"), event->points);
            dossier_put_text(dossier, WORDS_KEY("export.program"),
                             program_of(held, event->program));
            dossier_put_code(dossier, WORDS_KEY("export.reason"), event->reason);
        }
    } while (count == PAGE);
    return OK;
}

static const char *
status_of(const struct reward *reward)
{
    switch (reward->status) {
    case REWARD_ISSUED:
        return "ISSUED";
    case REWARD_REDEEMED:
        return "REDEEMED";
    case REWARD_DELETED:
        return "DELETED";
    }
    return "";
}

static void
put_reward(struct dossier *dossier, const struct reward *reward)
{
    dossier_put_time(dossier, WORDS_KEY("export.at"), reward->created_us);
    dossier_put_text(dossier, WORDS_KEY("export.reward"), reward->tier_name);
    dossier_put_number(dossier, WORDS_KEY("export.points"), reward->points);
    dossier_put_code(dossier, WORDS_KEY("export.state"), str_of(status_of(reward)));
    dossier_put_time(dossier, WORDS_KEY("export.used_at"), reward->redeemed_us);
    dossier_put_time(dossier, WORDS_KEY("export.expires_at"), reward->expires_us);
}

static enum err
put_rewards_of(struct ctx *ctx, account_id account, struct dossier *dossier)
{
    struct reward_query query = {.account = account, .any_status = true, .limit = PAGE};
    struct reward *rewards;
    int count;

    do {
        TRY(rewards_search(ctx, &query, &rewards, &count));
        for (int i = 0; i < count; i++) {
            query.before = rewards[i].id.v;
            if (!dossier_row(dossier)) return OK;
            put_reward(dossier, &rewards[i]);
        }
    } while (count == PAGE);
    return OK;
}

enum err
accounts_export_customer(struct ctx *ctx, customer_id customer, struct dossier *dossier)
{
    struct held held;

    TRY(find_accounts(ctx, customer, &held));
    put_accounts(&held, dossier);
    TRY(put_events(ctx, customer, &held, dossier));
    dossier_section(dossier, WORDS_KEY("export.rewards"));
    for (int i = 0; i < held.count; i++)
        TRY(put_rewards_of(ctx, held.accounts[i].id, dossier));
    return OK;
}
