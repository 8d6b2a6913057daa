/* feed_test — the generic till's messages: signed, fresh, and understood or refused by field. */
#include "base/clock.h"
#include "base/hash.h"
#include "core/orders/pos_link.h"
#include "support/test.h"

#define NOW_US INT64_C(1772449450000000) /* 2026-03-02T11:04:10Z */
#define SECRET STR("feed secret")

#define CLOSED                                                                                     \
    "\"event\":\"closed\",\"sale_id\":\"98211\",\"closed_at\":\"2026-03-02T11:04:09Z\","           \
    "\"sent_at\":\"2026-03-02T11:04:10Z\",\"establishment\":\"resto-42\","                         \
    "\"register\":\"caisse-1\",\"currency\":\"EUR\",\"total\":1250,\"tip\":100,\"tax\":65"
#define REFUNDED                                                                                   \
    "\"event\":\"refunded\",\"sale_id\":\"98300\",\"closed_at\":\"2026-03-02T11:04:09Z\","         \
    "\"sent_at\":\"2026-03-02T11:04:10Z\""

static struct arena arena;
static struct ctx ctx;

static void
open_ctx(void)
{
    arena_open(&arena, 4 << 20);
    ctx = (struct ctx){.arena = &arena, .now_us = NOW_US};
}

static enum err
read_signed(struct str body, struct str signature, struct pos_message *message)
{
    const struct pos_delivery delivery = {
        .url = STR("https://h.example/hooks/feed/x"), .signature = signature, .body = body};

    return pos_link_find(STR("feed"))->read(&ctx, SECRET, &delivery, message);
}

static struct str
sign(struct str body)
{
    uint8_t code[HASH_LEN];

    hash_hmac(SECRET, body, STR(""), code);
    return hash_hex(&arena, code, HASH_LEN);
}

/* A body that was really signed. */
static enum err
read_body(const char *body, struct pos_message *message)
{
    return read_signed(str_of(body), sign(str_of(body)), message);
}

static void
expect_refused(enum err wanted, const char *field, const char *body)
{
    struct pos_message message;

    EXPECT_ERR(wanted, read_body(body, &message));
    EXPECT_STR(field, ctx.field ? ctx.field : "");
}

TEST(a_closed_sale_is_an_order)
{
    struct pos_message message;

    open_ctx();
    EXPECT_OK(read_body(
        "{" CLOSED
        ",\"customer\":{\"external_id\":\"55\",\"phone\":\"+33612345678\",\"email\":null},"
        "\"card\":{\"fingerprint\":\"fp-1\",\"brand\":\"VISA\",\"last_4\":\"4242\"},"
        "\"lines\":[{\"sku\":\"TRAD-250\",\"name\":\"Tradition\",\"qty\":\"2\",\"unit_total\":130,"
        "\"total\":260,\"category\":\"pain\"},{\"name\":\"Remise\",\"qty\":\"-1.5\",\"total\":-50}]"
        ","
        "\"refund_of\":null,\"refund\":null}",
        &message));
    EXPECT_INT(POS_ORDER, message.kind);
    EXPECT_STR("98211", message.vendor_order);
    EXPECT_STR("resto-42", message.establishment);
    EXPECT_STR("caisse-1", message.vendor_register);
    EXPECT_STR("EUR", message.currency);
    EXPECT_INT(1250, message.total_minor);
    EXPECT_INT(100, message.tip_minor);
    EXPECT_INT(65, message.tax_minor);
    EXPECT_INT(NOW_US - CLOCK_SECOND_US, message.at_us);
    EXPECT_INT(NOW_US, message.updated_us);
    EXPECT_STR("55", message.external_customer);
    EXPECT_STR("fp-1", message.card_fingerprint);
    EXPECT_STR("4242", message.card_last_4);
    EXPECT_INT(2, message.line_count);
    EXPECT_STR("TRAD-250", message.lines[0].sku);
    EXPECT_STR("2", message.lines[0].quantity);
    EXPECT_INT(-50, message.lines[1].total_minor);
    EXPECT_STR("", message.lines[1].category);
    arena_close(&arena);
}

TEST(a_refund_names_its_sale_and_has_an_id_of_its_own)
{
    struct pos_message message;

    open_ctx();
    EXPECT_OK(
        read_body("{" REFUNDED ",\"refund_of\":\"98211\",\"total\":500,\"tip\":50}", &message));
    EXPECT_INT(POS_REFUND, message.kind);
    EXPECT_STR("98211", message.vendor_order);
    EXPECT_STR("98300", message.vendor_refund);
    EXPECT_STR("", message.vendor_payment);
    EXPECT_INT(500, message.total_minor);
    EXPECT_INT(0, message.tip_minor);

    EXPECT_OK(read_body("{" REFUNDED ",\"refund_of\":\"98211\",\"total\":1250,"
                        "\"refund\":{\"id\":\"r-1\",\"amount\":300}}",
                        &message));
    EXPECT_STR("r-1", message.vendor_refund);
    EXPECT_INT(300, message.total_minor);
    arena_close(&arena);
}

