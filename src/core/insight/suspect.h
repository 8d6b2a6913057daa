/*
 * suspect — finds what in the trail is unusual for this shop, and worth asking about.
 *
 * Nothing is unusual by itself, only beside what the shop did in the eight weeks before:
 *   own          more credits to one's own record in a week than twice what 95 of 100 customers
 *                who got any had in a week
 *   burst        more credits by hand in an hour than twice what 95 of 100 hours with any had, of
 *                anybody
 *   after hours  credits in an hour of the week in which, with the hours before and after it, fewer
 *                than one of 500 sales was made
 * Before four weeks are known, and so many such weeks, hours or sales that they tell what is usual,
 * it says nothing. A credit is what the trail calls `gave`, to a customer; by hand: no sale. Hours,
 * days and weeks are the merchant's. One's own record is the customer with one's e-mail address, or
 * with all the words of one's name. The same trail always gives the same suspicions.
 */
#pragma once
#include "core/trail/suspicions.h"

enum {
    SUSPECT_WEEKS = 8,       /* that tell what is usual */
    SUSPECT_DAYS_MIN = 28,   /* since the first that is known of them */
    SUSPECT_KNOWN_MIN = 20,  /* weeks of a customer, or hours of a member */
    SUSPECT_SALES_MIN = 200, /* of all hours */
    SUSPECT_OF_100 = 95,     /* so many of 100 are usual */
    SUSPECT_TIMES = 2,       /* more than so many times what is usual */
    SUSPECT_RARE_OF = 500,   /* fewer than one of so many sales is rare */
};

struct suspicion_list {
    struct suspicion *at;
    int count;
};
/*
 * What yesterday and today, with the weeks they lie in, have of it by now.
 * Gives:    NULL: nothing
 * Cost:     the trail of those weeks; where there is something to compare, that of eight weeks, or
 *           when their orders were closed, added up by the database
 */
MUST_USE enum err suspect_find(struct ctx *ctx, struct suspicion_list **found);

/* Whether ctx->actor may know of them: who reads the trail, of the whole shop that they compare
 * with. */
MUST_USE enum err suspect_may_know(struct ctx *ctx, bool *may_know);
/*
 * Closes one with a word, for ctx->actor.
 * Within:   a write batch
 * Repeat:   harmless; the last word stays
 * Gives:    the suspicion as it is now
 * Errors:   ERR_SUSPICION_UNKNOWN
 *           ERR_SUSPICION_SELF   it is about ctx->actor, who may not change the team
 */
MUST_USE enum err suspect_close(struct ctx *ctx, suspicion_id id, struct str word,
                                struct suspicion *suspicion);
