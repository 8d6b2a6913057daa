/*
 * rewards_discount — what rewards take off a basket. Pure: no database.
 *
 * A basket is taken through its rewards one by one: first free articles, then percentages, then
 * amounts, and of the same kind the one that was taken first; each counts on what those before it
 * left. Credit comes after all of them. Each finds its lines:
 *
 *   PERCENTAGE  that part, half a cent up, of the lines it is for (or of all), at most max;
 *   AMOUNT      that much, at most what those lines still come to;
 *   ITEM        one unit of the dearest line it is for, at most max; of a weighed line of less
 *               than one unit, all. The next one finds the next unit;
 *   CREDIT      nothing, and qualifies for no line: it became a credit note when it was taken;
 *   OTHER       nothing: what is handed over has no price here.
 *
 * A minimum is of the basket before anything was taken off. A basket never comes to less than
 * nothing, and what is taken off it lies on its lines, to the cent, in proportion.
 */
#pragma once
#include "core/loyalty/programs_tiers.h"

struct discount_line {
    int64_t variation, category; /* of the catalog; 0: none of it */
    int64_t units;               /* millionths, more than 0 */
    int64_t total_minor;         /* less than nothing: a discount that the staff typed */
    int64_t off_minor;           /* taken off so far; 0 at the beginning */
    int64_t units_free;          /* by ITEM rewards; 0 at the beginning */
};
struct discount_basket {
    struct discount_line *lines;
    int line_count;
};
/* What it comes to: with all lines, before and after what was taken off. */
int64_t discount_subtotal(const struct discount_basket *basket);
int64_t discount_left(const struct discount_basket *basket);

enum discount_reason {
    DISCOUNT_GIVEN,
    DISCOUNT_BELOW_MINIMUM,     /* the basket is */
    DISCOUNT_NOTHING_QUALIFIES, /* no line is what it is for */
    DISCOUNT_NOTHING_LEFT,      /* others took all of what it is for */
};
/*
 * Takes off what a tier gives; tells how much, and why nothing. OTHER gives nothing for no reason:
 * DISCOUNT_GIVEN.
 */
int64_t discount_by_tier(const struct reward_tier *tier, struct discount_basket *basket,
                         enum discount_reason *reason);
/* Takes off an amount of credit, at most what is left; tells how much. */
int64_t discount_by_credit(int64_t amount_minor, struct discount_basket *basket);
/* The order in which kinds are counted: smaller is earlier. */
int discount_rank(enum tier_kind kind);
