/* json_test — bodies in by a table of fields, bodies out by a writer. */
#include "base/json.h"
#include "support/test.h"

static struct arena arena;
static struct ctx ctx;

static void
open_ctx(void)
{
    arena_open(&arena, 16 << 20);
    ctx = (struct ctx){.arena = &arena};
}

static json_t *
tree(const char *text)
{
    json_t *root = NULL;

    EXPECT_OK(json_parse(&ctx, str_of(text), &root));
    return root;
}

/* ---- the tree ---- */

TEST(what_is_not_strict_json_is_refused)
{
    const struct str bad[] = {
        STR(""),
        STR("{"),
        STR("{} x"),
        STR("{}{}"),
        STR("1"),
        STR("\"text\""),
        STR("{\"a\":1,\"a\":2}"),           /* twice */
        STR("{\"a\":1,\"\\u0061\":2}"),     /* twice, in disguise */
        STR("{\"a\":\"\xff\"}"),            /* not UTF-8 */
        STR("{\"a\":\"\\u0000\"}"),         /* NUL */
        STR("{\"a\":\"\\ud800\"}"),         /* half a pair */
        STR("{\"a\":9223372036854775808}"), /* more than 63 bits */
        STR("{\"a\":1e999}"),
        STR("{'a':1}"),
        STR("{a:1}"),
        STR("{\"a\":01}"),
        STR("{\"a\":NaN}"),
        STR("{\"a\":1,}"),
        STR("\xEF\xBB\xBF{}"),
        STR("{\"a\":1\0}"),
    };
    json_t *root;

    open_ctx();
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        EXPECT_ERR(ERR_JSON_MALFORMED, json_parse(&ctx, bad[i], &root));
    arena_close(&arena);
}

