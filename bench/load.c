/*
 * load — asks a server to accumulate points, on many connections, and measures how long it takes.
 *
 * load --host 127.0.0.1 --port P --key TOKEN --location loc_… --first-account NUMBER --accounts N
 *      --first-order NUMBER --orders N --connections N --seconds S --rate R
 *
 * Accounts have neighbouring ids, from the first on; each request takes one of them at random, with
 * a random idempotency key, as many separate programs would send it. With --orders 0 it tells the
 * points; otherwise an order, each of them once, and the load ends with the last one. With rate 0
 * each connection asks again as soon as it was answered; otherwise requests become due R times a
 * second, and a late one's time counts from when it was due. One thread; prints one line of JSON.
 */
#include "base/clock.h"
#include "base/ids.h"
#include "measure.h"
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

enum {
    CONNECTIONS_MAX = 4096,
    EVENTS_MAX = 256,
    REPLY_MAX = 8192,
    REQUEST_MAX = 1024,
    POLL_MS = 50
};
#define ALARM UINT32_MAX /* in place of a connection's number */

struct connection {
    int fd;
    int64_t due_us; /* of the request under way; 0: idle */
    char reply[REPLY_MAX];
    size_t reply_len;
};

static struct load {
    const char *host, *key, *location;
    int64_t port, first_account, accounts, connection_count, seconds, rate;
    int64_t first_order, orders;
    struct connection *connections;
    int idle[CONNECTIONS_MAX], idle_count;
    int epoll, alarm;
    uint64_t random;
    int64_t begun_us, until_us, sent, failed;
    struct latencies latencies;
    char first_failure[200];
} load;

