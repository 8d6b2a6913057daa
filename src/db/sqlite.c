/* sqlite — the embedded engine. See engine.h. */
#include "db/engine.h"
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <unistd.h>

struct sqlite_db {
    struct db db; /* first: the two have one address */
    sqlite3 *connection;
};

struct sqlite_rows {
    struct db_rows rows; /* first */
    sqlite3_stmt *statement;
    int arg_count;
    /* SQLite numbers "$2, $1" by first appearance, so $i+1 is its parameter index[i]. */
    uint8_t index[DB_ARGS_MAX];
};

static sqlite3 *
connection_of(const struct db *db)
{
    return ((const struct sqlite_db *)db)->connection;
}

static struct sqlite_rows *
own(struct db_rows *rows)
{
    return (struct sqlite_rows *)rows;
}

static enum err
fail_with(struct ctx *ctx, const struct db *db, const char *name)
{
    int code = sqlite3_extended_errcode(connection_of(db));
    const char *text = sqlite3_errmsg(connection_of(db));
    enum err err = ERR_DB_FAILED;

    switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        err = ERR_DB_BUSY;
        break;
    case SQLITE_CONSTRAINT:
        err = ERR_DB_CONSTRAINT;
        break;
    case SQLITE_INTERRUPT:
        err = ERR_TIMED_OUT;
        break;
    default:
        break;
    }
    return fail(ctx, err, "%s: SQLite %d: %s", name, code, text);
}

/* ---- connections ---- */

/*
 * SQLite would count its memory under one lock for all threads: it costs a tenth of a statement,
 * and more when many read at once. Nobody asks for the count.
 */
static void __attribute__((constructor)) stop_counting_memory(void)
{
    int result = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);

    ASSERT(result == SQLITE_OK);
}

/*
 * WAL with FULL: a commit is on the disk before it is answered, and readers never wait. Small
 * checkpoints within the commit keep the log at 2 MB and the slowest commit short; with larger ones
 * throughput grows a little and the tail a lot. Memory maps are off (SQLite's default): an I/O
 * error in one would be a signal instead of an error. secure_delete overwrites
 * what was erased, in pages that are no longer used as well: it was somebody's personal data.
 */
static const char write_settings[] = "PRAGMA journal_mode = WAL;"
                                     "PRAGMA synchronous = FULL;"
                                     "PRAGMA wal_autocheckpoint = 500;"
                                     "PRAGMA journal_size_limit = 67108864;"
                                     "PRAGMA foreign_keys = ON;"
                                     "PRAGMA secure_delete = ON;"
                                     "PRAGMA temp_store = MEMORY;"
                                     "PRAGMA cache_size = -65536;"; /* KiB */

static const char read_settings[] = "PRAGMA query_only = ON;"
                                    "PRAGMA temp_store = MEMORY;"
                                    "PRAGMA cache_size = -8192;";

enum { BUSY_TIMEOUT_MS = 5000 };

static bool
has_wal(sqlite3 *connection)
{
    sqlite3_stmt *statement = NULL;
    bool found = false;

    if (sqlite3_prepare_v2(connection, "PRAGMA journal_mode", -1, &statement, NULL) == SQLITE_OK &&
        sqlite3_step(statement) == SQLITE_ROW) {
        found = strcmp((const char *)sqlite3_column_text(statement, 0), "wal") == 0;
    }
    sqlite3_finalize(statement);
    return found;
}

