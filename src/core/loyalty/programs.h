/*
 * programs — what a merchant rewards, and how much: accrual rules (versioned) and reward tiers.
 *
 * Square's words: program, accrual rule (VISIT, SPEND), reward tier, terminology. All rules of a
 * program count, and their points add up.
 *
 * A change is for what comes: what was earned keeps the version of the rules it was earned by, and
 * the end it was given; a reward that was taken stays what it was called and what it cost, because
 * a tier that changes is another tier (docs/decisions/0063).
 */
#pragma once
#include "base/ctx.h"

enum { PROGRAM_EXPIRY_DAYS_MAX = 3650 };
enum { PROGRAM_RULES_MAX = 8, PROGRAM_TIERS_MAX = 20, PROGRAMS_MAX = 20 };
/* The most points that one change of an account may move. */
#define PROGRAM_POINTS_MAX INT64_C(1000000000)

enum program_type { PROGRAM_POINTS, PROGRAM_STAMPS, PROGRAM_CASHBACK };
enum accrual_kind { ACCRUAL_VISIT, ACCRUAL_SPEND };
enum refund_policy {
    REFUND_OWED,   /* points a refund cannot take back are owed, and repaid by later earning */
    REFUND_TO_ZERO /* they are dropped */
};

struct accrual_rule {
    enum accrual_kind kind;
    int64_t points;       /* 1 … 1,000,000 */
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
    int64_t minimum_minor; /* an order below earns nothing */
    int64_t expiry_days;   /* 0: points do not expire */
    enum refund_policy on_refund;
    int64_t version; /* of the rules */
    int64_t created_us, updated_us;
    struct accrual_rule rules[PROGRAM_RULES_MAX];
    int rule_count;
    struct reward_tier *tiers; /* active ones, by points; filled by programs_find and _list */
    int tier_count;
};

/*
 * Adds a program with its rules and tiers; ids, version and times are filled.
 * Within:   a transaction
 * Requires: rules and tiers within their limits (asserted)
 */
MUST_USE enum err programs_add(struct ctx *ctx, struct program *program);
/*
 * Gives a program new rules, as its next version. Orders already earned keep theirs.
 * Within:   a transaction
 * Errors:   ERR_PROGRAM_UNKNOWN
 */
MUST_USE enum err programs_change_rules(struct ctx *ctx, program_id id,
                                        const struct accrual_rule *rules, int rule_count);
/* Makes a program active or inactive: an inactive one earns nothing and offers no rewards; those
 * taken are used all the same. Errors: ERR_PROGRAM_UNKNOWN */
MUST_USE enum err programs_suspend(struct ctx *ctx, program_id id);
MUST_USE enum err programs_resume(struct ctx *ctx, program_id id);

/*
 * Adds a program that somebody thought of: the merchant's first is its main one.
 * Within:   a write batch
 * Repeat:   adds another
 * Requires: as programs_add
 * Errors:   ERR_PROGRAMS_FULL   PROGRAMS_MAX are there
 */
MUST_USE enum err programs_create(struct ctx *ctx, struct program *program);

/* What is to become of a program; what is empty or not `changes_` stays. */
struct program_change {
    struct str name, term_one, term_other;
    bool changes_minimum, changes_expiry, changes_status, changes_rules;
    int64_t minimum_minor, expiry_days;
    bool active;
    struct accrual_rule rules[PROGRAM_RULES_MAX];
    int rule_count;
};
/*
 * Changes a program (id 0: the main one) and gives it as it is now, with its tiers. Other rules
 * than there are make the next version.
 * Within:   a write batch
 * Repeat:   harmless
 * Requires: rules and values within their limits (asserted)
 * Errors:   ERR_PROGRAM_UNKNOWN
 */
MUST_USE enum err programs_change(struct ctx *ctx, program_id id,
                                  const struct program_change *change, struct program *program);

/*
 * Offers another reward. id and created_us are filled; program 0 is the main one.
 * Within:   a write batch
 * Repeat:   adds another
 * Errors:   ERR_PROGRAM_UNKNOWN
 *           ERR_TIERS_FULL        PROGRAM_TIERS_MAX are offered
 */
MUST_USE enum err programs_add_tier(struct ctx *ctx, struct reward_tier *tier);
/*
 * Offers a reward in place of another, which is withdrawn: *tier names the earlier one by its id
 * and program, and gets the later one's; an empty name or no points are the earlier one's.
 * Within:   a write batch
 * Repeat:   refused, unless it changes nothing
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_TIER_UNKNOWN   (no longer offered, or another program's)
 */
MUST_USE enum err programs_replace_tier(struct ctx *ctx, struct reward_tier *tier);
/*
 * Offers a reward no more. Those taken stay.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_TIER_UNKNOWN   (there never was one in this program)
 */
MUST_USE enum err programs_withdraw_tier(struct ctx *ctx, program_id program, tier_id id);

/* id 0 means the main program. Errors: ERR_PROGRAM_UNKNOWN */
MUST_USE enum err programs_find(struct ctx *ctx, program_id id, struct program *program);
/* The same without tiers: what earning needs. */
MUST_USE enum err programs_find_rules(struct ctx *ctx, program_id id, struct program *program);
/* Replaces the rules in *program by those of one of its versions. */
MUST_USE enum err programs_use_version(struct ctx *ctx, struct program *program, int64_t version);
/* The main program first. */
MUST_USE enum err programs_list(struct ctx *ctx, struct program **programs, int *count);
/* Errors: ERR_TIER_UNKNOWN (also one that is not active) */
MUST_USE enum err programs_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier);

/* ---- accrual: pure ---- */
struct purchase {
    int64_t total_minor, tax_minor;
};
struct accrual {
    int64_t points;      /* of all rules that match; at most LEDGER_AMOUNT_MAX */
    int64_t carry_after; /* minor units towards the next point */
    /* The part of the first SPEND rule, the only one that carries; 0 without one. */
    int64_t spend_points;
    int64_t spend_minor; /* what it counted */
    int64_t rule_points, rule_amount;
};
/*
 * What a purchase earns by a program's rules, with the carry that the account has.
 *
 * SPEND: floor((carry + amount) / rule's amount) times its points, the rest is carried; a second
 * SPEND rule starts from nothing each time. VISIT: its points. Below the program's minimum, or of
 * nothing: no points and the carry as it was. A negative carry (see settle.h) is filled up first.
 */
struct accrual programs_calculate(const struct program *program, int64_t total_minor,
                                  int64_t tax_minor, int64_t carry);
/* What a purchase earns more when it grows: a second payment of the same order. */
struct accrual programs_calculate_growth(const struct program *program,
                                         const struct purchase *before,
                                         const struct purchase *after, int64_t carry);
