/*
 * feed — the generic till: our own JSON, signed, for tills and integrators without a public API.
 *
 * POST /hooks/feed/{integration}, header X-Habitue-Signature: the hexadecimal HMAC-SHA256 of the
 * raw body, keyed with the integration's secret. The time of sending stands inside the body, where
 * the signature covers it. openapi/openapi.yaml shows a message.
 */
#include "base/clock.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/quantity.h"
#include "integrations/registry.h"

/* A till may be without a line for a day; its clock may be a little fast. */
#define AGE_MAX_US   CLOCK_DAY_US
#define AHEAD_MAX_US (5 * CLOCK_MINUTE_US)

enum { KEY_MAX = 191 };
#define AMOUNT_MAX INT64_C(1000000000000)

/* The body, before what it means is known. */
struct feed_body {
    struct str event, sale_id, refund_of, refund_id;
    int64_t closed_us, sent_us, total_minor, refund_minor;
    bool has_total, has_refund;
    const json_t *lines, *refund_lines;
};

static enum err
check_signature(struct ctx *ctx, struct str secret, const struct pos_delivery *delivery)
{
    uint8_t given[HASH_LEN], wanted[HASH_LEN];

    hash_hmac(secret, delivery->body, STR(""), wanted);
    if (!hash_parse_hex(delivery->signature, given, HASH_LEN) ||
        !hash_same(given, wanted, HASH_LEN)) {
        return fail(ctx, ERR_SIGNATURE_WRONG, "feed");
    }
    return OK;
}

static enum err
check_age(struct ctx *ctx, int64_t sent_us)
{
    if (sent_us >= ctx->now_us - AGE_MAX_US && sent_us <= ctx->now_us + AHEAD_MAX_US) return OK;
    return fail_field(ctx, ERR_SIGNATURE_STALE, "sent_at");
}

/* ---- lines ---- */
/* A discount or a returned article is a line with a negative total; the order's is never. */
static enum err
read_line(struct ctx *ctx, const json_t *lines, int index, struct pos_line *line)
{
    int64_t unit_minor, millionths;
    const struct json_field fields[] = {
        {"sku", JSON_FIELD_TEXT, &line->sku, .max = KEY_MAX},
        {"name", JSON_FIELD_TEXT, &line->name, .required = true},
        {"qty", JSON_FIELD_TEXT, &line->quantity, .required = true, .max = 20},
        {"unit_total", JSON_FIELD_INT, &unit_minor},
        {"total", JSON_FIELD_INT, &line->total_minor, .required = true},
        {"category", JSON_FIELD_TEXT, &line->category},
    };

    TRY(json_read_member(ctx, (struct json_member){lines, "lines", index}, JSON_CLOSED,
                         JSON_FIELDS(fields)));
    if (quantity_parse(line->quantity, &millionths) == OK) return OK;
    return fail_field(ctx, ERR_FIELD_VALUE, str_format(ctx->arena, "lines[%d].qty", index).at);
}

static enum err
read_lines(struct ctx *ctx, const json_t *lines, struct pos_message *message)
{
    message->line_count = (int)json_array_size(lines);
    message->lines = ARENA_ARRAY(ctx->arena, struct pos_line, (size_t)message->line_count);
    for (int i = 0; i < message->line_count; i++) {
        TRY(read_line(ctx, lines, i, &message->lines[i]));
    }
    return OK;
}

/* ---- refunded lines ---- */

static bool
is_named(const struct pos_message *message, int line)
{
    for (int i = 0; i < message->refund_line_count; i++) {
        if (message->refund_lines[i].line == line) return true;
    }
    return false;
}

/* Lines of the sale by their place, the first being 0: a refund may come before its sale. */
static enum err
read_refund_lines(struct ctx *ctx, const json_t *lines, struct pos_message *message)
{
    int count = (int)json_array_size(lines);

    message->refund_lines = ARENA_ARRAY(ctx->arena, struct pos_refund_line, (size_t)count);
    for (int i = 0; i < count; i++) {
        int64_t line, amount_minor;
        const struct json_field fields[] = {
            {"line", JSON_FIELD_INT, &line, .required = true, .max = POS_LINES_MAX - 1},
            {"amount", JSON_FIELD_INT, &amount_minor, .required = true, .max = AMOUNT_MAX},
        };

        TRY(json_read_member(ctx, (struct json_member){lines, "refund.lines", i}, JSON_CLOSED,
                             JSON_FIELDS(fields)));
        if (is_named(message, (int)line)) {
            return fail_field(ctx, ERR_FIELD_VALUE,
                              str_format(ctx->arena, "refund.lines[%d].line", i).at);
        }
        message->refund_lines[message->refund_line_count++] =
            (struct pos_refund_line){(int)line, amount_minor};
    }
    return OK;
}

/* ---- the body ---- */

