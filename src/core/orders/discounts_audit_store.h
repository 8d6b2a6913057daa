/* discounts_audit_store — the comparisons of discounts_audit, each one statement. For it only. */
#pragma once
#include "core/orders/discounts_audit.h"

audit_comparison discounts_compare_made;     /* a note's amount, with what made it */
audit_comparison discounts_compare_ended;    /* what an ended note has left */
audit_comparison discounts_compare_sums;     /* an order's, with its discounts */
audit_comparison discounts_compare_lines;    /* the same, with its lines */
audit_comparison discounts_compare_spent;    /* of an order's credit, with its transfers */
audit_comparison discounts_compare_returned; /* the same, with what came back */
audit_comparison discounts_compare_used;     /* rewards, with the orders they were used on */
audit_comparison discounts_compare_undone;   /* what undone orders did not give back */

/* Adds credit notes and discounts of the merchant. */
MUST_USE enum err discounts_audit_count(struct ctx *ctx, struct discounts_audit *found);
