/* reply — the reply of an exchange: status, headers, and Square's shape for errors. */
#include "base/log.h"
#include "http/exchange.h"
#include "http/header_values.h"
#include "http/headers.h"
#include <inttypes.h>
#include <stdio.h>

/* A reply of the API is no page: whatever a browser takes it for, it may load and do nothing. */
static const char api_policy[] = "default-src 'none'; frame-ancestors 'none'";

struct kind_answer {
    int status;
    const char *category;
};
static const struct kind_answer kind_answers[] = {
    [KIND_NONE] = {MHD_HTTP_OK, ""},
    [KIND_MALFORMED] = {MHD_HTTP_BAD_REQUEST, "INVALID_REQUEST_ERROR"},
    [KIND_UNAUTHENTICATED] = {MHD_HTTP_UNAUTHORIZED, "AUTHENTICATION_ERROR"},
    [KIND_FORBIDDEN] = {MHD_HTTP_FORBIDDEN, "AUTHENTICATION_ERROR"},
    [KIND_MISSING] = {MHD_HTTP_NOT_FOUND, "INVALID_REQUEST_ERROR"},
    [KIND_CONFLICT] = {MHD_HTTP_CONFLICT, "INVALID_REQUEST_ERROR"},
    [KIND_TOO_LARGE] = {MHD_HTTP_CONTENT_TOO_LARGE, "INVALID_REQUEST_ERROR"},
    [KIND_REFUSED] = {MHD_HTTP_BAD_REQUEST, "INVALID_REQUEST_ERROR"},
    [KIND_TOO_MANY] = {MHD_HTTP_TOO_MANY_REQUESTS, "RATE_LIMIT_ERROR"},
    [KIND_RETRY] = {MHD_HTTP_SERVICE_UNAVAILABLE, "API_ERROR"},
    [KIND_FAULT] = {MHD_HTTP_INTERNAL_SERVER_ERROR, "API_ERROR"},
};

int
http_status_of(enum err err)
{
    if (err == ERR_METHOD_UNKNOWN) return MHD_HTTP_METHOD_NOT_ALLOWED;
    return kind_answers[err_kind(err)].status;
}

static struct str
error_body(struct exchange *exchange)
{
    enum err err = exchange->result;
    struct json_out out;

    json_out_open(&out, &exchange->arena);
    json_put_object(&out, NULL);
    json_put_array(&out, "errors");
    json_put_object(&out, NULL);
    json_put_text(&out, "category", str_of(kind_answers[err_kind(err)].category));
    json_put_text(&out, "code", str_of(err_name(err)));
    json_put_text(&out, "detail", str_of(err_text(err)));
    json_put_text_if(&out, "field", str_of(exchange->ctx.field));
    json_end_object(&out);
    json_end_array(&out);
    json_end_object(&out);
    return json_out_text(&out);
}

static void
put_retry_after(struct exchange *exchange, struct MHD_Response *response)
{
    enum err_kind kind = err_kind(exchange->result);
    char seconds[16];

    if (kind != KIND_TOO_MANY && kind != KIND_RETRY) return;
    int wait_s = exchange->ctx.retry_after_s > 0 ? exchange->ctx.retry_after_s : 1;
    snprintf(seconds, sizeof seconds, "%d", wait_s);
    headers_put(response, MHD_HTTP_HEADER_RETRY_AFTER, seconds);
}

static void
put_allow(struct exchange *exchange, struct MHD_Response *response)
{
    static const char *const names[HTTP_METHODS] = {
        [GET] = "GET, HEAD", [POST] = "POST", [PUT] = "PUT", [DELETE_] = "DELETE"};
    char list[64] = "";
    size_t len = 0;

    if (exchange->result != ERR_METHOD_UNKNOWN) return;
    for (int i = 0; i < HTTP_METHODS; i++) {
        if (!(exchange->methods & (1U << i))) continue;
        len +=
            (size_t)snprintf(list + len, sizeof list - len, "%s%s", len > 0 ? ", " : "", names[i]);
    }
    headers_put(response, MHD_HTTP_HEADER_ALLOW, list);
}

