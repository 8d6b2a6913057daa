/* verify — see verify.h. */
#include "core/ledger/verify.h"
#include "core/ledger/audit.h"
#include "core/ledger/seal_store.h"
#include <inttypes.h>

enum { SEALS_PAGE = 100, VERIFY_ARENA_MAX = 16 << 20 };

#define DIFFERS(ctx, ...) (str_z((ctx)->arena, str_format((ctx)->arena, __VA_ARGS__)))

static bool
is_trusted(const struct ledger_verify_wish *wish, const struct ledger_seal *seal)
{
    for (int i = 0; i < wish->key_count; i++) {
        if (memcmp(wish->keys[i], seal->public_key, SIGN_PUBLIC_LEN) == 0) return true;
    }
    return false;
}

/* What is wrong with a seal in itself and behind the one before; NULL: nothing. */
static const char *
check_seal(struct ctx *ctx, const struct ledger_verify_wish *wish,
           const struct ledger_verified *found, const struct ledger_seal *seal)
{
    const struct ledger_seal *last = &found->last;

    if (seal->number != last->number + 1) {
        return DIFFERS(ctx, "seal %" PRId64 " is missing", last->number + 1);
    }
    if (seal->first_seq != last->last_seq + 1 || seal->last_seq < seal->first_seq ||
        memcmp(seal->previous, found->last_hash, HASH_LEN) != 0) {
        return DIFFERS(ctx, "seal %" PRId64 " does not follow seal %" PRId64, seal->number,
                       last->number);
    }
    if (!is_trusted(wish, seal)) {
        struct str hex = hash_hex(ctx->arena, seal->public_key, SIGN_PUBLIC_LEN);

        return DIFFERS(ctx, "seal %" PRId64 " was made with another key: %.*s", seal->number,
                       STR_ARG(hex));
    }
    if (!ledger_seal_is_signed(ctx->merchant, seal)) {
        return DIFFERS(ctx, "seal %" PRId64 " has a wrong signature", seal->number);
    }
    return NULL;
}

/* What is wrong with the transfers under a seal. */
static enum err
check_transfers(struct ctx *ctx, const struct ledger_seal *seal, const char **difference)
{
    /* The first covers whatever is in front of it, too. */
    struct ledger_span span = {seal->number == 1 ? INT64_MIN : seal->first_seq - 1, seal->last_seq};
    struct ledger_seal_tree tree = {0};
    uint8_t root[HASH_LEN] = {0};
    const char *what = NULL;
    int64_t last_seq;

    TRY(ledger_seal_read(ctx, span, INT64_MAX, &tree, &last_seq));
    if (tree.leaf_count > 0) ledger_seal_tree_root(&tree, root);
    if (tree.leaf_count < seal->transfers) {
        what = "a transfer was removed";
    } else if (tree.leaf_count > seal->transfers) {
        what = "a transfer was added";
    } else if (memcmp(root, seal->root, HASH_LEN) != 0) {
        what = "a transfer or its lines were changed";
    }
    if (what == NULL) return OK;
    *difference = DIFFERS(ctx,
                          "%s under seal %" PRId64 " (sequence %" PRId64 " to %" PRId64
                          "): it sealed %" PRId64 ", there are %" PRId64,
                          what, seal->number, seal->first_seq, seal->last_seq, seal->transfers,
                          tree.leaf_count);
    return OK;
}

/* Follows the chain by one page. *count: of the page; 0 at the end. */
static enum err
follow_page(struct ctx *ctx, const struct ledger_verify_wish *wish, struct ledger_verified *found,
            int *count)
{
    struct ledger_seal seals[SEALS_PAGE];

    TRY(ledger_store_list_seals(ctx, found->last.number, SEALS_PAGE, seals, count));
    for (int i = 0; i < *count; i++) {
        found->difference = check_seal(ctx, wish, found, &seals[i]);
        if (found->difference == NULL) TRY(check_transfers(ctx, &seals[i], &found->difference));
        if (found->difference != NULL) return OK;
        found->last = seals[i];
        ledger_seal_hash(ctx->merchant, &seals[i], found->last_hash);
        if (memcmp(found->last_hash, wish->noted, HASH_LEN) == 0) found->has_noted = true;
        found->seals++;
        found->transfers += seals[i].transfers;
    }
    return OK;
}

static enum err
verify_merchant(struct ctx *ctx, const struct ledger_verify_wish *wish,
                struct ledger_verified *found)
{
    int count;

    do {
        arena_reset(ctx->arena);
        TRY(follow_page(ctx, wish, found, &count));
    } while (count > 0 && found->difference == NULL);
    return ledger_store_count_postings(ctx, found->last.last_seq, &found->unsealed);
}

static enum err
verify_all(struct ctx *ctx, const struct ledger_verify_wish *wish, ledger_verify_tell *tell,
           void *self)
{
    TRY(ledger_next_merchant(ctx, (merchant_id){0}, &ctx->merchant));
    while (ctx->merchant.v != 0) {
        struct ledger_verified found = {.merchant = ctx->merchant};

        TRY(verify_merchant(ctx, wish, &found));
        tell(self, ctx, &found);
        TRY(ledger_next_merchant(ctx, ctx->merchant, &ctx->merchant));
    }
    return OK;
}

enum err
ledger_verify(struct ctx *ctx, const struct ledger_verify_wish *wish, ledger_verify_tell *tell,
              void *self)
{
    struct arena arena; /* emptied for each page of seals, which a caller's could not be */
    struct ctx reading = *ctx;

    arena_open(&arena, VERIFY_ARENA_MAX);
    reading.arena = &arena;
    enum err err = verify_all(&reading, wish, tell, self);
    if (err != OK) memcpy(ctx->detail, reading.detail, sizeof ctx->detail);
    arena_close(&arena);
    return err;
}
