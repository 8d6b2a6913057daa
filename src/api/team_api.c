/* team_api — signing in and out, and who one is. */
#include "api/cookies.h"
#include "api/handlers.h"
#include "api/profile_shapes.h"
#include "base/clock.h"
#include "base/email.h"
#include "base/hash.h"
#include "base/user_agent.h"
#include "core/team/roles.h"
#include "core/team/second_factor.h"

#define SESSION_KEEP_US (30 * CLOCK_DAY_US)
#define SIGN_IN         STR("sign_in")

/* Checked when there is nobody of that e-mail address, so that the answer takes as long. */
static const char nobodys_password[] = "$argon2id$v=19$m=65536,t=2,p=1$c29tZSBzYWx0IG9mIDE2IQ$"
                                       "T6kGcW0ZGTvCnBfKcPzFVvNlKS1jmbHfDjv2VB0jPyI";

enum err
api_session_create_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct sign_in *sign_in = into;
    const struct json_field fields[] = {
        {"email", JSON_FIELD_TEXT, &sign_in->email, .required = true, .max = 254},
        {"password", JSON_FIELD_TEXT, &sign_in->password, .required = true, .max = 200},
        {"code", JSON_FIELD_TEXT, &sign_in->code, .max = 40},
    };

    sign_in->device = user_agent_words(ctx->arena, http_header(req, "User-Agent"));
    TRY(http_read_json(ctx, req, JSON_FIELDS(fields)));
    /* As it is kept, or each way to write it would have guesses of its own. */
    if (email_parse(ctx->arena, sign_in->email, &sign_in->email) == OK) return OK;
    return fail_field(ctx, ERR_EMAIL_INVALID, "email");
}

/*
 * Guesses are counted for an e-mail address from an address of the network: a stranger cannot
 * lock somebody else out of their own shop.
 */
static struct str
guesser(struct ctx *ctx, const struct sign_in *sign_in)
{
    return str_format(ctx->arena, "%.*s %.*s", STR_ARG(sign_in->email), STR_ARG(ctx->remote));
}

/* The password is checked here, off the HTTP threads and out of the writer: it is slow on purpose.
 */
enum err
api_session_create_prepare(struct ctx *ctx, void *parsed)
{
    struct sign_in *sign_in = parsed;

    TRY(lockout_check(ctx, SIGN_IN, guesser(ctx, sign_in), ERR_SIGN_IN_LOCKED));
    enum err err = team_find_by_email(ctx, sign_in->email, &sign_in->member);
    sign_in->merchant = ctx->merchant;
    ctx->merchant = (merchant_id){0}; /* not proved yet */
    if (err == ERR_TEAM_MEMBER_UNKNOWN) {
        (void)password_matches(str_of(nobodys_password), sign_in->password);
        return OK;
    }
    TRY(err);
    /* Who was invited, and has chosen none yet, takes as long to refuse. */
    struct str hash =
        sign_in->member.invited ? str_of(nobodys_password) : sign_in->member.password_hash;
    sign_in->matches = password_matches(hash, sign_in->password) && !sign_in->member.invited &&
                       sign_in->member.active;
    return OK;
}

static enum err
put_team_member(struct ctx *ctx, struct json_out *out, const struct team_member *member)
{
    struct profile profile;

    TRY(profile_find(ctx, member->id, &profile));
    json_put_object(out, "team_member");
    json_put_member_fields(out, member, &profile);
    json_put_text_if(out, "role_name", member->role_name);
    json_put_bool(out, "has_pin", member->has_pin);
    json_end_object(out);
    json_put_bool(out, "limited", ctx->actor.limited);
    return OK;
}

/* Who signed in, where another one serves by PIN. */
static enum err
put_holder(struct ctx *ctx, struct json_out *out)
{
    struct team_member member;

    if (ctx->actor.holder == 0) return OK;
    TRY(team_find(ctx, (team_member_id){ctx->actor.holder}, &member));
    json_put_object(out, "signed_in");
    json_put_id(out, "id", ID_team_member, member.id.v);
    json_put_text(out, "name", member.name);
    json_end_object(out);
    return OK;
}

