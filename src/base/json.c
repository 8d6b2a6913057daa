/* json — the reading half of json.h. */
#include "base/json.h"
#include "base/clock.h"

/* The amounts that an int field takes when its row says nothing else. */
#define INT_LIMIT INT64_C(1000000000000)
enum { TEXT_CHARS_MAX = 255, MEMBERS_MAX = 100 };

/* ---- the tree ---- */

/*
 * Counts open brackets outside of texts, before the parser, whose own recursion would follow any
 * depth. On valid JSON it counts right; on the rest the parser finds what is wrong.
 */
static bool
is_too_deep(struct str body)
{
    int depth = 0;
    bool in_text = false;

    for (size_t i = 0; i < body.len; i++) {
        char c = body.at[i];
        if (in_text) {
            if (c == '\\') i++;
            if (c == '"') in_text = false;
        } else if (c == '"') {
            in_text = true;
        } else if (c == '{' || c == '[') {
            if (++depth > JSON_DEPTH_MAX) return true;
        } else if (c == '}' || c == ']') {
            depth--;
        }
    }
    return false;
}

static void
release_tree(void *root)
{
    json_decref(root);
}

enum err
json_parse(struct ctx *ctx, struct str body, json_t **root)
{
    json_error_t error;

    if (is_too_deep(body)) return fail(ctx, ERR_JSON_TOO_DEEP, "more than %d", JSON_DEPTH_MAX);
    /* Jansson passes over a NUL behind a number. */
    if (body.len == 0 || memchr(body.at, 0, body.len)) {
        return fail(ctx, ERR_JSON_MALFORMED, "empty, or with a NUL");
    }
    *root = json_loadb(body.at, body.len, JSON_REJECT_DUPLICATES, &error);
    if (!*root) { /* its text quotes the body, which may be personal */
        return fail(ctx, ERR_JSON_MALFORMED, "jansson %d at byte %d", json_error_code(&error),
                    error.position);
    }
    arena_on_reset(ctx->arena, release_tree, *root);
    return OK;
}

/* ---- where we are ---- */

/* An object whose fields are read, and what its fields' names begin with: "", "lines[2]". */
struct place {
    struct ctx *ctx;
    struct str inside;
};

/* The name that a client knows a field by; NUL-ended, in the arena. */
static const char *
full_path(struct place place, const char *path)
{
    if (place.inside.len == 0) return str_format(place.ctx->arena, "%s", path).at;
    return str_format(place.ctx->arena, "%.*s.%s", STR_ARG(place.inside), path).at;
}

static enum err
fail_at(struct place place, enum err err, const char *path)
{
    return fail_field(place.ctx, err, full_path(place, path));
}

/* ---- unknown fields ---- */

/* Whether a row names this path ("reward.id"), or something inside of it ("reward"). */
static bool
is_known(const struct json_field *fields, int field_count, struct str path, bool *has_inside)
{
    *has_inside = false;
    for (int i = 0; i < field_count; i++) {
        struct str row = str_of(fields[i].path);
        if (!str_starts(row, path)) continue;
        if (row.len == path.len) return true;
        if (row.at[path.len] == '.') *has_inside = true;
    }
    return *has_inside;
}

/* Recursion ends with the rows' own dots, not with the depth of the body. */
static enum err
check_known(struct place place, const json_t *object, struct str outer,
            const struct json_field *fields, int field_count)
{
    struct arena *arena = place.ctx->arena;
    bool has_inside;

    for (void *it = json_object_iter((json_t *)(uintptr_t)object); it;
         it = json_object_iter_next((json_t *)(uintptr_t)object, it)) {
        const char *key = json_object_iter_key(it);
        const json_t *value = json_object_iter_value(it);
        /* A name with a dot in it could pass for a path. */
        struct str path =
            outer.len == 0 ? str_of(key) : str_format(arena, "%.*s.%s", STR_ARG(outer), key);

        if (strchr(key, '.') || !is_known(fields, field_count, path, &has_inside)) {
            return fail_at(place, ERR_FIELD_UNKNOWN, path.at);
        }
        if (!has_inside || json_is_null(value)) continue;
        if (!json_is_object(value)) return fail_at(place, ERR_FIELD_TYPE, path.at);
        TRY(check_known(place, value, path, fields, field_count));
    }
    return OK;
}

