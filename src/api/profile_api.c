/* profile_api — what members of the team set up for themselves: name, language, zone, picture, and
 * the e-mail address they sign in with. */
#include "api/fields.h"
#include "api/profile_handlers.h"
#include "api/profile_shapes.h"
#include "base/email.h"
#include "base/hash.h"
#include "core/team/second_factor.h"

#define PASSWORD STR("password")
enum { NAME_LEN_MAX = 100, PASSWORD_TYPED_MAX = 200, CODE_TYPED_MAX = 40 };

/* ---- who asks, once more ---- */

team_member_id
api_self(const struct ctx *ctx)
{
    ASSERT(ctx->actor.kind == ACTOR_STAFF); /* none other may PROFILE */
    return (team_member_id){ctx->actor.id};
}

static struct str
guesser(struct ctx *ctx)
{
    return id_format(ctx->arena, ID_team_member, api_self(ctx).v);
}

enum err
api_self_prepare(struct ctx *ctx, struct self_proof *proof)
{
    struct team_member member;

    TRY(lockout_check(ctx, PASSWORD, guesser(ctx), ERR_PASSWORD_LOCKED));
    TRY(team_find(ctx, api_self(ctx), &member));
    proof->matches = password_matches(member.password_hash, proof->password);
    return OK;
}

enum err
api_self_check(struct ctx *ctx, const struct self_proof *proof)
{
    /* Again, in the writer: many guesses at once all passed the first check. */
    TRY(lockout_check(ctx, PASSWORD, guesser(ctx), ERR_PASSWORD_LOCKED));
    if (proof->matches) return lockout_clear(ctx, PASSWORD, guesser(ctx));
    enum err err =
        lockout_count(ctx, PASSWORD, guesser(ctx), ERR_PASSWORD_WRONG, ERR_PASSWORD_LOCKED);
    ctx->field = "password";
    return err;
}

enum err
api_self_check_all(struct ctx *ctx, const struct self_proof *proof)
{
    TRY(api_self_check(ctx, proof));
    return second_factor_check(ctx, api_self(ctx), proof->code);
}

enum err
api_self_proof_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct self_proof *proof = into;
    const struct json_field fields[] = {
        {"password", JSON_FIELD_TEXT, &proof->password, .required = true,
         .max = PASSWORD_TYPED_MAX},
        {"code", JSON_FIELD_TEXT, &proof->code, .max = CODE_TYPED_MAX},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_code_typed_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct code_typed *typed = into;
    const struct json_field fields[] = {
        {"code", JSON_FIELD_TEXT, &typed->code, .required = true, .max = CODE_TYPED_MAX},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* ---- the profile ---- */

static void
put_second_factor(struct json_out *out, const struct second_factor *factor, bool required)
{
    json_put_object(out, "second_factor");
    json_put_bool(out, "active", factor->since_us != 0);
    json_put_time(out, "since", factor->since_us);
    json_put_int(out, "recovery_codes_left", factor->recovery_codes_left);
    json_put_bool(out, "required", required);
    json_end_object(out);
}

static enum err
put_profile(struct ctx *ctx, struct json_out *out)
{
    struct second_factor factor;
    struct email_change change;
    struct team_member member;
    struct merchant merchant;
    struct profile profile;

    TRY(merchants_find(ctx, &merchant));
    TRY(team_find(ctx, api_self(ctx), &member));
    TRY(profile_find(ctx, member.id, &profile));
    TRY(email_change_find(ctx, member.id, &change));
    TRY(second_factor_find(ctx, member.id, &factor));
    json_put_object(out, "profile");
    json_put_member_fields(out, &member, &profile);
    json_put_email_change(out, "email_change", &change);
    put_second_factor(out, &factor, merchant.second_factor_required);
    json_end_object(out);
    return OK;
}

enum err
api_profile_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    return put_profile(ctx, &reply->out);
}

enum err
api_profile_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct profile_change *change = into;
    bool no_language = false, no_zone = false;
    /* clang-format off */
    const struct json_field fields[] = {
        {"profile.name", JSON_FIELD_TEXT, &change->name, .min = 1, .max = NAME_LEN_MAX},
        {"profile.language", JSON_FIELD_TEXT, &change->language, .min = 2, .max = 20,
         .given = &change->changes_language, .nulled = &no_language},
        {"profile.time_zone", JSON_FIELD_TEXT, &change->time_zone, .min = 1, .max = 64,
         .given = &change->changes_time_zone, .nulled = &no_zone},
    };
    /* clang-format on */

    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    change->changes_language = change->changes_language || no_language;
    change->changes_time_zone = change->changes_time_zone || no_zone;
    return OK;
}

enum err
api_profile_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    enum err err = profile_change(ctx, api_self(ctx), parsed);

    /* The core does not know what a request calls its fields. */
    if (err != OK && ctx->field != NULL) {
        ctx->field = str_format(ctx->arena, "profile.%s", ctx->field).at;
    }
    TRY(err);
    return put_profile(ctx, &reply->out);
}

/* ---- the picture ---- */

/* The body is the picture itself, as for a logo; what it is is seen, not told. */
enum err
api_photo_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return api_logo_change_parse(ctx, req, into);
}

enum err
api_photo_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct logo_request *request = parsed;
    struct file file = request->file;

    TRY(profile_change_photo(ctx, api_self(ctx), request->content, &file));
    json_put_file(&reply->out, "file", &file);
    return OK;
}

enum err
api_photo_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    (void)reply;
    return profile_remove_photo(ctx, api_self(ctx));
}

/* ---- another e-mail address ---- */

enum err
api_email_change_begin_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct email_request *request = into;
    /* clang-format off */
    const struct json_field fields[] = {
        {"email", JSON_FIELD_TEXT, &request->email, .required = true, .max = EMAIL_MAX},
        {"password", JSON_FIELD_TEXT, &request->proof.password, .required = true,
         .max = PASSWORD_TYPED_MAX},
    };
    /* clang-format on */

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

enum err
api_email_change_begin_prepare(struct ctx *ctx, void *parsed)
{
    struct email_request *request = parsed;

    return api_self_prepare(ctx, &request->proof);
}

enum err
api_email_change_begin(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct email_request *request = parsed;
    struct email_change change;

    TRY(api_self_check(ctx, &request->proof));
    TRY(email_change_begin(ctx, api_self(ctx), request->email, &change));
    json_put_email_change(&reply->out, "email_change", &change);
    return OK;
}

enum err
api_email_change_confirm(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct code_typed *typed = parsed;

    TRY(email_change_confirm(ctx, api_self(ctx), typed->code));
    return put_profile(ctx, &reply->out);
}
