/*
 * commands — what the program can be told to do, in one table (commands.c).
 *
 * main() reads the settings first: their flags (--db …) may stand anywhere behind the command's
 * name and are taken out of the arguments. Then it calls the command with what is left.
 */
#pragma once
#include "base/ctx.h"

struct command {
    const char *name;      /* "demo" */
    const char *arguments; /* for the help: "[--json]" */
    const char *summary;   /* one line for the help */
    bool keyed;            /* needs the server key, which is made when absent */
    /*
     * ctx holds memory, time, ids and settings, and no database: the command opens its own.
     * argv[0] is the command's name. Gives the program's exit status: 0 when all went well, 1 when
     * it did not, 2 when the arguments are wrong.
     */
    int (*run)(struct ctx *ctx, int argc, char **argv);
};

extern const struct command commands[];
extern const int command_count;

/* In commands.c. */
int cmd_help(struct ctx *ctx, int argc, char **argv);
int cmd_migrate(struct ctx *ctx, int argc, char **argv);
int cmd_version(struct ctx *ctx, int argc, char **argv);

/* Each in its own src/server/cmd_<name>.c. */
int cmd_audit(struct ctx *ctx, int argc, char **argv);
int cmd_backup(struct ctx *ctx, int argc, char **argv);
int cmd_demo(struct ctx *ctx, int argc, char **argv);
int cmd_key(struct ctx *ctx, int argc, char **argv);
int cmd_restore(struct ctx *ctx, int argc, char **argv);
int cmd_rewrite(struct ctx *ctx, int argc, char **argv);
int cmd_serve(struct ctx *ctx, int argc, char **argv);
int cmd_simulate(struct ctx *ctx, int argc, char **argv);
int cmd_simulate_order(struct ctx *ctx, int argc, char **argv);
int cmd_user(struct ctx *ctx, int argc, char **argv);
int cmd_verify(struct ctx *ctx, int argc, char **argv);
