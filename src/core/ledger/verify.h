/*
 * verify — makes every seal anew from the transfers as they are, and tells what differs.
 *
 * Reads only, and needs no quiet moment: what is sealed does not change, and what is posted
 * meanwhile is counted as not sealed yet. What it cannot see alone is a chain cut short at its
 * newest end: for that, give it the hash of a seal that was noted elsewhere.
 */
#pragma once
#include "base/ctx.h"
#include "core/ledger/seal.h"

enum { LEDGER_VERIFY_KEYS = 2 };
struct ledger_verify_wish {
    uint8_t keys[LEDGER_VERIFY_KEYS][SIGN_PUBLIC_LEN]; /* that seals may be signed with */
    int key_count;
    uint8_t noted[HASH_LEN]; /* the hash of a seal, to be looked for; zeros: none */
};

/* Of one merchant. */
struct ledger_verified {
    merchant_id merchant;
    int64_t seals, transfers;    /* that agree */
    int64_t unsealed;            /* transfers behind the last seal that agrees */
    struct ledger_seal last;     /* that agrees; number 0: none */
    uint8_t last_hash[HASH_LEN]; /* of it */
    bool has_noted;              /* a seal that agrees has the noted hash */
    const char *difference;      /* the first, as a sentence; NULL: none */
};
typedef void ledger_verify_tell(void *self, struct ctx *ctx, const struct ledger_verified *found);

/*
 * Verifies every merchant's chain, and tells of each. A chain is followed to its first difference:
 * what comes behind it proves nothing.
 * Cost:     reads every transfer and line once, in the order of their seq
 */
MUST_USE enum err ledger_verify(struct ctx *ctx, const struct ledger_verify_wish *wish,
                                ledger_verify_tell *tell, void *self);
