/*
 * csv_out — rows of fields, written in memory as csv.h reads them: RFC 4180, lines end with CRLF.
 *
 * Spreadsheets of countries that write 12,50 expect semicolons between fields, so the separator is
 * the caller's.
 */
#pragma once
#include "base/str.h"

struct arena;

struct csv_out {
    struct arena *arena;
    char *at;
    size_t len, room;
    char separator; /* ',' or ';' */
    bool in_row;
};
void csv_out_open(struct csv_out *out, struct arena *arena, char separator);
/* In double quotes when it needs them. */
void csv_put(struct csv_out *out, struct str field);
void csv_end_row(struct csv_out *out);
struct str csv_out_text(const struct csv_out *out);
