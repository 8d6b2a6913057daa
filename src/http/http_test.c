/* http_test — lanes, who asks, addresses and repeats. See http.h; bytes are in http_bytes_test.c.
 */
#include "support/served_routes.h"
#include "support/test.h"
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- lanes ---- */
TEST(a_read_is_answered_at_once)
{
    struct served *served = served_start(0);
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
    struct served *served = served_start(0);
    struct reply reply;

    served_post(served, "/facts", "{\"name\":\"a\"}", &reply);
    EXPECT_INT(200, reply.status);
    EXPECT_STR("{\"name\":\"a\",\"seq\":1}", reply.body);
    EXPECT_INT(1, served_facts(served));
    served_close(served);
}

TEST(a_refused_write_leaves_nothing_and_names_the_field)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_post(served, "/facts", "{\"name\":\"refused\"}", &reply);
    served_expect_error(&reply, 400, "POINTS_SHORT");
    EXPECT_TRUE(strstr(reply.body, "\"field\":\"name\"") != NULL);
    EXPECT_INT(0, served_facts(served));
    served_post(served, "/facts", "{\"name\":\"counted\"}", &reply);
    served_expect_error(&reply, 400, "PAIRING_CODE_WRONG");
    EXPECT_INT(1, served_facts(served)); /* KEEP */
    served_close(served);
}

TEST(slow_work_comes_before_the_queue)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_post(served, "/slow", "{\"name\":\"unprepared\"}", &reply);
    served_expect_error(&reply, 401, "SIGN_IN_WRONG");
    EXPECT_INT(0, served_facts(served));
    served_close(served);
}

TEST(a_reply_that_outgrows_its_memory_is_an_error)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /grow HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_expect_error(&reply, 413, "BODY_TOO_LARGE");
    served_close(served);
}

TEST(a_body_in_pieces_arrives_whole_and_may_be_kept)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /pieces HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    EXPECT_INT(200, reply.status);
    EXPECT_STR("0123456789abcdefghijABCDE", reply.body);
    EXPECT_STR("25", served_header(&reply, "Content-Length"));
    EXPECT_STR("text/plain", served_header(&reply, "Content-Type"));
    EXPECT_STR("\"e1\"", served_header(&reply, "ETag"));
    EXPECT_STR("private, max-age=31536000, immutable", served_header(&reply, "Cache-Control"));
    EXPECT_STR("inline", served_header(&reply, "Content-Disposition"));
    EXPECT_STR("nosniff", served_header(&reply, "X-Content-Type-Options"));
    EXPECT_STR("default-src 'none'; frame-ancestors 'none'",
               served_header(&reply, "Content-Security-Policy"));
    served_ask(served, "GET /pieces HTTP/1.1\r\n" HOST AUTH "If-None-Match: \"e1\"\r\n\r\n",
               &reply);
    EXPECT_INT(304, reply.status);
    EXPECT_INT(0, reply.body_len);
    EXPECT_STR("\"e1\"", served_header(&reply, "ETag"));
    served_ask(served, "GET /pieces HTTP/1.1\r\n" HOST AUTH "If-None-Match: \"e2\"\r\n\r\n",
               &reply);
    EXPECT_INT(200, reply.status);
    EXPECT_INT(25, reply.body_len);
    served_close(served);
}

TEST(a_body_whose_piece_is_lost_ends_too_soon)
{
    struct served *served = served_start(0);
    char seen[4096] = "";
    size_t len = 0;

    int fd = served_connect(served);
    served_send(fd, "GET /torn HTTP/1.1\r\n" HOST AUTH "\r\n");
    for (ssize_t got; (got = read(fd, seen + len, sizeof seen - len - 1)) > 0;)
        len += (size_t)got;
    EXPECT_TRUE(strstr(seen, "Content-Length: 25\r\n") != NULL);
    EXPECT_STR("0123456789abcdefghij", strstr(seen, "\r\n\r\n") + 4);
    close(fd);
    served_close(served);
}

TEST(a_report_that_takes_too_long_is_stopped)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /forever HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_expect_error(&reply, 503, "TIMED_OUT");
    EXPECT_INT(0, served_facts(served)); /* and the worker goes on */
    served_close(served);
}

