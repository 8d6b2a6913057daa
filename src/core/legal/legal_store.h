/* legal_store — the rows of legal.h. */
#pragma once
#include "core/legal/legal.h"

MUST_USE enum err legal_store_find_identity(struct ctx *ctx, struct legal_identity *identity);
MUST_USE enum err legal_store_put_identity(struct ctx *ctx, const struct legal_identity *identity);
/* The newest wording up to this number; number 0: there is none. */
struct wording {
    int64_t number, created_us;
    struct str text; /* empty: the default again */
};
MUST_USE enum err legal_store_find(struct ctx *ctx, struct str kind, struct str language,
                                   int64_t number, struct wording *wording);
/* The newest number of all texts; 0: none. */
MUST_USE enum err legal_store_find_number(struct ctx *ctx, int64_t *number);
MUST_USE enum err legal_store_add(struct ctx *ctx, struct str kind, struct str language,
                                  const struct wording *wording);
