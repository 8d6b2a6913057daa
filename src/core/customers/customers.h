/*
 * customers — the merchant's directory: who people are, what they agreed to, what recognises them
 * at a till.
 *
 * A customer is known by anything at all: a name, an address, a number, a reference. Whether they
 * collect points is core/loyalty's. All of a customer that is personal is in this module's tables,
 * and removing them empties it.
 */
#pragma once
#include "base/ctx.h"

struct customer {
    customer_id id;
    int64_t version; /* 1, then one more at each change */
    struct str given_name, family_name, company_name, nickname;
    struct str email;        /* as it was written */
    struct str phone;        /* E.164 */
    struct str birthday;     /* "1990-02-28"; year 0000 when not told */
    struct str address_json; /* an object in Square's shape of an address */
    struct str note, reference_id;
    struct str source; /* Square's creation_source: "THIRD_PARTY", "LOYALTY" … */
    int64_t created_us, updated_us;
};
/* What a change may replace. */
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

/* "1990-02-28", or "0000-02-28": as a customer's is kept. */
bool customers_is_birthday(struct str text);
/*
 * Adds a customer. Fills what is left empty: id, source, times; phone is E.164 already.
 *
 * Within:   a transaction
 * Errors:   ERR_EMAIL_INVALID (field email_address), ERR_FIELD_VALUE (field birthday)
 *           ERR_CUSTOMER_EMPTY   nothing to know them by
 *           (in this order)
 */
MUST_USE enum err customers_add(struct ctx *ctx, struct customer *customer);
/* The customer, or whom they became a part of: its id tells. Errors: ERR_CUSTOMER_UNKNOWN */
MUST_USE enum err customers_find(struct ctx *ctx, customer_id id, struct customer *customer);
/* Where an id leads that was merged (merging.h); any other stays as it is. */
MUST_USE enum err customers_resolve(struct ctx *ctx, customer_id *id);
/*
 * Replaces the fields whose bit (1u << enum customer_field) is set; an empty value clears.
 *
 * Within:   a transaction
 * Errors:   ERR_CUSTOMER_UNKNOWN
 *           ERR_CUSTOMER_CHANGED   change->version is not 0, and not the one that is stored
 *           and those of customers_add, of the customer as they would be
 */
MUST_USE enum err customers_change(struct ctx *ctx, const struct customer *change, unsigned fields,
                                   struct customer *after);
/*
 * Removes a customer from this module: their row, words, cards and links. What they agreed to
 * stays, under an id that leads to nobody. core/people removes them from all modules.
 *
 * Within:   a transaction
 * Errors:   ERR_CUSTOMER_UNKNOWN
 */
MUST_USE enum err customers_remove(struct ctx *ctx, customer_id id);

/* The part of telling a person all that is known of them that is this module's: who they are, what
 * they agreed to, what recognises them. Errors: ERR_CUSTOMER_UNKNOWN */
struct dossier;
MUST_USE enum err customers_export_customer(struct ctx *ctx, customer_id id,
                                            struct dossier *dossier);

/* ---- finding ---- */
/* More ways are in search.h. */
/* The oldest customer with exactly this phone. Errors: ERR_CUSTOMER_UNKNOWN */
MUST_USE enum err customers_find_by_phone(struct ctx *ctx, struct str e164, customer_id *id);
/*
 * The oldest customer with exactly this e-mail address; an accent is a difference.
 * Requires: its normal form (email_parse)
 * Errors:   ERR_CUSTOMER_UNKNOWN
 */
MUST_USE enum err customers_find_by_email(struct ctx *ctx, struct str email, customer_id *id);

/* ---- consents: rows are only added ---- */
struct consent {
    customer_id customer;
    struct str purpose; /* "loyalty_notice", "card_link" */
    struct str state;   /* "shown", "given", "withdrawn" */
    struct str notice_version, language;
    struct str source; /* where, as far as we were told: "tablet"; empty: not told */
};
MUST_USE enum err consents_add(struct ctx *ctx, const struct consent *consent);
struct consent_seen {
    struct consent consent;
    int64_t at_us;
};
enum { CONSENTS_MAX = 100, CARDS_MAX = 100 };
/* A customer's, newest first; at most CONSENTS_MAX. */
MUST_USE enum err consents_list(struct ctx *ctx, customer_id customer,
                                struct consent_seen **consents, int *count);

/* ---- what recognises them ---- */
struct payment_card {
    uint8_t fingerprint_hash[32];
    struct str brand, last_4;
};
/* What is stored of a card's fingerprint: a hash with the server's key, for this merchant and
 * vendor alone. */
void cards_hash(struct ctx *ctx, struct str vendor, struct str fingerprint,
                uint8_t hash[static 32]);
/* Makes it this customer's, also when it was another's: it is in their hand. */
MUST_USE enum err cards_link(struct ctx *ctx, const struct payment_card *card,
                             customer_id customer);
struct card_seen {
    card_id id; /* made of its fingerprint's hash */
    struct str brand, last_4;
    int64_t linked_us;
    uint8_t fingerprint_hash[32];
};
/* A customer's, the last linked first; at most CARDS_MAX. */
MUST_USE enum err cards_list(struct ctx *ctx, customer_id customer, struct card_seen **cards,
                             int *count);
/*
 * These cards recognise a customer no longer; that is noted among their consents.
 * Within:   a transaction
 * Errors:   ERR_CARD_UNKNOWN   one of them is not theirs: none is unlinked
 */
MUST_USE enum err cards_unlink(struct ctx *ctx, customer_id customer, const int64_t *cards,
                               int count);
/* id 0: nobody's. */
MUST_USE enum err cards_find_owner(struct ctx *ctx, const uint8_t hash[static 32],
                                   customer_id *customer);
/* The POS's own id of a customer; the last one linked stands. */
MUST_USE enum err customer_links_add(struct ctx *ctx, integration_id integration,
                                     struct str external_id, customer_id customer);
/* id 0: none. */
MUST_USE enum err customer_links_find(struct ctx *ctx, integration_id integration,
                                      struct str external_id, customer_id *customer);
