/* http_test — requests and replies of the http layer, byte by byte. See http.h. */
#include "db/db.h"
#include "support/served.h"
#include "support/test.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PERM_ONE = 1, PERM_TWO = 2 };
#define AUTH "Authorization: Bearer good\r\n"
#define HOST "Host: test\r\n"

/* ---- the routes of the test ---- */
DB_SQL(add_fact, "INSERT INTO server_fact (name, value) VALUES ($1, 'test')");
DB_SQL(count_facts, "SELECT COUNT(*) FROM server_fact WHERE value = 'test'");

struct fact {
    struct str name, once_key;
    int64_t wait_ms;
};

static enum err
parse_fact(struct ctx *ctx, const struct http_request *req, void *into)
{
    struct fact *fact = into;
    const struct json_field fields[] = {
        {.path = "name", .kind = JSON_FIELD_TEXT, .into = &fact->name, .required = true},
        {.path = "wait_ms", .kind = JSON_FIELD_INT, .into = &fact->wait_ms},
        {.path = "idempotency_key", .kind = JSON_FIELD_TEXT, .into = &fact->once_key},
    };

    ASSERT(ctx->db == NULL);
    return http_read_json(ctx, req, JSON_FIELDS(fields));
}

static enum err
add(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    struct fact *fact = parsed;
    int64_t seq;

    if (fact->wait_ms > 0) usleep((useconds_t)fact->wait_ms * 1000);
    TRY(db_exec(ctx, &add_fact, DB_BIND(db_text(fact->name))));
    if (str_is(fact->name, STR("refused"))) return fail_field(ctx, ERR_POINTS_SHORT, "name");
    if (str_is(fact->name, STR("counted"))) return fail_keep(ctx, ERR_PAIRING_CODE_WRONG, "kept");
    TRY(write_next_seq(ctx, &seq));
    json_put_text(&reply->out, "name", fact->name);
    json_put_int(&reply->out, "seq", seq);
    return OK;
}

static enum err
show(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    json_put_id(&reply->out, "merchant", ID_merchant, ctx->merchant.v);
    json_put_text(&reply->out, "remote", ctx->remote);
    return OK;
}

static enum err
parse_thing(struct ctx *ctx, const struct http_request *req, void *into)
{
    *(struct str *)into = http_query(ctx, req, "word");
    int64_t id;
    return http_path_id(ctx, req, 0, ID_customer, &id);
}

static enum err
show_thing(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)ctx;
    json_put_text(&reply->out, "word", *(struct str *)parsed);
    return OK;
}

static enum err
prepare_fact(struct ctx *ctx, void *parsed)
{
    struct fact *fact = parsed;

    ASSERT(ctx->db != NULL);
    if (str_is(fact->name, STR("unprepared"))) return fail(ctx, ERR_SIGN_IN_WRONG, "no");
    fact->name = STR("prepared");
    return OK;
}

static enum err
report(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    int64_t count = 0;

    (void)parsed;
    struct db_rows *rows = db_query(ctx, &count_facts, NULL, 0);
    if (db_next(rows)) count = db_col_int(rows, 0);
    TRY(db_done(rows));
    json_put_int(&reply->out, "count", count);
    return OK;
}

static enum err
lock_out(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    (void)reply;
    ctx->retry_after_s = 77;
    return fail(ctx, ERR_PAIRING_LOCKED, "locked");
}

static enum err
grow(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    (void)reply;
    arena_alloc(ctx->arena, ARENA_REQUEST_MAX + 1);
    return OK;
}

#define FACT .parsed_size = sizeof(struct fact), .parse = parse_fact
static const struct route routes[] = {
    {WRITE, POST, "/facts", AUTH_REQUIRED, PERM_ONE, FACT, .run = add, .idempotent = true},
    {WRITE, POST, "/slow", AUTH_NONE, 0, FACT, .prepare = prepare_fact, .run = add},
    {READ, GET, "/show", AUTH_REQUIRED, PERM_ONE, .run = show},
    {READ, POST, "/show", AUTH_REQUIRED, PERM_ONE, .run = show},
    {READ, GET, "/guarded", AUTH_REQUIRED, PERM_ONE | PERM_TWO, .run = show},
    {READ, GET, "/things/{thing}", AUTH_NONE, 0, sizeof(struct str), parse_thing,
     .run = show_thing},
    {REPORT, GET, "/report", AUTH_REQUIRED, PERM_ONE, .run = report},
    {READ, GET, "/locked", AUTH_NONE, 0, .run = lock_out},
    {READ, GET, "/grow", AUTH_NONE, 0, .run = grow},
    {WRITE, POST, "/tiny", AUTH_REQUIRED, PERM_ONE, FACT, .run = add, .body_max = 40},
};

