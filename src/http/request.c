/* request — what a handler may ask of a request: headers, query, path, JSON body. See http.h. */
#include "http/exchange.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>

static struct exchange *
exchange_of(const struct http_request *req)
{
    struct exchange *exchange = req->native;

    ASSERT(exchange->magic == EXCHANGE_MAGIC);
    return exchange;
}

struct str
http_header(const struct http_request *req, const char *name)
{
    return str_of(MHD_lookup_connection_value(exchange_of(req)->connection, MHD_HEADER_KIND, name));
}

/* ---- the query ---- */
static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* "a%20b+c" is "a b c"; a "%" that is not followed by two digits stands for itself. */
static struct str
decode(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];

        if (c == '+') c = ' ';
        if (c == '%' && i + 2 < text.len) {
            int high = hex_digit(text.at[i + 1]);
            int low = hex_digit(text.at[i + 2]);

            if (high >= 0 && low >= 0) {
                c = (char)(high * 16 + low);
                i += 2;
            }
        }
        out[len++] = c;
    }
    return (struct str){out, len};
}

/* Takes what stands before the separator, and the separator, off the rest. */
static struct str
take_until(struct str *rest, char separator)
{
    const char *found = rest->len == 0 ? NULL : memchr(rest->at, separator, rest->len);
    struct str taken = {rest->at, found == NULL ? rest->len : (size_t)(found - rest->at)};
    size_t skip = found == NULL ? rest->len : taken.len + 1;

    rest->at += skip;
    rest->len -= skip;
    return taken;
}

struct str
http_query(struct ctx *ctx, const struct http_request *req, const char *name)
{
    struct str rest = req->raw_query;

    while (rest.len > 0) {
        struct str value = take_until(&rest, '&');
        struct str key = take_until(&value, '=');

        if (str_is(decode(ctx->arena, key), str_of(name))) return decode(ctx->arena, value);
    }
    return STR("");
}

/* ---- the path ---- */
/* The name of the route's nth {name}. */
static const char *
path_name(struct ctx *ctx, const struct route *route, int index)
{
    const char *open = strchr(route->path, '{');

    for (int i = 0; i < index; i++)
        open = strchr(open + 1, '{');
    ASSERT(open != NULL);
    return str_z(ctx->arena, (struct str){open + 1, strcspn(open + 1, "}")});
}

enum err
http_path_id(struct ctx *ctx, const struct http_request *req, int index, enum id_kind kind,
             int64_t *id)
{
    ASSERT(index >= 0);
    ASSERT(index < HTTP_PATH_IDS_MAX);
    if (id_parse(kind, req->segment[index], id) != OK) {
        return fail_field(ctx, ERR_ID_MALFORMED, path_name(ctx, req->route, index));
    }
    return OK;
}

/* ---- the body ---- */
static bool
is_json(struct str type)
{
    struct str name = take_until(&type, ';');

    name = str_trim(name);
    return name.len == 16 && strncasecmp(name.at, "application/json", name.len) == 0;
}

enum err
http_read_json(struct ctx *ctx, const struct http_request *req, const struct json_field *fields,
               int count)
{
    struct exchange *exchange = exchange_of(req);
    struct str body = req->body;
    json_t *root = NULL;

    if (body.len == 0) {
        body = STR("{}");
    } else if (!is_json(http_header(req, MHD_HTTP_HEADER_CONTENT_TYPE))) {
        /* Also what a form on another site's page could send without asking. */
        return fail(ctx, ERR_MEDIA_TYPE, "not application/json");
    }
    TRY(json_parse(ctx, body, &root));
    TRY(json_read_fields(ctx, root, JSON_CLOSED, fields, count));
    const json_t *key = json_object_get(root, "idempotency_key");
    if (json_is_string(key)) {
        exchange->once_key = (struct str){json_string_value(key), json_string_length(key)};
    }
    return OK;
}

/* ---- where it comes from ---- */
/* A header may come several times: proxies add to the last one, or one more. */
static enum MHD_Result
take_forwarded(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    (void)kind;
    if (strcasecmp(name, "X-Forwarded-For") == 0) *(struct str *)arg = str_of(value);
    return MHD_YES;
}

/* The proxy puts the address it was called from last; those before it anyone could write. */
static struct str
forwarded_address(struct exchange *exchange)
{
    struct str list = {0}, last = {0};

    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, take_forwarded, &list);
    while (list.len > 0)
        last = str_trim(take_until(&list, ','));
    return last;
}

/* Whose guesses are counted together: with IPv6 everybody has 2^64 addresses, and one network. */
static struct str
network_of(struct arena *arena, struct str address)
{
    char text[INET6_ADDRSTRLEN] = "";
    struct in6_addr v6;

    if (address.len >= sizeof text) return address;
    memcpy(text, address.at, address.len);
    if (inet_pton(AF_INET6, text, &v6) != 1) return address;
    if (IN6_IS_ADDR_V4MAPPED(&v6)) {
        inet_ntop(AF_INET, v6.s6_addr + 12, text, sizeof text);
    } else {
        memset(v6.s6_addr + 8, 0, 8);
        inet_ntop(AF_INET6, &v6, text, sizeof text);
    }
    return str_copy(arena, str_of(text));
}

static struct str
peer_address(struct exchange *exchange)
{
    const union MHD_ConnectionInfo *address =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    char text[INET6_ADDRSTRLEN] = "";

    if (address == NULL) return STR("");
    if (address->client_addr->sa_family == AF_INET) {
        const struct sockaddr_in *v4 = (const void *)address->client_addr;
        inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
    } else if (address->client_addr->sa_family == AF_INET6) {
        const struct sockaddr_in6 *v6 = (const void *)address->client_addr;
        inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text);
    }
    return str_copy(&exchange->arena, str_of(text));
}

void
exchange_read_remote(struct exchange *exchange)
{
    struct str address = {0};

    if (exchange->server->options.behind_proxy) address = forwarded_address(exchange);
    if (address.len == 0) address = peer_address(exchange);
    exchange->ctx.remote = network_of(&exchange->arena, address);
}

/* ---- where its body ends ---- */
struct framing {
    int lengths, encodings;
    bool is_odd;
};

static enum MHD_Result
note_framing(void *arg, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct framing *framing = arg;

    (void)kind;
    if (strcasecmp(name, MHD_HTTP_HEADER_CONTENT_LENGTH) == 0) framing->lengths++;
    if (strcasecmp(name, MHD_HTTP_HEADER_TRANSFER_ENCODING) == 0) {
        framing->encodings++;
        framing->is_odd |= value == NULL || strcasecmp(value, "chunked") != 0;
    }
    framing->is_odd |= strpbrk(name, " \t") != NULL;
    return MHD_YES;
}

bool
exchange_is_ambiguous(const struct exchange *exchange)
{
    struct framing framing = {0};

    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, note_framing, &framing);
    return framing.is_odd || framing.lengths + framing.encodings > 1;
}
