/* roles_api — what people may do here: the roles that are always there, and the shop's own. */
#include "api/fields.h"
#include "api/shapes.h"
#include "api/team_handlers.h"

enum { PERMISSIONS_MAX = 40 };
#define POINTS_A_DAY_MAX INT64_C(1000000000)

static void
put_role(struct json_out *out, const char *key, const struct team_role *role)
{
    json_put_object(out, key);
    json_put_text(out, "id", roles_text(out->arena, role->preset, role->id));
    json_put_text_if(out, "name", role->name);
    json_put_permissions(out, "permissions", role->permissions & PERM_GRANTABLE);
    if (role->points_a_day == ROLE_UNLIMITED) {
        json_put_null(out, "points_a_day");
    } else {
        json_put_int(out, "points_a_day", role->points_a_day);
    }
    json_put_int(out, "members", role->members);
    json_end_object(out);
}

enum err
api_role_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct team_role *roles;
    int count;

    (void)parsed;
    TRY(roles_list(ctx, &roles, &count));
    json_put_array(&reply->out, "roles");
    for (int i = 0; i < count; i++)
        put_role(&reply->out, NULL, &roles[i]);
    json_end_array(&reply->out);
    return OK;
}

/* ---- what is told ---- */

static enum err
read_permissions(struct ctx *ctx, const struct json_texts *names, uint64_t *permissions)
{
    *permissions = 0;
    for (int i = 0; i < names->count; i++) {
        uint64_t one;

        if (permission_parse(names->at[i], &one) != OK || (one & PERM_GRANTABLE) == 0) {
            return fail_field(ctx, ERR_FIELD_VALUE, "role.permissions");
        }
        *permissions |= one;
    }
    return OK;
}

enum err
api_role_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct role_request *request = into;
    struct team_role *role = &request->role;
    struct json_texts names = {0};
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"role.name", JSON_FIELD_TEXT, &role->name, .required = true, .min = 1,
         .max = ROLE_NAME_MAX},
        {"role.permissions", JSON_FIELD_TEXTS, &names, .required = true, .max = PERMISSIONS_MAX},
        {"role.points_a_day", JSON_FIELD_INT, &role->points_a_day, .max = POINTS_A_DAY_MAX,
         .given = &request->changes_limit},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (!request->changes_limit) role->points_a_day = ROLE_UNLIMITED;
    return read_permissions(ctx, &names, &role->permissions);
}

enum err
api_role_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct team_role *role = into;

    roles_read(req->segment[0], &role->preset, &role->id);
    return role->id.v != 0 ? OK : fail_field(ctx, ERR_ID_MALFORMED, "role");
}

enum err
api_role_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct role_request *request = into;
    struct team_role *role = &request->role;
    struct json_texts names = {0};
    bool has_names = false, is_unlimited = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {"role.name", JSON_FIELD_TEXT, &role->name, .min = 1, .max = ROLE_NAME_MAX},
        {"role.permissions", JSON_FIELD_TEXTS, &names, .max = PERMISSIONS_MAX,
         .given = &has_names},
        {"role.points_a_day", JSON_FIELD_INT, &role->points_a_day, .max = POINTS_A_DAY_MAX,
         .given = &request->changes_limit, .nulled = &is_unlimited},
    };
    /* clang-format on */

    roles_read(req->segment[0], &role->preset, &role->id);
    if (role->id.v == 0 && permissions_of_role(str_z(ctx->arena, role->preset)) == PERM_NOTHING) {
        return fail_field(ctx, ERR_ID_MALFORMED, "role");
    }
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (is_unlimited) role->points_a_day = ROLE_UNLIMITED;
    request->changes_limit |= is_unlimited;
    TRY(read_permissions(ctx, &names, &role->permissions));
    if (!has_names || role->permissions != 0) return OK;
    return fail_field(ctx, ERR_FIELD_REQUIRED, "role.permissions");
}

/* ---- what is done ---- */

/* The core does not know what a request calls its fields. */
static enum err
name_field(struct ctx *ctx, enum err err)
{
    if (err == OK || ctx->field == NULL) return err;
    ctx->field = str_format(ctx->arena, "role.%s", ctx->field).at;
    return err;
}

enum err
api_role_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct team_role role = ((const struct role_request *)parsed)->role;

    TRY(name_field(ctx, roles_add(ctx, &role)));
    put_role(&reply->out, "role", &role);
    return OK;
}

/* The limit of a role as it is, where none was told. */
static enum err
keep_limit(struct ctx *ctx, struct team_role *role)
{
    struct team_role *roles;
    int count;

    TRY(roles_list(ctx, &roles, &count));
    for (int i = 0; i < count; i++) {
        bool same = roles[i].id.v == role->id.v && str_is(roles[i].preset, role->preset);
        if (same) role->points_a_day = roles[i].points_a_day;
    }
    return OK;
}

enum err
api_role_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct role_request *request = parsed;
    struct team_role role = request->role;

    if (!request->changes_limit) TRY(keep_limit(ctx, &role));
    TRY(name_field(ctx, roles_change(ctx, &role)));
    put_role(&reply->out, "role", &role);
    return OK;
}

enum err
api_role_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct team_role *role = parsed;

    (void)reply;
    return roles_remove(ctx, role->id);
}
