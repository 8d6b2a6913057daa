/* main — finds the command, reads the settings, runs it. */
#include "base/clock.h"
#include "base/log.h"
#include "server/cmd.h"
#include "server/commands.h"
#include "server/settings.h"
#include <signal.h>
#include <stdio.h>

enum { COMMAND_ARENA_MAX = 64 << 20 };

static const struct command *
find_command(const char *name)
{
    for (int i = 0; i < command_count; i++) {
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    }
    return NULL;
}

static int
run(struct ctx *ctx, struct settings *settings, int argc, char **argv)
{
    const char *name = argc > 0 ? argv[0] : "help";

    /* What many programs answer to. */
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    if (strcmp(name, "--version") == 0) name = "version";
    const struct command *command = find_command(name);
    if (command == NULL) {
        fprintf(stderr, "habitue: there is no command %s; see `habitue help`\n", name);
        return CMD_WRONG_USAGE;
    }
    enum err err = command->keyed ? settings_read_key(ctx, settings) : OK;
    if (err != OK) return cmd_tell(ctx, err, command->name);
    return command->run(ctx, argc, argv);
}

int
main(int argc, char **argv)
{
    struct settings settings;
    struct id_source ids = {0};
    struct arena arena;
    struct ctx ctx = {.arena = &arena, .ids = &ids, .settings = &settings};
    int status = CMD_WRONG_USAGE;

    /* A reader that went away is told by write's error, where we look at it. */
    signal(SIGPIPE, SIG_IGN);
    arena_open(&arena, COMMAND_ARENA_MAX);
    ctx.now_us = clock_now_us();
    argc--;
    argv++;
    enum err err = settings_read(&ctx, &argc, argv, &settings);
    if (err == OK) {
        ids.node = (int)settings.node;
        log_set_level((enum log_level)settings.log_level);
        status = run(&ctx, &settings, argc, argv);
    } else {
        cmd_tell(&ctx, err, "settings");
    }
    arena_close(&arena);
    return status;
}
