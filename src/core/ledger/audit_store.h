/* audit_store — the audit's comparisons, each one statement. For this module only. */
#pragma once
#include "core/ledger/audit.h"
#include "core/ledger/ledger.h"

/* Accounts whose owner is after `after`, up to and with `last`. */
struct ledger_range {
    int64_t after, last;
};
struct ledger_difference {
    int64_t subject; /* owner, transfer or hold */
    int64_t part;    /* its book or lot */
    int64_t is, should_be;
};

/* Fills at most LEDGER_AUDIT_TOLD differences. */
typedef enum err ledger_comparison(struct ctx *ctx, const struct ledger_range *range,
                                   struct ledger_difference *differences, int *count);

/* In a range of accounts. */
ledger_comparison ledger_compare_balances; /* with the sum of their lines */
ledger_comparison ledger_compare_floors;   /* balance less held, with the floor */
ledger_comparison ledger_compare_held;     /* with the sum of the pending holds */
ledger_comparison ledger_compare_points;   /* points balances with the sum of their lots */
ledger_comparison ledger_compare_lots;     /* what is left, with the lines that name the lot */
/* with the owner's lines in EARN transfers, and what merges moved */
ledger_comparison ledger_compare_lifetime;
/* In all of the merchant's rows; the range is not read. */
ledger_comparison ledger_compare_lot_origins; /* lots without the line that made them */
ledger_comparison ledger_compare_units;       /* lines on absent accounts, or of another unit */
ledger_comparison ledger_compare_line_heads;  /* lines without a transfer */
ledger_comparison ledger_compare_postings;    /* posted holds without their transfer's line */

/* The next page of accounts; false in *any when there are none. */
MUST_USE enum err ledger_audit_next_range(struct ctx *ctx, struct ledger_range *range, bool *any);

struct ledger_sum { /* of one transfer */
    int64_t transfer, lines, sum;
};
MUST_USE enum err ledger_audit_list_sums(struct ctx *ctx, int64_t after, int max,
                                         struct ledger_sum *sums, int *count);
/* Adds accounts, lots and holds of the merchant. */
MUST_USE enum err ledger_audit_count(struct ctx *ctx, struct ledger_audit *found);
