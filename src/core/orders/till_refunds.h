/*
 * till_refunds — what our till sold, given back: of an amount, of some lines, or as if it had never
 * been sold.
 *
 * A refund becomes a message that orders_receive takes in, as a POS's does: points follow, and when
 * nothing is left of a sale, what it was paid with beside money comes back. What is owed is
 * computed here, never by a screen: a line's part of what the whole came to, so that the parts of
 * all lines add up to it, whatever was taken off. It is given in money, or as a credit note.
 */
#pragma once
#include "core/credit/credit.h"
#include "core/orders/sheets.h"

/* How much of a line; all of it may go back in parts. */
struct sale_return {
    int line; /* the first is 0 */
    struct str quantity;
};
/* One of these: an amount, lines, or neither: the sale is void. */
struct sale_refund {
    order_id order;
    struct str key;       /* the caller's name for it, for ever */
    int64_t amount_minor; /* 0: not told */
    const struct sale_return *returns;
    int return_count;    /* at most POS_LINES_MAX */
    struct str reason;   /* "MISTAKE"; empty: not told */
    bool to_credit_note; /* instead of money */
};
/* What it comes to. */
struct refund_quote {
    int64_t amount_minor;          /* what the customer is owed */
    int64_t left_minor;            /* of the sale, after it */
    struct pos_refund_line *lines; /* what it names; none: it names none */
    int line_count;
};
/*
 * What a refund would give back; changes nothing. Its key and reason do not count.
 *
 * Errors:   ERR_ORDER_UNKNOWN   also one that a POS told: that gives it back
 *           ERR_LOCATION_FORBIDDEN   it was sold where ctx->actor does not work
 *           ERR_FIELD_RANGE     (amount_money.amount, line_items) more than is left of it, or
 *                               nothing; (line_items[0].quantity) more than is left of the line
 *           ERR_FIELD_VALUE     (line_items[0].uid, quantity) no line of it, or one told twice; no
 *                               decimal of more than nothing. (to_credit_note) of a void sale
 */
MUST_USE enum err till_refunds_quote(struct ctx *ctx, const struct sale_refund *refund,
                                     struct refund_quote *quote);

/* Of one account: what a refund moved, and what that left. */
struct refund_moved {
    account_id account;
    program_id program;
    int64_t points, balance;
};
struct refunded {
    struct order order;
    struct order_refund_seen refund; /* vendor_refund empty: the sale is void */
    struct credit_note note;         /* id 0: it was money */
    struct refund_moved *moved;      /* of the accounts of whose sale it is; told again: none */
    int moved_count;
};
/*
 * Gives a sale of our till back, in part or wholly.
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   those of till_refunds_quote, and
 *           ERR_IDEMPOTENCY_KEY_REUSED   it is another refund's key
 *           ERR_FIELD_RANGE   (to_credit_note) more than a note may hold
 */
MUST_USE enum err till_refunds_give(struct ctx *ctx, const struct sale_refund *refund,
                                    struct refunded *given);

/* So long after a sale. */
enum { TILL_REFUNDS_OWN_MINUTES = 10 };
/* Until when ctx->actor may undo this sale as their own mistake; 0: they may not. */
int64_t till_refunds_own_until(const struct ctx *ctx, const struct order *order);
/*
 * Undoes a sale that ctx->actor made by mistake and has just closed: it is void. Giving back any
 * other is till_refunds_give, which not everybody may (docs/decisions/0115).
 *
 * Within:   a write batch
 * Repeat:   harmless
 * Requires: a reason; neither an amount nor lines (asserted)
 * Errors:   ERR_ORDER_UNKNOWN, ERR_LOCATION_FORBIDDEN   as till_refunds_quote
 *           ERR_SALE_OF_ANOTHER   somebody else made it, or a program
 *           ERR_SALE_REFUNDED     some of it went back already
 *           ERR_SALE_PAST         it was closed longer ago
 */
MUST_USE enum err till_refunds_undo_own(struct ctx *ctx, const struct sale_refund *refund,
                                        struct refunded *given);
