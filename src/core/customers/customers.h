/*
 * customers — the merchant's directory: who people are, what they agreed to, which cards are
 * theirs.
 */
#pragma once
#include "base/ctx.h"

struct customer {
    customer_id id;
    int64_t version;
    struct str given_name, family_name, company_name, nickname, email, phone, birthday,
        address_json, note, reference_id, source;
    int64_t created_us, updated_us;
};
/* A change: fields with set bit are replaced, an empty value clears. */
enum customer_field {
    CUSTOMER_GIVEN_NAME,
    CUSTOMER_FAMILY_NAME,
    CUSTOMER_COMPANY_NAME,
    CUSTOMER_NICKNAME,
    CUSTOMER_EMAIL,
    CUSTOMER_PHONE,
    CUSTOMER_BIRTHDAY,
    CUSTOMER_ADDRESS,
    CUSTOMER_NOTE,
    CUSTOMER_REFERENCE_ID,
    CUSTOMER_FIELD_COUNT
};

/* phone is E.164 already (phone_parse). Errors: ERR_CUSTOMER_EMPTY, ERR_EMAIL_INVALID,
 * ERR_FIELD_VALUE (birthday) */
MUST_USE enum err customers_add(struct ctx *ctx, struct customer *customer);
MUST_USE enum err customers_find(struct ctx *ctx, customer_id id,
                                 struct customer *customer); /* ERR_CUSTOMER_UNKNOWN */
/* version 0: whatever it is. Errors: ERR_CUSTOMER_UNKNOWN, ERR_CUSTOMER_CHANGED (another version),
 * ERR_CUSTOMER_EMPTY (nothing would be left), … */
MUST_USE enum err customers_change(struct ctx *ctx, const struct customer *change, unsigned fields,
                                   struct customer *after);
/* Empties the personal columns of every table of this module; the row goes. Loyalty accounts and
 * the ledger stay, nameless. Errors: ERR_CUSTOMER_UNKNOWN */
MUST_USE enum err customers_remove(struct ctx *ctx, customer_id id);

struct customer_query {
    struct str email, phone, reference_id;                /* exact; empty: any */
    struct str email_fuzzy, phone_fuzzy, reference_fuzzy; /* words or endings, normalised here */
    struct str source;
    int64_t created_from_us, created_until_us, updated_from_us, updated_until_us; /* 0: open */
    bool newest_first;
    int64_t after; /* cursor */
    int limit;     /* 1..100 */
};
/* Errors: ERR_FIELD_RANGE   a text with nothing to find by: a phone's ending needs four digits */
MUST_USE enum err customers_search(struct ctx *ctx, const struct customer_query *query,
                                   struct customer **customers, int *count);
/* The oldest customer with this phone. Errors: ERR_CUSTOMER_UNKNOWN */
MUST_USE enum err customers_find_by_phone(struct ctx *ctx, struct str e164, customer_id *id);

struct consent {
    customer_id customer;
    struct str purpose, state, notice_version, language;
};
MUST_USE enum err consents_add(struct ctx *ctx, const struct consent *consent);

struct payment_card {
    uint8_t fingerprint_hash[32];
    struct str brand, last_4;
};
/* The keyed hash of a POS's card fingerprint: this merchant's only. */
void cards_hash(struct ctx *ctx, struct str vendor, struct str fingerprint,
                uint8_t hash[static 32]);
MUST_USE enum err cards_link(struct ctx *ctx, const struct payment_card *card,
                             customer_id customer);
MUST_USE enum err cards_find_owner(struct ctx *ctx, const uint8_t hash[static 32],
                                   customer_id *customer); /* id 0: nobody's */
MUST_USE enum err customer_links_add(struct ctx *ctx, integration_id integration,
                                     struct str external_id, customer_id customer);
MUST_USE enum err customer_links_find(struct ctx *ctx, integration_id integration,
                                      struct str external_id,
                                      customer_id *customer); /* id 0: none */
