/*
 * measure — what the measuring programs share: "--name value" arguments, a connection, percentiles.
 *
 * In a header, because each program of bench/ is one file for the Makefile.
 */
#pragma once
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* Prints what went wrong and ends the program. */
_Noreturn static inline void
give_up(const char *what)
{
    fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* The value behind a name on the command line. */
static inline const char *
arg_text(int argc, char **argv, const char *name)
{
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], name) == 0) return argv[i + 1];
    }
    fprintf(stderr, "bench: %s is missing\n", name);
    exit(2);
}

static inline int64_t
arg_number(int argc, char **argv, const char *name)
{
    return strtoll(arg_text(argc, argv, name), NULL, 10);
}

static inline int
connect_to(const char *host, int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int on = 1;

    if (fd < 0) give_up("socket");
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1)
        give_up("the host is not an IPv4 address");
    if (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) give_up("connect");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

/* Whether a reply with Content-Length is there to its end. */
static inline bool
reply_is_whole(const char *reply, size_t len)
{
    const char *end = strstr(reply, "\r\n\r\n");
    if (end == NULL) return false;
    const char *length = strstr(reply, "\r\nContent-Length:");
    size_t body_len = length == NULL || length > end ? 0 : strtoul(length + 17, NULL, 10);
    return len >= (size_t)(end + 4 - reply) + body_len;
}

/* A time for each request, in microseconds. */
struct latencies {
    uint32_t *at;
    size_t count, room;
};

static inline void
latencies_add(struct latencies *latencies, int64_t us)
{
    if (latencies->count == latencies->room) {
        latencies->room = latencies->room == 0 ? 1 << 16 : latencies->room * 2;
        latencies->at = realloc(latencies->at, latencies->room * sizeof *latencies->at);
        if (latencies->at == NULL) give_up("there is no memory");
    }
    latencies->at[latencies->count++] = us > UINT32_MAX ? UINT32_MAX : (uint32_t)us;
}

static inline int
compare_latencies(const void *a, const void *b)
{
    uint32_t left = *(const uint32_t *)a, right = *(const uint32_t *)b;

    return (left > right) - (left < right);
}

/* The one that per_mille of them do not pass; 0 when there are none. */
static inline uint32_t
latencies_percentile(struct latencies *latencies, int per_mille)
{
    if (latencies->count == 0) return 0;
    qsort(latencies->at, latencies->count, sizeof *latencies->at, compare_latencies);
    return latencies->at[(latencies->count - 1) * (size_t)per_mille / 1000];
}
