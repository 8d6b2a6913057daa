/*
 * tokens — texts that prove something and name their merchant: "ses_" + 13 characters of merchant
 * id + 128 random bits. The merchant is in it so that one look at its own table finds the row, also
 * when merchants are spread over several databases. For core/team only.
 */
#pragma once
#include "base/ctx.h"

enum { TOKEN_KIND_LEN = 3 };

/* One of ctx->merchant. Requires: a kind of three letters */
struct str tokens_new(struct ctx *ctx, struct str kind);
/* Whose token it claims to be. False when it has not a token's form. */
MUST_USE bool tokens_parse(struct str token, merchant_id *merchant);
