/*
 * till_summary — what a day came to at a location's own till: baskets, hours, who served, whom;
 * what was given, used and given back. Reads only, of all modules' tables.
 *
 * What is counted is what the till recorded: baskets, not payments. A void sale counts as if it had
 * never been sold. A refund counts on the day it was made, whichever day the sale was of.
 */
#pragma once
#include "base/ctx.h"

enum { TILL_HOURS = 24 };
struct till_sum {
    int64_t baskets, total_minor; /* before refunds */
};
/* Sales that one of the team closed. */
struct till_server {
    team_member_id id; /* 0: not told */
    struct till_sum sum;
};
struct till_summary {
    int64_t from_us, until_us;         /* the day, where the location is */
    struct till_sum sum;               /* of all baskets */
    struct till_sum voids;             /* not in it */
    struct till_sum hours[TILL_HOURS]; /* by the location's clock */
    struct till_server *servers;       /* who sold most at the front */
    int server_count;
    int64_t known;                /* baskets of customers */
    int64_t customers, newcomers; /* who they were; whose account was made that day */
    int64_t points;               /* of the main program, that customers got by them */
    /* What they were paid with beside money, and did not come back. */
    int64_t rewards, rewards_minor, credit_minor, notes_minor;
    /* Given back that day, void sales apart; in notes: credit notes, in the sum of all. */
    int64_t refunds, refunded_minor, refunded_notes_minor;
};
/*
 * Requires: a zone that is known (asserted)
 * Cost:     reads each order of the day at all places once. For the REPORT lane
 */
MUST_USE enum err till_summary_read(struct ctx *ctx, location_id location, struct str zone,
                                    int64_t day, struct till_summary *summary);
