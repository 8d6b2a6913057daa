/*
 * retention — for how long a merchant keeps people of whom nothing is heard any more.
 *
 * The law wants personal data gone when its purpose is; the French authority's measure for
 * customers is three years after their last contact. A merchant chooses the months, looks at whom
 * that would erase, and turns it on: from then on a job erases them, each in the journal
 * (erasure.h). Nobody is written to. Off until it is turned on.
 *
 * A contact is something the person did: a purchase or another gain of points, a reward taken or
 * used, a sign-in or a use of the app, their card shown at the till. Opening an e-mail is none, nor
 * is what staff or time did: points given by hand, points expired.
 */
#pragma once
#include "base/ctx.h"

enum { RETENTION_MONTHS_MAX = 120, RETENTION_MONTHS_ADVISED = 36, RETENTION_PAGE_MAX = 100 };
struct retention {
    int64_t months;     /* 0: none was chosen yet */
    bool active;        /* those past it are erased */
    int64_t changed_us; /* 0: never */
};
MUST_USE enum err retention_read(struct ctx *ctx, struct retention *retention);
/*
 * Within:   a transaction
 * Repeat:   harmless
 * Errors:   ERR_FIELD_RANGE (months)   not 1 … RETENTION_MONTHS_MAX
 */
MUST_USE enum err retention_change(struct ctx *ctx, const struct retention *wanted);

/* Somebody who would be erased. */
struct quiet_customer {
    customer_id id;
    struct str given_name, family_name, company_name;
    int64_t heard_us; /* their last contact, or when they became known */
};
/*
 * Those of whom nothing was heard for so many months, at most max, by id after `after`. Reads on
 * until it has them, or until all were looked at: then *next is 0, otherwise where to go on.
 * Cost:     ten seconds for a million customers
 */
struct quiet_query {
    int64_t months;
    int64_t after; /* a customer's id; 0: from the first */
    int max;       /* of those found */
    int pages_max; /* of those looked at, RETENTION_PAGE_MAX each; 0: as many as there are */
};
MUST_USE enum err retention_look(struct ctx *ctx, const struct quiet_query *query,
                                 struct quiet_customer **customers, int *count, int64_t *next);
/* How many there are in all. Cost: as retention_look. */
MUST_USE enum err retention_count(struct ctx *ctx, int64_t months, int64_t *count);

/* A step of the job: who was found before, and is quiet still, is erased; notes how far it came. */
struct retention_step {
    struct quiet_customer *customers;
    int count;
    int64_t months, next;
};
/* Goes on where the step before ended. Gives NULL when it is off. */
MUST_USE enum err retention_prepare(struct ctx *ctx, struct retention_step **step);
/* Within: a write batch. */
MUST_USE enum err retention_erase(struct ctx *ctx, const struct retention_step *step);

/* That somebody did something now that leaves no other trace. Nothing when there is no such
 * customer. Within: a transaction. Repeat: harmless. */
MUST_USE enum err retention_note_contact(struct ctx *ctx, customer_id customer, int64_t at_us);
