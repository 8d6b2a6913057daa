/*
 * programs — what a merchant rewards, and how much: accrual rules (versioned) and reward tiers.
 *
 * Square's words: program, accrual rule (VISIT, SPEND, ITEM_VARIATION, CATEGORY), reward tier,
 * terminology. All rules of a program count, and their points add up. Several programs run beside
 * each other: an order earns in each that earns.
 *
 * A change is for what comes: what was earned keeps the version of the rules it was earned by, and
 * the end it was given; a reward that was taken stays what it was called and what it cost, because
 * a tier that changes is another tier (docs/decisions/0063). How a program ends: programs_close.h.
 */
#pragma once
#include "core/loyalty/programs_tiers.h"

enum { PROGRAM_DAYS_MAX = 3650 /* until points expire, ripen …, of anything told in days */ };
enum { PROGRAM_NOTICE_DAYS = 30 /* before points expire, unless somebody tells others */ };
enum { PROGRAM_RULES_MAX = 8, PROGRAM_TIERS_MAX = 20, PROGRAMS_MAX = 20, PROGRAMS_PAGE_MAX = 200 };
/* The most points that one change of an account may move. */
#define PROGRAM_POINTS_MAX INT64_C(1000000000)

enum program_type { PROGRAM_POINTS, PROGRAM_STAMPS, PROGRAM_CASHBACK };
enum accrual_kind { ACCRUAL_VISIT, ACCRUAL_SPEND, ACCRUAL_ITEM_VARIATION, ACCRUAL_CATEGORY };
enum refund_policy {
    REFUND_OWED,   /* points a refund cannot take back are owed, and repaid by later earning */
    REFUND_TO_ZERO /* they are dropped */
};

struct accrual_rule {
    enum accrual_kind kind;
    int64_t points;       /* 1 … 1,000,000; of ITEM_VARIATION and CATEGORY: for each article */
    int64_t amount_minor; /* SPEND: points for each of it; VISIT: at least this much */
    bool before_tax;
    /* VISIT, SPEND: what of an order counts, or all but this; none: all of it.
     * ITEM_VARIATION, CATEGORY: the articles that earn; at least one. */
    struct catalog_ref *scope;
    int scope_count;
    bool scope_excludes;
};

struct program {
    program_id id;
    bool is_main, active;
    enum program_type type; /* CASHBACK: its points are the currency's minor units */
    struct str name, term_one, term_other;
    int64_t minimum_minor; /* an order below earns nothing */
    int64_t expiry_days;   /* 0: points do not expire */
    int64_t notice_days;   /* before they do, their owner is told; 0: is not */
    int64_t ripen_days;    /* points are pending for so long after an order; 0: are not */
    enum refund_policy on_refund;
    int64_t ends_on; /* the last day it earns, of zone.h; 0: none */
    /* Limits for each customer; 0: none. Days and months are the merchant's. */
    int64_t cap_purchase, cap_day, cap_month; /* points */
    int64_t visits_day;                       /* earnings */
    int64_t cooldown_minutes;                 /* from one earning to the next */
    /* For the books: so many points are worth so much; 0: as much as its best reward. */
    int64_t value_points, value_minor;
    int64_t closing_us; /* what is left of its points expires then; 0: it stays */
    int64_t closed_us;  /* when that was done; 0: it is not */
    int64_t version;    /* of the rules */
    int64_t created_us, updated_us;
    struct accrual_rule rules[PROGRAM_RULES_MAX];
    int rule_count;
    struct reward_tier *tiers; /* active ones, by points; filled by programs_find and _list */
    int tier_count;
};

/* Whether orders earn in it on a day (zone.h) of the merchant's. */
bool programs_earns(const struct program *program, int64_t today);
/* Whether rewards can be taken: while it is active, also when it earns no more or is closing. */
bool programs_offers(const struct program *program, int64_t now_us);
/* Whether its points are gone for good: what comes back to it after that is dropped. */
bool programs_is_over(const struct program *program, int64_t now_us);

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
 * Adds a program that somebody thought of: it is the main one when no other is, or that one is
 * closing.
 * Within:   a write batch
 * Repeat:   adds another
 * Requires: as programs_add
 * Errors:   ERR_PROGRAMS_FULL   PROGRAMS_MAX are there that are not closed
 *           ERR_FIELD_RANGE     its end (ends_on) is over already
 *           ERR_VARIATION_UNKNOWN, ERR_CATEGORY_UNKNOWN   of its rules and tiers
 */
MUST_USE enum err programs_create(struct ctx *ctx, struct program *program);

/* What a program's change may tell. */
enum program_field {
    PROGRAM_NAME = 1 << 0,
    PROGRAM_TERMS = 1 << 1, /* each of both that is not empty */
    PROGRAM_STATUS = 1 << 2,
    PROGRAM_RULES = 1 << 3,
    PROGRAM_MINIMUM = 1 << 4,
    PROGRAM_EXPIRY = 1 << 5,
    PROGRAM_NOTICE = 1 << 6,
    PROGRAM_RIPENING = 1 << 7,
    PROGRAM_REFUNDS = 1 << 8,
    PROGRAM_END = 1 << 9,
    PROGRAM_CAP_PURCHASE = 1 << 10,
    PROGRAM_CAP_DAY = 1 << 11,
    PROGRAM_CAP_MONTH = 1 << 12,
    PROGRAM_VISITS_DAY = 1 << 13,
    PROGRAM_COOLDOWN = 1 << 14,
    PROGRAM_VALUE = 1 << 15,
};
/* What is to become of a program: these fields are as in `to`, the others stay. */
struct program_change {
    unsigned fields; /* of enum program_field */
    struct program to;
};
/* What a program becomes by a change, which is not made; whether its rules are others then. */
bool programs_apply(const struct program_change *change, const struct program *before,
                    struct program *after);
/*
 * Changes a program (id 0: the main one) and gives it as it is now, with its tiers. Other rules
 * than there are make the next version.
 * Within:   a write batch
 * Repeat:   harmless
 * Requires: rules and values within their limits (asserted)
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_PROGRAM_CLOSED
 *           ERR_FIELD_RANGE   an end (ends_on) that is over already
 *           ERR_VARIATION_UNKNOWN, ERR_CATEGORY_UNKNOWN   of its rules, if they are others
 */
MUST_USE enum err programs_change(struct ctx *ctx, program_id id,
                                  const struct program_change *change, struct program *program);

/* id 0 means the main program. Errors: ERR_PROGRAM_UNKNOWN */
MUST_USE enum err programs_find(struct ctx *ctx, program_id id, struct program *program);
/* The same without tiers: what earning needs. */
MUST_USE enum err programs_find_rules(struct ctx *ctx, program_id id, struct program *program);
/* Those that are not closed, the main program first. */
MUST_USE enum err programs_list(struct ctx *ctx, struct program **programs, int *count);
/* The same without tiers. Cost: two queries, however many there are */
MUST_USE enum err programs_list_rules(struct ctx *ctx, struct program **programs, int *count);
/* Closed ones too, at most PROGRAMS_PAGE_MAX. */
MUST_USE enum err programs_list_all(struct ctx *ctx, struct program **programs, int *count);
