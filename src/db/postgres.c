/* postgres — the engine for more than one machine. See engine.h. */
#include "db/engine.h"
#include <libpq-fe.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { SENT_MAX = 64 };

struct postgres_db {
    struct db db; /* first: the two have one address */
    PGconn *link;
    unsigned prepared; /* statements so far: their names */
    /* Sent in libpq's pipeline mode and not yet answered; names for a failure's detail. */
    const char *sent[SENT_MAX];
    int sent_count;
    /* How another thread reaches the server process that works for us now. */
    PGcancel *cancel;
    pthread_mutex_t cancel_lock;
};

struct postgres_rows {
    struct db_rows rows; /* first */
    PGresult *result;
    int row;
    bool is_stream; /* result is one row, and the next is still to come */
    char name[16];  /* of the prepared statement; "" when it is used once */
};

/* Object ids of the four types, the same in every PostgreSQL. */
enum { OID_BOOL = 16, OID_BYTEA = 17, OID_INT8 = 20, OID_INT2 = 21, OID_INT4 = 23, OID_TEXT = 25 };
enum { BINARY = 1 };

static PGconn *
link_of(const struct db *db)
{
    return ((const struct postgres_db *)db)->link;
}

static struct postgres_rows *
own(struct db_rows *rows)
{
    return (struct postgres_rows *)rows;
}

/* By SQLSTATE; its first two characters are its class. */
static enum err
err_of(const char *state)
{
    static const char *const retried[] = {"40001", "40P01", "55P03", "57P01", "57P02", "57P03"};

    for (size_t i = 0; i < sizeof retried / sizeof retried[0]; i++) {
        if (strcmp(state, retried[i]) == 0) return ERR_DB_BUSY;
    }
    if (strncmp(state, "08", 2) == 0) return ERR_DB_BUSY; /* connection */
    if (strncmp(state, "23", 2) == 0) return ERR_DB_CONSTRAINT;
    if (strcmp(state, "57014") == 0) return ERR_TIMED_OUT;
    return ERR_DB_FAILED;
}

/* The primary message names tables and constraints; DETAIL has values in it, and stays out. */
static enum err
fail_with(struct ctx *ctx, const struct db *db, const PGresult *result, const char *name)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

    if (PQstatus(link_of(db)) == CONNECTION_BAD || !state) {
        return fail(ctx, ERR_DB_BUSY, "%s: the connection to PostgreSQL was lost", name);
    }
    return fail(ctx, err_of(state), "%s: PostgreSQL %s: %s", name, state, text ? text : "");
}

static bool
is_done(const PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);

    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

/* ---- what was sent and is not answered ---- */

/* In a pipeline every statement's result is followed by NULL. */
static PGresult *
take_answer(PGconn *link)
{
    PGresult *result = PQgetResult(link);

    if (result) PQclear(PQgetResult(link));
    return result;
}

/* Takes the answers of what was sent unread. The first failure makes the server skip the rest. */
static enum err
take_answers(struct ctx *ctx, struct db *db)
{
    struct postgres_db *mine = (struct postgres_db *)db;
    enum err err = OK;

    for (int i = 0; i < mine->sent_count; i++) {
        PGresult *result = take_answer(mine->link);
        if (err == OK && !is_done(result)) err = fail_with(ctx, db, result, mine->sent[i]);
        PQclear(result);
    }
    mine->sent_count = 0;
    return err;
}

static void
leave_pipeline(struct db *db)
{
    PQclear(PQgetResult(link_of(db))); /* the answer to the sync */
    PQexitPipelineMode(link_of(db));
}

static enum err
postgres_flush(struct ctx *ctx, struct db *db)
{
    if (PQpipelineStatus(link_of(db)) == PQ_PIPELINE_OFF) return OK;
    PQpipelineSync(link_of(db));
    enum err err = take_answers(ctx, db);
    leave_pipeline(db);
    return err;
}

/* ---- connections ---- */

static void
ignore_notice(void *self, const PGresult *result)
{
    (void)self;
    (void)result;
}

/*
 * Whether texts are compared by their bytes, as SQLite does, and stored as UTF-8. Asked of the
 * database itself: the names of collations differ between versions and providers.
 */
static const char collation_check[] = "SELECT 'a' > 'B' AND 'ab' > 'a b' AND U&'\\00E9' > 'z'"
                                      " AND current_setting('server_encoding') = 'UTF8'";

static const char write_settings[] = "SET default_transaction_isolation = 'read committed';"
                                     "SET lock_timeout = '10s';"
                                     "SET client_min_messages = 'error'";
static const char read_settings[] = "SET default_transaction_isolation = 'read committed';"
                                    "SET default_transaction_read_only = on;"
                                    "SET client_min_messages = 'error'";