static enum err
put_session(struct ctx *ctx, struct json_out *out, const struct team_member *member)
{
    struct merchant merchant;
    int64_t seq;

    TRY(merchants_find(ctx, &merchant));
    TRY(merchants_read_seq(ctx, &seq));
    json_put_int(out, "seq", seq);
    json_put_object(out, "session");
    json_put_merchant(out, "merchant", &merchant, FILES_PATH);
    if (member != NULL) TRY(put_team_member(ctx, out, member));
    TRY(put_holder(ctx, out));
    json_put_permissions(out, "permissions", ctx->actor.permissions);
    json_end_object(out);
    return OK;
}

/* Who it is was proved just now: that they came in is theirs in the trail. */
static void
become(struct ctx *ctx, const struct team_member *member, const struct credential *credential)
{
    ctx->actor = (struct actor){
        .kind = ACTOR_STAFF,
        .id = member->id.v,
        .session = credential->id.v,
        .limited = credential->limited,
        .permissions = credential->limited ? PERM_OF_MEMBERS : member->permissions,
    };
}

enum err
api_session_begin(struct ctx *ctx, const struct team_member *member, struct str device,
                  struct http_reply *reply)
{
    struct credential credential = {
        .kind = CREDENTIAL_SESSION,
        .subject = member->id.v,
        .device = device,
        .expires_us = ctx->now_us + SESSION_KEEP_US,
    };

    TRY(second_factor_is_missing(ctx, member->id, &credential.limited));
    TRY(credentials_add(ctx, &credential));
    become(ctx, member, &credential);
    TRY(put_session(ctx, &reply->out, member));
    json_put_text(&reply->out, "csrf_token", credential.csrf);
    reply->set_cookie[0] = cookie_format(ctx, COOKIE_SESSION, credential.token, SESSION_KEEP_US);
    return OK;
}

/* What matched before it was queued may be an old password by now, whose sessions ended, or
 * somebody's who was switched off. */
static enum err
still_matches(struct ctx *ctx, const struct sign_in *sign_in, bool *matches)
{
    struct team_member now;

    *matches = false;
    if (!sign_in->matches) return OK;
    ctx->merchant = sign_in->merchant;
    enum err err = team_find(ctx, sign_in->member.id, &now);
    ctx->merchant = (merchant_id){0};
    if (err == ERR_TEAM_MEMBER_UNKNOWN) return OK;
    TRY(err);
    *matches = now.active && str_is(now.password_hash, sign_in->member.password_hash);
    return OK;
}

enum err
api_session_create(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct sign_in *sign_in = parsed;
    struct str who = guesser(ctx, sign_in);
    bool matches;

    /* Again, in the writer: a hundred guesses at once all passed the first check. */
    TRY(lockout_check(ctx, SIGN_IN, who, ERR_SIGN_IN_LOCKED));
    TRY(still_matches(ctx, sign_in, &matches));
    if (!matches) {
        return lockout_count(ctx, SIGN_IN, who, ERR_SIGN_IN_WRONG, ERR_SIGN_IN_LOCKED);
    }
    TRY(lockout_clear(ctx, SIGN_IN, who));
    ctx->merchant = sign_in->merchant;
    TRY(second_factor_check(ctx, sign_in->member.id, sign_in->code));
    return api_session_begin(ctx, &sign_in->member, sign_in->device, reply);
}

enum err
api_token_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct session_request *request = into;

    (void)ctx;
    request->token = req->token;
    request->from_cookie = req->token_from_cookie;
    return OK;
}

/* Answers keys and tablets too: which merchant's they are, and what they may do. */
enum err
api_session_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct session_request *request = parsed;
    bool is_staff = ctx->actor.kind == ACTOR_STAFF;
    struct team_member member;

    if (is_staff) TRY(team_find(ctx, (team_member_id){ctx->actor.id}, &member));
    TRY(put_session(ctx, &reply->out, is_staff ? &member : NULL));
    if (request->from_cookie) {
        json_put_text(&reply->out, "csrf_token", credentials_csrf(ctx->arena, request->token));
    }
    return OK;
}

/* A key or a tablet has no session to end: nothing is done. Those who gave it take it back. */
enum err
api_session_end(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct session_request *request = parsed;

    if (ctx->actor.kind != ACTOR_STAFF) return OK;
    reply->set_cookie[0] = cookie_format(ctx, COOKIE_SESSION, STR(""), 0);
    return credentials_remove(ctx, request->token);
}
