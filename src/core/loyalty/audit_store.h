/* audit_store — loyalty's comparisons, each one statement. For this module only. */
#pragma once
#include "core/loyalty/audit.h"

audit_comparison loyalty_compare_taken;    /* a reward's points, with what its transfer took */
audit_comparison loyalty_compare_given_up; /* the same, with what giving it up gave back */
audit_comparison loyalty_compare_earnings; /* an order's, with what its events moved */
audit_comparison loyalty_compare_events;   /* an event's points, with what its transfer moved */
audit_comparison loyalty_compare_promoted; /* the same of a promotion's, in its transfer */
audit_comparison loyalty_compare_pending;  /* pending points, with what earnings say */
audit_comparison loyalty_compare_parts;    /* an order's points, with those of its parts */
audit_comparison loyalty_compare_heads;    /* transfers of points without an event */
audit_comparison loyalty_compare_links;    /* events that follow none of their account */
audit_comparison loyalty_compare_chains;   /* histories that leave events out */

/* An account's carry, with what its earnings say; of the accounts after `after`, up to `last`. */
MUST_USE enum err loyalty_compare_carry(struct ctx *ctx, account_id after, account_id last,
                                        struct audit_difference *differences, int *count);
/* The last account of the next LEDGER_AUDIT_PAGE; 0 when there are none. */
MUST_USE enum err loyalty_audit_next_page(struct ctx *ctx, account_id after, account_id *last);

/* Adds accounts, events, rewards and earnings of the merchant. */
MUST_USE enum err loyalty_audit_count(struct ctx *ctx, struct loyalty_audit *found);
