/* attention_store — what the database finds for attention.c. For this module only. */
#pragma once
#include "core/insight/insight.h"

struct attention_list {
    struct attention *at; /* room for ATTENTION_MAX */
    int count;
};
/* Does nothing when the list is full. */
void attention_add(struct attention_list *list, struct attention attention);

/* Registers that an order came from since, and no tablet shows; our own till shows its orders. */
MUST_USE enum err attention_store_add_registers(struct ctx *ctx, int64_t seen_from_us,
                                                struct attention_list *list);
MUST_USE enum err attention_store_add_establishments(struct ctx *ctx, struct attention_list *list);
/* Orders closed since that waited in vain: how many, and since the first of them. */
MUST_USE enum err attention_store_add_expired(struct ctx *ctx, int64_t closed_from_us,
                                              struct attention_list *list);
MUST_USE enum err attention_store_add_no_customer(struct ctx *ctx, struct attention_list *list);
