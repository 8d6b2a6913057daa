/* seal_store — the statements of seals and of what they cover. For this module only. */
#pragma once
#include "core/ledger/seal.h"
#include "core/ledger/seal_tree.h"

/* Stored transfers with their lines, in the order of seq, at most max. */
MUST_USE enum err ledger_store_list_postings(struct ctx *ctx, struct ledger_span span, int max,
                                             struct ledger_posting *postings, int *count);
/* How many transfers have a seq after this one. */
MUST_USE enum err ledger_store_count_postings(struct ctx *ctx, int64_t after_seq, int64_t *count);

MUST_USE enum err ledger_store_add_seal(struct ctx *ctx, const struct ledger_seal *seal);
/* Number 0 when there is none. */
MUST_USE enum err ledger_store_find_last_seal(struct ctx *ctx, struct ledger_seal *seal);
/* In the order of their numbers, at most max. */
MUST_USE enum err ledger_store_list_seals(struct ctx *ctx, int64_t after_number, int max,
                                          struct ledger_seal *seals, int *count);

/* The server's fact of the public key in use. */
MUST_USE enum err ledger_store_put_seal_key(struct ctx *ctx, struct str hex);
/* Empty when there is none. */
MUST_USE enum err ledger_store_find_seal_key(struct ctx *ctx, struct str *hex);
