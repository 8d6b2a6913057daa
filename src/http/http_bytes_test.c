/* http_bytes_test — bodies, bytes that are no request, bounds and the end, over a bare socket. */
#include "support/served_routes.h"
#include "support/test.h"
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* ---- bodies ---- */
TEST(a_body_is_json_and_says_so)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served,
               "POST /facts HTTP/1.1\r\n" HOST AUTH
               "Content-Type: text/plain\r\nContent-Length: 12\r\n\r\n{\"name\":\"a\"}",
               &reply);
    served_expect_error(&reply, 400, "MEDIA_TYPE");
    served_ask(served,
               "POST /facts HTTP/1.1\r\n" HOST AUTH
               "Content-Type: Application/JSON; charset=utf-8\r\nContent-Length: 12\r\n\r\n"
               "{\"name\":\"a\"}",
               &reply);
    EXPECT_INT(200, reply.status);
    served_post(served, "/facts", "{\"name\":", &reply);
    served_expect_error(&reply, 400, "JSON_MALFORMED");
    served_post(served, "/facts", "{\"nom\":\"a\"}", &reply);
    served_expect_error(&reply, 400, "FIELD_UNKNOWN");
    EXPECT_TRUE(strstr(reply.body, "\"field\":\"nom\"") != NULL);
    served_post(served, "/facts", "", &reply);
    served_expect_error(&reply, 400, "FIELD_REQUIRED");
    served_close(served);
}

TEST(a_body_over_the_limit_is_refused_early)
{
    struct served *served = served_start(0);
    struct reply reply;
    char request[512];

    /* Announced far too large: answered before a byte of it is sent. */
    served_ask(served,
               "POST /tiny HTTP/1.1\r\n" HOST AUTH
               "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n",
               &reply);
    served_expect_error(&reply, 413, "BODY_TOO_LARGE");
    /* A little too large: read, thrown away, answered, and the connection is good for more. */
    snprintf(request, sizeof request,
             "POST /tiny HTTP/1.1\r\n" HOST AUTH
             "Content-Type: application/json\r\nContent-Length: 60\r\n\r\n%60s"
             "GET /show HTTP/1.1\r\n" HOST AUTH "\r\n",
             "x");
    int fd = served_connect(served);
    served_send(fd, request);
    served_read(fd, &reply);
    served_expect_error(&reply, 413, "BODY_TOO_LARGE");
    served_read(fd, &reply);
    EXPECT_INT(200, reply.status);
    close(fd);
    served_close(served);
}

TEST(a_body_may_come_in_pieces)
{
    struct served *served = served_start(0);
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
    struct served *served = served_start(0);
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

TEST(a_body_whose_end_can_be_read_in_two_ways_is_refused)
{
    static const char *const heads[] = {
        "Content-Length: 2\r\nContent-Length: 40\r\n",
        "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Content-Length : 2\r\n",
    };
    struct served *served = served_start(0);
    struct reply reply;
    char request[512];

    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        int fd = served_connect(served);

        snprintf(request, sizeof request,
                 "POST /show HTTP/1.1\r\n" HOST AUTH "%s\r\n"
                 "2\r\n{}\r\n0\r\n\r\nGET /show HTTP/1.1\r\n" HOST AUTH "\r\n",
                 heads[i]);
        served_send(fd, request);
        served_read(fd, &reply);
        served_expect_error(&reply, 400, "HTTP_MALFORMED");
        /* What follows is not taken for a request. */
        served_read(fd, &reply);
        EXPECT_INT(0, reply.status);
        close(fd);
    }
    served_close(served);
}

/* A request whose head has a cookie of so many bytes. */
static void
ask_with_cookie(struct served *served, int cookie_len, struct reply *reply)
{
    char request[20000];

    int len = snprintf(request, sizeof request, "GET /show HTTP/1.1\r\n" HOST AUTH "Cookie: a=");
    memset(request + len, 'x', (size_t)cookie_len);
    strcpy(request + len + cookie_len, "\r\n\r\n");
    served_ask(served, request, reply);
}

TEST(a_head_that_does_not_fit_is_refused_with_a_word)
{
    struct served *served = served_start(0);
    struct reply reply;
    int silent = 0;
    int fits = 0;

    for (int cookie_len = 1000; cookie_len < 4000; cookie_len += 50) {
        ask_with_cookie(served, cookie_len, &reply);
        if (reply.status == 200) fits = cookie_len;
        if (reply.status == 0) silent++;
        EXPECT_TRUE(reply.status == 0 || reply.status == 200 || reply.status == 413 ||
                    reply.status == 431);
    }
    EXPECT_TRUE(fits >= 2000);
    EXPECT_TRUE(silent <= 3); /* the few bytes where not even a refusal fits */
    ask_with_cookie(served, 15000, &reply);
    EXPECT_TRUE(reply.status == 0 || reply.status == 431);
    ask_with_cookie(served, 100, &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

TEST(requests_sent_at_once_are_answered_in_order)
{
    struct served *served = served_start(0);
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

/* ---- bounds, and the end ---- */
TEST(a_lock_out_says_when_to_come_back)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /locked HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_expect_error(&reply, 429, "PAIRING_LOCKED");
    EXPECT_STR("77", served_header(&reply, "Retry-After"));
    EXPECT_TRUE(strstr(reply.body, "RATE_LIMIT_ERROR") != NULL);
    served_close(served);
}

TEST(a_full_queue_is_told_with_retry_after)
{
    struct served *served = served_start(2);
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
        served_expect_error(&reply, 503, "BUSY");
        EXPECT_STR("1", served_header(&reply, "Retry-After"));
    }
    EXPECT_INT(12, done + busy);
    EXPECT_TRUE(busy > 0);
    EXPECT_INT(done, served_facts(served));
    served_close(served);
}

TEST(closing_answers_what_was_accepted)
{
    struct served *served = served_start(0);
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

TEST(closing_does_not_wait_for_who_hung_up_while_waiting)
{
    static const char body[] = "{\"name\":\"n\",\"wait_ms\":40}";
    const struct linger reset = {.l_onoff = 1};
    struct served *served = served_start(0);
    char request[512];

    snprintf(request, sizeof request,
             "POST /facts HTTP/1.1\r\n" HOST AUTH
             "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s",
             strlen(body), body);
    for (int i = 0; i < 8; i++) {
        int fd = served_connect(served);

        served_send(fd, request);
        usleep(5000);
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(fd);
    }
    http_stop(served->http); /* comes back */
    served_close(served);
}

TESTS(RUN(a_body_is_json_and_says_so), RUN(a_body_over_the_limit_is_refused_early),
      RUN(a_body_may_come_in_pieces), RUN(malformed_http_is_refused_and_the_server_lives),
      RUN(a_body_whose_end_can_be_read_in_two_ways_is_refused),
      RUN(a_head_that_does_not_fit_is_refused_with_a_word),
      RUN(requests_sent_at_once_are_answered_in_order), RUN(a_lock_out_says_when_to_come_back),
      RUN(a_full_queue_is_told_with_retry_after), RUN(closing_answers_what_was_accepted),
      RUN(closing_does_not_wait_for_who_hung_up_while_waiting))
