/* till_days_store — the rows of till_days.h. */
#pragma once
#include "core/orders/till_days.h"

MUST_USE enum err till_days_store_find(struct ctx *ctx, location_id location, int64_t day,
                                       struct till_day *found);
/* Nothing when there is one. */
MUST_USE enum err till_days_store_add(struct ctx *ctx, const struct till_day *day);
MUST_USE enum err till_days_store_close(struct ctx *ctx, const struct till_day *day);
