/*
 * limits — how many points staff may give by hand in a day, by their role.
 *
 * A day is the merchant's. What an order earns is not given by hand, nor what is taken away. A
 * program with a key has no role, and no limit.
 */
#pragma once
#include "core/team/roles.h"

/* So much is no limit. */
#define LIMITS_NONE INT64_C(1000000000000000)

/*
 * Counts points that ctx->actor gives by hand.
 * Within:   a transaction
 * Repeat:   counts again
 * Errors:   ERR_GIVEN_LIMIT   it would be more than their role may give today
 */
MUST_USE enum err limits_count(struct ctx *ctx, int64_t points);
