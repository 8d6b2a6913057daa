/*
 * world — what a test of core needs around it: a fresh database with one merchant, a clock that
 * moves only when told, ids that are the same in every run.
 *
 *     struct world w = world_open();
 *     EXPECT_OK(world_write(&w, add_some, &arg));
 *     WORLD_TX(&w) EXPECT_OK(customers_add(&w.ctx, &customer));
 *     world_close(&w);
 *
 * The engine is TEST_DB: "sqlite" (a file in TMPDIR) or "postgres" (a database on TEST_PG_URL).
 * The schema is made once for each test program, and copied; PostgreSQL's databases are emptied and
 * used again.
 */
#pragma once
#include "base/ctx.h"
#include "db/db.h"
#include "server/settings.h"

/* Monday 2026-03-02, 10:00 UTC. */
#define WORLD_NOW_US INT64_C(1772445600000000)

struct world_parts;

struct world {
    struct ctx ctx;         /* ACTOR_SYSTEM; merchant: EUR, FR, language fr, Europe/Paris */
    location_id location;   /* the merchant's only one */
    const char *url;        /* of the database, for db_open */
    struct world_parts *in; /* what ctx points to */
};

struct world world_open(void);
void world_close(struct world *w);
/* The same with an empty database: no schema, no merchant. */
struct world world_open_empty(void);

void world_advance(struct world *w, int64_t us);
/* Settings that ctx.settings points to, to be changed before they are used. */
struct settings *world_settings(struct world *w);
/* Another connection to the same database; the caller closes it. */
struct db *world_connect(struct world *w, enum db_mode mode);
/* Adds another merchant; its ctx is w->ctx with ctx.merchant set to the result. */
merchant_id world_add_merchant(struct world *w);

/* Runs body as the write lane would: transaction, shard lock, write batch, savepoint. */
MUST_USE enum err world_write(struct world *w, enum err (*body)(struct ctx *ctx, void *arg),
                              void *arg);

/*
 * A write transaction around the statement or block that follows. It commits at the end, also after
 * a core function refused something; what a refused one wrote is undone by world_write only.
 */
#define WORLD_TX(w) for (bool world_open_ = world_begin(w); world_open_; world_open_ = world_end(w))
bool world_begin(struct world *w); /* true */
bool world_end(struct world *w);   /* false */