TEST(a_refund_may_name_lines_of_its_sale_by_their_place)
{
    struct pos_message message;

    open_ctx();
    EXPECT_OK(read_body("{" REFUNDED ",\"refund_of\":\"98211\",\"refund\":{\"id\":\"r-1\","
                        "\"amount\":300,\"lines\":[{\"line\":2,\"amount\":250},"
                        "{\"line\":0,\"amount\":50}]}}",
                        &message));
    EXPECT_INT(2, message.refund_line_count);
    EXPECT_INT(2, message.refund_lines[0].line);
    EXPECT_INT(250, message.refund_lines[0].amount_minor);
    EXPECT_INT(0, message.refund_lines[1].line);
    expect_refused(ERR_FIELD_VALUE, "refund.lines[1].line",
                   "{" REFUNDED ",\"refund_of\":\"1\",\"total\":1,\"refund\":{\"lines\":"
                   "[{\"line\":1,\"amount\":1},{\"line\":1,\"amount\":1}]}}");
    expect_refused(ERR_FIELD_RANGE, "refund.lines[0].line",
                   "{" REFUNDED ",\"refund_of\":\"1\",\"total\":1,\"refund\":{\"lines\":"
                   "[{\"line\":500,\"amount\":1}]}}");
    expect_refused(ERR_FIELD_RANGE, "refund.lines[0].amount",
                   "{" REFUNDED ",\"refund_of\":\"1\",\"total\":1,\"refund\":{\"lines\":"
                   "[{\"line\":0,\"amount\":-1}]}}");
    arena_close(&arena);
}

TEST(a_cancellation_names_its_sale)
{
    struct pos_message message;

    open_ctx();
    EXPECT_OK(read_body("{\"event\":\"canceled\",\"sale_id\":\"98211\","
                        "\"closed_at\":\"2026-03-02T11:04:09Z\","
                        "\"sent_at\":\"2026-03-02T11:04:10Z\",\"total\":1250}",
                        &message));
    EXPECT_INT(POS_CANCEL, message.kind);
    EXPECT_STR("98211", message.vendor_order);
    EXPECT_INT(0, message.total_minor);
    arena_close(&arena);
}

TEST(a_forged_or_missing_signature_is_refused_before_anything_is_read)
{
    struct str body = STR("{" CLOSED "}");
    struct str good = (open_ctx(), sign(body));
    char *forged = str_z(&arena, good);
    struct pos_message message;

    forged[10] = forged[10] == '0' ? '1' : '0';
    EXPECT_OK(read_signed(body, good, &message));
    EXPECT_ERR(ERR_SIGNATURE_WRONG, read_signed(body, str_of(forged), &message));
    EXPECT_ERR(ERR_SIGNATURE_WRONG, read_signed(body, STR(""), &message));
    EXPECT_ERR(ERR_SIGNATURE_WRONG,
               read_signed(body, (struct str){good.at, good.len - 2}, &message));
    EXPECT_ERR(ERR_SIGNATURE_WRONG, read_signed(STR("{" CLOSED " }"), good, &message));
    EXPECT_ERR(ERR_SIGNATURE_WRONG, read_signed(STR("not json"), good, &message));
    arena_close(&arena);
}

TEST(a_message_older_than_a_day_or_from_the_future_is_stale)
{
    struct pos_message message;

    open_ctx();
    ctx.now_us = NOW_US + CLOCK_DAY_US;
    EXPECT_OK(read_body("{" CLOSED "}", &message));
    ctx.now_us++;
    EXPECT_ERR(ERR_SIGNATURE_STALE, read_body("{" CLOSED "}", &message));
    EXPECT_STR("sent_at", ctx.field);
    ctx.now_us = NOW_US - 5 * CLOCK_MINUTE_US;
    EXPECT_OK(read_body("{" CLOSED "}", &message));
    ctx.now_us--;
    EXPECT_ERR(ERR_SIGNATURE_STALE, read_body("{" CLOSED "}", &message));
    arena_close(&arena);
}

