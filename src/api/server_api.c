/* server_api — how the server is, for those who watch over it. */
#include "api/handlers.h"

/* GET /healthz: the process answers. Says nothing of the database. */
enum err
api_server_health(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)ctx;
    (void)parsed;
    json_put_text(&reply->out, "status", STR("ok"));
    return OK;
}

/* GET /readyz: requests can be served. Its snapshot was begun, so the database answers. */
enum err
api_server_ready(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    if (http_is_stopping(reply->server)) return fail(ctx, ERR_STOPPING, "told to stop");
    json_put_text(&reply->out, "status", STR("ready"));
    return OK;
}

/* GET /metrics: counters for Prometheus. */
enum err
api_server_metrics(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    reply->raw = true;
    reply->body_type = "text/plain; version=0.0.4; charset=utf-8";
    reply->body_text = http_metrics(reply->server, ctx->arena);
    return OK;
}
