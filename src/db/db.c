/* db — see db.h. What both engines share: the statement cache, rows, and who may do what when. */
#include "db/db.h"
#include "db/engine.h"
#include <stdlib.h>

/* ---- connections ---- */

static bool
starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

enum err
db_open(struct ctx *ctx, const char *url, enum db_mode mode, struct db **db)
{
    *db = NULL;
    if (starts(url, "sqlite:")) return sqlite_open(ctx, url + strlen("sqlite:"), mode, db);
    if (starts(url, "postgres://") || starts(url, "postgresql://")) {
        return postgres_open(ctx, url, mode, db);
    }
    return fail(ctx, ERR_DB_FAILED, "a database is sqlite:PATH or postgres://…");
}

void
db_close(struct db *db)
{
    if (!db) return;
    engine_close_rows(db);
    engine_empty_cache(db);
    free(db->cache);
    free(db->place);
    db->engine->close(db);
}

enum db_engine
db_engine_of(const struct db *db)
{
    return db->engine->kind;
}

const char *
db_place(const struct db *db)
{
    return db->place;
}

void
db_interrupt(struct db *db)
{
    db->engine->interrupt(db);
}

/* ---- the cache ---- */

/* Where sql is, or the free place where it would be. The cache is never full. */
static struct db_rows **
find_place(const struct db *db, const struct db_sql *sql)
{
    /* The constants lie 16 bytes apart; the multiplication spreads what is left. */
    unsigned hash = (unsigned)((uintptr_t)sql >> 4) * 2654435761u;
    unsigned i = hash >> 16;

    for (;; i++) {
        struct db_rows **place = &db->cache[i & (db->cache_room - 1)];
        if (!*place || (*place)->sql == sql) return place;
    }
}

static void
grow_cache(struct db *db)
{
    struct db_rows **old = db->cache;
    unsigned old_room = db->cache_room;

    db->cache_room = old_room ? old_room * 2 : 256;
    db->cache = calloc(db->cache_room, sizeof *db->cache);
    ASSERT(db->cache);
    for (unsigned i = 0; i < old_room; i++) {
        if (old[i]) *find_place(db, old[i]->sql) = old[i];
    }
    free(old);
}

static void
keep(struct db *db, struct db_rows *rows)
{
    struct db_rows **place = find_place(db, rows->sql);

    ASSERT(!*place);
    *place = rows;
    rows->kept = true;
    if (++db->cached * 2 > db->cache_room) grow_cache(db);
}

void
engine_empty_cache(struct db *db)
{
    ASSERT(!db->open);
    for (unsigned i = 0; i < db->cache_room; i++) {
        if (!db->cache[i]) continue;
        db->engine->destroy(db->cache[i]);
        db->cache[i] = NULL;
    }
    db->cached = 0;
}

/* ---- rows ---- */

static void
link_open(struct db *db, struct db_rows *rows)
{
    rows->newer = NULL;
    rows->older = db->open;
    if (db->open) db->open->newer = rows;
    db->open = rows;
}

static void
unlink_open(struct db *db, struct db_rows *rows)
{
    if (rows->older) rows->older->newer = rows->newer;
    if (rows->newer) rows->newer->older = rows->older;
    if (db->open == rows) db->open = rows->older;
    rows->ctx = NULL;
}

/* Rows of a statement that could not even be prepared: they only tell the error. */
static struct db_rows *
failed_rows(struct db *db, const struct db_sql *sql, enum err err)
{
    struct db_rows *rows = calloc(1, sizeof *rows);

    ASSERT(rows);
    rows->db = db;
    rows->sql = sql;
    rows->err = err;
    return rows;
}

static struct db_rows *
prepare(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count,
        enum engine_use use)
{
    struct db_rows *rows = NULL;
    enum err err = ctx->db->engine->prepare(ctx, sql, args, arg_count, use, &rows);

    if (err != OK) return failed_rows(ctx->db, sql, err);
    rows->db = ctx->db;
    rows->sql = sql;
    rows->prepared = true;
    return rows;
}

/* The cached statement if it is free, or one of its own. */
static struct db_rows *
find_statement(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count)
{
    struct db *db = ctx->db;

    if (!db->cache) grow_cache(db);
    struct db_rows *cached = *find_place(db, sql);
    if (cached && !cached->ctx) return cached;

    struct db_rows *rows = prepare(ctx, sql, args, arg_count, cached ? USE_ONCE : USE_AGAIN);
    if (!cached && rows->prepared) keep(db, rows);
    return rows;
}

/* Both engines take the same texts, so that a backup of one can be restored into the other. */
static enum err
check_texts(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count)
{
    for (int i = 0; i < arg_count; i++) {
        if (args[i].type != DB_TEXT || args[i].is_null || str_is_text(args[i].text)) continue;
        return fail(ctx, ERR_FIELD_VALUE, "%s: $%d is not text", sql->name, i + 1);
    }
    return OK;
}

static void
note_broken(const struct db_rows *rows)
{
    if (rows->err != OK && rows->db->in_tx) rows->db->broken = true;
}

static struct db_rows *
start(struct ctx *ctx, struct db_rows *rows, const struct db_arg *args, int arg_count)
{
    ASSERT(arg_count <= DB_ARGS_MAX);
    link_open(rows->db, rows);
    rows->ctx = ctx;
    rows->has_row = false;
    rows->was_read = false;
    if (!rows->prepared) {
        note_broken(rows);
        return rows;
    }
    rows->err = check_texts(ctx, rows->sql, args, arg_count);
    if (rows->err != OK) return rows;
    rows->err = rows->db->engine->start(rows, args, arg_count);
    note_broken(rows);
    return rows;
}

