/* square_test — Square's webhooks, with the vector that its own library made. */
#include "base/clock.h"
#include "base/hash.h"
#include "core/orders/pos_link.h"
#include "support/test.h"

#define KEY STR("k3yForDocsOnly-Square")
#define URL STR("https://fidelite.example/hooks/square/7f3a")

/* clang-format off */
#define PAYMENT(fields)                                                                            \
    "{\"merchant_id\":\"MLFOURNIL001\",\"type\":\"payment.updated\",\"event_id\":\"5a0c\","        \
    "\"created_at\":\"2026-03-02T11:04:09.120Z\",\"data\":{\"type\":\"payment\","                  \
    "\"id\":\"pAy1\",\"object\":{\"payment\":{\"id\":\"pAy1\","                                    \
    "\"created_at\":\"2026-03-02T11:04:02.500Z\",\"updated_at\":\"2026-03-02T11:04:08.900Z\","     \
    "\"location_id\":\"LFOURNIL75011\"" fields "}}}}"
#define REFUND(fields)                                                                             \
    "{\"type\":\"refund.updated\",\"data\":{\"object\":{\"refund\":{\"id\":\"rEf1\","              \
    "\"updated_at\":\"2026-03-02T12:00:00Z\",\"amount_money\":{\"amount\":500,"                    \
    "\"currency\":\"EUR\"}" fields "}}}}"
/* clang-format on */
#define MONEY ",\"amount_money\":{\"amount\":1250,\"currency\":\"EUR\"}"

static struct arena arena;
static struct ctx ctx;

static void
open_ctx(void)
{
    arena_open(&arena, 4 << 20);
    ctx = (struct ctx){.arena = &arena, .now_us = 1};
}

static enum err
read_signed(struct str body, struct str signature, struct pos_message *message)
{
    const struct pos_delivery delivery = {.url = URL, .signature = signature, .body = body};

    return pos_link_find(STR("square"))->read(&ctx, KEY, &delivery, message);
}

static enum err
read_body(const char *body, struct pos_message *message)
{
    uint8_t code[HASH_LEN];

    hash_hmac(KEY, URL, str_of(body), code);
    return read_signed(str_of(body), hash_base64(&arena, code, HASH_LEN), message);
}

TEST(the_vector_of_squares_own_library_passes)
{
    struct str body = STR("{\"merchant_id\":\"MLEXAMPLE1\",\"type\":\"payment.updated\","
                          "\"event_id\":\"0d3f6c52-0000-4000-8000-000000000001\"}");
    struct str signature = STR("1c5N5FeSsjH19653OjpGNns1WNfDm6Bnx8NkeBbH+ME=");
    struct pos_message message;

    open_ctx();
    /* Signed well; it just has no payment in it. */
    EXPECT_ERR(ERR_FIELD_REQUIRED, read_signed(body, signature, &message));
    EXPECT_STR("data.object.payment.id", ctx.field);
    arena_close(&arena);
}

TEST(a_forged_or_missing_signature_is_refused)
{
    struct str body = STR("{\"type\":\"payment.updated\"}");
    struct pos_message message;

    open_ctx();
    EXPECT_ERR(ERR_SIGNATURE_WRONG, read_signed(body, STR(""), &message));
    EXPECT_ERR(ERR_SIGNATURE_WRONG, read_signed(body, STR("not base 64!"), &message));
    EXPECT_ERR(ERR_SIGNATURE_WRONG,
               read_signed(body, STR("1c5N5FeSsjH19653OjpGNns1WNfDm6Bnx8NkeBbH+ME="), &message));
    arena_close(&arena);
}

TEST(a_completed_payment_says_where_who_and_how_much)
{
    struct pos_message message;

    open_ctx();
    EXPECT_OK(read_body(
        PAYMENT(MONEY
                ",\"tip_money\":{\"amount\":100,\"currency\":\"EUR\"},"
                "\"total_money\":{\"amount\":1350,\"currency\":\"EUR\"},"
                "\"status\":\"COMPLETED\",\"source_type\":\"CARD\","
                "\"card_details\":{\"status\":\"CAPTURED\",\"card\":{\"card_brand\":\"VISA\","
                "\"last_4\":\"4242\",\"exp_month\":9,\"fingerprint\":\"sq-1-fp\"}},"
                "\"order_id\":\"oRd1\",\"customer_id\":\"CUST1\","
                "\"device_details\":{\"device_id\":\"DEVICE01\",\"device_name\":\"Caisse 1\"}"),
        &message));
    EXPECT_INT(POS_PAYMENT, message.kind);
    EXPECT_STR("oRd1", message.vendor_order);
    EXPECT_STR("pAy1", message.vendor_payment);
    EXPECT_TRUE(message.completed);
    EXPECT_INT(1250, message.total_minor);
    EXPECT_INT(100, message.tip_minor);
    EXPECT_STR("LFOURNIL75011", message.establishment);
    EXPECT_STR("DEVICE01", message.vendor_register);
    EXPECT_STR("CUST1", message.external_customer);
    EXPECT_STR("sq-1-fp", message.card_fingerprint);
    EXPECT_STR("VISA", message.card_brand);
    EXPECT_INT(INT64_C(6400000), message.updated_us - message.at_us);
    arena_close(&arena);
}