static enum err
check_collation(struct ctx *ctx, const struct db *db)
{
    PGresult *result = PQexec(link_of(db), collation_check);
    enum err err = OK;

    if (!is_done(result)) {
        err = fail_with(ctx, db, result, "collation");
    } else if (strcmp(PQgetvalue(result, 0, 0), "t") != 0) {
        err = fail(ctx, ERR_DB_FAILED,
                   "the database must collate C and encode UTF8: createdb --template=template0 "
                   "--locale=C --encoding=UTF8");
    }
    PQclear(result);
    return err;
}

static enum err
postgres_run_script(struct ctx *ctx, struct db *db, const char *text)
{
    TRY(postgres_flush(ctx, db));
    PGresult *result = PQexec(link_of(db), text);
    enum err err = is_done(result) ? OK : fail_with(ctx, db, result, "script");

    PQclear(result);
    return err;
}

/* Made when connected: the connection itself may be used by its own thread only. */
static void
renew_cancel(struct postgres_db *db)
{
    pthread_mutex_lock(&db->cancel_lock);
    PQfreeCancel(db->cancel);
    db->cancel = PQgetCancel(db->link);
    pthread_mutex_unlock(&db->cancel_lock);
}

static void
postgres_interrupt(struct db *db)
{
    struct postgres_db *mine = (struct postgres_db *)db;
    char why[256];

    pthread_mutex_lock(&mine->cancel_lock);
    if (mine->cancel) PQcancel(mine->cancel, why, sizeof why);
    pthread_mutex_unlock(&mine->cancel_lock);
}

static enum err
greet(struct ctx *ctx, struct db *db)
{
    renew_cancel((struct postgres_db *)db);
    PQsetNoticeReceiver(link_of(db), ignore_notice, NULL);
    TRY(postgres_run_script(ctx, db, db->mode == DB_READ_WRITE ? write_settings : read_settings));
    return check_collation(ctx, db);
}

static void
postgres_close(struct db *db)
{
    struct postgres_db *mine = (struct postgres_db *)db;

    PQfreeCancel(mine->cancel);
    pthread_mutex_destroy(&mine->cancel_lock);
    PQfinish(mine->link);
    free(mine);
}

extern const struct engine postgres_engine;

enum err
postgres_open(struct ctx *ctx, const char *url, enum db_mode mode, struct db **db)
{
    /* The URL is read as the "dbname"; what comes behind it has the last word. */
    const char *const names[] = {"dbname", "client_encoding", "application_name", NULL};
    const char *const values[] = {url, "UTF8", "habitue", NULL};
    struct postgres_db *opened = calloc(1, sizeof *opened);

    ASSERT(opened);
    opened->db.engine = &postgres_engine;
    opened->db.mode = mode;
    opened->db.place = strdup(url);
    ASSERT(opened->db.place);
    pthread_mutex_init(&opened->cancel_lock, NULL);
    opened->link = PQconnectdbParams(names, values, 1);

    enum err err = OK;
    if (PQstatus(opened->link) != CONNECTION_OK) {
        err = fail(ctx, ERR_DB_FAILED, "%s", PQerrorMessage(opened->link));
    }
    if (err == OK) err = greet(ctx, &opened->db);
    if (err != OK) {
        db_close(&opened->db);
        return err;
    }
    *db = &opened->db;
    return OK;
}

static enum err
postgres_revive(struct ctx *ctx, struct db *db)
{
    if (PQstatus(link_of(db)) == CONNECTION_OK) return OK;
    engine_empty_cache(db); /* the statements were the old connection's */
    ((struct postgres_db *)db)->sent_count = 0;
    PQreset(link_of(db));
    if (PQstatus(link_of(db)) != CONNECTION_OK) {
        return fail(ctx, ERR_DB_BUSY, "PostgreSQL cannot be reached");
    }
    return greet(ctx, db);
}

/* ---- statements ---- */

static Oid
oid_of(const struct db_arg *arg)
{
    switch (arg->type) {
    case DB_INT:
        return OID_INT8;
    case DB_TEXT:
        return OID_TEXT;
    case DB_BOOL:
        return OID_BOOL;
    case DB_BYTES:
        return OID_BYTEA;
    }
    ASSERT(!"a type of argument");
    return 0;
}

/*
 * With the types told: left to itself, PostgreSQL would guess some of them. A statement that is
 * used once has no name, so that the next of them takes its place in the server.
 */
