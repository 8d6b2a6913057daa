/*
 * import_rows — the rows of a table of articles, as spreadsheets and other shop systems write them.
 *
 * The first line names the columns, in French, English or Spanish, in many words each; columns that
 * nobody knows are left out and told. Text is UTF-8 or Windows-1252, parted by commas, semicolons
 * or tabs. What one cell has wrong is noted in its row: the other rows can still be taken.
 */
#pragma once
#include "core/catalog/catalog.h"

enum { IMPORT_ROWS_MAX = 5000 };

enum import_column {
    IMPORT_ID, /* a variation's, as an export gives it */
    IMPORT_NAME,
    IMPORT_VARIATION,
    IMPORT_SKU,
    IMPORT_CATEGORY,
    IMPORT_PRICE,
    IMPORT_TAX,
};
enum { IMPORT_COLUMNS = IMPORT_TAX + 1 };
extern const char *const import_column_names[IMPORT_COLUMNS]; /* "sku" */

/* What is wrong with a row, or OK. */
struct import_fault {
    enum err err;
    enum import_column column;
    struct str value; /* as it was written, cut to IMPORT_VALUE_CHARS_MAX */
};
enum { IMPORT_VALUE_CHARS_MAX = 80 };

/* Texts are empty, and numbers not there, where the cell is. */
struct import_row {
    int64_t line; /* of the file; the first is 1 */
    variation_id id;
    struct str name, variation, sku, category, tax;
    bool has_price;    /* the cell says a price, */
    bool is_priceless; /* or that there is none: "libre" */
    int64_t price_minor;
    struct import_fault fault;
};

struct import_rows {
    struct import_row *at;
    int count;
    bool has[IMPORT_COLUMNS];
    struct str *unknown; /* columns that were left out, as they are called */
    int unknown_count;
};

/*
 * Reads a whole file. decimals: of the currency.
 *
 * Gives:    rows that are not empty
 * Errors:   ERR_CSV_MALFORMED     with the field "line 12"
 *           ERR_IMPORT_COLUMNS    no column has the names
 *           ERR_IMPORT_TOO_LONG   more than IMPORT_ROWS_MAX rows
 */
MUST_USE enum err import_rows_read(struct ctx *ctx, struct str bytes, int decimals,
                                   struct import_rows *rows);
