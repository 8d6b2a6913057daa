/* app_me_api — what customers change of themselves, and how they leave. */
#include "api/app_handlers.h"
#include "api/app_shapes.h"
#include "api/cookies.h"
#include "base/email.h"
#include "core/customers/card_codes.h"
#include "core/people/people.h"

/* What may be told, each with its length; null clears. */
static const struct me_field {
    const char *path;
    enum customer_field field;
    size_t offset;
    int max;
} me_fields[] = {
    {"customer.given_name", CUSTOMER_GIVEN_NAME, offsetof(struct customer, given_name), 100},
    {"customer.family_name", CUSTOMER_FAMILY_NAME, offsetof(struct customer, family_name), 100},
    {"customer.email_address", CUSTOMER_EMAIL, offsetof(struct customer, email), EMAIL_MAX},
    {"customer.birthday", CUSTOMER_BIRTHDAY, offsetof(struct customer, birthday), 10},
};
enum { ME_FIELDS = sizeof me_fields / sizeof me_fields[0] };

enum err
api_app_me_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct me_request *request = into;
    bool given[ME_FIELDS] = {false}, nulled[ME_FIELDS] = {false};
    struct json_field fields[ME_FIELDS + 1] = {
        {"code", JSON_FIELD_TEXT, &request->change.code, .max = 40},
    };

    for (int i = 0; i < ME_FIELDS; i++) {
        fields[i + 1] = (struct json_field){
            .path = me_fields[i].path,
            .kind = JSON_FIELD_TEXT,
            .into = (char *)&request->change.customer + me_fields[i].offset,
            .max = me_fields[i].max,
            .given = &given[i],
            .nulled = &nulled[i],
        };
    }
    request->token = req->token;
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    for (int i = 0; i < ME_FIELDS; i++) {
        if (given[i] || nulled[i]) request->change.fields |= 1U << me_fields[i].field;
    }
    return OK;
}

/* The core does not know what a request calls its fields. */
static enum err
name_field(struct ctx *ctx, enum err err)
{
    if (err == ERR_CODE_WRONG || err == ERR_CODE_EXPIRED) ctx->field = "code";
    if (err == ERR_PROOF_REQUIRED || err == ERR_EMAIL_INVALID) {
        ctx->field = "customer.email_address";
    }
    if (err == ERR_FIELD_REQUIRED) ctx->field = "customer.email_address";
    if (err == ERR_FIELD_VALUE) ctx->field = "customer.birthday";
    return err;
}

enum err
api_app_me_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct me_request *request = parsed;
    struct self_change change = request->change;
    struct customer after;

    change.customer.id.v = ctx->actor.id;
    TRY(credentials_read_proof(ctx, request->token, &change.proof));
    TRY(name_field(ctx, self_change(ctx, &change, &after)));
    json_put_self(&reply->out, "customer", &after);
    return OK;
}

/* The card was copied, or lost as a picture: the old code finds nobody any more. */
enum err
api_app_card_code_renew(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct str code;

    (void)parsed;
    TRY(card_codes_renew(ctx, (customer_id){ctx->actor.id}, &code));
    json_put_text(&reply->out, "card_code", code);
    return OK;
}

/* All that is personal goes, here and in kept replies; the shop's books stay. */
enum err
api_app_me_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    customer_id id = {ctx->actor.id};
    struct merchant merchant;

    (void)parsed;
    TRY(merchants_find(ctx, &merchant));
    TRY(people_remove_customer(ctx, id));
    reply->set_cookie[0] = cookie_format_customer(ctx, merchant.slug, STR(""), 0);
    return OK;
}
