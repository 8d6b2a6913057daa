/*
 * backup — the whole database in one file, from and to either engine.
 *
 * A backup is one consistent state, taken while the server works: its head (schema version, time),
 * every table with its rows in the order of their key, the number of rows of each, and the SHA-256
 * of it all at the end. The same content gives the same bytes after the head, whichever engine held
 * it. The file is encrypted by nobody and holds personal data: it is made readable by its owner
 * only. The server key (settings: key_file) is not in it; without it sealed secrets stay sealed.
 */
#pragma once
#include "base/ctx.h"

struct backup_figures {
    int64_t made_us; /* when the state was taken */
    int64_t schema;  /* number of its last migration */
    int64_t tables, rows, file_len;
    const char *table; /* the one being worked on; NULL at the end */
};
/* Told now and then while it works, for a person who waits. */
struct backup_watch {
    void (*tell)(void *self, const struct backup_figures *figures);
    void *self;
};

/*
 * Writes the database of ctx->db (a reading connection will do) to path: beside it first, then
 * renamed, so that an older backup there is replaced by a whole one only. SQLite's log grows
 * meanwhile by what is written.
 * watch may be NULL.
 * Within:   no transaction
 * Errors:   ERR_FILE_FAILED, ERR_DB_FAILED, ERR_DB_BUSY
 */
MUST_USE enum err backup_write(struct ctx *ctx, const char *path, const struct backup_watch *watch,
                               struct backup_figures *figures);

/*
 * Reads a backup to its end, without a database.
 * Errors:   ERR_FILE_FAILED
 *           ERR_BACKUP_UNREADABLE   not a backup, damaged, cut short, or of a newer program
 */
MUST_USE enum err backup_verify(struct ctx *ctx, const char *path, const struct backup_watch *watch,
                                struct backup_figures *figures);

/*
 * Fills an empty database with a backup: makes the schema it was taken from, puts all rows in one
 * transaction that commits only when the checksum was right, then runs later migrations.
 * Within:   no transaction
 * Errors:   ERR_FILE_FAILED
 *           ERR_BACKUP_UNREADABLE   as above
 *           ERR_BACKUP_NOT_EMPTY    there are rows in the database
 *           ERR_DB_FAILED, ERR_DB_BUSY, ERR_DB_CONSTRAINT
 */
MUST_USE enum err backup_restore(struct ctx *ctx, const char *path,
                                 const struct backup_watch *watch, struct backup_figures *figures);
