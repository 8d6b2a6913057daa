/* demo_api — what the start page of a demo needs to lead its visitors on. */
#include "api/handlers.h"
#include "base/settings.h"
#include "core/merchants/merchants.h"

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
