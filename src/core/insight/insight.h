/*
 * insight — what a shop's days and people come to: figures for home and for a customer's sheet, and
 * what needs somebody's attention. Reads only, of all modules' tables.
 */
#pragma once
#include "base/ctx.h"

/* ---- days ---- */
/* Of one day, or of several together. Amounts are in the merchant's currency. */
struct insight_figures {
    int64_t orders;        /* completed, and closed that day */
    int64_t visits;        /* of them, whose points somebody got */
    int64_t revenue_minor; /* of the orders: without tip, less what was refunded since */
    /* Of the main program: others count something else, stamps or cents. */
    int64_t points_earned; /* by orders and gifts, less what refunds took back that day */
    int64_t points_spent;  /* for rewards, less those given up */
    int64_t rewards_used;
    int64_t customers_new;
};
enum { INSIGHT_DAYS_MAX = 400 };
struct insight_period {
    struct str zone;     /* whose days; known to zone.h */
    int64_t first, last; /* local days (zone.h), both included; at most INSIGHT_DAYS_MAX */
};
/*
 * Orders and points are those of where ctx->actor works; new customers are the merchant's.
 *
 * Gives:    days: one for each day, in order; totals: of all of them; before: the totals of as many
 *           days before the first
 * Requires: a period that is not empty, nor too long (asserted)
 * Cost:     of twice the period, reads each order once through the index by closing, and each
 *           loyalty event and new customer once along its key, added up by the database: a row
 *           comes back for each quarter of an hour that had any. For the REPORT lane
 */
MUST_USE enum err insight_read_days(struct ctx *ctx, const struct insight_period *period,
                                    struct insight_figures **days, struct insight_figures *totals,
                                    struct insight_figures *before);

/* ---- a customer's sheet ---- */
struct insight_sheet {
    int64_t orders, last_order_us;       /* completed, whose points they got; 0: none */
    int64_t total_minor;                 /* of them: without tip, less refunds */
    int64_t average_minor;               /* of an order; 0 when there is none */
    int64_t rewards_taken, rewards_used; /* taken: and not given up */
    int64_t rewards_available;           /* taken, and waiting to be used */
    /* Of programs whose points are money: what there is, less what is owed; and all that was ever
     * earned, also what refunds took back. */
    int64_t cashback_minor, cashback_earned_minor;
    int64_t credit_minor; /* left on credit notes that can be spent now */
};
/*
 * All zero when there is no such customer.
 * Cost:     reads each of their orders, rewards, accounts and credit notes
 */
MUST_USE enum err insight_read_sheet(struct ctx *ctx, customer_id customer,
                                     struct insight_sheet *sheet);

/* What somebody who did something is called, by their id: a team member, a key, a tablet, or a
 * POS's vendor. Empty: nobody of these, or gone since. */
MUST_USE enum err insight_find_actor_name(struct ctx *ctx, int64_t id, struct str *name);

/* ---- what needs attention ---- */
enum attention_kind {
    ATTENTION_NO_PROGRAM,              /* none is active: nothing is earned */
    ATTENTION_NO_REWARD,               /* the main program offers none */
    ATTENTION_NO_TABLET_PIN,           /* there are tablets, and anybody can leave their screen */
    ATTENTION_TABLET_UNPAIRED,         /* no device is it */
    ATTENTION_TABLET_SILENT,           /* orders came to its register after it was last seen */
    ATTENTION_REGISTER_WITHOUT_TABLET, /* a POS's register whose orders nobody sees */
    ATTENTION_ESTABLISHMENT_UNLINKED,  /* a POS's place that is none of our locations */
    ATTENTION_SUSPICION,               /* told to who may read the trail of all places */
    ATTENTION_ORDERS_EXPIRED,          /* of the last week, that nobody claimed */
    ATTENTION_NO_CUSTOMER,             /* nobody has joined yet */
    ATTENTION_KIND_COUNT
};
const char *attention_name(enum attention_kind kind); /* "tablet_silent" */

enum { ATTENTION_MAX = 50 };
struct attention {
    enum attention_kind kind;
    enum id_kind id_kind; /* of id */
    int64_t id;           /* what it is about; 0: the shop, or a thing with a name alone */
    struct str name;      /* of it; empty: it has none */
    int64_t count;        /* how many; 0: it is one */
    int64_t since_us;     /* 0: not known */
};
/*
 * Gives:    at most ATTENTION_MAX, in the order of enum attention_kind
 * Cost:     a few rows of each kind, and the orders of a week
 */
MUST_USE enum err insight_list_attention(struct ctx *ctx, struct attention **list, int *count);
