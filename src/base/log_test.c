/* log_test — a log line is one JSON object, whatever is in it. */
#include "base/json.h"
#include "base/log.h"
#include "support/test.h"
#include <pthread.h>
#include <unistd.h>

/* Standard error, caught in a pipe while a test logs. */
static int caught[2], kept_stderr;

static void
catch_stderr(void)
{
    EXPECT_INT(0, pipe(caught));
    kept_stderr = dup(STDERR_FILENO);
    dup2(caught[1], STDERR_FILENO);
}

static struct str
caught_text(void)
{
    static char text[65536];

    dup2(kept_stderr, STDERR_FILENO);
    close(kept_stderr);
    close(caught[1]);
    size_t len = 0;
    for (ssize_t got; (got = read(caught[0], text + len, sizeof text - len)) > 0;)
        len += (size_t)got;
    close(caught[0]);
    return (struct str){text, len};
}

TEST(an_event_is_one_line_of_json_with_its_fields)
{
    struct arena arena;
    struct ctx ctx = {.arena = &arena};
    json_t *root;

    catch_stderr();
    LOG(LOG_WARN, "checkpoint slow", LOG_TEXT("file", "a\"b\n\xff"), LOG_INT("us", -7));
    struct str line = caught_text();

    arena_open(&arena, 1 << 20);
    EXPECT_TRUE(line.len > 0 && line.at[line.len - 1] == '\n');
    EXPECT_TRUE(memchr(line.at, '\n', line.len) == line.at + line.len - 1);
    EXPECT_OK(json_parse(&ctx, line, &root));
    EXPECT_STR("warn", json_string_value(json_object_get(root, "level")));
    EXPECT_STR("checkpoint slow", json_string_value(json_object_get(root, "event")));
    EXPECT_STR("a\"b\n\xEF\xBF\xBD", json_string_value(json_object_get(root, "file")));
    EXPECT_INT(-7, json_integer_value(json_object_get(root, "us")));
    arena_close(&arena);
}

TEST(what_is_below_the_level_is_left_out)
{
    catch_stderr();
    LOG(LOG_DEBUG, "unseen", LOG_INT("n", 1));
    log_set_level(LOG_ERROR);
    LOG(LOG_WARN, "unseen", LOG_INT("n", 1));
    log_set_level(LOG_INFO);
    EXPECT_STR("", caught_text());
}

static void *
log_some(void *arg)
{
    (void)arg;
    for (int i = 0; i < 50; i++)
        LOG(LOG_INFO, "tick", LOG_INT("i", i), LOG_TEXT("text", "some words to make it longer"));
    return NULL;
}

TEST(lines_of_several_threads_do_not_mix)
{
    pthread_t threads[4];
    int lines = 0;

    catch_stderr();
    for (int i = 0; i < 4; i++)
        EXPECT_INT(0, pthread_create(&threads[i], NULL, log_some, NULL));
    for (int i = 0; i < 4; i++)
        pthread_join(threads[i], NULL);
    struct str text = caught_text();
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] != '\n') continue;
        lines++;
        EXPECT_TRUE(i + 1 == text.len || text.at[i + 1] == '{');
        EXPECT_TRUE(text.at[i - 1] == '}');
    }
    EXPECT_INT(200, lines);
}

TESTS(RUN(an_event_is_one_line_of_json_with_its_fields), RUN(what_is_below_the_level_is_left_out),
      RUN(lines_of_several_threads_do_not_mix))
