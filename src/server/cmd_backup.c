/* cmd_backup — `habitue backup`, `restore` and `rewrite`: the whole database in one file, back, and
 * written anew. */
#include "base/clock.h"
#include "base/settings.h"
#include "core/people/erasure.h"
#include "db/backup.h"
#include "db/db.h"
#include "db/migrate.h"
#include "db/rewrite.h"
#include "jobs/erasure_file.h"
#include "server/cmd.h"
#include "server/cmd_audit.h"
#include "server/commands.h"
#include "server/replay.h"
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

enum { PROGRESS_US = 250000 };

/* Those whose traces go. */
struct rewriting {
    struct erasure *erasures;
    int count;
};

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

/* Who was erased since the backup was made is in it, and must not come back. */
static int
erase_again(struct ctx *ctx, const char *journal)
{
    struct replay_figures figures = {0};

    enum err err = replay_erasures(ctx, journal, &figures);
    cmd_close_db(ctx);
    if (err != OK) {
        return cmd_tell(ctx, err,
                        "restored, with people in it who were erased since: do not use "
                        "this database; empty it, and restore again");
    }
    if (figures.journal < 0) {
        printf("There is no journal at %s. Whoever was erased after this backup was made is back:\n"
               "restore again with --journal FILE, if there is a copy.\n",
               journal);
        return CMD_OK;
    }
    printf("Erased again %" PRId64 " of %" PRId64 " customers: %" PRId64 " erasures in %s\n",
           figures.erased, figures.looked_at, figures.journal, journal);
    return CMD_OK;
}

/* The audit then looks at what was restored as at any database. */
int
cmd_restore(struct ctx *ctx, int argc, char **argv)
{
    const char *journal = NULL, *words[1] = {NULL};
    const struct cmd_flag flags[] = {{.name = "--journal", .into = &journal}};
    struct backup_figures figures = {0};

    if (!cmd_read_flags(argc, argv, CMD_FLAGS(flags), words, 1)) return CMD_WRONG_USAGE;
    if (words[0] == NULL) {
        fputs("habitue restore FILE [--journal FILE] --db …   (into an empty database)\n", stderr);
        return CMD_WRONG_USAGE;
    }
    if (journal != NULL && !erasure_file_exists(journal)) {
        fprintf(stderr, "habitue: there is no journal at %s; nothing was restored\n", journal);
        return CMD_FAILED;
    }
    enum err err = restore(ctx, words[0], &figures);
    if (err != OK) {
        cmd_close_db(ctx);
        return cmd_tell(ctx, err, "nothing was restored");
    }
    print_figures(ctx, "Restored", words[0], &figures);
    int status = erase_again(ctx, journal != NULL ? journal : ctx->settings->erasure_file);
    return status == CMD_OK ? cmd_audit_print(ctx) : status;
}

/* ---- the file without traces ---- */

static enum err
mark_rewritten(struct ctx *ctx, void *arg)
{
    const struct rewriting *rewriting = arg;

    return erasure_done(ctx, ERASURE_TO_REWRITE, rewriting->erasures, rewriting->count);
}

static enum err
rewrite(struct ctx *ctx, struct rewriting *rewriting)
{
    TRY(cmd_open_db(ctx));
    TRY(erasure_list(ctx, ERASURE_TO_REWRITE, INT_MAX, &rewriting->erasures, &rewriting->count));
    TRY(rewrite_database(ctx));
    return db_tx(ctx, mark_rewritten, rewriting);
}

int
cmd_rewrite(struct ctx *ctx, int argc, char **argv)
{
    struct rewriting rewriting = {0};

    if (!cmd_read_flags(argc, argv, NULL, 0, NULL, 0)) return CMD_WRONG_USAGE;
    enum err err = rewrite(ctx, &rewriting);
    cmd_close_db(ctx);
    if (err != OK) return cmd_tell(ctx, err, "the database was not rewritten");
    printf("The database's file was written anew, without the %d customers erased since it last "
           "was.\n",
           rewriting.count);
    return CMD_OK;
}
