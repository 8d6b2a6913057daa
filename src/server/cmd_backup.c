/* cmd_backup — `habitue backup` and `habitue restore`: the whole database in one file and back. */
#include "base/clock.h"
#include "base/settings.h"
#include "db/backup.h"
#include "db/db.h"
#include "db/migrate.h"
#include "server/cmd.h"
#include "server/cmd_audit.h"
#include "server/commands.h"
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { PROGRESS_US = 250000 };

struct progress {
    int64_t shown_us;
};

/* One line that is written over; nothing when nobody looks. */
static void
show(void *self, const struct backup_figures *figures)
{
    struct progress *progress = self;
    int64_t now_us = clock_monotonic_us();
    bool last = figures->table == NULL;

    if (!isatty(STDERR_FILENO) || (!last && now_us - progress->shown_us < PROGRESS_US)) return;
    progress->shown_us = now_us;
    fprintf(stderr, "\r%-30s %12" PRId64 " rows%s", last ? "" : figures->table, figures->rows,
            last ? "\n" : "");
}

static void
print_figures(struct ctx *ctx, const char *verb, const char *path,
              const struct backup_figures *figures)
{
    printf("%s %s: %" PRId64 " rows of %" PRId64 " tables, %" PRId64 " bytes, as of %.*s\n", verb,
           path, figures->rows, figures->tables, figures->file_len,
           STR_ARG(clock_format(ctx->arena, figures->made_us)));
}

static enum err
backup(struct ctx *ctx, const char *path, struct backup_figures *figures)
{
    struct progress progress = {0};
    const struct backup_watch watch = {show, &progress};

    TRY(db_open(ctx, ctx->settings->db, DB_READ_ONLY, &ctx->db));
    TRY(migrate_check(ctx));
    TRY(backup_write(ctx, path, &watch, figures));
    /* A backup is good when it can be read; the disk may not have kept what it was given. */
    return backup_verify(ctx, path, &watch, figures);
}

int
cmd_backup(struct ctx *ctx, int argc, char **argv)
{
    struct backup_figures figures = {0};
    const char *words[1] = {NULL};

    if (!cmd_read_flags(argc, argv, NULL, 0, words, 1)) return CMD_WRONG_USAGE;
    if (words[0] == NULL) {
        fputs("habitue backup FILE --db …\n", stderr);
        return CMD_WRONG_USAGE;
    }
    enum err err = backup(ctx, words[0], &figures);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, "the backup was not made");
    print_figures(ctx, "Wrote and read again", words[0], &figures);
    printf("It holds personal data. The server key is not in it: keep a copy of that, too.\n");
    return CMD_OK;
}

static enum err
restore(struct ctx *ctx, const char *path, struct backup_figures *figures)
{
    struct progress progress = {0};
    const struct backup_watch watch = {show, &progress};

    TRY(db_open(ctx, ctx->settings->db, DB_READ_WRITE, &ctx->db));
    return backup_restore(ctx, path, &watch, figures);
}

/* The audit then looks at what was restored as at any database. */
int
cmd_restore(struct ctx *ctx, int argc, char **argv)
{
    struct backup_figures figures = {0};
    const char *words[1] = {NULL};

    if (!cmd_read_flags(argc, argv, NULL, 0, words, 1)) return CMD_WRONG_USAGE;
    if (words[0] == NULL) {
        fputs("habitue restore FILE --db …   (into an empty database)\n", stderr);
        return CMD_WRONG_USAGE;
    }
    enum err err = restore(ctx, words[0], &figures);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, "nothing was restored");
    print_figures(ctx, "Restored", words[0], &figures);
    return cmd_audit_print(ctx);
}
