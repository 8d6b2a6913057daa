/* passwords_api — another password: one's own, or by a link for who forgot theirs. */
#include "api/addresses.h"
#include "api/profile_handlers.h"
#include "base/email.h"
#include "base/hash.h"

enum { PASSWORD_TYPED_MAX = 200, TOKEN_TEXT_MAX = 64 };

enum err
api_password_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct password_request *request = into;
    /* clang-format off */
    const struct json_field fields[] = {
        {"password", JSON_FIELD_TEXT, &request->proof.password, .required = true,
         .max = PASSWORD_TYPED_MAX},
        {"new_password", JSON_FIELD_TEXT, &request->new_password, .required = true,
         .min = PASSWORD_LEN_MIN, .max = PASSWORD_LEN_MAX},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_password_change_prepare(struct ctx *ctx, void *parsed)
{
    struct password_request *request = parsed;

    TRY(api_self_prepare(ctx, &request->proof));
    if (!request->proof.matches) return OK;
    return password_hash(ctx->arena, request->new_password, &request->password_hash);
}

/* The session in hand goes on; all others end. */
enum err
api_password_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct password_request *request = parsed;
    const struct password_change change = {
        .member = api_self(ctx),
        .password_hash = request->password_hash,
        .kept = {ctx->actor.session},
    };

    (void)reply;
    TRY(api_self_check(ctx, &request->proof));
    return passwords_change(ctx, &change);
}

/* ---- for who forgot theirs ---- */

enum err
api_password_link_send_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct password_link_request *request = into;
    const struct json_field fields[] = {
        {"email", JSON_FIELD_TEXT, &request->email, .required = true, .max = EMAIL_MAX},
    };

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (email_parse(ctx->arena, request->email, &request->email) == OK) return OK;
    return fail_field(ctx, ERR_EMAIL_INVALID, "email");
}

/* Whether anybody signs in with this address is not told. */
enum err
api_password_link_send(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct password_link_request *request = parsed;

    (void)reply;
    return passwords_send_link(ctx, request->email, address_of_password_page(ctx));
}

enum err
api_password_reset_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct password_reset *reset = into;
    /* clang-format off */
    const struct json_field fields[] = {
        {"token", JSON_FIELD_TEXT, &reset->token, .required = true, .max = TOKEN_TEXT_MAX},
        {"new_password", JSON_FIELD_TEXT, &reset->new_password, .required = true,
         .min = PASSWORD_LEN_MIN, .max = PASSWORD_LEN_MAX},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_password_reset_admit(struct ctx *ctx, void *parsed)
{
    const struct password_reset *reset = parsed;

    return passwords_admit_link(ctx, reset->token);
}

enum err
api_password_reset_prepare(struct ctx *ctx, void *parsed)
{
    struct password_reset *reset = parsed;

    return password_hash(ctx->arena, reset->new_password, &reset->password_hash);
}

enum err
api_password_reset(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct password_reset *reset = parsed;

    (void)reply;
    return passwords_use_link(ctx, reset->token, reset->password_hash);
}
