/* till_api — our own till over HTTP: opening it, who stands there. Selling: till_sales_api.c. */
#include "api/app_shapes.h"
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/customers/card_codes.h"
#include "core/legal/notices.h"
#include "core/team/places.h"

enum { REWARDS_MAX = 200 };

/* ---- opening ---- */

enum err
api_till_open_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    location_id *location = into;
    const struct json_field fields[] = {
        {"location_id", JSON_FIELD_ID, &location->v, .id_kind = ID_location},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

static void
put_place(struct json_out *out, const char *key, struct str id, struct str name)
{
    json_put_object(out, key);
    json_put_text(out, "id", id);
    json_put_text(out, "name", name);
    json_end_object(out);
}

static void
put_till(struct json_out *out, const struct till *till)
{
    json_put_object(out, "till");
    put_place(out, "register", id_format(out->arena, ID_register, till->reg.id.v), till->reg.name);
    put_place(out, "location", id_format(out->arena, ID_location, till->location.id.v),
              till->location.name);
    json_end_object(out);
}

static void
put_category(struct json_out *out, const struct catalog_item *item)
{
    if (item->category.v == 0) {
        json_put_null(out, "category");
        return;
    }
    put_place(out, "category", id_format(out->arena, ID_category, item->category.v),
              item->category_name);
}

static void
put_variations(struct json_out *out, const struct catalog_item *item, struct str currency)
{
    json_put_array(out, "variations");
    for (int i = 0; i < item->variation_count; i++) {
        const struct catalog_variation *variation = &item->variations[i];

        json_put_object(out, NULL);
        json_put_id(out, "id", ID_variation, variation->id.v);
        json_put_text(out, "name", variation->name);
        json_put_text(out, "sku", variation->sku);
        if (variation->has_price) {
            json_put_money(out, "price_money", variation->price_minor, currency);
        } else {
            json_put_null(out, "price_money");
        }
        json_end_object(out);
    }
    json_end_array(out);
}

struct tax_list {
    struct tax *at;
    int count;
};

static void
put_tax(struct json_out *out, const struct tax_list *taxes, tax_id id)
{
    for (int i = 0; i < taxes->count; i++) {
        const struct tax *tax = &taxes->at[i];

        if (tax->id.v != id.v) continue;
        json_put_object(out, "tax");
        json_put_id(out, "id", ID_tax, tax->id.v);
        json_put_text(out, "name", tax->name);
        json_put_text(out, "percentage", tax_format_rate(out->arena, tax->rate));
        json_put_text(out, "inclusion_type", tax->included ? STR("INCLUSIVE") : STR("ADDITIVE"));
        json_end_object(out);
    }
}

static enum err
put_items(struct ctx *ctx, struct json_out *out, struct str currency)
{
    struct catalog_item *items;
    struct tax_list taxes;
    int count;

    TRY(taxes_list(ctx, &taxes.at, &taxes.count));
    TRY(catalog_list(ctx, (item_id){0}, CATALOG_ITEMS_MAX, &items, &count));
    json_put_array(out, "items");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_id(out, "id", ID_item, items[i].id.v);
        json_put_text(out, "name", items[i].name);
        put_category(out, &items[i]);
        put_variations(out, &items[i], currency);
        if (items[i].tax.v != 0) put_tax(out, &taxes, items[i].tax);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

/* null while nobody can earn anything. */
static enum err
put_program(struct ctx *ctx, struct json_out *out, struct str currency)
{
    struct program program;

    enum err err = programs_find_rules(ctx, (program_id){0}, &program);
    if (err == ERR_PROGRAM_UNKNOWN || (err == OK && !program.active)) {
        json_put_null(out, "program");
        return OK;
    }
    TRY(err);
    json_put_object(out, "program");
    json_put_program_fields(out, &program);
    if (program.minimum_minor > 0) {
        json_put_money(out, "minimum_amount_money", program.minimum_minor, currency);
    }
    json_end_object(out);
    return OK;
}

/* Those where ctx->actor works. */
static enum err
put_locations(struct ctx *ctx, struct json_out *out)
{
    struct location *locations;
    int count;

    TRY(locations_list(ctx, &locations, &count));
    json_put_array(out, "locations");
    for (int i = 0; i < count; i++) {
        enum err err = places_check(ctx, locations[i].id);

        if (err == ERR_LOCATION_FORBIDDEN) continue;
        TRY(err);
        put_place(out, NULL, id_format(ctx->arena, ID_location, locations[i].id.v),
                  locations[i].name);
    }
    json_end_array(out);
    return OK;
}

enum err
api_till_open(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const location_id *location = parsed;
    struct merchant merchant;
    struct till till;

    TRY(tills_open(ctx, *location, &till));
    TRY(till_days_open(ctx, &till.location));
    TRY(merchants_find(ctx, &merchant));
    put_till(&reply->out, &till);
    TRY(put_items(ctx, &reply->out, merchant.currency));
    TRY(put_program(ctx, &reply->out, merchant.currency));
    TRY(json_put_notice(ctx, &reply->out, merchant.language));
    return put_locations(ctx, &reply->out);
}

/* ---- joining ---- */

enum err
api_till_claim_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct till_claim *told = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"phone_number", JSON_FIELD_TEXT, &told->phone, .required = true, .max = 40},
        {"customer.given_name", JSON_FIELD_TEXT, &told->given_name, .max = 300},
        {"customer.family_name", JSON_FIELD_TEXT, &told->family_name, .max = 300},
        {"customer.email_address", JSON_FIELD_TEXT, &told->email, .max = 254},
        {"customer.birthday", JSON_FIELD_TEXT, &told->birthday, .max = 10},
        {"consent.notice_version", JSON_FIELD_TEXT, &told->notice_version, .max = 20},
        {"consent.language", JSON_FIELD_TEXT, &told->language, .max = 20},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_order, &told->order.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (told->notice_version.len + told->language.len > 0 &&
        !notice_exists(told->notice_version, told->language)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "consent.notice_version");
    }
    return api_phone_parse(ctx, &told->phone, "phone_number");
}

