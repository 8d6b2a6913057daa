/*
 * accounts — a customer's membership of a program: its phone, its points, what happened to it.
 *
 * The balance shown is points minus what is owed. Every change of points is a transfer of the
 * ledger and an event of the same id; a live event "loyalty" on topic "merchant" follows each.
 */
#pragma once
#include "base/ctx.h"
#include "core/loyalty/events.h"
#include "core/loyalty/programs.h"

struct loyalty_account {
    account_id id;
    program_id program;
    customer_id customer;
    struct str phone;    /* E.164, or empty: mapped by customer only */
    int64_t balance;     /* points minus owed; may be negative */
    int64_t spendable;   /* points in lots */
    int64_t carry;       /* minor units towards the next point; may be negative */
    int64_t lifetime;    /* all points ever earned */
    int64_t notice_days; /* before points expire, their owner is told; 0: is not */
    int64_t enrolled_us, created_us, updated_us;
};

struct account_order {                   /* what to create */
    program_id program;                  /* 0: main */
    struct str phone;                    /* E.164 or empty */
    customer_id customer;                /* 0: found by phone, or made */
    struct str notice_version, language; /* the notice shown to the customer; empty through the API
                                            (the integrator's duty) */
};
/*
 * Opens a customer's account in a program; makes the customer when nobody has the phone.
 *
 * Within:   a write batch
 * Errors:   ERR_FIELD_REQUIRED    neither phone nor customer
 *           ERR_PROGRAM_UNKNOWN
 *           ERR_PROGRAM_INACTIVE   also while it is being deleted
 *           ERR_CUSTOMER_UNKNOWN
 *           ERR_PHONE_TAKEN       it is mapped to another customer's account in the program
 *           ERR_ACCOUNT_EXISTS    this customer or phone already has one in the program
 */
MUST_USE enum err accounts_create(struct ctx *ctx, const struct account_order *order,
                                  struct loyalty_account *account);
/* Errors: ERR_ACCOUNT_UNKNOWN */
MUST_USE enum err accounts_find(struct ctx *ctx, account_id id, struct loyalty_account *account);
/* program 0: main. Errors: ERR_PROGRAM_UNKNOWN, ERR_ACCOUNT_UNKNOWN */
MUST_USE enum err accounts_find_by_phone(struct ctx *ctx, program_id program, struct str e164,
                                         struct loyalty_account *account);
MUST_USE enum err accounts_find_by_customer(struct ctx *ctx, program_id program,
                                            customer_id customer, struct loyalty_account *account);
/*
 * The account that a customer's orders are settled by: the main program's. Of somebody who joined
 * when another program was the main one it is opened; where it cannot be, another of theirs.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_PROGRAM_UNKNOWN   no program is the main one
 *           ERR_ACCOUNT_UNKNOWN   they have none at all
 */
MUST_USE enum err accounts_ensure_main(struct ctx *ctx, customer_id customer,
                                       struct loyalty_account *account);
/* Opens an account in another program for the customer who has `own`, with its phone unless that
 * is taken there; not for somebody who was removed. Within: a write batch. */
MUST_USE enum err accounts_open_beside(struct ctx *ctx, const struct loyalty_account *own,
                                       program_id program, struct loyalty_account *account,
                                       bool *opened);

enum { ACCOUNTS_KEYS_MAX = 100 };
struct account_query {
    struct str *phones; /* E.164 */
    int phone_count;
    int64_t *customers;
    int customer_count;
    int64_t after; /* cursor: the last id of the page before; 0: from the start */
    int limit;     /* 1..200 */
};
/*
 * Accounts of any of these phones or customers; with neither: all. Newest first; of one phone or
 * customer, the main program's first.
 * Requires: at most ACCOUNTS_KEYS_MAX phones and as many customers (asserted)
 */
MUST_USE enum err accounts_search(struct ctx *ctx, const struct account_query *query,
                                  struct loyalty_account **accounts, int *count);

/* ---- points ---- */
struct accumulate_order {
    account_id account;
    int64_t points; /* 1 … PROGRAM_POINTS_MAX */
    location_id location;
    struct str reason;
};
/*
 * Gives exactly these points; owed is repaid first.
 * Within:   a write batch
 * Repeat:   adds another
 * Errors:   ERR_FIELD_RANGE, ERR_ACCOUNT_UNKNOWN, ERR_PROGRAM_INACTIVE, ERR_LOCATION_UNKNOWN,
 *           ERR_LOCATION_FORBIDDEN, ERR_GIVEN_LIMIT, ERR_LEDGER_FULL
 */
MUST_USE enum err accounts_accumulate(struct ctx *ctx, const struct accumulate_order *order,
                                      struct loyalty_event *event);

struct adjust_order {
    account_id account;
    int64_t points; /* not 0; within PROGRAM_POINTS_MAX */
    struct str reason;
    bool allow_negative;
    bool is_unlimited; /* a permission of its own allows it, as an import's: no role's day counts */
};
/*
 * Gives or takes points by hand; taking goes first-expiring-first.
 * Within:   a write batch
 * Repeat:   adds another
 * Errors:   ERR_FIELD_RANGE, ERR_ACCOUNT_UNKNOWN
 *           ERR_POINTS_SHORT   the balance is less than what is taken (unless allow_negative: what
 *                              the lots do not have is owed)
 *           ERR_GIVEN_LIMIT, ERR_LEDGER_TOO_MANY_LOTS, ERR_LEDGER_FULL
 */
MUST_USE enum err accounts_adjust(struct ctx *ctx, const struct adjust_order *order,
                                  struct loyalty_event *event);

/*
 * The accounts of a customer that are known by a number get this one, now theirs; none where
 * another's account in the program has it, or where it is empty.
 * Within:   a transaction
 * Repeat:   harmless
 */
MUST_USE enum err accounts_follow_phone(struct ctx *ctx, customer_id customer, struct str e164);

/*
 * All accounts of a customer are known by this number from now on.
 * Within:   a transaction
 * Repeat:   harmless
 * Requires: nobody else's is
 */
MUST_USE enum err accounts_take_phone(struct ctx *ctx, customer_id customer, struct str e164);

/*
 * The part of erasing a customer that is this module's: their accounts lose the phone, and what was
 * written of them by hand. Accounts, events and points stay, nameless.
 * Within:   a write batch
 * Repeat:   harmless
 */
MUST_USE enum err accounts_erase_customer(struct ctx *ctx, customer_id customer);

/* The part of telling a person all that is known of them that is this module's. */
struct dossier;
MUST_USE enum err accounts_export_customer(struct ctx *ctx, customer_id customer,
                                           struct dossier *dossier);

/* ---- expiry: expiry.c ---- */
/*
 * Expires what is due, at most max lots. Gives how many were; call again while it is max.
 * Within:   a write batch
 */
enum { ACCOUNTS_EXPIRE_MAX = 1000 };
MUST_USE enum err accounts_expire(struct ctx *ctx, int max, int *expired);