TEST(depth_is_limited_whatever_is_nested)
{
    static char text[1 << 20];
    json_t *root;

    open_ctx();
    memset(text, '[', sizeof text);
    EXPECT_ERR(ERR_JSON_TOO_DEEP, json_parse(&ctx, (struct str){text, sizeof text}, &root));
    for (size_t i = 0; i + 5 <= sizeof text; i += 5)
        memcpy(text + i, "{\"a\":", 5);
    EXPECT_ERR(ERR_JSON_TOO_DEEP, json_parse(&ctx, (struct str){text, sizeof text}, &root));

    /* Brackets in texts do not count, quotes behind backslashes end no text. */
    EXPECT_OK(
        json_parse(&ctx, STR("{\"a\":\"\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"}"), &root));
    for (int depth = JSON_DEPTH_MAX; depth <= JSON_DEPTH_MAX + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        struct str nested = {text, (size_t)depth * 2};
        EXPECT_ERR(depth > JSON_DEPTH_MAX ? ERR_JSON_TOO_DEEP : OK,
                   json_parse(&ctx, nested, &root));
    }
    arena_close(&arena);
}

/* ---- fields ---- */

static enum err
read_one(const char *body, struct json_field field)
{
    return json_read_fields(&ctx, tree(body), JSON_CLOSED, &field, 1);
}

TEST(fields_of_every_kind_are_read)
{
    struct str text = STR("");
    int64_t number = 0, customer = 0, at_us = 0;
    bool yes = false;
    struct json_ids ids = {0};
    struct json_texts texts = {0};
    json_t *lines = NULL, *any = NULL;
    const struct json_field fields[] = {
        {.path = "a.text", .kind = JSON_FIELD_TEXT, .into = &text},
        {.path = "a.number", .kind = JSON_FIELD_INT, .into = &number},
        {.path = "yes", .kind = JSON_FIELD_BOOL, .into = &yes},
        {.path = "a.b.id", .kind = JSON_FIELD_ID, .into = &customer, .id_kind = ID_customer},
        {.path = "at", .kind = JSON_FIELD_TIME, .into = &at_us},
        {.path = "ids", .kind = JSON_FIELD_IDS, .into = &ids, .id_kind = ID_order},
        {.path = "texts", .kind = JSON_FIELD_TEXTS, .into = &texts},
        {.path = "lines", .kind = JSON_FIELD_LIST, .into = &lines},
        {.path = "any", .kind = JSON_FIELD_ANY, .into = &any},
    };

    open_ctx();
    EXPECT_OK(json_read_fields(
        &ctx,
        tree("{\"a\":{\"text\":\"é\",\"number\":-12,\"b\":{\"id\":\"cus_0000000000001\"}},"
             "\"yes\":true,\"at\":\"2026-03-02T10:00:00Z\",\"ids\":[\"ord_0000000000002\"],"
             "\"texts\":[\"x\",\"y\"],\"lines\":[{}],\"any\":{\"deep\":[1]}}"),
        JSON_CLOSED, JSON_FIELDS(fields)));
    EXPECT_STR("é", text);
    EXPECT_INT(-12, number);
    EXPECT_TRUE(yes);
    EXPECT_INT(1, customer);
    EXPECT_INT(1772445600000000, at_us);
    EXPECT_INT(1, ids.count);
    EXPECT_INT(2, ids.at[0]);
    EXPECT_INT(2, texts.count);
    EXPECT_STR("y", texts.at[1]);
    EXPECT_INT(1, (int64_t)json_array_size(lines));
    EXPECT_TRUE(json_is_object(any));
    arena_close(&arena);
}

TEST(an_unknown_field_is_named_with_its_whole_path)
{
    struct str text;
    struct json_field field = {.path = "reward.tier.name", .kind = JSON_FIELD_TEXT, .into = &text};

    open_ctx();
    EXPECT_ERR(ERR_FIELD_UNKNOWN, read_one("{\"rewards\":1}", field));
    EXPECT_STR("rewards", ctx.field);
    EXPECT_ERR(ERR_FIELD_UNKNOWN, read_one("{\"reward\":{\"tier\":{\"nam\":1}}}", field));
    EXPECT_STR("reward.tier.nam", ctx.field);
    EXPECT_ERR(ERR_FIELD_UNKNOWN, read_one("{\"reward.tier.name\":\"x\"}", field));
    EXPECT_ERR(ERR_FIELD_UNKNOWN, read_one("{\"reward\":{\"tier.name\":\"x\"}}", field));
    EXPECT_STR("reward.tier.name", ctx.field);
    EXPECT_OK(json_read_fields(&ctx, tree("{\"other\":1}"), JSON_OPEN, &field, 1));
    arena_close(&arena);
}

TEST(a_field_of_another_type_is_named)
{
    int64_t number;
    struct str text;
    struct json_field inner = {.path = "a.b", .kind = JSON_FIELD_INT, .into = &number};
    struct json_field outer = {.path = "a", .kind = JSON_FIELD_TEXT, .into = &text};
    struct json_field list = {.path = "a", .kind = JSON_FIELD_LIST, .into = &text};

    open_ctx();
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("{\"a\":{\"b\":\"1\"}}", inner));
    EXPECT_STR("a.b", ctx.field);
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("{\"a\":{\"b\":1.0}}", inner));
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("{\"a\":1}", inner));
    EXPECT_STR("a", ctx.field);
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("{\"a\":{}}", outer));
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("{\"a\":{}}", list));
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("[1]", outer));
    EXPECT_ERR(ERR_FIELD_TYPE, json_read_fields(&ctx, tree("{\"a\":1}"), JSON_OPEN, &inner, 1));
    EXPECT_STR("a", ctx.field);
    arena_close(&arena);
}

TEST(what_is_required_must_be_there_and_say_something)
{
    struct str text;
    struct json_field field = {
        .path = "a.b", .kind = JSON_FIELD_TEXT, .into = &text, .required = true};

    open_ctx();
    EXPECT_ERR(ERR_FIELD_REQUIRED, read_one("{}", field));
    EXPECT_STR("a.b", ctx.field);
    EXPECT_ERR(ERR_FIELD_REQUIRED, read_one("{\"a\":null}", field));
    EXPECT_ERR(ERR_FIELD_REQUIRED, read_one("{\"a\":{\"b\":null}}", field));
    EXPECT_ERR(ERR_FIELD_REQUIRED, read_one("{\"a\":{\"b\":\"\"}}", field));
    EXPECT_OK(read_one("{\"a\":{\"b\":\"x\"}}", field));
    arena_close(&arena);
}