static uint64_t
draw(void)
{
    uint64_t z = load.random += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* What is accumulated: "points":7, or "order_id":"ord_…". */
static void
write_what(char *what, size_t size)
{
    char order[14] = {0};

    if (load.orders == 0) {
        snprintf(what, size, "\"points\":%d", 1 + (int)(draw() % 20));
        return;
    }
    id_base32(load.first_order + load.sent, order);
    snprintf(what, size, "\"order_id\":\"ord_%s\"", order);
    if (load.sent + 1 == load.orders) load.until_us = clock_monotonic_us();
}

/* The last order is asked for: what is under way is waited for, and nothing else is sent. */
static bool
has_more(int64_t now_us)
{
    return now_us < load.until_us && (load.orders == 0 || load.sent < load.orders);
}

static void
send_request(int which, int64_t due_us)
{
    struct connection *connection = &load.connections[which];
    char account[14] = {0}, what[40], body[300], request[REQUEST_MAX];
    int64_t id = load.first_account + (int64_t)(draw() % (uint64_t)load.accounts);

    id_base32(id, account);
    write_what(what, sizeof what);
    int body_len = snprintf(body, sizeof body,
                            "{\"accumulate_points\":{%s},\"location_id\":\"%s\","
                            "\"idempotency_key\":\"%016" PRIx64 "%016" PRIx64 "\"}",
                            what, load.location, draw(), draw());
    int len = snprintf(request, sizeof request,
                       "POST /v2/loyalty/accounts/acc_%s/accumulate HTTP/1.1\r\n"
                       "Host: %s:%" PRId64 "\r\nAuthorization: Bearer %s\r\n"
                       "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
                       account, load.host, load.port, load.key, body_len, body);
    if (len >= REQUEST_MAX) give_up("the request is too long");

    connection->due_us = due_us;
    connection->reply_len = 0;
    load.sent++;
    /* A request is far smaller than a socket's buffer, and only one is under way. */
    if (write(connection->fd, request, (size_t)len) != len) give_up("a request could not be sent");
}

static void
note_reply(const struct connection *connection, int64_t now_us)
{
    latencies_add(&load.latencies, now_us - connection->due_us);
    if (memcmp(connection->reply, "HTTP/1.1 200", 12) == 0) return;
    if (load.failed++ == 0) {
        snprintf(load.first_failure, sizeof load.first_failure, "%.*s",
                 (int)sizeof load.first_failure - 1, connection->reply);
    }
}

static void
read_reply(int which)
{
    struct connection *connection = &load.connections[which];
    ssize_t got = read(connection->fd, connection->reply + connection->reply_len,
                       REPLY_MAX - 1 - connection->reply_len);

    if (got <= 0) give_up("the server closed a connection");
    connection->reply_len += (size_t)got;
    connection->reply[connection->reply_len] = '\0';
    if (!reply_is_whole(connection->reply, connection->reply_len)) {
        if (connection->reply_len == REPLY_MAX - 1) give_up("a reply is too long");
        return;
    }
    int64_t now_us = clock_monotonic_us();
    note_reply(connection, now_us);
    connection->due_us = 0;
    if (load.rate == 0 && has_more(now_us)) {
        send_request(which, now_us);
    } else {
        load.idle[load.idle_count++] = which;
    }
}

/* Wakes epoll_wait, finer than its milliseconds. */
static void
set_alarm(int64_t wait_us)
{
    struct itimerspec when = {
        .it_value = {.tv_sec = wait_us / 1000000, .tv_nsec = wait_us % 1000000 * 1000},
    };

    if (timerfd_settime(load.alarm, 0, &when, NULL) != 0) give_up("timerfd_settime");
}

static void
quiet_alarm(void)
{
    uint64_t times;

    if (read(load.alarm, &times, sizeof times) != sizeof times) give_up("the alarm");
}

/* At a fixed rate: sends what has become due, as far as connections are free. */
static void
send_due(int64_t *next)
{
    while (load.rate > 0 && load.idle_count > 0) {
        int64_t due_us = load.begun_us + *next * 1000000 / load.rate;
        int64_t wait_us = due_us - clock_monotonic_us();

        if (due_us >= load.until_us || !has_more(load.begun_us)) return;
        if (wait_us > 0) {
            set_alarm(wait_us);
            return;
        }
        send_request(load.idle[--load.idle_count], due_us);
        ++*next;
    }
}

static void
watch(int fd, uint32_t which)
{
    struct epoll_event event = {.events = EPOLLIN, .data.u32 = which};

    if (epoll_ctl(load.epoll, EPOLL_CTL_ADD, fd, &event) != 0) give_up("epoll_ctl");
}

static void
open_connections(void)
{
    load.connections = calloc((size_t)load.connection_count, sizeof *load.connections);
    load.epoll = epoll_create1(0);
    load.alarm = timerfd_create(CLOCK_MONOTONIC, 0);
    if (load.connections == NULL || load.epoll < 0 || load.alarm < 0) give_up("opening");
    watch(load.alarm, ALARM);
    for (int i = 0; i < (int)load.connection_count; i++) {
        load.connections[i].fd = connect_to(load.host, (int)load.port);
        watch(load.connections[i].fd, (uint32_t)i);
        load.idle[load.idle_count++] = i;
    }
}

static void
run(void)
{
    struct epoll_event events[EVENTS_MAX];
    int64_t next = 0;

    load.begun_us = clock_monotonic_us();
    load.until_us = load.begun_us + load.seconds * 1000000;
    while (load.rate == 0 && load.idle_count > 0 && has_more(load.begun_us)) {
        send_request(load.idle[--load.idle_count], clock_monotonic_us());
    }
    while (clock_monotonic_us() < load.until_us || load.idle_count < load.connection_count) {
        send_due(&next);
        int count = epoll_wait(load.epoll, events, EVENTS_MAX, POLL_MS);

        if (count < 0 && errno != EINTR) give_up("epoll_wait");
        for (int i = 0; i < count; i++) {
            if (events[i].data.u32 == ALARM) {
                quiet_alarm();
            } else {
                read_reply((int)events[i].data.u32);
            }
        }
    }
}

int
main(int argc, char **argv)
{
    load.host = arg_text(argc, argv, "--host");
    load.key = arg_text(argc, argv, "--key");
    load.location = arg_text(argc, argv, "--location");
    load.port = arg_number(argc, argv, "--port");
    load.first_account = arg_number(argc, argv, "--first-account");
    load.accounts = arg_number(argc, argv, "--accounts");
    load.first_order = arg_number(argc, argv, "--first-order");
    load.orders = arg_number(argc, argv, "--orders");
    load.connection_count = arg_number(argc, argv, "--connections");
    load.seconds = arg_number(argc, argv, "--seconds");
    load.rate = arg_number(argc, argv, "--rate");
    if (load.connection_count < 1 || load.connection_count > CONNECTIONS_MAX)
        give_up("connections");
    load.random = (uint64_t)clock_now_us() ^ ((uint64_t)getpid() << 40);

    open_connections();
    run();
    int64_t took_us = clock_monotonic_us() - load.begun_us;
    if (load.failed > 0) fprintf(stderr, "first failure: %s\n", load.first_failure);
    printf("{\"requests\":%" PRId64 ",\"failed\":%" PRId64 ",\"per_s\":%" PRId64
           ",\"p50_us\":%u,\"p99_us\":%u,\"max_us\":%u}\n",
           load.sent, load.failed, load.sent * 1000000 / took_us,
           latencies_percentile(&load.latencies, 500), latencies_percentile(&load.latencies, 990),
           latencies_percentile(&load.latencies, 1000));
    return load.failed > 0;
}
