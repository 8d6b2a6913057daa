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
/* A byte order mark, before all rows: without it some spreadsheets read no UTF-8. */
void csv_put_mark(struct csv_out *out);
/* In double quotes when it needs them. */
void csv_put(struct csv_out *out, struct str field);
/* Words that somebody wrote: with an apostrophe in front of what a spreadsheet would take for a
 * formula. */
void csv_put_text(struct csv_out *out, struct str field);
/* An amount of minor units, with so many decimals behind the mark and nothing between thousands. */
struct csv_money {
    int decimals;
    char mark; /* '.' or ',' */
};
void csv_put_amount(struct csv_out *out, int64_t minor, struct csv_money money);
void csv_end_row(struct csv_out *out);
struct str csv_out_text(const struct csv_out *out);
