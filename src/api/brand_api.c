/* brand_api — how the merchant looks: its logo. */
#include "api/handlers.h"
#include "api/shapes.h"
#include "core/brand/brand.h"

/* The body is the picture itself; what it is is seen, not told. */
enum err
api_logo_change_parse(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct logo_request *request = into;

    request->content = req->body;
    enum err err = files_parse(ctx, req->body, &request->file);
    if (err != OK) ctx->field = "body";
    return err;
}

enum err
api_logo_change(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    const struct logo_request *request = parsed;
    struct file file = request->file;

    TRY(brand_change_logo(ctx, request->content, &file));
    json_put_file(&reply->out, "file", &file);
    return OK;
}

enum err
api_logo_remove(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    (void)reply;
    return brand_remove_logo(ctx);
}
