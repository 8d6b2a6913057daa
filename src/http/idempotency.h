/*
 * idempotency — the same request sent twice is done once, and answered twice alike.
 *
 * A request names itself with an idempotency_key. Its reply is kept in the transaction that did
 * the work: whoever repeats the key with the same request is given the kept reply, with another
 * request is refused. Refusals are not kept. Keys belong to who asks: two callers' do not meet.
 */
#pragma once
#include "base/ctx.h"

enum { ONCE_HASH_LEN = 16 };

struct once {
    bool given; /* the request has a key */
    uint8_t key_hash[ONCE_HASH_LEN];
    uint8_t request_hash[ONCE_HASH_LEN];
};

struct once_request {
    struct str key;
    const char *method;
    struct str path, body;
};
/* Needs ctx->actor; no database. */
void once_read(const struct ctx *ctx, const struct once_request *request, struct once *once);

/*
 * Within:   a write task.
 * Gives:    *found and the kept reply, or *found false: do the work, then once_keep.
 * Errors:   ERR_IDEMPOTENCY_KEY_REUSED   the key was used for another request
 *           ERR_REPLY_REMOVED            it was done, and its reply erased since
 */
MUST_USE enum err once_find(struct ctx *ctx, const struct once *once, bool *found,
                            struct str *reply);
/* Within:   the write task that did the work. about: whose personal data the reply holds; 0:
 * none's. */
MUST_USE enum err once_keep(struct ctx *ctx, const struct once *once, customer_id about,
                            struct str reply);
