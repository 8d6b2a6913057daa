/* sessions_api — where one is signed in, and signing out there from here. */
#include "api/profile_handlers.h"
#include "core/team/sessions.h"

enum err
api_session_list(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct json_out *out = &reply->out;
    struct session *sessions;
    int count;

    (void)parsed;
    TRY(sessions_list(ctx, api_self(ctx), &sessions, &count));
    json_put_array(out, "sessions");
    for (int i = 0; i < count; i++) {
        json_put_object(out, NULL);
        json_put_id(out, "id", ID_session, sessions[i].id.v);
        json_put_text_if(out, "device", sessions[i].device);
        json_put_time(out, "created_at", sessions[i].created_us);
        json_put_time(out, "used_at", sessions[i].used_us);
        json_put_bool(out, "current", sessions[i].id.v == ctx->actor.session);
        json_end_object(out);
    }
    json_end_array(out);
    return OK;
}

enum err
api_session_id_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    return http_path_id(ctx, req, 0, ID_session, into);
}

enum err
api_session_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const int64_t *id = parsed;

    (void)reply;
    return sessions_end(ctx, api_self(ctx), (session_id){*id});
}

enum err
api_session_end_others(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    (void)reply;
    return sessions_end_others(ctx, api_self(ctx), (session_id){ctx->actor.session});
}
