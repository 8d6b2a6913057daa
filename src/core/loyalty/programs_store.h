/*
 * programs_store — the SQL of programs, accrual rules and reward tiers. For this module only, and
 * for settling, which reads the rules of earlier versions.
 */
#pragma once
#include "core/loyalty/programs.h"
#include "db/db.h"

/* ---- programs ---- */
MUST_USE enum err programs_store_add(struct ctx *ctx, const struct program *program);
MUST_USE enum err programs_store_change_version(struct ctx *ctx, program_id id, int64_t version);
MUST_USE enum err programs_store_change_status(struct ctx *ctx, program_id id, bool active,
                                               bool *changed);
/* All that a change may tell, and the version. */
MUST_USE enum err programs_store_change(struct ctx *ctx, const struct program *program);
/* id 0: none is main, from now on, too. */
MUST_USE enum err programs_store_find_main(struct ctx *ctx, program_id *id);
MUST_USE enum err programs_store_set_main(struct ctx *ctx, program_id id);
/* Without rules and tiers; id 0 in *program when there is none. */
MUST_USE enum err programs_store_find(struct ctx *ctx, program_id id, struct program *program);
/* The same of those that are not closed, or of all: the main one first, then by age; at most max
 * fit into programs. */
enum programs_wanted { PROGRAMS_OPEN, PROGRAMS_ALL };
MUST_USE enum err programs_store_list(struct ctx *ctx, enum programs_wanted wanted, int max,
                                      struct program *programs, int *count);

/* ---- rules ---- */
MUST_USE enum err programs_store_add_rule(struct ctx *ctx, const struct program *program,
                                          int position, const struct accrual_rule *rule);
/* Fills rules and rule_count. */
MUST_USE enum err programs_store_list_rules(struct ctx *ctx, struct program *program,
                                            int64_t version);
/* Fills those of all programs that are not closed; programs has them all. */
MUST_USE enum err programs_store_list_all_rules(struct ctx *ctx, struct program *programs,
                                                int count);

/* ---- tiers: programs_tiers_store.c ---- */
MUST_USE enum err programs_store_add_tier(struct ctx *ctx, const struct reward_tier *tier);
MUST_USE enum err programs_store_withdraw_tier(struct ctx *ctx, tier_id id);
MUST_USE enum err programs_store_change_stock(struct ctx *ctx, const struct reward_tier *tier);
/* Moves the stock of a tier that has one; moved: false when none would be left. */
MUST_USE enum err programs_store_move_stock(struct ctx *ctx, tier_id id, int64_t by, bool *moved);
/* Fills tiers and tier_count. */
MUST_USE enum err programs_store_list_tiers(struct ctx *ctx, struct program *program);
MUST_USE enum err programs_store_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier);

/* ---- words of columns, for all of this module ---- */
/* The place of a word among the count that a column's CHECK allows. */
int programs_store_word(struct str word, const char *const *words, int count);
/* What a kind of accrual_scope, reward_tier_object, promotion_scope says. */
struct db_arg programs_store_ref_kind(const struct catalog_ref *ref);
struct catalog_ref programs_store_ref(struct db_rows *rows, int kind_column, int id_column);
