/* sign_in_store — the rows of sign_in.h and card_codes.h. */
#pragma once
#include "base/hash.h"
#include "core/customers/sign_in.h"

/* ---- card codes ---- */
MUST_USE enum err sign_in_store_add_card_code(struct ctx *ctx, struct str code,
                                              customer_id customer);
/* Empty: none. */
MUST_USE enum err sign_in_store_read_card_code(struct ctx *ctx, customer_id customer,
                                               struct str *code);
/* 0: nobody's. */
MUST_USE enum err sign_in_store_find_card_code(struct ctx *ctx, struct str code,
                                               customer_id *customer);
MUST_USE enum err sign_in_store_remove_card_code(struct ctx *ctx, customer_id customer);

/* ---- links ---- */
MUST_USE enum err sign_in_store_add_link(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                         customer_id customer, int64_t expires_us);
/* Uses a link up, whatever its age; customer 0: there is none. */
MUST_USE enum err sign_in_store_take_link(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                          customer_id *customer, int64_t *expires_us);
MUST_USE enum err sign_in_store_remove_links(struct ctx *ctx, customer_id customer);

/* ---- codes ---- */
struct sign_in_code_row {
    bool found;
    struct str code_hash; /* HASH_LEN bytes; empty: used */
    int64_t tries, sent, since_us, created_us, expires_us;
};
MUST_USE enum err sign_in_store_find_code(struct ctx *ctx,
                                          const uint8_t address_hash[static HASH_LEN],
                                          struct sign_in_code_row *row);
/* Puts a new code in the place of whatever was there. */
MUST_USE enum err sign_in_store_put_code(struct ctx *ctx,
                                         const uint8_t address_hash[static HASH_LEN],
                                         const struct sign_in_code_row *row);
MUST_USE enum err sign_in_store_count_try(struct ctx *ctx,
                                          const uint8_t address_hash[static HASH_LEN]);
/* The code is used; what was counted of its address stays. */
MUST_USE enum err sign_in_store_end_code(struct ctx *ctx,
                                         const uint8_t address_hash[static HASH_LEN]);
MUST_USE enum err sign_in_store_remove_code(struct ctx *ctx,
                                            const uint8_t address_hash[static HASH_LEN]);
MUST_USE enum err sign_in_store_forget_codes(struct ctx *ctx, int64_t before_us, int max,
                                             int64_t *forgotten);
MUST_USE enum err sign_in_store_forget_links(struct ctx *ctx, int64_t before_us, int max,
                                             int64_t *forgotten);
