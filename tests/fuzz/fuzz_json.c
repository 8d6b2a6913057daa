/*
 * fuzz_json — no body makes json_parse or the field tables crash, and what the writer makes of a
 * text that was read is read back as that text.
 * Found inputs live in tests/fuzz/corpus/json and are replayed by the tests.
 */
#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fields {
    struct str text, other;
    int64_t number, customer, at_us;
    bool yes, given, nulled;
    struct json_ids ids;
    struct json_texts texts;
    json_t *lines, *any;
};

static void
read_with_table(struct ctx *ctx, const json_t *root, enum json_strictness strictness,
                struct fields *into)
{
    const struct json_field member[] = {
        {.path = "x", .kind = JSON_FIELD_INT, .into = &into->number}};
    const struct json_field fields[] = {
        {.path = "a.text", .kind = JSON_FIELD_TEXT, .into = &into->text, .max = 20},
        {.path = "a.b.text",
         .kind = JSON_FIELD_TEXT,
         .into = &into->other,
         .nulled = &into->nulled},
        {.path = "n", .kind = JSON_FIELD_INT, .into = &into->number, .given = &into->given},
        {.path = "y", .kind = JSON_FIELD_BOOL, .into = &into->yes},
        {.path = "i", .kind = JSON_FIELD_ID, .into = &into->customer, .id_kind = ID_customer},
        {.path = "t", .kind = JSON_FIELD_TIME, .into = &into->at_us},
        {.path = "is", .kind = JSON_FIELD_IDS, .into = &into->ids, .id_kind = ID_order},
        {.path = "ts", .kind = JSON_FIELD_TEXTS, .into = &into->texts},
        {.path = "l", .kind = JSON_FIELD_LIST, .into = &into->lines},
        {.path = "any", .kind = JSON_FIELD_ANY, .into = &into->any},
    };

    enum err err = json_read_fields(ctx, root, strictness, JSON_FIELDS(fields));
    if (err != OK) return;
    ASSERT(str_chars(into->text) <= 20);
    ASSERT(str_is_text(into->text));
    ASSERT(into->customer >= 0);
    for (int i = 0; into->lines && i < (int)json_array_size(into->lines); i++) {
        err = json_read_member(ctx, (struct json_member){into->lines, "l", i}, strictness,
                               JSON_FIELDS(member));
    }
}

/* Of every member of an object: written by us, its text is read back the same. */
static void
check_written(struct ctx *ctx, json_t *root)
{
    const char *key;
    json_t *value, *again;

    json_object_foreach(root, key, value)
    {
        struct json_out out;
        struct str text = {json_string_value(value), json_string_length(value)};
        if (!json_is_string(value)) continue;
        json_out_open(&out, ctx->arena);
        json_put_object(&out, NULL);
        json_put_text(&out, key, text);
        json_end_object(&out);
        ASSERT(json_parse(ctx, json_out_text(&out), &again) == OK);
        const json_t *read = json_object_get(again, key);
        ASSERT(str_is(text, (struct str){json_string_value(read), json_string_length(read)}));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena;
    struct ctx ctx = {.arena = &arena};
    struct fields into = {0};
    json_t *root;

    if (size > 65536) return 0;
    arena_open(&arena, 64 << 20);
    if (json_parse(&ctx, (struct str){(const char *)data, size}, &root) == OK) {
        read_with_table(&ctx, root, JSON_CLOSED, &into);
        into = (struct fields){0};
        read_with_table(&ctx, root, JSON_OPEN, &into);
        check_written(&ctx, root);
    }
    arena_close(&arena);
    return 0;
}
