/*
 * ledger — every point and every coin, moved in balanced transfers.
 *
 * A transfer is a handful of lines whose amounts sum to zero: what one account gains, others
 * lose. Balances change only here. Nothing is edited or deleted; a mistake is put right by a
 * transfer the other way. Accounts with a running balance (people's) have a row and a floor;
 * contra accounts (the shop's side) have neither and are summed when somebody asks: one hot row in
 * every transfer would make the whole shop wait.
 *
 * Points lie in lots (what one transfer earned, with its expiry). A line that takes points names
 * the lot it takes from; spending goes through the lots first-expiring-first (ledger_spend).
 *
 * Invariants, checked by ledger_audit():
 *   1. the lines of a transfer sum to zero;
 *   2. an account's balance is the sum of its lines, and never under its floor;
 *   3. a lot's remaining is the sum of the lines that name it; a points account's balance is the
 * sum of its lots;
 *   4. an account's held is the sum of its pending holds;
 *   5. a transfer id names one transfer, forever.
 */
#pragma once
#include "base/ctx.h"

/* The most a line may move, in smallest units. Sums of lines then cannot overflow. */
#define LEDGER_AMOUNT_MAX INT64_C(1000000000000)
#define LEDGER_NEVER      INT64_MAX /* expires_us of what does not expire */

enum { LEDGER_LINES_MAX = 2048 };

enum ledger_book {
    BOOK_NONE,
    BOOK_POINTS = 1, /* a loyalty account's points; in lots; floor 0 */
    BOOK_OWED = 2,   /* points a refund could not take back: balance <= 0 */
    BOOK_MONEY = 3,  /* a wallet's money; holds; floor 0 */
    /* contra books (owner: the program, or the merchant): no row, no balance kept */
    BOOK_CONTRA = 16,
    BOOK_EARNED = 16, /* what the shop gave for purchases */
    BOOK_TAKEN,       /* what rewards took */
    BOOK_ADJUSTED,    /* by hand */
    BOOK_EXPIRED,
    BOOK_TOP_UP,
    BOOK_SALES,
};

enum ledger_reason {
    REASON_NONE,
    REASON_EARN,
    REASON_REFUND,
    REASON_TAKE,
    REASON_GIVE_UP,
    REASON_ADJUST,
    REASON_EXPIRE,
    REASON_HOLD_POSTED,
    REASON_TOP_UP
};

struct ledger_line {
    int64_t owner; /* account_id, program_id … */
    enum ledger_book book;
    int64_t amount; /* smallest units; positive raises the balance; never 0 */
    int64_t
        lot; /* BOOK_POINTS only: the lot that grows or shrinks; 0: the new lot of this transfer */
    int64_t expires_us; /* BOOK_POINTS only: of that lot; LEDGER_NEVER or a time */
};

struct ledger_transfer {
    transfer_id id; /* made by the caller before its first try */
    int64_t unit;   /* program id for points; ISO 4217 number for money */
    enum ledger_reason reason;
    int64_t seq;                     /* filled by ledger_post: the merchant_seq it took */
    const struct ledger_line *lines; /* sum zero; people's accounts first */
    int line_count;
};

/*
 * Opens an account with a running balance.
 * Within: a transaction. Repeat: harmless.
 */
MUST_USE enum err ledger_open_account(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                      int64_t unit, int64_t floor);

/*
 * Posts a transfer: all of its lines, or none (the caller's savepoint is rolled back on an error).
 *
 * Within:   a write batch.
 * Repeat:   harmless. The same id with the same lines is OK and changes nothing.
 * Requires: sum zero, amounts not 0 and within LEDGER_AMOUNT_MAX, a lot's lines within what it
 * holds (asserted). Errors:   ERR_LEDGER_ID_REUSED        the id names a different transfer
 *           ERR_LEDGER_ACCOUNT_UNKNOWN  no such account at this merchant
 *           ERR_LEDGER_UNIT_DIFFERS     an account holds another unit
 *           ERR_LEDGER_ACCOUNT_CLOSED   an account takes no more transfers
 *           ERR_LEDGER_SHORT            an account would fall under its floor
 *           (checked in this order, line by line)
 * Cost:     an update and an insert for each line of a person's account, an insert for each other
 */