/* ---- values ---- */

static enum err
read_text(struct place place, const struct json_field *field, const json_t *value)
{
    struct str text = {json_string_value(value), json_string_length(value)};
    int64_t max = field->max ? field->max : TEXT_CHARS_MAX;

    if (!json_is_string(value)) return fail_at(place, ERR_FIELD_TYPE, field->path);
    int64_t chars = (int64_t)str_chars(text);
    if (field->required && chars == 0) return fail_at(place, ERR_FIELD_REQUIRED, field->path);
    if (chars > max) return fail_at(place, ERR_FIELD_TOO_LONG, field->path);
    if (chars < field->min) return fail_at(place, ERR_FIELD_RANGE, field->path);
    *(struct str *)field->into = text;
    return OK;
}

static enum err
read_int(struct place place, const struct json_field *field, const json_t *value)
{
    bool has_limits = field->min != 0 || field->max != 0;
    int64_t min = has_limits ? field->min : -INT_LIMIT;
    int64_t max = has_limits ? field->max : INT_LIMIT;

    if (!json_is_integer(value)) return fail_at(place, ERR_FIELD_TYPE, field->path);
    int64_t number = json_integer_value(value);
    if (number < min || number > max) return fail_at(place, ERR_FIELD_RANGE, field->path);
    *(int64_t *)field->into = number;
    return OK;
}

static enum err
read_bool(struct place place, const struct json_field *field, const json_t *value)
{
    if (!json_is_boolean(value)) return fail_at(place, ERR_FIELD_TYPE, field->path);
    *(bool *)field->into = json_is_true(value);
    return OK;
}

static enum err
parse_id(struct place place, const struct json_field *field, const json_t *value, int64_t *id)
{
    struct str text = {json_string_value(value), json_string_length(value)};

    if (!json_is_string(value)) return fail_at(place, ERR_FIELD_TYPE, field->path);
    enum err err = id_parse(field->id_kind, text, id);
    return err == OK ? OK : fail_at(place, err, field->path);
}

static enum err
read_time(struct place place, const struct json_field *field, const json_t *value)
{
    struct str text = {json_string_value(value), json_string_length(value)};

    if (!json_is_string(value)) return fail_at(place, ERR_FIELD_TYPE, field->path);
    enum err err = clock_parse(text, field->into);
    return err == OK ? OK : fail_at(place, err, field->path);
}

static enum err
check_array(struct place place, const struct json_field *field, const json_t *value)
{
    size_t max = field->max ? (size_t)field->max : MEMBERS_MAX;

    if (!json_is_array(value)) return fail_at(place, ERR_FIELD_TYPE, field->path);
    if (json_array_size(value) > max) return fail_at(place, ERR_FIELD_TOO_LONG, field->path);
    return OK;
}

static enum err
read_ids(struct place place, const struct json_field *field, const json_t *value)
{
    struct json_ids *ids = field->into;

    TRY(check_array(place, field, value));
    int count = (int)json_array_size(value);
    *ids = (struct json_ids){ARENA_ARRAY(place.ctx->arena, int64_t, (size_t)count), count};
    for (int i = 0; i < count; i++) {
        TRY(parse_id(place, field, json_array_get(value, (size_t)i), &ids->at[i]));
    }
    return OK;
}

