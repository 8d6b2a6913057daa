/*
 * engine — what db.c asks of SQLite and PostgreSQL. Used inside src/db only.
 *
 * A statement is its rows: one object for each prepared statement of a connection, kept in the
 * connection's cache and found by the address of its db_sql. While its rows are being read, a
 * second query with the same db_sql gets an object of its own, which db_done frees.
 */
#pragma once
#include "db/db.h"

struct db_rows {
    struct db *db;
    const struct db_sql *sql;
    bool prepared; /* false: only there to tell the error */
    bool kept;     /* in the cache; otherwise db_done frees it */
    /* while open */
    struct ctx *ctx;
    bool unread; /* nobody wants its rows or its outcome now: need not be waited for */
    enum err err;
    bool has_row;  /* the engine stands on a row … */
    bool was_read; /* … that db_next has given out */
    struct db_rows *newer, *older;
};

enum engine_use {
    USE_AGAIN,  /* kept in the cache */
    USE_ONCE,   /* started at once, then destroyed */
    USE_STREAM, /* the same, and its rows are too many for memory: nothing else runs until its end
                 */
};

struct engine {
    enum db_engine kind;
    void (*close)(struct db *db);
    /* Makes a statement; the engine fills only its own part of *rows. */
    enum err (*prepare)(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args,
                        int arg_count, enum engine_use use, struct db_rows **rows);
    /* Binds and runs it up to its first row: sets has_row. */
    enum err (*start)(struct db_rows *rows, const struct db_arg *args, int arg_count);
    /* Steps from one row to the next: sets has_row. */
    enum err (*step)(struct db_rows *rows);
    int64_t (*changed)(struct db_rows *rows);
    /* Makes it ready for the next start. */
    enum err (*reset)(struct db_rows *rows);
    void (*destroy)(struct db_rows *rows);

    bool (*is_null)(struct db_rows *rows, int column);
    int64_t (*col_int)(struct db_rows *rows, int column);
    struct str (*col_text)(struct db_rows *rows, int column); /* lives until the next step */

    /* PostgreSQL: waits for what was sent unread, and tells the first failure. */
    enum err (*flush)(struct ctx *ctx, struct db *db);
    enum err (*run_script)(struct ctx *ctx, struct db *db, const char *text);
    bool (*has_tx)(const struct db *db);
    void (*interrupt)(struct db *db);
    /* PostgreSQL: connects again if the connection was lost. */
    enum err (*revive)(struct ctx *ctx, struct db *db);
    const struct db_sql *begin_write, *begin_snapshot;
    const struct db_sql *lock; /* of a number, until the transaction ends; NULL: not needed */
    /* The tables but schema_migration, in the order they were made in: what a row refers to stands
     * in an earlier table. */
    const struct db_sql *list_tables;
    /* Of table $1, in order: name, type, place in the primary key from 1 (0: not in it). */
    const struct db_sql *list_columns;
};

struct db {
    const struct engine *engine;
    enum db_mode mode;
    char *place;
    bool in_tx, in_snapshot, in_savepoint;
    /* A statement failed in this transaction. PostgreSQL then takes nothing but a rollback, to the
     * savepoint or of all; so does SQLite here, or code could work on one of them only. */
    bool broken;
    struct db_rows *open; /* the newest of those being read */
    /* open addressing by the address of rows->sql; room is a power of two */
    struct db_rows **cache;
    unsigned cached, cache_room;
};

MUST_USE enum err sqlite_open(struct ctx *ctx, const char *path, enum db_mode mode, struct db **db);
MUST_USE enum err postgres_open(struct ctx *ctx, const char *url, enum db_mode mode,
                                struct db **db);

/* Runs one of db's own statements and waits for it, in a broken transaction too. */
MUST_USE enum err engine_run(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args,
                             int arg_count);
/* Takes a lock that one transaction of the cluster can have; SQLite has one writer anyway. */
MUST_USE enum err engine_lock(struct ctx *ctx, int64_t number);
/* Closes the rows that somebody left open: whatever ends a transaction must find none. */
void engine_close_rows(struct db *db);
/* Frees the connection's statements; after a lost connection, they are the old one's. */
void engine_empty_cache(struct db *db);

/* Prepares a query for this one time; sql must live as long as its rows. */
struct db_rows *engine_query_once(struct ctx *ctx, const struct db_sql *sql,
                                  const struct db_arg *args, int arg_count);

/* Runs a query composed at run time (by src/db itself), reading its rows one by one from the
 * engine: see USE_STREAM. */
struct db_rows *engine_stream(struct ctx *ctx, const char *text);
/* Like db_col_text, not copied: lives until the next db_next. */
struct str engine_col_borrowed(struct db_rows *rows, int column);