TEST(a_payment_may_have_no_order_no_device_and_not_be_completed)
{
    struct pos_message message;

    open_ctx();
    EXPECT_OK(read_body(PAYMENT(MONEY ",\"status\":\"APPROVED\""), &message));
    EXPECT_STR("pAy1", message.vendor_order);
    EXPECT_STR("unknown", message.vendor_register);
    EXPECT_TRUE(!message.completed);
    EXPECT_OK(read_body(PAYMENT(MONEY ",\"status\":\"COMPLETED\",\"device_details\":"
                                      "{\"device_installation_id\":\"INST1\"}"),
                        &message));
    EXPECT_STR("INST1", message.vendor_register);
    arena_close(&arena);
}

TEST(a_completed_refund_leads_back_to_its_payment)
{
    struct pos_message message;

    open_ctx();
    EXPECT_OK(read_body(REFUND(",\"status\":\"COMPLETED\",\"payment_id\":\"pAy1\","
                               "\"order_id\":\"refund order\""),
                        &message));
    EXPECT_INT(POS_REFUND, message.kind);
    EXPECT_STR("rEf1", message.vendor_refund);
    EXPECT_STR("pAy1", message.vendor_payment);
    EXPECT_STR("", message.vendor_order);
    EXPECT_INT(500, message.total_minor);
    arena_close(&arena);
}

TEST(what_takes_nobodys_points_is_nothing_for_us)
{
    static const char *const bodies[] = {
        REFUND(",\"status\":\"PENDING\",\"payment_id\":\"pAy1\""),
        REFUND(",\"status\":\"COMPLETED\",\"unlinked\":true,\"payment_id\":\"pAy1\""),
        REFUND(",\"status\":\"COMPLETED\""),
        "{\"type\":\"order.updated\",\"data\":{\"object\":{\"order_updated\":{}}}}",
        "{\"type\":\"something.new\"}",
    };
    struct pos_message message;

    open_ctx();
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        EXPECT_OK(read_body(bodies[i], &message));
        EXPECT_INT(POS_NOTHING, message.kind);
    }
    arena_close(&arena);
}

static void
expect_refused(enum err wanted, const char *field, const char *body)
{
    struct pos_message message;

    EXPECT_ERR(wanted, read_body(body, &message));
    EXPECT_STR(field, ctx.field ? ctx.field : "");
}

TEST(what_is_not_understood_is_refused_by_its_field)
{
    open_ctx();
    expect_refused(ERR_JSON_MALFORMED, "", "{");
    expect_refused(ERR_FIELD_REQUIRED, "type", "{}");
    expect_refused(ERR_FIELD_REQUIRED, "data.object.payment.status", PAYMENT(MONEY));
    expect_refused(ERR_FIELD_REQUIRED, "data.object.payment.amount_money.amount",
                   PAYMENT(",\"status\":\"COMPLETED\""));
    expect_refused(ERR_FIELD_RANGE, "data.object.payment.amount_money.amount",
                   PAYMENT(",\"status\":\"COMPLETED\",\"amount_money\":{\"amount\":-1,"
                           "\"currency\":\"EUR\"}"));
    expect_refused(ERR_FIELD_TYPE, "data.object.payment.amount_money",
                   PAYMENT(",\"status\":\"COMPLETED\",\"amount_money\":1250"));
    expect_refused(ERR_FIELD_REQUIRED, "data.object.refund.status", REFUND(""));
    arena_close(&arena);
}

TESTS(RUN(the_vector_of_squares_own_library_passes), RUN(a_forged_or_missing_signature_is_refused),
      RUN(a_completed_payment_says_where_who_and_how_much),
      RUN(a_payment_may_have_no_order_no_device_and_not_be_completed),
      RUN(a_completed_refund_leads_back_to_its_payment),
      RUN(what_takes_nobodys_points_is_nothing_for_us),
      RUN(what_is_not_understood_is_refused_by_its_field))
