/*
 * trail — who did what: each change that staff made, and each look at a customer's sheet.
 *
 * Written by one mechanism for all addresses (src/api/witness.c), in the transaction of the change
 * itself, so that there is no change without its entry and no entry without its change. It holds
 * ids and names of operations, never names, numbers or texts of people: who somebody is stays in
 * the directory. Nothing in it is changed; what is older than a year is forgotten.
 */
#pragma once
#include "base/ctx.h"

enum trail_kind {
    TRAIL_CHANGED, /* anything */
    TRAIL_GAVE,    /* points, a reward or credit to somebody: what is watched for what is unusual */
    TRAIL_LOOKED,  /* at somebody's sheet */
    TRAIL_KIND_COUNT
};
const char *trail_kind_name(enum trail_kind kind); /* "changed" */
/* Errors: ERR_FIELD_VALUE */
MUST_USE enum err trail_kind_parse(struct str name, enum trail_kind *kind);

struct trail_entry {
    trail_id id; /* made when it happened: id_at_us */
    enum trail_kind kind;
    struct str operation;       /* the route's name: "account_adjust" */
    enum actor_kind actor_kind; /* ACTOR_STAFF or ACTOR_KEY */
    int64_t actor;              /* team_member_id or api_key_id */
    team_member_id holder;      /* who had signed in there, when it is not the actor; 0 */
    enum id_kind subject_kind;  /* of */
    int64_t subject;            /* 0: nothing in particular */
    customer_id customer;       /* whom it concerns; 0: nobody */
    location_id location;       /* where; 0: at no place in particular */
};

/*
 * Writes down what ctx->actor did: fills id, actor_kind, actor and holder.
 * Within:   a transaction
 * Repeat:   adds another
 * Requires: an actor who is staff or a key
 */
MUST_USE enum err trail_add(struct ctx *ctx, struct trail_entry *entry);

/* Looking at the same sheet again within this is the same look. */
#define TRAIL_SAME_LOOK_US (15 * INT64_C(60000000))
/* Whether ctx->actor's look at this customer is in the trail already. */
MUST_USE enum err trail_has_look(struct ctx *ctx, customer_id customer, bool *has_look);

struct trail_query {
    bool has_kind;
    enum trail_kind kind;
    int64_t actor;             /* team_member or api_key; 0: anybody */
    struct str operation;      /* empty: any */
    customer_id customer;      /* 0: whomever it concerns */
    location_id location;      /* 0: anywhere */
    team_member_id within;     /* what they did, or what was done at their places; 0: all */
    int64_t from_us, until_us; /* 0: open; from inclusive, until exclusive */
    trail_id before;           /* cursor: older than this one; 0: from the newest */
    int limit;
};
/* The newest first. */
MUST_USE enum err trail_list(struct ctx *ctx, const struct trail_query *query,
                             struct trail_entry **entries, int *count);

/* The part of telling a person all that is known of them that is this module's: when somebody of
 * the team looked at their sheet or changed something of theirs. Not who it was: that is personal
 * data of the team (docs/decisions/0108). */
struct dossier;
MUST_USE enum err trail_export_customer(struct ctx *ctx, customer_id customer,
                                        struct dossier *dossier);

#define TRAIL_KEEP_US (366 * INT64_C(86400000000))
/* Forgets what is older than TRAIL_KEEP_US, at most max. Within: a transaction. Repeat: harmless.
 */
MUST_USE enum err trail_forget(struct ctx *ctx, int max, int64_t *forgotten);
