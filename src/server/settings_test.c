/* settings_test — see settings.h. */
#include "base/log.h"
#include "server/settings.h"
#include "support/test.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARGS_MAX = 8 };

static struct arena arena;
static struct ctx ctx;
static struct settings settings;
static char folder[256];
static char *args[ARGS_MAX + 1];
static int arg_count;

/* Reads settings from these arguments, with an empty environment but for what a test sets. */
static enum err
read_args(const char *first, const char *second, const char *third, const char *fourth)
{
    const char *given[] = {first, second, third, fourth, NULL};

    arena_close(&arena);
    arena_open(&arena, ARENA_REQUEST_MAX);
    ctx = (struct ctx){.arena = &arena};
    for (arg_count = 0; given[arg_count] != NULL; arg_count++) {
        args[arg_count] = str_z(&arena, str_of(given[arg_count]));
    }
    args[arg_count] = NULL;
    return settings_read(&ctx, &arg_count, args, &settings);
}

static char *
write_file(const char *name, const char *text)
{
    static char path[512];

    snprintf(folder, sizeof folder, "%s/settings.XXXXXX",
             getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    ASSERT(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (text == NULL) return path;
    FILE *file = fopen(path, "w");
    ASSERT(file != NULL);
    fputs(text, file);
    fclose(file);
    return path;
}

static void
remove_file(const char *path)
{
    unlink(path);
    rmdir(folder);
}

TEST(settings_have_defaults)
{
    EXPECT_OK(read_args("serve", NULL, NULL, NULL));
    EXPECT_STR("sqlite:habitue.db", settings.db);
    EXPECT_STR("habitue.db.key", settings.key_file);
    EXPECT_INT(4096, settings.queue_max);
    EXPECT_INT(LOG_INFO, settings.log_level);
}

TEST(flags_are_taken_out_of_the_arguments)
{
    EXPECT_OK(read_args("--queue-max=77", "demo", "--log-level", "warn"));
    EXPECT_INT(1, arg_count);
    EXPECT_STR("demo", args[0]);
    EXPECT_INT(77, settings.queue_max);
    EXPECT_INT(LOG_WARN, settings.log_level);
    EXPECT_OK(read_args("key", "--json", "--merchant", "mer_1")); /* not ours */
    EXPECT_INT(4, arg_count);
}

TEST(a_flag_wins_over_the_environment_and_that_over_the_file)
{
    char *path = write_file("a.conf", "# a shop\n\nqueue_max = 100\nbatch-max=7\nnode = 3\n");

    setenv("HABITUE_QUEUE_MAX", "200", 1);
    setenv("HABITUE_BATCH_MAX", "20", 1);
    EXPECT_OK(read_args("--config-file", path, "--queue-max", "300"));
    EXPECT_INT(300, settings.queue_max);
    EXPECT_INT(20, settings.batch_max);
    EXPECT_INT(3, settings.node);
    unsetenv("HABITUE_QUEUE_MAX");
    unsetenv("HABITUE_BATCH_MAX");
    remove_file(path);
}

TEST(a_wrong_setting_is_named)
{
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--queue-max", "many", NULL, NULL));
    EXPECT_TRUE(strstr(ctx.detail, "queue_max") != NULL);
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--node", "1024", NULL, NULL));
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--node", "-1", NULL, NULL));
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--node", "99999999999999999999", NULL, NULL));
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--node", NULL, NULL, NULL));
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--log-level", "loud", NULL, NULL));
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--config-file", "/nowhere/at/all", NULL, NULL));
    char *path = write_file("b.conf", "quue_max = 1\n");
    EXPECT_ERR(ERR_SETTING_WRONG, read_args("--config-file", path, NULL, NULL));
    EXPECT_TRUE(strstr(ctx.detail, "quue_max") != NULL);
    remove_file(path);
}

TEST(the_server_key_is_made_once_and_for_its_owner_alone)
{
    char *path = write_file("server.key", NULL);
    struct stat made;

    EXPECT_OK(read_args("--key-file", path, NULL, NULL));
    EXPECT_OK(settings_read_key(&ctx, &settings));
    EXPECT_INT(0, stat(path, &made));
    EXPECT_INT(0600, made.st_mode & 0777);
    struct settings again = settings;
    memset(again.server_key, 0, sizeof again.server_key);
    EXPECT_OK(settings_read_key(&ctx, &again));
    EXPECT_INT(0, memcmp(again.server_key, settings.server_key, sizeof again.server_key));
    remove_file(path);
}

TEST(a_key_file_that_is_none_is_refused)
{
    char *path = write_file("server.key", "not a key\n");

    EXPECT_OK(read_args("--key-file", path, NULL, NULL));
    EXPECT_ERR(ERR_SETTING_WRONG, settings_read_key(&ctx, &settings));
    remove_file(path);
    EXPECT_OK(read_args("--key-file", "/nowhere/at/all", NULL, NULL));
    EXPECT_ERR(ERR_FILE_FAILED, settings_read_key(&ctx, &settings));
}

TESTS(RUN(settings_have_defaults), RUN(flags_are_taken_out_of_the_arguments),
      RUN(a_flag_wins_over_the_environment_and_that_over_the_file), RUN(a_wrong_setting_is_named),
      RUN(the_server_key_is_made_once_and_for_its_owner_alone),
      RUN(a_key_file_that_is_none_is_refused))
