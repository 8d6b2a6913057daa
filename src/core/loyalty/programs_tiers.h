/*
 * programs_tiers — the rewards that a program offers: see programs.h.
 *
 * A tier that changes is another tier (docs/decisions/0063): what was taken stays what it was. Its
 * stock alone is no part of what it is.
 */
#pragma once
#include "base/ctx.h"

/* An article or a category of the catalog, as rules, rewards and promotions name them. */
struct catalog_ref {
    bool is_category;
    int64_t id; /* variation_id or category_id */
};
/*
 * Whether all of them are there.
 * Errors:   ERR_VARIATION_UNKNOWN, ERR_CATEGORY_UNKNOWN   with the field
 * Cost:     one query for 32 articles, one for all categories
 */
MUST_USE enum err programs_check_refs(struct ctx *ctx, const struct catalog_ref *refs, int count,
                                      const char *field);
enum { SCOPE_MAX = 500 }; /* of these in one rule, tier or promotion */
/* In any order; none of them twice. */
bool programs_are_same_refs(const struct catalog_ref *a, int a_count, const struct catalog_ref *b,
                            int b_count);

/* What a reward is good for. What each means at the till: rewards.h. */
enum tier_kind { TIER_OTHER, TIER_PERCENTAGE, TIER_AMOUNT, TIER_ITEM, TIER_CREDIT };
struct reward_tier {
    tier_id id;
    program_id program;
    struct str name;
    int64_t points;
    bool active;
    enum tier_kind kind;
    /* PERCENTAGE: millionths (105000 is 10.5 %); AMOUNT: minor units; CREDIT: too, at most
     * CREDIT_AMOUNT_MAX */
    int64_t value;
    int64_t max_minor;           /* PERCENTAGE, ITEM: takes off at most this much; 0: any */
    int64_t minimum_minor;       /* of the purchase it is used on */
    struct catalog_ref *objects; /* what is free, or what the discount is for; none: all */
    int object_count;
    int64_t valid_days;   /* after taking; 0: without end */
    bool has_stock;       /* or there is any number */
    int64_t stock;        /* left */
    int64_t per_customer; /* taken at most by each; 0: any */
    int64_t created_us;
};
/* Whether its stock is used up. */
static inline bool
programs_is_gone(const struct reward_tier *tier)
{
    return tier->has_stock && tier->stock == 0;
}

/*
 * Offers another reward. id and created_us are filled; program 0 is the main one.
 * Within:   a write batch
 * Repeat:   adds another
 * Errors:   ERR_PROGRAM_UNKNOWN
 *           ERR_TIERS_FULL        PROGRAM_TIERS_MAX are offered
 *           ERR_VARIATION_UNKNOWN, ERR_CATEGORY_UNKNOWN   of its objects
 */
MUST_USE enum err programs_add_tier(struct ctx *ctx, struct reward_tier *tier);
enum tier_field {
    TIER_NAME = 1 << 0,
    TIER_POINTS = 1 << 1,
    TIER_VALUE = 1 << 2, /* kind and value */
    TIER_MAX = 1 << 3,
    TIER_MINIMUM = 1 << 4,
    TIER_OBJECTS = 1 << 5,
    TIER_VALIDITY = 1 << 6,
    TIER_STOCK = 1 << 7,
    TIER_PER_CUSTOMER = 1 << 8,
};
/* What is to become of a tier, named by its id and program in `to`: these fields, and no other. */
struct tier_change {
    unsigned fields; /* of enum tier_field */
    struct reward_tier to;
};
/*
 * Offers a reward in place of another, which is withdrawn, and gives it. A stock alone changes
 * where it is.
 * Within:   a write batch
 * Repeat:   refused, unless it changes nothing, or the stock alone
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_TIER_UNKNOWN   (no longer offered, or another program's)
 */
MUST_USE enum err programs_replace_tier(struct ctx *ctx, const struct tier_change *change,
                                        struct reward_tier *tier);
/*
 * Offers a reward no more. Those taken stay.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_TIER_UNKNOWN   (there never was one in this program)
 */
MUST_USE enum err programs_withdraw_tier(struct ctx *ctx, program_id program, tier_id id);

/* Errors: ERR_TIER_UNKNOWN (also one that is not offered) */
MUST_USE enum err programs_find_tier(struct ctx *ctx, tier_id id, struct reward_tier *tier);
/* Also one that was withdrawn: what a reward that was taken is good for. Errors: ERR_TIER_UNKNOWN
 */
MUST_USE enum err programs_find_tier_taken(struct ctx *ctx, tier_id id, struct reward_tier *tier);
/* Takes one from a tier's stock, where it has one; taken: false when none is left.
 * Within: a write batch. Repeat: takes another */
MUST_USE enum err programs_take_stock(struct ctx *ctx, tier_id id, bool *taken);
/* Puts one back. Within: a write batch. Repeat: puts another back */
MUST_USE enum err programs_return_stock(struct ctx *ctx, tier_id id);
