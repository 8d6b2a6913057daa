/*
 * dispatch — a whole request goes to its lane: who asks, what it says, then READ at once, WRITE
 * through the writer's queue, REPORT on a worker.
 */
#include "base/clock.h"
#include "http/exchange.h"
#include "http/header_values.h"
#include "http/streams.h"
#include "http/workers.h"

enum { WORKER_WAIT_MAX_S = 20 };

/* ---- who asks ---- */
static enum err
authenticate_as(struct exchange *exchange, struct http_auth *auth)
{
    struct ctx *ctx = &exchange->ctx;

    ctx->merchant = (merchant_id){0};
    ctx->actor = (struct actor){0};
    TRY(exchange->server->options.authenticate(ctx, auth));
    ASSERT(ctx->actor.kind != ACTOR_NONE);
    uint64_t lacking = exchange->request.route->needs & ~ctx->actor.permissions;
    if (lacking != 0) return fail(ctx, ERR_FORBIDDEN, "lacks %llx", (unsigned long long)lacking);
    exchange->request.token = auth->token;
    exchange->request.token_from_cookie = auth->from_cookie;
    return OK;
}

enum { COOKIES = 3 };

static const char *const cookies_of_staff[COOKIES] = {HTTP_COOKIE_SESSION, HTTP_COOKIE_DEVICE,
                                                      HTTP_COOKIE_CUSTOMER};
static const char *const cookies_of_customers[COOKIES] = {HTTP_COOKIE_CUSTOMER, HTTP_COOKIE_SESSION,
                                                          HTTP_COOKIE_DEVICE};

/*
 * A bearer token speaks for itself. Without one, a browser may hold several cookies, a team
 * member's, a tablet's and a customer's: the request is whose it can be, and of one that can be
 * nobody's the first cookie says why.
 */
static enum err
authenticate(struct exchange *exchange)
{
    const struct http_request *req = &exchange->request;
    bool of_customers = req->route->auth == AUTH_CUSTOMER;
    const char *const *cookies = of_customers ? cookies_of_customers : cookies_of_staff;
    struct http_auth auth = {
        .token = header_bearer(http_header(req, MHD_HTTP_HEADER_AUTHORIZATION)),
        .csrf = http_header(req, "X-Habitue-CSRF"),
        .shop = of_customers ? req->segment[0] : STR(""),
        .changes = req->route->method != GET,
        .lane = exchange->server->options.lane,
    };
    enum err first = ERR_UNAUTHENTICATED;
    bool tried = false;

    if (req->route->auth == AUTH_NONE) return OK;
    if (auth.token.len > 0) return authenticate_as(exchange, &auth);
    auth.from_cookie = true;
    for (int i = 0; i < COOKIES; i++) {
        auth.token =
            str_of(MHD_lookup_connection_value(exchange->connection, MHD_COOKIE_KIND, cookies[i]));
        if (auth.token.len == 0) continue;
        enum err err = authenticate_as(exchange, &auth);
        if (err == OK) return OK;
        if (!tried) first = err;
        tried = true;
    }
    return tried ? first : fail(&exchange->ctx, ERR_UNAUTHENTICATED, "no token");
}

/* ---- the handler ---- */
static enum err
parse(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;
    struct ctx *ctx = &exchange->ctx;

    if (route->memory_max > 0) exchange->arena.max = route->memory_max;
    exchange->parsed = arena_alloc(&exchange->arena, route->parsed_size + 1);
    if (route->parse != NULL) TRY(route->parse(ctx, &exchange->request, exchange->parsed));
    if (arena_outgrown(&exchange->arena)) return ERR_BODY_TOO_LARGE;
    if (!route->idempotent || exchange->once_key.len == 0) return OK;
    const struct once_request once = {
        .key = exchange->once_key,
        .method = exchange->method,
        .path = exchange->request.path,
        .body = exchange->request.body,
    };
    once_read(ctx, &once, &exchange->once);
    return OK;
}

