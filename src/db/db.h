/*
 * db — one connection, one SQL text, two engines: SQLite and PostgreSQL.
 *
 * Statements are constants (DB_SQL), prepared once per connection and found again by their
 * address. Parameters $1, $2 … are bound by name. Types are BIGINT, TEXT, BOOLEAN and BYTEA only.
 * A connection belongs to one thread at a time.
 *
 * In a transaction, after any failure of a statement only a rollback may follow, to the savepoint
 * or of everything; other statements are refused. So "insert, and see whether it was refused" is
 * written as ON CONFLICT DO NOTHING RETURNING.
 */
#pragma once
#include "base/ctx.h"

struct db;
struct db_rows;

struct db_sql {
    const char *name; /* of the constant, for logs */
    const char *text;
};
#define DB_SQL(name, text) static const struct db_sql name = {#name, text}

/* What args point to must stay as it is until db_done. */
struct db_arg {
    enum { DB_INT = 1, DB_TEXT, DB_BOOL, DB_BYTES } type;
    bool is_null;
    int64_t number;
    struct str text;
};
enum { DB_ARGS_MAX = 120 };

static inline struct db_arg
db_int(int64_t v)
{
    return (struct db_arg){.type = DB_INT, .number = v};
}
static inline struct db_arg
db_int_or_null(int64_t v) /* 0 is NULL: for ids that may be absent */
{
    return (struct db_arg){.type = DB_INT, .is_null = v == 0, .number = v};
}
/* Valid UTF-8 without NUL, or the statement is refused with ERR_FIELD_VALUE. */
static inline struct db_arg
db_text(struct str v)
{
    return (struct db_arg){.type = DB_TEXT, .text = v};
}
static inline struct db_arg
db_text_or_null(struct str v)
{
    return (struct db_arg){.type = DB_TEXT, .is_null = v.len == 0, .text = v};
}
static inline struct db_arg
db_bool(bool v)
{
    return (struct db_arg){.type = DB_BOOL, .number = v};
}
static inline struct db_arg
db_bytes(const void *at, size_t len)
{
    return (struct db_arg){.type = DB_BYTES, .text = {at, len}};
}
static inline struct db_arg
db_bytes_or_null(const void *at, size_t len) /* no bytes are NULL */
{
    return (struct db_arg){.type = DB_BYTES, .is_null = len == 0, .text = {at, len}};
}
#define DB_BIND(...)                                                                               \
    (const struct db_arg[]){__VA_ARGS__},                                                          \
        (int)(sizeof((const struct db_arg[]){__VA_ARGS__}) / sizeof(struct db_arg))

/* ---- connections ---- */
enum db_mode {
    DB_READ_WRITE, /* the writer's, the command line's */
    DB_READ_ONLY,  /* a reading thread's: query_only / default_transaction_read_only */
};
enum db_engine { DB_SQLITE, DB_POSTGRES };

/*
 * url: "sqlite:PATH" or "postgres://…". SQLite: WAL, synchronous=FULL, foreign_keys, busy_timeout,
 * wal_autocheckpoint 500 pages. PostgreSQL: refuses a database whose collation is not C.
 * Errors:   ERR_DB_FAILED with the reason in detail
 */
MUST_USE enum err db_open(struct ctx *ctx, const char *url, enum db_mode mode, struct db **db);
void db_close(struct db *db);
enum db_engine db_engine_of(const struct db *db);
/* The path of an SQLite file, or the URL of a PostgreSQL database. */
const char *db_place(const struct db *db);
/*
 * Stops the statement that another thread runs on this connection: it fails with ERR_TIMED_OUT.
 * Does nothing between statements. From any thread, while the connection is open.
 */
void db_interrupt(struct db *db);

