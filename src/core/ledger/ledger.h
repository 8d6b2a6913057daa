/*
 * ledger — every point and every coin, moved in balanced transfers.
 *
 * A transfer is a handful of lines whose amounts sum to zero: what one account gains, others
 * lose. Balances change only here. Nothing is edited or deleted; a mistake is put right by a
 * transfer the other way. Accounts with a running balance (people's) have a row and a floor;
 * contra accounts (the shop's side) have neither and are summed when somebody asks: one hot row in
 * every transfer would make the whole shop wait.
 *
 * Points lie in lots (what one transfer earned, with its expiry). A line that moves points names
 * the lot it fills or empties; spending goes through the lots first-expiring-first.
 *
 * Invariants, checked by ledger_audit():
 *   1. the lines of a transfer sum to zero, and their accounts hold the transfer's unit;
 *   2. an account's balance is the sum of its lines, and never under its floor;
 *   3. a lot's remaining is the sum of the lines that name it, and a points account's balance the
 *      sum of its lots;
 *   4. an account's held is the sum of its pending holds;
 *   5. a points account's lifetime is the sum of its owner's lines in EARN transfers, and of what
 *      merges brought and took (moves.h);
 *   6. a transfer id names one transfer, forever.
 */
#pragma once
#include "base/ctx.h"

/* The most a line may move, in smallest units. Sums of lines then cannot overflow. */
#define LEDGER_AMOUNT_MAX  INT64_C(1000000000000)
#define LEDGER_BALANCE_MAX INT64_C(1000000000000000)
#define LEDGER_NEVER       INT64_MAX /* expires_us of what does not expire */

enum { LEDGER_LINES_MAX = 2048, LEDGER_LOTS_MAX = 2040 /* that one transfer may take from */ };

enum ledger_book {
    BOOK_NONE,
    BOOK_POINTS = 1,  /* a loyalty account's points; in lots; floor 0 */
    BOOK_OWED = 2,    /* points a refund could not take back: balance <= 0 */
    BOOK_MONEY = 3,   /* a wallet's money, or a credit note's; holds; floor 0 */
    BOOK_PENDING = 4, /* a loyalty account's points that are not ripe yet; in no lot; floor 0 */
    /* contra books (owner: the program, or the merchant): no row, no balance kept */
    BOOK_CONTRA = 16,
    BOOK_EARNED = 16, /* what the shop gave for purchases */
    BOOK_TAKEN,       /* what rewards took */
    BOOK_ADJUSTED,    /* by hand */
    BOOK_EXPIRED,
    BOOK_TOP_UP,
    BOOK_SALES,
    BOOK_SPENT,    /* paid with at the till: cashback, credit notes */
    BOOK_NOTES,    /* what credit notes were made for, and what was left when they ended */
    BOOK_PROMOTED, /* what promotions gave beside the program's own rules */
    BOOK_MERGED,   /* on its way from one customer's account to another's: always 0 */
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
    REASON_TOP_UP,
    REASON_SPEND,      /* cashback or a credit note, paid with */
    REASON_UNSPEND,    /* its reverse, when the order was undone */
    REASON_RIPEN,      /* pending points become a lot */
    REASON_CREDIT,     /* a credit note is made */
    REASON_CREDIT_END, /* what was left of one that expired or was withdrawn */
    REASON_MERGE       /* between the accounts of customers who become one, or two again */
};

struct ledger_line {
    int64_t owner; /* account_id, program_id … */
    enum ledger_book book;
    int64_t amount; /* smallest units; positive raises the balance; never 0 */
    /* BOOK_POINTS only: */
    int64_t lot;        /* the lot that grows or shrinks; 0: the new lot of this transfer */
    int64_t expires_us; /* of that lot; LEDGER_NEVER or a time */
};

