/* idempotency — see idempotency.h. */
#include "http/idempotency.h"
#include "base/hash.h"
#include "http/idempotency_store.h"
#include <inttypes.h>

static void
shorten(const uint8_t digest[static HASH_LEN], uint8_t hash[static ONCE_HASH_LEN])
{
    memcpy(hash, digest, ONCE_HASH_LEN);
}

void
once_read(const struct ctx *ctx, const struct once_request *request, struct once *once)
{
    uint8_t digest[HASH_LEN];
    struct str owner = str_format(ctx->arena, "%d %" PRId64, (int)ctx->actor.kind, ctx->actor.id);
    struct str place = str_format(ctx->arena, "%s %.*s", request->method, STR_ARG(request->path));

    hash_hmac(owner, request->key, STR(""), digest);
    shorten(digest, once->key_hash);
    hash_hmac(place, request->body, STR(""), digest);
    shorten(digest, once->request_hash);
    once->given = true;
}

enum err
once_find(struct ctx *ctx, const struct once *once, bool *found, struct str *reply)
{
    struct str request_hash;

    TRY(once_store_find(ctx, once, found, &request_hash, reply));
    if (!*found) return OK;
    if (!str_is(request_hash, (struct str){(const char *)once->request_hash, ONCE_HASH_LEN})) {
        return fail_field(ctx, ERR_IDEMPOTENCY_KEY_REUSED, "idempotency_key");
    }
    if (reply->len == 0) return fail(ctx, ERR_REPLY_REMOVED, "erased");
    return OK;
}

enum err
once_keep(struct ctx *ctx, const struct once *once, customer_id about, struct str reply)
{
    ASSERT(reply.len > 0);
    return once_store_add(ctx, once, about, reply);
}
