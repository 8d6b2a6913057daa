/* http_client_test — asked of a peer on this machine that answers as each test needs. */
#include "net/http_client.h"
#include "support/test.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* A peer that takes one connection, reads what comes first, says one thing and hangs up. */
struct peer {
    const char *says;
    int listener;
    pthread_t thread;
    char heard[2048];
    char url[64];
};

static struct arena arena;

static void *
answer_once(void *arg)
{
    struct peer *peer = arg;
    int fd = accept(peer->listener, NULL, NULL);

    if (fd < 0) return NULL;
    ssize_t len = read(fd, peer->heard, sizeof peer->heard - 1);
    peer->heard[len > 0 ? len : 0] = '\0';
    for (size_t said = 0; said < strlen(peer->says);) {
        ssize_t put = send(fd, peer->says + said, strlen(peer->says) - said, MSG_NOSIGNAL);
        if (put <= 0) break;
        said += (size_t)put;
    }
    close(fd);
    return NULL;
}

/* Listens on a port that the system chooses. */
static void
peer_open(struct peer *peer, const char *says)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;

    *peer = (struct peer){.says = says, .listener = socket(AF_INET, SOCK_STREAM, 0)};
    EXPECT_INT(0, bind(peer->listener, (struct sockaddr *)&address, len));
    EXPECT_INT(0, getsockname(peer->listener, (struct sockaddr *)&address, &len));
    EXPECT_INT(0, listen(peer->listener, 1));
    snprintf(peer->url, sizeof peer->url, "http://127.0.0.1:%d/x", ntohs(address.sin_port));
    EXPECT_INT(0, pthread_create(&peer->thread, NULL, answer_once, peer));
}

static void
peer_close(struct peer *peer)
{
    pthread_join(peer->thread, NULL);
    close(peer->listener);
}

static enum err
ask(const struct http_ask *ask, struct http_answer *answer)
{
    struct ctx ctx = {.arena = &arena};
    struct http_client *client;

    arena_open(&arena, 16 << 20);
    EXPECT_OK(http_client_open(&ctx, &client));
    enum err err = http_client_send(&ctx, client, ask, answer);
    http_client_close(client);
    return err;
}

TEST(an_answer_of_any_status_is_an_answer)
{
    struct peer peer;
    struct http_answer answer;

    peer_open(&peer, "HTTP/1.1 418 I'm a teapot\r\nContent-Length: 5\r\n\r\nshort");
    EXPECT_OK(ask(&(struct http_ask){.method = "POST",
                                     .url = peer.url,
                                     .body = STR("{\"a\":1}"),
                                     .headers = {"X-Habitue-Signature: abc"}},
                  &answer));
    peer_close(&peer);
    EXPECT_INT(418, answer.status);
    EXPECT_STR("short", answer.body);
    EXPECT_TRUE(strncmp(peer.heard, "POST /x HTTP/1.1\r\n", 18) == 0);
    EXPECT_TRUE(strstr(peer.heard, "X-Habitue-Signature: abc\r\n") != NULL);
    EXPECT_TRUE(strstr(peer.heard, "\r\n\r\n{\"a\":1}") != NULL);
    arena_close(&arena);
}

TEST(a_peer_that_hangs_up_is_unreachable)
{
    struct peer peer;
    struct http_answer answer;

    peer_open(&peer, "");
    EXPECT_ERR(ERR_PEER_UNREACHABLE,
               ask(&(struct http_ask){.method = "GET", .url = peer.url}, &answer));
    peer_close(&peer);
    arena_close(&arena);
}

TEST(a_port_where_nobody_listens_is_unreachable)
{
    struct peer peer;
    struct http_answer answer;

    peer_open(&peer, "");
    shutdown(peer.listener, SHUT_RDWR);
    peer_close(&peer);
    EXPECT_ERR(ERR_PEER_UNREACHABLE,
               ask(&(struct http_ask){.method = "GET", .url = peer.url}, &answer));
    arena_close(&arena);
}

TEST(a_reply_that_is_too_long_is_refused)
{
    static char says[HTTP_CLIENT_REPLY_MAX + 4096];
    struct peer peer;
    struct http_answer answer;
    int len = snprintf(says, sizeof says, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");

    memset(says + len, 'x', sizeof says - 1 - (size_t)len);
    peer_open(&peer, says);
    EXPECT_ERR(ERR_PEER_UNREACHABLE,
               ask(&(struct http_ask){.method = "GET", .url = peer.url}, &answer));
    peer_close(&peer);
    arena_close(&arena);
}

TESTS(RUN(an_answer_of_any_status_is_an_answer), RUN(a_peer_that_hangs_up_is_unreachable),
      RUN(a_port_where_nobody_listens_is_unreachable), RUN(a_reply_that_is_too_long_is_refused))
