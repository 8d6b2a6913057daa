/* taxes_store — the rows of taxes.h. */
#pragma once
#include "core/catalog/taxes.h"

MUST_USE enum err taxes_store_add(struct ctx *ctx, const struct tax *tax);
/* changed is false when there is no such version of it. */
MUST_USE enum err taxes_store_change(struct ctx *ctx, const struct tax *before,
                                     const struct tax *after, bool *changed);
MUST_USE enum err taxes_store_find(struct ctx *ctx, tax_id id, struct tax *tax);
MUST_USE enum err taxes_store_list(struct ctx *ctx, struct tax **taxes, int *count);
