/*
 * promotions — more points than the rules give, for some time: Square's loyalty promotions.
 *
 * A promotion multiplies what an order earns in its program, or adds to it, on some days at some
 * hours, for some articles, from some amount on, so many times for each customer. It never gives
 * points where the rules give none. What it gives is part of what the order earned, and is taken
 * back as that is. It cannot be changed; it is canceled, and another is made.
 *
 * Its times are iCalendar events (base/periods.h) at the merchant's place. Before its first and
 * after its last day it is SCHEDULED and ENDED; between them ACTIVE, at every hour.
 */
#pragma once
#include "base/periods.h"
#include "core/loyalty/programs.h"

/* Of one program: active or scheduled. Of one promotion: times of week, as many as days. */
enum { PROMOTIONS_MAX = 10, PROMOTION_TIMES_MAX = 7, PROMOTIONS_PAGE_MAX = 30 };
#define PROMOTION_ONCE    INT64_C(1000) /* a multiplier is in thousandths: more than this … */
#define PROMOTION_TENFOLD (10 * PROMOTION_ONCE) /* … and at most this */

enum promotion_status {
    PROMOTION_SCHEDULED,
    PROMOTION_ACTIVE,
    PROMOTION_ENDED,
    PROMOTION_CANCELED
};

struct promotion {
    promotion_id id;
    program_id program;
    struct str name;
    bool is_multiplier;
    int64_t multiplier; /* of the points that the rules give, in thousandths: 3000 is three times */
    int64_t addition;   /* or so many points more */
    int64_t start_on, end_on;  /* first and last day, of zone.h; end_on 0: none */
    int64_t minimum_minor;     /* of an order; 0: any */
    int64_t limit_times;       /* for each customer; 0: any */
    bool limit_per_day;        /* that often on each day, or in all */
    struct catalog_ref *scope; /* one of these has to be bought; none: anything */
    int scope_count;
    struct period times[PROMOTION_TIMES_MAX];
    int time_count;
    int64_t canceled_us; /* 0: it is not */
    int64_t created_us, updated_us;
};

/*
 * Adds a promotion to a program (0: the main one); id, days and times are filled.
 * Within:   a write batch
 * Repeat:   adds another
 * Requires: values within their limits, at least one time of week (asserted)
 * Errors:   ERR_PROGRAM_UNKNOWN
 *           ERR_PROMOTION_SCOPE   the program's rules are of articles already (as Square has it)
 *           ERR_VARIATION_UNKNOWN, ERR_CATEGORY_UNKNOWN   what has to be bought
 *           ERR_PROMOTION_ENDED   its last day is over
 *           ERR_PROMOTIONS_FULL   PROMOTIONS_MAX are active or scheduled
 */
MUST_USE enum err promotions_add(struct ctx *ctx, struct promotion *promotion);
/*
 * Ends a promotion now. Orders that it gave points for keep them.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_PROGRAM_UNKNOWN, ERR_PROMOTION_UNKNOWN
 *           ERR_PROMOTION_ENDED   it was over already
 */
MUST_USE enum err promotions_cancel(struct ctx *ctx, program_id program, promotion_id id,
                                    struct promotion *promotion);

/* Of this program (0: the main one). Errors: ERR_PROGRAM_UNKNOWN, ERR_PROMOTION_UNKNOWN */
MUST_USE enum err promotions_find(struct ctx *ctx, program_id program, promotion_id id,
                                  struct promotion *promotion);
/* Of any program: what an earning names. Errors: ERR_PROMOTION_UNKNOWN */
MUST_USE enum err promotions_find_any(struct ctx *ctx, promotion_id id,
                                      struct promotion *promotion);
/* Today, where the merchant is: a day of zone.h. */
MUST_USE enum err promotions_find_today(struct ctx *ctx, int64_t *today);

/* today: the merchant's, of zone.h. */
enum promotion_status promotions_status(const struct promotion *promotion, int64_t today);

struct promotion_query {
    program_id program; /* 0: main */
    bool any_status;
    enum promotion_status status;
    int64_t before; /* cursor: promotions older than this id; 0: newest */
    int limit;      /* 1 … PROMOTIONS_PAGE_MAX */
};
/* Newest first. Errors: ERR_PROGRAM_UNKNOWN */
MUST_USE enum err promotions_search(struct ctx *ctx, const struct promotion_query *query,
                                    struct promotion **promotions, int *count);

struct promotion_moment {
    int64_t at_us;
    int64_t local_us; /* the same on the merchant's wall clock, by zone_local_at */
};
MUST_USE enum err promotions_find_moment(struct ctx *ctx, int64_t at_us,
                                         struct promotion_moment *moment);
/*
 * The promotions of all programs that give points to an order closed at this instant, the oldest
 * first; what the order has to be besides, and whose limit is reached, is accrual's to see.
 * One that was canceled after that instant counts.
 * Cost: two queries, one when there are none
 */
MUST_USE enum err promotions_list_running(struct ctx *ctx, const struct promotion_moment *at,
                                          struct promotion **promotions, int *count);
