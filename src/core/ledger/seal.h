/*
 * seal — signed, chained proofs of what was posted.
 *
 * A seal covers a merchant's transfers from one merchant_seq to another: the root of a Merkle tree
 * over them (as RFC 6962), chained to the seal before by its hash, and signed. What is changed,
 * taken out or slipped in behind it no longer gives the same root, and nobody makes another root
 * fit without the server key. Transfers are taken by seq, which is the order of commits, never by
 * id: a transfer may be committed after others whose ids are later, but never in front of their
 * seq. So the seals' ranges follow each other without a gap, and none misses a transfer.
 *
 * Everything that is hashed is numbers and hashes, never text and nothing personal. A number is 8
 * bytes, big-endian, two's complement; || puts side by side.
 *
 *     leaf = SHA-256(0x00 || merchant || id || seq || unit || reason || at_us || number of lines
 *                         || for each line: owner || book || amount || lot || expires_us)
 *     node = SHA-256(0x01 || left || right)
 *     hash = SHA-256(0x02 || merchant || number || first_seq || last_seq || transfers || root
 *                         || previous || sealed_us || public key)
 *     signature = Ed25519("habitue ledger seal 1" || hash)
 *
 * lot and expires_us are 0 where there are none. The key pair comes from the server key. Whoever
 * has both the server key and the database can make a new chain; the hash of the last seal, noted
 * elsewhere, is what tells on them.
 */
#pragma once
#include "base/ctx.h"
#include "base/hash.h"
#include "core/ledger/ledger.h"

enum { LEDGER_SEAL_MAX = 5000 }; /* transfers under one seal */

struct ledger_seal {
    int64_t number; /* 1, 2, … */
    int64_t first_seq, last_seq, transfers, sealed_us;
    uint8_t root[HASH_LEN];
    uint8_t previous[HASH_LEN]; /* hash of the seal before; zeros in the first */
    uint8_t public_key[SIGN_PUBLIC_LEN];
    uint8_t signature[SIGNATURE_LEN];
};

void ledger_seal_hash(merchant_id merchant, const struct ledger_seal *seal,
                      uint8_t hash[static HASH_LEN]);
bool ledger_seal_is_signed(merchant_id merchant, const struct ledger_seal *seal);

/* The pair that seals with this server key; the caller clears it. */
void ledger_seal_pair(const uint8_t server_key[static SEAL_KEY_LEN], struct sign_pair *pair);

/*
 * Makes the seal that follows the merchant's last one, over the next LEDGER_SEAL_MAX transfers at
 * most, signed with the server key of the settings. Writes nothing; ledger_seal_add does.
 *
 * Within:   no transaction, so that the writer does not wait. It needs no snapshot either: what is
 *           committed meanwhile comes behind.
 * Gives:    number 0 when there is nothing to seal
 * Cost:     reads what it seals, a page at a time
 */
MUST_USE enum err ledger_seal_prepare(struct ctx *ctx, struct ledger_seal *seal);

/*
 * Adds a prepared seal, unless another node has added one meanwhile.
 * Within:   a write batch
 * Repeat:   harmless
 */
MUST_USE enum err ledger_seal_add(struct ctx *ctx, const struct ledger_seal *seal, bool *added);

/* The public key that the database says it is sealed with; found is false before the first seal. */
MUST_USE enum err ledger_seal_find_key(struct ctx *ctx, uint8_t key[static SIGN_PUBLIC_LEN],
                                       bool *found);
