/* import_plan — what the rows of a file make of the catalog in memory. */
#pragma once
#include "core/catalog/import_known.h"

/* How a tax is named and meant when a file tells nothing but a rate. */
struct plan_habits {
    struct str language;
    bool taxes_included;
};

/* Makes the rows of outcome->read into changes of known, and counts them in outcome. */
void plan_rows(struct ctx *ctx, const struct plan_habits *habits, struct known *known,
               struct import_outcome *outcome);
