/* card_codes — see card_codes.h. */
#include "core/customers/card_codes.h"
#include "base/code.h"
#include "core/customers/sign_in_store.h"

_Static_assert(CARD_CODE_LEN == (int)CODE_LEN, "a card code is a code");

bool
card_code_parse(struct str text, char code[static CARD_CODE_LEN])
{
    return code_parse(text, STR(CARD_CODE_PREFIX), code);
}

enum err
card_codes_ensure(struct ctx *ctx, customer_id customer, struct str *code)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(customer.v != 0);
    TRY(card_codes_read(ctx, customer, code));
    if (code->len > 0) return OK;
    *code = code_new(ctx->arena);
    return sign_in_store_add_card_code(ctx, *code, customer);
}

enum err
card_codes_renew(struct ctx *ctx, customer_id customer, struct str *code)
{
    TRY(sign_in_store_remove_card_code(ctx, customer));
    return card_codes_ensure(ctx, customer, code);
}

enum err
card_codes_read(struct ctx *ctx, customer_id customer, struct str *code)
{
    return sign_in_store_read_card_code(ctx, customer, code);
}

enum err
card_codes_find(struct ctx *ctx, struct str text, customer_id *customer)
{
    char code[CARD_CODE_LEN];

    customer->v = 0;
    if (card_code_parse(text, code)) {
        TRY(sign_in_store_find_card_code(ctx, (struct str){code, sizeof code}, customer));
    }
    return customer->v != 0 ? OK : fail(ctx, ERR_CARD_CODE_UNKNOWN, "nobody's");
}
