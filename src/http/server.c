/* server — libmicrohttpd in front of dispatch: connections, bodies, opening and closing. */
#include "base/clock.h"
#include "base/log.h"
#include "http/epoll_guard.h"
#include "http/exchange.h"
#include "http/live_feed.h"
#include "http/streams.h"
#include "http/workers.h"
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    /* Of libmicrohttpd, for a request's head and its reply's. An idle stream keeps it, and with it
     * is below 8 KiB. */
    CONNECTION_MEMORY = 6144,
    HEADER_MEMORY = 64, /* of it, for each header read */
    REPLY_HEAD_MAX = 700,
    IDLE_TIMEOUT_S = 30,  /* between bytes, and between requests */
    BODY_TIME_MAX_S = 60, /* for a whole body, however slowly it drips */
    SPARES_MAX = 64,      /* exchanges a thread keeps for reuse */
    SEND_WAIT_MAX_S = 5,
    DRAIN_LOOK_US = 1000,
    BODY_ROOM_FIRST = 1024,
    SERVER_ARENA_MAX = 16 << 20,
    LISTEN_BACKLOG = 1024,
};
/* A body up to so many times its limit is read and thrown away, so that its sender hears why. */
enum { DISCARD_TIMES = 4 };

/* ---- threads ---- */
struct http_thread *
http_thread_of(struct http_server *server)
{
    struct http_thread *thread = pthread_getspecific(server->thread_key);

    if (thread != NULL) return thread;
    thread = calloc(1, sizeof *thread);
    ASSERT(thread != NULL);
    thread->reader.db_url = server->options.db_url;
    ASSERT(pthread_setspecific(server->thread_key, thread) == 0);
    pthread_mutex_lock(&server->lock);
    thread->next = server->threads;
    server->threads = thread;
    pthread_mutex_unlock(&server->lock);
    return thread;
}

/* ---- an exchange's beginning and end ---- */
static struct exchange *
exchange_make(struct http_server *server, struct MHD_Connection *connection)
{
    struct http_thread *thread = http_thread_of(server);
    struct exchange *exchange = thread->spare;
    struct arena arena;

    if (exchange == NULL) {
        exchange = malloc(sizeof *exchange);
        ASSERT(exchange != NULL);
        arena_open(&arena, ARENA_REQUEST_MAX);
    } else {
        thread->spare = exchange->next;
        thread->spare_count--;
        arena = exchange->arena;
    }
    *exchange = (struct exchange){
        .magic = EXCHANGE_MAGIC,
        .server = server,
        .thread = thread,
        .connection = connection,
        .arena = arena,
        .started_us = clock_monotonic_us(),
    };
    exchange->ctx = (struct ctx){
        .arena = &exchange->arena,
        .ids = server->options.ids,
        .settings = server->options.settings,
        .now_us = clock_now_us(),
    };
    exchange->request_id = id_next(&exchange->ctx);
    exchange->request.native = exchange;
    return exchange;
}

static void
exchange_release(struct exchange *exchange)
{
    struct http_thread *thread = exchange->thread;

    ASSERT(exchange->magic == EXCHANGE_MAGIC);
    if (exchange->is_active) exchange->server->active--;
    free(exchange->body);
    exchange->body = NULL;
    if (thread->spare_count == SPARES_MAX) {
        arena_close(&exchange->arena);
        exchange->magic = 0;
        free(exchange);
        return;
    }
    arena_reset(&exchange->arena);
    exchange->next = thread->spare;
    thread->spare = exchange;
    thread->spare_count++;
}

static void
count(const struct exchange *exchange)
{
    struct http_server *server = exchange->server;
    const struct route *route = exchange->request.route;
    int64_t took_us = clock_monotonic_us() - exchange->dispatched_us;
    bool is_file = route == NULL && exchange->result == OK;
    int row = is_file ? METRICS_FILES : METRICS_NOWHERE;
    char id[14] = "";

    if (route != NULL) row = (int)(route - server->options.routes);
    metrics_count(&server->metrics, row, exchange->status);
    metrics_time(&server->metrics, route != NULL ? route->lane : READ, took_us);
    id_base32(exchange->request_id, id);
    /* The pattern, and neither path nor query: those may hold what is nobody's business. */
    LOG(LOG_INFO, "request", LOG_TEXT("id", id), LOG_TEXT("method", exchange->method),
        LOG_TEXT("route", route != NULL ? route->path : (is_file ? "(file)" : "(none)")),
        LOG_INT("status", exchange->status), LOG_INT("us", took_us),
        LOG_TEXT("result", err_name(exchange->result)));
}