static enum err
postgres_prepare(struct ctx *ctx, const struct db_sql *sql, const struct db_arg *args,
                 int arg_count, enum engine_use use, struct db_rows **rows)
{
    struct postgres_db *db = (struct postgres_db *)ctx->db;
    struct postgres_rows *made = calloc(1, sizeof *made);
    Oid types[DB_ARGS_MAX];
    enum err err = postgres_flush(ctx, ctx->db);

    ASSERT(made);
    if (err != OK) {
        free(made);
        return err;
    }
    made->is_stream = use == USE_STREAM;
    for (int i = 0; i < arg_count; i++)
        types[i] = oid_of(&args[i]);
    if (use == USE_AGAIN) snprintf(made->name, sizeof made->name, "s%u", db->prepared++);
    PGresult *result = PQprepare(db->link, made->name, sql->text, arg_count, types);
    if (is_done(result)) {
        *rows = &made->rows;
    } else {
        err = fail_with(ctx, ctx->db, result, sql->name);
        free(made);
    }
    PQclear(result);
    return err;
}

static uint64_t
big_endian(uint64_t v)
{
    uint64_t swapped = 0;

    for (int i = 0; i < 8; i++)
        swapped = swapped << 8 | (v >> (8 * i) & 0xff);
    return *(const uint8_t *)&(const uint16_t){1} == 1 ? swapped : v;
}

/* What an argument is on the wire. numbers holds the bytes of those that are no text. */
static void
encode(const struct db_arg *arg, uint64_t *number, const char **at, int *len)
{
    *at = NULL; /* NULL */
    *len = 0;
    if (arg->is_null) return;
    switch (arg->type) {
    case DB_INT:
        *number = big_endian((uint64_t)arg->number);
        *at = (const char *)number;
        *len = 8;
        break;
    case DB_BOOL:
        *at = arg->number ? "\1" : "\0";
        *len = 1;
        break;
    case DB_TEXT:
    case DB_BYTES:
        *at = arg->text.at ? arg->text.at : "";
        *len = (int)arg->text.len;
        break;
    }
}

/* A stream is a result for each row, then one without rows, then none. */
static enum err
take_streamed(struct db_rows *rows)
{
    struct postgres_rows *mine = own(rows);

    PQclear(mine->result);
    mine->result = PQgetResult(link_of(rows->db));
    ExecStatusType status = PQresultStatus(mine->result);
    rows->has_row = status == PGRES_SINGLE_TUPLE;
    if (rows->has_row || status == PGRES_TUPLES_OK) return OK;
    return fail_with(rows->ctx, rows->db, mine->result, rows->sql->name);
}

/* Whoever stops reading a stream stops the server from sending the rest. */
static void
end_stream(struct db_rows *rows)
{
    if (rows->has_row) postgres_interrupt(rows->db);
    for (PGresult *rest; (rest = PQgetResult(link_of(rows->db))) != NULL;)
        PQclear(rest);
}

/* The arguments of one statement as libpq takes them. */
struct wire {
    uint64_t numbers[DB_ARGS_MAX];
    const char *values[DB_ARGS_MAX];
    int lens[DB_ARGS_MAX];
    int formats[DB_ARGS_MAX];
};

static void
encode_all(const struct db_arg *args, int arg_count, struct wire *wire)
{
    for (int i = 0; i < arg_count; i++) {
        ASSERT(args[i].text.len <= INT32_MAX);
        encode(&args[i], &wire->numbers[i], &wire->values[i], &wire->lens[i]);
        wire->formats[i] = BINARY;
    }
}

static enum err
send(struct db_rows *rows, const struct wire *wire, int arg_count)
{
    if (PQsendQueryPrepared(link_of(rows->db), own(rows)->name, arg_count, wire->values, wire->lens,
                            wire->formats, BINARY)) {
        return OK;
    }
    return fail(rows->ctx, ERR_DB_BUSY, "%s: the connection to PostgreSQL was lost",
                rows->sql->name);
}

/* Behind those sent before, in the same trip, when there are some. */
static enum err
send_and_wait(struct db_rows *rows, const struct wire *wire, int arg_count)
{
    struct postgres_rows *mine = own(rows);
    PGconn *link = link_of(rows->db);

    mine->row = 0;
    if (PQpipelineStatus(link) == PQ_PIPELINE_OFF) {
        mine->result = PQexecPrepared(link, mine->name, arg_count, wire->values, wire->lens,
                                      wire->formats, BINARY);
    } else {
        TRY(send(rows, wire, arg_count));
        PQpipelineSync(link);
        enum err err = take_answers(rows->ctx, rows->db);
        mine->result = take_answer(link);
        leave_pipeline(rows->db);
        if (err != OK) return err;
    }
    if (!is_done(mine->result)) {
        return fail_with(rows->ctx, rows->db, mine->result, rows->sql->name);
    }
    rows->has_row = PQntuples(mine->result) > 0;
    return OK;
}