static _Atomic int64_t merchant; /* read by the server's threads */

static enum err
authenticate(struct ctx *ctx, struct http_auth *auth)
{
    bool good = str_is(auth->token, STR("good"));

    if (!good && !str_is(auth->token, STR("weak"))) return fail(ctx, ERR_UNAUTHENTICATED, "who?");
    if (auth->from_cookie && auth->changes && !str_is(auth->csrf, STR("page"))) return ERR_CSRF;
    ctx->merchant.v = merchant;
    ctx->actor = (struct actor){.kind = ACTOR_KEY, .id = 1, .permissions = good ? PERM_ONE : 0};
    return OK;
}

static struct served *
start(int queue_max)
{
    const struct served_options options = {
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .authenticate = authenticate,
        .queue_max = queue_max,
    };
    struct served *served = served_open(&options);

    merchant = served->w.ctx.merchant.v;
    return served;
}

/* Sends a JSON body to a path and reads the reply. */
static void
post(struct served *served, const char *path, const char *body, struct reply *reply)
{
    char request[8192];

    snprintf(request, sizeof request,
             "POST %s HTTP/1.1\r\n" HOST AUTH
             "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
             path, strlen(body), body);
    served_ask(served, request, reply);
}

static int64_t
facts(struct served *served)
{
    struct reply reply;

    served_ask(served, "GET /report HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    EXPECT_INT(200, reply.status);
    return strtol(strchr(reply.body, ':') + 1, NULL, 10);
}

static void
expect_error(const struct reply *reply, int status, const char *code)
{
    char wanted[64];

    snprintf(wanted, sizeof wanted, "\"code\":\"%s\"", code);
    EXPECT_INT(status, reply->status);
    EXPECT_TRUE(strstr(reply->body, "{\"errors\":[{\"category\":") == reply->body);
    EXPECT_TRUE(strstr(reply->body, wanted) != NULL);
}

/* ---- lanes ---- */
TEST(a_read_is_answered_at_once)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /show HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    EXPECT_INT(200, reply.status);
    EXPECT_TRUE(strstr(reply.body, "{\"merchant\":\"mer_") == reply.body);
    EXPECT_TRUE(strstr(reply.body, "\"remote\":\"127.0.0.1\"") != NULL);
    EXPECT_STR("application/json", served_header(&reply, "Content-Type"));
    EXPECT_STR("no-store", served_header(&reply, "Cache-Control"));
    EXPECT_STR("nosniff", served_header(&reply, "X-Content-Type-Options"));
    EXPECT_STR("default-src 'none'; frame-ancestors 'none'",
               served_header(&reply, "Content-Security-Policy"));
    EXPECT_INT(13, (int64_t)strlen(served_header(&reply, "X-Request-Id")));
    served_close(served);
}

TEST(a_write_is_answered_after_its_commit)
{
    struct served *served = start(0);
    struct reply reply;

    post(served, "/facts", "{\"name\":\"a\"}", &reply);
    EXPECT_INT(200, reply.status);
    EXPECT_STR("{\"name\":\"a\",\"seq\":1}", reply.body);
    EXPECT_INT(1, facts(served));
    served_close(served);
}

TEST(a_refused_write_leaves_nothing_and_names_the_field)
{
    struct served *served = start(0);
    struct reply reply;

    post(served, "/facts", "{\"name\":\"refused\"}", &reply);
    expect_error(&reply, 400, "POINTS_SHORT");
    EXPECT_TRUE(strstr(reply.body, "\"field\":\"name\"") != NULL);
    EXPECT_INT(0, facts(served));
    post(served, "/facts", "{\"name\":\"counted\"}", &reply);
    expect_error(&reply, 400, "PAIRING_CODE_WRONG");
    EXPECT_INT(1, facts(served)); /* KEEP */
    served_close(served);
}