struct ledger_transfer {
    transfer_id id; /* made by the caller before its first try */
    int64_t unit;   /* program id for points; ISO 4217 number for money */
    enum ledger_reason reason;
    int64_t seq; /* filled by ledger_post: the merchant_seq it took */
    const struct ledger_line *lines;
    int line_count;
    /* Noted on the points account that the transfer moves, in the same statement. */
    int64_t carry_added, lifetime_added;
    int64_t last_event; /* the newest that is kept with the account; 0: stays */
};

/*
 * Opens an account with a running balance.
 * Within:   a transaction
 * Repeat:   harmless
 */
MUST_USE enum err ledger_open_account(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                      int64_t unit, int64_t floor);

/*
 * Posts a transfer: all of its lines, or none (the caller rolls back its savepoint on an error).
 *
 * Within:   a write batch
 * Repeat:   harmless. The same id with the same lines is OK and changes nothing.
 * Requires: sum zero; amounts not 0 and within LEDGER_AMOUNT_MAX; an account's lines side by side;
 *           a points line to note carry and lifetime on (asserted)
 * Errors:   ERR_LEDGER_ID_REUSED        the id names a different transfer
 *           ERR_LEDGER_ACCOUNT_UNKNOWN  no such account at this merchant
 *           ERR_LEDGER_UNIT_DIFFERS     an account holds another unit
 *           ERR_LEDGER_ACCOUNT_CLOSED   an account takes no more transfers
 *           ERR_LEDGER_SHORT            an account would fall under its floor and what it holds
 *           ERR_LEDGER_FULL             an account would pass LEDGER_BALANCE_MAX, a debt zero
 *           (in this order, account by account)
 *           ERR_DB_BUSY                 a lot is not as it was when it was chosen
 * Cost:     one update for each person's account, one or two for each lot, an insert for each two
 *           or three lines, one for the transfer
 */
MUST_USE enum err ledger_post(struct ctx *ctx, struct ledger_transfer *transfer);

/*
 * Gives:    the lines of a transfer, as posted, in order; for an exact reverse
 * Errors:   ERR_LEDGER_TRANSFER_UNKNOWN
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
/* Sums a contra account from its lines. Cost: reads all of the merchant's lines. */
MUST_USE enum err ledger_sum_contra(struct ctx *ctx, int64_t owner, enum ledger_book book,
                                    int64_t *sum);
/*
 * Adds to carry and lifetime of a points account, when no transfer of its points does it.
 * Within:   a transaction
 * Repeat:   adds another
 * Errors:   ERR_LEDGER_ACCOUNT_UNKNOWN
 */
MUST_USE enum err ledger_note_earning(struct ctx *ctx, account_id account, int64_t carry_added,
                                      int64_t lifetime_added);

/* ---- lots ---- */
struct ledger_spending {
    struct ledger_line *lines; /* negative amounts, with lot and expiry */
    int line_count;
    int64_t taken; /* less than wanted when the account has less, or has it in too many lots: */
    bool has_more; /* LEDGER_LOTS_MAX were chosen, and there are others */
};
/*
 * Chooses from which lots an amount of points is taken, first-expiring-first, without taking it.
 * prefer_lot (0: none) is emptied first: a refund takes back what its own order gave.
 *
 * Cost:     reads the lots it chooses, and at most one page more
 */
MUST_USE enum err ledger_choose_lots(struct ctx *ctx, account_id account, int64_t wanted,
                                     int64_t prefer_lot, struct ledger_spending *spending);
/*
 * Gives:    lines that would empty the lots due by now, at most max: of one account, soonest first;
 *           or of all (account 0), the accounts' lines side by side
 */
MUST_USE enum err ledger_list_due(struct ctx *ctx, account_id account, int max,
                                  struct ledger_line **lines, int *line_count);

struct ledger_deadline {
    int64_t points, expires_us;
};
/* Gives: what expires next, soonest first, at most max; lots that never expire are left out. */
MUST_USE enum err ledger_list_deadlines(struct ctx *ctx, account_id account, int max,
                                        struct ledger_deadline **deadlines, int *count);
