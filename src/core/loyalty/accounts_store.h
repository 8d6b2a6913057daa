/*
 * accounts_store — the SQL of loyalty accounts. For this module only.
 *
 * Reads the account with its balances and with what of its program every change needs, in one
 * statement; ledger_account is written by the ledger alone.
 */
#pragma once
#include "core/loyalty/accounts.h"

struct membership {
    struct loyalty_account account;
    int64_t owed;           /* 0 or less */
    transfer_id last_event; /* the account's newest; 0: it has none yet */
    struct program program; /* without name, terms, rules and tiers */
    account_id merged_into; /* 0: it was not */
    bool has_promotions;    /* some that were not canceled then; list_earning alone tells it */
};

/* account.id is 0 when there is none. */
MUST_USE enum err accounts_store_find(struct ctx *ctx, account_id id, struct membership *found);
/* By phone or customer in any program, the main one's first; at most PROGRAMS_MAX. Of one that is
 * closed, when a reward is left to use. */
MUST_USE enum err accounts_store_list_by_phone(struct ctx *ctx, struct str phone,
                                               struct membership *found, int *count);
MUST_USE enum err accounts_store_list_by_customer(struct ctx *ctx, customer_id customer,
                                                  struct membership *found, int *count);
/*
 * Every program that is not closed, and this account's whatever it is, in no sequence, with the
 * account in it of the customer who has this one (id 0: none yet); nothing when there is no such
 * account. At most ACCOUNTS_EARNING_MAX.
 */
enum { ACCOUNTS_EARNING_MAX = PROGRAMS_MAX + 1 };
MUST_USE enum err accounts_store_list_earning(struct ctx *ctx, account_id id, int64_t at_us,
                                              struct membership *found, int *count);
/* Those of a customer, or of whom they became a part of. */
MUST_USE enum err accounts_list_of(struct ctx *ctx, customer_id customer, struct membership *found,
                                   int *count);
/* Older than `before` (0: from the newest). */
MUST_USE enum err accounts_store_list(struct ctx *ctx, int64_t before, int max,
                                      struct membership *found, int *count);
/* added: false when the customer or the phone has an account in the program. */
MUST_USE enum err accounts_store_add(struct ctx *ctx, const struct loyalty_account *account,
                                     bool *added);
MUST_USE enum err accounts_store_follow_phone(struct ctx *ctx, customer_id customer,
                                              struct str phone);
MUST_USE enum err accounts_store_take_phone(struct ctx *ctx, customer_id customer,
                                            struct str phone);
/* Empties the personal columns of a customer's accounts and of their events. */
MUST_USE enum err accounts_store_erase(struct ctx *ctx, customer_id customer);