/* ---- the body ---- */
static enum MHD_Result
take_body(struct exchange *exchange, const char *part, size_t len)
{
    struct str *body = &exchange->request.body;
    int64_t took_us = clock_monotonic_us() - exchange->started_us;

    if (took_us > BODY_TIME_MAX_S * CLOCK_SECOND_US) return MHD_NO;
    if (exchange->body_too_large || body->len + len > exchange->body_max) {
        exchange->body_too_large = true;
        body->len += len;
        return body->len > exchange->body_max * DISCARD_TIMES ? MHD_NO : MHD_YES;
    }
    if (body->len + len > exchange->body_room) {
        size_t room = exchange->body_room == 0 ? BODY_ROOM_FIRST : exchange->body_room;
        while (room < body->len + len)
            room *= 2;
        exchange->body = realloc(exchange->body, room);
        ASSERT(exchange->body != NULL);
        exchange->body_room = room;
    }
    memcpy(exchange->body + body->len, part, len);
    body->at = exchange->body;
    body->len += len;
    return MHD_YES;
}

/* A length no one would wait for is answered before a byte of it is read. */
static bool
announces_too_much(const struct exchange *exchange)
{
    struct str text = http_header(&exchange->request, MHD_HTTP_HEADER_CONTENT_LENGTH);

    if (text.len == 0) return false;
    unsigned long long len = strtoull(text.at, NULL, 10);
    return len > exchange->body_max * DISCARD_TIMES;
}

static size_t
length_of(const struct exchange *exchange, const char *header)
{
    return http_header(&exchange->request, header).len;
}

/*
 * Whether there will be no room for a reply's head, which libmicrohttpd would answer by closing the
 * connection without a word. It keeps cookies twice.
 */
static bool
has_long_head(const struct exchange *exchange)
{
    const union MHD_ConnectionInfo *head =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    int headers = MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, NULL, NULL) +
                  MHD_get_connection_values(exchange->connection, MHD_COOKIE_KIND, NULL, NULL);
    size_t needed = REPLY_HEAD_MAX + HEADER_MEMORY * (size_t)headers +
                    length_of(exchange, MHD_HTTP_HEADER_COOKIE);

    return head != NULL && head->header_size + needed > CONNECTION_MEMORY;
}

/* ---- libmicrohttpd's calls ---- */
/* The request line is there. What it gives becomes *exchange of the calls below. */
static void *
on_request_line(void *arg, const char *target, struct MHD_Connection *connection)
{
    struct exchange *exchange = exchange_make(arg, connection);
    const char *query = strchr(target, '?');

    /* Copied now: libmicrohttpd cuts the query to pieces where it stands. */
    if (query != NULL) {
        exchange->request.raw_query = str_copy(&exchange->arena, str_of(query + 1));
    }
    return exchange;
}

static bool
read_method(const char *name, enum http_method *method)
{
    static const char *const names[] = {
        [GET] = "GET", [POST] = "POST", [PUT] = "PUT", [DELETE_] = "DELETE"};

    for (int i = 0; i < HTTP_METHODS; i++) {
        *method = (enum http_method)i;
        if (strcmp(name, names[i]) == 0) return true;
    }
    *method = GET; /* HEAD is a GET whose body libmicrohttpd leaves out */
    return strcmp(name, "HEAD") == 0;
}

static enum MHD_Result
on_headers(struct exchange *exchange, const char *path, const char *method_name)
{
    enum http_method method;

    bool known = read_method(method_name, &method);
    exchange->state = EXCHANGE_BODY;
    exchange->method = known ? method_name : "(other)"; /* it is logged */
    exchange->request.path = str_of(path);
    struct router_match match =
        router_find(&exchange->server->router, method, exchange->request.path);
    exchange->request.route = known ? match.route : NULL;
    exchange->methods = match.methods;
    memcpy(exchange->request.segment, match.segments, sizeof match.segments);
    exchange->body_max = JSON_BODY_MAX;
    if (match.route != NULL && match.route->body_max > 0) {
        exchange->body_max = match.route->body_max;
    }
    exchange->head_too_large = has_long_head(exchange);
    if (exchange_is_ambiguous(exchange)) {
        exchange->result = ERR_HTTP_MALFORMED;
    } else if (exchange->head_too_large || announces_too_much(exchange)) {
        exchange->result = ERR_BODY_TOO_LARGE;
    }
    if (exchange->result == OK) return MHD_YES;
    exchange->dispatched_us = clock_monotonic_us();
    return exchange_send(exchange);
}

