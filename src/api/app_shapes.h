/*
 * app_shapes — what a customer sees of themselves in their shop's app: never what staff note of
 * them.
 */
#pragma once
#include "base/json.h"
#include "core/customers/customers.h"
#include "core/loyalty/programs.h"
#include "core/loyalty/rewards.h"

void json_put_self(struct json_out *out, const char *key, const struct customer *customer);
/* Without how it is earned. */
void json_put_app_program(struct json_out *out, const char *key, const struct program *program,
                          struct str currency);
/* The members of a customer's card: who they are, their code, accounts and rewards. */
MUST_USE enum err json_put_card(struct ctx *ctx, struct json_out *out, customer_id id);
/*
 * "sign_in": a link that signs this customer in, to be shown as a QR code by whoever vouches for
 * them. Makes it. Within: a transaction.
 */
MUST_USE enum err json_put_sign_in(struct ctx *ctx, struct json_out *out, customer_id id);
/* Which of a customer's rewards: those still to be used, or those that were, newest first. */
struct app_rewards {
    enum reward_status status;
    int limit; /* of each account's */
};
/* Inside an array. */
MUST_USE enum err json_put_rewards_of(struct ctx *ctx, struct json_out *out, customer_id id,
                                      const struct app_rewards *which);
