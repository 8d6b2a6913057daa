/* http_client — see http_client.h. */
#include "net/http_client.h"
#include <curl/curl.h>
#include <stdlib.h>

enum { TIMEOUT_MS = 30000, POLL_MS = 1000 };

struct http_client {
    CURL *curl;
    struct curl_slist *headers; /* of the request under way */
    char *body;                 /* of the answer, growing */
    size_t body_len;
};

enum err
http_client_open(struct ctx *ctx, struct http_client **client)
{
    struct http_client *made = calloc(1, sizeof *made);

    ASSERT(made != NULL);
    made->curl = curl_easy_init();
    if (made->curl == NULL) {
        free(made);
        return fail(ctx, ERR_PEER_UNREACHABLE, "libcurl could not be started");
    }
    *client = made;
    return OK;
}

static void
forget(struct http_client *client)
{
    curl_slist_free_all(client->headers);
    free(client->body);
    client->headers = NULL;
    client->body = NULL;
    client->body_len = 0;
}

void
http_client_close(struct http_client *client)
{
    if (client == NULL) return;
    forget(client);
    curl_easy_cleanup(client->curl);
    free(client);
}

static size_t
keep_body(char *bytes, size_t size, size_t count, void *self)
{
    struct http_client *client = self;
    size_t len = size * count;

    if (len > HTTP_CLIENT_REPLY_MAX - client->body_len) return 0; /* libcurl ends with an error */
    char *body = realloc(client->body, client->body_len + len + 1);
    ASSERT(body != NULL);
    memcpy(body + client->body_len, bytes, len);
    client->body = body;
    client->body_len += len;
    return len;
}

static void
prepare(struct http_client *client, const struct http_ask *ask)
{
    CURL *curl = client->curl;

    forget(client);
    for (int i = 0; i < HTTP_CLIENT_HEADERS_MAX && ask->headers[i] != NULL; i++) {
        client->headers = curl_slist_append(client->headers, ask->headers[i]);
    }
    /* Without this, libcurl waits for a "100 Continue" before it sends a larger body. */
    client->headers = curl_slist_append(client->headers, "Expect:");

    curl_easy_reset(curl); /* keeps connections and cookies */
    curl_easy_setopt(curl, CURLOPT_URL, ask->url);
    curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, ask->method);
    if (ask->body.len > 0) {
        curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ask->body.len);
        curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, ask->body.at);
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, client->headers);
    curl_easy_setopt(curl, CURLOPT_COOKIEFILE, ""); /* cookies in memory only */
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS,
                     (long)(ask->timeout_ms > 0 ? ask->timeout_ms : TIMEOUT_MS));
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, keep_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, client);
}

static enum err
finish(struct ctx *ctx, struct http_client *client, CURLcode code, struct http_answer *answer)
{
    long status = 0;

    if (code != CURLE_OK) {
        forget(client);
        return fail(ctx, ERR_PEER_UNREACHABLE, "%s", curl_easy_strerror(code));
    }
    curl_easy_getinfo(client->curl, CURLINFO_RESPONSE_CODE, &status);
    answer->status = (int)status;
    answer->body = str_copy(ctx->arena, (struct str){client->body, client->body_len});
    forget(client);
    return OK;
}

enum err
http_client_send(struct ctx *ctx, struct http_client *client, const struct http_ask *ask,
                 struct http_answer *answer)
{
    prepare(client, ask);
    return finish(ctx, client, curl_easy_perform(client->curl), answer);
}

/* Notes what became of each client's request. */
static void
read_results(CURLM *multi, struct http_client *const clients[2], CURLcode codes[2])
{
    int left;

    for (CURLMsg *message; (message = curl_multi_info_read(multi, &left)) != NULL;) {
        for (int i = 0; i < 2; i++) {
            if (message->easy_handle == clients[i]->curl) codes[i] = message->data.result;
        }
    }
}

enum err
http_client_send_twice(struct ctx *ctx, struct http_client *const clients[2],
                       const struct http_ask *ask, struct http_answer answers[2])
{
    CURLM *multi = curl_multi_init();
    CURLcode codes[2] = {CURLE_GOT_NOTHING, CURLE_GOT_NOTHING};
    enum err err = OK;
    int running = 0;

    ASSERT(multi != NULL);
    ASSERT(clients[0] != clients[1]);
    for (int i = 0; i < 2; i++) {
        prepare(clients[i], ask);
        curl_multi_add_handle(multi, clients[i]->curl);
    }
    do {
        if (curl_multi_perform(multi, &running) != CURLM_OK) break;
        if (running > 0) curl_multi_poll(multi, NULL, 0, POLL_MS, NULL);
    } while (running > 0);

    read_results(multi, clients, codes);
    for (int i = 0; i < 2; i++) {
        curl_multi_remove_handle(multi, clients[i]->curl);
    }
    curl_multi_cleanup(multi);
    for (int i = 0; i < 2; i++) {
        enum err one = finish(ctx, clients[i], codes[i], &answers[i]);
        if (err == OK) err = one;
    }
    return err;
}
