/* tx — transactions, savepoints and snapshots of db.h. */
#include "base/hash.h"
#include "db/db.h"
#include "db/engine.h"
#include <time.h>

enum { FIRST_PAUSE_US = 2000, SHARD_BITS = 4 };
_Static_assert(DB_SHARDS == 1 << SHARD_BITS, "a shard is the top bits of a hash");

/* Advisory locks are numbers; ours begin with "habitue". */
#define SHARD_LOCK_BASE INT64_C(0x6861626974756500)

DB_SQL(commit, "COMMIT");
DB_SQL(rollback, "ROLLBACK");
DB_SQL(savepoint, "SAVEPOINT request");
DB_SQL(savepoint_release, "RELEASE SAVEPOINT request");
DB_SQL(savepoint_rollback, "ROLLBACK TO SAVEPOINT request");

bool
db_in_tx(const struct db *db)
{
    return db->in_tx;
}

/* The server may have been restarted while we were idle: the first to notice connects again. */
static enum err
begin(struct ctx *ctx, const struct db_sql *sql)
{
    enum err err = db_exec(ctx, sql, NULL, 0);

    if (err == ERR_DB_BUSY && ctx->db->engine->revive) err = db_exec(ctx, sql, NULL, 0);
    return err;
}

enum err
db_begin(struct ctx *ctx)
{
    struct db *db = ctx->db;

    ASSERT(!db->in_tx);
    ASSERT(!db->in_snapshot);
    ASSERT(db->mode == DB_READ_WRITE);
    TRY(begin(ctx, db->engine->begin_write));
    db->in_tx = true;
    db->in_savepoint = false;
    return OK;
}

/* Ends what the engine still has open, saying nothing: the caller already has an error. */
static void
end_quietly(struct ctx *ctx)
{
    struct db *db = ctx->db;
    struct ctx quiet = *ctx; /* keeps the first failure's detail */

    engine_close_rows(db);
    enum err err = db_flush(&quiet);
    if (db->engine->has_tx(db)) err = engine_run(&quiet, &rollback, NULL, 0);
    (void)err; /* the connection is gone, and the transaction with it */
    db->broken = false;
    db->in_tx = false;
    db->in_snapshot = false;
    db->in_savepoint = false;
}

enum err
db_commit(struct ctx *ctx)
{
    struct db *db = ctx->db;

    ASSERT(db->in_tx);
    engine_close_rows(db);
    if (db->broken || db_tx_lost(ctx)) {
        end_quietly(ctx);
        return fail(ctx, ERR_DB_FAILED, "a statement failed before the commit");
    }
    enum err err = engine_run(ctx, &commit, NULL, 0);
    /* The answer to a COMMIT is missing: it may have been done. Not ERR_DB_BUSY, which promises
     * that nothing was changed. */
    if (err == ERR_DB_BUSY && db->engine->kind == DB_POSTGRES && db_tx_lost(ctx)) {
        err = fail(ctx, ERR_DB_FAILED, "the connection broke while committing");
    }
    if (err != OK) end_quietly(ctx);
    db->in_tx = false;
    return err;
}

void
db_rollback(struct ctx *ctx)
{
    ASSERT(ctx->db->in_tx);
    end_quietly(ctx);
}

bool
db_tx_lost(struct ctx *ctx)
{
    return ctx->db->in_tx && !ctx->db->engine->has_tx(ctx->db);
}

enum err
db_savepoint(struct ctx *ctx)
{
    ASSERT(ctx->db->in_tx);
    ASSERT(!ctx->db->in_savepoint);
    TRY(db_exec(ctx, &savepoint, NULL, 0));
    ctx->db->in_savepoint = true;
    return OK;
}

enum err
db_savepoint_release(struct ctx *ctx)
{
    ASSERT(ctx->db->in_savepoint);
    engine_close_rows(ctx->db);
    TRY(db_flush(ctx));
    TRY(db_exec(ctx, &savepoint_release, NULL, 0));
    ctx->db->in_savepoint = false;
    return OK;
}

enum err
db_savepoint_rollback(struct ctx *ctx)
{
    ASSERT(ctx->db->in_savepoint);
    engine_close_rows(ctx->db);
    struct ctx quiet = *ctx; /* what failed after the failure that we know is of no interest */
    enum err err = db_flush(&quiet);
    (void)err;
    TRY(engine_run(ctx, &savepoint_rollback, NULL, 0));
    ctx->db->broken = false;
    ctx->db->in_savepoint = false;
    return db_exec(ctx, &savepoint_release, NULL, 0);
}

enum err
db_snapshot_begin(struct ctx *ctx)
{
    struct db *db = ctx->db;

    ASSERT(!db->in_tx);
    ASSERT(!db->in_snapshot);
    TRY(begin(ctx, db->engine->begin_snapshot));
    db->in_snapshot = true;
    return OK;
}

void
db_snapshot_end(struct ctx *ctx)
{
    ASSERT(ctx->db->in_snapshot);
    end_quietly(ctx);
}

/* A growing random pause, so that those who raced do not meet again. */
static void
pause_before(int attempt)
{
    uint32_t random;

    random_bytes(&random, sizeof random);
    long limit_us = (long)FIRST_PAUSE_US << attempt;
    struct timespec pause = {.tv_nsec = random % limit_us * 1000};
    nanosleep(&pause, NULL);
}

static enum err
try_tx(struct ctx *ctx, enum err (*body)(struct ctx *ctx, void *arg), void *arg)
{
    TRY(db_begin(ctx));
    enum err err = body(ctx, arg);
    if (err == OK) return db_commit(ctx);
    db_rollback(ctx);
    return err;
}

enum err
db_tx(struct ctx *ctx, enum err (*body)(struct ctx *ctx, void *arg), void *arg)
{
    enum err err = try_tx(ctx, body, arg);

    for (int attempt = 1; err == ERR_DB_BUSY && attempt < DB_TX_TRIES; attempt++) {
        pause_before(attempt);
        err = try_tx(ctx, body, arg);
    }
    return err;
}

enum err
engine_lock(struct ctx *ctx, int64_t number)
{
    const struct db_sql *lock = ctx->db->engine->lock;

    ASSERT(ctx->db->in_tx);
    return lock ? engine_run(ctx, lock, DB_BIND(db_int(number))) : OK;
}

enum err
db_lock_shard(struct ctx *ctx, int shard)
{
    ASSERT(ctx->db->in_tx);
    ASSERT(shard >= 0);
    ASSERT(shard < DB_SHARDS);
    return engine_lock(ctx, SHARD_LOCK_BASE + shard);
}

int
db_shard_of(merchant_id merchant)
{
    /* Ids are times: their low bits are mostly zero, so they are spread first. */
    uint64_t hash = (uint64_t)merchant.v * UINT64_C(0x9E3779B97F4A7C15);

    return (int)(hash >> (64 - SHARD_BITS));
}
