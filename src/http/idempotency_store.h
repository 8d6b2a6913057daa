/* idempotency_store — the statements of idempotency. */
#pragma once
#include "http/idempotency.h"

MUST_USE enum err once_store_find(struct ctx *ctx, const struct once *once, bool *found,
                                  struct str *request_hash, struct str *reply);
MUST_USE enum err once_store_add(struct ctx *ctx, const struct once *once, customer_id about,
                                 struct str reply);