/* A lost connection is replaced between transactions only, never silently within one. */
static enum err
revive(struct ctx *ctx)
{
    struct db *db = ctx->db;

    if (db->in_tx || db->in_snapshot || db->open || !db->engine->revive) return OK;
    return db->engine->revive(ctx, db);
}

static enum err
check_usable(struct ctx *ctx, const char *name)
{
    if (!ctx->db->broken) return revive(ctx);
    return fail(ctx, ERR_DB_FAILED, "%s: after a failure only a rollback may follow", name);
}

static struct db_rows *
find_usable(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count)
{
    enum err err = check_usable(ctx, sql->name);

    if (err != OK) return failed_rows(ctx->db, sql, err);
    return find_statement(ctx, sql, args, arg_count);
}

struct db_rows *
db_query(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count)
{
    struct db_rows *rows = find_usable(ctx, sql, args, arg_count);

    rows->unread = false;
    return start(ctx, rows, args, arg_count);
}

enum err
engine_run(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count)
{
    struct db_rows *rows = find_statement(ctx, sql, args, arg_count);

    rows->unread = false;
    return db_done(start(ctx, rows, args, arg_count));
}

struct db_rows *
engine_query_once(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args,
                  int arg_count)
{
    struct db_rows *rows;
    enum err err = check_usable(ctx, sql->name);

    rows =
        err == OK ? prepare(ctx, sql, args, arg_count, USE_ONCE) : failed_rows(ctx->db, sql, err);
    rows->unread = false;
    return start(ctx, rows, args, arg_count);
}

struct db_rows *
engine_stream(struct ctx *ctx, const char *text)
{
    static const struct db_sql composed = {"composed", ""};
    const struct db_sql sql = {composed.name, text};
    struct db_rows *rows = prepare(ctx, &sql, NULL, 0, USE_STREAM);

    rows->sql = &composed; /* the text is no longer needed, and may go */
    return start(ctx, rows, NULL, 0);
}

bool
db_next(struct db_rows *rows)
{
    ASSERT(rows->ctx);
    if (rows->err != OK) return false;
    if (rows->has_row && rows->was_read) {
        rows->err = rows->db->engine->step(rows);
        note_broken(rows);
    }
    rows->was_read = true;
    return rows->err == OK && rows->has_row;
}

static enum err
close_rows(struct db_rows *rows)
{
    struct db *db = rows->db;
    enum err err = rows->err;

    /* A statement that is not read to its end may fail only now (a foreign key, in SQLite). */
    if (rows->prepared) {
        enum err late = db->engine->reset(rows);
        if (err == OK) rows->err = err = late;
        note_broken(rows);
    }
    unlink_open(db, rows);
    if (rows->kept) {
        rows->err = OK;
    } else if (rows->prepared) {
        db->engine->destroy(rows);
    } else {
        free(rows);
    }
    return err;
}

enum err
db_done(struct db_rows *rows)
{
    ASSERT(rows->ctx);
    return close_rows(rows);
}

void
engine_close_rows(struct db *db)
{
    while (db->open) {
        enum err err = close_rows(db->open);
        (void)err; /* its owner left without asking */
    }
}

/* ---- columns ---- */

static const struct engine *
engine_on_row(const struct db_rows *rows)
{
    ASSERT(rows->has_row);
    ASSERT(rows->was_read);
    return rows->db->engine;
}

int64_t
db_col_int(struct db_rows *rows, int column)
{
    return engine_on_row(rows)->col_int(rows, column);
}

bool
db_col_bool(struct db_rows *rows, int column)
{
    return engine_on_row(rows)->col_int(rows, column) != 0;
}

struct str
engine_col_borrowed(struct db_rows *rows, int column)
{
    return engine_on_row(rows)->col_text(rows, column);
}

struct str
db_col_text(struct db_rows *rows, int column)
{
    return str_copy(rows->ctx->arena, engine_col_borrowed(rows, column));
}

bool
db_col_is_null(struct db_rows *rows, int column)
{
    return engine_on_row(rows)->is_null(rows, column);
}

/* ---- statements without rows ---- */

enum err
db_exec(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count)
{
    struct db_rows *rows = find_usable(ctx, sql, args, arg_count);

    rows->unread = true;
    return db_done(start(ctx, rows, args, arg_count));
}

enum err
db_flush(struct ctx *ctx)
{
    struct db *db = ctx->db;
    enum err err = db->engine->flush ? db->engine->flush(ctx, db) : OK;

    if (err != OK && db->in_tx) db->broken = true;
    return err;
}

enum err
db_change(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args, int arg_count,
          int64_t *changed)
{
    struct db_rows *rows = db_query(ctx, sql, args, arg_count);

    if (rows->err == OK) *changed = ctx->db->engine->changed(rows);
    return db_done(rows);
}

enum err
db_run_script(struct ctx *ctx, const char *text)
{
    TRY(check_usable(ctx, "script"));
    enum err err = ctx->db->engine->run_script(ctx, ctx->db, text);
    if (err != OK && ctx->db->in_tx) ctx->db->broken = true;
    return err;
}