static enum err
run(struct exchange *exchange)
{
    struct http_reply *reply = &exchange->reply;

    *reply = (struct http_reply){.server = exchange->server};
    json_out_open(&reply->out, &exchange->arena);
    json_put_object(&reply->out, NULL);
    TRY(exchange->request.route->run(&exchange->ctx, exchange->parsed, reply));
    json_end_object(&reply->out);
    return arena_outgrown(&exchange->arena) ? ERR_BODY_TOO_LARGE : OK;
}

/* ---- what is written down of it ---- */
/* After a read, in its snapshot: whether it is to be written down. */
static enum err
note_look(struct exchange *exchange)
{
    const struct http_witness *witness = &exchange->server->options.witness;
    bool has_written = true;

    if (exchange->request.route->trace != TRACE_LOOKED || witness->write == NULL) return OK;
    TRY(witness->has_written(&exchange->ctx, &exchange->request, &exchange->reply, &has_written));
    exchange->is_look = !has_written;
    return OK;
}

static enum err
write_down(struct exchange *exchange)
{
    const struct http_witness *witness = &exchange->server->options.witness;

    if (exchange->request.route->trace == TRACE_NOTHING || witness->write == NULL) return OK;
    return witness->write(&exchange->ctx, &exchange->request, &exchange->reply);
}

/* In the writer: what was read is not answered before. */
static enum err
run_look(struct ctx *ctx, void *arg)
{
    struct exchange *exchange = arg;

    ctx->merchant = exchange->merchant;
    return write_down(exchange);
}

/* ---- WRITE ---- */
/* In the writer, inside the savepoint; may come again after a lost race. */
static enum err
run_write(struct ctx *ctx, void *arg)
{
    struct exchange *exchange = arg;
    struct http_reply *reply = &exchange->reply;
    bool is_kept = false;
    struct str kept;

    ctx->merchant = exchange->merchant;
    ctx->field = NULL;
    if (!exchange->once.given) {
        TRY(run(exchange));
        return write_down(exchange);
    }
    TRY(once_find(ctx, &exchange->once, &is_kept, &kept));
    if (is_kept) {
        *reply = (struct http_reply){.raw = true, .body_type = "application/json"};
        reply->body_text = kept;
        return OK;
    }
    TRY(run(exchange));
    TRY(write_down(exchange));
    /* What is kept is the body alone, so nothing else may matter. */
    ASSERT(!reply->raw);
    ASSERT(reply->status == 0);
    ASSERT(reply->set_cookie[0].len == 0);
    return once_keep(ctx, &exchange->once, reply->about, json_out_text(&reply->out));
}

static void
wake(struct exchange *exchange, enum err result)
{
    struct MHD_Connection *connection = exchange->connection;

    exchange->result = result;
    /* Not when its reply is sent: who hung up meanwhile is sent none. */
    exchange->server->waiting--;
    /* From here on the exchange belongs to its connection's thread again. */
    atomic_store(&exchange->is_ended, true);
    MHD_resume_connection(connection);
}

static void
end_write(struct write_task *task, enum err result)
{
    wake(task->arg, result);
}

static enum err
submit_write(struct exchange *exchange)
{
    exchange->merchant = exchange->ctx.merchant;
    exchange->task = (struct write_task){
        .merchant = exchange->merchant,
        .ctx = &exchange->ctx,
        .run = exchange->is_look ? run_look : run_write,
        .done = end_write,
        .arg = exchange,
    };
    return write_lane_submit(exchange->server->options.lane, &exchange->task);
}

/* ---- on a worker ---- */
static enum err
work(struct exchange *exchange, struct worker *worker)
{
    const struct route *route = exchange->request.route;
    int64_t waited_us = clock_monotonic_us() - exchange->dispatched_us;
    struct ctx *ctx = &exchange->ctx;

    /* Whoever asked has hardly waited so long. */
    if (waited_us > WORKER_WAIT_MAX_S * CLOCK_SECOND_US) return ERR_TIMED_OUT;
    TRY(worker_begin(worker, ctx));
    enum err err = route->lane == REPORT ? run(exchange) : route->prepare(ctx, exchange->parsed);
    if (err == OK && route->lane == REPORT) err = note_look(exchange);
    worker_end(worker, ctx);
    return err;
}

