/* seal — see seal.h. */
#include "core/ledger/seal.h"
#include "base/settings.h"
#include "core/ledger/seal_store.h"
#include "db/db.h"

static const uint8_t is_seal = 0x02;

#define PURPOSE "habitue ledger seal 1"

void
ledger_seal_hash(merchant_id merchant, const struct ledger_seal *seal,
                 uint8_t hash[static HASH_LEN])
{
    struct hash_stream stream;

    hash_begin(&stream);
    hash_add(&stream, &is_seal, 1);
    ledger_seal_add_number(&stream, merchant.v);
    ledger_seal_add_number(&stream, seal->number);
    ledger_seal_add_number(&stream, seal->first_seq);
    ledger_seal_add_number(&stream, seal->last_seq);
    ledger_seal_add_number(&stream, seal->transfers);
    hash_add(&stream, seal->root, sizeof seal->root);
    hash_add(&stream, seal->previous, sizeof seal->previous);
    ledger_seal_add_number(&stream, seal->sealed_us);
    hash_add(&stream, seal->public_key, sizeof seal->public_key);
    hash_end(&stream, hash);
}

/* What is signed: its purpose, so that it can never pass for something else, and the hash. */
struct signed_text {
    char text[sizeof PURPOSE - 1 + HASH_LEN];
};

static struct signed_text
text_of(merchant_id merchant, const struct ledger_seal *seal)
{
    struct signed_text signed_text;
    uint8_t hash[HASH_LEN];

    ledger_seal_hash(merchant, seal, hash);
    memcpy(signed_text.text, PURPOSE, sizeof PURPOSE - 1);
    memcpy(signed_text.text + sizeof PURPOSE - 1, hash, sizeof hash);
    return signed_text;
}

bool
ledger_seal_is_signed(merchant_id merchant, const struct ledger_seal *seal)
{
    struct signed_text message = text_of(merchant, seal);

    return sign_matches(seal->public_key, (struct str){message.text, sizeof message.text},
                        seal->signature);
}

void
ledger_seal_pair(const uint8_t server_key[static SEAL_KEY_LEN], struct sign_pair *pair)
{
    sign_pair_derive(server_key, STR(PURPOSE), pair);
}

static void
sign_seal(const struct ctx *ctx, struct ledger_seal *seal)
{
    struct sign_pair pair;

    ledger_seal_pair(ctx->settings->server_key, &pair);
    memcpy(seal->public_key, pair.public_key, sizeof seal->public_key);
    struct signed_text message = text_of(ctx->merchant, seal);
    sign_message(&pair, (struct str){message.text, sizeof message.text}, seal->signature);
    sign_pair_clear(&pair);
}

enum err
ledger_seal_prepare(struct ctx *ctx, struct ledger_seal *seal)
{
    struct ledger_seal_tree tree = {0};
    struct ledger_seal last;

    ASSERT(!db_in_tx(ctx->db));
    *seal = (struct ledger_seal){0};
    TRY(ledger_store_find_last_seal(ctx, &last));
    TRY(ledger_seal_read(ctx, (struct ledger_span){last.last_seq, INT64_MAX}, LEDGER_SEAL_MAX,
                         &tree, &seal->last_seq));
    if (tree.leaf_count == 0) return OK;
    seal->number = last.number + 1;
    seal->first_seq = last.last_seq + 1;
    seal->transfers = tree.leaf_count;
    seal->sealed_us = ctx->now_us;
    ledger_seal_tree_root(&tree, seal->root);
    if (last.number > 0) ledger_seal_hash(ctx->merchant, &last, seal->previous);
    sign_seal(ctx, seal);
    return OK;
}

/* Remembers which key seals here: a public key is no secret. */
static enum err
note_key(struct ctx *ctx, const struct ledger_seal *seal)
{
    struct str is = hash_hex(ctx->arena, seal->public_key, sizeof seal->public_key);
    struct str was;

    TRY(ledger_store_find_seal_key(ctx, &was));
    return str_is(is, was) ? OK : ledger_store_put_seal_key(ctx, is);
}

enum err
ledger_seal_add(struct ctx *ctx, const struct ledger_seal *seal, bool *added)
{
    uint8_t previous[HASH_LEN] = {0};
    struct ledger_seal last;

    ASSERT(ctx->batch != NULL);
    *added = false;
    TRY(ledger_store_find_last_seal(ctx, &last));
    if (last.number > 0) ledger_seal_hash(ctx->merchant, &last, previous);
    if (last.number + 1 != seal->number) return OK;
    if (!hash_same(previous, seal->previous, sizeof previous)) return OK;
    TRY(note_key(ctx, seal));
    TRY(ledger_store_add_seal(ctx, seal));
    *added = true;
    return OK;
}

enum err
ledger_seal_find_key(struct ctx *ctx, uint8_t key[static SIGN_PUBLIC_LEN], bool *found)
{
    struct str hex;

    TRY(ledger_store_find_seal_key(ctx, &hex));
    *found = hash_parse_hex(hex, key, SIGN_PUBLIC_LEN);
    return OK;
}
