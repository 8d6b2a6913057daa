/* outbox_store — the outbox's only SQL. */
#pragma once
#include "core/outbox/outbox.h"

MUST_USE enum err outbox_store_add(struct ctx *ctx, const struct outbox_message *message);
MUST_USE enum err outbox_store_list(struct ctx *ctx, message_id before, int limit,
                                    struct outbox_message **messages, int *count);
/* Those of ctx->merchant whose time has come, oldest first. */
MUST_USE enum err outbox_store_list_due(struct ctx *ctx, int limit,
                                        struct outbox_message **messages, int *count);
/* A merchant with a message that is due, or 0. */
MUST_USE enum err outbox_store_find_due_merchant(struct ctx *ctx, merchant_id *merchant);
/* Where it is still as it was before: another may have been faster. */
MUST_USE enum err outbox_store_change(struct ctx *ctx, const struct outbox_message *message,
                                      enum outbox_state before);
/* To a customer, the newest first. */
MUST_USE enum err outbox_store_list_of_customer(struct ctx *ctx, customer_id customer, int limit,
                                                struct outbox_message **messages, int *count);
MUST_USE enum err outbox_store_erase_customer(struct ctx *ctx, customer_id customer);
MUST_USE enum err outbox_store_erase_address(struct ctx *ctx, struct str address);
MUST_USE enum err outbox_store_remove(struct ctx *ctx, int64_t before_id, int max,
                                      int64_t *removed);
