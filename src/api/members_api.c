/* members_api — the people who work here: who they are, what they may do, whether they still may.
 */
#include "api/addresses.h"
#include "api/fields.h"
#include "api/shapes.h"
#include "api/team_handlers.h"
#include "base/hash.h"
#include "core/team/passwords.h"
#include "core/team/pins.h"
#include "core/team/places.h"
#include "core/team/roles.h"

enum { NAME_LEN_MAX = 100, EMAIL_LEN_MAX = 254 };

static enum err
put_member(struct ctx *ctx, struct json_out *out, const char *key, const struct team_member *member)
{
    location_id *places;
    int count;

    TRY(places_list(ctx, member->id, &places, &count));
    json_put_object(out, key);
    json_put_id(out, "id", ID_team_member, member->id.v);
    json_put_text(out, "name", member->name);
    json_put_text(out, "email", member->email);
    json_put_text(out, "role", roles_text(out->arena, member->role, member->own_role));
    json_put_text_if(out, "role_name", member->role_name);
    json_put_bool(out, "active", member->active);
    json_put_bool(out, "invited", member->invited);
    json_put_bool(out, "has_pin", member->has_pin);
    json_put_array(out, "location_ids");
    for (int i = 0; i < count; i++)
        json_put_id(out, NULL, ID_location, places[i].v);
    json_end_array(out);
    json_put_time(out, "created_at", member->created_us);
    json_end_object(out);
    return OK;
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
        TRY(put_member(ctx, &reply->out, NULL, &members[i]));
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
    struct str once_key, role;
    /* clang-format off */
    const struct json_field fields[] = {
        {"team_member.name", JSON_FIELD_TEXT, &told->name, .required = true,
         .min = 1, .max = NAME_LEN_MAX},
        {"team_member.email", JSON_FIELD_TEXT, &request->email, .required = true,
         .max = EMAIL_LEN_MAX},
        {"team_member.role", JSON_FIELD_TEXT, &role, .required = true},
        {"team_member.location_ids", JSON_FIELD_IDS, &request->places, .id_kind = ID_location,
         .max = PLACES_MAX},
        {"team_member.password", JSON_FIELD_TEXT, &request->password,
         .min = PASSWORD_LEN_MIN, .max = PASSWORD_LEN_MAX},
        {"idempotency_key", JSON_FIELD_TEXT, &once_key, .required = true, .min = 1, .max = 128},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    roles_read(role, &told->role, &told->own_role);
    return OK;
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

static enum err
change_places(struct ctx *ctx, team_member_id id, const struct json_ids *told)
{
    location_id *places = ARENA_ARRAY(ctx->arena, location_id, (size_t)told->count);

    for (int i = 0; i < told->count; i++)
        places[i].v = told->at[i];
    return places_change(ctx, id, places, told->count);
}

enum err
api_member_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct member_request *request = parsed;
    struct team_member member = {
        .name = request->change.name,
        .email = request->email,
        .role = request->change.role,
        .own_role = request->change.own_role,
        .password_hash = request->change.password_hash,
        .active = true,
    };

    TRY(name_field(ctx, roster_add_member(ctx, &member)));
    TRY(name_field(ctx, change_places(ctx, member.id, &request->places)));
    member.invited = member.password_hash.len == 0;
    if (member.invited) TRY(passwords_invite(ctx, member.id, address_of_password_page(ctx)));
    return put_member(ctx, &reply->out, "team_member", &member);
}

enum err
api_member_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct member_request *request = into;
    struct member_change *change = &request->change;
    struct str role = {0};
    /* clang-format off */
    const struct json_field fields[] = {
        {"team_member.name", JSON_FIELD_TEXT, &change->name, .min = 1, .max = NAME_LEN_MAX},
        {"team_member.role", JSON_FIELD_TEXT, &role, .min = 1},
        {"team_member.location_ids", JSON_FIELD_IDS, &request->places, .id_kind = ID_location,
         .max = PLACES_MAX, .given = &request->changes_places},
        {"team_member.pin", JSON_FIELD_TEXT, &request->pin, .min = PIN_LEN_MIN, .max = PIN_LEN_MAX,
         .given = &request->changes_pin, .nulled = &request->removes_pin},
        {"team_member.active", JSON_FIELD_BOOL, &change->active, .given = &change->changes_active},
        {"team_member.password", JSON_FIELD_TEXT, &request->password,
         .min = PASSWORD_LEN_MIN, .max = PASSWORD_LEN_MAX},
    };
    /* clang-format on */

    TRY(http_path_id(ctx, req, 0, ID_team_member, &change->id.v));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (role.len > 0) roles_read(role, &change->role, &change->own_role);
    return OK;
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
    if (request->changes_places) {
        TRY(name_field(ctx, change_places(ctx, member.id, &request->places)));
    }
    if (request->changes_pin || request->removes_pin) {
        TRY(name_field(ctx, pins_change(ctx, member.id, request->pin)));
        member.has_pin = request->pin.len > 0;
    }
    return put_member(ctx, &reply->out, "team_member", &member);
}

enum err
api_member_invite_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    team_member_id *id = into;

    return http_path_id(ctx, req, 0, ID_team_member, &id->v);
}

/* Once more: the link that was sent before is worth nothing from then on. */
enum err
api_member_invite(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const team_member_id *id = parsed;

    (void)reply;
    TRY(roster_check(ctx, *id));
    return passwords_invite(ctx, *id, address_of_password_page(ctx));
}
