/* cards_store — consents, cards and the POS's customer ids; see customers_store.h. */
#include "base/list.h"
#include "core/customers/customers_store.h"
#include "db/db.h"
#include <string.h>

DB_SQL(add_consent, "INSERT INTO consent (merchant_id, id, customer_id, purpose, state,"
                    "                     notice_version, language, actor_kind, actor_id, at_us,"
                    "                     source)"
                    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)");

enum err
customers_store_add_consent(struct ctx *ctx, const struct consent *consent)
{
    return db_exec(ctx, &add_consent,
                   DB_BIND(db_int(ctx->merchant.v), db_int(id_next(ctx)),
                           db_int(consent->customer.v), db_text(consent->purpose),
                           db_text(consent->state), db_text(consent->notice_version),
                           db_text(consent->language), db_int((int64_t)ctx->actor.kind),
                           db_int(ctx->actor.id), db_int(ctx->now_us), db_text(consent->source)));
}

/* A customer's, and of who is a part of them. */
DB_SQL(list_consents, "SELECT purpose, state, notice_version, language, source, at_us"
                      "  FROM consent"
                      " WHERE merchant_id = $1"
                      "   AND (customer_id = $2"
                      "        OR customer_id IN (SELECT id FROM customer_alias"
                      "                            WHERE merchant_id = $1 AND customer_id = $2))"
                      " ORDER BY id DESC"
                      " LIMIT $3");

enum err
customers_store_list_consents(struct ctx *ctx, customer_id customer, struct consent_seen **consents,
                              int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_consents,
                 DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(CONSENTS_MAX)));

    *consents = NULL;
    *count = 0;
    while (db_next(rows)) {
        const struct consent_seen seen = {
            .consent = {.customer = customer,
                        .purpose = db_col_text(rows, 0),
                        .state = db_col_text(rows, 1),
                        .notice_version = db_col_text(rows, 2),
                        .language = db_col_text(rows, 3),
                        .source = db_col_text(rows, 4)},
            .at_us = db_col_int(rows, 5),
        };
        LIST_ADD(ctx->arena, *consents, *count, seen);
    }
    return db_done(rows);
}

/* ---- cards ---- */
DB_SQL(list_cards, "SELECT brand, last_4, linked_us, fingerprint_hash"
                   "  FROM payment_card"
                   " WHERE merchant_id = $1"
                   "   AND (customer_id = $2"
                   "        OR customer_id IN (SELECT id FROM customer_alias"
                   "                            WHERE merchant_id = $1 AND customer_id = $2))"
                   " ORDER BY linked_us DESC, last_4"
                   " LIMIT $3");

enum err
customers_store_list_cards(struct ctx *ctx, customer_id customer, struct card_seen **cards,
                           int *count)
{
    struct db_rows *rows = db_query(
        ctx, &list_cards, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v), db_int(CARDS_MAX)));

    *cards = NULL;
    *count = 0;
    while (db_next(rows)) {
        struct str hash = db_col_text(rows, 3);
        struct card_seen seen = {.brand = db_col_text(rows, 0),
                                 .last_4 = db_col_text(rows, 1),
                                 .linked_us = db_col_int(rows, 2)};

        ASSERT(hash.len == HASH_LEN);
        memcpy(seen.fingerprint_hash, hash.at, HASH_LEN);
        seen.id = cards_id_of(seen.fingerprint_hash);
        LIST_ADD(ctx->arena, *cards, *count, seen);
    }
    return db_done(rows);
}

/* A card that somebody else had linked is the last claimer's: it is in their hand. */
DB_SQL(link_card, "INSERT INTO payment_card (merchant_id, fingerprint_hash, customer_id, brand,"
                  "                          last_4, linked_us)"
                  " VALUES ($1, $2, $3, $4, $5, $6)"
                  " ON CONFLICT (merchant_id, fingerprint_hash) DO UPDATE"
                  "   SET customer_id = EXCLUDED.customer_id, brand = EXCLUDED.brand,"
                  "       last_4 = EXCLUDED.last_4, linked_us = EXCLUDED.linked_us");