static enum err
configure(struct ctx *ctx, struct db *db)
{
    sqlite3 *connection = connection_of(db);
    bool can_write = db->mode == DB_READ_WRITE;

    sqlite3_extended_result_codes(connection, 1);
    sqlite3_busy_timeout(connection, BUSY_TIMEOUT_MS);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    /* "text" in double quotes is a name, and a mistake when there is none. */
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(connection, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    if (sqlite3_exec(connection, can_write ? write_settings : read_settings, NULL, NULL, NULL) !=
        SQLITE_OK) {
        return fail_with(ctx, db, "settings");
    }
    if (can_write && !has_wal(connection)) {
        return fail(ctx, ERR_DB_FAILED, "%s: this file system has no shared memory for WAL",
                    db->place);
    }
    return OK;
}

static void
sqlite_close(struct db *db)
{
    int result = sqlite3_close(connection_of(db));

    ASSERT(result == SQLITE_OK); /* every statement was destroyed */
    free(db);
}

/*
 * Makes the file before SQLite would, which lets everybody read it; its log takes the same mode.
 * Only when there is none: to close an existing file would end other connections' locks on it.
 */
static void
make_private(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

    if (fd >= 0) close(fd);
}

extern const struct engine sqlite_engine;

enum err
sqlite_open(struct ctx *ctx, const char *path, enum db_mode mode, struct db **db)
{
    struct sqlite_db *opened = calloc(1, sizeof *opened);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;

    if (mode == DB_READ_WRITE) {
        flags |= SQLITE_OPEN_CREATE;
        make_private(path);
    }
    ASSERT(opened);
    opened->db.engine = &sqlite_engine;
    opened->db.mode = mode;
    opened->db.place = strdup(path);
    ASSERT(opened->db.place);

    enum err err = OK;
    if (sqlite3_open_v2(path, &opened->connection, flags, NULL) != SQLITE_OK) {
        err = fail_with(ctx, &opened->db, path);
    }
    if (err == OK) err = configure(ctx, &opened->db);
    if (err != OK) {
        db_close(&opened->db);
        return err;
    }
    *db = &opened->db;
    return OK;
}

/* ---- statements ---- */

/* Every parameter is named $1 … $n, and each of them occurs: checked once, here. */
static void
find_parameters(struct sqlite_rows *rows)
{
    int count = sqlite3_bind_parameter_count(rows->statement);

    ASSERT(count <= DB_ARGS_MAX);
    for (int i = 1; i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(rows->statement, i);
        ASSERT(name && name[0] == '$');
        long number = strtol(name + 1, NULL, 10);
        ASSERT(number >= 1 && number <= count);
        rows->index[number - 1] = (uint8_t)i;
    }
    rows->arg_count = count;
}

static enum err
sqlite_prepare(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count,
               enum engine_use use, struct db_rows **rows)
{
    unsigned flags = use == USE_AGAIN ? SQLITE_PREPARE_PERSISTENT : 0;
    sqlite3_stmt *statement;
    (void)args;

    if (sqlite3_prepare_v3(connection_of(ctx->db), sql->text, -1, flags, &statement, NULL) !=
        SQLITE_OK) {
        return fail_with(ctx, ctx->db, sql->name);
    }
    struct sqlite_rows *made = calloc(1, sizeof *made);
    ASSERT(made);
    made->statement = statement;
    find_parameters(made);
    ASSERT(arg_count == made->arg_count);
    *rows = &made->rows;
    return OK;
}

static int
bind(sqlite3_stmt *statement, int index, const struct db_arg *arg)
{
    /* SQLite takes a NULL pointer for NULL, and these are empty texts or bytes. */
    const char *at = arg->text.at ? arg->text.at : "";

    if (arg->is_null) return sqlite3_bind_null(statement, index);
    switch (arg->type) {
    case DB_INT:
    case DB_BOOL:
        return sqlite3_bind_int64(statement, index, arg->number);
    case DB_TEXT:
        return sqlite3_bind_text64(statement, index, at, arg->text.len, SQLITE_STATIC, SQLITE_UTF8);
    case DB_BYTES:
        return sqlite3_bind_blob64(statement, index, at, arg->text.len, SQLITE_STATIC);
    }
    ASSERT(!"a type of argument");
    return SQLITE_MISUSE;
}

static enum err
sqlite_step(struct db_rows *rows)
{
    int result = sqlite3_step(own(rows)->statement);

    rows->has_row = result == SQLITE_ROW;
    if (result == SQLITE_ROW || result == SQLITE_DONE) return OK;
    return fail_with(rows->ctx, rows->db, rows->sql->name);
}

static enum err
sqlite_start(struct db_rows *rows, const struct db_arg *args, int arg_count)
{
    const struct sqlite_rows *mine = own(rows);

    ASSERT(arg_count == mine->arg_count);
    for (int i = 0; i < arg_count; i++) {
        if (bind(mine->statement, mine->index[i], &args[i]) == SQLITE_OK) continue;
        return fail_with(rows->ctx, rows->db, rows->sql->name);
    }
    return sqlite_step(rows);
}

static int64_t
sqlite_changed(struct db_rows *rows)
{
    return sqlite3_changes64(connection_of(rows->db));
}

/* The bindings stay as they are: each start binds them all. */
static enum err
sqlite_reset(struct db_rows *rows)
{
    bool had_failed = rows->err != OK;
    int result = sqlite3_reset(own(rows)->statement);

    if (result == SQLITE_OK || had_failed) return OK; /* else it tells the same failure again */
    return fail_with(rows->ctx, rows->db, rows->sql->name);
}

static void
sqlite_destroy(struct db_rows *rows)
{
    sqlite3_finalize(own(rows)->statement);
    free(rows);
}

/* ---- columns ---- */

static bool
sqlite_is_null(struct db_rows *rows, int column)
{
    return sqlite3_column_type(own(rows)->statement, column) == SQLITE_NULL;
}

static int64_t
sqlite_col_int(struct db_rows *rows, int column)
{
    return sqlite3_column_int64(own(rows)->statement, column);
}

static struct str
sqlite_col_text(struct db_rows *rows, int column)
{
    sqlite3_stmt *statement = own(rows)->statement;
    const char *at = sqlite3_column_type(statement, column) == SQLITE_BLOB
                         ? sqlite3_column_blob(statement, column)
                         : (const char *)sqlite3_column_text(statement, column);

    return (struct str){at, (size_t)sqlite3_column_bytes(statement, column)};
}

/* ---- the connection ---- */

static enum err
sqlite_run_script(struct ctx *ctx, struct db *db, const char *text)
{
    if (sqlite3_exec(connection_of(db), text, NULL, NULL, NULL) == SQLITE_OK) return OK;
    return fail_with(ctx, db, "script");
}

static bool
sqlite_has_tx(const struct db *db)
{
    return !sqlite3_get_autocommit(connection_of(db));
}

static void
sqlite_interrupt(struct db *db)
{
    sqlite3_interrupt(connection_of(db));
}

DB_SQL(begin_write, "BEGIN IMMEDIATE");
DB_SQL(begin_snapshot, "BEGIN");

DB_SQL(list_tables, "SELECT name"
                    "  FROM sqlite_schema"
                    " WHERE type = 'table' AND name <> 'schema_migration'"
                    "   AND substr(name, 1, 7) <> 'sqlite_'"
                    " ORDER BY rowid");
DB_SQL(list_columns, "SELECT name, lower(type), pk"
                     "  FROM pragma_table_info($1)"
                     " ORDER BY cid");

const struct engine sqlite_engine = {
    .kind = DB_SQLITE,
    .close = sqlite_close,
    .prepare = sqlite_prepare,
    .start = sqlite_start,
    .step = sqlite_step,
    .changed = sqlite_changed,
    .reset = sqlite_reset,
    .destroy = sqlite_destroy,
    .is_null = sqlite_is_null,
    .col_int = sqlite_col_int,
    .col_text = sqlite_col_text,
    .run_script = sqlite_run_script,
    .has_tx = sqlite_has_tx,
    .interrupt = sqlite_interrupt,
    .begin_write = &begin_write,
    .begin_snapshot = &begin_snapshot,
    .list_tables = &list_tables,
    .list_columns = &list_columns,
};
