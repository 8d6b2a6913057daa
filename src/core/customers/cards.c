/* cards — consents, and what recognises a customer at a till; see customers.h. */
#include "base/settings.h"
#include "core/customers/customers_store.h"

enum err
consents_add(struct ctx *ctx, const struct consent *consent)
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(consent->customer.v != 0);
    return customers_store_add_consent(ctx, consent);
}

enum err
consents_list(struct ctx *ctx, customer_id customer, struct consent_seen **consents, int *count)
{
    return customers_store_list_consents(ctx, customer, consents, count);
}

enum err
cards_list(struct ctx *ctx, customer_id customer, struct card_seen **cards, int *count)
{
    return customers_store_list_cards(ctx, customer, cards, count);
}

void
cards_hash(struct ctx *ctx, struct str vendor, struct str fingerprint, uint8_t hash[static 32])
{
    ASSERT(ctx->merchant.v != 0);
    ASSERT(ctx->settings);
    struct str key = {(const char *)ctx->settings->server_key, sizeof ctx->settings->server_key};
    /* The merchant is in it, so that two shops' tables cannot be laid side by side. */
    struct str whose =
        str_format(ctx->arena, "card %lld %.*s ", (long long)ctx->merchant.v, STR_ARG(vendor));

    hash_hmac(key, whose, fingerprint, hash);
}

enum err
cards_link(struct ctx *ctx, const struct payment_card *card, customer_id customer)
{
    ASSERT(customer.v != 0);
    return customers_store_link_card(ctx, card, customer);
}

enum err
cards_find_owner(struct ctx *ctx, const uint8_t hash[static 32], customer_id *customer)
{
    return customers_store_find_card(ctx, hash, customer);
}

enum err
customer_links_add(struct ctx *ctx, integration_id integration, struct str external_id,
                   customer_id customer)
{
    ASSERT(customer.v != 0);
    ASSERT(external_id.len > 0);
    return customers_store_add_link(ctx, integration, external_id, customer);
}

enum err
customer_links_find(struct ctx *ctx, integration_id integration, struct str external_id,
                    customer_id *customer)
{
    return customers_store_find_link(ctx, integration, external_id, customer);
}