enum err
customers_store_link_card(struct ctx *ctx, const struct payment_card *card, customer_id customer)
{
    return db_exec(ctx, &link_card,
                   DB_BIND(db_int(ctx->merchant.v), db_bytes(card->fingerprint_hash, HASH_LEN),
                           db_int(customer.v), db_text(card->brand), db_text(card->last_4),
                           db_int(ctx->now_us)));
}

static enum err
read_owner(struct db_rows *rows, customer_id *customer)
{
    customer->v = db_next(rows) ? db_col_int(rows, 0) : 0;
    return db_done(rows);
}

/* Whose it was may be a part of somebody else by now. */
DB_SQL(find_card, "SELECT COALESCE(a.customer_id, c.customer_id)"
                  "  FROM payment_card AS c"
                  "  LEFT JOIN customer_alias AS a"
                  "    ON a.merchant_id = c.merchant_id AND a.id = c.customer_id"
                  " WHERE c.merchant_id = $1 AND c.fingerprint_hash = $2");

enum err
customers_store_find_card(struct ctx *ctx, const uint8_t hash[static HASH_LEN],
                          customer_id *customer)
{
    return read_owner(
        db_query(ctx, &find_card, DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN))),
        customer);
}

DB_SQL(remove_card, "DELETE FROM payment_card"
                    " WHERE merchant_id = $1 AND fingerprint_hash = $2");

enum err
customers_store_remove_card(struct ctx *ctx, const uint8_t hash[static HASH_LEN])
{
    return db_exec(ctx, &remove_card, DB_BIND(db_int(ctx->merchant.v), db_bytes(hash, HASH_LEN)));
}

DB_SQL(remove_cards, "DELETE FROM payment_card"
                     " WHERE merchant_id = $1 AND customer_id = $2");

enum err
customers_store_remove_cards(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &remove_cards, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}

/* ---- the POS's customer ids ---- */
DB_SQL(add_link, "INSERT INTO customer_link (merchant_id, integration_id, external_id, customer_id)"
                 " VALUES ($1, $2, $3, $4)"
                 " ON CONFLICT (merchant_id, integration_id, external_id) DO UPDATE"
                 "   SET customer_id = EXCLUDED.customer_id");

enum err
customers_store_add_link(struct ctx *ctx, integration_id integration, struct str external_id,
                         customer_id customer)
{
    return db_exec(ctx, &add_link,
                   DB_BIND(db_int(ctx->merchant.v), db_int(integration.v), db_text(external_id),
                           db_int(customer.v)));
}

DB_SQL(find_link, "SELECT COALESCE(a.customer_id, l.customer_id)"
                  "  FROM customer_link AS l"
                  "  LEFT JOIN customer_alias AS a"
                  "    ON a.merchant_id = l.merchant_id AND a.id = l.customer_id"
                  " WHERE l.merchant_id = $1 AND l.integration_id = $2 AND l.external_id = $3");

enum err
customers_store_find_link(struct ctx *ctx, integration_id integration, struct str external_id,
                          customer_id *customer)
{
    return read_owner(
        db_query(ctx, &find_link,
                 DB_BIND(db_int(ctx->merchant.v), db_int(integration.v), db_text(external_id))),
        customer);
}

DB_SQL(list_links, "SELECT external_id"
                   "  FROM customer_link"
                   " WHERE merchant_id = $1 AND customer_id = $2");

enum err
customers_store_list_links(struct ctx *ctx, customer_id customer, struct str **names, int *count)
{
    struct db_rows *rows =
        db_query(ctx, &list_links, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));

    *names = NULL;
    *count = 0;
    while (db_next(rows))
        LIST_ADD(ctx->arena, *names, *count, db_col_text(rows, 0));
    return db_done(rows);
}

DB_SQL(remove_links, "DELETE FROM customer_link"
                     " WHERE merchant_id = $1 AND customer_id = $2");

enum err
customers_store_remove_links(struct ctx *ctx, customer_id customer)
{
    return db_exec(ctx, &remove_links, DB_BIND(db_int(ctx->merchant.v), db_int(customer.v)));
}
