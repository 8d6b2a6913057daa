/*
 * programs — what a merchant rewards, and how much: accrual rules (versioned) and reward tiers.
 *
 * Square's words: program, accrual rule (VISIT, SPEND), reward tier, terminology.
 */
#pragma once
#include "base/ctx.h"

enum { PROGRAM_RULES_MAX = 8, PROGRAM_TIERS_MAX = 20, PROGRAMS_MAX = 20 };
enum program_type { PROGRAM_POINTS, PROGRAM_STAMPS, PROGRAM_CASHBACK };
enum accrual_kind { ACCRUAL_VISIT, ACCRUAL_SPEND };
enum refund_policy { REFUND_OWED, REFUND_TO_ZERO };

struct accrual_rule {
    enum accrual_kind kind;
    int64_t points;
    int64_t amount_minor; /* SPEND: points for each of it; VISIT: at least this much */
    bool before_tax;
};
struct reward_tier {
    tier_id id;
    program_id program;
    struct str name;
    int64_t points;
    bool active;
    int64_t created_us;
};
struct program {
    program_id id;
    bool is_main, active;
    enum program_type type;
    struct str name, term_one, term_other;
    int64_t minimum_minor, expiry_days;
    enum refund_policy on_refund;
    int64_t version, created_us, updated_us;
    struct accrual_rule rules[PROGRAM_RULES_MAX];
    int rule_count;
    struct reward_tier *tiers; /* active ones, by points; filled by programs_find and _list */
    int tier_count;
};

/* Adds a program with its rules and tiers; ids are filled. Within: a transaction. */
MUST_USE enum err programs_add(struct ctx *ctx, struct program *program);
/* id 0 means the main program. Errors: ERR_PROGRAM_UNKNOWN */
MUST_USE enum err programs_find(struct ctx *ctx, program_id id, struct program *program);
/* The same without tiers: what earning needs. */
MUST_USE enum err programs_find_rules(struct ctx *ctx, program_id id, struct program *program);
/* The main program first. */
MUST_USE enum err programs_list(struct ctx *ctx, struct program **programs, int *count);
/* Errors: ERR_TIER_UNKNOWN */
MUST_USE enum err programs_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier);

/* What an amount would earn by a program's rules, with the carry an account has. Pure. */
struct accrual {
    int64_t points;
    int64_t carry_after;
    int64_t rule_points, rule_amount;
};
struct accrual programs_calculate(const struct program *program, int64_t total_minor,
                                  int64_t tax_minor, int64_t carry);