enum err
api_till_claim(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct till_claim told = *(const struct till_claim *)parsed;
    customer_id customer;
    struct claim claim;

    TRY(api_phone_finish(ctx, &told.phone, "phone_number"));
    enum err err = tills_claim(ctx, &told, &claim, &customer);
    if (err == ERR_EMAIL_INVALID) return fail_field(ctx, err, "customer.email_address");
    if (err == ERR_FIELD_VALUE) return fail_field(ctx, err, "customer.birthday");
    TRY(err);
    reply->about = customer;
    json_put_object(&reply->out, "claim");
    json_put_claim_fields(&reply->out, &claim);
    json_put_id(&reply->out, "customer_id", ID_customer, customer.v);
    json_end_object(&reply->out);
    return OK;
}

/* ---- who stands there ---- */

enum err
api_till_identify_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct till_caller *caller = into;
    const struct json_field fields[] = {
        {"phone_number", JSON_FIELD_TEXT, &caller->phone, .max = 40},
        {"card_code", JSON_FIELD_TEXT, &caller->card_code, .max = 100},
        {"reward_code", JSON_FIELD_TEXT, &caller->reward_code, .max = 100},
        {"customer_id", JSON_FIELD_ID, &caller->customer.v, .id_kind = ID_customer},
    };

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    int told = (caller->phone.len > 0) + (caller->card_code.len > 0) +
               (caller->reward_code.len > 0) + (caller->customer.v != 0);
    if (told == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "phone_number");
    if (told > 1) { /* one or the other */
        bool by_reward = caller->reward_code.len > 0;
        return fail_field(ctx, ERR_FIELD_VALUE, by_reward ? "reward_code" : "card_code");
    }
    return api_phone_parse(ctx, &caller->phone, "phone_number");
}

/* Whose reward it is. */
static enum err
find_by_reward(struct ctx *ctx, struct str code, customer_id *customer, struct reward *reward)
{
    struct loyalty_account account;

    TRY(rewards_find_by_code(ctx, code, reward));
    TRY(accounts_find(ctx, reward->account, &account));
    *customer = account.customer;
    return OK;
}

static enum err
find_caller(struct ctx *ctx, const struct till_caller *caller, customer_id *customer,
            struct reward *reward)
{
    struct str phone = caller->phone;

    *reward = (struct reward){0};
    *customer = caller->customer;
    if (customer->v != 0) return OK;
    if (caller->reward_code.len > 0) {
        return find_by_reward(ctx, caller->reward_code, customer, reward);
    }

