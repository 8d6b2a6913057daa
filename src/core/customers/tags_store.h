/* tags_store — the statements of tags.h. For this module only. */
#pragma once
#include "core/customers/tags.h"

MUST_USE enum err tags_store_add(struct ctx *ctx, const struct tag *tag, struct str folded);
MUST_USE enum err tags_store_change(struct ctx *ctx, const struct tag *tag, struct str folded);
/* And takes it from everybody. */
MUST_USE enum err tags_store_remove(struct ctx *ctx, tag_id id);
MUST_USE enum err tags_store_find(struct ctx *ctx, tag_id id, struct tag *tag);
/* id 0: none has it. */
MUST_USE enum err tags_store_find_name(struct ctx *ctx, struct str folded, tag_id *id);
MUST_USE enum err tags_store_count(struct ctx *ctx, int64_t *count);
MUST_USE enum err tags_store_list(struct ctx *ctx, struct tag **tags, int *count);

MUST_USE enum err tags_store_put_on(struct ctx *ctx, customer_id customer, tag_id tag,
                                    bool *changed);
MUST_USE enum err tags_store_take_off(struct ctx *ctx, customer_id customer, tag_id tag,
                                      bool *changed);
MUST_USE enum err tags_store_list_of(struct ctx *ctx, customer_id customer, tag_id **tags,
                                     int *count);
MUST_USE enum err tags_store_forget_customer(struct ctx *ctx, customer_id customer);
