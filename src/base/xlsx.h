/*
 * xlsx — a workbook of one sheet, for spreadsheets, by libxlsxwriter.
 *
 * It is written row by row into a file that has no name, so that nothing is left of it whatever
 * happens, and memory holds one row. A first row with the columns' names is bold and stays in
 * sight. Text is always text, never a formula.
 */
#pragma once
#include "base/ctx.h"

struct xlsx;

enum xlsx_kind {
    XLSX_TEXT,
    XLSX_DAY,    /* "2026-03-02"; as text when a spreadsheet's calendar does not have it */
    XLSX_NUMBER, /* "-12" */
    XLSX_MONEY,  /* "1250.50" */
};
struct xlsx_column {
    struct str name;
    enum xlsx_kind kind;
    int width; /* characters */
};
struct xlsx_sheet {
    struct str name; /* at most 31 characters, and none of []:*?/\ */
    const struct xlsx_column *columns;
    int count;
    int decimals; /* of money */
};
/* As many as a sheet has, less the one with the names. */
enum { XLSX_ROWS_MAX = 1048575, XLSX_COLUMNS_MAX = 32 };

/* Gives: a workbook whose owner destroys it. Errors: ERR_FILE_FAILED */
MUST_USE enum err xlsx_create(struct ctx *ctx, const struct xlsx_sheet *sheet, struct xlsx **xlsx);
/*
 * One cell for each column; an empty one stays empty. What XML cannot hold is left out, and what
 * is behind the 16,000th character.
 * Requires: not finished (asserted)
 * Errors:   ERR_FILE_FAILED   also when there are XLSX_ROWS_MAX already
 */
MUST_USE enum err xlsx_add_row(struct ctx *ctx, struct xlsx *xlsx, const struct str *cells);
/* Gives: how many bytes it has. Errors: ERR_FILE_FAILED */
MUST_USE enum err xlsx_finish(struct ctx *ctx, struct xlsx *xlsx, int64_t *size);
/* At most so many of its bytes. Requires: finished. Errors: ERR_FILE_FAILED */
MUST_USE enum err xlsx_read(struct ctx *ctx, const struct xlsx *xlsx, int64_t at, size_t max,
                            struct str *bytes);
void xlsx_destroy(struct xlsx *xlsx);
