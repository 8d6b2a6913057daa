/* live_api — streams of what happens: a tablet's register, and the merchant's own. */
#include "api/fields.h"
#include "api/handlers.h"

/* A browser that resumes a broken stream says where in Last-Event-ID; that is newer than ?after. */
enum err
api_stream_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    static const char *const names[] = {"after"};
    struct stream_request *request = into;
    struct str resume = http_header(req, "Last-Event-ID");
    int64_t from = 0;

    request->after = -1;
    TRY(api_query_only(ctx, req, API_NAMES(names)));
    TRY(api_query_int(ctx, req, "after", (struct api_range){0, INT64_MAX}, &request->after));
    for (size_t i = 0; i < resume.len; i++) {
        if (resume.at[i] < '0' || resume.at[i] > '9' || i == 18) {
            return fail_field(ctx, ERR_FIELD_TYPE, "Last-Event-ID");
        }
        from = from * 10 + (resume.at[i] - '0');
    }
    if (resume.len > 0) request->after = from;
    return OK;
}

enum err
api_tablet_stream(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct stream_request *request = parsed;
    struct http_stream_wish wish = {.after = request->after};
    struct tablet tablet;

    TRY(tablets_find(ctx, (tablet_id){ctx->actor.id}, &tablet));
    wish.topics[wish.topic_count++] = tablets_topic(ctx->arena, tablet.id);
    wish.topics[wish.topic_count++] = LIVE_TABLETS;
    if (tablet.reg.v != 0) {
        struct str id = id_format(ctx->arena, ID_register, tablet.reg.v);
        wish.topics[wish.topic_count++] = str_format(ctx->arena, "register:%.*s", STR_ARG(id));
    }
    http_stream(reply, ctx, &wish);
    return OK;
}

enum err
api_staff_stream(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct stream_request *request = parsed;
    const struct http_stream_wish wish = {
        .topics = {STR("merchant")},
        .topic_count = 1,
        .after = request->after,
    };

    http_stream(reply, ctx, &wish);
    return OK;
}
