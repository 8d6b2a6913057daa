/* backup_walk — what writing and reading a backup share. Used inside src/db only. */
#pragma once
#include "db/backup.h"

enum { BACKUP_NULL = 'n' }; /* tag of a value; the others are enum schema_type */

/* Counts a row, and tells the watcher of every so many. */
void backup_count_row(const struct backup_watch *watch, struct backup_figures *figures,
                      int64_t file_len);
void backup_tell_end(const struct backup_watch *watch, struct backup_figures *figures);