TEST(slow_work_comes_before_the_queue)
{
    struct served *served = start(0);
    struct reply reply;

    post(served, "/slow", "{\"name\":\"unprepared\"}", &reply);
    expect_error(&reply, 401, "SIGN_IN_WRONG");
    EXPECT_INT(0, facts(served));
    served_close(served);
}

TEST(a_reply_that_outgrows_its_memory_is_an_error)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /grow HTTP/1.1\r\n" HOST "\r\n", &reply);
    expect_error(&reply, 413, "BODY_TOO_LARGE");
    served_close(served);
}

/* ---- who asks ---- */
TEST(nobody_and_the_wrong_one_are_refused)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "\r\n", &reply);
    expect_error(&reply, 401, "UNAUTHENTICATED");
    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "Authorization: Bearer bad\r\n\r\n", &reply);
    expect_error(&reply, 401, "UNAUTHENTICATED");
    EXPECT_TRUE(strstr(reply.body, "AUTHENTICATION_ERROR") != NULL);
    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "Authorization: Bearer weak\r\n\r\n", &reply);
    expect_error(&reply, 403, "FORBIDDEN");
    served_ask(served, "GET /guarded HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    expect_error(&reply, 403, "FORBIDDEN");
    served_close(served);
}

TEST(a_cookie_reads_but_changes_only_with_the_pages_token)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "Cookie: habitue_session=good\r\n\r\n",
               &reply);
    EXPECT_INT(200, reply.status);
    served_ask(served, "POST /show HTTP/1.1\r\n" HOST "Cookie: habitue_session=good\r\n\r\n",
               &reply);
    expect_error(&reply, 403, "CSRF");
    served_ask(served,
               "POST /show HTTP/1.1\r\n" HOST
               "Cookie: habitue_session=good\r\nX-Habitue-CSRF: page\r\n\r\n",
               &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

TEST(with_two_cookies_the_request_is_whose_it_can_be)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served,
               "GET /show HTTP/1.1\r\n" HOST
               "Cookie: habitue_session=weak; habitue_device=good\r\n\r\n",
               &reply);
    EXPECT_INT(200, reply.status);
    served_ask(served,
               "GET /show HTTP/1.1\r\n" HOST
               "Cookie: habitue_session=weak; habitue_device=bad\r\n\r\n",
               &reply);
    expect_error(&reply, 403, "FORBIDDEN");
    served_close(served);
}

/* ---- addresses ---- */
TEST(an_unknown_address_and_an_unknown_method_differ)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /nowhere HTTP/1.1\r\n" HOST "\r\n", &reply);
    expect_error(&reply, 404, "PATH_UNKNOWN");
    served_ask(served, "DELETE /show HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    expect_error(&reply, 405, "METHOD_UNKNOWN");
    EXPECT_STR("GET, HEAD, POST", served_header(&reply, "Allow"));
    served_ask(served, "PATCH /show HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    expect_error(&reply, 405, "METHOD_UNKNOWN");
    served_ask(served, "GET /show/ HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    expect_error(&reply, 404, "PATH_UNKNOWN");
    served_close(served);
}

TEST(paths_and_queries_are_read)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /things/bad HTTP/1.1\r\n" HOST "\r\n", &reply);
    expect_error(&reply, 400, "ID_MALFORMED");
    served_ask(served,
               "GET /things/cus_0000000000001?x=1&word=caf%C3%A9+au%20lait%&y HTTP/1.1\r\n" HOST
               "\r\n",
               &reply);
    EXPECT_INT(200, reply.status);
    EXPECT_STR("{\"word\":\"caf\xC3\xA9 au lait%\"}", reply.body);
    served_close(served);
}

TEST(head_gives_the_head_alone)
{
    struct served *served = start(0);
    char seen[4096] = "";

    int fd = served_connect(served);
    served_send(fd, "HEAD /show HTTP/1.1\r\n" HOST AUTH "Connection: close\r\n\r\n");
    EXPECT_TRUE(!served_await(fd, "merchant", seen, sizeof seen));
    EXPECT_TRUE(strstr(seen, "HTTP/1.1 200") == seen);
    EXPECT_TRUE(strstr(seen, "Content-Length: ") != NULL);
    close(fd);
    served_close(served);
}

/* ---- bodies ---- */
TEST(a_body_is_json_and_says_so)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served,
               "POST /facts HTTP/1.1\r\n" HOST AUTH
               "Content-Type: text/plain\r\nContent-Length: 12\r\n\r\n{\"name\":\"a\"}",
               &reply);
    expect_error(&reply, 400, "MEDIA_TYPE");
    served_ask(served,
               "POST /facts HTTP/1.1\r\n" HOST AUTH
               "Content-Type: Application/JSON; charset=utf-8\r\nContent-Length: 12\r\n\r\n"
               "{\"name\":\"a\"}",
               &reply);
    EXPECT_INT(200, reply.status);
    post(served, "/facts", "{\"name\":", &reply);
    expect_error(&reply, 400, "JSON_MALFORMED");
    post(served, "/facts", "{\"nom\":\"a\"}", &reply);
    expect_error(&reply, 400, "FIELD_UNKNOWN");
    EXPECT_TRUE(strstr(reply.body, "\"field\":\"nom\"") != NULL);
    post(served, "/facts", "", &reply);
    expect_error(&reply, 400, "FIELD_REQUIRED");
    served_close(served);
}

