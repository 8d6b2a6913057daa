/* members_api — the people who work here: who they are, what they may do, whether they still may.
 */
#include "api/fields.h"
#include "api/handlers.h"
#include "api/shapes.h"
#include "base/hash.h"

enum { NAME_LEN_MAX = 100, EMAIL_LEN_MAX = 254, PASSWORD_LEN_MIN = 8, PASSWORD_LEN_MAX = 200 };

static void
put_member(struct json_out *out, const char *key, const struct team_member *member)
{
    json_put_object(out, key);
    json_put_id(out, "id", ID_team_member, member->id.v);
    json_put_text(out, "name", member->name);
    json_put_text(out, "email", member->email);
    json_put_text(out, "role", member->role);
    json_put_bool(out, "active", member->active);
    json_put_time(out, "created_at", member->created_us);
    json_end_object(out);
}

enum err
api_member_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct team_member *members;
    int count;

    (void)parsed;
    TRY(roster_list_members(ctx, &members, &count));
    json_put_array(&reply->out, "team_members");
    for (int i = 0; i < count; i++)
        put_member(&reply->out, NULL, &members[i]);
    json_end_array(&reply->out);
    return OK;
}

/* The core does not know what a request calls its fields. */
static enum err
name_field(struct ctx *ctx, enum err err)
{
    if (err == OK || ctx->field == NULL) return err;
    ctx->field = str_format(ctx->arena, "team_member.%s", ctx->field).at;
    return err;
}

enum err
api_member_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct member_request *request = into;
    struct member_change *told = &request->change;
    struct str once_key;
    /* clang-format off */
    const struct json_field fields[] = {
        {"team_member.name", JSON_FIELD_TEXT, &told->name, .required = true,
         .min = 1, .max = NAME_LEN_MAX},
        {"team_member.email", JSON_FIELD_TEXT, &request->email, .required = true,
         .max = EMAIL_LEN_MAX},
        {"team_member.role", JSON_FIELD_TEXT, &told->role, .required = true},
        {"team_member.password", JSON_FIELD_TEXT, &request->password, .required = true,
         .min = PASSWORD_LEN_MIN, .max = PASSWORD_LEN_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* Slow on purpose, so off the HTTP threads and out of the writer. */
static enum err
hash_password(struct ctx *ctx, struct member_request *request)
{
    if (request->password.len == 0) return OK;
    return password_hash(ctx->arena, request->password, &request->change.password_hash);
}

enum err
api_member_create_prepare(struct ctx *ctx, void *parsed)
{
    return hash_password(ctx, parsed);
}

enum err
api_member_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct member_request *request = parsed;
    struct team_member member = {
        .name = request->change.name,
        .email = request->email,
        .role = request->change.role,
        .password_hash = request->change.password_hash,
        .active = true,
    };

    TRY(name_field(ctx, roster_add_member(ctx, &member)));
    put_member(&reply->out, "team_member", &member);
    return OK;
}

enum err
api_member_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct member_request *request = into;
    struct member_change *change = &request->change;
    /* clang-format off */
    const struct json_field fields[] = {
        {"team_member.name", JSON_FIELD_TEXT, &change->name, .min = 1, .max = NAME_LEN_MAX},
        {"team_member.role", JSON_FIELD_TEXT, &change->role, .min = 1},
        {"team_member.active", JSON_FIELD_BOOL, &change->active, .given = &change->changes_active},
        {"team_member.password", JSON_FIELD_TEXT, &request->password,
         .min = PASSWORD_LEN_MIN, .max = PASSWORD_LEN_MAX},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_team_member, &change->id.v));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_member_change_prepare(struct ctx *ctx, void *parsed)
{
    return hash_password(ctx, parsed);
}

enum err
api_member_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct member_request *request = parsed;
    struct team_member member;

    TRY(name_field(ctx, roster_change_member(ctx, &request->change, &member)));
    put_member(&reply->out, "team_member", &member);
    return OK;
}
