/* affected_store — the SQL of affected. For this module only. */
#pragma once
#include "core/insight/affected.h"

/* Accounts, points and pending points of a program. */
MUST_USE enum err affected_store_sum_points(struct ctx *ctx, program_id id,
                                            struct affected *affected);
MUST_USE enum err affected_store_count_rewards(struct ctx *ctx, program_id id, int64_t *count);
MUST_USE enum err affected_store_count_waiting(struct ctx *ctx, int64_t *count);
