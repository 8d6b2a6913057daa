/* app_shapes — see app_shapes.h. */
#include "api/app_shapes.h"
#include "api/addresses.h"
#include "api/shapes.h"
#include "base/clock.h"
#include "core/customers/card_codes.h"
#include "core/customers/sign_in.h"
#include "core/ledger/ledger.h"

enum { DEADLINES_MAX = 100, ISSUED_MAX = 100 };

void
json_put_self(struct json_out *out, const char *key, const struct customer *customer)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_customer, customer->id.v);
    json_put_text_if(out, "given_name", customer->given_name);
    json_put_text_if(out, "family_name", customer->family_name);
    json_put_text_if(out, "phone_number", customer->phone);
    json_put_text_if(out, "email_address", customer->email);
    json_put_text_if(out, "birthday", customer->birthday);
    json_end_object(out);
}

void
json_put_app_program(struct json_out *out, const char *key, const struct program *program,
                     struct str currency)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_program, program->id.v);
    json_put_text(out, "name", program->name);
    json_put_text(out, "type", program_type_name(program->type));
    json_put_text(out, "status", program->active ? STR("ACTIVE") : STR("INACTIVE"));
    json_put_bool(out, "is_main", program->is_main);
    json_put_terminology(out, program);
    json_put_time(out, "closing_at", program->closing_us);
    json_put_array(out, "reward_tiers");
    for (int i = 0; i < program->tier_count; i++) {
        json_put_tier(out, NULL, &program->tiers[i], currency);
    }
    json_end_array(out);
    json_end_object(out);
}

/* In the main program first. */
static enum err
list_accounts(struct ctx *ctx, customer_id id, struct loyalty_account **accounts, int *count)
{
    const struct account_query query = {
        .customers = &id.v, .customer_count = 1, .limit = PROGRAMS_MAX};

    return accounts_search(ctx, &query, accounts, count);
}

static enum err
put_account(struct ctx *ctx, struct json_out *out, const struct loyalty_account *account)
{
    struct ledger_deadline *deadlines;
    struct merchant merchant;
    struct program program;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(ledger_list_deadlines(ctx, account->id, DEADLINES_MAX, &deadlines, &count));
    TRY(programs_find(ctx, account->program, &program));
    json_put_object(out, NULL);
    json_put_id(out, "id", ID_account, account->id.v);
    json_put_id(out, "program_id", ID_program, account->program.v);
    json_put_int(out, "balance", account->balance);
    json_put_array(out, "expiring");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_int(out, "points", deadlines[i].points);
        json_put_time(out, "expires_at", deadlines[i].expires_us);
        if (account->notice_days > 0) {
            json_put_time(out, "notice_at",
                          deadlines[i].expires_us - account->notice_days * CLOCK_DAY_US);
        }
        json_end_object(out);
    }
    json_end_array(out);
    TRY(json_put_pending(ctx, out, account->id));
    json_put_app_program(out, "program", &program, merchant.currency);
    json_end_object(out);
    return OK;
}

enum err
json_put_rewards_of(struct ctx *ctx, struct json_out *out, customer_id id,
                    const struct app_rewards *which)
{
    struct loyalty_account *accounts;
    struct merchant merchant;
    struct reward *rewards;
    int account_count, count;

    TRY(merchants_find(ctx, &merchant));
    TRY(list_accounts(ctx, id, &accounts, &account_count));
    for (int i = 0; i < account_count; i++) {
        const struct reward_query query = {
            .account = accounts[i].id, .status = which->status, .limit = which->limit};

        TRY(rewards_search(ctx, &query, &rewards, &count));
        for (int j = 0; j < count; j++) {
            json_put_reward(out, NULL, &rewards[j], merchant.currency);
        }
    }
    return OK;
}

/* Not what staff wrote on them: that is for themselves. */
static enum err
put_credit_notes(struct ctx *ctx, struct json_out *out, customer_id id)
{
    struct credit_note *notes;
    struct merchant merchant;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(credit_list(ctx, id, CREDIT_SPENDABLE, &notes, &count));
    json_put_array(out, "credit_notes");
    for (int i = 0; i < count; i++) {
        notes[i].note = STR("");
        json_put_credit_note(out, NULL, &notes[i], merchant.currency);
    }
    json_end_array(out);
    return OK;
}

enum err
json_put_card(struct ctx *ctx, struct json_out *out, customer_id id)
{
    static const struct app_rewards issued = {REWARD_ISSUED, ISSUED_MAX};
    struct loyalty_account *accounts;
    struct customer customer;
    struct str code;
    int count;

    TRY(customers_find(ctx, id, &customer));
    TRY(card_codes_read(ctx, id, &code));
    TRY(list_accounts(ctx, id, &accounts, &count));
    json_put_self(out, "customer", &customer);
    json_put_text(out, "card_code", code);
    json_put_array(out, "accounts");
    for (int i = 0; i < count; i++) {
        TRY(put_account(ctx, out, &accounts[i]));
    }
    json_end_array(out);
    json_put_array(out, "rewards");
    TRY(json_put_rewards_of(ctx, out, id, &issued));
    json_end_array(out);
    TRY(put_credit_notes(ctx, out, id));
    json_put_time(out, "server_time", ctx->now_us);
    return OK;
}

enum err
json_put_sign_in(struct ctx *ctx, struct json_out *out, customer_id id)
{
    struct merchant merchant;
    struct str token;

    TRY(merchants_find(ctx, &merchant));
    TRY(sign_in_links_add(ctx, id, SIGN_IN_LINK_KEEP_US, &token));
    json_put_object(out, "sign_in");
    json_put_text(out, "url", address_of_sign_in(ctx, merchant.slug, token));
    json_put_time(out, "expires_at", ctx->now_us + SIGN_IN_LINK_KEEP_US);
    json_end_object(out);
    return OK;
}