/* ---- statements ---- */
/*
 * Runs a statement whose rows nobody reads.
 *
 * PostgreSQL: in a transaction it is sent and not waited for, so that ten writes cost one trip to
 * the server, not ten. A failure is then told by the next call that does wait: a query, db_change,
 * db_flush, the end of the savepoint or of the transaction.
 * Requires: as many args as the statement has parameters (asserted)
 * Errors:   ERR_DB_BUSY        lost race or connection; the transaction is to be run again
 *           ERR_DB_CONSTRAINT  a UNIQUE, CHECK, NOT NULL or foreign key refused it
 *           ERR_FIELD_VALUE    a text is not UTF-8, or has a NUL in it
 *           ERR_TIMED_OUT      it was interrupted
 *           ERR_DB_FAILED      anything else
 */
MUST_USE enum err db_exec(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args,
                          int arg_count);
/* The same, telling how many rows it changed. */
MUST_USE enum err db_change(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args,
                            int arg_count, int64_t *changed);

/* Waits for what was sent, and tells its first failure. SQLite: nothing is ever waiting. */
MUST_USE enum err db_flush(struct ctx *ctx);

/*
 * Runs a query. Read its rows with db_next, then always call db_done; rows that are still open
 * when a savepoint or transaction ends are closed by it. Never NULL: a failure is told by db_done.
 */
struct db_rows *db_query(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args,
                         int arg_count);
bool db_next(struct db_rows *rows); /* false at the end and after a failure (db_done tells) */
int64_t db_col_int(struct db_rows *rows, int column); /* columns count from 0; NULL gives 0 */
bool db_col_bool(struct db_rows *rows, int column);
/* Text or bytes, copied into the ctx's arena; NULL gives empty. */
struct str db_col_text(struct db_rows *rows, int column);
bool db_col_is_null(struct db_rows *rows, int column);
MUST_USE enum err db_done(struct db_rows *rows);

/* For SQL whose text is composed by db/ itself (migrations, pragmas, checks); no parameters. */
MUST_USE enum err db_run_script(struct ctx *ctx, const char *text);

/* ---- transactions ---- */
bool db_in_tx(const struct db *db);
/* SQLite: BEGIN IMMEDIATE. PostgreSQL: READ COMMITTED, on a new connection if the last was lost. */
MUST_USE enum err db_begin(struct ctx *ctx);
/*
 * After an error nothing of the transaction is kept and it is over, with one exception.
 * Errors:   ERR_DB_BUSY     lost race
 *           ERR_DB_FAILED   also when the connection broke while committing: nobody knows
 */
MUST_USE enum err db_commit(struct ctx *ctx);
void db_rollback(struct ctx *ctx);
/* The connection is no longer in the transaction that was begun: everything in it is lost
 * (SQLITE_FULL, IOERR, NOMEM; PostgreSQL: connection lost). Call db_rollback, then begin anew. */
bool db_tx_lost(struct ctx *ctx);
MUST_USE enum err db_savepoint(struct ctx *ctx); /* one level is enough: "request" */
/* Errors: those of db_flush; the savepoint is then still there, to be rolled back. */
MUST_USE enum err db_savepoint_release(struct ctx *ctx);
MUST_USE enum err db_savepoint_rollback(struct ctx *ctx); /* back to it, and releases it */

/*
 * One state for all queries between the two, whatever is committed meanwhile; writes are refused
 * on a reading connection. Not within a transaction.
 */
MUST_USE enum err db_snapshot_begin(struct ctx *ctx);
void db_snapshot_end(struct ctx *ctx);

/*
 * Runs body in a transaction of its own: commits when it returns OK, otherwise rolls back. Runs it
 * again when the engine reports a lost race, at most DB_TX_TRIES times. For the command line and
 * tests; the server's writes go through the write lane.
 */
enum { DB_TX_TRIES = 8 };
MUST_USE enum err db_tx(struct ctx *ctx, enum err (*body)(struct ctx *ctx, void *arg), void *arg);

/* PostgreSQL: one writer per shard in the cluster; SQLite: nothing, there is one writer. */
enum { DB_SHARDS = 16 };
MUST_USE enum err db_lock_shard(struct ctx *ctx, int shard);
int db_shard_of(merchant_id merchant);
