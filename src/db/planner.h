/*
 * planner — tells SQLite's query planner what a merchant's rows are like.
 *
 * Without figures SQLite takes `merchant_id = $1` to choose about ten rows, so it reads all of a
 * merchant's rows by the primary key where an index would give the few that are wanted. Real
 * figures (ANALYZE) would come too late, from a database that is already slow, and change plans
 * under way. So the schema brings its own: merchant_id chooses everything, each further column all
 * but a few, a unique key one. PostgreSQL gathers its own figures.
 */
#pragma once
#include "base/ctx.h"

/* SQLite only: whether this database's planner was told. */
MUST_USE enum err planner_is_told(struct ctx *ctx, bool *told);
/* SQLite only. Within: a transaction. Repeat: harmless. */
MUST_USE enum err planner_tell(struct ctx *ctx);
