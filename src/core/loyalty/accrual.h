/*
 * accrual — what a purchase earns by a program's rules and a promotion, and why. Pure: neither
 * database nor clock.
 *
 * A purchase is a basket: its total, its lines, what of both was given back. Each rule makes a part
 * of it: what it counted (minor units, or articles), what of that was refunded, and the points. A
 * part that gives nothing, or less than it might, says why.
 *
 * What a rule counts: the lines in its scope, or all but those. Where lines add up to more than the
 * total, something was taken off the whole, and each line's share of it is not counted; where they
 * add up to less, the rest is in no scope. Refunds are taken off the lines they name; the rest of
 * them off all that is left, in proportion.
 */
#pragma once
#include "core/loyalty/programs.h"
#include "core/loyalty/promotions.h"

struct basket_line {
    int64_t variation, category; /* of the catalog; 0: nothing known */
    int64_t total_minor, tax_minor;
    int64_t refunded_minor; /* by refunds that named it */
    int64_t units;          /* articles; what is weighed is one */
};
struct basket {
    int64_t total_minor, tax_minor; /* before refunds */
    int64_t refunded_minor;         /* at most the total */
    const struct basket_line *lines;
    int line_count;
};
/* How many articles a quantity is; what is no whole number was weighed, and is one. */
int64_t basket_units(struct str quantity);

enum accrual_reason {
    ACCRUAL_GIVEN, /* nothing to explain */
    ACCRUAL_BELOW_MINIMUM,
    ACCRUAL_NOTHING_QUALIFIES,
    ACCRUAL_COOLDOWN, /* too soon after the last one */
    ACCRUAL_VISITS_DAY,
    ACCRUAL_CAP_PURCHASE,
    ACCRUAL_CAP_DAY,
    ACCRUAL_CAP_MONTH,
    ACCRUAL_PROGRAM_INACTIVE,
    ACCRUAL_PROGRAM_ENDED,
    /* promotions */
    ACCRUAL_NO_BASE_POINTS,
    ACCRUAL_SPEND_MINIMUM,
    ACCRUAL_LIMIT_REACHED,
    ACCRUAL_ANOTHER_GIVES_MORE,
    ACCRUAL_REASON_COUNT
};
const char *accrual_reason_name(enum accrual_reason reason); /* "CAP_DAY"; "" of GIVEN */
enum accrual_reason accrual_reason_parse(struct str name);   /* of those names alone */

struct accrual_part {
    int64_t basis;    /* what it counts: minor units; of ITEM_VARIATION, CATEGORY articles */
    int64_t refunded; /* of that */
    int64_t points;   /* after caps, before refunds */
    int64_t capped;   /* what caps took off */
    enum accrual_reason reason;
};
/* floor(points x refunded / basis): what refunds take back. */
int64_t accrual_taken(const struct accrual_part *part);

enum { ACCRUAL_PARTS_MAX = PROGRAM_RULES_MAX + 1 };
struct accrual {
    /* A part for each rule, in their sequence; then one for the promotion, if there is one. */
    struct accrual_part parts[ACCRUAL_PARTS_MAX];
    int part_count;
    int carrying; /* the part of the first SPEND rule, the only one that carries; -1: none */
    int64_t carry_after;
    promotion_id promotion; /* 0: none */
};
/* Points of all parts, of its promotion alone, and what refunds take of both. */
int64_t accrual_points(const struct accrual *accrual);
int64_t accrual_promotion_points(const struct accrual *accrual);
int64_t accrual_taken_back(const struct accrual *accrual);

/* What an order earned when it was told the last time: what its rules may not earn again. */
struct accrual_before {
    int64_t spend_minor;  /* what the carrying rule has counted */
    int64_t spend_points; /* and given for it, before caps */
    bool grows;           /* it may earn more now than it did */
};
/*
 * What a basket earns by a program's rules, with the carry that the account has.
 *
 * SPEND: floor((carry + amount) / rule's amount) times its points, the rest is carried; a negative
 * carry is filled up first. An order told again earns for what it counts more; what it counts less
 * is refunded. A second SPEND rule starts from nothing each time. VISIT: its points, if enough
 * counts. ITEM_VARIATION, CATEGORY: points for each article.
 */
struct accrual accrual_calculate(const struct program *program, const struct basket *basket,
                                 int64_t carry, const struct accrual_before *before);
/* What promotions see of a customer: how often each gave them points already. */
struct promotion_chance {
    const struct promotion *promotion;
    int64_t times; /* on that day, or ever: as its limit counts */
    /* filled: */
    int64_t points;
    enum accrual_reason reason; /* why not; GIVEN: it is the one that counts */
};
/*
 * Adds the promotion that gives most; of equals, the first. The others say why not.
 * A multiplier of 3 gives twice the points of the rules more, rounded down.
 */
void accrual_promote(struct accrual *accrual, const struct basket *basket,
                     struct promotion_chance *chances, int count);

/* The most that an order may earn now, and by which limit. */
struct accrual_room {
    int64_t points;
    enum accrual_reason reason;
};
/* Takes off what is more: of the promotion first, then of the last rule. */
void accrual_cap(struct accrual *accrual, struct accrual_room room);
/* It earns nothing, for this reason: all is capped, and the carry stays. */
void accrual_block(struct accrual *accrual, enum accrual_reason reason);
