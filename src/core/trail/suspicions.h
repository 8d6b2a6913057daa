/*
 * suspicions — what of the trail is unusual, until somebody looked into it. Kept here, as the trail
 * is; what is unusual, insight/suspect.h finds.
 */
#pragma once
#include "base/ctx.h"

enum suspicion_kind {
    SUSPICION_OWN,         /* credits to one's own record */
    SUSPICION_BURST,       /* many credits by hand in an hour */
    SUSPICION_AFTER_HOURS, /* credits while the shop is closed */
    SUSPICION_KIND_COUNT
};
const char *suspicion_kind_name(enum suspicion_kind kind); /* "after_hours" */

enum { SUSPICION_WORD_MAX = 300 /* characters */ };

struct suspicion {
    suspicion_id id;
    enum suspicion_kind kind;
    team_member_id member;     /* who gave */
    int64_t day;               /* the merchant's, on which what was counted begins */
    customer_id customer;      /* OWN: their own record; 0 otherwise */
    int64_t from_us, until_us; /* what was counted in */
    int64_t counted;           /* how often they gave */
    int64_t usual;             /* what 95 of 100 did not pass; AFTER_HOURS: sales around the hour */
    int64_t known;             /* of so many weeks or hours that had any; AFTER_HOURS: sales */
    int64_t closed_us;         /* 0: nobody looked into it yet */
    team_member_id closed_by;  /* 0: not a member of the team */
    struct str word;           /* what whoever closed it says */
};

/*
 * Writes one down, and tells the screens: one of a kind for each member and day. What is open
 * already follows when it grew; what somebody closed stays closed. Within:   a write batch Repeat:
 * harmless
 */
MUST_USE enum err suspicions_keep(struct ctx *ctx, const struct suspicion *suspicion);

struct suspicion_query {
    bool closed;         /* those that somebody closed; otherwise the open ones */
    suspicion_id before; /* cursor: older than this one; 0: from the newest */
    int limit;
};
/* The newest first. */
MUST_USE enum err suspicions_list(struct ctx *ctx, const struct suspicion_query *query,
                                  struct suspicion **suspicions, int *count);
/* How many are open, and when the oldest of them was found; 0: none is. */
MUST_USE enum err suspicions_count_open(struct ctx *ctx, int64_t *count, int64_t *since_us);
/* Errors: ERR_SUSPICION_UNKNOWN */
MUST_USE enum err suspicions_find(struct ctx *ctx, suspicion_id id, struct suspicion *suspicion);
/*
 * Closes one, by ctx->actor, with a word on what it was.
 * Within:   a write batch
 * Repeat:   harmless; the last word stays
 * Errors:   ERR_SUSPICION_UNKNOWN
 */
MUST_USE enum err suspicions_close(struct ctx *ctx, suspicion_id id, struct str word);

/* The words about somebody who is removed go with them. Within: a transaction. Repeat: harmless. */
MUST_USE enum err suspicions_erase_customer(struct ctx *ctx, customer_id customer);
/* Forgets what is older than the trail (TRAIL_KEEP_US), at most max. Within: a transaction. */
MUST_USE enum err suspicions_forget(struct ctx *ctx, int max, int64_t *forgotten);