/* ---- who asks ---- */
TEST(nobody_and_the_wrong_one_are_refused)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_expect_error(&reply, 401, "UNAUTHENTICATED");
    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "Authorization: Bearer bad\r\n\r\n", &reply);
    served_expect_error(&reply, 401, "UNAUTHENTICATED");
    EXPECT_TRUE(strstr(reply.body, "AUTHENTICATION_ERROR") != NULL);
    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "Authorization: Bearer weak\r\n\r\n", &reply);
    served_expect_error(&reply, 403, "FORBIDDEN");
    served_ask(served, "GET /guarded HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    served_expect_error(&reply, 403, "FORBIDDEN");
    served_close(served);
}

TEST(a_cookie_reads_but_changes_only_with_the_pages_token)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /show HTTP/1.1\r\n" HOST "Cookie: habitue_session=good\r\n\r\n",
               &reply);
    EXPECT_INT(200, reply.status);
    served_ask(served, "POST /show HTTP/1.1\r\n" HOST "Cookie: habitue_session=good\r\n\r\n",
               &reply);
    served_expect_error(&reply, 403, "CSRF");
    served_ask(served,
               "POST /show HTTP/1.1\r\n" HOST
               "Cookie: habitue_session=good\r\nX-Habitue-CSRF: page\r\n\r\n",
               &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

TEST(with_two_cookies_the_request_is_whose_it_can_be)
{
    struct served *served = served_start(0);
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
    served_expect_error(&reply, 403, "FORBIDDEN");
    served_close(served);
}

TEST(a_proxys_word_on_the_callers_address_counts_only_when_there_is_a_proxy)
{
    static const char request[] =
        "GET /show HTTP/1.1\r\n" HOST AUTH "X-Forwarded-For: 6.6.6.6, 203.0.113.9\r\n\r\n";
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, request, &reply);
    EXPECT_TRUE(strstr(reply.body, "\"remote\":\"127.0.0.1\"") != NULL);
    served_close(served);
    served = served_start_behind_proxy();
    served_ask(served, request, &reply);
    EXPECT_TRUE(strstr(reply.body, "\"remote\":\"203.0.113.9\"") != NULL);
    /* Some proxies add a header instead of adding to the one that they were sent. */
    served_ask(served,
               "GET /show HTTP/1.1\r\n" HOST AUTH
               "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n",
               &reply);
    EXPECT_TRUE(strstr(reply.body, "\"remote\":\"203.0.113.9\"") != NULL);
    served_close(served);
}

TEST(a_caller_is_known_by_the_network_that_they_cannot_choose)
{
    static const struct {
        const char *address, *remote;
    } cases[] = {
        {"2001:db8:1:2:3:4:5:6", "\"remote\":\"2001:db8:1:2::\""},
        {"2001:db8:1:2:ffff::1", "\"remote\":\"2001:db8:1:2::\""},
        {"::ffff:203.0.113.9", "\"remote\":\"203.0.113.9\""},
        {"unknown", "\"remote\":\"unknown\""},
    };
    struct served *served = served_start_behind_proxy();
    struct reply reply;
    char request[256];

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        snprintf(request, sizeof request,
                 "GET /show HTTP/1.1\r\n" HOST AUTH "X-Forwarded-For: %s\r\n\r\n",
                 cases[i].address);
        served_ask(served, request, &reply);
        EXPECT_TRUE(strstr(reply.body, cases[i].remote) != NULL);
    }
    served_close(served);
}

