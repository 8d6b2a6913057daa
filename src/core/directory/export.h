/*
 * export — customers as rows of a table that spreadsheets open as it is meant, in the merchant's
 * language.
 *
 * As CSV: UTF-8 with a byte order mark, the columns' names in the first line, its decimal sign, and
 * between the fields what its spreadsheets part them by. What a spreadsheet would take for a
 * formula has an apostrophe in front.
 *
 * For a workbook: gathered as plain CSV, without names, with commas, decimal points, and texts as
 * they are; a sheet is made of it, in which each column has its kind.
 */
#pragma once
#include "base/xlsx.h"
#include "core/customers/customers.h"

enum export_part {
    EXPORT_BEGINS, /* with the first line */
    EXPORT_GOES_ON,
    EXPORT_PLAIN, /* for a workbook */
};
/* The rows of these customers; those who are gone are left out.
 * Cost: a few looks by key for each */
MUST_USE enum err export_rows(struct ctx *ctx, enum export_part part, const customer_id *customers,
                              int count, struct str *rows);
/* A workbook without rows, and rows of EXPORT_PLAIN for it: whole ones.
 * Errors: ERR_FILE_FAILED */
MUST_USE enum err export_begin_workbook(struct ctx *ctx, struct xlsx **xlsx);
MUST_USE enum err export_add_rows(struct ctx *ctx, struct xlsx *xlsx, struct str rows);
/* How many bytes of such a text are whole rows. */
size_t export_whole_len(struct str text);
