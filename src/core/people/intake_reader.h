/*
 * intake_reader — the rows of a file that lies in chunks, from any byte on, with never more than a
 * few chunks in memory. A file in UTF-16, told by its byte order mark, is given as UTF-8; of others
 * the bytes are given as they are.
 *
 * A row that cannot be read, such as one whose quote does not end, is one line: reading goes on
 * with the next.
 */
#pragma once
#include "base/csv.h"
#include "base/encoding.h"
#include "core/files/files.h"

enum { INTAKE_ROW_LEN_MAX = 16 << 10 }; /* bytes */

struct intake_reader {
    file_id file;
    int64_t size;  /* bytes of the file */
    int64_t at;    /* what is before this byte is read */
    int64_t lines; /* that are before it */
    char separator;
    enum encoding_units units;
    struct str window; /* what of the file is read and not gone through yet: it lies from */
    int64_t window_at, window_end;
};

struct intake_line {
    struct csv_row cells; /* count 0: there are no more rows */
    int64_t line;         /* where it begins; the first is 1 */
    struct str bytes;     /* all of it, without its line end */
    enum err err;         /* ERR_IMPORT_ROW: it has no cells */
};

/*
 * From its first byte; the separator is told by its first line.
 * Errors: those of files_read_chunk
 */
MUST_USE enum err intake_reader_open(struct ctx *ctx, struct intake_reader *reader);
/* The next row that has anything in it. Errors: those of files_read_chunk */
MUST_USE enum err intake_reader_next(struct ctx *ctx, struct intake_reader *reader,
                                     struct intake_line *line);
