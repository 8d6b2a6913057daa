/*
 * credit — credit notes ("avoirs"): money a shop owes somebody, to be spent there.
 *
 * A note is made for a refund, as a reward or as a gesture; it is its customer's, and of whoever
 * shows its code. Its balance is in the ledger, book money, owner the note; the other side is the
 * merchant's BOOK_NOTES (made, ended) or BOOK_SPENT. It is spent in parts or at once, until it is
 * empty, expires or is withdrawn.
 *
 * Invariants, checked by discounts_audit() of core/orders:
 *   1. what a note's transfers made it worth is its amount, once;
 *   2. a note that has ended has nothing left.
 */
#pragma once
#include "base/ctx.h"

/* In front of the code in a QR code, in QR's alphanumeric mode. */
#define CREDIT_CODE_PREFIX "HABITUE:N:"
#define CREDIT_AMOUNT_MAX  INT64_C(100000000) /* of one note */

enum credit_reason { CREDIT_REFUND, CREDIT_REWARD, CREDIT_GESTURE };
enum { CREDIT_LIST_MAX = 100 };
struct credit_note {
    credit_note_id id;
    customer_id customer; /* 0: whoever has the code */
    struct str code;
    int64_t amount_minor, balance_minor;
    enum credit_reason reason;
    struct str note;    /* why, as staff wrote it */
    order_id order;     /* that was refunded; 0: none */
    reward_id reward;   /* that became it; 0: none */
    int64_t expires_us; /* 0: never */
    int64_t ended_us;   /* expired or withdrawn; 0: it counts */
    int64_t created_us;
};
struct str credit_reason_name(enum credit_reason reason); /* "refund" */

/*
 * Makes a note of what is given: customer, amount, reason, note, order, reward and expiry; fills
 * the rest.
 * Within:   a write batch
 * Repeat:   adds another
 * Requires: an amount of 1 … CREDIT_AMOUNT_MAX (asserted)
 */
MUST_USE enum err credit_issue(struct ctx *ctx, struct credit_note *note);
/* Errors: ERR_CREDIT_NOTE_UNKNOWN */
MUST_USE enum err credit_find(struct ctx *ctx, credit_note_id id, struct credit_note *note);
/* As scanned or typed, see base/code.h. Errors: ERR_CREDIT_NOTE_UNKNOWN */
MUST_USE enum err credit_find_by_code(struct ctx *ctx, struct str text, struct credit_note *note);
/* The note that a reward became, the newest; id 0: none. customer: whose reward it is. */
MUST_USE enum err credit_find_by_reward(struct ctx *ctx, customer_id customer, reward_id reward,
                                        struct credit_note *note);
enum credit_which {
    CREDIT_SPENDABLE, /* with something left, the one that expires first at the front */
    CREDIT_ALL        /* the newest first */
};
/* Of a customer, at most CREDIT_LIST_MAX. */
MUST_USE enum err credit_list(struct ctx *ctx, customer_id customer, enum credit_which which,
                              struct credit_note **notes, int *count);
/* That it can be spent, so much of it. Errors: ERR_CREDIT_NOTE_ENDED, ERR_CREDIT_SHORT */
MUST_USE enum err credit_check(struct ctx *ctx, const struct credit_note *note,
                               int64_t amount_minor);
/*
 * Spends some of a note; tells by which transfer.
 * Within:   a write batch
 * Repeat:   spends more
 * Errors:   ERR_CREDIT_NOTE_UNKNOWN, ERR_CREDIT_NOTE_ENDED, ERR_CREDIT_SHORT
 */
MUST_USE enum err credit_spend(struct ctx *ctx, credit_note_id id, int64_t amount_minor,
                               transfer_id *transfer);
/*
 * The exact reverse of a spending. The time it was spent does not count: a note that would have
 * expired meanwhile has as long left as it had then, and one that ended counts again.
 * Within:   a write batch
 * Repeat:   gives back more: the caller knows what was given back
 * Errors:   ERR_LEDGER_TRANSFER_UNKNOWN
 */
MUST_USE enum err credit_give_back(struct ctx *ctx, credit_note_id id, transfer_id spent_by,
                                   transfer_id *transfer);
/*
 * Withdraws a note, with what is left of it.
 * Within:   a write batch
 * Repeat:   harmless
 * Errors:   ERR_CREDIT_NOTE_UNKNOWN
 */
MUST_USE enum err credit_end(struct ctx *ctx, credit_note_id id);
/* Ends those past their time, at most max; tells how many. Within: a write batch. */
MUST_USE enum err credit_expire(struct ctx *ctx, int max, int *expired);
/* The part of telling a person all that is known of them that is this module's: their notes. */
struct dossier;
MUST_USE enum err credit_export_customer(struct ctx *ctx, customer_id customer,
                                         struct dossier *dossier);
/*
 * The part of merging customers that is this module's: the notes are the survivor's from now on;
 * undone, those are again the other one's that came with them.
 * Within:   a write batch
 */
struct credit_merge {
    merge_id id;
    customer_id survivor, merged;
};
MUST_USE enum err credit_merge_customer(struct ctx *ctx, const struct credit_merge *merge);
MUST_USE enum err credit_unmerge_customer(struct ctx *ctx, const struct credit_merge *merge);
/*
 * The part of erasing a customer that is this module's: what staff wrote on their notes. The notes
 * stay, for whoever has the code.
 * Within:   a write batch. Repeat: harmless.
 */
MUST_USE enum err credit_erase_customer(struct ctx *ctx, customer_id customer);
