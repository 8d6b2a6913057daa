/* identity_api — a customer's number and cards, and credits given to the wrong one, over HTTP. The
 * rules are in core. */
#include "api/fields.h"
#include "api/identity_handlers.h"
#include "api/shapes.h"
#include "core/people/people.h"

enum { CARDS_AT_ONCE = 30 };

/* ---- telephone number ---- */

enum err
api_account_change_phone_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct phone_request *request = into;
    const struct json_field fields[] = {
        {"phone_number", JSON_FIELD_TEXT, &request->phone, .required = true, .min = 1, .max = 40},
    };

    TRY(http_path_id(ctx, req, 0, ID_account, &request->account.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    return api_phone_parse(ctx, &request->phone, "phone_number");
}

enum err
api_account_change_phone(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct phone_request request = *(const struct phone_request *)parsed;
    struct loyalty_account account;
    struct customer customer;

    TRY(accounts_find(ctx, request.account, &account));
    TRY(api_phone_finish(ctx, &request.phone, "phone_number"));
    TRY(people_change_phone(ctx, account.customer, request.phone, &customer));
    TRY(accounts_find(ctx, request.account, &account));
    json_put_customer(&reply->out, "customer", &customer);
    return json_put_account(ctx, &reply->out, "loyalty_account", &account);
}

/* ---- cards ---- */

enum err
api_card_unlink_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct unlink_request *request = into;
    const struct json_field fields[] = {
        {"card_ids", JSON_FIELD_IDS, &request->cards, .required = true, .id_kind = ID_card,
         .min = 1, .max = CARDS_AT_ONCE},
    };

    TRY(http_path_id(ctx, req, 0, ID_customer, &request->customer.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_card_unlink(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct unlink_request *request = parsed;
    struct customer customer;

    TRY(customers_find(ctx, request->customer, &customer));
    if (request->cards.count == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "card_ids");
    TRY(cards_unlink(ctx, customer.id, request->cards.at, request->cards.count));
    return json_put_cards(ctx, &reply->out, customer.id);
}

/* ---- a credit given to the wrong one ---- */

enum err
api_order_move_credit_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct move_credit_request *request = into;
    struct str once_key;
    const struct json_field fields[] = {
        {"customer_id", JSON_FIELD_ID, &request->into.v, .required = true, .id_kind = ID_customer},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };

    TRY(http_path_id(ctx, req, 0, ID_order, &request->order.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_order_move_credit(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct move_credit_request *request = parsed;
    struct order_sheet sheet;
    struct merchant merchant;

    TRY(orders_move_credit(ctx, request->order, request->into));
    TRY(orders_find_sheet(ctx, request->order, &sheet));
    TRY(merchants_find(ctx, &merchant));
    reply->about = sheet.customer;
    json_put_object(&reply->out, "order");
    json_put_order_fields(&reply->out, &sheet, merchant.language);
    json_end_object(&reply->out);
    return OK;
}
