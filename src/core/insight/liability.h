/*
 * liability — what a shop owes its customers: points in circulation and credit notes, at the end of
 * any day, and how it came to that.
 *
 * Of each program, for any period of days where the merchant is:
 *
 *     opening + issued - redeemed - expired - returned + adjusted = closing
 *
 * in its unit and in money. A balance is points less what is owed, as customers see it: what they
 * owe is told apart (`owed`), and so are points that are not ripe yet (`pending`), which are in no
 * balance. Credit notes are the same in money, apart from all programs.
 *
 * The figures are the ledger's lines added up, and nothing else. So that this costs the same after
 * years, a job adds what was posted to a row for each day (liability_count_*), in the order of
 * merchant_seq up to a mark; what lies behind the mark is read from the ledger itself. A transfer
 * is therefore counted once, whenever it is committed, on the day it says it was made.
 *
 * Invariants, checked by liability_audit():
 *   1. a day's row is the sum of its transfers' lines up to the mark.
 * and by the tests:
 *   2. the equation above holds for every period, in units and in money, and a period cut in parts
 *      is the sum of them;
 *   3. closing is the sum of the balances of the program's accounts.
 */
#pragma once
#include "core/ledger/audit.h"

enum { LIABILITY_DAYS_MAX = 800 };

/* ---- figures ---- */
struct liability_flows {
    int64_t issued;   /* earned, once it is ripe */
    int64_t redeemed; /* for rewards, less those given up; paid with at the till */
    int64_t expired;
    int64_t returned; /* taken back by refunds */
    int64_t adjusted; /* by hand; less than 0: more was taken than given */
};
struct liability_figures {
    int64_t opening;
    struct liability_flows flows;
    int64_t closing;
    int64_t owed;    /* by customers, at the end; closing is what they hold less this */
    int64_t pending; /* at the end */
};

/* What points are worth: `points` of them are `minor`. */
enum liability_worth {
    WORTH_UNKNOWN,     /* nothing tells it: there are no figures in money */
    WORTH_SET,         /* the merchant said so */
    WORTH_BEST_REWARD, /* the reward that gives most for a point */
    WORTH_MONEY        /* the unit is the currency's: cashback, credit notes */
};
struct liability_value {
    enum liability_worth from;
    int64_t points, minor;
    tier_id tier; /* WORTH_BEST_REWARD */
    struct str tier_name;
};

struct liability_day {
    struct liability_flows units, money; /* minor units */
    int64_t closing, closing_minor;
};
struct liability {
    program_id program; /* 0: credit notes */
    struct str name, type, term_one, term_other;
    struct liability_value value;
    struct liability_figures units, money; /* money: minor units, all 0 when WORTH_UNKNOWN */
    struct liability_day *days;            /* of the period, in order */
};

struct liability_period {
    struct str zone;     /* whose days: the merchant's */
    int64_t first, last; /* local days (zone.h), both included; at most LIABILITY_DAYS_MAX */
};
/*
 * Reads what is owed, of one program or (0) of all that are not deleted or have any figure, the
 * main one first, and of credit notes, which come last.
 *
 * Money is valued by what a point is worth now. Each day's figures are rounded so that they add up:
 * a flow may differ from its units' value by one minor unit, a balance by half of one; so a period
 * is the sum of its days, and the closing of one the opening of the next.
 *
 * Requires: a period that is not empty, nor too long (asserted); a snapshot around it, or what is
 *           counted meanwhile would be missed or doubled
 * Errors:   ERR_PROGRAM_UNKNOWN
 * Cost:     a row for each program and day there ever was, and the transfers behind the mark; it
 *           does not grow with customers. For the REPORT lane
 */
MUST_USE enum err liability_read(struct ctx *ctx, const struct liability_period *period,
                                 program_id program, struct liability **list, int *count);
/* The money of all that was read, at the end of the period; what is worth nothing known adds 0. */
int64_t liability_total(const struct liability *list, int count);

/* ---- the rows for each day ---- */
struct liability_count;

/*
 * Adds up the merchant's next transfers behind the mark, writing nothing. When the merchant has
 * moved to another zone, its days are others, and counting begins anew.
 * Within:   a snapshot
 * Gives:    NULL when there is nothing to count
 * Cost:     reads at most LIABILITY_PAGE transfers
 */
enum { LIABILITY_PAGE = 20000 };
MUST_USE enum err liability_count_prepare(struct ctx *ctx, struct liability_count **prepared);
/*
 * Puts what was added up into the rows of its days, and moves the mark; nothing when the mark has
 * moved meanwhile.
 * Within:   a write batch
 * Repeat:   harmless
 * Gives:    *more: there are transfers behind what was counted
 */
MUST_USE enum err liability_count_write(struct ctx *ctx, const struct liability_count *prepared,
                                        bool *more);

struct liability_audit {
    int64_t days, differences;
};
/*
 * Counts every merchant's days anew, and tells each row that differs, at most LEDGER_AUDIT_TOLD of
 * a merchant. Adds to *found.
 * Within:   no transaction: each merchant is read in a snapshot
 */
MUST_USE enum err liability_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self,
                                  struct liability_audit *found);
