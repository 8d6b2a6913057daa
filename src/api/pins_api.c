/* pins_api — a member's own PIN, and who serves where somebody signed in. */
#include "api/fields.h"
#include "api/shapes.h"
#include "api/team_handlers.h"

enum { PIN_CHARS_MAX = 20 };

enum err
api_session_serve_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct pin_request *request = into;
    const struct json_field fields[] = {
        {"pin", JSON_FIELD_TEXT, &request->pin, .required = true, .max = PIN_CHARS_MAX},
    };

    TRY(api_token_parse(ctx, req, &request->session));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* A program or a tablet is nobody, and nobody can take its place. */
enum err
api_session_serve(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct pin_request *request = parsed;

    if (ctx->actor.kind != ACTOR_STAFF) return fail(ctx, ERR_PIN_WRONG, "nobody's session");
    TRY(pins_serve(ctx, request->session.token, request->pin));
    return api_session_show(ctx, parsed, reply);
}

enum err
api_pin_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct pin_request *request = into;
    const struct json_field fields[] = {
        {"pin", JSON_FIELD_TEXT, &request->pin, .required = true, .min = PIN_LEN_MIN,
         .max = PIN_LEN_MAX},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* One's own. A program with a key has none. */
static enum err
change_own(struct ctx *ctx, struct str pin, struct http_reply *reply)
{
    if (ctx->actor.kind != ACTOR_STAFF) return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "a key");
    TRY(pins_change(ctx, (team_member_id){ctx->actor.id}, pin));
    json_put_bool(&reply->out, "has_pin", pin.len > 0);
    return OK;
}

enum err
api_pin_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    return change_own(ctx, ((const struct pin_request *)parsed)->pin, reply);
}

enum err
api_pin_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    return change_own(ctx, STR(""), reply);
}