static enum err
read_body(struct ctx *ctx, const json_t *root, struct feed_body *body, struct pos_message *message)
{
    /* clang-format off */
    const struct json_field fields[] = {
        {"event",                JSON_FIELD_TEXT, &body->event, .required = true},
        {"sale_id",              JSON_FIELD_TEXT, &body->sale_id, .required = true, .max = KEY_MAX},
        {"closed_at",            JSON_FIELD_TIME, &body->closed_us, .required = true},
        {"sent_at",              JSON_FIELD_TIME, &body->sent_us, .required = true},
        {"establishment",        JSON_FIELD_TEXT, &message->establishment, .max = KEY_MAX},
        {"register",             JSON_FIELD_TEXT, &message->vendor_register, .max = KEY_MAX},
        {"currency",             JSON_FIELD_TEXT, &message->currency, .min = 3, .max = 3},
        {"total",                JSON_FIELD_INT,  &body->total_minor, .min = 0, .max = AMOUNT_MAX,
                                                  .given = &body->has_total},
        {"tip",                  JSON_FIELD_INT,  &message->tip_minor, .min = 0, .max = AMOUNT_MAX},
        {"tax",                  JSON_FIELD_INT,  &message->tax_minor, .min = 0, .max = AMOUNT_MAX},
        {"customer.external_id", JSON_FIELD_TEXT, &message->external_customer, .max = KEY_MAX},
        {"customer.phone",       JSON_FIELD_TEXT, &message->phone, .max = 40},
        {"customer.email",       JSON_FIELD_TEXT, &message->email},
        {"card.fingerprint",     JSON_FIELD_TEXT, &message->card_fingerprint},
        {"card.brand",           JSON_FIELD_TEXT, &message->card_brand, .max = 40},
        {"card.last_4",          JSON_FIELD_TEXT, &message->card_last_4, .max = 4},
        {"lines",                JSON_FIELD_LIST, &body->lines, .max = POS_LINES_MAX},
        {"refund_of",            JSON_FIELD_TEXT, &body->refund_of, .max = KEY_MAX},
        {"refund.id",            JSON_FIELD_TEXT, &body->refund_id, .max = KEY_MAX},
        {"refund.amount",        JSON_FIELD_INT,  &body->refund_minor, .min = 0, .max = AMOUNT_MAX,
                                                  .given = &body->has_refund},
        {"refund.lines",         JSON_FIELD_LIST, &body->refund_lines, .max = POS_LINES_MAX},
    };
    /* clang-format on */

    return json_read_fields(ctx, root, JSON_CLOSED, JSON_FIELDS(fields));
}

static enum err
require(struct ctx *ctx, bool given, const char *field)
{
    return given ? OK : fail_field(ctx, ERR_FIELD_REQUIRED, field);
}

static enum err
read_closed(struct ctx *ctx, const struct feed_body *body, struct pos_message *message)
{
    message->kind = POS_ORDER;
    message->vendor_order = body->sale_id;
    message->total_minor = body->total_minor;
    TRY(require(ctx, message->establishment.len > 0, "establishment"));
    TRY(require(ctx, message->vendor_register.len > 0, "register"));
    TRY(require(ctx, message->currency.len > 0, "currency"));
    TRY(require(ctx, body->has_total, "total"));
    return body->lines ? read_lines(ctx, body->lines, message) : OK;
}

/* A refund is named by refund.id, or by its own sale_id at tills where it is a sale of its own. */
static enum err
read_refunded(struct ctx *ctx, const struct feed_body *body, struct pos_message *message)
{
    message->kind = POS_REFUND;
    message->vendor_order = body->refund_of;
    message->vendor_refund = body->refund_id.len > 0 ? body->refund_id : body->sale_id;
    message->total_minor = body->has_refund ? body->refund_minor : body->total_minor;
    /* They are the sale's, not the refund's. */
    message->tip_minor = 0;
    message->tax_minor = 0;
    TRY(require(ctx, body->refund_of.len > 0, "refund_of"));
    TRY(require(ctx, body->has_refund || body->has_total, "total"));
    return body->refund_lines ? read_refund_lines(ctx, body->refund_lines, message) : OK;
}

static enum err
read_message(struct ctx *ctx, const struct feed_body *body, struct pos_message *message)
{
    message->at_us = body->closed_us;
    message->updated_us = body->sent_us;
    if (str_is(body->event, STR("closed"))) return read_closed(ctx, body, message);
    if (str_is(body->event, STR("refunded"))) return read_refunded(ctx, body, message);
    if (!str_is(body->event, STR("canceled"))) return fail_field(ctx, ERR_FIELD_VALUE, "event");
    *message = (struct pos_message){
        .kind = POS_CANCEL,
        .vendor_order = body->sale_id,
        .at_us = body->closed_us,
        .updated_us = body->sent_us,
    };
    return OK;
}

static enum err
feed_read(struct ctx *ctx, struct str secret, const struct pos_delivery *delivery,
          struct pos_message *message)
{
    struct feed_body body = {0};
    json_t *root;

    *message = (struct pos_message){0};
    TRY(check_signature(ctx, secret, delivery));
    TRY(json_parse(ctx, delivery->body, &root));
    TRY(read_body(ctx, root, &body, message));
    TRY(check_age(ctx, body.sent_us));
    return read_message(ctx, &body, message);
}

const struct pos_link pos_feed = {
    .vendor = "feed",
    .name = "feed",
    .signature_header = "X-Habitue-Signature",
    .credit = POS_TABLET_CLAIM,
    .read = feed_read,
};