TEST(null_is_absent_unless_the_field_may_be_cleared)
{
    struct str text = STR("untouched");
    bool given = false, nulled = false;
    struct json_field field = {
        .path = "a", .kind = JSON_FIELD_TEXT, .into = &text, .given = &given};

    open_ctx();
    EXPECT_OK(read_one("{\"a\":null}", field));
    EXPECT_TRUE(!given);
    EXPECT_STR("untouched", text);
    field.nulled = &nulled;
    EXPECT_OK(read_one("{}", field));
    EXPECT_TRUE(!nulled);
    EXPECT_OK(read_one("{\"a\":null}", field));
    EXPECT_TRUE(nulled);
    EXPECT_OK(read_one("{\"a\":\"x\"}", field));
    EXPECT_TRUE(given);
    arena_close(&arena);
}

TEST(limits_are_in_characters_and_in_numbers)
{
    struct str text;
    int64_t number;
    struct json_field three = {
        .path = "a", .kind = JSON_FIELD_TEXT, .into = &text, .min = 2, .max = 3};
    struct json_field amount = {.path = "a", .kind = JSON_FIELD_INT, .into = &number};
    struct json_field limit = {
        .path = "a", .kind = JSON_FIELD_INT, .into = &number, .min = 1, .max = 30};

    open_ctx();
    EXPECT_OK(read_one("{\"a\":\"ééé\"}", three));
    EXPECT_ERR(ERR_FIELD_TOO_LONG, read_one("{\"a\":\"éééé\"}", three));
    EXPECT_ERR(ERR_FIELD_RANGE, read_one("{\"a\":\"é\"}", three));
    EXPECT_OK(read_one("{\"a\":-1000000000000}", amount));
    EXPECT_ERR(ERR_FIELD_RANGE, read_one("{\"a\":1000000000001}", amount));
    EXPECT_OK(read_one("{\"a\":30}", limit));
    EXPECT_ERR(ERR_FIELD_RANGE, read_one("{\"a\":31}", limit));
    EXPECT_ERR(ERR_FIELD_RANGE, read_one("{\"a\":0}", limit));
    arena_close(&arena);
}

TEST(lists_are_limited_and_their_members_checked)
{
    struct json_ids ids;
    struct json_texts texts;
    struct json_field id_field = {
        .path = "a", .kind = JSON_FIELD_IDS, .into = &ids, .id_kind = ID_customer, .max = 2};
    struct json_field text_field = {.path = "a", .kind = JSON_FIELD_TEXTS, .into = &texts};

    open_ctx();
    EXPECT_ERR(ERR_FIELD_TOO_LONG, read_one("{\"a\":[\"\",\"\",\"\"]}", id_field));
    EXPECT_ERR(ERR_ID_MALFORMED, read_one("{\"a\":[\"ord_0000000000001\"]}", id_field));
    EXPECT_STR("a", ctx.field);
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("{\"a\":[1]}", id_field));
    EXPECT_ERR(ERR_FIELD_TYPE, read_one("{\"a\":[1]}", text_field));
    EXPECT_OK(read_one("{\"a\":[]}", text_field));
    EXPECT_INT(0, texts.count);
    arena_close(&arena);
}

TEST(malformed_ids_and_times_are_named)
{
    int64_t v;
    struct json_field id = {
        .path = "a.id", .kind = JSON_FIELD_ID, .into = &v, .id_kind = ID_customer};
    struct json_field at = {.path = "a.at", .kind = JSON_FIELD_TIME, .into = &v};

    open_ctx();
    EXPECT_ERR(ERR_ID_MALFORMED, read_one("{\"a\":{\"id\":\"\"}}", id));
    EXPECT_STR("a.id", ctx.field);
    EXPECT_ERR(ERR_TIME_MALFORMED, read_one("{\"a\":{\"at\":\"soon\"}}", at));
    EXPECT_STR("a.at", ctx.field);
    arena_close(&arena);
}

