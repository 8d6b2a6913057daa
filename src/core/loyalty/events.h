/*
 * events — what happened to loyalty accounts, for ever. Written by core/loyalty alone, in the
 * transaction that moves the points; read here by account, customer, order, kind, place and person.
 */
#pragma once
#include "base/ctx.h"

enum event_type {
    EVENT_ACCUMULATE_POINTS,
    EVENT_CREATE_REWARD,
    EVENT_REDEEM_REWARD,
    EVENT_DELETE_REWARD,
    EVENT_ADJUST_POINTS,
    EVENT_EXPIRE_POINTS,
    EVENT_ACCUMULATE_PROMOTION_POINTS,
    EVENT_OTHER,
    EVENT_TYPE_COUNT
};
struct loyalty_event {
    transfer_id id; /* of the transfer too, when points moved */
    int64_t seq;
    account_id account;
    program_id program;
    enum event_type type;
    int64_t points; /* how the balance changed */
    int64_t rule_version;
    location_id location;
    order_id order;
    reward_id reward;
    promotion_id promotion; /* of what a promotion gave */
    struct str reason;
    enum actor_kind actor_kind;
    int64_t actor_id;
    int64_t at_us;
};
const char *event_type_name(enum event_type type); /* "ACCUMULATE_POINTS" */
/* Errors: ERR_FIELD_VALUE */
MUST_USE enum err event_type_parse(struct str name, enum event_type *type);

/* What an event is to who reads of a customer: a type does not tell a refund from a correction. */
enum event_kind {
    EVENT_IS_EARNED,     /* by an order, an offer or a program's API; also what is still to ripen */
    EVENT_IS_REWARD,     /* taken, used, put back, given up, too old */
    EVENT_IS_CORRECTION, /* by hand */
    EVENT_IS_REFUND,     /* what an order's refund took back */
    EVENT_IS_SPENT,      /* a cashback program's money, or given back when the order was undone */
    EVENT_IS_EXPIRED,
    EVENT_IS_MERGED, /* came from, or went to, another account */
    EVENT_KIND_COUNT
};
const char *event_kind_name(enum event_kind kind); /* "EARNED" */

enum { EVENTS_PAGE_MAX = 200, EVENT_LOCATIONS_MAX = 8 };
struct event_query {
    account_id account;   /* 0: any */
    customer_id customer; /* of all their accounts; 0: any; not with an account or order */
    order_id order;       /* 0: any */
    program_id program;   /* 0: any */
    int64_t *locations;
    int location_count;
    unsigned types;            /* bit per event_type; 0: all */
    unsigned kinds;            /* bit per event_kind; 0: all */
    unsigned actors;           /* bit per actor_kind; 0: all */
    team_member_id member;     /* who did it; 0: anybody */
    int64_t from_us, until_us; /* 0: open; from inclusive, until exclusive */
    int64_t before;            /* cursor: events older than this id; 0: newest */
    int limit;                 /* 1 … EVENTS_PAGE_MAX */
};
/*
 * Newest first.
 * Errors:   ERR_FIELD_RANGE   more than EVENT_LOCATIONS_MAX locations
 * Cost:     reads what it gives; a rare type, kind, place or person is looked for through the
 *           account's (or the merchant's) events of that time
 */
MUST_USE enum err accounts_search_events(struct ctx *ctx, const struct event_query *query,
                                         struct loyalty_event **events, int *count);
