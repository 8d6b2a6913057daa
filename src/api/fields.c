/* see fields.h */
#include "api/fields.h"
#include "base/phone.h"
#include "core/merchants/merchants.h"

enum err
api_read_inner(struct ctx *ctx, const json_t *inner, const char *path,
               const struct json_field *fields, int count)
{
    if (!json_is_object(inner)) return fail_field(ctx, ERR_FIELD_TYPE, path);

    enum err err = json_read_fields(ctx, inner, JSON_CLOSED, fields, count);
    if (err != OK && ctx->field != NULL) {
        ctx->field = str_format(ctx->arena, "%s.%s", path, ctx->field).at;
    }
    return err;
}

enum err
api_choose(struct ctx *ctx, struct str text, const char *field, const char *const *names, int count,
           int *index)
{
    if (text.len == 0) return OK;
    for (int i = 0; i < count; i++) {
        if (!str_is(text, str_of(names[i]))) continue;
        *index = i;
        return OK;
    }
    return fail_field(ctx, ERR_FIELD_VALUE, field);
}

static bool
is_among(struct str name, const char *const *names, int count)
{
    for (int i = 0; i < count; i++) {
        if (str_is(name, str_of(names[i]))) return true;
    }
    return false;
}

/* Takes what stands before the separator, and the separator, off the rest. */
static struct str
take_until(struct str *rest, char separator)
{
    const char *found = memchr(rest->at, separator, rest->len);
    size_t len = found == NULL ? rest->len : (size_t)(found - rest->at);
    struct str taken = {rest->at, len};

    *rest = found == NULL ? STR("") : (struct str){found + 1, rest->len - len - 1};
    return taken;
}

enum err
api_query_only(struct ctx *ctx, const struct http_request *req, const char *const *names, int count)
{
    struct str rest = req->raw_query;

    while (rest.len > 0) {
        struct str name = take_until(&rest, '&');
        struct str value = name;

        name = take_until(&value, '=');
        if (name.len > 0 && !is_among(name, names, count)) {
            return fail_field(ctx, ERR_FIELD_UNKNOWN, str_z(ctx->arena, name));
        }
    }
    return OK;
}

enum err
api_query_int(struct ctx *ctx, const struct http_request *req, const char *name,
              struct api_range range, int64_t *value)
{
    struct str text = http_query(ctx, req, name);
    int64_t number = 0;

    if (text.len == 0) return OK;
    if (text.len > 18) return fail_field(ctx, ERR_FIELD_RANGE, name);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] < '0' || text.at[i] > '9') return fail_field(ctx, ERR_FIELD_TYPE, name);
        number = number * 10 + (text.at[i] - '0');
    }
    if (number < range.min || number > range.max) return fail_field(ctx, ERR_FIELD_RANGE, name);
    *value = number;
    return OK;
}

static enum err
normalise_phone(struct ctx *ctx, struct str region, struct str *phone, const char *field)
{
    enum err err = phone_parse(ctx->arena, *phone, region, phone);

    return err == OK ? OK : fail_field(ctx, err, field);
}

enum err
api_phone_parse(struct ctx *ctx, struct str *phone, const char *field)
{
    *phone = str_trim(*phone);
    if (!str_starts(*phone, STR("+"))) return OK;
    return normalise_phone(ctx, STR("ZZ"), phone, field); /* "ZZ": no region */
}

enum err
api_phone_finish(struct ctx *ctx, struct str *phone, const char *field)
{
    struct merchant merchant;

    if (phone->len == 0 || phone->at[0] == '+') return OK;
    TRY(merchants_find(ctx, &merchant));
    return normalise_phone(ctx, merchant.country, phone, field);
}