    if (phone.len > 0) {
        TRY(api_phone_finish(ctx, &phone, "phone_number"));
        return tills_identify(ctx, phone, customer);
    }
    enum err err = card_codes_find(ctx, caller->card_code, customer);
    return err == ERR_CARD_CODE_UNKNOWN ? fail(ctx, ERR_CUSTOMER_UNKNOWN, "no such card") : err;
}

/* Rewards that were taken, and not used yet. */
static enum err
put_rewards(struct ctx *ctx, struct json_out *out, const struct loyalty_account *accounts,
            int account_count)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    json_put_array(out, "rewards");
    for (int i = 0; i < account_count; i++) {
        const struct reward_query query = {
            .account = accounts[i].id, .status = REWARD_ISSUED, .limit = REWARDS_MAX};
        struct reward *rewards;
        int count;

        TRY(rewards_search(ctx, &query, &rewards, &count));
        for (int k = 0; k < count; k++) {
            json_put_reward(out, NULL, &rewards[k], merchant.currency);
        }
    }
    json_end_array(out);
    return OK;
}

static void
put_tiers_in_reach(struct json_out *out, const struct program *program,
                   const struct loyalty_account *account, struct str currency)
{
    int64_t reach = account->spendable < account->balance ? account->spendable : account->balance;

    for (int i = 0; i < program->tier_count; i++) {
        const struct reward_tier *tier = &program->tiers[i];

        if (tier->points > reach || programs_is_gone(tier)) continue;
        json_put_object(out, NULL);
        json_put_id(out, "tier_id", ID_tier, tier->id.v);
        json_put_text(out, "name", tier->name);
        json_put_int(out, "points", tier->points);
        json_put_id(out, "loyalty_account_id", ID_account, account->id.v);
        json_put_tier_terms(out, tier, currency);
        json_end_object(out);
    }
}

/* What they have in each program, and what it would give now. */
static enum err
put_accounts(struct ctx *ctx, struct json_out *out, const struct loyalty_account *accounts,
             int count)
{
    struct program *programs = ARENA_ARRAY(ctx->arena, struct program, (size_t)count);
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    json_put_array(out, "accounts");
    for (int i = 0; i < count; i++) {
        TRY(programs_find(ctx, accounts[i].program, &programs[i]));
        json_put_object(out, NULL);
        TRY(json_put_account_fields(ctx, out, &accounts[i]));
        json_put_object(out, "program");
        json_put_program_fields(out, &programs[i]);
        json_end_object(out);
        json_end_object(out);
    }
    json_end_array(out);
    json_put_array(out, "takeable");
    for (int i = 0; i < count; i++) {
        if (!programs_offers(&programs[i], ctx->now_us)) continue;
        put_tiers_in_reach(out, &programs[i], &accounts[i], merchant.currency);
    }
    json_end_array(out);
    return OK;
}

enum err
api_till_identify(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct till_caller *caller = parsed;
    struct loyalty_account *accounts;
    struct customer customer;
    struct reward reward;
    customer_id id;
    int count;

    TRY(find_caller(ctx, caller, &id, &reward));
    TRY(customers_find(ctx, id, &customer));
    const struct account_query theirs = {
        .customers = &customer.id.v, .customer_count = 1, .limit = PROGRAMS_MAX};
    TRY(accounts_search(ctx, &theirs, &accounts, &count));
    json_put_customer(&reply->out, "customer", &customer);
    TRY(put_accounts(ctx, &reply->out, accounts, count));
    TRY(put_rewards(ctx, &reply->out, accounts, count));
    TRY(json_put_credit_notes(ctx, &reply->out, customer.id, CREDIT_SPENDABLE));
    return reward.id.v == 0 ? OK : json_put_reward_done(ctx, &reply->out, &reward);
}

/* ---- a way into the app, for somebody whom the staff see ---- */

enum err
api_till_sign_in_link_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    customer_id *customer = into;
    const struct json_field fields[] = {
        {"customer_id", JSON_FIELD_ID, &customer->v, .required = true, .id_kind = ID_customer},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_till_sign_in_link(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const customer_id *id = parsed;
    struct customer customer;

    TRY(customers_find(ctx, *id, &customer));
    return json_put_sign_in(ctx, &reply->out, customer.id);
}
