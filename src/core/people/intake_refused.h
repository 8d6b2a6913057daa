/*
 * intake_refused — the table of rows that were refused: where, why, and the row as it was, so that
 * it can be mended and taken in. For this module only.
 */
#pragma once
#include "base/csv_out.h"
#include "core/people/intake.h"

/* The columns in front of the file's own. */
enum {
    REFUSED_LINE,
    REFUSED_COLUMN, /* as the file calls it */
    REFUSED_VALUE,
    REFUSED_REASON, /* in the merchant's language */
    REFUSED_CODE,   /* as the API writes it */
    REFUSED_COLUMNS
};

struct intake_refused {
    struct csv_out out;
    struct str language;
    const struct csv_row *header; /* of the file */
    const struct intake_columns *columns;
};
/* The names of the columns: the table's first line. */
void intake_refused_begin(struct ctx *ctx, struct intake_refused *refused);
void intake_refused_add(struct ctx *ctx, struct intake_refused *refused, int64_t line,
                        const struct csv_row *cells, const struct intake_fault *fault);