MUST_USE enum err ledger_post(struct ctx *ctx, struct ledger_transfer *transfer);

/*
 * Chooses from which lots an amount of points is taken, first-expiring-first, without taking it.
 * prefer_lot (0: none) is emptied first: a refund takes back what its own order gave.
 * Gives:    lines (negative amounts, with lot and expiry) in the arena; *taken may be less than
 * wanted when the account has less. Cost:     one query of as many rows as lots are touched.
 */
struct ledger_spending {
    struct ledger_line *lines;
    int line_count;
    int64_t taken;
};
MUST_USE enum err ledger_choose_lots(struct ctx *ctx, account_id account, int64_t wanted,
                                     int64_t prefer_lot, struct ledger_spending *spending);

/*
 * Gives: the lines of a transfer, as posted, in order; for an exact reverse.
 * Errors: ERR_LEDGER_ACCOUNT_UNKNOWN when there is no such transfer
 */
MUST_USE enum err ledger_list_lines(struct ctx *ctx, transfer_id transfer,
                                    struct ledger_line **lines, int *line_count);

struct ledger_balance {
    int64_t balance, held, carry, lifetime;
    bool exists;
};
/* Reads an account; exists is false (and all is 0) when it has no row. */
MUST_USE enum err ledger_read_balance(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                      struct ledger_balance *balance);
/* Sums a contra account from its lines. Cost: reads all its lines. */
MUST_USE enum err ledger_sum_contra(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                    int64_t *sum);
/* Adds to carry and lifetime of a points account. Within: the transaction of the earning. */
MUST_USE enum err ledger_note_earning(struct ctx *ctx, account_id account, int64_t carry,
                                      int64_t lifetime_added);

struct ledger_deadline {
    int64_t points, expires_us;
};
/* Gives: what expires next, soonest first, at most max; lots that never expire are left out. */
MUST_USE enum err ledger_list_deadlines(struct ctx *ctx, account_id account, int max,
                                        struct ledger_deadline **deadlines, int *count);

/* ---- holds: money only ---- */
struct ledger_hold {
    hold_id id;
    int64_t owner;
    enum ledger_book book;
    int64_t unit;
    int64_t amount;
    int64_t expires_us;
};
/* Errors: ERR_LEDGER_SHORT, ERR_LEDGER_ACCOUNT_UNKNOWN, ERR_LEDGER_UNIT_DIFFERS,
 * ERR_LEDGER_ACCOUNT_CLOSED. Repeat: harmless for the same id. */
MUST_USE enum err ledger_hold_create(struct ctx *ctx, const struct ledger_hold *hold);
/* Turns (part of) a pending hold into a transfer to a contra book; what is left over is freed.
 * Repeat: harmless. Errors: ERR_LEDGER_HOLD_UNKNOWN, ERR_LEDGER_HOLD_ENDED (voided, expired, or
 * posted with another amount) */
MUST_USE enum err ledger_hold_post(struct ctx *ctx, hold_id hold, int64_t amount,
                                   int64_t contra_owner, enum ledger_book contra, transfer_id as);
/* Errors: ERR_LEDGER_HOLD_UNKNOWN, ERR_LEDGER_HOLD_ENDED (posted). Repeat: harmless. */
MUST_USE enum err ledger_hold_void(struct ctx *ctx, hold_id hold);

/* ---- audit ---- */
struct ledger_audit {
    int64_t merchants, accounts, transfers, lines, lots, holds, differences;
};
/* What a difference is told as: "account acc_… balance 12, lines say 11". */
typedef void ledger_audit_tell(void *self, const char *sentence);
/* Rebuilds every balance, lot and held amount of every merchant from the lines. Reads only.
 * Cost: reads the whole ledger, in pages. */
MUST_USE enum err ledger_audit(struct ctx *ctx, ledger_audit_tell *tell, void *self,
                               struct ledger_audit *found);