static enum err
read_texts(struct place place, const struct json_field *field, const json_t *value)
{
    struct json_texts *texts = field->into;

    TRY(check_array(place, field, value));
    int count = (int)json_array_size(value);
    *texts = (struct json_texts){ARENA_ARRAY(place.ctx->arena, struct str, (size_t)count), count};
    for (int i = 0; i < count; i++) {
        const struct json_field member = {
            .path = field->path, .kind = JSON_FIELD_TEXT, .into = &texts->at[i]};
        TRY(read_text(place, &member, json_array_get(value, (size_t)i)));
    }
    return OK;
}

static enum err
read_list(struct place place, const struct json_field *field, const json_t *value)
{
    TRY(check_array(place, field, value));
    *(const json_t **)field->into = value;
    return OK;
}

static enum err
read_value(struct place place, const struct json_field *field, const json_t *value)
{
    switch (field->kind) {
    case JSON_FIELD_TEXT:
        return read_text(place, field, value);
    case JSON_FIELD_INT:
        return read_int(place, field, value);
    case JSON_FIELD_BOOL:
        return read_bool(place, field, value);
    case JSON_FIELD_ID:
        return parse_id(place, field, value, field->into);
    case JSON_FIELD_TIME:
        return read_time(place, field, value);
    case JSON_FIELD_IDS:
        return read_ids(place, field, value);
    case JSON_FIELD_TEXTS:
        return read_texts(place, field, value);
    case JSON_FIELD_LIST:
        return read_list(place, field, value);
    case JSON_FIELD_ANY:
        *(const json_t **)field->into = value;
        return OK;
    }
    ASSERT(!"a kind of field");
    return ERR_FIELD_TYPE;
}

/* ---- fields ---- */

/* Follows the dots of a path. NULL: absent, or null on the way. */
static enum err
find_value(struct place place, const json_t *root, const char *path, const json_t **value)
{
    *value = root;
    for (const char *rest = path;;) {
        const char *dot = strchr(rest, '.');
        size_t len = dot ? (size_t)(dot - rest) : strlen(rest);

        *value = json_object_getn(*value, rest, len);
        if (!dot || !*value || json_is_null(*value)) break;
        if (!json_is_object(*value)) {
            struct str outer = {path, (size_t)(dot - path)};
            return fail_at(place, ERR_FIELD_TYPE, str_z(place.ctx->arena, outer));
        }
        rest = dot + 1;
    }
    return OK;
}

static enum err
read_field(struct place place, const json_t *root, const struct json_field *field)
{
    const json_t *value;

    TRY(find_value(place, root, field->path, &value));
    if (field->nulled && value && json_is_null(value)) {
        *field->nulled = true;
        return OK;
    }
    if (!value || json_is_null(value)) {
        return field->required ? fail_at(place, ERR_FIELD_REQUIRED, field->path) : OK;
    }
    if (field->given) *field->given = true;
    return read_value(place, field, value);
}

static enum err
read_object(struct place place, const json_t *root, enum json_strictness strictness,
            const struct json_field *fields, int field_count)
{
    if (strictness == JSON_CLOSED) {
        TRY(check_known(place, root, (struct str){0}, fields, field_count));
    }
    for (int i = 0; i < field_count; i++) {
        TRY(read_field(place, root, &fields[i]));
    }
    return OK;
}

enum err
json_read_fields(struct ctx *ctx, const json_t *root, enum json_strictness strictness,
                 const struct json_field *fields, int field_count)
{
    if (!json_is_object(root)) return fail(ctx, ERR_FIELD_TYPE, "the body is not an object");
    return read_object((struct place){.ctx = ctx}, root, strictness, fields, field_count);
}

enum err
json_read_member(struct ctx *ctx, struct json_member member, enum json_strictness strictness,
                 const struct json_field *fields, int field_count)
{
    struct str name = str_format(ctx->arena, "%s[%d]", member.path, member.index);
    const json_t *value = json_array_get(member.list, (size_t)member.index);

    if (!json_is_object(value)) return fail_field(ctx, ERR_FIELD_TYPE, name.at);
    return read_object((struct place){ctx, name}, value, strictness, fields, field_count);
}
