/* app_session_api — how customers come in: a code to their address, or a link that was shown. */
#include "api/app_handlers.h"
#include "api/app_shapes.h"
#include "api/cookies.h"
#include "api/fields.h"
#include "base/email.h"
#include "base/phone.h"
#include "base/words.h"
#include "core/legal/notices.h"

enum { CODE_TEXT_MAX = 40, TOKEN_TEXT_MAX = 64, NAME_MAX_LEN = 100, SOURCE_MAX_LEN = 20 };

/* ---- which address ---- */

static enum err
check_address(struct ctx *ctx, struct told_address *told)
{
    if (told->phone.len == 0 && told->email.len == 0) {
        return fail_field(ctx, ERR_FIELD_REQUIRED, "phone_number");
    }
    if (told->email.len == 0) return api_phone_parse(ctx, &told->phone, "phone_number");
    if (told->phone.len > 0) return fail_field(ctx, ERR_FIELD_VALUE, "email_address");
    if (email_parse(ctx->arena, told->email, &told->email) == OK) return OK;
    return fail_field(ctx, ERR_EMAIL_INVALID, "email_address");
}

/* In its normal form, now that the merchant's country is known. */
static enum err
settle_address(struct ctx *ctx, const struct told_address *told, struct sign_in_address *address)
{
    bool has_phone = told->phone.len > 0;

    *address = (struct sign_in_address){has_phone ? OUTBOX_SMS : OUTBOX_EMAIL,
                                        has_phone ? told->phone : told->email};
    return has_phone ? api_phone_finish(ctx, &address->text, "phone_number") : OK;
}

/* ---- a code ---- */

enum err
api_app_code_send_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct code_request *request = into;
    struct told_address *told = &request->address;
    const struct json_field fields[] = {
        {"phone_number", JSON_FIELD_TEXT, &told->phone, .max = PHONE_INPUT_MAX},
        {"email_address", JSON_FIELD_TEXT, &told->email, .max = EMAIL_MAX},
        {"language", JSON_FIELD_TEXT, &request->language, .max = 20},
    };

    request->shop = req->segment[0];
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    return check_address(ctx, told);
}

enum err
api_app_code_send(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct code_request *request = parsed;
    struct sign_in_code code = {.language = request->language};
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    if (code.language.len == 0) code.language = merchant.language;
    code.language = str_of(words_language(code.language));
    TRY(settle_address(ctx, &request->address, &code.to));
    TRY(joining_send_code(ctx, &code));
    json_put_object(&reply->out, "code");
    json_put_text(&reply->out, "channel", str_of(outbox_channel_name(code.to.channel)));
    json_put_time(&reply->out, "expires_at", code.expires_us);
    json_put_time(&reply->out, "resend_at", code.resend_us);
    json_end_object(&reply->out);
    return OK;
}

/* ---- coming in ---- */

/* Their card, and the cookie that opens it from now on. */
static enum err
put_joined(struct ctx *ctx, struct http_reply *reply, const struct joined *joined)
{
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    json_put_object(&reply->out, "session");
    TRY(json_put_card(ctx, &reply->out, joined->customer));
    json_end_object(&reply->out);
    json_put_text(&reply->out, "csrf_token", joined->credential.csrf);
    reply->set_cookie[0] = cookie_format_customer(ctx, merchant.slug, joined->credential.token,
                                                  JOINING_SESSION_KEEP_US);
    return OK;
}

/* "tablet", "till", "poster-2": what a QR code says of itself, kept with what was agreed to. */
static bool
is_source(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
        if (!fits) return false;
    }
    return true;
}

enum err
api_app_join_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct join_request *request = into;
    struct joining *joining = &request->joining;
    struct told_address *told = &request->address;
    /* clang-format off */
    const struct json_field fields[] = {
        {"phone_number", JSON_FIELD_TEXT, &told->phone, .max = PHONE_INPUT_MAX},
        {"email_address", JSON_FIELD_TEXT, &told->email, .max = EMAIL_MAX},
        {"code", JSON_FIELD_TEXT, &joining->code, .required = true, .max = CODE_TEXT_MAX},
        {"customer.given_name", JSON_FIELD_TEXT, &joining->given_name, .max = NAME_MAX_LEN},
        {"consent.notice_version", JSON_FIELD_TEXT, &joining->notice_version, .max = 20},
        {"consent.language", JSON_FIELD_TEXT, &joining->language, .max = 20},
        {"source", JSON_FIELD_TEXT, &joining->source, .max = SOURCE_MAX_LEN},
    };
    /* clang-format on */

    request->shop = req->segment[0];
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    if (joining->notice_version.len + joining->language.len > 0 &&
        !notice_exists(joining->notice_version, joining->language)) {
        return fail_field(ctx, ERR_FIELD_VALUE, "consent.notice_version");
    }
    if (!is_source(joining->source)) return fail_field(ctx, ERR_FIELD_VALUE, "source");
    joining->given_name = str_trim(joining->given_name);
    return check_address(ctx, told);
}

enum err
api_app_join(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct join_request *request = parsed;
    struct joining joining = request->joining;
    struct joined joined;

    TRY(settle_address(ctx, &request->address, &joining.address));
    enum err err = joining_by_code(ctx, &joining, &joined);
    if (err == ERR_CODE_WRONG || err == ERR_CODE_EXPIRED) ctx->field = "code";
    TRY(err);
    return put_joined(ctx, reply, &joined);
}

enum err
api_app_link_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct link_request *request = into;
    const struct json_field fields[] = {
        {"token", JSON_FIELD_TEXT, &request->token, .required = true, .max = TOKEN_TEXT_MAX},
    };

    request->shop = req->segment[0];
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_app_link(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct link_request *request = parsed;
    struct joined joined;

    TRY(joining_by_link(ctx, request->token, &joined));
    return put_joined(ctx, reply, &joined);
}

/* ---- being in ---- */

enum err
api_app_session_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct session_request *request = parsed;
    struct customer customer;

    TRY(customers_find(ctx, (customer_id){ctx->actor.id}, &customer));
    json_put_self(&reply->out, "customer", &customer);
    json_put_text(&reply->out, "csrf_token", credentials_csrf(ctx->arena, request->token));
    return OK;
}

enum err
api_app_session_end(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct session_request *request = parsed;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    reply->set_cookie[0] = cookie_format_customer(ctx, merchant.slug, STR(""), 0);
    return credentials_remove(ctx, request->token);
}
