/*
 * schema — which tables a database has, and SQL composed for all of their columns.
 *
 * For what goes over every table: backup and restore. Used inside src/db only.
 */
#pragma once
#include "db/db.h"

enum schema_type {
    SCHEMA_BIGINT = 'i',
    SCHEMA_TEXT = 't',
    SCHEMA_BOOLEAN = 'b',
    SCHEMA_BYTEA = 'x'
};

struct schema_column {
    struct str name;
    enum schema_type type;
    int key_place; /* in the primary key, from 1; 0: not in it */
};

struct schema_table {
    struct str name;
    struct schema_column columns[DB_ARGS_MAX];
    int column_count;
};

/*
 * The tables but schema_migration, in the order they were made in.
 * Errors:   ERR_DB_FAILED   also when a column has another type than our four
 */
MUST_USE enum err schema_list(struct ctx *ctx, struct schema_table **tables, int *count);

/* "SELECT … FROM … ORDER BY …": every column, in the order of the primary key. */
const char *schema_select(struct arena *arena, const struct schema_table *table);
/* "INSERT INTO … VALUES ($1, …)" of every column. */
const char *schema_insert(struct arena *arena, const struct schema_table *table);
