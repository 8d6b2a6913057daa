/* second_factor_api — the code of an app beside the password: one's own, and the team's. */
#include "api/profile_handlers.h"
#include "core/team/roster.h"
#include "core/team/second_factor.h"

/* ---- one's own ---- */

enum err
api_second_factor_offer_prepare(struct ctx *ctx, void *parsed)
{
    return api_self_prepare(ctx, parsed);
}

/* With a second factor in use, a code of it is asked for, too: who has an open session and the
 * password does not put their own telephone in its place. */
enum err
api_second_factor_offer(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct second_factor_offer offer;
    struct team_member member;

    TRY(api_self_check_all(ctx, parsed));
    TRY(team_find(ctx, api_self(ctx), &member));
    TRY(second_factor_offer(ctx, &member, &offer));
    json_put_object(&reply->out, "offer");
    json_put_text(&reply->out, "secret", offer.secret);
    json_put_text(&reply->out, "address", offer.address);
    json_end_object(&reply->out);
    return OK;
}

static void
put_codes(struct json_out *out, const struct str *codes)
{
    json_put_array(out, "recovery_codes");
    for (int i = 0; i < SECOND_FACTOR_RECOVERY_CODES; i++)
        json_put_text(out, NULL, codes[i]);
    json_end_array(out);
}

enum err
api_second_factor_confirm(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct code_typed *typed = parsed;
    struct str codes[SECOND_FACTOR_RECOVERY_CODES];

    TRY(second_factor_confirm(ctx, api_self(ctx), typed->code, codes));
    put_codes(&reply->out, codes);
    return OK;
}

enum err
api_recovery_codes_renew_prepare(struct ctx *ctx, void *parsed)
{
    return api_self_prepare(ctx, parsed);
}

enum err
api_recovery_codes_renew(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct str codes[SECOND_FACTOR_RECOVERY_CODES];

    TRY(api_self_check_all(ctx, parsed));
    TRY(second_factor_renew_codes(ctx, api_self(ctx), codes));
    put_codes(&reply->out, codes);
    return OK;
}

enum err
api_second_factor_end_prepare(struct ctx *ctx, void *parsed)
{
    return api_self_prepare(ctx, parsed);
}

enum err
api_second_factor_end(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)reply;
    TRY(api_self_check_all(ctx, parsed));
    return second_factor_end(ctx, api_self(ctx));
}

/* ---- the team's ---- */

static enum err
put_rule(struct ctx *ctx, struct json_out *out)
{
    struct merchant merchant;
    team_member_id *members;
    int count;

    TRY(merchants_find(ctx, &merchant));
    TRY(second_factor_list(ctx, &members, &count));
    json_put_object(out, "second_factor");
    json_put_bool(out, "required", merchant.second_factor_required);
    json_put_array(out, "team_member_ids");
    for (int i = 0; i < count; i++)
        json_put_id(out, NULL, ID_team_member, members[i].v);
    json_end_array(out);
    json_end_object(out);
    return OK;
}

enum err
api_second_factor_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    return put_rule(ctx, &reply->out);
}

enum err
api_second_factor_require_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct second_factor_rule_request *request = into;
    const struct json_field fields[] = {
        {"required", JSON_FIELD_BOOL, &request->required, .required = true},
    };

    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* Who asks it of others has one: or the first to be shut out would be they. */
static enum err
check_own(struct ctx *ctx)
{
    struct second_factor factor;

    if (ctx->actor.kind != ACTOR_STAFF) return OK;
    TRY(second_factor_find(ctx, (team_member_id){ctx->actor.id}, &factor));
    return factor.since_us != 0 ? OK : fail(ctx, ERR_SECOND_FACTOR_OFF, "one's own");
}

enum err
api_second_factor_require(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct second_factor_rule_request *request = parsed;

    if (request->required) TRY(check_own(ctx));
    TRY(second_factor_require(ctx, request->required ? SECOND_FACTOR_FOR_ALL : SECOND_FACTOR_FREE));
    return put_rule(ctx, &reply->out);
}

enum err
api_team_member_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_team_member, into);
}

enum err
api_second_factor_reset(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const team_member_id id = {*(const int64_t *)parsed};

    (void)reply;
    /* Or it would be a way to become somebody who may do more. */
    TRY(roster_check(ctx, id));
    return second_factor_reset(ctx, id);
}
