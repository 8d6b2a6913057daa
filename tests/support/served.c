/* served — see served.h. */
#include "support/served.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { WAIT_MAX_MS = 8000 };

static void
publish(void *arg, const struct live_event *events, int count)
{
    struct served *served = arg;
    struct http_server *http = served->listener;

    if (http != NULL) http_publish(http, events, count);
}

struct served *
served_open(const struct served_options *options)
{
    struct served *served = calloc(1, sizeof *served);

    signal(SIGPIPE, SIG_IGN);
    served->w = world_open();
    const struct write_lane_options lane = {
        .db_url = served->w.url,
        .queue_max = options->queue_max > 0 ? options->queue_max : 1000,
        .listener = publish,
        .listener_self = served,
    };
    ASSERT(write_lane_open(&served->w.ctx, &lane, &served->lane) == OK);
    const struct http_options http = {
        .listen = "127.0.0.1:0",
        .db_url = served->w.url,
        .routes = options->routes,
        .route_count = options->route_count,
        .authenticate = options->authenticate,
        .lane = served->lane,
        .ids = served->w.ctx.ids,
        .settings = served->w.ctx.settings,
        .threads = 2,
        .report_threads = 2,
        .report_ms = 500,
        .connections_max = options->connections_max > 0 ? options->connections_max : 200,
        .stream_keepalive_s = 1,
        .behind_proxy = options->behind_proxy,
    };
    ASSERT(http_open(&served->w.ctx, &http, &served->http) == OK);
    served->listener = served->http;
    return served;
}

void
served_close(struct served *served)
{
    http_stop(served->http);
    write_lane_close(served->lane);
    http_close(served->http);
    world_close(&served->w);
    free(served);
}

/* ---- the client ---- */
int
served_connect(struct served *served)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t)http_port(served->http))};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ASSERT(fd >= 0);
    ASSERT(connect(fd, (struct sockaddr *)&to, sizeof to) == 0);
    return fd;
}

void
served_send(int fd, const char *text)
{
    size_t len = strlen(text);

    while (len > 0) {
        ssize_t sent = write(fd, text, len);
        if (sent <= 0) return; /* the server closed: its reply tells why */
        text += sent;
        len -= (size_t)sent;
    }
}

/* Reads up to `room` bytes; 0 at the end, or when nothing comes for long. */
static size_t
read_some(int fd, char *into, size_t room)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};

    if (poll(&ready, 1, WAIT_MAX_MS) <= 0) return 0;
    ssize_t got = read(fd, into, room);
    return got > 0 ? (size_t)got : 0;
}

const char *
served_header(const struct reply *reply, const char *name)
{
    static _Thread_local char value[512];

    for (const char *line = reply->head; line != NULL; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        size_t len = strlen(name);
        if (strncasecmp(line, name, len) != 0 || line[len] != ':') continue;
        const char *start = line + len + 1 + strspn(line + len + 1, " ");
        snprintf(value, sizeof value, "%.*s", (int)strcspn(start, "\r\n"), start);
        return value;
    }
    return "";
}

void
served_read(int fd, struct reply *reply)
{
    size_t len = 0;

    *reply = (struct reply){0};
    /* Byte by byte: what follows the reply is the next one's. */
    while (len + 1 < sizeof reply->head && strstr(reply->head, "\r\n\r\n") == NULL) {
        if (read_some(fd, reply->head + len, 1) == 0) return;
        len++;
    }
    sscanf(reply->head, "HTTP/1.1 %d", &reply->status);
    size_t wanted = strtoul(served_header(reply, "Content-Length"), NULL, 10);
    ASSERT(wanted < sizeof reply->body);
    while (reply->body_len < wanted) {
        size_t got = read_some(fd, reply->body + reply->body_len, wanted - reply->body_len);
        if (got == 0) return;
        reply->body_len += got;
    }
}

void
served_ask(struct served *served, const char *request, struct reply *reply)
{
    int fd = served_connect(served);

    served_send(fd, request);
    served_read(fd, reply);
    close(fd);
}

/* Reads a line's number in base 16, and the line's end. */
static bool
read_chunk_size(int fd, size_t *size)
{
    char line[32] = "";

    for (size_t len = 0; strstr(line, "\r\n") == NULL; len++) {
        if (len + 1 == sizeof line || read_some(fd, line + len, 1) == 0) return false;
    }
    *size = strtoul(line, NULL, 16);
    return *size > 0;
}

/* Reads a little more of the body; false: there is none. */
static bool
read_chunked(int fd, struct chunked *seen)
{
    char line_end[2];

    while (strstr(seen->head, "\r\n\r\n") == NULL) {
        if (seen->head_len + 1 == sizeof seen->head) return false;
        if (read_some(fd, seen->head + seen->head_len, 1) == 0) return false;
        seen->head_len++;
    }
    if (seen->left == 0 && !read_chunk_size(fd, &seen->left)) return false;
    size_t room = sizeof seen->text - 1 - seen->text_len;
    size_t got = read_some(fd, seen->text + seen->text_len, seen->left < room ? seen->left : room);
    if (got == 0) return false;
    seen->text_len += got;
    seen->text[seen->text_len] = '\0';
    seen->left -= got;
    if (seen->left > 0) return true;
    return read_some(fd, line_end, 1) == 1 && read_some(fd, line_end + 1, 1) == 1;
}

bool
served_await(int fd, const char *text, struct chunked *seen)
{
    int64_t until_us = clock_monotonic_us() + WAIT_MAX_MS * INT64_C(1000);
    size_t half = sizeof seen->text / 2;

    while (strstr(seen->text, text) == NULL) {
        if (seen->text_len + 4096 > sizeof seen->text) {
            memmove(seen->text, seen->text + half, seen->text_len - half + 1);
            seen->text_len -= half;
        }
        if (clock_monotonic_us() > until_us || !read_chunked(fd, seen)) return false;
    }
    return true;
}
