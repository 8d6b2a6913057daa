/*
 * rewrite — an SQLite file without what was removed from it.
 *
 * secure_delete overwrites what a statement removes. It does not see the copies that a row leaves
 * behind when a full page is divided: of 2,000 removed customers, traces of ten were found in the
 * unused parts of pages. So the file is written anew, from its rows alone, and its log is emptied.
 * PostgreSQL keeps its files in its own way (docs/decisions/0107); nothing is done there.
 */
#pragma once
#include "base/ctx.h"

/*
 * Rewrites the database of the settings, on a connection of its own. Readers go on; writers wait,
 * about a second for 100 MB. The disk needs twice the file's size meanwhile.
 * Within:   no transaction
 * Errors:   ERR_DB_BUSY     somebody was writing, or reading an older state; try again
 *           ERR_DB_FAILED   also when the disk is full: nothing changed
 */
MUST_USE enum err rewrite_database(struct ctx *ctx);
/* How many bytes would be rewritten; 0 on PostgreSQL. Errors: ERR_FILE_FAILED */
MUST_USE enum err rewrite_size(struct ctx *ctx, int64_t *size);