static enum err
postgres_start(struct db_rows *rows, const struct db_arg *args, int arg_count)
{
    struct postgres_db *db = (struct postgres_db *)rows->db;
    struct wire wire;

    encode_all(args, arg_count, &wire);
    if (own(rows)->is_stream) {
        TRY(send(rows, &wire, arg_count));
        PQsetSingleRowMode(db->link);
        return take_streamed(rows);
    }
    if (!rows->unread || !rows->db->in_tx || db->sent_count == SENT_MAX) {
        return send_and_wait(rows, &wire, arg_count);
    }
    if (PQpipelineStatus(db->link) == PQ_PIPELINE_OFF) PQenterPipelineMode(db->link);
    TRY(send(rows, &wire, arg_count));
    db->sent[db->sent_count++] = rows->sql->name;
    return OK;
}

static enum err
postgres_step(struct db_rows *rows)
{
    struct postgres_rows *mine = own(rows);

    if (mine->is_stream) return take_streamed(rows);
    rows->has_row = ++mine->row < PQntuples(mine->result); /* they are all here already */
    return OK;
}

static int64_t
postgres_changed(struct db_rows *rows)
{
    return strtoll(PQcmdTuples(own(rows)->result), NULL, 10);
}

static enum err
postgres_reset(struct db_rows *rows)
{
    PQclear(own(rows)->result);
    own(rows)->result = NULL;
    if (own(rows)->is_stream) end_stream(rows);
    return OK;
}

/* The server's side goes with the connection, or with the next nameless statement. */
static void
postgres_destroy(struct db_rows *rows)
{
    PQclear(own(rows)->result);
    free(rows);
}

/* ---- columns ---- */

static bool
postgres_is_null(struct db_rows *rows, int column)
{
    return PQgetisnull(own(rows)->result, own(rows)->row, column);
}

static struct str
postgres_col_text(struct db_rows *rows, int column)
{
    const struct postgres_rows *mine = own(rows);

    return (struct str){PQgetvalue(mine->result, mine->row, column),
                        (size_t)PQgetlength(mine->result, mine->row, column)};
}

/* Big-endian two's complement of 1 (BOOLEAN), 2, 4 or 8 bytes. */
static int64_t
postgres_col_int(struct db_rows *rows, int column)
{
    struct str bytes = postgres_col_text(rows, column);
    Oid type = PQftype(own(rows)->result, column);

    ASSERT(type == OID_INT8 || type == OID_INT4 || type == OID_INT2 || type == OID_BOOL);
    if (bytes.len == 0) return 0; /* NULL */
    uint64_t value = bytes.at[0] < 0 ? UINT64_MAX : 0;
    for (size_t i = 0; i < bytes.len; i++)
        value = value << 8 | (uint8_t)bytes.at[i];
    return (int64_t)value;
}

/* ---- the connection ---- */

static bool
postgres_has_tx(const struct db *db)
{
    PGTransactionStatusType status = PQtransactionStatus(link_of(db));

    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

DB_SQL(begin_write, "BEGIN ISOLATION LEVEL READ COMMITTED");
DB_SQL(begin_snapshot, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");

DB_SQL(lock, "SELECT pg_advisory_xact_lock($1)");
DB_SQL(list_tables, "SELECT c.relname"
                    "  FROM pg_class c"
                    "  JOIN pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE n.nspname = current_schema() AND c.relkind = 'r'"
                    "   AND c.relname <> 'schema_migration'"
                    " ORDER BY c.oid");
DB_SQL(list_columns,
       "SELECT a.attname, format_type(a.atttypid, NULL),"
       "       COALESCE(array_position(CAST(i.indkey AS INT2[]), a.attnum) + 1, 0)"
       "  FROM pg_class c"
       "  JOIN pg_namespace n ON n.oid = c.relnamespace"
       "  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
       "  LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary"
       " WHERE n.nspname = current_schema() AND c.relname = $1"
       " ORDER BY a.attnum");

const struct engine postgres_engine = {
    .kind = DB_POSTGRES,
    .close = postgres_close,
    .prepare = postgres_prepare,
    .start = postgres_start,
    .step = postgres_step,
    .changed = postgres_changed,
    .reset = postgres_reset,
    .destroy = postgres_destroy,
    .is_null = postgres_is_null,
    .col_int = postgres_col_int,
    .col_text = postgres_col_text,
    .flush = postgres_flush,
    .run_script = postgres_run_script,
    .has_tx = postgres_has_tx,
    .interrupt = postgres_interrupt,
    .revive = postgres_revive,
    .begin_write = &begin_write,
    .begin_snapshot = &begin_snapshot,
    .lock = &lock,
    .list_tables = &list_tables,
    .list_columns = &list_columns,
};
