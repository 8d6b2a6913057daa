/* seal_tree — see seal_tree.h. */
#include "core/ledger/seal_tree.h"
#include "core/ledger/seal_store.h"

enum { PAGE_TRANSFERS = 100, PAGE_ARENA_MAX = 64 << 20 };

static const uint8_t is_leaf = 0x00, is_node = 0x01;

void
ledger_seal_add_number(struct hash_stream *stream, int64_t number)
{
    uint8_t bytes[8];

    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
    hash_add(stream, bytes, sizeof bytes);
}

void
ledger_seal_leaf(merchant_id merchant, const struct ledger_posting *posting,
                 uint8_t leaf[static HASH_LEN])
{
    struct hash_stream stream;

    hash_begin(&stream);
    hash_add(&stream, &is_leaf, 1);
    ledger_seal_add_number(&stream, merchant.v);
    ledger_seal_add_number(&stream, posting->id.v);
    ledger_seal_add_number(&stream, posting->seq);
    ledger_seal_add_number(&stream, posting->unit);
    ledger_seal_add_number(&stream, posting->reason);
    ledger_seal_add_number(&stream, posting->at_us);
    ledger_seal_add_number(&stream, posting->line_count);
    for (int i = 0; i < posting->line_count; i++) {
        const struct ledger_line *line = &posting->lines[i];

        ledger_seal_add_number(&stream, line->owner);
        ledger_seal_add_number(&stream, line->book);
        ledger_seal_add_number(&stream, line->amount);
        ledger_seal_add_number(&stream, line->lot);
        ledger_seal_add_number(&stream, line->expires_us);
    }
    hash_end(&stream, leaf);
}

/* right becomes the node over left and right. */
static void
join(const uint8_t left[static HASH_LEN], uint8_t right[static HASH_LEN])
{
    struct hash_stream stream;

    hash_begin(&stream);
    hash_add(&stream, &is_node, 1);
    hash_add(&stream, left, HASH_LEN);
    hash_add(&stream, right, HASH_LEN);
    hash_end(&stream, right);
}

static bool
has_subtree(const struct ledger_seal_tree *tree, int height)
{
    return ((uint64_t)tree->leaf_count >> height & 1) != 0;
}

void
ledger_seal_tree_add(struct ledger_seal_tree *tree, const uint8_t leaf[static HASH_LEN])
{
    uint8_t node[HASH_LEN];
    int height = 0;

    memcpy(node, leaf, HASH_LEN);
    while (has_subtree(tree, height))
        join(tree->subtrees[height++], node);
    memcpy(tree->subtrees[height], node, HASH_LEN);
    tree->leaf_count++;
}

void
ledger_seal_tree_root(const struct ledger_seal_tree *tree, uint8_t root[static HASH_LEN])
{
    int height = 0;

    ASSERT(tree->leaf_count > 0);
    while (!has_subtree(tree, height))
        height++;
    memcpy(root, tree->subtrees[height], HASH_LEN);
    while (++height < 63) {
        if (has_subtree(tree, height)) join(tree->subtrees[height], root);
    }
}

static enum err
read_pages(struct ctx *ctx, struct ledger_span span, int64_t max, struct ledger_seal_tree *tree,
           int64_t *last_seq)
{
    struct ledger_posting postings[PAGE_TRANSFERS];
    uint8_t leaf[HASH_LEN];
    int count, wanted;

    do {
        wanted = max < PAGE_TRANSFERS ? (int)max : PAGE_TRANSFERS;
        span.after = *last_seq;
        TRY(ledger_store_list_postings(ctx, span, wanted, postings, &count));
        for (int i = 0; i < count; i++) {
            ledger_seal_leaf(ctx->merchant, &postings[i], leaf);
            ledger_seal_tree_add(tree, leaf);
        }
        if (count > 0) *last_seq = postings[count - 1].seq;
        max -= count;
        arena_reset(ctx->arena);
    } while (count == wanted && max > 0);
    return OK;
}

enum err
ledger_seal_read(struct ctx *ctx, struct ledger_span span, int64_t max,
                 struct ledger_seal_tree *tree, int64_t *last_seq)
{
    struct arena pages; /* a caller's arena would keep all that was ever read */
    struct ctx reading = *ctx;

    *last_seq = span.after;
    arena_open(&pages, PAGE_ARENA_MAX);
    reading.arena = &pages;
    enum err err = read_pages(&reading, span, max, tree, last_seq);
    if (err != OK) memcpy(ctx->detail, reading.detail, sizeof ctx->detail);
    arena_close(&pages);
    return err;
}
