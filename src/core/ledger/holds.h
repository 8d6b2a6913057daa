/*
 * holds — money set aside for a purchase that is not certain yet (a vend): pending, then posted or
 * voided.
 *
 * What is held cannot be spent: an account's balance less what it holds stays at or over its floor.
 */
#pragma once
#include "core/ledger/ledger.h"

struct ledger_hold {
    hold_id id; /* made by the caller before its first try */
    int64_t owner;
    enum ledger_book book;
    int64_t unit;
    int64_t amount; /* smallest units, positive */
    int64_t expires_us;
};

/*
 * Sets money aside.
 * Within:   a transaction
 * Repeat:   harmless for the same hold
 * Errors:   ERR_LEDGER_ID_REUSED        the id names a different hold
 *           ERR_LEDGER_ACCOUNT_UNKNOWN, ERR_LEDGER_UNIT_DIFFERS, ERR_LEDGER_ACCOUNT_CLOSED,
 *           ERR_LEDGER_SHORT            as ledger_post
 */
MUST_USE enum err ledger_hold_create(struct ctx *ctx, const struct ledger_hold *hold);

struct ledger_hold_posting {
    hold_id hold;
    int64_t amount; /* 1 … the hold's; what is left over is free again */
    int64_t contra_owner;
    enum ledger_book contra;
    transfer_id as; /* the transfer it becomes */
};
/*
 * Turns (part of) a pending hold into a transfer to a contra book.
 * Within:   a write batch
 * Repeat:   harmless for the same posting
 * Errors:   ERR_LEDGER_HOLD_UNKNOWN
 *           ERR_LEDGER_HOLD_ENDED   voided, past its time, or posted otherwise
 *           ERR_LEDGER_SHORT        more than the hold
 */
MUST_USE enum err ledger_hold_post(struct ctx *ctx, const struct ledger_hold_posting *posting);

/*
 * Frees what a pending hold set aside.
 * Within:   a transaction
 * Repeat:   harmless
 * Errors:   ERR_LEDGER_HOLD_UNKNOWN
 *           ERR_LEDGER_HOLD_ENDED   it was posted
 */
MUST_USE enum err ledger_hold_void(struct ctx *ctx, hold_id hold);

/* Voids pending holds past their time, at most max. Gives how many; call again while it is max. */
MUST_USE enum err ledger_holds_expire(struct ctx *ctx, int max, int *expired);
