/*
 * square — payments and refunds that Square tells by webhook.
 *
 * A sale rung up at a Square till is told as payment.created and payment.updated, never as
 * order.created; one order may have several payments. The header x-square-hmacsha256-signature is
 * base64 of the HMAC-SHA256 over the notification URL, exactly as registered, and the raw body.
 * Square adds fields when it likes: what we do not know is passed over.
 */
#include "base/hash.h"
#include "base/json.h"
#include "integrations/registry.h"

#define AMOUNT_MAX INT64_C(1000000000000)

enum { KEY_MAX = 191 };

static enum err
check_signature(struct ctx *ctx, struct str secret, const struct pos_delivery *delivery)
{
    uint8_t given[HASH_LEN], wanted[HASH_LEN];

    hash_hmac(secret, delivery->url, delivery->body, wanted);
    if (!hash_parse_base64(delivery->signature, given, HASH_LEN) ||
        !hash_same(given, wanted, HASH_LEN)) {
        return fail(ctx, ERR_SIGNATURE_WRONG, "square");
    }
    return OK;
}

/* ---- payments ---- */
#define PAYMENT "data.object.payment."

struct square_payment {
    struct str id, status, order_id, device_id, installation_id;
    int64_t created_us, updated_us;
};

static enum err
read_payment_fields(struct ctx *ctx, const json_t *root, struct square_payment *payment,
                    struct pos_message *message)
{
    /* clang-format off */
    const struct json_field fields[] = {
        {PAYMENT "id",                    JSON_FIELD_TEXT, &payment->id, .required = true, .max = KEY_MAX},
        {PAYMENT "status",                JSON_FIELD_TEXT, &payment->status, .required = true},
        {PAYMENT "created_at",            JSON_FIELD_TIME, &payment->created_us, .required = true},
        {PAYMENT "updated_at",            JSON_FIELD_TIME, &payment->updated_us, .required = true},
        {PAYMENT "amount_money.amount",   JSON_FIELD_INT,  &message->total_minor, .required = true,
                                                           .min = 0, .max = AMOUNT_MAX},
        {PAYMENT "amount_money.currency", JSON_FIELD_TEXT, &message->currency, .required = true},
        {PAYMENT "tip_money.amount",      JSON_FIELD_INT,  &message->tip_minor,
                                                           .min = 0, .max = AMOUNT_MAX},
        {PAYMENT "location_id",           JSON_FIELD_TEXT, &message->establishment, .max = KEY_MAX,
                                                           .required = true},
        {PAYMENT "order_id",              JSON_FIELD_TEXT, &payment->order_id, .max = KEY_MAX},
        {PAYMENT "customer_id",           JSON_FIELD_TEXT, &message->external_customer, .max = KEY_MAX},
        {PAYMENT "device_details.device_id",
                                          JSON_FIELD_TEXT, &payment->device_id, .max = KEY_MAX},
        {PAYMENT "device_details.device_installation_id",
                                          JSON_FIELD_TEXT, &payment->installation_id, .max = KEY_MAX},
        {PAYMENT "card_details.card.fingerprint",
                                          JSON_FIELD_TEXT, &message->card_fingerprint},
        {PAYMENT "card_details.card.card_brand",
                                          JSON_FIELD_TEXT, &message->card_brand, .max = 40},
        {PAYMENT "card_details.card.last_4",
                                          JSON_FIELD_TEXT, &message->card_last_4, .max = 4},
    };
    /* clang-format on */

    return json_read_fields(ctx, root, JSON_OPEN, JSON_FIELDS(fields));
}

/* A till that does not say which it is still rings up sales: they come as one till's. */
static struct str
register_of(const struct square_payment *payment)
{
    if (payment->device_id.len > 0) return payment->device_id;
    if (payment->installation_id.len > 0) return payment->installation_id;
    return STR("unknown");
}

static enum err
read_payment(struct ctx *ctx, const json_t *root, struct pos_message *message)
{
    struct square_payment payment = {0};

    TRY(read_payment_fields(ctx, root, &payment, message));
    message->kind = POS_PAYMENT;
    message->vendor_payment = payment.id;
    /* One without an order is an order of its own. */
    message->vendor_order = payment.order_id.len > 0 ? payment.order_id : payment.id;
    message->vendor_register = register_of(&payment);
    message->completed = str_is(payment.status, STR("COMPLETED"));
    message->at_us = payment.created_us;
    message->updated_us = payment.updated_us;
    return OK;
}

/* ---- refunds ---- */
#define REFUND "data.object.refund."

static enum err
read_refund(struct ctx *ctx, const json_t *root, struct pos_message *message)
{
    struct pos_message refund = {.kind = POS_REFUND};
    struct str status;
    bool unlinked = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {REFUND "id",                    JSON_FIELD_TEXT, &refund.vendor_refund, .required = true, .max = KEY_MAX},
        {REFUND "status",                JSON_FIELD_TEXT, &status, .required = true},
        {REFUND "updated_at",            JSON_FIELD_TIME, &refund.at_us, .required = true},
        {REFUND "payment_id",            JSON_FIELD_TEXT, &refund.vendor_payment, .max = KEY_MAX},
        {REFUND "amount_money.amount",   JSON_FIELD_INT,  &refund.total_minor, .required = true,
                                                          .min = 0, .max = AMOUNT_MAX},
        {REFUND "amount_money.currency", JSON_FIELD_TEXT, &refund.currency, .required = true},
        {REFUND "unlinked",              JSON_FIELD_BOOL, &unlinked},
    };
    /* clang-format on */

    TRY(json_read_fields(ctx, root, JSON_OPEN, JSON_FIELDS(fields)));
    /* Money given back without a sale takes nobody's points: a person has to look at it. */
    bool is_ours = str_is(status, STR("COMPLETED")) && !unlinked && refund.vendor_payment.len > 0;
    if (is_ours) *message = refund;
    return OK;
}

/* ---- the envelope ---- */
static enum err
square_read(struct ctx *ctx, struct str secret, const struct pos_delivery *delivery,
            struct pos_message *message)
{
    struct str type;
    json_t *root;
    const struct json_field fields[] = {
        {"type", JSON_FIELD_TEXT, &type, .required = true},
    };

    *message = (struct pos_message){.kind = POS_NOTHING};
    TRY(check_signature(ctx, secret, delivery));
    TRY(json_parse(ctx, delivery->body, &root));
    TRY(json_read_fields(ctx, root, JSON_OPEN, JSON_FIELDS(fields)));
    if (str_is(type, STR("payment.created")) || str_is(type, STR("payment.updated"))) {
        return read_payment(ctx, root, message);
    }
    if (str_is(type, STR("refund.created")) || str_is(type, STR("refund.updated"))) {
        return read_refund(ctx, root, message);
    }
    return OK;
}

const struct pos_link pos_square = {
    .vendor = "square",
    .name = "Square",
    .signature_header = "x-square-hmacsha256-signature",
    .credit = POS_DIRECT,
    .read = square_read,
};
