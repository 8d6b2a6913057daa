/* tokens — see tokens.h. */
#include "core/team/tokens.h"
#include "base/hash.h"

enum { MERCHANT_LEN = 13, LEN = TOKEN_KIND_LEN + 1 + MERCHANT_LEN + TOKEN_LEN };

struct str
tokens_new(struct ctx *ctx, struct str kind)
{
    char merchant[MERCHANT_LEN];

    ASSERT(ctx->merchant.v != 0);
    ASSERT(kind.len == TOKEN_KIND_LEN);
    id_base32(ctx->merchant.v, merchant);
    struct str token = str_format(ctx->arena, "%.*s_%.*s%.*s", STR_ARG(kind), MERCHANT_LEN,
                                  merchant, STR_ARG(random_token(ctx->arena)));
    ASSERT(token.len == LEN);
    return token;
}

bool
tokens_parse(struct str token, merchant_id *merchant)
{
    if (token.len != LEN || token.at[TOKEN_KIND_LEN] != '_') return false;
    struct str text = {token.at + TOKEN_KIND_LEN + 1, MERCHANT_LEN};
    return id_parse_base32(text, &merchant->v) == OK && merchant->v != 0;
}
