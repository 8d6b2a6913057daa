/* rewrite — see rewrite.h. */
#include "db/rewrite.h"
#include "base/settings.h"
#include "db/db.h"
#include "db/engine.h"
#include <errno.h>
#include <sys/stat.h>

/* A large file's copy does not fit into memory. */
static const char write_anew[] = "PRAGMA temp_store = FILE;"
                                 "VACUUM;";

/* The log still has the pages as they were before. */
static enum err
empty_log(struct ctx *ctx)
{
    struct db_rows *rows = engine_stream(ctx, "PRAGMA wal_checkpoint(TRUNCATE)");
    bool emptied = db_next(rows) && db_col_int(rows, 0) == 0;

    TRY(db_done(rows));
    return emptied ? OK : fail(ctx, ERR_DB_BUSY, "the log is being read");
}

enum err
rewrite_database(struct ctx *ctx)
{
    struct db *before = ctx->db;

    enum err err = db_open(ctx, ctx->settings->db, DB_READ_WRITE, &ctx->db);
    if (err == OK) {
        if (db_engine_of(ctx->db) == DB_SQLITE) {
            err = db_run_script(ctx, write_anew);
            if (err == OK) err = empty_log(ctx);
        }
        db_close(ctx->db);
    }
    ctx->db = before;
    return err;
}

enum err
rewrite_size(struct ctx *ctx, int64_t *size)
{
    struct stat file;

    *size = 0;
    if (db_engine_of(ctx->db) != DB_SQLITE) return OK;
    if (stat(db_place(ctx->db), &file) != 0) {
        return fail(ctx, ERR_FILE_FAILED, "%s: %s", db_place(ctx->db), strerror(errno));
    }
    *size = file.st_size;
    return OK;
}
