/*
 * commands — the table of commands.h, and the small commands.
 *
 * To add one: write src/server/cmd_<name>.c, declare it in commands.h, add a row here.
 */
#include "server/commands.h"
#include "api/routes_print.h"
#include "db/db.h"
#include "db/migrate.h"
#include "server/cmd.h"
#include "server/settings.h"
#include "server/version.h"
#include <stdio.h>

/* clang-format off */
const struct command commands[] = {
    {"serve",    "",                  "serves the API, the live streams and the web apps",       .keyed = true, .run = cmd_serve},
    {"demo",     "[--json] [--history]", "fills an empty database with shops to play with; with sixty days behind them",         .keyed = true, .run = cmd_demo},
    {"migrate",  "",                  "brings the database's schema up to date",                 .run = cmd_migrate},
    {"audit",    "",                  "rebuilds every balance from the ledger and compares",     .run = cmd_audit},
    {"verify",   "[--json]",          "makes every seal over the ledger anew and compares",      .run = cmd_verify},
    {"backup",   "FILE",              "writes the whole database into one file, while it is used", .run = cmd_backup},
    {"restore",  "FILE [--journal FILE]", "fills an empty database from a backup, erases whom the journal names, and audits it", .run = cmd_restore},
    {"rewrite",  "",                  "writes an SQLite file anew: no trace is left of who was erased", .run = cmd_rewrite},
    {"key",      "list|add|remove", "API keys",                                                .keyed = true, .run = cmd_key},
    {"user",     "list|add",      "team members",                                            .keyed = true, .run = cmd_user},
    {"simulate", "pos",             "plays a shop's real orders through a running server",     .run = cmd_simulate},
    {"help",     "[settings|routes]", "this list, the settings, or the API's addresses",         .run = cmd_help},
    {"version",  "",                  "prints the version",                                      .run = cmd_version},
};
/* clang-format on */
const int command_count = sizeof commands / sizeof commands[0];

int
cmd_migrate(struct ctx *ctx, int argc, char **argv)
{
    int ran = 0;

    if (!cmd_read_flags(argc, argv, NULL, 0, NULL, 0)) return CMD_WRONG_USAGE;
    enum err err = db_open(ctx, ctx->settings->db, DB_READ_WRITE, &ctx->db);
    if (err == OK) err = migrate_run(ctx, &ran);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, "migrate");
    printf("%d migrations ran; %d in all\n", ran, migration_count);
    return CMD_OK;
}

int
cmd_help(struct ctx *ctx, int argc, char **argv)
{
    const char *about = "";
    bool as_json = false;
    const struct cmd_flag flags[] = {{.name = "--json", .given = &as_json}};

    (void)ctx;
    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), &about, 1)) return CMD_WRONG_USAGE;
    if (strcmp(about, "settings") == 0) {
        settings_print();
        return CMD_OK;
    }
    if (strcmp(about, "routes") == 0) {
        (as_json ? routes_print_json : routes_print)(stdout);
        return CMD_OK;
    }
    printf("habitue COMMAND [SETTINGS]\n\n");
    for (int i = 0; i < command_count; i++) {
        char line[64];

        snprintf(line, sizeof line, "%s %s", commands[i].name, commands[i].arguments);
        printf("  %-28s %s\n", line, commands[i].summary);
    }
    printf("\n`habitue help settings` lists the settings, such as --db and --listen.\n");
    return CMD_OK;
}

int
cmd_version(struct ctx *ctx, int argc, char **argv)
{
    (void)ctx;
    if (!cmd_read_flags(argc, argv, NULL, 0, NULL, 0)) return CMD_WRONG_USAGE;
    printf("habitue %s\n", HABITUE_VERSION);
    return CMD_OK;
}