static enum MHD_Result
on_request(void *arg, struct MHD_Connection *connection, const char *path, const char *method,
           const char *version, const char *body, size_t *body_len, void **context)
{
    struct exchange *exchange = *context;
    enum MHD_Result result = MHD_NO;

    (void)arg;
    (void)connection;
    (void)version;
    ASSERT(exchange->magic == EXCHANGE_MAGIC);
    switch (exchange->state) {
    case EXCHANGE_NEW:
        return on_headers(exchange, path, method);
    case EXCHANGE_BODY:
        if (*body_len == 0) {
            result = exchange_dispatch(exchange);
            break;
        }
        result = take_body(exchange, body, *body_len);
        *body_len = 0;
        return result;
    case EXCHANGE_WAITING:
        result = exchange_finish(exchange);
        break;
    case EXCHANGE_SENT:
        ASSERT(!"called again after the reply");
    }
    if (exchange->state == EXCHANGE_SENT && exchange->reply.stream && exchange->result == OK) {
        /* A stream lives long and needs nothing of this. */
        count(exchange);
        exchange_release(exchange);
        *context = NULL;
    }
    return result;
}

static void
on_completed(void *arg, struct MHD_Connection *connection, void **context,
             enum MHD_RequestTerminationCode how)
{
    struct exchange *exchange = *context;

    (void)arg;
    (void)connection;
    (void)how;
    if (exchange == NULL) return;
    *context = NULL;
    if (exchange->state == EXCHANGE_SENT) count(exchange);
    exchange_release(exchange);
}

/* Paths and queries stay as they were sent; request.c decodes what is asked for. */
static size_t
leave_escaped(void *arg, struct MHD_Connection *connection, char *text)
{
    (void)arg;
    (void)connection;
    return strlen(text);
}

/* ---- opening ---- */
/* "127.0.0.1:8080", "[::1]:0", ":8080": the host without brackets, and the port behind it. */
static bool
split_listen(const char *text, char host[static 128], const char **port)
{
    const char *colon = strrchr(text, ':');

    if (colon == NULL) return false;
    size_t len = (size_t)(colon - text);
    if (len >= 2 && text[0] == '[' && text[len - 1] == ']') {
        text++;
        len -= 2;
    }
    if (len >= 128 || colon[1] == '\0') return false;
    memcpy(host, text, len);
    host[len] = '\0';
    *port = colon + 1;
    return true;
}

static enum err
open_socket(struct ctx *ctx, const char *where, int *fd)
{
    struct addrinfo hints = {
        .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE};
    struct addrinfo *found = NULL;
    const char *port;
    char host[128];
    int yes = 1;

    if (!split_listen(where, host, &port)) {
        return fail(ctx, ERR_SETTING_WRONG, "listen: \"%s\" is not HOST:PORT", where);
    }
    int wrong = getaddrinfo(host[0] == '\0' ? NULL : host, port, &hints, &found);
    if (wrong != 0) {
        return fail(ctx, ERR_SETTING_WRONG, "listen: %s: %s", where, gai_strerror(wrong));
    }
    *fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool opened = *fd >= 0 && setsockopt(*fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                  bind(*fd, found->ai_addr, found->ai_addrlen) == 0 &&
                  listen(*fd, LISTEN_BACKLOG) == 0;
    freeaddrinfo(found);
    if (opened) return OK;
    if (*fd >= 0) close(*fd);
    *fd = -1;
    return fail(ctx, ERR_SETTING_WRONG, "cannot listen on %s", where);
}

static int
port_of(int fd)
{
    struct sockaddr_storage address = {0};
    socklen_t len = sizeof address;

    if (getsockname(fd, (struct sockaddr *)&address, &len) != 0) return 0;
    if (address.ss_family == AF_INET6) {
        return ntohs(((const struct sockaddr_in6 *)(const void *)&address)->sin6_port);
    }
    return ntohs(((const struct sockaddr_in *)(const void *)&address)->sin_port);
}

static enum err
start_daemon(struct ctx *ctx, struct http_server *server)
{
    const struct http_options *options = &server->options;
    int fd = -1;

    ASSERT(epoll_guard_is_used());
    TRY(open_socket(ctx, options->listen, &fd));
    server->port = port_of(fd);
    /* One thread more than one makes a pool; one alone is the daemon's own. */
    unsigned pool = options->threads > 1 ? (unsigned)options->threads : 0;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC, 0, NULL, NULL,
        on_request, server, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, pool,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)options->connections_max,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_TIMEOUT_S, MHD_OPTION_NOTIFY_COMPLETED,
        on_completed, server, MHD_OPTION_URI_LOG_CALLBACK, on_request_line, server,
        MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped, server, MHD_OPTION_STRICT_FOR_CLIENT, 1,
        MHD_OPTION_END);
    if (server->daemon != NULL) return OK;
    close(fd);
    return fail(ctx, ERR_SETTING_WRONG, "cannot serve on %s", options->listen);
}

