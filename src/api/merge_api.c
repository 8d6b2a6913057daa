/* merge_api — two customers who are one, over HTTP. The rules are in core/people. */
#include "api/fields.h"
#include "api/identity_handlers.h"
#include "api/shapes.h"
#include "base/clock.h"
#include "core/people/duplicates.h"

/* ---- shapes ---- */

static void
put_merge(struct ctx *ctx, struct json_out *out, const struct customer_merge *merge)
{
    bool can_undo = merge->undone_us == 0 && people_check_unmerge(ctx, merge) == OK;

    json_put_id(out, "id", ID_merge, merge->id.v);
    json_put_id(out, "customer_id", ID_customer, merge->survivor.v);
    json_put_id(out, "merged_customer_id", ID_customer, merge->merged.v);
    json_put_time(out, "created_at", merge->at_us);
    json_put_time(out, "undo_until", merge->at_us + MERGE_UNDO_DAYS * CLOCK_DAY_US);
    if (merge->undone_us != 0) json_put_time(out, "undone_at", merge->undone_us);
    json_put_bool(out, "can_be_undone", can_undo);
}

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
    struct program program;

    TRY(programs_find_rules(ctx, account->program, &program));
    json_put_object(out, NULL);
    TRY(json_put_account_fields(ctx, out, account));
    json_put_object(out, "program");
    json_put_program_fields(out, &program);
    json_end_object(out);
    json_end_object(out);
    return OK;
}

static enum err
put_counts(struct ctx *ctx, struct json_out *out, customer_id id,
           const struct loyalty_account *accounts, int account_count)
{
    struct merchant merchant;
    struct credit_note *notes;
    struct card_seen *cards;
    int64_t rewards = 0, notes_minor = 0;
    int count;

    TRY(merchants_find(ctx, &merchant));
    for (int i = 0; i < account_count; i++) {
        const struct reward_query query = {
            .account = accounts[i].id, .status = REWARD_ISSUED, .limit = 200};
        struct reward *found;

        TRY(rewards_search(ctx, &query, &found, &count));
        rewards += count;
    }
    TRY(credit_list(ctx, id, CREDIT_SPENDABLE, &notes, &count));
    for (int i = 0; i < count; i++) {
        notes_minor += notes[i].balance_minor;
    }
    TRY(cards_list(ctx, id, &cards, &count));
    json_put_int(out, "rewards", rewards);
    json_put_money(out, "credit_notes_money", notes_minor, merchant.currency);
    json_put_int(out, "cards", count);
    return OK;
}

/* What one of them has. */
static enum err
put_side(struct ctx *ctx, struct json_out *out, const char *key, customer_id id)
{
    struct loyalty_account *accounts;
    struct customer customer;
    int count;

    TRY(customers_find(ctx, id, &customer));
    TRY(list_accounts(ctx, id, &accounts, &count));
    json_put_object(out, key);
    json_put_customer(out, "customer", &customer);
    json_put_array(out, "accounts");
    for (int i = 0; i < count; i++) {
        TRY(put_account(ctx, out, &accounts[i]));
    }
    json_end_array(out);
    TRY(put_counts(ctx, out, customer.id, accounts, count));
    json_end_object(out);
    return OK;
}

/* ---- before ---- */

enum err
api_merge_preview_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct merge_order *order = into;
    /* clang-format off */
    const struct json_field fields[] = {
        {"customer_id", JSON_FIELD_ID, &order->survivor.v, .required = true, .id_kind = ID_customer},
        {"merged_customer_id", JSON_FIELD_ID, &order->merged.v, .required = true,
         .id_kind = ID_customer},
        {"phone_number", JSON_FIELD_TEXT, &order->phone, .max = 40},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    return api_phone_parse(ctx, &order->phone, "phone_number");
}

enum err
api_merge_preview(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct merge_order order = *(const struct merge_order *)parsed;
    struct customer both;

    TRY(api_phone_finish(ctx, &order.phone, "phone_number"));
    TRY(people_combine(ctx, &order, &both));
    TRY(put_side(ctx, &reply->out, "customer", order.survivor));
    TRY(put_side(ctx, &reply->out, "merged_customer", order.merged));
    json_put_customer(&reply->out, "result", &both);
    return OK;
}

/* ---- merging ---- */

enum err
api_merge_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct merge_order *order = into;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"customer_id", JSON_FIELD_ID, &order->survivor.v, .required = true, .id_kind = ID_customer},
        {"merged_customer_id", JSON_FIELD_ID, &order->merged.v, .required = true,
         .id_kind = ID_customer},
        {"phone_number", JSON_FIELD_TEXT, &order->phone, .max = 40},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    return api_phone_parse(ctx, &order->phone, "phone_number");
}

static enum err
put_done(struct ctx *ctx, struct json_out *out, const struct customer_merge *merge)
{
    json_put_object(out, "merge");
    put_merge(ctx, out, merge);
    json_end_object(out);
    TRY(put_side(ctx, out, "customer", merge->survivor));
    return merge->undone_us == 0 ? OK : put_side(ctx, out, "merged_customer", merge->merged);
}

enum err
api_merge_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct merge_order order = *(const struct merge_order *)parsed;
    struct merge_done done;

    TRY(api_phone_finish(ctx, &order.phone, "phone_number"));
    TRY(people_merge(ctx, &order, &done));
    reply->about = done.survivor.id;
    return put_done(ctx, &reply->out, &done.merge);
}

enum err
api_merge_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const customer_id id = {*(const int64_t *)parsed};
    struct json_out *out = &reply->out;
    struct customer_merge *merges;
    struct customer customer, person;
    int count;

    TRY(customers_find(ctx, id, &customer));
    TRY(customer_merges_list(ctx, customer.id, &merges, &count));
    json_put_array(out, "merges");
    for (int i = 0; i < count; i++) {
        TRY(customer_merges_find_person(ctx, &merges[i], &person));
        json_put_object(out, NULL);
        put_merge(ctx, out, &merges[i]);
        if (person.id.v != 0) json_put_customer(out, "merged_customer", &person);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

enum err
api_merge_undo_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct str once_key;
    const struct json_field fields[] = {
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .min = 1, .max = 128},
    };

    TRY(http_path_id(ctx, req, 0, ID_merge, into));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_merge_undo(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const merge_id id = {*(const int64_t *)parsed};
    struct merge_done done;

    TRY(people_unmerge(ctx, id, &done));
    reply->about = done.merge.survivor;
    return put_done(ctx, &reply->out, &done.merge);
}

/* ---- who may be the same ---- */

enum err
api_duplicate_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    static const char *const reasons[] = {"PHONE", "EMAIL", "CARD", "NAME"};
    const customer_id id = {*(const int64_t *)parsed};
    struct json_out *out = &reply->out;
    struct duplicate *duplicates;
    int count;

    TRY(people_list_duplicates(ctx, id, &duplicates, &count));
    json_put_array(out, "duplicates");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_customer(out, "customer", &duplicates[i].customer);
        json_put_array(out, "reasons");
        for (int r = 0; r < 4; r++) {
            if (duplicates[i].by & 1U << r) json_put_text(out, NULL, str_of(reasons[r]));
        }
        json_end_array(out);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}
