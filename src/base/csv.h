/*
 * csv — rows of comma-separated fields (RFC 4180), or with another sign between them, from memory.
 *
 * Fields may be in double quotes, with "" for one inside; a quoted field may hold commas and line
 * ends. Lines end with LF or CRLF; empty lines are skipped; a byte order mark in front is, too.
 */
#pragma once
#include "base/ctx.h"

enum { CSV_FIELDS_MAX = 64 };

struct csv {
    struct str rest; /* set it to the whole text before the first csv_next */
    char separator;  /* 0: a comma */
    int64_t line;    /* of the last row; the first is 1 */
};

struct csv_row {
    struct str fields[CSV_FIELDS_MAX];
    int count; /* 0: there are no more rows */
};

/* The sign that parts a text's first line: a semicolon, a tab, or a comma when in doubt. */
char csv_separator_of(struct str text);
/*
 * Reads the next row.
 *
 * Gives:    fields, which point into the text where they can, otherwise into the ctx's arena
 * Errors:   ERR_CSV_MALFORMED   a quote that does not end, text behind one, too many fields; the
 *                               detail names the line
 */
MUST_USE enum err csv_next(struct ctx *ctx, struct csv *csv, struct csv_row *row);
