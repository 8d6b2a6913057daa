/*
 * seal_tree — the Merkle tree under a seal, grown leaf by leaf; see seal.h for what is hashed.
 *
 * Of a tree that grows to the right only the whole subtrees are kept, one for each bit of the
 * number of leaves. For this module only.
 */
#pragma once
#include "base/hash.h"
#include "core/ledger/ledger.h"

struct ledger_posting { /* a transfer as it is stored */
    transfer_id id;
    int64_t seq, unit, reason, at_us;
    struct ledger_line *lines;
    int line_count;
};

void ledger_seal_leaf(merchant_id merchant, const struct ledger_posting *posting,
                      uint8_t leaf[static HASH_LEN]);

struct ledger_seal_tree {
    uint8_t subtrees[63][HASH_LEN]; /* [i] has 2^i leaves, if bit i of leaf_count is set */
    int64_t leaf_count;
};

void ledger_seal_tree_add(struct ledger_seal_tree *tree, const uint8_t leaf[static HASH_LEN]);
/* Requires: a leaf */
void ledger_seal_tree_root(const struct ledger_seal_tree *tree, uint8_t root[static HASH_LEN]);

/* Adds a hashed number, 8 bytes big-endian. */
void ledger_seal_add_number(struct hash_stream *stream, int64_t number);

struct ledger_span { /* of merchant_seq */
    int64_t after, last;
};
/*
 * Grows the tree by the transfers in a span, in the order of seq, at most max.
 * Gives:    *last_seq: of the last of them; the span's after, when there is none
 */
MUST_USE enum err ledger_seal_read(struct ctx *ctx, struct ledger_span span, int64_t max,
                                   struct ledger_seal_tree *tree, int64_t *last_seq);