static struct http_server *
make_server(const struct http_options *options)
{
    struct http_server *server = calloc(1, sizeof *server);

    ASSERT(server != NULL);
    ASSERT(options->route_count <= HTTP_ROUTES_MAX);
    server->options = *options;
    arena_open(&server->arena, SERVER_ARENA_MAX);
    pthread_mutex_init(&server->lock, NULL);
    ASSERT(pthread_key_create(&server->thread_key, NULL) == 0);
    router_open(&server->router, &server->arena, options->routes, options->route_count);
    files_open(&server->files, &server->arena, web_files, web_file_count);
    return server;
}

static enum err
start(struct ctx *ctx, struct http_server *server)
{
    const struct http_options *options = &server->options;

    TRY(workers_open(ctx, server, &server->workers));
    TRY(streams_open(ctx, options->stream_keepalive_s, &server->streams));
    TRY(live_feed_open(ctx, options->db_url, server->streams, &server->feed));
    return start_daemon(ctx, server);
}

enum err
http_open(struct ctx *ctx, const struct http_options *options, struct http_server **server)
{
    struct http_server *made = make_server(options);

    enum err err = start(ctx, made);
    if (err != OK) {
        http_close(made);
        return err;
    }
    *server = made;
    return OK;
}

/* ---- closing ---- */
/*
 * Every accepted request is done, however long the writer takes; a supervisor that cannot wait has
 * SIGKILL. Whoever reads their reply or stream too slowly is not waited for.
 */
static void
drain(struct http_server *server)
{
    streams_end(server->streams);
    while (server->waiting > 0)
        usleep(DRAIN_LOOK_US);
    int64_t until_us = clock_monotonic_us() + SEND_WAIT_MAX_S * CLOCK_SECOND_US;
    while (server->active > 0 || streams_count(server->streams) > 0) {
        if (clock_monotonic_us() > until_us) break;
        usleep(DRAIN_LOOK_US);
    }
}

void
http_stop(struct http_server *server)
{
    server->stopping = true;
    if (server->daemon == NULL) return;
    int fd = MHD_quiesce_daemon(server->daemon);
    if (fd >= 0) close(fd);
    drain(server);
    MHD_stop_daemon(server->daemon);
    server->daemon = NULL;
}

static void
free_thread(struct http_thread *thread)
{
    while (thread->spare != NULL) {
        struct exchange *exchange = thread->spare;

        thread->spare = exchange->next;
        arena_close(&exchange->arena);
        free(exchange);
    }
    reader_close(&thread->reader);
    free(thread);
}

void
http_close(struct http_server *server)
{
    http_stop(server);
    if (server->feed != NULL) live_feed_close(server->feed);
    if (server->streams != NULL) streams_close(server->streams);
    if (server->workers != NULL) workers_close(server->workers);
    while (server->threads != NULL) {
        struct http_thread *thread = server->threads;

        server->threads = thread->next;
        free_thread(thread);
    }
    files_close(&server->files);
    pthread_key_delete(server->thread_key);
    pthread_mutex_destroy(&server->lock);
    arena_close(&server->arena);
    free(server);
}

/* ---- what others ask ---- */
int
http_port(const struct http_server *server)
{
    return server->port;
}

bool
http_is_stopping(const struct http_server *server)
{
    return server->stopping;
}

void
http_publish(void *arg, const struct live_event *events, int event_count)
{
    struct http_server *server = arg;

    streams_publish(server->streams, events, event_count);
}

struct str
http_metrics(struct http_server *server, struct arena *arena)
{
    struct write_lane_figures lane = write_lane_read_figures(server->options.lane);
    const struct metrics_gauge gauges[] = {
        {"habitue_write_tasks_total", "counter", "Tasks the writer has run.", lane.tasks},
        {"habitue_write_batches_total", "counter", "Transactions they were run in.", lane.batches},
        {"habitue_write_waiting", "gauge", "Tasks waiting for the writer.", lane.waiting},
        {"habitue_write_refused_total", "counter", "Tasks refused by a full queue.", lane.refused},
        {"habitue_write_commit_failures_total", "counter", "Transactions that did not commit.",
         lane.commit_failures},
        {"habitue_write_commit_microseconds_total", "counter", "Time spent in commits.",
         lane.commit_us_total},
        {"habitue_streams", "gauge", "Live streams open.", streams_count(server->streams)},
        {"habitue_requests_active", "gauge", "Requests being answered.", server->active},
    };

    return metrics_text(&server->metrics, arena, server->options.routes,
                        server->options.route_count, gauges,
                        (int)(sizeof gauges / sizeof gauges[0]));
}
