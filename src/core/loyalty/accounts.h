/*
 * accounts — a customer's membership of a program: its phone, its points, what happened to it.
 *
 * The balance shown is points minus what is owed. Account creation makes or finds the customer.
 */
#pragma once
#include "base/ctx.h"
#include "core/loyalty/programs.h"

struct loyalty_account {
    account_id id;
    program_id program;
    customer_id customer;
    struct str phone;  /* E.164, or empty: mapped by customer only */
    int64_t balance;   /* points minus owed; may be negative */
    int64_t spendable; /* points in lots: what rewards can take */
    int64_t carry, lifetime;
    int64_t enrolled_us, created_us, updated_us;
};

struct account_order {                   /* what to create */
    program_id program;                  /* 0: main */
    struct str phone;                    /* E.164 or empty */
    customer_id customer;                /* 0: found by phone, or made */
    struct str notice_version, language; /* the notice shown to a new customer; empty through the
                                            API (the integrator's duty) */
};
/*
 * Errors: ERR_PROGRAM_UNKNOWN, ERR_PROGRAM_INACTIVE, ERR_CUSTOMER_UNKNOWN, ERR_PHONE_TAKEN (phone
 * of another customer's account), ERR_ACCOUNT_EXISTS (this customer or phone already has one),
 * ERR_FIELD_REQUIRED (neither phone nor customer)
 */
MUST_USE enum err accounts_create(struct ctx *ctx, const struct account_order *order,
                                  struct loyalty_account *account);
MUST_USE enum err accounts_find(struct ctx *ctx, account_id id,
                                struct loyalty_account *account); /* ERR_ACCOUNT_UNKNOWN */
MUST_USE enum err accounts_find_by_phone(struct ctx *ctx, program_id program, struct str e164,
                                         struct loyalty_account *account);
MUST_USE enum err accounts_find_by_customer(struct ctx *ctx, program_id program,
                                            customer_id customer, struct loyalty_account *account);

struct account_query {
    struct str *phones;
    int phone_count; /* E.164 */
    int64_t *customers;
    int customer_count;
    int64_t after; /* cursor: the last id of the page before; 0: from the start */
    int limit;     /* 1..200 */
};
/* Newest first; with neither phones nor customers: all. */
MUST_USE enum err accounts_search(struct ctx *ctx, const struct account_query *query,
                                  struct loyalty_account **accounts, int *count);

enum event_type {
    EVENT_ACCUMULATE_POINTS,
    EVENT_CREATE_REWARD,
    EVENT_REDEEM_REWARD,
    EVENT_DELETE_REWARD,
    EVENT_ADJUST_POINTS,
    EVENT_EXPIRE_POINTS,
    EVENT_OTHER,
    EVENT_TYPE_COUNT
};
struct loyalty_event {
    transfer_id id;
    int64_t seq;
    account_id account;
    program_id program;
    enum event_type type;
    int64_t points;
    location_id location;
    order_id order;
    reward_id reward;
    struct str reason;
    enum actor_kind actor_kind;
    int64_t actor_id;
    int64_t at_us;
};
const char *event_type_name(enum event_type type); /* "ACCUMULATE_POINTS" */
MUST_USE enum err event_type_parse(struct str name, enum event_type *type); /* ERR_FIELD_VALUE */

struct event_query {
    account_id account;
    order_id order; /* 0: any */
    int64_t *locations;
    int location_count;
    unsigned types;            /* bit per event_type; 0: all */
    int64_t from_us, until_us; /* 0: open; from inclusive, until exclusive */
    int64_t before;            /* cursor: events older than this id; 0: newest */
    int limit;                 /* 1..30, as Square */
};
MUST_USE enum err accounts_search_events(struct ctx *ctx, const struct event_query *query,
                                         struct loyalty_event **events, int *count);

/* ---- points ---- */
struct accumulate_order {
    account_id account;
    int64_t points;
    location_id location;
    struct str reason;
};
/* Exactly these points; owed is repaid first. Errors: ERR_ACCOUNT_UNKNOWN, ERR_PROGRAM_INACTIVE,
 * ERR_LOCATION_UNKNOWN */
MUST_USE enum err accounts_accumulate(struct ctx *ctx, const struct accumulate_order *order,
                                      struct loyalty_event *event);

struct adjust_order {
    account_id account;
    int64_t points; /* not 0 */
    struct str reason;
    bool allow_negative;
};
/* Errors: ERR_ACCOUNT_UNKNOWN, ERR_POINTS_SHORT (fewer than the negative amount, unless
 * allow_negative: the rest is owed) */
MUST_USE enum err accounts_adjust(struct ctx *ctx, const struct adjust_order *order,
                                  struct loyalty_event *event);

/* ---- orders ---- */
struct order_earning {
    order_id order;
    int64_t total_minor, tax_minor, refunded_minor;
    location_id location;
};
/*
 * Makes an account's earning of an order what it should be now: earns it, earns more when the order
 * grew, takes back floor(points x refunded / basis) - already taken when it was refunded. Repeat:
 * harmless (it aims at a state). Takes from the order's own lot first, then others, then *owed* or
 * nothing by the program's policy. Gives:  points: what the order gives in total, before refunds;
 * changed: what this call moved.
 */
MUST_USE enum err accounts_settle_order(struct ctx *ctx, const struct order_earning *order,
                                        account_id account, int64_t *points, int64_t *changed);
/* What the order would give at the merchant's main program to somebody without carry; 0 below its
 * minimum. */
MUST_USE enum err accounts_preview_order(struct ctx *ctx, const struct order_earning *order,
                                         int64_t *points);

/* ---- expiry ---- */
/* Expires what is due, at most max lots. Gives how many were; call again while it is max. */
MUST_USE enum err accounts_expire(struct ctx *ctx, int max, int *expired);
