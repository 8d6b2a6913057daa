/*
 * import — a table of articles taken into the catalog: looked at first, then applied.
 *
 * A row is one variation. It is found by its id, then by its SKU, then by the names of the article
 * and the variation; what is not found is new. Rows of one name without a SKU, or with variations
 * of their own, are one article. A cell that is empty, and a column that is not there, leave what
 * is. Nothing is ever removed. Categories and taxes that nobody has yet are made.
 *
 * A row that cannot be taken is refused with its column and a reason; the others are taken all the
 * same. The same file once more changes nothing.
 */
#pragma once
#include "core/catalog/import_rows.h"

enum { IMPORT_REFUSED_MAX = 200, IMPORT_SAMPLES_MAX = 50 };

struct import_refusal {
    int64_t line;
    struct import_fault fault;
};

/* A row that makes or changes something. */
struct import_sample {
    int64_t line;
    bool is_new;
    struct str name, variation, sku, category_name, tax_name; /* as they will be */
    bool has_price, had_price;
    int64_t price_minor, before_minor; /* before: of one that is changed */
};

struct import_outcome {
    int rows, added, changed, same, refused; /* rows are the sum of the others */
    struct import_refusal *refusals;         /* the first IMPORT_REFUSED_MAX */
    int refusal_count;
    struct import_sample *samples; /* the first IMPORT_SAMPLES_MAX */
    int sample_count;
    struct import_rows read; /* its columns */
};

/*
 * Says what a file would do.
 *
 * Errors:   those of import_rows_read
 * Cost:     reads the whole catalog
 */
MUST_USE enum err catalog_import_preview(struct ctx *ctx, struct str bytes,
                                         struct import_outcome *outcome);
/*
 * Does it, all rows that can be taken at once.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   those of import_rows_read
 * Cost:     two statements for each row that makes or changes something
 */
MUST_USE enum err catalog_import_apply(struct ctx *ctx, struct str bytes,
                                       struct import_outcome *outcome);
