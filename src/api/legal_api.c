/* legal_api — who a merchant is before the law, and what its customers may read. */
#include "api/fields.h"
#include "api/rights_handlers.h"
#include "core/merchants/merchants.h"

enum { LANGUAGE_LEN_MAX = 20, VERSION_LEN_MAX = 20 };

/* ---- what is asked ---- */

static enum err
read_language(struct ctx *ctx, const struct http_request *req, struct str *language)
{
    *language = http_query(ctx, req, "language");
    if (language->len <= LANGUAGE_LEN_MAX) return OK;
    return fail_field(ctx, ERR_FIELD_TOO_LONG, "language");
}

enum err
api_legal_show_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"language"};
    struct legal_visit *visit = into;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    return read_language(ctx, req, &visit->language);
}

enum err
api_app_legal_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    ((struct legal_visit *)into)->shop = req->segment[0];
    return api_legal_show_parse(ctx, req, into);
}

enum err
api_legal_shown_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"language", "version"};
    struct legal_visit *visit = into;

    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(read_language(ctx, req, &visit->language));
    visit->version = http_query(ctx, req, "version");
    if (visit->version.len == 0) return fail_field(ctx, ERR_FIELD_REQUIRED, "version");
    if (visit->version.len <= VERSION_LEN_MAX) return OK;
    return fail_field(ctx, ERR_FIELD_TOO_LONG, "version");
}

enum err
api_legal_identity_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct legal_identity *who = into;
    /* clang-format off */
    const struct json_field fields[] = {
        {"identity.company", JSON_FIELD_TEXT, &who->company, .max = LEGAL_LINE_MAX},
        {"identity.registration", JSON_FIELD_TEXT, &who->registration, .max = LEGAL_LINE_MAX},
        {"identity.address", JSON_FIELD_TEXT, &who->address, .max = LEGAL_LINES_MAX},
        {"identity.email_address", JSON_FIELD_TEXT, &who->email, .max = LEGAL_LINE_MAX},
        {"identity.phone_number", JSON_FIELD_TEXT, &who->phone, .max = LEGAL_LINE_MAX},
        {"identity.publisher", JSON_FIELD_TEXT, &who->publisher, .max = LEGAL_LINE_MAX},
        {"identity.privacy_officer", JSON_FIELD_TEXT, &who->privacy_officer, .max = LEGAL_LINE_MAX},
        {"identity.privacy_contact", JSON_FIELD_TEXT, &who->privacy_contact, .max = LEGAL_LINE_MAX},
        {"identity.host", JSON_FIELD_TEXT, &who->host, .max = LEGAL_LINES_MAX},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_legal_write_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct wording_request *request = into;
    const char *names[LEGAL_KIND_COUNT];
    struct str kind = STR("");
    const struct json_field fields[] = {
        {"text.kind", JSON_FIELD_TEXT, &kind, .required = true, .max = 20},
        {"text.language", JSON_FIELD_TEXT, &request->language, .required = true, .max = 20},
        {"text.text", JSON_FIELD_TEXT, &request->text, .max = LEGAL_TEXT_MAX},
    };

    for (int i = 0; i < LEGAL_KIND_COUNT; i++)
        names[i] = legal_kind_name((enum legal_kind)i);
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    return api_choose(ctx, kind, "text.kind", names, LEGAL_KIND_COUNT, &request->kind);
}

/* ---- what is told ---- */

static void
put_text(struct json_out *out, const struct legal_text *text)
{
    json_put_object(out, NULL);
    json_put_text(out, "kind", str_of(legal_kind_name(text->kind)));
    json_put_bool(out, "own", text->is_own);
    json_put_text(out, "text", text->text);
    json_put_time(out, "written_at", text->created_us);
    json_end_object(out);
}

static enum err
put_identity(struct ctx *ctx, struct json_out *out)
{
    struct legal_identity who;

    TRY(legal_read_identity(ctx, &who));
    json_put_object(out, "identity");
    json_put_text_if(out, "company", who.company);
    json_put_text_if(out, "registration", who.registration);
    json_put_text_if(out, "address", who.address);
    json_put_text_if(out, "email_address", who.email);
    json_put_text_if(out, "phone_number", who.phone);
    json_put_text_if(out, "publisher", who.publisher);
    json_put_text_if(out, "privacy_officer", who.privacy_officer);
    json_put_text_if(out, "privacy_contact", who.privacy_contact);
    json_put_text_if(out, "host", who.host);
    json_put_time(out, "changed_at", who.changed_us);
    json_end_object(out);
    return OK;
}

static enum err
put_legal(struct ctx *ctx, struct json_out *out, struct str language)
{
    struct legal_notice notice;

    TRY(legal_find_notice(ctx, language, &notice));
    json_put_object(out, "legal");
    json_put_text(out, "version", notice.version);
    json_put_text(out, "language", str_of(notice.language));
    TRY(put_identity(ctx, out));
    json_put_array(out, "texts");
    for (int i = 0; i < LEGAL_KIND_COUNT; i++) {
        struct legal_text text;

        TRY(legal_find(ctx, (enum legal_kind)i, language, &text));
        put_text(out, &text);
    }
    json_end_array(out);
    json_end_object(out);
    return OK;
}

enum err
api_legal_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct legal_visit *visit = parsed;
    struct merchant merchant;

    TRY(merchants_find(ctx, &merchant));
    return put_legal(ctx, &reply->out,
                     visit->language.len > 0 ? visit->language : merchant.language);
}

enum err
api_legal_shown(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct legal_visit *visit = parsed;

    json_put_array(&reply->out, "texts");
    for (int i = 0; i < LEGAL_KIND_COUNT; i++) {
        struct legal_text text;

        TRY(legal_find_shown(ctx, (enum legal_kind)i, visit->language, visit->version, &text));
        put_text(&reply->out, &text);
    }
    json_end_array(&reply->out);
    return OK;
}

/* The core does not know what a request calls its fields. */
static enum err
name_field(struct ctx *ctx, const char *object, enum err err)
{
    bool is_email = err == ERR_EMAIL_INVALID;

    if (err == OK || ctx->field == NULL) return err;
    ctx->field =
        str_format(ctx->arena, "%s.%s", object, is_email ? "email_address" : ctx->field).at;
    return err;
}

enum err
api_legal_identity_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    TRY(name_field(ctx, "identity", legal_change_identity(ctx, parsed)));
    return put_identity(ctx, &reply->out);
}

enum err
api_legal_write(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct wording_request *request = parsed;
    enum legal_kind kind = (enum legal_kind)request->kind;

    TRY(name_field(ctx, "text", legal_write(ctx, kind, request->language, request->text)));
    return put_legal(ctx, &reply->out, request->language);
}