void
exchange_work(struct exchange *exchange, struct worker *worker)
{
    bool is_write = exchange->request.route->lane == WRITE;

    enum err err = work(exchange, worker);
    if (err == OK && (is_write || exchange->is_look)) {
        err = submit_write(exchange);
        if (err == OK) return; /* the writer wakes it */
    }
    wake(exchange, err);
}

/* ---- at once, on the connection's thread ---- */
/* Who asks and what it says; READ handlers and streams run in the same snapshot. */
static enum err
run_here(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;
    struct reader *reader = &exchange->thread->reader;
    struct ctx *ctx = &exchange->ctx;
    enum err err = OK;

    if (exchange->server->stopping) return ERR_STOPPING;
    if (route->lane == READ && route->without_db) {
        TRY(parse(exchange));
        return run(exchange);
    }
    bool needs_db = route->auth != AUTH_NONE || route->lane == READ || route->admit != NULL;
    if (!needs_db) return parse(exchange);
    TRY(reader_begin(reader, ctx));
    err = authenticate(exchange);
    struct db *db = ctx->db;
    ctx->db = NULL; /* parse has no database, in any lane */
    if (err == OK) err = parse(exchange);
    ctx->db = db;
    if (err == OK && route->admit != NULL) err = route->admit(ctx, exchange->parsed);
    if (err == OK && route->lane == READ) err = run(exchange);
    if (err == OK && route->lane == READ) err = note_look(exchange);
    reader_end(reader, ctx);
    return err;
}

static enum MHD_Result
send_result(struct exchange *exchange, enum err result)
{
    exchange->result = result;
    return exchange_send(exchange);
}

static enum MHD_Result
suspend(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;
    bool slow = !exchange->is_look && (route->lane == REPORT || route->prepare != NULL);

    /* First, because the result may come before the next line does. */
    exchange->state = EXCHANGE_WAITING;
    exchange->server->waiting++;
    MHD_suspend_connection(exchange->connection);
    enum err err =
        slow ? workers_submit(exchange->server->workers, exchange) : submit_write(exchange);
    if (err != OK) wake(exchange, err);
    return MHD_YES;
}

static enum MHD_Result
send_without_route(struct exchange *exchange)
{
    const struct http_server *server = exchange->server;
    bool reads = strcmp(exchange->method, MHD_HTTP_METHOD_GET) == 0 ||
                 strcmp(exchange->method, MHD_HTTP_METHOD_HEAD) == 0;

    if (exchange->methods != 0) return send_result(exchange, ERR_METHOD_UNKNOWN);
    if (reads) {
        exchange->status = files_send(&server->files, exchange->connection, exchange->request.path);
        if (exchange->status != 0) {
            exchange->state = EXCHANGE_SENT;
            return MHD_YES;
        }
    }
    return send_result(exchange, ERR_PATH_UNKNOWN);
}

enum MHD_Result
exchange_dispatch(struct exchange *exchange)
{
    const struct route *route = exchange->request.route;

    exchange->dispatched_us = clock_monotonic_us();
    exchange->ctx.now_us = clock_now_us(); /* the body may have taken long */
    exchange->is_active = true;
    exchange->server->active++;
    if (route == NULL) return send_without_route(exchange);
    if (exchange->body_too_large) return send_result(exchange, ERR_BODY_TOO_LARGE);
    exchange_read_remote(exchange);

    enum err err = run_here(exchange);
    if (err != OK) return send_result(exchange, err);
    if (route->stream) return streams_start(exchange);
    if (route->lane == READ && !exchange->is_look) return send_result(exchange, OK);
    return suspend(exchange);
}

enum MHD_Result
exchange_finish(struct exchange *exchange)
{
    ASSERT(exchange->state == EXCHANGE_WAITING);
    ASSERT(atomic_load(&exchange->is_ended));
    return exchange_send(exchange);
}