TEST(members_of_a_list_are_read_by_a_table_and_named_with_their_place)
{
    json_t *lines = NULL;
    struct str sku = STR("");
    struct json_field list = {.path = "lines", .kind = JSON_FIELD_LIST, .into = &lines};
    struct json_field field = {.path = "item.sku", .kind = JSON_FIELD_TEXT, .into = &sku};

    open_ctx();
    EXPECT_OK(read_one("{\"lines\":[{\"item\":{\"sku\":\"x\"}},{\"item\":{\"sk\":1}},3]}", list));
    struct json_member member = {lines, "lines", 0};
    EXPECT_OK(json_read_member(&ctx, member, JSON_CLOSED, &field, 1));
    EXPECT_STR("x", sku);
    member.index = 1;
    EXPECT_ERR(ERR_FIELD_UNKNOWN, json_read_member(&ctx, member, JSON_CLOSED, &field, 1));
    EXPECT_STR("lines[1].item.sk", ctx.field);
    member.index = 2;
    EXPECT_ERR(ERR_FIELD_TYPE, json_read_member(&ctx, member, JSON_CLOSED, &field, 1));
    EXPECT_STR("lines[2]", ctx.field);
    arena_close(&arena);
}

/* ---- out ---- */

TEST(the_writer_puts_commas_and_keys_where_they_belong)
{
    struct json_out out;

    open_ctx();
    json_out_open(&out, &arena);
    json_put_object(&out, NULL);
    json_put_text(&out, "a", STR("x"));
    json_put_text_if(&out, "none", STR(""));
    json_put_array(&out, "list");
    json_put_int(&out, NULL, INT64_MIN);
    json_put_bool(&out, NULL, false);
    json_put_object(&out, NULL);
    json_end_object(&out);
    json_put_array(&out, NULL);
    json_end_array(&out);
    json_put_null(&out, NULL);
    json_end_array(&out);
    json_put_bool(&out, "yes", true);
    json_put_id(&out, "id", ID_customer, 1);
    json_put_id(&out, "no_id", ID_customer, 0);
    json_put_time(&out, "at", INT64_C(1772445600000000));
    json_put_time(&out, "never", 0);
    json_put_money(&out, "price", 250, STR("EUR"));
    json_end_object(&out);
    EXPECT_STR("{\"a\":\"x\",\"list\":[-9223372036854775808,false,{},[],null],\"yes\":true,"
               "\"id\":\"cus_0000000000001\",\"at\":\"2026-03-02T10:00:00.000Z\","
               "\"price\":{\"amount\":250,\"currency\":\"EUR\"}}",
               json_out_text(&out));
    arena_close(&arena);
}

TEST(every_text_is_written_as_valid_json)
{
    struct json_out out;
    json_t *root;
    char all[256];

    open_ctx();
    for (int i = 0; i < 256; i++)
        all[i] = (char)i;
    json_out_open(&out, &arena);
    json_put_object(&out, NULL);
    json_put_text(&out, "a", (struct str){all + 1, 127});
    json_put_text(&out, "b", (struct str){all + 128, 128});
    json_put_text(&out, "c", STR("\b\f\n\r\t\"\\/é🥐"));
    json_end_object(&out);
    EXPECT_OK(json_parse(&ctx, json_out_text(&out), &root));
    struct str a = str_of(json_string_value(json_object_get(root, "a")));
    EXPECT_STR(((struct str){all + 1, 127}), a);
    EXPECT_STR("\b\f\n\r\t\"\\/é🥐", json_string_value(json_object_get(root, "c")));
    arena_close(&arena);
}

TEST(a_long_body_grows)
{
    struct json_out out;
    json_t *root;

    open_ctx();
    json_out_open(&out, &arena);
    json_put_array(&out, NULL);
    for (int i = 0; i < 20000; i++)
        json_put_text(&out, NULL, STR("some words"));
    json_end_array(&out);
    EXPECT_OK(json_parse(&ctx, json_out_text(&out), &root));
    EXPECT_INT(20000, (int64_t)json_array_size(root));
    arena_close(&arena);
}

TESTS(RUN(what_is_not_strict_json_is_refused), RUN(depth_is_limited_whatever_is_nested),
      RUN(fields_of_every_kind_are_read), RUN(an_unknown_field_is_named_with_its_whole_path),
      RUN(a_field_of_another_type_is_named), RUN(what_is_required_must_be_there_and_say_something),
      RUN(null_is_absent_unless_the_field_may_be_cleared),
      RUN(limits_are_in_characters_and_in_numbers),
      RUN(lists_are_limited_and_their_members_checked), RUN(malformed_ids_and_times_are_named),
      RUN(members_of_a_list_are_read_by_a_table_and_named_with_their_place),
      RUN(the_writer_puts_commas_and_keys_where_they_belong),
      RUN(every_text_is_written_as_valid_json), RUN(a_long_body_grows))