static bool
has_pieces(const struct exchange *exchange)
{
    return exchange->result == OK && exchange->reply.pieces.read != NULL;
}

static const char *
quoted_etag(struct exchange *exchange)
{
    return str_format(&exchange->arena, "\"%.*s\"", STR_ARG(exchange->reply.pieces.etag)).at;
}

/* It is for whoever asked, not for a proxy that others ask, too. */
static void
put_caching(struct exchange *exchange, struct MHD_Response *response)
{
    if (!has_pieces(exchange) || exchange->reply.pieces.etag.len == 0) {
        headers_put(response, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
        return;
    }
    headers_put(response, MHD_HTTP_HEADER_CACHE_CONTROL, "private, max-age=31536000, immutable");
    headers_put(response, MHD_HTTP_HEADER_ETAG, quoted_etag(exchange));
    headers_put(response, MHD_HTTP_HEADER_CONTENT_DISPOSITION, "inline");
}

static void
put_headers(struct exchange *exchange, struct MHD_Response *response, const char *type)
{
    char id[14] = "";

    id_base32(exchange->request_id, id);
    headers_put(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    if (exchange->head_too_large) return; /* there is room for little more */
    put_caching(exchange, response);
    headers_put(response, "X-Request-Id", id);
    headers_put_safety(response, api_policy);
    for (int i = 0; i < 2; i++) {
        struct str cookie = exchange->reply.set_cookie[i];
        if (cookie.len == 0 || exchange->result != OK) continue;
        headers_put(response, MHD_HTTP_HEADER_SET_COOKIE, str_z(&exchange->arena, cookie));
    }
    if (exchange->result == ERR_HTTP_MALFORMED) {
        headers_put(response, MHD_HTTP_HEADER_CONNECTION, "close");
    }
    put_retry_after(exchange, response);
    put_allow(exchange, response);
}

static void
note_fault(const struct exchange *exchange)
{
    char id[14] = "";

    if (err_kind(exchange->result) != KIND_FAULT) return;
    id_base32(exchange->request_id, id);
    LOG(LOG_ERROR, "request_failed", LOG_TEXT("id", id),
        LOG_TEXT("error", err_name(exchange->result)), LOG_TEXT("detail", exchange->ctx.detail));
}

static struct MHD_Response *
response_of(struct str body)
{
    union {
        const char *from;
        void *to;
    } bytes = {.from = body.at}; /* libmicrohttpd does not write to a persistent buffer */

    /* The body lies in the exchange's arena, which lives until the reply has left. */
    return MHD_create_response_from_buffer(body.len, bytes.to, MHD_RESPMEM_PERSISTENT);
}

static struct MHD_Response *
answer_pieces(struct exchange *exchange, const char **type)
{
    struct str known = http_header(&exchange->request, MHD_HTTP_HEADER_IF_NONE_MATCH);

    *type = exchange->reply.pieces.type;
    if (!header_has_etag(known, str_of(quoted_etag(exchange)))) return exchange_pieces(exchange);
    exchange->status = MHD_HTTP_NOT_MODIFIED;
    return response_of(STR(""));
}

/* The response, its status and its type. */
static struct MHD_Response *
answer(struct exchange *exchange, const char **type)
{
    const struct http_reply *reply = &exchange->reply;

    exchange->status = reply->status != 0 ? reply->status : MHD_HTTP_OK;
    *type = "application/json";
    if (exchange->result != OK) {
        note_fault(exchange);
        exchange->status = http_status_of(exchange->result);
        return response_of(error_body(exchange));
    }
    if (has_pieces(exchange)) return answer_pieces(exchange, type);
    if (!reply->raw) return response_of(json_out_text(&reply->out));
    *type = reply->body_type;
    return response_of(reply->body_text);
}

enum MHD_Result
exchange_send(struct exchange *exchange)
{
    const char *type;
    struct MHD_Response *response = answer(exchange, &type);

    if (response == NULL) return MHD_NO;
    put_headers(exchange, response, type);
    enum MHD_Result queued =
        MHD_queue_response(exchange->connection, (unsigned)exchange->status, response);
    MHD_destroy_response(response);
    exchange->state = EXCHANGE_SENT;
    return queued;
}
