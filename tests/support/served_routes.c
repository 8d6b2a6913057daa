/* served_routes — see served_routes.h. */
#include "support/served_routes.h"
#include "support/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PERM_ONE = 1, PERM_TWO = 2 };

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

DB_SQL(count_long, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                   "                          WHERE i < 1000000000)"
                   " SELECT COUNT(*) FROM n");

static enum err
report_forever(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)parsed;
    (void)reply;
    struct db_rows *rows = db_query(ctx, &count_long, NULL, 0);
    db_next(rows);
    return db_done(rows);
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

/* A body of 25 bytes in pieces of 10; of another 25 of which the last piece is lost. */
enum { WHOLE = 1, TORN = 2 };

static enum err
read_piece(struct ctx *ctx, int64_t of, int64_t number, struct str *piece)
{
    static const struct str pieces[] = {{"0123456789", 10}, {"abcdefghij", 10}, {"ABCDE", 5}};

    ASSERT(ctx->merchant.v != 0);
    ASSERT(ctx->db != NULL);
    ASSERT(number >= 0 && number < 3);
    if (of == TORN && number == 2) return fail(ctx, ERR_DB_FAILED, "lost");
    *piece = str_copy(ctx->arena, pieces[number]);
    return OK;
}

static enum err
show_pieces(struct http_reply *reply, int64_t of)
{
    reply->pieces = (struct http_pieces){.read = read_piece,
                                         .of = of,
                                         .size = 25,
                                         .piece_len = 10,
                                         .type = "text/plain",
                                         .etag = STR("e1")};
    return OK;
}

static enum err
show_whole(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)ctx;
    (void)parsed;
    return show_pieces(reply, WHOLE);
}

static enum err
show_torn(struct ctx *ctx, void *parsed, struct http_reply *reply)
{
    (void)ctx;
    (void)parsed;
    return show_pieces(reply, TORN);
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
    {REPORT, GET, "/forever", AUTH_NONE, 0, .run = report_forever},
    {READ, GET, "/locked", AUTH_NONE, 0, .run = lock_out},
    {READ, GET, "/pieces", AUTH_REQUIRED, PERM_ONE, .run = show_whole},
    {READ, GET, "/torn", AUTH_REQUIRED, PERM_ONE, .run = show_torn},
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
start(int queue_max, bool behind_proxy)
{
    const struct served_options options = {
        .routes = routes,
        .route_count = sizeof routes / sizeof routes[0],
        .authenticate = authenticate,
        .queue_max = queue_max,
        .behind_proxy = behind_proxy,
    };
    struct served *served = served_open(&options);

    merchant = served->w.ctx.merchant.v;
    return served;
}

struct served *
served_start(int queue_max)
{
    return start(queue_max, false);
}

struct served *
served_start_behind_proxy(void)
{
    return start(0, true);
}

void
served_post(struct served *served, const char *path, const char *body, struct reply *reply)
{
    char request[8192];

    snprintf(request, sizeof request,
             "POST %s HTTP/1.1\r\n" HOST AUTH
             "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
             path, strlen(body), body);
    served_ask(served, request, reply);
}

int64_t
served_facts(struct served *served)
{
    struct reply reply;

    served_ask(served, "GET /report HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    EXPECT_INT(200, reply.status);
    return strtol(strchr(reply.body, ':') + 1, NULL, 10);
}

void
served_expect_error(const struct reply *reply, int status, const char *code)
{
    char wanted[64];

    snprintf(wanted, sizeof wanted, "\"code\":\"%s\"", code);
    EXPECT_INT(status, reply->status);
    EXPECT_TRUE(strstr(reply->body, "{\"errors\":[{\"category\":") == reply->body);
    EXPECT_TRUE(strstr(reply->body, wanted) != NULL);
}
