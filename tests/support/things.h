/*
 * things — a world with two tables that have every type and constraint, for tests of src/db itself.
 *
 * thing (id key, number below 1000, words, yes, bytes) and part (id key, thing_id of a thing).
 */
#pragma once
#include "support/test.h"
#include "support/world.h"

extern const char things_tables[]; /* the SQL that makes them */

struct world things_open(void);
MUST_USE enum err things_add(struct ctx *ctx, int64_t id, int64_t number, const char *words);
int64_t things_count(struct ctx *ctx);
