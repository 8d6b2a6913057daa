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

/* ---- unlinking ---- */

card_id
cards_id_of(const uint8_t hash[static 32])
{
    uint64_t id = 0;

    for (int i = 0; i < 8; i++) {
        id = id << 8 | hash[i];
    }
    /* An id is positive; of a merchant's cards no two have the same, unless by a chance of 2^-63.
     */
    id &= INT64_MAX;
    return (card_id){id == 0 ? 1 : (int64_t)id};
}

static const struct card_seen *
find_card(const struct card_seen *cards, int count, int64_t id)
{
    for (int i = 0; i < count; i++) {
        if (cards[i].id.v == id) return &cards[i];
    }
    return NULL;
}

enum err
cards_unlink(struct ctx *ctx, customer_id customer, const int64_t *wanted, int wanted_count)
{
    const struct consent consent = {
        .customer = customer, .purpose = STR("card_link"), .state = STR("withdrawn")};
    struct card_seen *cards;
    int count;

    TRY(cards_list(ctx, customer, &cards, &count));
    for (int i = 0; i < wanted_count; i++) {
        const struct card_seen *card = find_card(cards, count, wanted[i]);

        if (card == NULL) return fail_field(ctx, ERR_CARD_UNKNOWN, "card_ids");
        TRY(customers_store_remove_card(ctx, card->fingerprint_hash));
    }
    return consents_add(ctx, &consent);
}