/* ---- addresses ---- */
TEST(an_unknown_address_and_an_unknown_method_differ)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /nowhere HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_expect_error(&reply, 404, "PATH_UNKNOWN");
    served_ask(served, "DELETE /show HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    served_expect_error(&reply, 405, "METHOD_UNKNOWN");
    EXPECT_STR("GET, HEAD, POST", served_header(&reply, "Allow"));
    served_ask(served, "PATCH /show HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    served_expect_error(&reply, 405, "METHOD_UNKNOWN");
    served_ask(served, "GET /show/ HTTP/1.1\r\n" HOST AUTH "\r\n", &reply);
    served_expect_error(&reply, 404, "PATH_UNKNOWN");
    served_close(served);
}

TEST(paths_and_queries_are_read)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_ask(served, "GET /things/bad HTTP/1.1\r\n" HOST "\r\n", &reply);
    served_expect_error(&reply, 400, "ID_MALFORMED");
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
    struct served *served = served_start(0);
    char seen[4096] = "";
    size_t len = 0;

    int fd = served_connect(served);
    served_send(fd, "HEAD /show HTTP/1.1\r\n" HOST AUTH "Connection: close\r\n\r\n");
    for (ssize_t got; (got = read(fd, seen + len, sizeof seen - len - 1)) > 0;)
        len += (size_t)got;
    EXPECT_TRUE(strstr(seen, "HTTP/1.1 200") == seen);
    EXPECT_TRUE(strstr(seen, "Content-Length: ") != NULL);
    EXPECT_STR("\r\n\r\n", seen + len - 4);
    close(fd);
    served_close(served);
}

TEST(a_repeated_request_is_given_the_kept_reply)
{
    struct served *served = served_start(0);
    struct reply first, again;

    served_post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\"}", &first);
    EXPECT_INT(200, first.status);
    served_post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\"}", &again);
    EXPECT_INT(200, again.status);
    EXPECT_STR(first.body, again.body);
    EXPECT_STR("application/json", served_header(&again, "Content-Type"));
    EXPECT_INT(1, served_facts(served));
    served_close(served);
}

TEST(a_key_used_for_another_request_is_refused)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\"}", &reply);
    served_post(served, "/facts", "{\"name\":\"b\",\"idempotency_key\":\"k1\"}", &reply);
    served_expect_error(&reply, 400, "IDEMPOTENCY_KEY_REUSED");
    EXPECT_TRUE(strstr(reply.body, "\"field\":\"idempotency_key\"") != NULL);
    EXPECT_INT(1, served_facts(served));
    served_close(served);
}

TEST(a_refusal_is_not_kept)
{
    struct served *served = served_start(0);
    struct reply reply;

    served_post(served, "/facts", "{\"name\":\"refused\",\"idempotency_key\":\"k1\"}", &reply);
    EXPECT_INT(400, reply.status);
    served_post(served, "/facts", "{\"name\":\"b\",\"idempotency_key\":\"k1\"}", &reply);
    EXPECT_INT(200, reply.status);
    served_close(served);
}

static void *
post_once(void *arg)
{
    struct served *served = arg;
    struct reply *reply = calloc(1, sizeof *reply);

    served_post(served, "/facts", "{\"name\":\"a\",\"idempotency_key\":\"k1\",\"wait_ms\":5}",
                reply);
    return reply;
}

TEST(the_same_request_from_many_at_once_is_done_once)
{
    struct served *served = served_start(0);
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
    EXPECT_INT(1, served_facts(served));
    served_close(served);
}

TEST(metrics_count_by_pattern)
{
    struct served *served = served_start(0);
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
      RUN(a_body_in_pieces_arrives_whole_and_may_be_kept),
      RUN(a_body_whose_piece_is_lost_ends_too_soon), RUN(a_report_that_takes_too_long_is_stopped),
      RUN(nobody_and_the_wrong_one_are_refused),
      RUN(a_cookie_reads_but_changes_only_with_the_pages_token),
      RUN(with_two_cookies_the_request_is_whose_it_can_be),
      RUN(a_proxys_word_on_the_callers_address_counts_only_when_there_is_a_proxy),
      RUN(a_caller_is_known_by_the_network_that_they_cannot_choose),
      RUN(an_unknown_address_and_an_unknown_method_differ), RUN(paths_and_queries_are_read),
      RUN(head_gives_the_head_alone), RUN(a_repeated_request_is_given_the_kept_reply),
      RUN(a_key_used_for_another_request_is_refused), RUN(a_refusal_is_not_kept),
      RUN(the_same_request_from_many_at_once_is_done_once), RUN(metrics_count_by_pattern))
