/* sign_in_links — single-use links; see sign_in.h. */
#include "core/customers/sign_in_store.h"

enum err
sign_in_links_add(struct ctx *ctx, customer_id customer, int64_t keep_us, struct str *token)
{
    uint8_t hash[HASH_LEN];

    ASSERT(ctx->merchant.v != 0);
    ASSERT(customer.v != 0);
    ASSERT(keep_us > 0);
    TRY(sign_in_store_remove_links(ctx, customer));
    *token = random_token(ctx->arena);
    hash_sha256(*token, hash);
    return sign_in_store_add_link(ctx, hash, customer, ctx->now_us + keep_us);
}

/* A refusal undoes what was taken: a link that is too old waits for the job that forgets it. */
enum err
sign_in_links_take(struct ctx *ctx, struct str token, customer_id *customer)
{
    uint8_t hash[HASH_LEN];
    int64_t expires_us;

    hash_sha256(token, hash);
    TRY(sign_in_store_take_link(ctx, hash, customer, &expires_us));
    if (customer->v != 0 && expires_us > ctx->now_us) return OK;
    *customer = (customer_id){0};
    return fail(ctx, ERR_LINK_EXPIRED, "link");
}

enum err
sign_in_links_end(struct ctx *ctx, customer_id customer)
{
    return sign_in_store_remove_links(ctx, customer);
}