TEST(a_body_over_the_limit_is_refused_early)
{
    struct served *served = start(0);
    struct reply reply;
    char request[512];

    /* Announced far too large: answered before a byte of it is sent. */
    served_ask(served,
               "POST /tiny HTTP/1.1\r\n" HOST AUTH
               "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
               &reply);
    expect_error(&reply, 413, "BODY_TOO_LARGE");
    /* A little too large: read, thrown away, answered, and the connection is good for more. */
    snprintf(request, sizeof request,
             "POST /tiny HTTP/1.1\r\n" HOST AUTH
             "Content-Type: application/json\r\nContent-Length: 60\r\n\r\n%60s"
             "GET /show HTTP/1.1\r\n" HOST AUTH "\r\n",
             "x");
    int fd = served_connect(served);
    served_send(fd, request);
    served_read(fd, &reply);
    expect_error(&reply, 413, "BODY_TOO_LARGE");
    served_read(fd, &reply);
    EXPECT_INT(200, reply.status);
    close(fd);
    served_close(served);
}

TEST(a_body_may_come_in_pieces)
{
    struct served *served = start(0);
    struct reply reply;

    int fd = served_connect(served);
    served_send(fd, "POST /facts HTTP/1.1\r\n" HOST AUTH
                    "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
    served_send(fd, "5\r\n{\"nam\r\n");
    usleep(20000);
    served_send(fd, "7\r\ne\":\"a\"}\r\n0\r\n\r\n");
    served_read(fd, &reply);
    EXPECT_INT(200, reply.status);
    close(fd);
    served_close(served);
}

/* ---- bytes that are no request ---- */
TEST(malformed_http_is_refused_and_the_server_lives)
{
    static const char *const bad[] = {
        "GET\r\n\r\n",
        "\x01\x02\x03\x04\r\n\r\n",
        "GET /show HTTP/9.9\r\n" HOST "\r\n",
        "GET /show HTTP/1.1\r\n" AUTH "\r\n", /* no Host */
        "POST /facts HTTP/1.1\r\n" HOST AUTH "Content-Length: nonsense\r\n\r\n",
        "POST /facts HTTP/1.1\r\n" HOST AUTH "Content-Length: -5\r\n\r\n",
        "POST /facts HTTP/1.1\r\n" HOST AUTH "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    };
    struct served *served = start(0);
    struct reply reply;

    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        int fd = served_connect(served);

        served_send(fd, bad[i]);
        shutdown(fd, SHUT_WR);
        served_read(fd, &reply);
        EXPECT_TRUE(reply.status == 0 || reply.status >= 400);
        close(fd);
    }
    served_ask(served, "GET /show HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

TEST(a_head_that_does_not_fit_is_refused)
{
    struct served *served = start(0);
    struct reply reply;
    char request[20000];

    int len = snprintf(request, sizeof request, "GET /show HTTP/1.1\r\n" HOST AUTH "X-Long: ");
    memset(request + len, 'x', 15000);
    strcpy(request + len + 15000, "\r\n\r\n");
    served_ask(served, request, &reply);
    EXPECT_TRUE(reply.status == 0 || reply.status == 431 || reply.status == 413);
    served_ask(served, "GET /show HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

TEST(a_browsers_head_fits)
{
    struct served *served = start(0);
    struct reply reply;
    char request[4096];

    int len = snprintf(request, sizeof request, "GET /show HTTP/1.1\r\n" HOST AUTH "Cookie: a=");
    memset(request + len, 'x', 1800);
    strcpy(request + len + 1800, "\r\n\r\n");
    served_ask(served, request, &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

TEST(requests_sent_at_once_are_answered_in_order)
{
    struct served *served = start(0);
    struct reply reply;

    int fd = served_connect(served);
    served_send(fd, "POST /facts HTTP/1.1\r\n" HOST AUTH "Content-Type: application/json\r\n"
                    "Content-Length: 12\r\n\r\n{\"name\":\"a\"}"
                    "GET /report HTTP/1.1\r\n" HOST AUTH "\r\n"
                    "GET /things/bad HTTP/1.1\r\n" HOST "\r\n");
    served_read(fd, &reply);
    EXPECT_STR("{\"name\":\"a\",\"seq\":1}", reply.body);
    served_read(fd, &reply);
    EXPECT_STR("{\"count\":1}", reply.body);
    served_read(fd, &reply);
    EXPECT_INT(400, reply.status);
    close(fd);
    served_close(served);
}

/* ---- repeats ---- */
TEST(a_repeated_request_is_given_the_kept_reply)
{
    struct served *served = start(0);
    struct reply first, again;

    post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\"}", &first);
    EXPECT_INT(200, first.status);
    post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\"}", &again);
    EXPECT_INT(200, again.status);
    EXPECT_STR(first.body, again.body);
    EXPECT_STR("application/json", served_header(&again, "Content-Type"));
    EXPECT_INT(1, facts(served));
    served_close(served);
}

TEST(a_key_used_for_another_request_is_refused)
{
    struct served *served = start(0);
    struct reply reply;

    post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\"}", &reply);
    post(served, "/facts", "{\"name\":\"b\",\"idempotency_key\":\"k1\"}", &reply);
    expect_error(&reply, 400, "IDEMPOTENCY_KEY_REUSED");
    EXPECT_TRUE(strstr(reply.body, "\"field\":\"idempotency_key\"") != NULL);
    EXPECT_INT(1, facts(served));
    served_close(served);
}

TEST(a_refusal_is_not_kept)
{
    struct served *served = start(0);
    struct reply reply;

    post(served, "/facts", "{\"name\":\"refused\",\"idempotency_key\":\"k1\"}", &reply);
    EXPECT_INT(400, reply.status);
    post(served, "/facts", "{\"name\":\"b\",\"idempotency_key\":\"k1\"}", &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

static void *
post_once(void *arg)
{
    struct served *served = arg;
    struct reply *reply = calloc(1, sizeof *reply);

    post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\",\"wait_ms\":5}", reply);
    return reply;
}

TEST(the_same_request_from_many_at_once_is_done_once)
{
    struct served *served = start(0);
    pthread_t threads[16];
    void *replies[16];

    for (int i = 0; i < 16; i++)
        pthread_create(&threads[i], NULL, post_once, served);
    for (int i = 0; i < 16; i++)
        pthread_join(threads[i], &replies[i]);
    for (int i = 0; i < 16; i++) {
        struct reply *reply = replies[i];
        bool same = reply->status == 200 && strcmp(reply->body, "{\"name\":\"a\",\"seq\":1}") == 0;
        free(reply);
        EXPECT_TRUE(same);
    }
    EXPECT_INT(1, facts(served));
    served_close(served);
}

/* ---- bounds, and the end ---- */
TEST(a_lock_out_says_when_to_come_back)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /locked HTTP/1.1\r\n" HOST "\r\n", &reply);
    expect_error(&reply, 429, "PAIRING_LOCKED");
    EXPECT_STR("77", served_header(&reply, "Retry-After"));
    EXPECT_TRUE(strstr(reply.body, "RATE_LIMIT_ERROR") != NULL);
    served_close(served);
}

TEST(a_full_queue_is_told_with_retry_after)
{
    struct served *served = start(2);
    struct reply reply;
    int fds[12];
    int busy = 0;
    int done = 0;

    for (int i = 0; i < 12; i++) {
        char request[512];
        char body[64];

        snprintf(body, sizeof body, "{\"name\":\"n%d\",\"wait_ms\":50}", i);
        snprintf(request, sizeof request,
                 "POST /facts HTTP/1.1\r\n" HOST AUTH
                 "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                 strlen(body), body);
        fds[i] = served_connect(served);
        served_send(fds[i], request);
    }
    for (int i = 0; i < 12; i++) {
        served_read(fds[i], &reply);
        close(fds[i]);
        if (reply.status == 200) done++;
        if (reply.status != 503) continue;
        busy++;
        expect_error(&reply, 503, "BUSY");
        EXPECT_STR("1", served_header(&reply, "Retry-After"));
    }
    EXPECT_INT(12, done + busy);
    EXPECT_TRUE(busy > 0);
    EXPECT_INT(done, facts(served));
    served_close(served);
}

TEST(closing_answers_what_was_accepted)
{
    struct served *served = start(0);
    struct reply reply;
    int fds[8];

    for (int i = 0; i < 8; i++) {
        char request[512];
        char body[64];

        snprintf(body, sizeof body, "{\"name\":\"n%d\",\"wait_ms\":40}", i);
        snprintf(request, sizeof request,
                 "POST /facts HTTP/1.1\r\n" HOST AUTH
                 "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
                 strlen(body), body);
        fds[i] = served_connect(served);
        served_send(fds[i], request);
    }
    usleep(100000); /* all of them were read, few were written */
    http_stop(served->http);
    for (int i = 0; i < 8; i++) {
        served_read(fds[i], &reply);
        EXPECT_INT(200, reply.status);
        close(fds[i]);
    }
    served_close(served);
}

TEST(metrics_count_by_pattern)
{
    struct served *served = start(0);
    struct reply reply;

    served_ask(served, "GET /things/cus_0000000000001 HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_ask(served, "GET /things/bad HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_ask(served, "GET /nowhere HTTP/1.1\r\n" HOST "\r\n", &reply);
    usleep(20000); /* counted when the reply has left */
    struct str text = http_metrics(served->http, served->w.ctx.arena);
    const char *all = str_z(served->w.ctx.arena, text);
    EXPECT_TRUE(strstr(all, "{method=\"GET\",route=\"/things/{thing}\",status=\"200\"} 1\n"));
    EXPECT_TRUE(strstr(all, "{method=\"GET\",route=\"/things/{thing}\",status=\"400\"} 1\n"));
    EXPECT_TRUE(strstr(all, "route=\"(none)\",status=\"404\"} 1\n"));
    EXPECT_TRUE(strstr(all, "habitue_write_waiting 0\n"));
    EXPECT_TRUE(strstr(all, "cus_") == NULL);
    served_close(served);
}

TESTS(RUN(a_read_is_answered_at_once), RUN(a_write_is_answered_after_its_commit),
      RUN(a_refused_write_leaves_nothing_and_names_the_field),
      RUN(slow_work_comes_before_the_queue), RUN(a_reply_that_outgrows_its_memory_is_an_error),
      RUN(nobody_and_the_wrong_one_are_refused),
      RUN(a_cookie_reads_but_changes_only_with_the_pages_token),
      RUN(with_two_cookies_the_request_is_whose_it_can_be),
      RUN(an_unknown_address_and_an_unknown_method_differ), RUN(paths_and_queries_are_read),
      RUN(head_gives_the_head_alone), RUN(a_body_is_json_and_says_so),
      RUN(a_body_over_the_limit_is_refused_early), RUN(a_body_may_come_in_pieces),
      RUN(malformed_http_is_refused_and_the_server_lives), RUN(a_head_that_does_not_fit_is_refused),
      RUN(a_browsers_head_fits), RUN(requests_sent_at_once_are_answered_in_order),
      RUN(a_repeated_request_is_given_the_kept_reply),
      RUN(a_key_used_for_another_request_is_refused), RUN(a_refusal_is_not_kept),
      RUN(the_same_request_from_many_at_once_is_done_once), RUN(a_lock_out_says_when_to_come_back),
      RUN(a_full_queue_is_told_with_retry_after), RUN(closing_answers_what_was_accepted),
      RUN(metrics_count_by_pattern))
