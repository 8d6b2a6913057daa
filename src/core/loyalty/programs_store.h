/* programs_store — the SQL of programs, accrual rules and reward tiers. For this module only. */
#pragma once
#include "core/loyalty/programs.h"

MUST_USE enum err programs_store_add(struct ctx *ctx, const struct program *program);
MUST_USE enum err programs_store_add_rule(struct ctx *ctx, const struct program *program,
                                          int position, const struct accrual_rule *rule);
MUST_USE enum err programs_store_add_tier(struct ctx *ctx, const struct reward_tier *tier);
MUST_USE enum err programs_store_change_version(struct ctx *ctx, program_id id, int64_t version);
MUST_USE enum err programs_store_change_status(struct ctx *ctx, program_id id, bool active,
                                               bool *changed);
/* Name, terms, minimum, expiry, status and version. */
MUST_USE enum err programs_store_change(struct ctx *ctx, const struct program *program);
MUST_USE enum err programs_store_withdraw_tier(struct ctx *ctx, tier_id id);
/* id 0: none is main. */
MUST_USE enum err programs_store_find_main(struct ctx *ctx, program_id *id);
/* Without rules and tiers; id 0 in *program when there is none. */
MUST_USE enum err programs_store_find(struct ctx *ctx, program_id id, struct program *program);
/* Fills rules and rule_count. */
MUST_USE enum err programs_store_list_rules(struct ctx *ctx, struct program *program,
                                            int64_t version);
/* Fills tiers and tier_count. */
MUST_USE enum err programs_store_list_tiers(struct ctx *ctx, struct program *program);
/* The main one first; at most PROGRAMS_MAX. */
MUST_USE enum err programs_store_list(struct ctx *ctx, program_id *ids, int *count);
MUST_USE enum err programs_store_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier);