TEST(what_is_not_understood_is_refused_by_its_field)
{
    open_ctx();
    expect_refused(ERR_JSON_MALFORMED, "", "{" CLOSED);
    expect_refused(ERR_FIELD_UNKNOWN, "colour", "{" CLOSED ",\"colour\":\"red\"}");
    expect_refused(ERR_FIELD_UNKNOWN, "customer.name",
                   "{" CLOSED ",\"customer\":{\"name\":\"A\"}}");
    expect_refused(ERR_FIELD_TYPE, "customer", "{" CLOSED ",\"customer\":\"55\"}");
    expect_refused(ERR_FIELD_VALUE, "event",
                   "{\"event\":\"opened\",\"sale_id\":\"1\",\"closed_at\":\"2026-03-02T11:04:09Z\","
                   "\"sent_at\":\"2026-03-02T11:04:10Z\"}");
    expect_refused(ERR_FIELD_REQUIRED, "sale_id", "{\"event\":\"closed\"}");
    expect_refused(ERR_FIELD_REQUIRED, "establishment",
                   "{\"event\":\"closed\",\"sale_id\":\"1\",\"closed_at\":\"2026-03-02T11:04:09Z\","
                   "\"sent_at\":\"2026-03-02T11:04:10Z\"}");
    expect_refused(ERR_FIELD_REQUIRED, "refund_of", "{" REFUNDED ",\"total\":500}");
    expect_refused(ERR_FIELD_REQUIRED, "total", "{" REFUNDED ",\"refund_of\":\"1\"}");
    expect_refused(ERR_FIELD_RANGE, "total", "{" REFUNDED ",\"refund_of\":\"1\",\"total\":-1}");
    expect_refused(ERR_FIELD_RANGE, "total",
                   "{" REFUNDED ",\"refund_of\":\"1\",\"total\":1000000000001}");
    expect_refused(ERR_FIELD_TYPE, "total", "{" REFUNDED ",\"refund_of\":\"1\",\"total\":12.5}");
    expect_refused(ERR_FIELD_RANGE, "refund.amount",
                   "{" REFUNDED ",\"refund_of\":\"1\",\"refund\":{\"amount\":-5}}");
    arena_close(&arena);
}

TEST(lines_are_checked_and_named_by_their_place)
{
    static const char *const wrong[] = {"",    "two", "1.",    ".5",         "1,5",
                                        "1e3", "--1", "1.2.3", "1234567890", "1.1234567"};

    open_ctx();
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct str body = str_format(&arena,
                                     "{" CLOSED ",\"lines\":[{\"name\":\"A\",\"qty\":\"1\","
                                     "\"total\":1},{\"name\":\"B\",\"qty\":\"%s\",\"total\":2}]}",
                                     wrong[i]);
        expect_refused(i == 0 ? ERR_FIELD_REQUIRED : ERR_FIELD_VALUE, "lines[1].qty", body.at);
    }
    expect_refused(ERR_FIELD_UNKNOWN, "lines[0].price",
                   "{" CLOSED
                   ",\"lines\":[{\"name\":\"A\",\"qty\":\"1\",\"total\":1,\"price\":2}]}");
    arena_close(&arena);
}

TEST(five_hundred_lines_are_taken_and_not_one_more)
{
    static char body[64000];
    struct pos_message message;

    for (int lines = POS_LINES_MAX; lines <= POS_LINES_MAX + 1; lines++) {
        open_ctx();
        char *at = stpcpy(body, "{" CLOSED ",\"lines\":[");
        for (int i = 0; i < lines; i++)
            at = stpcpy(at, i == 0 ? "{\"name\":\"A\",\"qty\":\"1\",\"total\":1}"
                                   : ",{\"name\":\"A\",\"qty\":\"1\",\"total\":1}");
        stpcpy(at, "]}");
        if (lines == POS_LINES_MAX) {
            EXPECT_OK(read_body(body, &message));
            EXPECT_INT(POS_LINES_MAX, message.line_count);
        } else {
            expect_refused(ERR_FIELD_TOO_LONG, "lines", body);
        }
        arena_close(&arena);
    }
}

TESTS(RUN(a_closed_sale_is_an_order), RUN(a_refund_names_its_sale_and_has_an_id_of_its_own),
      RUN(a_refund_may_name_lines_of_its_sale_by_their_place), RUN(a_cancellation_names_its_sale),
      RUN(a_forged_or_missing_signature_is_refused_before_anything_is_read),
      RUN(a_message_older_than_a_day_or_from_the_future_is_stale),
      RUN(what_is_not_understood_is_refused_by_its_field),
      RUN(lines_are_checked_and_named_by_their_place),
      RUN(five_hundred_lines_are_taken_and_not_one_more))
