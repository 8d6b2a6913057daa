/* customers_store — the rows of customers.h. */
#pragma once
#include "base/hash.h"
#include "core/customers/customers.h"
#include "core/customers/words.h"

/* What customers_store_read reads, of the table as c. */
#define CUSTOMER_COLUMNS                                                                           \
    "c.id, c.version, c.given_name, c.family_name, c.company_name, c.nickname, c.email, c.phone,"  \
    " c.birthday, c.address, c.note, c.reference_id, c.source, c.created_us, c.updated_us"
struct db_rows;
struct customer customers_store_read(struct db_rows *rows);

MUST_USE enum err customers_store_add(struct ctx *ctx, const struct customer *customer);
MUST_USE enum err customers_store_find(struct ctx *ctx, customer_id id, struct customer *customer);
/* changed is false when the row has not version before any more. */
MUST_USE enum err customers_store_change(struct ctx *ctx, const struct customer *customer,
                                         int64_t before, bool *changed);
MUST_USE enum err customers_store_remove(struct ctx *ctx, customer_id id);

MUST_USE enum err customers_store_add_word(struct ctx *ctx, struct str word, customer_id id);
MUST_USE enum err customers_store_remove_word(struct ctx *ctx, struct str word, customer_id id);

/* The smallest id with a word in the range; 0: nobody. */
MUST_USE enum err customers_store_find_by_word(struct ctx *ctx, struct word_range range,
                                               customer_id *id);

MUST_USE enum err customers_store_add_consent(struct ctx *ctx, const struct consent *consent);
MUST_USE enum err customers_store_list_consents(struct ctx *ctx, customer_id customer,
                                                struct consent_seen **consents, int *count);
card_id cards_id_of(const uint8_t hash[static HASH_LEN]);
MUST_USE enum err customers_store_list_cards(struct ctx *ctx, customer_id customer,
                                             struct card_seen **cards, int *count);
MUST_USE enum err customers_store_link_card(struct ctx *ctx, const struct payment_card *card,
                                            customer_id customer);
MUST_USE enum err customers_store_find_card(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                                            customer_id *customer);
MUST_USE enum err customers_store_remove_card(struct ctx *ctx, const uint8_t hash[static HASH_LEN]);
MUST_USE enum err customers_store_remove_cards(struct ctx *ctx, customer_id customer);
MUST_USE enum err customers_store_add_link(struct ctx *ctx, integration_id integration,
                                           struct str external_id, customer_id customer);
MUST_USE enum err customers_store_find_link(struct ctx *ctx, integration_id integration,
                                            struct str external_id, customer_id *customer);
/* What POS's call a customer. */
MUST_USE enum err customers_store_list_links(struct ctx *ctx, customer_id customer,
                                             struct str **names, int *count);
MUST_USE enum err customers_store_remove_links(struct ctx *ctx, customer_id customer);
