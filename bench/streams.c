/*
 * streams — holds many live streams of one tablet open, sends orders through the feed, and measures
 * how long each takes to reach the streams.
 *
 * streams --host 127.0.0.1 --port P --token dev_… --streams N --orders N --feed-path /hooks/feed/…
 *         --feed-secret TEXT --establishment TEXT --register TEXT
 *
 * When all streams are open it prints "open" and waits for a line on standard input, so that
 * somebody can look at the server's memory. Then it prints one line of JSON. One thread.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/hash.h"
#include "measure.h"
#include <inttypes.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EVENTS_MAX = 512, BYTES_MAX = 16384, MESSAGE_MAX = 1024, PATIENCE_US = 10000000 };

/* Searches a text in bytes that arrive in pieces. The texts do not begin again within themselves,
 * but for their first byte. */
struct search {
    const char *wanted;
    size_t found; /* so many bytes of it */
};

struct stream {
    int fd;
    bool open; /* its headers are read */
    struct search search;
    int64_t reached_us; /* when the order under way came; 0: not yet */
};

static const char headers_end[] = "\r\n\r\n";
static const char order_event[] = "event: order\n";

static struct arena arena;
static struct stream *streams;
static int64_t stream_count;
static int epoll;

static bool
search_passes(struct search *search, char byte)
{
    if (byte != search->wanted[search->found]) search->found = 0;
    if (byte == search->wanted[search->found]) search->found++;
    if (search->wanted[search->found] != '\0') return false;
    search->found = 0;
    return true;
}

/* Gives how many streams got what they waited for. */
static int
read_stream(struct stream *stream)
{
    char bytes[BYTES_MAX];
    ssize_t got = read(stream->fd, bytes, sizeof bytes);
    int reached = 0;

    if (got <= 0) give_up("the server closed a stream");
    for (ssize_t i = 0; i < got; i++) {
        if (!search_passes(&stream->search, bytes[i])) continue;
        if (!stream->open) {
            stream->open = true;
            stream->search = (struct search){.wanted = order_event};
            reached = 1;
        } else if (stream->reached_us == 0) {
            stream->reached_us = clock_monotonic_us();
            reached = 1;
        }
    }
    return reached;
}

/* Reads until so many streams got what they waited for. */
static void
wait_for(int64_t wanted)
{
    struct epoll_event events[EVENTS_MAX];
    int64_t until_us = clock_monotonic_us() + PATIENCE_US;

    while (wanted > 0) {
        int count = epoll_wait(epoll, events, EVENTS_MAX, 1000);

        for (int i = 0; i < count; i++)
            wanted -= read_stream(&streams[events[i].data.u32]);
        if (clock_monotonic_us() > until_us) give_up("the streams did not get it in time");
    }
}

static void
open_streams(const char *host, int port, const char *token)
{
    char request[MESSAGE_MAX];
    int len = snprintf(request, sizeof request,
                       "GET /v2/tablet/stream HTTP/1.1\r\nHost: %s:%d\r\n"
                       "Accept: text/event-stream\r\nAuthorization: Bearer %s\r\n\r\n",
                       host, port, token);

    streams = calloc((size_t)stream_count, sizeof *streams);
    epoll = epoll_create1(0);
    if (streams == NULL || epoll < 0) give_up("opening");
    for (int64_t i = 0; i < stream_count; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = (uint32_t)i};

        streams[i] = (struct stream){
            .fd = connect_to(host, port),
            .search = {.wanted = headers_end},
        };
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, streams[i].fd, &event) != 0) give_up("epoll_ctl");
        if (write(streams[i].fd, request, (size_t)len) != len) give_up("a stream's request");
    }
    wait_for(stream_count);
}

struct till {
    const char *host, *path, *secret, *establishment, *reg;
    int port, fd;
};

static void
send_order(const struct till *till)
{
    struct str now = clock_format(&arena, clock_now_us());
    struct str body = str_format(
        &arena,
        "{\"event\":\"closed\",\"sale_id\":\"bench-%" PRId64 "\",\"closed_at\":\"%.*s\","
        "\"sent_at\":\"%.*s\",\"establishment\":\"%s\",\"register\":\"%s\",\"currency\":\"EUR\","
        "\"total\":1250,\"tip\":0,\"tax\":65,\"lines\":[]}",
        clock_now_us(), STR_ARG(now), STR_ARG(now), till->establishment, till->reg);
    uint8_t signature[HASH_LEN];

    hash_hmac(str_of(till->secret), body, STR(""), signature);
    struct str request =
        str_format(&arena,
                   "POST %s HTTP/1.1\r\nHost: %s:%d\r\nContent-Type: application/json\r\n"
                   "X-Habitue-Signature: %.*s\r\nContent-Length: %zu\r\n\r\n%.*s",
                   till->path, till->host, till->port,
                   STR_ARG(hash_hex(&arena, signature, HASH_LEN)), body.len, STR_ARG(body));
    if (write(till->fd, request.at, request.len) != (ssize_t)request.len) give_up("an order");
    arena_reset(&arena);
}

static void
read_receipt(const struct till *till)
{
    char reply[BYTES_MAX];
    size_t len = 0;

    do {
        ssize_t got = read(till->fd, reply + len, sizeof reply - 1 - len);
        if (got <= 0) give_up("the receipt of an order");
        len += (size_t)got;
        reply[len] = '\0';
    } while (!reply_is_whole(reply, len));
    if (strncmp(reply, "HTTP/1.1 200", 12) != 0) give_up(reply);
}

static void
measure_orders(const struct till *till, int64_t orders)
{
    struct latencies each = {0}, last = {0};

    for (int64_t order = 0; order < orders; order++) {
        int64_t sent_us = clock_monotonic_us();
        int64_t latest_us = sent_us;

        for (int64_t i = 0; i < stream_count; i++)
            streams[i].reached_us = 0;
        send_order(till);
        wait_for(stream_count);
        read_receipt(till);
        for (int64_t i = 0; i < stream_count; i++) {
            latencies_add(&each, streams[i].reached_us - sent_us);
            if (streams[i].reached_us > latest_us) latest_us = streams[i].reached_us;
        }
        latencies_add(&last, latest_us - sent_us);
    }
    printf("{\"streams\":%" PRId64 ",\"orders\":%" PRId64
           ",\"p50_us\":%u,\"p99_us\":%u,\"last_p50_us\":%u,\"last_max_us\":%u}\n",
           stream_count, orders, latencies_percentile(&each, 500), latencies_percentile(&each, 990),
           latencies_percentile(&last, 500), latencies_percentile(&last, 1000));
}

int
main(int argc, char **argv)
{
    struct till till = {
        .host = arg_text(argc, argv, "--host"),
        .port = (int)arg_number(argc, argv, "--port"),
        .path = arg_text(argc, argv, "--feed-path"),
        .secret = arg_text(argc, argv, "--feed-secret"),
        .establishment = arg_text(argc, argv, "--establishment"),
        .reg = arg_text(argc, argv, "--register"),
    };
    struct rlimit files;

    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    arena_open(&arena, ARENA_REQUEST_MAX);
    stream_count = arg_number(argc, argv, "--streams");
    till.fd = connect_to(till.host, till.port);
    open_streams(till.host, till.port, arg_text(argc, argv, "--token"));

    printf("open\n");
    fflush(stdout);
    if (getchar() == EOF) return 1;
    measure_orders(&till, arg_number(argc, argv, "--orders"));
    arena_close(&arena);
    return 0;
}
