/*
 * migrate — brings a database's schema to what this program expects.
 *
 * Migrations are src/db/migrations/NNNN_name.sql, embedded; each runs in one transaction and is
 * noted in schema_migration with its SHA-256, so that an edited one is refused. A number may be
 * left out; one that comes later than a higher one ran is refused where that happened.
 */
#pragma once
#include "base/ctx.h"

struct migration {
    int number;
    const char *name;
    const char *text;
};
extern const struct migration migrations[]; /* build/gen/migrations.c */
extern const int migration_count;

/* Runs what is missing. Repeat: harmless. Gives: how many ran.
 * Errors:   ERR_DB_FAILED   also when a migration that ran here was edited, or the database is
 * newer */
MUST_USE enum err migrate_run(struct ctx *ctx, int *ran);
/* The same with another list, for tests. Requires: numbers that go up (asserted) */
MUST_USE enum err migrate_run_list(struct ctx *ctx, const struct migration *list, int count,
                                   int *ran);
/* OK when nothing is missing; ERR_DB_FAILED with the reason otherwise. */
MUST_USE enum err migrate_check(struct ctx *ctx);
/* SHA-256 of its text, in hex: as schema_migration has it. */
struct str migrate_checksum(struct arena *arena, const struct migration *migration);
