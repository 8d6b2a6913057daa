/* demo_api — what the start page of a demo needs to lead its visitors on, and in. */
#include "api/handlers.h"
#include "base/settings.h"
#include "base/user_agent.h"
#include "core/merchants/merchants.h"
#include "core/team/roster.h"

/* GET /v2/demo: its shops, for anyone. Elsewhere there is no such address. */
enum err
api_demo_show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct json_out *out = &reply->out;
    struct merchant *merchants;
    int count;

    (void)parsed;
    if (ctx->settings->demo == 0) return fail(ctx, ERR_PATH_UNKNOWN, "this is no demo");
    TRY(merchants_list(ctx, &merchants, &count));
    json_put_array(out, "shops");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_text(out, "name", merchants[i].name);
        json_put_text(out, "app_path",
                      str_format(ctx->arena, "/app/%.*s/", STR_ARG(merchants[i].slug)));
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

enum err
api_demo_enter_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct demo_entry *entry = into;
    const struct json_field fields[] = {
        {"merchant_id", JSON_FIELD_ID, &entry->merchant.v, .id_kind = ID_merchant},
    };

    entry->device = user_agent_words(ctx->arena, http_header(req, "User-Agent"));
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

/* The shop that was chosen, or the first. */
static enum err
choose_shop(struct ctx *ctx, merchant_id chosen)
{
    struct merchant *merchants;
    int count;

    TRY(merchants_list(ctx, &merchants, &count));
    for (int i = 0; i < count; i++) {
        if (chosen.v != 0 && merchants[i].id.v != chosen.v) continue;
        ctx->merchant = merchants[i].id;
        return OK;
    }
    return fail(ctx, ERR_MERCHANT_UNKNOWN, "no such shop in the demo");
}

/*
 * POST /v2/demo/session: a visitor is the owner of one of its shops, without a password. Whoever
 * plays with a demo may see all of it: see docs/decisions/0075.
 */
enum err
api_demo_enter(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct demo_entry *entry = parsed;
    struct team_member *members;
    int count;

    if (ctx->settings->demo == 0) return fail(ctx, ERR_PATH_UNKNOWN, "this is no demo");
    TRY(choose_shop(ctx, entry->merchant));
    TRY(roster_list_members(ctx, &members, &count));
    for (int i = 0; i < count; i++) {
        bool is_owner = members[i].active && str_is(members[i].role, STR("owner"));
        if (is_owner) return api_session_begin(ctx, &members[i], entry->device, reply);
    }
    return fail(ctx, ERR_TEAM_MEMBER_UNKNOWN, "the shop has no owner");
}
